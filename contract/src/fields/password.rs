//! Passwords on their way in. They have no `Display`, and their `Debug` shows nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// The fewest characters of a new password.
pub const MIN_PASSWORD_CHARS: usize = 10;

/// The most characters of a password: hashing a whole book for a stranger would be a gift.
pub const MAX_PASSWORD_CHARS: usize = 128;

/// A text that no log may show: a password, a code, a token.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Password))]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that must see it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A password or code that somebody typed to prove who they are; only its size is looked at.
    ///
    /// # Errors
    /// [`ErrorCode::FieldRequired`] and [`ErrorCode::FieldTooLong`].
    pub fn required(self) -> Result<Self, ErrorCode> {
        match self.0.chars().count() {
            0 => Err(ErrorCode::FieldRequired),
            1..=MAX_PASSWORD_CHARS => Ok(self),
            _ => Err(ErrorCode::FieldTooLong),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A password that somebody chose, of a good length. Whether it is easy to guess is for the server to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPassword(Secret);

impl NewPassword {
    /// Looks at the length alone: no rule on kinds of characters makes a password better (NIST SP 800-63B, 3.1.1.2).
    ///
    /// # Errors
    /// [`ErrorCode::FieldRequired`], [`ErrorCode::PasswordTooShort`] and [`ErrorCode::PasswordTooLong`].
    pub fn parse(secret: Secret) -> Result<Self, ErrorCode> {
        match secret.expose().chars().count() {
            0 => Err(ErrorCode::FieldRequired),
            count if count < MIN_PASSWORD_CHARS => Err(ErrorCode::PasswordTooShort),
            count if count > MAX_PASSWORD_CHARS => Err(ErrorCode::PasswordTooLong),
            _ => Ok(Self(secret)),
        }
    }

    /// The text itself, for the one place that must see it.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_the_only_rule() {
        let verdict = |text: String| NewPassword::parse(Secret::new(text)).map(|_| ());
        assert_eq!(verdict(String::new()), Err(ErrorCode::FieldRequired));
        assert_eq!(verdict("é".repeat(9)), Err(ErrorCode::PasswordTooShort));
        assert_eq!(verdict("é".repeat(10)), Ok(()));
        assert_eq!(verdict(" ".repeat(128)), Ok(()));
        assert_eq!(verdict("a".repeat(129)), Err(ErrorCode::PasswordTooLong));
    }

    #[test]
    fn debug_shows_nothing() {
        let password = NewPassword::parse(Secret::new("correct horse")).map(|p| format!("{p:?}"));
        assert_eq!(password.as_deref(), Ok("NewPassword(Secret(…))"));
    }
}
