//! `DELETE /media/{id}`: throws a file away.

use axum::extract::State;
use axum::http::StatusCode;
use contract::media::MediaId;
use platform::media::MediaService;

use crate::api::error::ApiError;
use crate::api::extract::{MediaWrite, PathId, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Throws a file away. For a day it can be had back.
#[utoipa::path(
    delete,
    path = "/media/{id}",
    operation_id = "delete_media",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id.")),
    responses((status = 204, description = "Nobody sees it any more."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaWrite>,
    PathId(id): PathId<MediaId>,
) -> Result<StatusCode, ApiError> {
    media.delete(principal.user, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn what_is_thrown_away_is_gone_until_it_is_had_back() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let view = ada.picture(1).await;
        let path = format!("/api/v1/media/{}", view.id);
        assert_eq!(bob.delete(&path).await.refusal().0, 404);
        assert_eq!(ada.delete(&path).await.status, StatusCode::NO_CONTENT);
        assert_eq!(ada.delete(&path).await.refusal().0, 404);
        assert_eq!(ada.get(&view.url).await.refusal().0, 404);
        let back = format!("{path}/restore");
        assert_eq!(bob.post(&back, serde_json::Value::Null).await.refusal().0, 404);
        assert_eq!(ada.post(&back, serde_json::Value::Null).await.status, StatusCode::OK);
        assert_eq!(ada.get(&view.url).await.status, StatusCode::OK);
    }
}
