//! Every page in two languages: a table of sentences per feature, both languages side by side (docs/adr/0011).

use contract::Language;
use leptos::prelude::*;

/// Declares a table of sentences: one field each, in every language, checked by the compiler.
macro_rules! sentences {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $english:literal | $french:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name { $(pub(crate) $field: &'static str,)* }

        impl $name {
            const ENGLISH: Self = Self { $($field: $english,)* };
            const FRENCH: Self = Self { $($field: $french,)* };

            /// The sentences in a language.
            pub(crate) const fn of(language: contract::Language) -> &'static Self {
                match language {
                    contract::Language::English => &Self::ENGLISH,
                    contract::Language::French => &Self::FRENCH,
                }
            }
        }

        #[cfg(test)]
        impl $name {
            /// Every field with its two sentences, for the tests.
            pub(crate) const ALL: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($field), $english, $french),)*];
        }
    };
}

pub(crate) use sentences;

/// The language of the page that is being made.
pub(crate) fn language() -> Language {
    use_context().unwrap_or_default()
}

/// A colon, which in French stands apart.
pub(crate) const fn colon(language: Language) -> &'static str {
    match language {
        Language::English => ":",
        Language::French => "\u{a0}:",
    }
}

/// What the language is called by those who speak it.
#[cfg(feature = "ssr")]
pub(crate) const fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::French => "Français",
    }
}

/// Fails for a sentence that was left in the other language, or that breaks the rules of French print.
#[cfg(test)]
pub(crate) fn check(table: &[(&str, &str, &str)]) {
    for (field, english, french) in table {
        assert!(!english.trim().is_empty() && !french.trim().is_empty(), "{field}");
        assert!(!english.contains('\'') && !french.contains('\''), "{field}: use ’");
        assert_eq!(english.ends_with('.'), french.ends_with('.'), "{field}: {english} | {french}");
        for mark in ['?', '!', ':', ';'] {
            let glued = french.match_indices(mark).any(|(at, _)| {
                french[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric())
            });
            assert!(!glued, "{field}: a French {mark} stands apart: {french}");
        }
    }
}
