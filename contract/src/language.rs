//! The languages that the product speaks.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of the product, on the wire as its BCP 47 tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
}

impl Language {
    /// Every language there is.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// Its BCP 47 tag, as `lang` attributes and headers write it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The first of ours in an `Accept-Language` header (RFC 9110, 12.5.4), by weight and then by order.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, Self)> = header.split(',').filter_map(weighted).collect();
        wanted.retain(|(weight, _)| *weight > 0.0);
        // A stable sort: of equal weights the first named wins.
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, language)| *language)
    }
}

/// One entry of an `Accept-Language` header, such as `fr-CH;q=0.8`.
fn weighted(entry: &str) -> Option<(f32, Language)> {
    let (range, parameters) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = match parameters.trim().strip_prefix("q=") {
        Some(number) => number.parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?,
        None => 1.0,
    };
    let primary = range.trim().split('-').next()?.to_ascii_lowercase();
    Some((weight, primary.parse().ok()?))
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The text is not the tag of a language we speak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a language of this product")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.into_iter().find(|known| known.tag() == tag).ok_or_else(|| UnknownLanguage(tag.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_it_prefers() {
        assert_eq!(
            Language::accepted("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5"),
            Some(Language::French)
        );
        assert_eq!(Language::accepted("de, en-GB;q=0.7, fr;q=0.3"), Some(Language::English));
        assert_eq!(Language::accepted("fr;q=0, en;q=0.1"), Some(Language::English));
        assert_eq!(Language::accepted("de"), None);
        assert_eq!(Language::accepted("fr;q=nonsense;;,"), None);
    }

    #[test]
    fn the_wire_name_is_the_tag() {
        for language in Language::ALL {
            assert_eq!(serde_json::to_value(language).ok(), Some(language.tag().into()));
            assert_eq!(language.tag().parse(), Ok(language));
        }
    }
}
