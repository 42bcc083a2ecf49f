//! Hands before faces. The networks that see them weigh more than all else the engine needs, so they come after the first graft
//! of a photo of the visitor's own: samples have none.

use contract::ErrorCode;
use contract::studio::{Reply, Request};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::window;
use leptos::task::spawn_local;

use super::session::Studio;
use crate::engine::{self, EngineClient};

impl Studio {
    /// Teaches the engine hands where it has not learnt them yet, and grafts again if it sees one.
    pub(super) fn look_for_hands(self) {
        // Offline they cannot come; a later graft asks again.
        let is_offline = !window().navigator().on_line();
        if is_offline || (!self.source.has_own() && !self.target.has_own()) {
            return;
        }
        let Ok(engine) = self.engine.start() else { return };
        if engine.learns_hands.replace(true) {
            return;
        }
        spawn_local(async move {
            match self.learn_hands(&engine).await {
                Ok(0) => {}
                Ok(_) if self.holds_engine() => self.graft_now(),
                Ok(_) => {}
                // The graft stands without them; the next one tries again.
                Err(_) => engine.learns_hands.set(false),
            }
        });
    }

    /// How many hands lie before faces of the open photos.
    async fn learn_hands(self, engine: &EngineClient) -> Result<usize, ErrorCode> {
        let addresses: Vec<String> =
            self.engine.with_files(|files| files.hand_models.iter().map(|file| file.url.clone()).collect());
        let [detector, landmarks] = &*addresses else { return Err(ErrorCode::ModelsUnavailable) };
        let detector = engine::bytes_of_address(detector).await?;
        let landmarks = engine::bytes_of_address(landmarks).await?;
        let request = Request::LearnHands { detector_bytes: detector.byte_length() as usize };
        match engine.ask(&request, Some(joined(&[detector, landmarks]).into())).await.reply {
            Reply::HandsLearnt { found } => Ok(found),
            Reply::Failed { code, .. } => Err(code),
            _ => Err(ErrorCode::Internal),
        }
    }
}

/// One after the other.
fn joined(parts: &[ArrayBuffer]) -> ArrayBuffer {
    let all = Uint8Array::new_with_length(parts.iter().map(ArrayBuffer::byte_length).sum());
    let mut at = 0;
    for part in parts {
        all.set(&Uint8Array::new(part), at);
        at += part.byte_length();
    }
    all.buffer()
}
