//! The two photos and the last result, and what can be asked of them.

use contract::ErrorCode;
use contract::studio::{MarkView, Reply, Request, Slot, SwapReport};
use contract::swaps::{LabelOptions, OutputFormat, SwapOptions};
use engine::codec::{self, Limits};
use engine::{Engine, watermark};
use studio::{Failure, Opened, Swapped};
use wasm_bindgen::JsValue;

use crate::javascript;

/// A reply and what is transferred beside it.
type Answer = (Reply, Option<JsValue>);

/// What the page has open.
pub(crate) struct Session {
    engine: Engine,
    source: Option<Opened>,
    target: Option<Opened>,
    result: Option<Made>,
}

/// A result, and how it was wished for.
struct Made {
    /// Unmarked: the stage shows it, and each file made of it is marked.
    swapped: Swapped,
    options: SwapOptions,
}

impl Session {
    pub(crate) const fn new(engine: Engine) -> Self {
        Self { engine, source: None, target: None, result: None }
    }

    /// All but a file, which has to wait for its signature.
    pub(crate) fn answer(&mut self, request: &Request, bytes: &[u8]) -> Result<Answer, Failure> {
        match request {
            Request::Open { slot } => self.open(*slot, bytes),
            Request::Swap { options } => self.swap(options),
            Request::Certify => self.certify(),
            Request::ReadMark => read_mark(bytes),
            Request::Save { .. } => Err(Failure::general(ErrorCode::Internal)),
        }
    }

    /// A photo that cannot be read leaves the one before it in place.
    fn open(&mut self, slot: Slot, bytes: &[u8]) -> Result<Answer, Failure> {
        let opened = Opened::read(&self.engine, bytes).map_err(|code| Failure::of(slot, code))?;
        let photo = opened.view(&self.engine, slot);
        if photo.faces.is_empty() {
            return Err(Failure::of(slot, slot.without_face()));
        }
        match slot {
            Slot::Source => self.source = Some(opened),
            Slot::Target => self.target = Some(opened),
        }
        Ok((Reply::Opened { slot, photo }, None))
    }

    fn swap(&mut self, options: &SwapOptions) -> Result<Answer, Failure> {
        let missing = |slot| Failure::of(slot, ErrorCode::PhotoMissing);
        let source = self.source.as_ref().ok_or(missing(Slot::Source))?;
        let target = self.target.as_ref().ok_or(missing(Slot::Target))?;
        let start_ms = javascript::now_ms();
        let swapped = studio::swap(&self.engine, source, target, options)?;
        let elapsed_ms = (javascript::now_ms() - start_ms).round() as u32;
        let bitmap = javascript::bitmap(&swapped.photo).map_err(|_| Failure::general(ErrorCode::Internal))?;
        let report = SwapReport { faces: swapped.faces, elapsed_ms };
        self.result = Some(Made { swapped, options: options.clone() });
        Ok((Reply::Swapped { report }, Some(bitmap)))
    }

    /// Measures the last result beside the target that it was made of.
    fn certify(&self) -> Result<Answer, Failure> {
        let missing = Failure::of(Slot::Target, ErrorCode::PhotoMissing);
        let (Some(made), Some(target)) = (&self.result, &self.target) else { return Err(missing) };
        let certificate = studio::certify(&self.engine, target, &made.swapped.photo, &made.options)?;
        let written = postcard::to_allocvec(&studio::certificate_view(&certificate));
        let written = written.map_err(|_| Failure::general(ErrorCode::Internal))?;
        Ok((Reply::Certified, Some(javascript::buffer(&written))))
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
