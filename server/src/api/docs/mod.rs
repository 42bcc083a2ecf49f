//! `/api/docs`: the API's description to read and to try (Swagger UI, compiled in), and as `/api/openapi.json`.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Nothing from elsewhere, no inline script and no inline style. Swagger UI draws its icons as `data:` pictures.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where the document is served.
const DOCUMENT: &str = "/api/openapi.json";

/// The document, and the pages that show it.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(document: OpenApi) -> Router<S> {
    // A browser must not ask somebody else whether our document is valid.
    let config = Config::from(DOCUMENT).validator_url("none");
    let pages: Router<S> = SwaggerUi::new("/api/docs").config(config).into();
    let document = Arc::new(document);
    let json = move || async move { ([(header::CACHE_CONTROL, "no-cache")], Json(document)) };
    pages.layer(from_fn(add_policy)).route(DOCUMENT, get(json))
}

async fn add_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

#[cfg(test)]
mod tests {
    use axum::http::{StatusCode, header};

    use crate::testing::TestServer;

    #[tokio::test]
    async fn the_pages_run_under_a_policy_without_inline_scripts() {
        let server = TestServer::start().await;
        assert_eq!(server.get("/api/docs").await.header(header::LOCATION), "/api/docs/");
        let page = server.get("/api/docs/").await;
        assert_eq!(page.status, StatusCode::OK);
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        for script in page.text().split("<script").skip(1) {
            assert!(script.split('>').next().unwrap().contains("src="), "an inline script would not run");
        }
        let set_up = server.get("/api/docs/swagger-initializer.js").await;
        assert!(set_up.text().contains("/api/openapi.json"));
        assert_eq!(server.get("/api/docs/nonsense.js").await.refusal(), (404, "not_found", None));
    }

    #[tokio::test]
    async fn the_document_is_served_as_it_is_committed() {
        let server = TestServer::start().await;
        let answer = server.get("/api/openapi.json").await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
        let served: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let committed = std::fs::read("../docs/openapi.json").unwrap();
        assert_eq!(served, serde_json::from_slice::<serde_json::Value>(&committed).unwrap());
    }
}
