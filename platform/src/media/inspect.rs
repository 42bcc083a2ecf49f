//! What a file is, and whether it may be decoded: found out from its bytes before anything is.

use std::io::{BufReader, Cursor};

use contract::ErrorCode;
use contract::media::MediaFormat;
use engine::codec::{Format, Limits};
use image::ImageDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;

use super::{pdf, trailing};

/// The most frames of an animation.
pub(super) const MAX_FRAMES: u64 = 500;

/// The most pixels of all frames of an animation together.
pub(super) const MAX_FRAME_PIXELS: u64 = 200_000_000;

/// The most bytes that a decoded picture may take: 40 megapixels of four bytes. A picture with 16 bits a channel may
/// have half as many pixels.
const MAX_DECODED_BYTES: u64 = 160_000_000;

/// A file that is what its name says, and within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Inspected {
    pub(super) format: MediaFormat,
    /// 0 of a document.
    pub(super) frames: u32,
    /// Whether colours were thrown away when it was written.
    pub(super) lossy: bool,
}

/// Looks at a file called `name`.
///
/// # Errors
/// A code for each way in which a file may be unfit.
pub(super) fn inspect(bytes: &[u8], name: &str) -> Result<Inspected, ErrorCode> {
    if bytes.is_empty() {
        return Err(ErrorCode::PhotoEmpty);
    }
    let format = format_of(bytes).ok_or(ErrorCode::MediaUnsupported)?;
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    if extension.and_then(MediaFormat::of_extension) != Some(format) {
        return Err(ErrorCode::MediaTypeMismatch);
    }
    if format == MediaFormat::Pdf {
        pdf::check(bytes)?;
        return Ok(Inspected { format, frames: 0, lossy: false });
    }
    if trailing::is_polyglot(format, bytes) {
        return Err(ErrorCode::MediaPolyglot);
    }
    match format {
        MediaFormat::Gif => gif(bytes),
        _ => still(format, bytes),
    }
}

fn format_of(bytes: &[u8]) -> Option<MediaFormat> {
    match Format::of(bytes) {
        Some(Format::Jpeg) => Some(MediaFormat::Jpeg),
        Some(Format::Png) => Some(MediaFormat::Png),
        Some(Format::WebP) => Some(MediaFormat::WebP),
        None if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(MediaFormat::Gif),
        None if bytes.starts_with(b"%PDF-") => Some(MediaFormat::Pdf),
        None => None,
    }
}

fn still(format: MediaFormat, bytes: &[u8]) -> Result<Inspected, ErrorCode> {
    let reader = Cursor::new(bytes);
    let lossy = match format {
        MediaFormat::Jpeg => {
            within_limits(&JpegDecoder::new(reader).map_err(damaged)?)?;
            true
        }
        MediaFormat::Png => {
            let decoder = PngDecoder::new(reader).map_err(damaged)?;
            within_limits(&decoder)?;
            refuse_animation(decoder.is_apng().map_err(damaged)?)?;
            false
        }
        _ => {
            let decoder = WebPDecoder::new(reader).map_err(damaged)?;
            within_limits(&decoder)?;
            refuse_animation(decoder.has_animation())?;
            has_lossy_pixels(bytes)
        }
    };
    Ok(Inspected { format, frames: 1, lossy })
}

/// There is nothing here that writes moving WebP or PNG.
fn refuse_animation(moves: bool) -> Result<(), ErrorCode> {
    if moves { Err(ErrorCode::MediaAnimated) } else { Ok(()) }
}

fn within_limits(decoder: &impl ImageDecoder) -> Result<(), ErrorCode> {
    let (width, height) = decoder.dimensions();
    sides_within_limits(width.into(), height.into())?;
    if decoder.total_bytes() > MAX_DECODED_BYTES { Err(ErrorCode::PhotoTooManyPixels) } else { Ok(()) }
}

fn sides_within_limits(width: u64, height: u64) -> Result<(), ErrorCode> {
    let limits = Limits::default();
    if width == 0 || height == 0 {
        return Err(ErrorCode::PhotoDamaged);
    }
    let fits = width.max(height) <= limits.max_side.into() && width * height <= limits.max_pixels;
    if fits { Ok(()) } else { Err(ErrorCode::PhotoTooManyPixels) }
}

/// Whether a WebP file has a `VP8 ` chunk, the lossy kind (RFC 9649, 2.5). Chunks follow each other, padded to even.
fn has_lossy_pixels(bytes: &[u8]) -> bool {
    let mut at = 12;
    while let (Some(name), Some(length)) = (bytes.get(at..at + 4), bytes.get(at + 4..at + 8)) {
        if name == b"VP8 " {
            return true;
        }
        let length = length.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        at = at.saturating_add(8).saturating_add(length).saturating_add(length & 1);
    }
    false
}

/// Counts frames without decoding them, and looks at what stands behind the last.
fn gif(bytes: &[u8]) -> Result<Inspected, ErrorCode> {
    let mut options = gif::DecodeOptions::new();
    options.skip_frame_decoding(true);
    let mut decoder = options.read_info(bytes).map_err(|_| ErrorCode::PhotoDamaged)?;
    let (width, height) = (u64::from(decoder.width()), u64::from(decoder.height()));
    sides_within_limits(width, height)?;
    let mut frames: u64 = 0;
    while decoder.next_frame_info().map_err(|_| ErrorCode::PhotoDamaged)?.is_some() {
        frames += 1;
        if frames > MAX_FRAMES || frames * width * height > MAX_FRAME_PIXELS {
            return Err(ErrorCode::MediaTooManyFrames);
        }
    }
    let rest: BufReader<&[u8]> = decoder.into_inner();
    let behind = &bytes[bytes.len() - rest.buffer().len() - rest.get_ref().len()..];
    if trailing::carries_a_file(behind) {
        return Err(ErrorCode::MediaPolyglot);
    }
    let frames = u32::try_from(frames).unwrap_or(u32::MAX);
    if frames == 0 {
        Err(ErrorCode::PhotoDamaged)
    } else {
        Ok(Inspected { format: MediaFormat::Gif, frames, lossy: false })
    }
}

fn damaged(_: image::ImageError) -> ErrorCode {
    ErrorCode::PhotoDamaged
}
