//! A swap from files to pixels, in the contract's words: the same few steps for the browser's worker, the server and
//! the command line, so that all three give the same answer.

mod gate;
mod quality;

use contract::ErrorCode;
use contract::studio::{MOST_MORE_SOURCES, Slot};
use contract::swaps::{FaceView, LabelCorner, LabelOptions, LabelSize, OutputFormat, PhotoView, SwapOptions};
use engine::certificate::Certificate;
use engine::codec::{self, Limits};
use engine::face::Face;
use engine::live::LiveSwap;
use engine::photo::Photo;
use engine::{Engine, SwapError, label, watermark};
pub use quality::{certificate_view, clip_view};

// A page offers as many photos of one face as the engine fuses.
const _: () = assert!(1 + MOST_MORE_SOURCES == engine::MAX_SOURCES);

/// JPEG quality of results, 1 to 100: above 90 the eye sees no difference on faces and the file doubles.
const JPEG_QUALITY: u8 = 92;

/// What went wrong, and with which photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub code: ErrorCode,
    /// The photo at fault, if one is.
    pub slot: Option<Slot>,
}

impl Failure {
    /// A failure of one photo.
    pub const fn of(slot: Slot, code: ErrorCode) -> Self {
        Self { code, slot: Some(slot) }
    }

    /// A failure of neither photo.
    pub const fn general(code: ErrorCode) -> Self {
        Self { code, slot: None }
    }
}

/// A photo that was read, with the faces it shows.
#[derive(Debug)]
pub struct Opened {
    photo: Photo,
    faces: Vec<Face>,
}

impl Opened {
    /// Reads a file and finds its faces, which may be none.
    ///
    /// # Errors
    /// The codes of unreadable photos.
    pub fn read(engine: &Engine, bytes: &[u8]) -> Result<Self, ErrorCode> {
        let photo =
            codec::decode(bytes, &Limits::default()).map_err(|e| ErrorCode::parse_or_internal(e.code()))?;
        let faces = engine.find_faces(&photo);
        Ok(Self { photo, faces })
    }

    /// Looks for hands before its faces, with an engine that has learnt them since; how many there are.
    pub fn look_for_hands(&mut self, engine: &Engine) -> usize {
        engine.find_hands(&self.photo, &mut self.faces);
        self.faces.iter().map(|face| face.hands.len()).sum()
    }

    /// The pixels.
    pub const fn photo(&self) -> &Photo {
        &self.photo
    }

    /// The faces, the largest first.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Its size and faces, for a page; and how well each will do, where it is to be the source.
    pub fn view(&self, engine: &Engine, slot: Slot) -> PhotoView {
        let findings = |face: &Face| match slot {
            Slot::Source => gate::findings(engine, &self.photo, face),
            Slot::Target => Vec::new(),
        };
        let view = |face: &Face| FaceView {
            bounds: face.bounds(),
            outline: face.outline(),
            findings: findings(face),
        };
        PhotoView {
            width: self.photo.width(),
            height: self.photo.height(),
            faces: self.faces.iter().map(view).collect(),
        }
    }
}

/// A finished swap.
#[derive(Clone, Debug)]
pub struct Swapped {
    /// The target with other faces.
    pub photo: Photo,
    /// How many faces were changed.
    pub faces: usize,
}

/// Grafts a face onto faces of `target`, as `options` say: a face of the first source, fused with the largest face of each
/// other one, which are photos of the same person.
///
/// # Errors
/// [`ErrorCode::PhotoMissing`] without sources; [`ErrorCode::NoFaceInSource`] and [`ErrorCode::NoFaceInTarget`],
/// [`ErrorCode::FaceNotFound`], [`ErrorCode::FaceTooSmall`], [`ErrorCode::OptionOutOfRange`].
pub fn swap(
    engine: &Engine,
    sources: &[Opened],
    target: &Opened,
    options: &SwapOptions,
) -> Result<Swapped, Failure> {
    swap_onto(engine, sources, target, None, options)
}

/// As [`swap`], onto what an earlier swap made of `target`, if there was one: several people, one after the other.
///
/// # Errors
/// As [`swap`].
pub fn swap_onto(
    engine: &Engine,
    sources: &[Opened],
    target: &Opened,
    made: Option<&Photo>,
    options: &SwapOptions,
) -> Result<Swapped, Failure> {
    options.validate().map_err(Failure::general)?;
    let faces = faces_of_sources(sources, options.source_face)?;
    let target_faces = chosen_targets(target, options)?;
    let strengths = engine::SwapOptions {
        likeness: f32::from(options.likeness) / 100.0,
        skin_tone: f32::from(options.skin_tone) / 100.0,
    };
    let onto = made.unwrap_or(&target.photo);
    let swapped = match *faces {
        // Straight from its photo: sampled twice, a face would be softer (docs/adr/0047).
        [(photo, face)] => engine.swap(photo, face, onto, &target_faces, &strengths),
        _ => engine.fuse(&faces).and_then(|fused| engine.swap_fused(&fused, onto, &target_faces, &strengths)),
    };
    let photo = swapped.map_err(|error| swap_failure(&error))?;
    Ok(Swapped { photo, faces: target_faces.len() })
}

/// What became of the faces that a swap with these options changed, measured before the result is marked.
///
/// # Errors
/// [`ErrorCode::FaceNotFound`] and [`ErrorCode::NoFaceInTarget`] when the options name no faces of this target,
/// [`ErrorCode::Internal`] when `result` is of another.
pub fn certify(
    engine: &Engine,
    target: &Opened,
    result: &Photo,
    options: &SwapOptions,
) -> Result<Certificate, Failure> {
    let faces = chosen_targets(target, options)?;
    engine.certify(&target.photo, &faces, result).map_err(|_| Failure::general(ErrorCode::Internal))
}

/// Prepares to graft a face, taken from `sources` as [`swap`] does, onto up to `most_faces` faces of a camera's pictures.
///
/// # Errors
/// [`ErrorCode::PhotoMissing`], [`ErrorCode::NoFaceInSource`], [`ErrorCode::FaceNotFound`], [`ErrorCode::FaceTooSmall`].
pub fn live(
    engine: &Engine,
    sources: &[Opened],
    source_face: usize,
    most_faces: usize,
) -> Result<LiveSwap, Failure> {
    let options = engine::SwapOptions::default();
    let fused = engine.fuse(&faces_of_sources(sources, source_face)?);
    fused
        .and_then(|fused| engine.live_fused(fused, &options, most_faces))
        .map_err(|error| swap_failure(&error))
}

/// The face that was chosen of the first photo, and the largest of each other one.
fn faces_of_sources(sources: &[Opened], face: usize) -> Result<Vec<(&Photo, &Face)>, Failure> {
    if sources.is_empty() {
        return Err(Failure::of(Slot::Source, ErrorCode::PhotoMissing));
    }
    let chosen = |at| if at == 0 { face } else { 0 };
    let faces = sources
        .iter()
        .enumerate()
        .map(|(at, source)| face_of_source(source, chosen(at)).map(|face| (&source.photo, face)));
    faces.collect()
}

fn face_of_source(source: &Opened, face: usize) -> Result<&Face, Failure> {
    if source.faces.is_empty() {
        return Err(Failure::of(Slot::Source, ErrorCode::NoFaceInSource));
    }
    source.faces.get(face).ok_or(Failure::of(Slot::Source, ErrorCode::FaceNotFound))
}

fn chosen_targets<'a>(target: &'a Opened, options: &SwapOptions) -> Result<Vec<&'a Face>, Failure> {
    if target.faces.is_empty() {
        return Err(Failure::of(Slot::Target, ErrorCode::NoFaceInTarget));
    }
    let chosen =
        options.chosen_targets(target.faces.len()).map_err(|code| Failure::of(Slot::Target, code))?;
    Ok(chosen.into_iter().map(|index| &target.faces[index]).collect())
}

fn swap_failure(error: &SwapError) -> Failure {
    Failure::general(ErrorCode::parse_or_internal(error.code()))
}

/// A picture that may leave the house: it says that it was made, for the eye and for a reader.
#[derive(Clone, Debug)]
pub struct Marked {
    photo: Photo,
}

impl Swapped {
    /// 64 bits for a picture that belongs to no job: the beginning of its pixels' SHA-256, so that the same swap is the
    /// same file.
    pub fn fingerprint(&self) -> u64 {
        engine::sha256(self.photo.rgba()).iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
    }

    /// Draws the label and puts `id` in as the invisible mark.
    pub fn marked(self, label: &LabelOptions, id: u64) -> Marked {
        let mut photo = self.photo;
        label::draw(&mut photo, corner(label.corner), size(label.size));
        watermark::embed(&mut photo, id);
        Marked { photo }
    }
}

impl Marked {
    /// The pixels.
    pub const fn photo(&self) -> &Photo {
        &self.photo
    }

    /// Writes it as a file.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] if the encoder refuses it.
    pub fn encode(&self, format: OutputFormat) -> Result<Vec<u8>, ErrorCode> {
        let file = match format {
            OutputFormat::Jpeg => codec::encode_jpeg(&self.photo, JPEG_QUALITY),
            OutputFormat::Png => codec::encode_png(&self.photo),
        };
        file.map_err(|e| ErrorCode::parse_or_internal(e.code()))
    }
}

const fn corner(corner: LabelCorner) -> label::Corner {
    match corner {
        LabelCorner::TopLeft => label::Corner::TopLeft,
        LabelCorner::TopRight => label::Corner::TopRight,
        LabelCorner::BottomLeft => label::Corner::BottomLeft,
        LabelCorner::BottomRight => label::Corner::BottomRight,
    }
}

const fn size(size: LabelSize) -> label::Size {
    match size {
        LabelSize::Small => label::Size::Small,
        LabelSize::Medium => label::Size::Medium,
        LabelSize::Large => label::Size::Large,
    }
}

#[cfg(test)]
mod tests {
    use engine::PhotoError;

    use super::*;

    #[test]
    fn what_leaves_is_labelled_and_marked_in_either_format() {
        let photo = Photo::from_rgba(320, 320, vec![140; 320 * 320 * 4]).expect("sizes agree");
        for format in [OutputFormat::Jpeg, OutputFormat::Png] {
            let swapped = Swapped { photo: photo.clone(), faces: 1 };
            let file = swapped.marked(&LabelOptions::default(), 0xABCD).encode(format).expect("a file");
            let back = codec::decode(&file, &Limits::default()).expect("a picture");
            assert_eq!(watermark::detect(&back).map(|found| found.payload), Some(0xABCD));
            let ink = |x: usize, y: usize| back.rgba()[4 * (320 * y + x)];
            let corner: Vec<u8> = (240..320).flat_map(|x| (290..320).map(move |y| ink(x, y))).collect();
            assert!(corner.iter().max() > Some(&220) && corner.iter().min() < Some(&90));
        }
    }

    #[test]
    fn every_failure_of_the_engine_is_one_of_the_contract() {
        let photo = [
            PhotoError::Empty,
            PhotoError::TooManyBytes { bytes: 2, max_bytes: 1 },
            PhotoError::UnknownFormat,
            PhotoError::Damaged,
            PhotoError::TooManyPixels { width: 9, height: 9 },
            PhotoError::ZeroSize,
            PhotoError::SizeMismatch { expected_bytes: 4, bytes: 3 },
        ];
        let swap = [
            SwapError::NoTargetFace,
            SwapError::FaceTooSmall { size_px: 1, min_px: 24 },
            SwapError::FaceUnusable,
            SwapError::OptionOutOfRange { option: "likeness" },
        ];
        let codes = photo.iter().map(PhotoError::code).chain(swap.iter().map(SwapError::code));
        for code in codes {
            assert!(code.parse::<ErrorCode>().is_ok(), "{code}");
        }
    }
}
