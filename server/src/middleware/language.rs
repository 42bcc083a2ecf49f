//! Which of our languages a visitor reads.

use axum::http::{HeaderMap, header};
use contract::Language;

/// The first of ours that the visitor's program asks for.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Language> {
    Language::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}
