//! Writes every failure that has no page of its own as `application/problem+json` (RFC 9457).

use axum::Json;
use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::problem::MEDIA_TYPE;
use contract::{ErrorCode, Problem};

use super::request_id;

pub(crate) async fn write(request: Request, next: Next) -> Response {
    let id = request_id::of(request.headers()).map(str::to_owned);
    let head = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    let Some(mut problem) = response.extensions_mut().remove::<Problem>().or_else(|| bare(&response)) else {
        return response;
    };
    problem.request_id = id;
    let body = if head { ().into_response() } else { Json(problem).into_response() };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Response::from_parts(parts, body.into_body())
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
        StatusCode::REQUEST_TIMEOUT => ErrorCode::RequestTimeout,
        status if status.is_client_error() => ErrorCode::RequestMalformed,
        _ => ErrorCode::Internal,
    }
}
