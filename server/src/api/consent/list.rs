//! `GET /attestations`: what somebody stated.

use axum::extract::State;
use contract::consent::AttestationView;
use contract::paging::{Page, PageQuery};
use platform::consent::ConsentService;

use crate::api::answer::NotStored;
use crate::api::error::ApiError;
use crate::api::extract::{QueryOf, SignedIn};
use crate::api::refusals::refusals;

refusals!(FieldsInvalid);

/// The account's statements, the newest first, also those that were withdrawn.
#[utoipa::path(
    get,
    path = "/attestations",
    operation_id = "list_attestations",
    tag = "consent",
    params(PageQuery),
    responses((status = 200, description = "A page of statements.", body = Page<AttestationView>), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(consent): State<ConsentService>,
    SignedIn(principal): SignedIn,
    QueryOf(page): QueryOf<PageQuery>,
) -> Result<NotStored<Page<AttestationView>>, ApiError> {
    Ok(NotStored(consent.list(principal.user, &page).await?))
}
