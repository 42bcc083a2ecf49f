//! Short texts that people write about themselves and their things.

use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// Declares a text of at most so many characters.
macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $limit:literal, $lines:literal, $required:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX_CHARS: usize = $limit;

            /// Reads one, with the spaces around it left out.
            ///
            /// # Errors
            /// [`ErrorCode::FieldRequired`], [`ErrorCode::FieldTooLong`] and [`ErrorCode::FieldInvalid`].
            pub fn parse(text: &str) -> Result<Self, ErrorCode> {
                clean(text, Self::MAX_CHARS, $lines, $required).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

text_field! {
    /// How somebody wants to be called. May be empty: nobody must have a name here.
    PersonName, 80, false, false
}

text_field! {
    /// What somebody says about themselves, in a few lines.
    Bio, 500, true, false
}

text_field! {
    /// What somebody calls one of their keys or devices.
    DeviceName, 80, false, true
}

text_field! {
    /// What somebody calls a file. It is no path.
    FileName, 120, false, true
}

text_field! {
    /// What somebody writes about what they report.
    Report, 2000, true, false
}

fn clean(text: &str, limit: usize, lines: bool, required: bool) -> Result<String, ErrorCode> {
    // Browsers send the line ends of a form as CR LF.
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    let allowed = |c: char| (!c.is_control() || (lines && c == '\n')) && !is_direction(c);
    if text.is_empty() && required {
        Err(ErrorCode::FieldRequired)
    } else if text.chars().count() > limit {
        Err(ErrorCode::FieldTooLong)
    } else if text.chars().all(allowed) {
        Ok(text.into())
    } else {
        Err(ErrorCode::FieldInvalid)
    }
}

/// Marks that turn the reading direction make one name look like another (UTS #39).
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_are_names() {
        for name in ["Ada", "Zoë Ångström", "李小龍", "محمد", "O’Neil-Smith Jr."] {
            assert_eq!(PersonName::parse(name).map(|n| n.as_str().to_owned()), Ok(name.into()));
        }
    }

    #[test]
    fn what_would_break_a_page_or_a_mail_is_refused() {
        for bad in ["Ada\nBcc: x", "\u{1b}[31m", "a\u{202e}b", "nul\u{0}"] {
            assert_eq!(PersonName::parse(bad), Err(ErrorCode::FieldInvalid), "{bad:?}");
        }
        assert_eq!(PersonName::parse(&"x".repeat(81)), Err(ErrorCode::FieldTooLong));
        assert_eq!(DeviceName::parse(" "), Err(ErrorCode::FieldRequired));
    }

    #[test]
    fn a_bio_keeps_its_lines() {
        assert_eq!(Bio::parse(" one\r\ntwo ").map(|b| b.as_str().to_owned()), Ok("one\ntwo".into()));
    }
}
