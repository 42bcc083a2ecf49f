//! Who looks at a page, as far as its frame shows it.

use contract::Language;
use contract::users::Theme;
use serde::{Deserialize, Serialize};

/// What the server knows of a visitor when it writes a page; the browser gets it with the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// The page's language.
    pub language: Language,
    /// How the page looks.
    pub theme: Theme,
    /// How the navigation calls them, if they are signed in.
    pub name: Option<String>,
    /// Whether they look at what was reported. The frame shows it, which only the server writes: it is not sent.
    #[serde(skip)]
    pub moderates: bool,
    /// How many credits they can spend; not sent either.
    #[serde(skip)]
    pub credits: Option<i64>,
}

impl Visitor {
    /// The one or two letters that stand for a name.
    pub(crate) fn initials(name: &str) -> String {
        let words: Vec<&str> = name.split(['@']).next().unwrap_or_default().split_whitespace().collect();
        let first = |word: &&str| word.chars().find(|letter| letter.is_alphanumeric());
        let ends = match words.as_slice() {
            [] => vec![],
            [only] => vec![first(only)],
            [start, .., end] => vec![first(start), first(end)],
        };
        ends.into_iter().flatten().flat_map(char::to_uppercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(Visitor::initials("Ada Augusta Lovelace"), "AL");
        assert_eq!(Visitor::initials("élise@exemple.fr"), "É");
        assert_eq!(Visitor::initials("李小龍"), "李");
        assert_eq!(Visitor::initials(" "), "");
    }
}
