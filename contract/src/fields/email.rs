//! E-mail addresses.

use std::fmt;

use email_address::Options;
use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// The longest address that mail servers must take (RFC 5321, 4.5.3.1.3).
const MAX_BYTES: usize = 254;

/// An address that a mail can be sent to, as its owner wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address, with the spaces around it left out.
    ///
    /// # Errors
    /// [`ErrorCode::FieldRequired`] and [`ErrorCode::EmailInvalid`].
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ErrorCode::FieldRequired);
        }
        // Two labels at the least: nobody outside a laboratory has a mailbox on a bare host or a bare IP address.
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        let valid =
            text.len() <= MAX_BYTES && email_address::EmailAddress::parse_with_options(text, options).is_ok();
        valid.then(|| Self(text.into())).ok_or(ErrorCode::EmailInvalid)
    }

    /// The address as its owner wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one mailbox have in common: mail servers tell no upper case from lower case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_reaches_are_taken() {
        for good in ["ada@example.org", " a.b+c@mail.example.co.uk ", "élise@exemple.fr", "o'neil@x-y.ie"] {
            assert_eq!(EmailAddress::parse(good).map(|e| e.as_str().to_owned()), Ok(good.trim().to_owned()));
        }
    }

    #[test]
    fn others_are_not() {
        for bad in [
            "ada",
            "@b.org",
            "a@",
            "a@b",
            "a@@b.org",
            "a b@c.org",
            ".a@b.org",
            "a@-b.org",
            "a@b..org",
            "a\r\nBcc:x@b.org",
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(ErrorCode::EmailInvalid), "{bad}");
        }
        assert_eq!(EmailAddress::parse("  "), Err(ErrorCode::FieldRequired));
        assert_eq!(EmailAddress::parse(&format!("a@{}.org", "b".repeat(250))), Err(ErrorCode::EmailInvalid));
    }

    #[test]
    fn one_mailbox_has_one_key() {
        assert_eq!(EmailAddress::parse("Ada@Example.ORG").map(|e| e.key()), Ok("ada@example.org".into()));
    }
}
