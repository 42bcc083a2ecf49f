//! `POST /api/v1/swaps`: two photos in, the picture out. Nothing is kept.

use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, HeaderValue, header};

use super::form::SwapForm;
use crate::api::error::ApiError;
use crate::http::AppState;

/// How many faces were changed, beside the picture.
const FACES_HEADER: &str = "mog-faces";

pub(crate) async fn post(State(state): State<AppState>, form: Multipart) -> Result<(HeaderMap, Vec<u8>), ApiError> {
    let request = SwapForm::read(form).await?.into_request(&state.assets).await?;
    let outcome = state.swaps.swap(request).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(outcome.format.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(FACES_HEADER, HeaderValue::from(outcome.faces));
    Ok((headers, outcome.bytes))
}
