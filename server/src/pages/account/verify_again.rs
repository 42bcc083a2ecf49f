//! `POST /account/verify-again`: another mail to confirm the address with.

use app::account::{HomeNews, HomePage};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::owner::Owner;
use super::show;
use crate::http::AppState;

pub(super) async fn post(State(state): State<AppState>, owner: Owner) -> Response {
    match state.auth.resend_verification(&owner.principal).await {
        Ok(()) => Redirect::to(&format!("/account?done={}", HomeNews::MailSent.as_str())).into_response(),
        Err(error) => {
            let (status, form) = show::refused(error, super::home::profile(&owner.me));
            let page = HomePage { me: owner.me, form: Some(form), news: None };
            show::at(&state, &owner.seen, "/account", status, page)
        }
    }
}
