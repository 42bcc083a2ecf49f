//! `GET /media`: a person's library.

use axum::extract::State;
use contract::media::{MediaKind, MediaView};
use contract::paging::{Page, PageQuery};
use platform::media::MediaService;
use serde::Deserialize;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{MediaRead, QueryOf, WithScope};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// Which part of the library. The fields of [`PageQuery`], which a query cannot hold inside another.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only what was sent, or only what was made here.
    kind: Option<MediaKind>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many items, 1 to 100; 20 if not given.
    limit: Option<u32>,
}

/// What the account keeps, the newest first.
#[utoipa::path(
    get,
    path = "/media",
    operation_id = "list_media",
    tag = "media",
    params(Wanted),
    responses((status = 200, description = "A page of files.", body = Page<MediaView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(media): State<MediaService>,
    WithScope { principal, .. }: WithScope<MediaRead>,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<NotStored<Page<MediaView>>, ApiError> {
    let page = PageQuery { after: wanted.after, limit: wanted.limit };
    Ok(NotStored(media.list(principal.user, wanted.kind, &page).await?))
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use contract::auth::{CreatedApiKey, Scope};
    use contract::media::MediaView;
    use contract::paging::Page;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_library_comes_page_by_page() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let (first, second) = (ada.picture(1).await, ada.picture(2).await);
        let read = async |path: &str| -> Page<MediaView> {
            serde_json::from_slice(&ada.get(path).await.body).unwrap()
        };
        let page = read("/api/v1/media?limit=1").await;
        let next = page.next.unwrap();
        let rest = read(&format!("/api/v1/media?limit=1&after={next}")).await;
        let mut ids = vec![page.items[0].id, rest.items[0].id];
        ids.sort();
        let mut kept = vec![first.id, second.id];
        kept.sort();
        assert_eq!((ids, rest.next), (kept, None));
        assert!(read("/api/v1/media?kind=result").await.items.is_empty());
        for bad in ["?kind=film", "?limit=many", "?page=2"] {
            assert_eq!(ada.get(&format!("/api/v1/media{bad}")).await.refusal().1, "request_malformed");
        }
    }

    #[tokio::test]
    async fn a_key_reads_a_library_that_it_cannot_change() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let path = format!("/api/v1/media/{}", ada.picture(1).await.id);
        let content = path.replace("/api/v1", "");
        let reads = ada.api_key(&[Scope::MediaRead]).await;
        let orders = ada.api_key(&[Scope::SwapsWrite]).await;
        let ask = async |key: &CreatedApiKey, method: Method, path: &str| {
            server.call(method, path, Some(key.key.expose()), None).await.status
        };
        for readable in ["/api/v1/media", "/api/v1/media-usage", &path, &content] {
            assert_eq!(ask(&reads, Method::GET, readable).await, StatusCode::OK, "{readable}");
            assert_eq!(ask(&orders, Method::GET, readable).await, StatusCode::FORBIDDEN, "{readable}");
        }
        assert_eq!(ask(&reads, Method::DELETE, &path).await, StatusCode::FORBIDDEN);
        assert_eq!(ask(&orders, Method::GET, "/api/v1/jobs").await, StatusCode::OK);
        assert_eq!(ask(&reads, Method::GET, "/api/v1/jobs").await, StatusCode::FORBIDDEN);
    }
}
