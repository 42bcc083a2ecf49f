//! Signing up and in, and the account: native forms, one operation per file. What they show is `app::account`.

mod change_email;
mod change_password;
mod check_mail;
mod code;
mod confirm_address;
mod credits;
mod delete;
mod door;
mod export;
mod faces;
mod forgot_password;
mod home;
mod keys;
mod library;
mod owner;
mod privacy;
mod report;
mod reset_password;
mod second_step;
mod security;
mod sessions;
mod settings;
mod show;
mod sign_in;
mod sign_out;
mod sign_up;
#[cfg(test)]
mod tests;
mod verify_again;

use axum::Router;
use axum::routing::{get, post};

pub(crate) use self::show::{at as document, failure};
use crate::http::AppState;

/// Every page and form of this part.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-up", get(sign_up::get).post(sign_up::post))
        .route("/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/sign-in/code", get(code::get).post(code::post))
        .route("/sign-out", post(sign_out::post))
        .route("/check-your-mail", get(check_mail::get))
        .route("/confirm-address", get(confirm_address::get).post(confirm_address::post))
        .route("/forgot-password", get(forgot_password::get).post(forgot_password::post))
        .route("/reset-password", get(reset_password::get).post(reset_password::post))
        .route("/account", get(home::get).post(home::post))
        .route("/account/verify-again", post(verify_again::post))
        .route("/account/settings", get(settings::get).post(settings::post))
        .route("/account/security", get(security::get))
        .route("/account/password", post(change_password::post))
        .route("/account/email", post(change_email::post))
        .route("/account/second-step", post(second_step::begin))
        .route("/account/second-step/confirm", post(second_step::confirm))
        .route("/account/second-step/off", post(second_step::off))
        .route("/account/second-step/codes", post(second_step::codes))
        .route("/account/sessions/{id}/end", post(sessions::end))
        .route("/account/sessions/end-others", post(sessions::end_others))
        .route("/account/keys", get(keys::get).post(keys::create))
        .route("/account/keys/{id}/revoke", post(keys::revoke))
        .route("/account/credits", get(credits::get))
        .route("/account/faces", get(faces::get))
        .route("/account/faces/age", post(faces::confirm_age))
        .route("/account/faces/{id}/withdraw", post(faces::withdraw))
        .route("/library", get(library::get).post(library::add))
        .route("/library/{id}/keep", post(library::keep))
        .route("/library/{id}/delete", post(library::delete))
        .route("/library/{id}/restore", post(library::restore))
        .route("/library/{id}/link", post(library::link))
        .route("/privacy", get(privacy::get))
        .route("/report", get(report::get).post(report::post))
        .route("/moderation", get(report::waiting))
        .route("/moderation/{id}", post(report::decide))
        .route("/moderation/media/{id}", get(report::picture))
        .route("/account/data", get(delete::data))
        .route("/account/export", post(export::post))
        .route("/account/delete", get(delete::get).post(delete::post))
}

/// A path of this site, or none: whoever writes a link must not be able to choose where our forms lead.
pub(crate) fn own_path(text: &str) -> Option<&str> {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (text.starts_with('/') && !text.starts_with("//") && plain).then_some(text)
}

#[cfg(test)]
mod path_tests {
    use super::*;

    #[test]
    fn forms_lead_to_our_own_pages_only() {
        for own in ["/", "/account/keys", "/reset-password?token=a_b-c#x"] {
            assert_eq!(own_path(own), Some(own));
        }
        for foreign in [
            "",
            "account",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/\t/evil.example",
            " /account",
        ] {
            assert_eq!(own_path(foreign), None, "{foreign:?}");
        }
    }
}
