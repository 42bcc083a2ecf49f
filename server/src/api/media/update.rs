//! `PATCH /media/{id}`: renames a file, keeps it, opens it to everybody.

use axum::Json;
use axum::extract::State;
use contract::media::{MediaId, MediaView, UpdateMedia};
use platform::media::MediaService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, MediaWrite, PathId, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound, MediaTakenDown);

/// Changes what is given and leaves the rest.
#[utoipa::path(
    patch,
    path = "/media/{id}",
    operation_id = "update_media",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id.")),
    request_body = UpdateMedia,
    responses((status = 200, description = "The whole file as it is now.", body = MediaView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn patch(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaWrite>,
    PathId(id): PathId<MediaId>,
    JsonBody(update): JsonBody<UpdateMedia>,
) -> Result<Json<MediaView>, ApiError> {
    Ok(Json(media.change(principal.user, id, update.check()?).await?))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use contract::media::MediaView;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_file_is_renamed_kept_and_opened() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let view = ada.picture(1).await;
        let path = format!("/api/v1/media/{}", view.id);
        let body = json!({ "name": "Summer", "kept": true, "visibility": "public" });
        let answer = ada.call(Method::PATCH, &path, Some(body.clone())).await;
        let changed: MediaView = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((changed.name.as_str(), changed.expires_at_ms), ("Summer.png", None));
        assert_eq!(server.get(&changed.url).await.status, StatusCode::OK);
        assert_eq!(bob.call(Method::PATCH, &path, Some(body)).await.refusal().0, 404);
        for wrong in [json!({ "name": "a/b" }), json!({ "size": 1 })] {
            assert_eq!(ada.call(Method::PATCH, &path, Some(wrong)).await.refusal().0, 422);
        }
    }
}
