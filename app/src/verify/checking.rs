//! What is read of a picture: its invisible mark by the engine, its manifest by a reader of its own.

use contract::ErrorCode;
use contract::assets::NotaryFiles;
use contract::provenance::ManifestView;
use contract::studio::{MarkView, Reply, Request};
use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::engine::Engine;
use crate::studio::{bytes_of_file, forget_file, remember_file};

/// How far the reading of one thing has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding<T> {
    /// It is being looked for.
    Looking,
    /// It was read; none if there is none.
    Read(Option<T>),
    /// It cannot be read here.
    Failed(ErrorCode),
}

/// A picture under inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inspected {
    /// The file's name.
    pub(super) name: String,
    /// An address to show it at.
    pub(super) url: String,
    /// Its invisible mark.
    pub(super) mark: Finding<MarkView>,
    /// Its manifest.
    pub(super) manifest: Finding<ManifestView>,
}

/// Looks at a file. A later one takes its place, whatever is still being read.
pub(super) fn inspect(file: File, engine: Engine, shown: RwSignal<Option<Inspected>>) {
    if let Some(before) = shown.get_untracked() {
        forget_file(&before.url);
    }
    let Some(url) = remember_file(file.clone().unchecked_into()) else { return };
    let (mark, manifest) = (Finding::Looking, Finding::Looking);
    shown.set(Some(Inspected { name: file.name(), url: url.clone(), mark, manifest }));
    let tell = move |change: Box<dyn FnOnce(&mut Inspected)>| {
        shown.update(|shown| {
            if let Some(shown) = shown.as_mut().filter(|shown| shown.url == url) {
                change(shown);
            }
        });
    };
    spawn_local(async move {
        let bytes = match bytes_of_file(&file).await {
            Ok(bytes) => bytes,
            Err(code) => {
                return tell(Box::new(move |shown| {
                    shown.mark = Finding::Failed(code);
                    shown.manifest = Finding::Failed(code);
                }));
            }
        };
        let copy = bytes.slice(0);
        let manifest = manifest_of(engine, copy).await;
        tell(Box::new(move |shown| shown.manifest = manifest));
        let mark = mark_of(engine, bytes).await;
        tell(Box::new(move |shown| shown.mark = mark));
    });
}

async fn mark_of(engine: Engine, bytes: ArrayBuffer) -> Finding<MarkView> {
    let client = match engine.start() {
        Ok(client) => client,
        Err(code) => return Finding::Failed(code),
    };
    if let Err(code) = client.ready().await {
        return Finding::Failed(code);
    }
    match client.ask(&Request::ReadMark, Some(bytes.into())).await.reply {
        Reply::MarkRead { mark } => Finding::Read(mark),
        Reply::Failed { code, .. } => Finding::Failed(code),
        _ => Finding::Failed(ErrorCode::Internal),
    }
}

async fn manifest_of(engine: Engine, bytes: ArrayBuffer) -> Finding<ManifestView> {
    let failed = Finding::Failed(ErrorCode::BrowserUnsupported);
    let files = engine.with_files(|files| files.notary.clone());
    let Ok(answer) = ask_notary(&files, &bytes).await else { return failed };
    let manifest = Reflect::get(&answer, &"manifest".into()).unwrap_or(JsValue::UNDEFINED);
    let Ok(manifest) = manifest.dyn_into::<Uint8Array>() else { return failed };
    postcard::from_bytes(&manifest.to_vec()).map_or(failed, Finding::Read)
}

/// One worker for one picture: what a damaged file does to it, it does to nobody else.
async fn ask_notary(files: &NotaryFiles, bytes: &ArrayBuffer) -> Result<JsValue, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&files.boot.url, &options)?;
    let message = Object::new();
    Reflect::set(&message, &"script".into(), &files.reader.script.url.as_str().into())?;
    Reflect::set(&message, &"wasm".into(), &files.reader.wasm.url.as_str().into())?;
    Reflect::set(&message, &"bytes".into(), bytes)?;
    let mut settle: Option<(Function, Function)> = None;
    let answer = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
    let (resolve, reject) = settle.ok_or(JsValue::UNDEFINED)?;
    let on_message = Closure::once(move |event: MessageEvent| {
        let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
    });
    let on_error = Closure::once(move || {
        let _ = reject.call0(&JsValue::UNDEFINED);
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    worker.post_message(&message)?;
    let answer = JsFuture::from(answer).await;
    worker.terminate();
    answer
}
