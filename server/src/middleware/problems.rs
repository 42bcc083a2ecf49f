//! Writes every failure that has no page of its own: as a page to somebody who looks at one, as
//! `application/problem+json` (RFC 9457) to a program.

use axum::Json;
use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::problem::MEDIA_TYPE;
use contract::{ErrorCode, Problem};

use super::{language, request_id};
use crate::http::AppState;
use crate::pages;

pub(crate) async fn write(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = request_id::of(request.headers()).map(str::to_owned);
    let accepted = language::accepted(request.headers());
    let head = request.method() == Method::HEAD;
    let person = wants_a_page(&request);
    let address = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let Some(mut problem) = response.extensions_mut().remove::<Problem>().or_else(|| bare(&response)) else {
        return response;
    };
    problem.request_id = id;
    let chosen = language::chosen(&state.users, response.extensions().get()).await;
    let language = chosen.or(accepted).unwrap_or_default();
    let (mut parts, _) = response.into_parts();
    if person && !head {
        return pages::instead_of(parts, &state, language, address, problem.code);
    }
    let body = if head { ().into_response() } else { Json(problem.in_language(language)).into_response() };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    parts.headers.append(header::VARY, HeaderValue::from_name(header::ACCEPT_LANGUAGE));
    Response::from_parts(parts, body.into_body())
}

/// Whether a browser asks, to show the answer to somebody: what the API answers is for programs, whoever asks.
fn wants_a_page(request: &Request) -> bool {
    let for_programs =
        ["/api/", "/auth/", "/users/"].iter().any(|root| request.uri().path().starts_with(root));
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    !for_programs && accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The problem behind a failure that a library answered without a body or with its own plain text.
fn bare(response: &Response) -> Option<Problem> {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let plain = content_type.is_some_and(|value| value.starts_with("text/plain"));
    let empty = response.body().size_hint().exact() == Some(0);
    (failed && (plain || empty)).then(|| Problem::new(code_of(status)))
}

fn code_of(status: StatusCode) -> ErrorCode {
    match status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::RequestTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::MediaTypeUnsupported,
        StatusCode::REQUEST_TIMEOUT => ErrorCode::RequestTimeout,
        status if status.is_client_error() => ErrorCode::RequestMalformed,
        _ => ErrorCode::Internal,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, header};
    use contract::{ErrorCode, Language};

    use crate::testing::TestServer;

    async fn refused_in(server: &TestServer, language: &str) -> (String, String) {
        let request = Request::get("/api/nonsense").header(header::ACCEPT_LANGUAGE, language);
        let answer = server.send(request.body(Body::empty()).unwrap()).await;
        assert!(answer.header(header::VARY).contains("accept-language"));
        (answer.header(header::CONTENT_LANGUAGE).to_owned(), answer.problem().title)
    }

    #[tokio::test]
    async fn a_problem_speaks_the_language_of_its_reader() {
        let server = TestServer::start().await;
        for (asked, language) in [("fr-CH, en;q=0.5", Language::French), ("de, en", Language::English)] {
            let expected = (language.tag().to_owned(), ErrorCode::NotFound.title(language).to_owned());
            assert_eq!(refused_in(&server, asked).await, expected, "{asked}");
        }
    }
}
