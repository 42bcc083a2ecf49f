//! What a field may hold: parsed once at the border, every fault of a request reported at once.

mod email;
mod password;
mod text;

pub use email::EmailAddress;
pub use password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, NewPassword, Secret};
use serde::{Deserialize, Serialize};
pub use text::{Bio, DeviceName, FileName, PersonName, Report};

use crate::{ErrorCode, Language};

/// One field at fault, as it stands in the `errors` of a problem document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name in the request.
    pub field: String,
    /// What is wrong with it.
    pub code: ErrorCode,
    /// What is wrong with it, in a person's words.
    pub title: String,
    /// What to do about it, in a person's words.
    pub detail: String,
}

impl FieldError {
    /// The error about a field, in the table's English words.
    pub fn new(field: &str, code: ErrorCode) -> Self {
        Self::in_language(field, code, Language::English)
    }

    /// The error about a field, in this language.
    pub fn in_language(field: &str, code: ErrorCode, language: Language) -> Self {
        Self {
            field: field.into(),
            code,
            title: code.title(language).into(),
            detail: code.advice(language).into(),
        }
    }
}

/// Gathers the faults of a request, so that a person sees all of them in one go.
#[derive(Debug, Default)]
pub struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    /// The value of a field, or none and a note of its fault.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, ErrorCode>) -> Option<T> {
        parsed.map_err(|code| self.errors.push(FieldError::new(field, code))).ok()
    }

    /// The whole request, if every field was good.
    ///
    /// # Errors
    /// All the faults. A value that is missing without one is our own mistake, and is reported as such.
    pub fn finish<T>(self, whole: Option<T>) -> Result<T, Vec<FieldError>> {
        match whole {
            Some(whole) if self.errors.is_empty() => Ok(whole),
            _ if self.errors.is_empty() => Err(vec![FieldError::new("", ErrorCode::Internal)]),
            _ => Err(self.errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_reported_at_once() {
        let mut fields = Fields::default();
        let email = fields.take("email", EmailAddress::parse("nobody"));
        let name = fields.take("name", PersonName::parse("A\u{0}"));
        let whole = email.zip(name);
        let errors = fields.finish(whole).unwrap_err();
        let seen: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(seen, [("email", ErrorCode::EmailInvalid), ("name", ErrorCode::FieldInvalid)]);
    }
}
