//! `GET /media-usage`: how much a person keeps.

use axum::extract::State;
use contract::media::MediaUsage;
use platform::media::MediaService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{MediaRead, WithScope};

/// How much the account keeps, and how much it may.
#[utoipa::path(
    get,
    path = "/media-usage",
    operation_id = "get_media_usage",
    tag = "media",
    responses((status = 200, description = "Bytes in use and bytes allowed.", body = MediaUsage)),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaRead>,
) -> Result<NotStored<MediaUsage>, ApiError> {
    Ok(NotStored(media.usage(principal.user).await?))
}

#[cfg(test)]
mod tests {
    use contract::media::MediaUsage;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn what_is_kept_counts() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let view = ada.picture(1).await;
        let usage: MediaUsage = serde_json::from_slice(&ada.get("/api/v1/media-usage").await.body).unwrap();
        assert_eq!(usage, MediaUsage { bytes: view.bytes, quota_bytes: 1 << 30 });
    }
}
