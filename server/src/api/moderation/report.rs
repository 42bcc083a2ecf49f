//! `POST /reports`: says that something must not be here.

use axum::extract::State;
use axum::http::StatusCode;
use contract::moderation::CreateReport;
use platform::moderation::ModerationService;

use crate::api::error::ApiError;
use crate::api::extract::JsonBody;

/// Reports something, with or without an account. What shows the reporter, something intimate or a child is hidden at
/// once. The answer is the same whether or not there is such a thing.
#[utoipa::path(
    post,
    path = "/reports",
    operation_id = "create_report",
    tag = "moderation",
    request_body = CreateReport,
    responses((status = 202, description = "Somebody will look at it."))
)]
pub(crate) async fn post(
    State(moderation): State<ModerationService>,
    JsonBody(report): JsonBody<CreateReport>,
) -> Result<StatusCode, ApiError> {
    moderation.report(&report.check()?).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use contract::moderation::ReportView;
    use contract::paging::Page;
    use contract::users::Role;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn what_is_reported_is_hidden_at_once_and_decided_by_administrators() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let admin = server.person_as("eve@example.org", Role::Admin).await;
        let view = ada.picture(1).await;
        let path = format!("/api/v1/media/{}", view.id);
        ada.call(Method::PATCH, &path, Some(json!({ "visibility": "public" }))).await;
        let public = format!("/media/public/{}", view.id);
        assert_eq!(server.get(&public).await.status, StatusCode::OK);

        let report = json!({ "address": format!("https://mog.example{public}"), "reason": "my_face" });
        assert_eq!(server.post("/api/v1/reports", report).await.status, StatusCode::ACCEPTED);
        assert_eq!(server.get(&public).await.refusal().0, 404);
        assert_eq!(ada.get(&view.url).await.refusal(), (451, "media_taken_down", None));

        assert_eq!(ada.get("/api/v1/reports").await.refusal().1, "forbidden");
        let open: Page<ReportView> =
            serde_json::from_slice(&admin.get("/api/v1/reports").await.body).unwrap();
        let decide = format!("/api/v1/reports/{}/decision", open.items[0].id);
        assert_eq!(ada.post(&decide, json!({ "take_down": false })).await.refusal().1, "forbidden");
        let decided = admin.post(&decide, json!({ "take_down": false })).await;
        assert_eq!(decided.status, StatusCode::OK);
        assert_eq!(server.get(&public).await.status, StatusCode::OK);
        let left = admin.get("/api/v1/reports?state=open").await;
        assert_eq!(left.text(), r#"{"items":[]}"#);
        let nothing = format!("/api/v1/reports/{}/decision", view.id);
        assert_eq!(admin.post(&nothing, json!({ "take_down": true })).await.refusal().0, 404);
    }

    #[tokio::test]
    async fn a_report_says_what_and_why() {
        let server = TestServer::start().await;
        for wrong in [
            json!({ "address": "", "reason": "other" }),
            json!({ "address": "x", "reason": "nothing" }),
            json!({ "address": "x", "reason": "other", "contact": "nobody" }),
        ] {
            assert_eq!(server.post("/api/v1/reports", wrong).await.refusal().1, "fields_invalid");
        }
    }
}
