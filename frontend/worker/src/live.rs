//! The camera's pictures: grafted and drawn here, so that the page's own thread stays free.

use contract::ErrorCode;
use contract::studio::{LiveMode, LiveReport, Slot};
use engine::certificate::{ClipCertificate, ClipMeter};
use engine::label::{self, Corner, Size};
use engine::live::LiveSwap;
use engine::photo::Photo;
use engine::{Engine, SwapOptions};
use studio::{Failure, Opened, Swapped};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

use crate::javascript::{self, bitmap, now_ms};

/// How many faces wear the source's at most: each costs a network's run for each picture.
const MOST_FACES: usize = 4;

/// The page's canvas, what is done to faces, and memory that is used again for each picture.
#[derive(Default)]
pub(crate) struct Live {
    stage: Option<Stage>,
    swap: Option<LiveSwap>,
    /// What was grafted of the last picture, and where it begins there.
    part: Photo,
    origin: [u32; 2],
    /// How many faces were changed in what is drawn.
    faces: usize,
    /// Measures what is recorded.
    clip: ClipMeter,
}

impl Live {
    /// Draws on this canvas from here on.
    pub(crate) fn draw_on(&mut self, canvas: JsValue) -> Result<(), Failure> {
        self.stage = Some(Stage::new(canvas).map_err(internal)?);
        Ok(())
    }

    /// Does this to faces from here on.
    pub(crate) fn begin(
        &mut self,
        engine: &Engine,
        sources: &[Opened],
        mode: LiveMode,
    ) -> Result<(), Failure> {
        let options = SwapOptions::default();
        self.swap = Some(match mode {
            LiveMode::Exchange => engine.live_exchange(&options).map_err(|e| failed(e.code()))?,
            LiveMode::Wear { source_face } => studio::live(engine, sources, source_face, MOST_FACES)?,
        });
        Ok(())
    }

    /// Grafts one picture and draws it with the label.
    pub(crate) fn frame(
        &mut self,
        engine: &Engine,
        taken: JsValue,
        time_ms: f64,
        mirrored: bool,
    ) -> Result<LiveReport, Failure> {
        let start_ms = now_ms();
        let missing = Failure::of(Slot::Source, ErrorCode::PhotoMissing);
        let (stage, swap) = (self.stage.as_mut().ok_or(missing)?, self.swap.as_mut().ok_or(missing)?);
        let taken: ImageBitmap = taken.dyn_into().map_err(internal)?;
        stage.draw(taken, mirrored).map_err(internal)?;
        let (width, height) = stage.size();
        let [left, top, right, bottom] = swap.wanted(width, height).unwrap_or([0, 0, width, height]);
        let (part, origin) = (&mut self.part, [left, top]);
        stage.read(origin, [right - left, bottom - top], part).map_err(internal)?;
        let report = swap.frame(engine, part, origin, time_ms / 1e3);
        stage.write(part, origin).map_err(internal)?;
        stage.draw_label().map_err(internal)?;
        self.origin = origin;
        self.faces = report.faces;
        Ok(LiveReport {
            faces: report.faces.min(usize::from(u8::MAX)) as u8,
            elapsed_us: ((now_ms() - start_ms) * 1e3) as u32,
            relaxed: cfg!(target_feature = "relaxed-simd"),
        })
    }

    /// Takes the picture that is drawn into the clip's certificate.
    pub(crate) fn meter(&mut self, engine: &Engine) {
        if let Some(swap) = &mut self.swap {
            swap.meter(engine, &self.part, self.origin, &mut self.clip);
        }
    }

    /// What the clip came to; the next one begins.
    pub(crate) fn clip(&mut self) -> ClipCertificate {
        core::mem::take(&mut self.clip).certificate()
    }

    /// What is drawn, without the label: a file of it gets its own.
    pub(crate) fn keep(&mut self) -> Result<Swapped, Failure> {
        let missing = Failure::of(Slot::Target, ErrorCode::PhotoMissing);
        let stage = self.stage.as_mut().ok_or(missing)?;
        let photo = stage.unlabelled(&self.part, self.origin).map_err(internal)?;
        Ok(Swapped { photo, faces: self.faces })
    }
}

/// The canvas of the page.
struct Stage {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
    /// The last picture as it was taken, and whether it is shown mirrored.
    taken: Option<(ImageBitmap, bool)>,
    /// The label for pictures of this canvas' size, and where it goes.
    label: Option<(ImageBitmap, [u32; 2])>,
}

impl Stage {
    fn new(canvas: JsValue) -> Result<Self, JsValue> {
        let canvas: OffscreenCanvas = canvas.dyn_into()?;
        // Read back for each picture: without this wish the pixels would be on the graphics card, and come from there.
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
        let context = canvas.get_context_with_context_options("2d", &options)?.ok_or("no 2d context")?;
        Ok(Self { context: context.dyn_into()?, canvas, taken: None, label: None })
    }

    fn size(&self) -> (u32, u32) {
        (self.canvas.width(), self.canvas.height())
    }

    fn draw(&mut self, picture: ImageBitmap, mirrored: bool) -> Result<(), JsValue> {
        let size = (picture.width(), picture.height());
        if self.size() != size || self.label.is_none() {
            self.canvas.set_width(size.0);
            self.canvas.set_height(size.1);
            self.label = label_for(size)?;
        }
        if let Some((before, _)) = self.taken.replace((picture, mirrored)) {
            before.close();
        }
        self.draw_taken()
    }

    fn draw_taken(&self) -> Result<(), JsValue> {
        let Some((picture, mirrored)) = &self.taken else { return Ok(()) };
        if *mirrored {
            self.context.set_transform(-1.0, 0.0, 0.0, 1.0, f64::from(picture.width()), 0.0)?;
        }
        self.context.draw_image_with_image_bitmap(picture, 0.0, 0.0)?;
        self.context.reset_transform()
    }

    /// A part of what is drawn, in the memory of the part before it.
    fn read(&self, at: [u32; 2], size: [u32; 2], into: &mut Photo) -> Result<(), JsValue> {
        let ([x, y], [width, height]) = (at.map(f64::from), size.map(f64::from));
        javascript::pixels_into(&self.context.get_image_data(x, y, width, height)?, into)
    }

    fn write(&self, part: &Photo, [left, top]: [u32; 2]) -> Result<(), JsValue> {
        let data = javascript::image_data(part)?;
        self.context.put_image_data(&data, f64::from(left), f64::from(top))
    }

    fn draw_label(&self) -> Result<(), JsValue> {
        let Some((label, at)) = &self.label else { return Ok(()) };
        let [x, y] = at.map(f64::from);
        self.context.draw_image_with_image_bitmap(label, x, y)
    }

    /// What is drawn, without the label: the picture and the grafted part of it are drawn again.
    fn unlabelled(&self, part: &Photo, origin: [u32; 2]) -> Result<Photo, JsValue> {
        let (width, height) = self.size();
        self.draw_taken()?;
        self.write(part, origin)?;
        let mut whole = Photo::default();
        self.read([0, 0], [width, height], &mut whole)?;
        self.draw_label()?;
        Ok(whole)
    }
}

fn label_for((width, height): (u32, u32)) -> Result<Option<(ImageBitmap, [u32; 2])>, JsValue> {
    let Some((photo, at)) = label::overlay(width, height, Corner::BottomRight, Size::Medium) else {
        return Ok(None);
    };
    Ok(Some((bitmap(&photo)?.dyn_into()?, at)))
}

fn internal(_: impl Into<JsValue>) -> Failure {
    Failure::general(ErrorCode::Internal)
}

fn failed(code: &str) -> Failure {
    Failure::general(ErrorCode::parse_or_internal(code))
}
