//! The page's end of the conversation with the engine in its Web Worker: `contract::studio` says what is spoken.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use contract::ErrorCode;
use contract::assets::{AssetFile, EngineFiles, StudioFiles};
use contract::studio::{Boot, Reply, Request, Slot};
use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

thread_local! {
    /// One page has one engine: it survives a change of page, and a second one would cost its memory twice.
    static ENGINE: RefCell<Option<Rc<EngineClient>>> = const { RefCell::new(None) };
}

/// What comes back for a request.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The typed half.
    pub(crate) reply: Reply,
    /// An `ImageBitmap` or an `ArrayBuffer` beside it.
    pub(crate) payload: JsValue,
}

impl Answer {
    fn failed(code: ErrorCode) -> Self {
        Self { reply: Reply::Failed { code, slot: None }, payload: JsValue::UNDEFINED }
    }
}

/// A worker that is starting, or has.
pub(crate) struct EngineClient {
    worker: Worker,
    next_id: Cell<u32>,
    /// How many photos it is asked to open.
    opening: Cell<u32>,
    /// Whether it has learnt hands, or is about to.
    pub(crate) learns_hands: Cell<bool>,
    /// Who waits for which answer: the resolving halves of promises.
    waiting: RefCell<HashMap<u32, Function>>,
    /// Fulfilled with `undefined` when requests are welcome, with an error code when they never will be.
    ready: Promise,
    settle_ready: Function,
}

impl EngineClient {
    /// The running engine, or a new one that reports its loading to `on_boot`.
    ///
    /// # Errors
    /// [`ErrorCode::BrowserUnsupported`] where there are no module workers.
    pub(crate) fn get_or_start(
        files: &StudioFiles,
        on_boot: impl Fn(Boot) + 'static,
    ) -> Result<Rc<Self>, ErrorCode> {
        if let Some(engine) = ENGINE.with_borrow(Clone::clone) {
            return Ok(engine);
        }
        let engine = Self::start(files, on_boot).map_err(|_| ErrorCode::BrowserUnsupported)?;
        ENGINE.set(Some(Rc::clone(&engine)));
        Ok(engine)
    }

    fn start(files: &StudioFiles, on_boot: impl Fn(Boot) + 'static) -> Result<Rc<Self>, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&files.boot.url, &options)?;
        let (ready, settle_ready) = promise();
        let waiting = RefCell::default();
        let (next_id, opening, learns_hands) = (Cell::new(0), Cell::new(0), Cell::new(false));
        let client = Rc::new(Self { worker, next_id, opening, learns_hands, waiting, ready, settle_ready });
        client.listen(on_boot);
        let message = first_message(files)?;
        client.worker.post_message(&message)?;
        Ok(client)
    }

    /// The listeners live as long as the page, like the engine itself.
    fn listen(self: &Rc<Self>, on_boot: impl Fn(Boot) + 'static) {
        let on_boot = Rc::new(on_boot);
        let (client, told) = (Rc::clone(self), Rc::clone(&on_boot));
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            client.hear(&event.data(), &*told);
        });
        self.worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let client = Rc::clone(self);
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            client.break_down(&*on_boot);
        });
        self.worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
    }

    fn hear(&self, message: &JsValue, on_boot: &dyn Fn(Boot)) {
        if let Some(id) = field(message, "id").as_f64() {
            let Some(resolve) = self.waiting.borrow_mut().remove(&(id as u32)) else { return };
            let _ = resolve.call1(&JsValue::UNDEFINED, message);
        } else if let Some(boot) = read_boot(message) {
            match &boot {
                Boot::Loading { .. } => {}
                Boot::Ready => self.settle(None),
                Boot::Failed { code } => self.fail(*code),
            }
            on_boot(boot);
        }
    }

    /// The worker's script did not load, or it stopped in the middle of something.
    fn break_down(&self, on_boot: &dyn Fn(Boot)) {
        let code = match (self.waiting.borrow().is_empty(), self.opening.get()) {
            (true, _) => ErrorCode::ModelsUnavailable,
            (false, 0) => ErrorCode::Internal,
            // No photo that is whole stops its decoder.
            (false, _) => ErrorCode::PhotoDamaged,
        };
        self.fail(code);
        on_boot(Boot::Failed { code });
    }

    /// Tells everybody who waits, and makes room for a new start.
    fn fail(&self, code: ErrorCode) {
        self.settle(Some(code));
        for (_, resolve) in self.waiting.borrow_mut().drain() {
            let _ = resolve.call1(&JsValue::UNDEFINED, &code.as_str().into());
        }
        self.worker.terminate();
        ENGINE.set(None);
    }

    fn settle(&self, failure: Option<ErrorCode>) {
        let outcome = failure.map_or(JsValue::UNDEFINED, |code| code.as_str().into());
        let _ = self.settle_ready.call1(&JsValue::UNDEFINED, &outcome);
    }

    /// Waits until requests are welcome.
    ///
    /// # Errors
    /// Why they never will be.
    pub(crate) async fn ready(&self) -> Result<(), ErrorCode> {
        let outcome = JsFuture::from(self.ready.clone()).await.map_err(|_| ErrorCode::Internal)?;
        outcome.as_string().map_or(Ok(()), |code| Err(ErrorCode::parse_or_internal(&code)))
    }

    /// Asks, and waits for the answer. What goes beside the request is moved to the worker, not copied.
    pub(crate) async fn ask(&self, request: &Request, beside: Option<Object>) -> Answer {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1));
        let (answer, resolve) = promise();
        self.waiting.borrow_mut().insert(id, resolve);
        if self.post(id, request, beside).is_err() {
            self.waiting.borrow_mut().remove(&id);
            return Answer::failed(ErrorCode::Internal);
        }
        let Ok(message) = JsFuture::from(answer).await else { return Answer::failed(ErrorCode::Internal) };
        if let Some(code) = message.as_string() {
            return Answer::failed(ErrorCode::parse_or_internal(&code));
        }
        match postcard::from_bytes(&Uint8Array::new(&field(&message, "reply")).to_vec()) {
            Ok(reply) => Answer { reply, payload: field(&message, "payload") },
            Err(_) => Answer::failed(ErrorCode::Internal),
        }
    }

    fn post(&self, id: u32, request: &Request, beside: Option<Object>) -> Result<(), JsValue> {
        let request = postcard::to_allocvec(request).map_err(|why| why.to_string())?;
        let message = object(&[("id", id.into()), ("request", Uint8Array::from(&*request).into())])?;
        let moved = Array::new();
        if let Some(beside) = beside {
            Reflect::set(&message, &"beside".into(), &beside)?;
            moved.push(&beside);
        }
        self.worker.post_message_with_transfer(&message, &moved)
    }
}

/// Opens a photo.
///
/// # Errors
/// What the engine says, or why there is none.
pub(crate) async fn open(
    engine: &EngineClient,
    slot: Slot,
    bytes: ArrayBuffer,
) -> Result<contract::swaps::PhotoView, ErrorCode> {
    engine.opening.update(|opening| opening + 1);
    let answer = engine.ask(&Request::Open { slot }, Some(bytes.into())).await;
    engine.opening.update(|opening| opening - 1);
    match answer.reply {
        Reply::Opened { photo, .. } => Ok(photo),
        Reply::Failed { code, .. } => Err(code),
        _ => Err(ErrorCode::Internal),
    }
}

/// The first message: where everything is. `frontend/scripts/engine-worker.js` reads it, so it is plain JavaScript.
fn first_message(files: &StudioFiles) -> Result<Object, JsValue> {
    let models = Array::new();
    for model in &files.models {
        models.push(&file(model)?.into());
    }
    let relaxed = files.relaxed_engine.as_ref().map(engine_files).transpose()?;
    object(&[
        ("engine", engine_files(&files.engine)?.into()),
        ("relaxed_engine", relaxed.map_or(JsValue::NULL, Into::into)),
        ("models", models.into()),
    ])
}

fn engine_files(files: &EngineFiles) -> Result<Object, JsValue> {
    object(&[("script", file(&files.script)?.into()), ("wasm", file(&files.wasm)?.into())])
}

fn file(file: &AssetFile) -> Result<Object, JsValue> {
    object(&[
        ("name", file.name.as_str().into()),
        ("url", file.url.as_str().into()),
        ("bytes", (file.bytes as f64).into()),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

/// What the worker's script says of its loading.
fn read_boot(message: &JsValue) -> Option<Boot> {
    let count = |name| field(message, name).as_f64().map(|count| count as u64);
    match field(message, "boot").as_string()?.as_str() {
        "loading" => Some(Boot::Loading {
            received_bytes: count("received_bytes")?,
            total_bytes: count("total_bytes")?,
        }),
        "ready" => Some(Boot::Ready),
        "failed" => {
            Some(Boot::Failed { code: ErrorCode::parse_or_internal(&field(message, "code").as_string()?) })
        }
        _ => None,
    }
}

fn field(message: &JsValue, name: &str) -> JsValue {
    Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A promise and the function that fulfils it.
fn promise() -> (Promise, Function) {
    let mut kept = None;
    let promise = Promise::new(&mut |resolve, _| kept = Some(resolve));
    (promise, kept.unwrap_or_else(|| Function::new_no_args("")))
}
