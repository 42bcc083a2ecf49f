//! `GET /media`: a person's library.

use axum::extract::State;
use contract::media::{MediaKind, MediaView};
use contract::paging::{Page, PageQuery};
use platform::media::MediaService;
use serde::Deserialize;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{QueryOf, SignedIn};
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
    SignedIn(principal): SignedIn,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<NotStored<Page<MediaView>>, ApiError> {
    let page = PageQuery { after: wanted.after, limit: wanted.limit };
    Ok(NotStored(media.list(principal.user, wanted.kind, &page).await?))
}

#[cfg(test)]
mod tests {
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
}
