//! The tray of jobs in the bar, for those who are signed in: what the server does for them, and how far it is. Empty
//! markup; `public/jobs.js` fills it.

use contract::ErrorCode;
use contract::jobs::{HD_SWAP, JobState};
use leptos::prelude::*;

use super::words::TrayWords;
use crate::ui::{Glyph, Icon};
use crate::words::language;

/// The failures of a job that its owner is told in a sentence of their own.
const FAILURES: [ErrorCode; 9] = [
    ErrorCode::NoFaceInSource,
    ErrorCode::NoFaceInTarget,
    ErrorCode::FaceNotFound,
    ErrorCode::FaceTooSmall,
    ErrorCode::PhotoDamaged,
    ErrorCode::PhotoTooManyPixels,
    ErrorCode::NotFound,
    ErrorCode::JobInterrupted,
    ErrorCode::Internal,
];

#[component]
pub(super) fn JobTray() -> impl IntoView {
    let words = TrayWords::of(language());
    view! {
        <button class="icon-button tray-button needs-script" type="button" id="job-tray-button" popovertarget="job-tray" aria-label=words.jobs title=words.jobs hidden>
            <Icon glyph=Glyph::Jobs/>
            <span class="tray-count" aria-hidden="true"></span>
        </button>
        <div class="menu tray" id="job-tray" popover="auto" role="dialog" aria-label=words.jobs data-sentences=sentences()>
            <p class="menu-name">{words.jobs}</p>
            <p class="tray-none panel-note">{words.none}</p>
            <ul class="tray-list"></ul>
            <p class="tray-news" role="status"></p>
        </div>
    }
    .into_any()
}

/// What the script says, as JSON.
fn sentences() -> String {
    let (language, words) = (language(), TrayWords::of(language()));
    let state = |state| match state {
        JobState::Queued => words.queued,
        JobState::Running => words.running,
        JobState::Succeeded => words.succeeded,
        JobState::Failed => words.failed,
        JobState::Dead => words.dead,
        JobState::Cancelled => words.cancelled,
    };
    let states = JobState::ALL.map(|known| (known.as_str().to_owned(), state(known).into()));
    let failures = FAILURES.map(|code| (code.as_str().to_owned(), code.title(language).into()));
    let kinds = [(HD_SWAP.to_owned(), words.hd_swap.into())];
    let others = [
        ("kinds", serde_json::Value::Object(kinds.into_iter().collect())),
        ("states", serde_json::Value::Object(states.into_iter().collect())),
        ("failures", serde_json::Value::Object(failures.into_iter().collect())),
        ("other", words.other.into()),
        ("cancel", words.cancel.into()),
        ("retry", words.retry.into()),
        ("open", words.open.into()),
        ("left", words.left.into()),
        ("waiting_retry", words.waiting_retry.into()),
    ];
    serde_json::Value::Object(others.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())
        .to_string()
}
