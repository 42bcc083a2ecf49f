//! `DELETE /attestations/{id}`: withdraws a statement, and with it what was made on it.

use axum::Json;
use axum::extract::State;
use contract::consent::{AttestationId, Revoked};
use platform::consent::ConsentService;

use crate::api::error::ApiError;
use crate::api::extract::{PathId, SignedIn};
use crate::api::refusals::refusals;

refusals!(NotFound);

/// Withdraws a statement, and removes every result that was made on it for good.
#[utoipa::path(
    delete,
    path = "/attestations/{id}",
    operation_id = "revoke_attestation",
    tag = "consent",
    params(("id" = AttestationId, Path, description = "The statement's id.")),
    responses((status = 200, description = "It is withdrawn.", body = Revoked), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete(
    State(consent): State<ConsentService>,
    SignedIn(principal): SignedIn,
    PathId(id): PathId<AttestationId>,
) -> Result<Json<Revoked>, ApiError> {
    Ok(Json(consent.revoke(principal.user, id).await?))
}
