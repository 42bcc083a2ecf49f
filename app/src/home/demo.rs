//! The demonstration: one picture, some faces to put into it, and the engine that does it here.

use std::time::Duration;

use contract::ErrorCode;
use contract::assets::SampleView;
use contract::studio::SwapReport;
use leptos::html::Canvas;
use leptos::leptos_dom::helpers::request_idle_callback_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::graft::graft;
use crate::engine::{Engine, Hold};
use crate::gallery::gallery;
use crate::ui::Seam;
use crate::words::language;

/// How many faces there are to choose from.
const FACES: usize = 6;

/// How often to look whether the page stands whole, in milliseconds, and how many times.
const PATIENCE_MS: u64 = 250;
const TRIES: u32 = 120;

/// How far the demonstration is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Phase {
    /// What was made beforehand is shown.
    Beforehand,
    /// The engine is on its way, or at work.
    Working,
    /// What is shown was made here.
    Done(SwapReport),
    /// It did not work; what is shown was made beforehand, or before that.
    Failed(ErrorCode),
}

/// The demonstration of this page.
#[derive(Clone, Copy)]
pub(super) struct Demo {
    pub(super) engine: Engine,
    /// The faces to choose from.
    pub(super) faces: StoredValue<Vec<SampleView>>,
    /// The picture.
    pub(super) target: StoredValue<Option<SampleView>>,
    /// Which face is wished for.
    pub(super) face: RwSignal<usize>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) seam: Seam,
    pub(super) canvas: NodeRef<Canvas>,
    /// The right to the engine's places, since the first graft was begun.
    hold: StoredValue<Option<Hold>>,
    /// Whether the picture is open there.
    pub(super) opened: StoredValue<bool>,
    running: StoredValue<bool>,
    /// Whether the picture that stands there was made here.
    drawn: StoredValue<bool>,
}

impl Demo {
    /// The first look: a face and a picture whose graft was made beforehand.
    pub(super) fn new(engine: Engine) -> Self {
        let first = engine.with_files(|files| files.first_look.clone());
        let samples = gallery(engine, language());
        let target = samples.iter().find(|sample| sample.name == first.target).cloned();
        // The face that was used beforehand comes first, the others as they are.
        let (mut faces, others): (Vec<_>, Vec<_>) = samples
            .into_iter()
            .filter(|sample| sample.name != first.target)
            .partition(|sample| sample.name == first.source);
        faces.extend(others);
        faces.truncate(FACES);
        Self {
            engine,
            faces: StoredValue::new(faces),
            target: StoredValue::new(target),
            face: RwSignal::new(0),
            phase: RwSignal::new(Phase::Beforehand),
            seam: Seam::new(),
            canvas: NodeRef::new(),
            hold: StoredValue::new(None),
            opened: StoredValue::new(false),
            running: StoredValue::new(false),
            drawn: StoredValue::new(false),
        }
    }

    /// Starts once the page stands whole and the browser has nothing else to do; a visitor who saves data is asked to
    /// press first.
    pub(super) fn start_when_idle(self) {
        if !saves_data() {
            self.wait(TRIES);
        }
    }

    fn wait(self, tries: u32) {
        if tries == 0 || self.phase.try_get_untracked() != Some(Phase::Beforehand) {
            return;
        }
        if !self.is_here() || document().ready_state() != "complete" {
            set_timeout(move || self.wait(tries - 1), Duration::from_millis(PATIENCE_MS));
        } else if request_idle_callback_with_handle(move || self.begin()).is_err() {
            set_timeout(move || self.begin(), Duration::from_millis(PATIENCE_MS));
        }
    }

    /// Starts, if it has not started yet.
    pub(super) fn begin(self) {
        if self.is_here() && self.phase.try_get_untracked() == Some(Phase::Beforehand) {
            self.run();
        }
    }

    /// Whether the page is looked at: the engine is not taken from another.
    fn is_here(self) -> bool {
        self.canvas.try_get_untracked().flatten().is_some_and(|canvas| canvas.is_connected())
    }

    /// Wishes for another face.
    pub(super) fn choose(self, face: usize) {
        self.face.set(face);
        self.run();
    }

    /// Grafts until the newest wish is met.
    fn run(self) {
        if self.running.get_value() {
            return;
        }
        self.running.set_value(true);
        self.phase.set(Phase::Working);
        // Now, while this page is looked at for certain: whoever comes later takes the engine from it.
        let hold = self.hold.get_value().unwrap_or_else(|| self.engine.take());
        self.hold.set_value(Some(hold));
        spawn_local(async move {
            // Ends, too, when the page is left.
            while let Some(face) = self.face.try_get_untracked() {
                let outcome = graft(self, face, hold).await;
                if self.face.try_get_untracked() == Some(face) {
                    self.finish(outcome);
                    break;
                }
            }
            let _ = self.running.try_set_value(false);
        });
    }

    fn finish(self, outcome: Result<Option<SwapReport>, ErrorCode>) {
        match outcome {
            Ok(Some(report)) => {
                self.phase.set(Phase::Done(report));
                if !self.drawn.get_value() {
                    self.drawn.set_value(true);
                    self.seam.sweep();
                }
            }
            Ok(None) => {}
            Err(code) => {
                // A new engine knows nothing of the picture.
                self.opened.set_value(false);
                self.phase.set(Phase::Failed(code));
            }
        }
    }
}

/// Whether the visitor asks pages to load little (W3C Save Data API; not every browser says).
fn saves_data() -> bool {
    let field =
        |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
    field(&field(&window().navigator(), "connection"), "saveData").is_truthy()
}
