//! `application/problem+json`, RFC 9457: how every failure of the API looks.

use serde::{Deserialize, Serialize};

use crate::fields::FieldError;
use crate::{ErrorCode, Language};

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A failure, for a program (`code`, `status`) and for a person (`title`, `detail`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI that names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in a person's words.
    pub title: String,
    /// The HTTP status, repeated for those who only see the body.
    pub status: u16,
    /// What to do next, in a person's words.
    pub detail: String,
    /// The code of the closed table.
    pub code: ErrorCode,
    /// The part of the request that is at fault, such as `source`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Every field at fault, where there can be several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// OAuth2's name of the failure (RFC 6749, 5.2), where the request was OAuth2's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The number under which the logs know the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// The problem for a code.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            kind: format!("urn:mog:problem:{}", code.as_str()),
            title: code.title(Language::English).into(),
            status: code.status(),
            detail: code.advice(Language::English).into(),
            code,
            field: None,
            errors: Vec::new(),
            error: None,
            request_id: None,
        }
    }

    /// The problem of a request with these fields at fault.
    pub fn of_fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(ErrorCode::FieldsInvalid) }
    }

    /// The same problem in a person's own language.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.title = self.code.title(language).into();
        self.detail = self.code.advice(language).into();
        for error in &mut self.errors {
            *error = FieldError::in_language(&error.field, error.code, language);
        }
        self
    }

    /// Names the part of the request that is at fault.
    #[must_use]
    pub fn about(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialises_as_rfc_9457_says() {
        let json =
            serde_json::to_value(Problem::new(ErrorCode::PhotoDamaged).about("source")).unwrap_or_default();
        assert_eq!(json["type"], "urn:mog:problem:photo_damaged");
        assert_eq!(json["status"], 422);
        assert_eq!(json["field"], "source");
        assert!(json.get("request_id").is_none());
    }

    #[test]
    fn speaks_the_reader_s_language_down_to_the_fields() {
        let fault = FieldError::new("email", ErrorCode::EmailInvalid);
        let problem = Problem::of_fields(vec![fault]).in_language(Language::French);
        assert_eq!(problem.title, ErrorCode::FieldsInvalid.title(Language::French));
        assert_eq!(problem.errors[0].title, ErrorCode::EmailInvalid.title(Language::French));
    }
}
