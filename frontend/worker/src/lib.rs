//! The engine in a Web Worker: photos in, pictures out, the page stays free.
//!
//! `frontend/scripts/engine-worker.js` loads this module and its models; `contract::studio` says what is spoken.

mod javascript;
mod live;
mod session;
mod signature;

use contract::studio::{Reply, Request};
use contract::swaps::{LabelOptions, OutputFormat};
use engine::{Engine, ModelFiles};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::session::Session;

/// The engine and what it has open.
#[wasm_bindgen]
pub struct Studio {
    session: Session,
}

#[wasm_bindgen]
impl Studio {
    /// Loads the engine from its records.
    ///
    /// # Errors
    /// When a record is missing or damaged.
    #[wasm_bindgen(constructor)]
    pub fn new(names: Vec<String>, files: Vec<Uint8Array>) -> Result<Studio, JsError> {
        console_error_panic_hook::set_once();
        let models = ModelFiles::read(|name| {
            let at = names.iter().position(|known| known == name);
            let file = at.and_then(|at| files.get(at));
            file.map(Uint8Array::to_vec).ok_or_else(|| JsError::new(&format!("no {name}")))
        })?;
        let engine = Engine::load(&models, &engine::cpu())?;
        Ok(Self { session: Session::new(engine) })
    }

    /// Does what a message asks and posts the answer under the same `id`.
    ///
    /// # Errors
    /// When the message is none of the conversation's, or the answer cannot be posted.
    pub fn handle(&mut self, id: u32, request: &[u8], beside: JsValue) -> Result<(), JsValue> {
        let request: Request = postcard::from_bytes(request).map_err(|why| why.to_string())?;
        if let Request::Save { format, label } = request {
            return self.save(id, format, &label);
        }
        let (reply, payload) = match self.session.answer(&request, beside) {
            Ok(answer) => answer,
            Err(failure) => (Reply::Failed { code: failure.code, slot: failure.slot }, None),
        };
        javascript::post(id, &reply, payload)
    }
}

impl Studio {
    /// Makes the file now, and posts it once it is signed.
    fn save(&self, id: u32, format: OutputFormat, label: &LabelOptions) -> Result<(), JsValue> {
        let (file, mark) = match self.session.file(format, label) {
            Ok(made) => made,
            Err(failure) => {
                let failed = Reply::Failed { code: failure.code, slot: failure.slot };
                return javascript::post(id, &failed, None);
            }
        };
        spawn_local(async move {
            let file = signature::signed(file, format, mark).await;
            // Where an answer cannot be posted there is nobody left to tell.
            let _ = javascript::post(id, &Reply::Saved { format }, Some(javascript::buffer(&file)));
        });
        Ok(())
    }
}
