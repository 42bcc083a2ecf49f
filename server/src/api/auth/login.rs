//! `POST /auth/login`: a session, by JSON or by OAuth2's password form as FastAPI's clients send it (RFC 6749, 4.3).

use std::sync::Arc;

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, header};
use contract::ErrorCode;
use contract::auth::{SignIn, TokenResponse};
use contract::fields::Secret;
use platform::auth::AuthService;
use platform::clock::Clock;
use url::form_urlencoded;

use super::tokens::token_response;
use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, MAX_JSON_BYTES, VisitOf, limited};
use crate::api::refusals::refusals;

refusals!(CredentialsWrong, CodeRequired, CodeWrong, AccountLocked, Busy);

/// A sign-in, and in which of the two forms it came.
pub(crate) enum Credentials {
    /// Ours.
    Json(SignIn),
    /// OAuth2's.
    Form(SignIn),
}

/// OAuth2's password form as its description shows it; [`Credentials`] is what reads it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "described, never built")]
pub(crate) struct PasswordForm {
    /// `password`, the only kind of grant here; may be left out.
    #[schema(pattern = "^password$")]
    grant_type: Option<String>,
    /// The account's address.
    username: String,
    /// Its password.
    #[schema(format = Password)]
    password: String,
    /// Six digits of the authenticator app, or a recovery code, where the account asks for one. Not of OAuth2.
    code: Option<String>,
    /// Not looked at: a session may do all that its account may.
    scope: Option<String>,
    /// Not looked at.
    client_id: Option<String>,
    /// Not looked at.
    client_secret: Option<String>,
}

/// Signs in: begins a session and answers with its tokens.
///
/// Where the account asks for a second step, the first answer is `code_required`: send the password again, with `code`.
#[utoipa::path(
    post,
    path = "/auth/login",
    operation_id = "login",
    tag = "auth",
    request_body(content((SignIn = "application/json"), (PasswordForm = "application/x-www-form-urlencoded"))),
    responses((status = 200, description = "The session's tokens.", body = TokenResponse), Refusals)
)]
pub(crate) async fn post(
    State(auth): State<AuthService>,
    State(clock): State<Arc<dyn Clock>>,
    VisitOf(visit): VisitOf,
    credentials: Credentials,
) -> Result<NotStored<TokenResponse>, ApiError> {
    let (sign_in, by_form) = match credentials {
        Credentials::Json(sign_in) => (sign_in, false),
        Credentials::Form(sign_in) => (sign_in, true),
    };
    match auth.sign_in(sign_in, &visit).await {
        Ok(tokens) => Ok(NotStored(token_response(tokens, clock.now_ms()))),
        Err(error) if by_form => Err(ApiError::from(error).for_oauth2("invalid_grant")),
        Err(error) => Err(error.into()),
    }
}

impl<S: Send + Sync> FromRequest<S> for Credentials {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_form(request.headers()) {
            return JsonBody::from_request(request, state).await.map(|JsonBody(sign_in)| Self::Json(sign_in));
        }
        let body = limited(request, MAX_JSON_BYTES).await?;
        form(&body).map(Self::Form)
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn form(body: &[u8]) -> Result<SignIn, ApiError> {
    let field = |name: &str| {
        let mut pairs = form_urlencoded::parse(body);
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    if field("grant_type").is_some_and(|kind| kind != "password") {
        return Err(ApiError::from(ErrorCode::RequestMalformed).for_oauth2("unsupported_grant_type"));
    }
    let missing =
        |name: &str| ApiError::of_field(name, ErrorCode::FieldRequired).for_oauth2("invalid_request");
    Ok(SignIn {
        email: field("username").ok_or_else(|| missing("username"))?,
        password: field("password").map(Secret::new).ok_or_else(|| missing("password"))?,
        // A form sends every field that it has, also the empty ones.
        code: field("code").filter(|code| !code.is_empty()).map(Secret::new),
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use insta::assert_snapshot;
    use serde_json::json;

    use crate::testing::{PASSWORD, TestServer};

    #[tokio::test]
    async fn the_right_password_opens_a_session() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let body = json!({ "email": "ada@example.org", "password": PASSWORD });
        assert_snapshot!(server.post("/api/v1/auth/login", body).await.shown(), @r#"
        200 OK
        cache-control: no-store
        content-type: application/json

        {
          "access_token": "[access_token]",
          "expires_in": 900,
          "refresh_token": "[refresh_token]",
          "token_type": "bearer"
        }
        "#);
        assert_eq!(ada.get("/api/v1/users/me").await.status, 200);
    }

    #[tokio::test]
    async fn an_unknown_address_and_a_wrong_password_are_told_alike() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let wrong = json!({ "email": "ada@example.org", "password": "wrong" });
        let wrong = server.post("/api/v1/auth/login", wrong).await;
        assert_snapshot!(wrong.shown(), @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"

        {
          "code": "credentials_wrong",
          "detail": "Check both, or reset the password.",
          "request_id": "[request_id]",
          "status": 401,
          "title": "E-mail or password is wrong.",
          "type": "urn:mog:problem:credentials_wrong"
        }
        "#);
        let unknown = json!({ "email": "bob@example.org", "password": PASSWORD });
        assert_eq!(server.post("/api/v1/auth/login", unknown).await.shown(), wrong.shown());
        drop(ada);
    }

    async fn form(server: &TestServer, body: &str) -> String {
        let request =
            Request::post("/auth/login").header("content-type", "application/x-www-form-urlencoded");
        server.send(request.body(Body::from(body.to_owned())).unwrap()).await.shown()
    }

    #[tokio::test]
    async fn a_program_may_send_oauth2_s_password_form() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let right = "grant_type=password&username=ada%40example.org&password=lantern+otter+quartz+93&scope=&client_id=";
        assert_snapshot!(form(&server, right).await, @r#"
        200 OK
        cache-control: no-store
        content-type: application/json

        {
          "access_token": "[access_token]",
          "expires_in": 900,
          "refresh_token": "[refresh_token]",
          "token_type": "bearer"
        }
        "#);
        let wrong = "grant_type=password&username=ada%40example.org&password=wrong";
        assert_snapshot!(form(&server, wrong).await, @r#"
        401 Unauthorized
        cache-control: no-store
        content-language: en
        content-type: application/problem+json
        www-authenticate: Bearer realm="mog"

        {
          "code": "credentials_wrong",
          "detail": "Check both, or reset the password.",
          "error": "invalid_grant",
          "request_id": "[request_id]",
          "status": 401,
          "title": "E-mail or password is wrong.",
          "type": "urn:mog:problem:credentials_wrong"
        }
        "#);
        let other = "grant_type=authorization_code&code=1";
        assert_snapshot!(form(&server, other).await, @r#"
        400 Bad Request
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "request_malformed",
          "detail": "Check what you send and try again.",
          "error": "unsupported_grant_type",
          "request_id": "[request_id]",
          "status": 400,
          "title": "The request could not be read.",
          "type": "urn:mog:problem:request_malformed"
        }
        "#);
        assert_snapshot!(form(&server, "grant_type=password&username=ada").await, @r#"
        422 Unprocessable Entity
        cache-control: no-store
        content-language: en
        content-type: application/problem+json

        {
          "code": "fields_invalid",
          "detail": "Correct the marked fields and send again.",
          "error": "invalid_request",
          "errors": [
            {
              "code": "field_required",
              "detail": "Fill it in.",
              "field": "password",
              "title": "This field is empty."
            }
          ],
          "request_id": "[request_id]",
          "status": 422,
          "title": "Some of what you entered needs another look.",
          "type": "urn:mog:problem:fields_invalid"
        }
        "#);
        drop(ada);
    }
}
