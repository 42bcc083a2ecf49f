//! The demonstration's talk with the engine, in a piece of its own: the page is alive before a browser fetches it, with the
//! engine (docs/adr/0054).

use std::pin::Pin;

use contract::ErrorCode;
use contract::studio::{Reply, Request, Slot, SwapReport};
use contract::swaps::SwapOptions;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::{JsCast, JsValue};

use super::demo::Demo;
use crate::engine::{EngineClient, Hold, bytes_of_address, open, show};

/// What came of a graft; nothing when another page has taken the engine.
type Outcome = Result<Option<SwapReport>, ErrorCode>;

/// A graft that is under way.
type Graft = Pin<Box<dyn Future<Output = Outcome>>>;

/// The piece did not arrive.
struct Unreachable;

impl From<SplitLoaderError> for Unreachable {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// One graft: the face of this number onto the picture.
///
/// # Errors
/// Why there is none.
pub(super) async fn graft(demo: Demo, face: usize, hold: Hold) -> Outcome {
    match begin(demo, face, hold).await {
        Ok(graft) => graft.await,
        Err(Unreachable) => Err(ErrorCode::ModelsUnavailable),
    }
}

/// The function that is cut off; it cannot be asynchronous itself.
#[wasm_split(graft, wasm_split_path = leptos::wasm_split, fallible)]
fn begin(demo: Demo, face: usize, hold: Hold) -> Result<Graft, Unreachable> {
    Ok(Box::pin(run(demo, face, hold)))
}

async fn run(demo: Demo, face: usize, hold: Hold) -> Outcome {
    let Some(source) = demo.faces.try_with_value(|faces| faces.get(face).cloned()).flatten() else {
        return Ok(None);
    };
    let engine = demo.engine.start()?;
    let bytes = bytes_of_address(&source.picture.url).await?;
    engine.ready().await?;
    open_target(demo, &engine, hold).await?;
    if !demo.engine.is_held(hold) {
        return Ok(None);
    }
    open(&engine, Slot::Source, bytes).await?;
    if !demo.engine.is_held(hold) {
        return Ok(None);
    }
    let answer = engine.ask(&Request::Swap { options: SwapOptions::default() }, None).await;
    match answer.reply {
        Reply::Swapped { report } if draw(demo, answer.payload) => Ok(Some(report)),
        Reply::Failed { code, .. } => Err(code),
        _ => Err(ErrorCode::Internal),
    }
}

/// Opens the picture in the engine, once.
async fn open_target(demo: Demo, engine: &EngineClient, hold: Hold) -> Result<(), ErrorCode> {
    let target = demo.target.try_get_value().flatten();
    let Some(target) = target.filter(|_| demo.opened.try_get_value() == Some(false)) else {
        return Ok(());
    };
    let bytes = bytes_of_address(&target.picture.url).await?;
    if demo.engine.is_held(hold) {
        open(engine, Slot::Target, bytes).await?;
        let _ = demo.opened.try_set_value(true);
    }
    Ok(())
}

fn draw(demo: Demo, payload: JsValue) -> bool {
    let canvas = demo.canvas.try_get_untracked().flatten();
    let bitmap = payload.dyn_into::<web_sys::ImageBitmap>().ok();
    canvas.zip(bitmap).is_some_and(|(canvas, bitmap)| show(&canvas, &bitmap))
}
