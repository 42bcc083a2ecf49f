//! `POST /swaps`: the studio's form in a browser without JavaScript. Answers by sending it on to a page.

use axum::extract::{Multipart, State};
use axum::response::Redirect;
use contract::results::ResultId;
use contract::swaps::OutputFormat;

use crate::api::error::ApiError;
use crate::api::swaps::form::SwapForm;
use crate::http::AppState;

pub(crate) async fn post(State(state): State<AppState>, form: Multipart) -> Redirect {
    match make(&state, form).await {
        Ok(id) => Redirect::to(&format!("/swaps/{id}")),
        Err(error) => Redirect::to(&studio_with(&error)),
    }
}

async fn make(state: &AppState, form: Multipart) -> Result<ResultId, ApiError> {
    let mut request = SwapForm::read(form).await?.into_request(&state.assets).await?;
    // Stored results are JPEG files, whatever the form says.
    request.format = OutputFormat::Jpeg;
    let outcome = state.swaps.swap(request).await?;
    Ok(state.results.keep(&outcome).await?.id)
}

/// The studio, showing why it could not be done.
fn studio_with(error: &ApiError) -> String {
    let field = error.field.map(|field| format!("&field={field}")).unwrap_or_default();
    format!("/?problem={}{field}", error.code.as_str())
}
