//! `GET /media/{id}`: what is known of a file.

use axum::extract::State;
use contract::media::{MediaId, MediaView};
use platform::media::MediaService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{MediaRead, PathId, WithScope};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// What is known of a file of the account's.
#[utoipa::path(
    get,
    path = "/media/{id}",
    operation_id = "get_media",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id.")),
    responses((status = 200, description = "The file.", body = MediaView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaRead>,
    PathId(id): PathId<MediaId>,
) -> Result<NotStored<MediaView>, ApiError> {
    Ok(NotStored(media.view(principal.user, id).await?))
}

#[cfg(test)]
mod tests {
    use contract::media::MediaView;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_file_is_its_owner_s_alone() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let view = ada.picture(1).await;
        let path = format!("/api/v1/media/{}", view.id);
        assert_eq!(serde_json::from_slice::<MediaView>(&ada.get(&path).await.body).unwrap(), view);
        assert_eq!(bob.get(&path).await.refusal(), (404, "not_found", None));
        assert_eq!(ada.get("/api/v1/media/nonsense").await.refusal(), (404, "not_found", None));
    }
}
