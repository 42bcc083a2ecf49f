//! `PUT /age`: says that one is of age.

use axum::Json;
use axum::extract::State;
use contract::ErrorCode;
use contract::consent::AgeStatement;
use platform::consent::ConsentService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SignedIn};
use crate::api::refusals::refusals;

refusals!(AgeRequired);

/// Says that the account's owner is 18 or older. Nothing else is kept of it, and it cannot be said otherwise.
#[utoipa::path(
    put,
    path = "/age",
    operation_id = "confirm_age",
    tag = "consent",
    request_body = AgeStatement,
    responses((status = 200, description = "It is noted.", body = AgeStatement), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn put(
    State(consent): State<ConsentService>,
    SignedIn(principal): SignedIn,
    JsonBody(said): JsonBody<AgeStatement>,
) -> Result<Json<AgeStatement>, ApiError> {
    if !said.of_age {
        return Err(ErrorCode::AgeRequired.into());
    }
    consent.confirm_age(principal.user).await?;
    Ok(Json(said))
}
