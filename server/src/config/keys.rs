//! The names of settings, and which of them somebody meant who wrote another.

/// A setting: `section.name`, and what it may be in a few words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) may_be: &'static str,
}

impl Key {
    pub(super) const fn new(name: &'static str, may_be: &'static str) -> Self {
        Self { name, may_be }
    }

    /// The environment variable that sets it: `server.public_url` is `MOG_SERVER__PUBLIC_URL`.
    pub(super) fn variable(self) -> String {
        format!("MOG_{}", self.name.replace('.', "__").to_uppercase())
    }
}

/// The candidate that takes the fewest edits to become `written`.
pub(super) fn nearest<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates.min_by_key(|candidate| edits(written, candidate))
}

/// The Levenshtein distance: how many letters must be added, removed or changed.
pub(super) fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_as_levenshtein_did() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("same", "same"), 0);
    }

    #[test]
    fn the_nearest_name_is_what_was_meant() {
        let names = ["server.public_url", "server.addr", "mail.from"];
        assert_eq!(nearest("server.publik_url", names.into_iter()), Some("server.public_url"));
        assert_eq!(nearest("from", names.into_iter()), Some("mail.from"));
    }
}
