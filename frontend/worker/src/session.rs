//! The two photos and the last result, and what can be asked of them.

use contract::ErrorCode;
use contract::studio::{MOST_MORE_SOURCES, MarkView, Reply, Request, Slot, SwapReport};
use contract::swaps::{LabelOptions, OutputFormat, PhotoView, SwapOptions};
use engine::codec::{self, Limits};
use engine::{Engine, watermark};
use serde::Serialize;
use studio::{Failure, Opened, Swapped};
use wasm_bindgen::JsValue;

use crate::javascript;
use crate::live::Live;

/// A reply and what is transferred beside it.
type Answer = (Reply, Option<JsValue>);

/// What the page has open.
pub(crate) struct Session {
    engine: Engine,
    /// The photo with the face to use, and others of the same person.
    sources: Vec<Opened>,
    target: Option<Opened>,
    result: Option<Made>,
    live: Live,
}

/// A result, and how it was wished for: the camera's were not.
struct Made {
    /// Unmarked: the stage shows it, and each file made of it is marked.
    swapped: Swapped,
    options: Option<SwapOptions>,
}

impl Session {
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine, sources: Vec::new(), target: None, result: None, live: Live::default() }
    }

    /// All but a file, which has to wait for its signature.
    pub(crate) fn answer(&mut self, request: &Request, beside: JsValue) -> Result<Answer, Failure> {
        match request {
            Request::Open { slot } => self.open(*slot, &javascript::bytes(&beside)),
            Request::AddSource => self.add_source(&javascript::bytes(&beside)),
            Request::RemoveSource { index } => self.remove_source(*index),
            Request::Swap { options } => self.swap(options),
            Request::Certify => self.certify(),
            Request::ReadMark => read_mark(&javascript::bytes(&beside)),
            Request::Save { .. } => Err(Failure::general(ErrorCode::Internal)),
            Request::LiveCanvas => self.live.draw_on(beside).map(|()| (Reply::Done, None)),
            Request::LiveFaces { mode } => {
                self.live.begin(&self.engine, &self.sources, *mode)?;
                Ok((Reply::Done, None))
            }
            Request::LiveFrame { time_ms, mirrored, metered } => {
                let report = self.live.frame(&self.engine, beside, *time_ms, *mirrored)?;
                if *metered {
                    self.live.meter(&self.engine);
                }
                Ok((Reply::LiveDrawn { report }, None))
            }
            Request::LearnHands { detector_bytes } => {
                self.learn_hands(*detector_bytes, &javascript::bytes(&beside))
            }
            Request::LiveCertify => certified(&studio::clip_view(&self.live.clip())),
            Request::LiveKeep => {
                self.result = Some(Made { swapped: self.live.keep()?, options: None });
                Ok((Reply::Done, None))
            }
        }
    }

    /// A photo that cannot be read leaves the one before it in place.
    fn open(&mut self, slot: Slot, bytes: &[u8]) -> Result<Answer, Failure> {
        let (opened, photo) = self.read(slot, bytes)?;
        match slot {
            Slot::Source => self.sources = vec![opened],
            Slot::Target => self.target = Some(opened),
        }
        Ok((Reply::Opened { slot, photo }, None))
    }

    fn add_source(&mut self, bytes: &[u8]) -> Result<Answer, Failure> {
        let slot = Slot::Source;
        match self.sources.len() {
            0 => return Err(Failure::of(slot, ErrorCode::PhotoMissing)),
            1..=MOST_MORE_SOURCES => {}
            _ => return Err(Failure::of(slot, ErrorCode::OptionOutOfRange)),
        }
        let (opened, photo) = self.read(slot, bytes)?;
        self.sources.push(opened);
        Ok((Reply::Opened { slot, photo }, None))
    }

    fn remove_source(&mut self, index: usize) -> Result<Answer, Failure> {
        if index + 1 >= self.sources.len() {
            return Err(Failure::of(Slot::Source, ErrorCode::OptionOutOfRange));
        }
        self.sources.remove(index + 1);
        Ok((Reply::Done, None))
    }

    /// A photo that shows somebody.
    fn read(&self, slot: Slot, bytes: &[u8]) -> Result<(Opened, PhotoView), Failure> {
        let opened = Opened::read(&self.engine, bytes).map_err(|code| Failure::of(slot, code))?;
        let photo = opened.view(&self.engine, slot);
        if photo.faces.is_empty() {
            return Err(Failure::of(slot, slot.without_face()));
        }
        Ok((opened, photo))
    }

    fn learn_hands(&mut self, detector_bytes: usize, records: &[u8]) -> Result<Answer, Failure> {
        let unusable = Failure::general(ErrorCode::ModelsUnavailable);
        let (detector, landmarks) = records.split_at_checked(detector_bytes).ok_or(unusable)?;
        self.engine.learn_hands(detector, landmarks, &engine::cpu()).map_err(|_| unusable)?;
        let photos = self.sources.iter_mut().chain(&mut self.target);
        let found = photos.map(|photo| photo.look_for_hands(&self.engine)).sum();
        Ok((Reply::HandsLearnt { found }, None))
    }

    fn swap(&mut self, options: &SwapOptions) -> Result<Answer, Failure> {
        let missing = Failure::of(Slot::Target, ErrorCode::PhotoMissing);
        let target = self.target.as_ref().ok_or(missing)?;
        let start_ms = javascript::now_ms();
        let swapped = studio::swap(&self.engine, &self.sources, target, options)?;
        let elapsed_ms = (javascript::now_ms() - start_ms).round() as u32;
        let bitmap = javascript::bitmap(&swapped.photo).map_err(|_| Failure::general(ErrorCode::Internal))?;
        let report = SwapReport { faces: swapped.faces, elapsed_ms };
        self.result = Some(Made { swapped, options: Some(options.clone()) });
        Ok((Reply::Swapped { report }, Some(bitmap)))
    }

    /// Measures the last result beside the target that it was made of.
    fn certify(&self) -> Result<Answer, Failure> {
        let missing = Failure::of(Slot::Target, ErrorCode::PhotoMissing);
        let (Some(made), Some(target)) = (&self.result, &self.target) else { return Err(missing) };
        let options = made.options.as_ref().ok_or(missing)?;
        let certificate = studio::certify(&self.engine, target, &made.swapped.photo, options)?;
        certified(&studio::certificate_view(&certificate))
    }

    /// The last result as a file, labelled and marked, and what its mark says.
    pub(crate) fn file(&self, format: OutputFormat, label: &LabelOptions) -> Result<(Vec<u8>, u64), Failure> {
        let missing = Failure::of(Slot::Target, ErrorCode::PhotoMissing);
        let result = &self.result.as_ref().ok_or(missing)?.swapped;
        let mark = result.fingerprint();
        let file = result.clone().marked(label, mark).encode(format).map_err(Failure::general)?;
        Ok((file, mark))
    }
}

/// What was measured, beside the reply.
fn certified(view: &impl Serialize) -> Result<Answer, Failure> {
    let written = postcard::to_allocvec(view).map_err(|_| Failure::general(ErrorCode::Internal))?;
    Ok((Reply::Certified, Some(javascript::buffer(&written))))
}

/// Reads the invisible mark of any picture.
fn read_mark(bytes: &[u8]) -> Result<Answer, Failure> {
    let photo = codec::decode(bytes, &Limits::default());
    let photo = photo.map_err(|error| Failure::general(ErrorCode::parse_or_internal(error.code())))?;
    let mark = watermark::detect(&photo).map(|found| MarkView {
        payload: format!("{:016x}", found.payload),
        agreement_percent: (found.agreement * 100.0).round() as u8,
    });
    Ok((Reply::MarkRead { mark }, None))
}
