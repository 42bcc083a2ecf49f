//! `POST /media/{id}/links`: a link that opens a private file for a while.

use axum::extract::State;
use contract::media::{CreateLink, MediaId, MediaLink};
use platform::media::MediaService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, MediaWrite, PathId, WithScope};
use crate::api::refusals::refusals;
use crate::site::Site;

refusals!(NotFound);

/// Signs a link that opens a file for anybody, for as long as it says. Nothing is kept of it.
#[utoipa::path(
    post,
    path = "/media/{id}/links",
    operation_id = "create_media_link",
    tag = "media",
    params(("id" = MediaId, Path, description = "The file's id.")),
    request_body = CreateLink,
    responses((status = 200, description = "The link.", body = MediaLink), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(media): State<MediaService>,
    State(site): State<Site>,
    WithScope { principal, .. }: WithScope<MediaWrite>,
    PathId(id): PathId<MediaId>,
    JsonBody(wanted): JsonBody<CreateLink>,
) -> Result<NotStored<MediaLink>, ApiError> {
    let link = media.link(principal.user, id, wanted.check()?).await?;
    Ok(NotStored(MediaLink { url: site.address_of(&link.url), ..link }))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::StatusCode;
    use contract::media::MediaLink;
    use serde_json::json;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_link_opens_a_file_for_anybody_until_it_ends() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let view = ada.picture(1).await;
        let path = format!("/api/v1/media/{}/links", view.id);
        let answer = ada.post(&path, json!({ "seconds": 60 })).await;
        let link: MediaLink = serde_json::from_slice(&answer.body).unwrap();
        let address = link.url.strip_prefix("https://mog.example").unwrap();
        assert_eq!(server.get(address).await.status, StatusCode::OK);
        assert_eq!(bob.get(address).await.status, StatusCode::OK, "it is the link that opens");
        let forged = address.replace("signature=", "signature=A");
        assert_eq!(server.get(&forged).await.refusal(), (404, "not_found", None));
        server.clock.advance(Duration::from_secs(60));
        assert_eq!(server.get(address).await.refusal(), (410, "link_expired", None));
        assert_eq!(bob.post(&path, json!({ "seconds": 60 })).await.refusal().0, 404);
        for seconds in [0, 604_801] {
            assert_eq!(ada.post(&path, json!({ "seconds": seconds })).await.refusal().0, 422);
        }
    }
}
