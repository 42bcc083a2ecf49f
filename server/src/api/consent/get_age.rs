//! `GET /age`: whether somebody said that they are of age.

use axum::Json;
use axum::extract::State;
use contract::consent::AgeStatement;
use platform::consent::ConsentService;

use crate::api::error::ApiError;
use crate::api::extract::SignedIn;

/// Whether the account's owner said that they are 18 or older.
#[utoipa::path(
    get,
    path = "/age",
    operation_id = "get_age",
    tag = "consent",
    responses((status = 200, description = "What was said.", body = AgeStatement)),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(consent): State<ConsentService>,
    SignedIn(principal): SignedIn,
) -> Result<Json<AgeStatement>, ApiError> {
    Ok(Json(AgeStatement { of_age: consent.is_of_age(principal.user).await? }))
}
