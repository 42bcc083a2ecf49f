//! `POST /api/v1/csp-reports`: what browsers say a page tried to do against its policy, for the log.

use axum::extract::Request;
use axum::http::StatusCode;
use contract::ErrorCode;
use serde::Deserialize;

use super::error::ApiError;
use super::extract::limited;
use crate::middleware::request_id::loggable_path;

/// Browsers gather reports: this is room for a dozen.
const MAX_BYTES: usize = 16 * 1024;

/// How many reports of one request are logged.
const MOST: usize = 10;

/// The longest text of a report in the log, in characters.
const MAX_TEXT_CHARS: usize = 200;

/// A body of either kind: the older `report-uri` sends one report, `report-to` a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Reports {
    One {
        #[serde(rename = "csp-report")]
        report: Violation,
    },
    Many(Vec<Report>),
}

/// An entry of the Reporting API's list.
#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    body: Violation,
}

/// What a page tried, under the names of both kinds.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Violation {
    #[serde(alias = "document-uri", alias = "documentURL")]
    document: String,
    #[serde(alias = "effective-directive", alias = "effectiveDirective")]
    directive: String,
    #[serde(alias = "blocked-uri", alias = "blockedURL")]
    blocked: String,
    #[serde(alias = "source-file", alias = "sourceFile")]
    source: String,
}

/// Takes a browser's report on a page that tried something against its Content-Security-Policy.
#[utoipa::path(
    post,
    path = "/csp-reports",
    operation_id = "report_csp_violation",
    tag = "operations",
    request_body(content((serde_json::Value = "application/csp-report"),
        (serde_json::Value = "application/reports+json"))),
    responses((status = 204, description = "It stands in the log."))
)]
pub(crate) async fn post(request: Request) -> Result<StatusCode, ApiError> {
    let body = limited(request, MAX_BYTES).await?;
    let reports = serde_json::from_slice(&body).map_err(|_| ErrorCode::RequestMalformed)?;
    let violations = match reports {
        Reports::One { report } => vec![report],
        Reports::Many(reports) => reports.into_iter().map(|report| report.body).collect(),
    };
    for violation in violations.iter().take(MOST) {
        tracing::warn!(
            document = loggable(&violation.document),
            directive = loggable(&violation.directive),
            blocked = loggable(&violation.blocked),
            source = loggable(&violation.source),
            "a browser reports a breach of the content security policy"
        );
    }
    Ok(StatusCode::NO_CONTENT)
}

/// A stranger's text, short, in one line, and without what follows `?` or `#`: the link of a mail carries its token there.
fn loggable(text: &str) -> String {
    let address = text.split(['?', '#']).next().unwrap_or_default();
    loggable_path(address).chars().filter(|c| !c.is_control()).take(MAX_TEXT_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};

    use super::*;
    use crate::testing::TestServer;

    async fn send(server: &TestServer, content_type: &str, body: &str) -> StatusCode {
        let request = Request::post("/api/v1/csp-reports").header(header::CONTENT_TYPE, content_type);
        server.send(request.body(Body::from(body.to_owned())).unwrap()).await.status
    }

    #[tokio::test]
    async fn reports_of_both_kinds_are_taken() {
        let server = TestServer::start().await;
        let older = r#"{"csp-report": {"document-uri": "https://mog.example/", "violated-directive": "x", "line-number": 3}}"#;
        assert_eq!(send(&server, "application/csp-report", older).await, StatusCode::NO_CONTENT);
        let newer =
            r#"[{"type": "csp-violation", "age": 1, "body": {"blockedURL": "inline"}}, {"type": "other"}]"#;
        assert_eq!(send(&server, "application/reports+json", newer).await, StatusCode::NO_CONTENT);
        assert_eq!(send(&server, "application/csp-report", "nonsense").await, StatusCode::BAD_REQUEST);
        let large = format!("[{}]", " ".repeat(MAX_BYTES));
        assert_eq!(send(&server, "application/csp-report", &large).await, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[test]
    fn a_stranger_s_text_is_one_short_line_without_tokens() {
        assert_eq!(
            loggable("https://mog.example/confirm-address?token=secret"),
            "https://mog.example/confirm-address"
        );
        assert_eq!(loggable("a\nb\u{1b}[31m#c"), "ab[31m");
        assert_eq!(loggable(&"é".repeat(500)).chars().count(), MAX_TEXT_CHARS);
    }
}
