//! A JSON body.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use contract::ErrorCode;
use http_body_util::{BodyExt, Limited};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::api::error::ApiError;

/// The largest JSON body. The longest text of the contract has a few thousand bytes.
pub(crate) const MAX_JSON_BYTES: usize = 64 * 1024;

/// A body of `application/json`, read as `T`.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ErrorCode::MediaTypeUnsupported.into());
        }
        parse(&limited(request, MAX_JSON_BYTES).await?).map(Self)
    }
}

/// The whole body, if it has no more than so many bytes.
pub(crate) async fn limited(request: Request, most_bytes: usize) -> Result<Bytes, ApiError> {
    let body = Limited::new(request.into_body(), most_bytes).collect().await;
    body.map(|whole| whole.to_bytes()).map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
        true => ErrorCode::RequestTooLarge.into(),
        // The visitor's connection broke: nobody will read this.
        false => ErrorCode::RequestMalformed.into(),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        fault(&path, error.inner())
    })?;
    json.end().map_err(|_| ErrorCode::RequestMalformed)?;
    Ok(value)
}

/// Names the field at fault where the body is JSON, but not the JSON that is read here.
fn fault(path: &str, error: &serde_json::Error) -> ApiError {
    if error.classify() != Category::Data {
        return ErrorCode::RequestMalformed.into();
    }
    match (missing(&error.to_string()), path) {
        (Some(name), ".") => ApiError::of_field(name, ErrorCode::FieldRequired),
        (Some(name), parent) => ApiError::of_field(&format!("{parent}.{name}"), ErrorCode::FieldRequired),
        (None, ".") => ErrorCode::RequestMalformed.into(),
        (None, field) => ApiError::of_field(field, ErrorCode::FieldInvalid),
    }
}

/// The name in serde's sentence on a missing field, the only place where it gives it.
fn missing(sentence: &str) -> Option<&str> {
    sentence.strip_prefix("missing field `")?.split('`').next()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use contract::auth::{CreateApiKey, SignUp};

    use super::*;

    async fn read<T: DeserializeOwned>(content_type: &str, body: &str) -> Result<T, ApiError> {
        let request = Request::post("/").header(header::CONTENT_TYPE, content_type);
        let request = request.body(Body::from(body.to_owned())).unwrap();
        JsonBody::from_request(request, &()).await.map(|JsonBody(value)| value)
    }

    async fn sign_up(body: &str) -> Result<SignUp, ApiError> {
        read("application/json", body).await
    }

    fn one(field: &str, code: ErrorCode) -> ApiError {
        ApiError::of_field(field, code)
    }

    #[tokio::test]
    async fn json_is_read_whatever_its_character_set_is_called() {
        let body = r#"{"email": "ada@example.org", "password": "p"}"#;
        assert_eq!(sign_up(body).await.unwrap().email, "ada@example.org");
        assert!(read::<SignUp>("Application/JSON; charset=utf-8", body).await.is_ok());
    }

    #[tokio::test]
    async fn every_other_body_has_its_own_problem() {
        assert_eq!(sign_up("{").await.unwrap_err(), ErrorCode::RequestMalformed.into());
        assert_eq!(sign_up("").await.unwrap_err(), ErrorCode::RequestMalformed.into());
        assert_eq!(sign_up("null").await.unwrap_err(), ErrorCode::RequestMalformed.into());
        let two = r#"{"email": "a", "password": "p"} {}"#;
        assert_eq!(sign_up(two).await.unwrap_err(), ErrorCode::RequestMalformed.into());
        let unknown = r#"{"email": "a", "password": "p", "role": "admin"}"#;
        assert_eq!(sign_up(unknown).await.unwrap_err(), one("role", ErrorCode::FieldInvalid));
        let wrong_type = r#"{"email": 7, "password": "p"}"#;
        assert_eq!(sign_up(wrong_type).await.unwrap_err(), one("email", ErrorCode::FieldInvalid));
        assert_eq!(
            sign_up(r#"{"email": "a"}"#).await.unwrap_err(),
            one("password", ErrorCode::FieldRequired)
        );
        let scope = read::<CreateApiKey>("application/json", r#"{"name": "a", "scopes": ["all"]}"#).await;
        assert_eq!(scope.unwrap_err(), one("scopes[0]", ErrorCode::FieldInvalid));
        let large = format!(r#"{{"email": "{}"}}"#, "a".repeat(MAX_JSON_BYTES));
        assert_eq!(sign_up(&large).await.unwrap_err(), ErrorCode::RequestTooLarge.into());
    }

    #[tokio::test]
    async fn what_does_not_call_itself_json_is_not_read() {
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"] {
            let error = read::<SignUp>(content_type, "{}").await.unwrap_err();
            assert_eq!(error.code, ErrorCode::MediaTypeUnsupported, "{content_type}");
        }
    }
}
