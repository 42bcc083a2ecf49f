//! The tray of jobs in the bar, for those who are signed in: what the server does for them, and how far it is. Empty
//! markup; `frontend/scripts/jobs.js` fills it.

use contract::ErrorCode;
use contract::assets::PageFiles;
use contract::jobs::{HD_SWAP, JobState};
use leptos::prelude::*;
use serde_json::{Map, json};

use super::words::TrayWords;
use crate::ui::{Glyph, Icon};
use crate::words::language;

/// The failures of a job that its owner is told in a sentence of their own.
const FAILURES: [ErrorCode; 10] = [
    ErrorCode::ConsentRequired,
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
    let PageFiles { jobs, hd, .. } = use_context::<PageFiles>().unwrap_or_default();
    view! {
        <button class="icon-button tray-button needs-script" type="button" id="job-tray-button" popovertarget="job-tray" aria-label=words.jobs title=words.jobs hidden>
            <Icon glyph=Glyph::Jobs/>
            <span class="tray-count" aria-hidden="true"></span>
        </button>
        <div class="menu tray" id="job-tray" popover="auto" role="dialog" aria-label=words.jobs data-sentences=sentences() data-script=jobs data-hd-script=hd>
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
    let states: Map<_, _> =
        JobState::ALL.into_iter().map(|known| (known.as_str().into(), state(known).into())).collect();
    let failures: Map<_, _> =
        FAILURES.into_iter().map(|code| (code.as_str().into(), code.title(language).into())).collect();
    json!({
        "kinds": { HD_SWAP: words.hd_swap },
        "states": states,
        "failures": failures,
        "other": words.other,
        "cancel": words.cancel,
        "retry": words.retry,
        "open": words.open,
        "left": words.left,
        "waiting_retry": words.waiting_retry,
    })
    .to_string()
}
