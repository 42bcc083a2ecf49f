//! What the live page knows and does: the camera, the engine that changes its pictures, and what is taken from them.

use std::rc::Rc;

use contract::ErrorCode;
use contract::quality::ClipView;
use contract::studio::{LiveMode, Reply, Request};
use contract::swaps::OutputFormat;
use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{HtmlVideoElement, ImageBitmap};

use super::camera::{self, Device};
use super::figures::{Figures, Tally};
use super::record;
use crate::engine::EngineClient;
use crate::studio::{Studio, read_measured, save_file};
use crate::ui::{self, CameraState};

/// Pictures that may be under way at once: while one is drawn, the next one is taken.
const UNDER_WAY: u32 = 2;

/// The live page: signals, and what can be done to them.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// The studio, whose face is worn.
    pub(super) studio: Studio,
    pub(super) camera: RwSignal<CameraState>,
    pub(super) canvas: NodeRef<Canvas>,
    /// The cameras, once the browser names them.
    pub(super) devices: RwSignal<Vec<Device>>,
    /// The one that is wished for.
    pub(super) device: RwSignal<Option<String>>,
    pub(super) mirrored: RwSignal<bool>,
    /// Whether two people exchange their faces, instead of wearing the source's.
    pub(super) exchanging: RwSignal<bool>,
    pub(super) recording: RwSignal<bool>,
    /// Whether the browser turned out not to record.
    pub(super) cannot_record: RwSignal<bool>,
    pub(super) figures: RwSignal<Option<Figures>>,
    /// What the last recording came to.
    pub(super) clip: RwSignal<Option<ClipView>>,
    video: StoredValue<Option<HtmlVideoElement>, LocalStorage>,
    /// Counts the starts: what belongs to an earlier one ends.
    run: StoredValue<u32>,
    under_way: StoredValue<u32>,
    tally: StoredValue<Tally>,
    /// Whether the engine has the page's canvas, which can be given away once.
    canvas_given: StoredValue<bool>,
}

impl Live {
    /// A camera that is off. It goes off with the page.
    pub(super) fn new(studio: Studio) -> Self {
        let live = Self {
            studio,
            camera: RwSignal::new(CameraState::Off),
            canvas: NodeRef::new(),
            devices: RwSignal::default(),
            device: RwSignal::new(None),
            mirrored: RwSignal::new(true),
            exchanging: RwSignal::new(false),
            recording: RwSignal::new(false),
            cannot_record: RwSignal::new(false),
            figures: RwSignal::new(None),
            clip: RwSignal::new(None),
            video: StoredValue::new_local(None),
            run: StoredValue::new(0),
            under_way: StoredValue::new(0),
            tally: StoredValue::new(Tally::default()),
            canvas_given: StoredValue::new(false),
        };
        on_cleanup(move || live.let_go());
        live
    }

    pub(super) fn is_on(self) -> bool {
        self.camera.get() == CameraState::Live
    }

    /// Asks for the camera, and begins.
    pub(super) fn start(self) {
        self.let_go();
        let run = self.run.get_value();
        self.camera.set(CameraState::Asking);
        spawn_local(async move {
            let device = self.device.get_untracked();
            match camera::turn_on(device.as_deref()).await {
                Ok(video) if self.is_current(run) => self.begin(video, run).await,
                // The visitor has changed their mind while the browser asked.
                Ok(video) => ui::turn_off(&video),
                Err(refusal) if self.is_current(run) => self.camera.set(CameraState::of_refusal(&refusal)),
                Err(_) => {}
            }
        });
    }

    /// The visitor has had enough.
    pub(super) fn stop(self) {
        self.let_go();
        self.camera.set(CameraState::Off);
    }

    /// Another camera.
    pub(super) fn choose_device(self, id: String) {
        self.device.set(Some(id));
        if self.camera.get_untracked() == CameraState::Live {
            self.start();
        }
    }

    /// The face to wear has changed, or what is done with faces.
    pub(super) fn tell_faces(self) {
        let mode = match self.exchanging.get_untracked() {
            true => LiveMode::Exchange,
            // There is none to wear yet; the page tells again once it is found.
            false if !self.studio.source.has_faces() => return,
            false => LiveMode::Wear { source_face: self.studio.source_face.get_untracked() },
        };
        if self.camera.get_untracked() != CameraState::Live {
            return;
        }
        spawn_local(async move {
            if let Err(code) = self.ask(Request::LiveFaces { mode }, None).await {
                self.studio.fail(code, None, None);
            }
        });
    }

    /// Hands over the picture that is drawn now, marked as every picture of the house.
    pub(super) fn snapshot(self) {
        spawn_local(async move {
            let label = self.studio.label.get_untracked();
            let format = OutputFormat::Jpeg;
            let saved = async {
                self.ask(Request::LiveKeep, None).await?;
                let file = self.ask(Request::Save { format, label }, None).await?.1;
                save_file(file, format.media_type(), "mog-live.jpg")
            };
            if let Err(code) = saved.await {
                self.studio.fail(code, None, None);
            }
        });
    }

    /// Begins or ends a recording.
    pub(super) fn toggle_recording(self) {
        if self.recording.get_untracked() {
            self.end_recording();
        } else if let Some(canvas) = self.canvas.get_untracked() {
            let begun = record::begin(&canvas).is_ok();
            self.recording.set(begun);
            self.clip.set(None);
            self.cannot_record.set(!begun);
        }
    }

    /// Hands the recording over, and says what it came to.
    fn end_recording(self) {
        record::end();
        self.recording.set(false);
        spawn_local(async move {
            // A recording whose certificate is lost is a recording all the same.
            if let Ok((Reply::Certified, measured)) = self.ask(Request::LiveCertify, None).await {
                let _ = self.clip.try_set(read_measured(&measured).ok());
            }
        });
    }

    /// Ends what runs: the camera's light goes out, and a recording is handed over.
    fn let_go(self) {
        let _ = self.run.try_update_value(|run| *run += 1);
        if self.recording.try_get_untracked() == Some(true) {
            self.end_recording();
        }
        if let Some(video) = self.video.try_update_value(Option::take).flatten() {
            ui::turn_off(&video);
        }
    }

    fn is_current(self, run: u32) -> bool {
        self.run.try_get_value() == Some(run)
    }

    async fn begin(self, video: HtmlVideoElement, run: u32) {
        self.video.set_value(Some(video.clone()));
        self.tally.set_value(Tally::default());
        self.figures.set(None);
        self.camera.set(CameraState::Live);
        self.devices.set(camera::devices().await);
        if let Err(code) = self.give_canvas().await {
            self.studio.fail(code, None, None);
            return self.stop();
        }
        self.tell_faces();
        self.show(&video, run).await;
    }

    /// Gives the page's canvas to the engine.
    async fn give_canvas(self) -> Result<(), ErrorCode> {
        if self.canvas_given.get_value() {
            return Ok(());
        }
        let unsupported = |_: JsValue| ErrorCode::BrowserUnsupported;
        let canvas = self.canvas.get_untracked().ok_or(ErrorCode::Internal)?;
        let given = canvas.transfer_control_to_offscreen().map_err(unsupported)?;
        self.canvas_given.set_value(true);
        self.ask(Request::LiveCanvas, Some(given.into())).await.map(drop)
    }

    /// Hands picture after picture to the engine, each once, until the camera goes off.
    async fn show(self, video: &HtmlVideoElement, run: u32) {
        let mut last_s = -1.0;
        while self.is_current(run) {
            camera::next_paint().await;
            let is_new = video.current_time() > last_s;
            if !is_new || self.under_way.try_get_value().is_none_or(|count| count >= UNDER_WAY) {
                if !camera::is_on(video) && self.is_current(run) {
                    self.let_go();
                    self.camera.set(CameraState::Missing);
                }
                continue;
            }
            last_s = video.current_time();
            let taken_ms = camera::now_ms();
            if let Ok(picture) = camera::picture(video).await {
                self.under_way.update_value(|count| *count += 1);
                spawn_local(self.change(picture, taken_ms, run));
            }
        }
    }

    async fn change(self, picture: ImageBitmap, taken_ms: f64, run: u32) {
        let mirrored = self.mirrored.try_get_untracked().unwrap_or_default();
        let metered = self.recording.try_get_untracked().unwrap_or_default();
        let asked = Request::LiveFrame { time_ms: taken_ms, mirrored, metered };
        let answer = self.ask(asked, Some(picture.into())).await;
        let _ = self.under_way.try_update_value(|count| *count -= 1);
        if !self.is_current(run) {
            return;
        }
        if let Ok((Reply::LiveDrawn { report }, _)) = answer {
            let now_ms = camera::now_ms();
            let told = self.tally.try_update_value(|tally| tally.add(&report, taken_ms, now_ms)).flatten();
            if let Some(figures) = told {
                self.figures.set(Some(figures));
            }
        }
    }

    async fn ask(
        self,
        request: Request,
        beside: Option<js_sys::Object>,
    ) -> Result<(Reply, JsValue), ErrorCode> {
        let engine: Rc<EngineClient> = self.studio.engine.start()?;
        engine.ready().await?;
        let answer = engine.ask(&request, beside).await;
        match answer.reply {
            Reply::Failed { code, .. } => Err(code),
            reply => Ok((reply, answer.payload)),
        }
    }
}
