//! `GET /jobs/stream`: what happens to all of somebody's jobs, over one WebSocket (RFC 6455).
//!
//! What is sent stands in the database; a signal only says when to look. So whichever server a client comes back to, it
//! is told what it has missed, and nothing twice.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use contract::ErrorCode;
use contract::jobs::{JobId, Resume};
use contract::users::UserId;
use platform::jobs::JobService;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout};

use crate::api::error::ApiError;
use crate::api::extract::SignedIn;
use crate::api::refusals::refusals;

/// How long a client may take to say what it has seen.
const FIRST_WORD_WITHIN: Duration = Duration::from_secs(10);

/// How often the database is looked at when nobody says that something happened, and the client is asked whether it is
/// still there.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// After how long a stream is closed. The client comes back and shows who it is once more: its session may have ended.
const STREAM_FOR: Duration = Duration::from_secs(5 * 60);

/// How long an ended job is told of, in milliseconds.
const TOLD_FOR_MS: i64 = 24 * 60 * 60 * 1000;

/// The longest message of a client, in bytes: the numbers of some hundred jobs.
const MAX_MESSAGE_BYTES: usize = 16 * 1024;

refusals!(RequestMalformed);

/// What happens to the account's jobs, as it happens, over a WebSocket.
///
/// The client first sends `{"last_seq": {"<job>": <number>, ...}}`: the number of the last event that it has seen of each
/// job; `{}` is enough. Then it gets what it has missed and what happens from then on, each as a `JobEvent`. The stream is
/// closed after five minutes; who comes back with its numbers misses nothing. From a browser it needs our own `Origin`.
#[utoipa::path(
    get,
    path = "/jobs/stream",
    operation_id = "stream_jobs",
    tag = "jobs",
    responses((status = 101, description = "The stream begins."), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn get(
    State(jobs): State<JobService>,
    SignedIn(principal): SignedIn,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| ErrorCode::RequestMalformed)?;
    let upgrade = upgrade.max_message_size(MAX_MESSAGE_BYTES).max_frame_size(MAX_MESSAGE_BYTES);
    Ok(upgrade.on_upgrade(move |socket| follow(socket, jobs, principal.user)))
}

/// The client is gone, or has to go.
struct Over;

async fn follow(mut socket: WebSocket, jobs: JobService, owner: UserId) {
    // Before the first look, so that nothing happens unheard in between.
    let mut told = jobs.queue().signals().events();
    let Ok(Some(resume)) = timeout(FIRST_WORD_WITHIN, first_word(&mut socket)).await else {
        return close(socket, close_code::POLICY, "say first what you have seen").await;
    };
    let mut seen = resume.last_seq;
    let until = Instant::now() + STREAM_FOR;
    while Instant::now() < until {
        if send_news(&mut socket, &jobs, owner, &mut seen).await.is_err() {
            return;
        }
        let waited = tokio::select! {
            heard = hears(&mut told, owner) => heard,
            over = client_speaks(&mut socket) => Err(over),
            () = tokio::time::sleep(LOOK_EVERY) => {
                socket.send(Message::Ping(Vec::new().into())).await.map_err(|_| Over)
            }
        };
        if waited.is_err() {
            return;
        }
    }
    close(socket, close_code::NORMAL, "come back").await;
}

/// What the client has seen; none if it says something else.
async fn first_word(socket: &mut WebSocket) -> Option<Resume> {
    loop {
        match socket.recv().await?.ok()? {
            Message::Text(text) => return serde_json::from_str(&text).ok(),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Binary(_) | Message::Close(_) => return None,
        }
    }
}

/// Resolves when something may have happened to a job of this person's.
async fn hears(told: &mut Receiver<UserId>, owner: UserId) -> Result<(), Over> {
    loop {
        match told.recv().await {
            Ok(of) if of != owner => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return Ok(()),
            Err(RecvError::Closed) => return Err(Over),
        }
    }
}

/// Resolves when the client leaves. It has nothing to say any more: who speaks is cut.
async fn client_speaks(socket: &mut WebSocket) -> Over {
    while let Some(Ok(Message::Ping(_) | Message::Pong(_))) = socket.recv().await {}
    Over
}

/// Sends what happened since the client was last told.
async fn send_news(
    socket: &mut WebSocket,
    jobs: &JobService,
    owner: UserId,
    seen: &mut BTreeMap<JobId, u64>,
) -> Result<(), Over> {
    let failed = |error: sqlx::Error| tracing::warn!(%error, "the events of jobs could not be read");
    // A database that is out of reach comes back: the next look tells.
    let Ok(heads) = jobs.heads(owner, TOLD_FOR_MS).await.map_err(failed) else { return Ok(()) };
    for (id, head) in heads {
        let last_seq = seen.get(&id).copied().unwrap_or(0);
        if last_seq >= head {
            continue;
        }
        let Ok(events) = jobs.events_of(owner, id, last_seq).await.map_err(failed) else { continue };
        for event in events {
            let text = serde_json::to_string(&event).map_err(|_| Over)?;
            socket.send(Message::Text(text.into())).await.map_err(|_| Over)?;
            seen.insert(id, event.seq);
        }
    }
    Ok(())
}

async fn close(mut socket: WebSocket, code: u16, reason: &'static str) {
    let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
}
