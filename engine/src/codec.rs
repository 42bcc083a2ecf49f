//! JPEG, PNG and WebP files to [`Photo`]s and back, within limits known before anything is decoded.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder};

use crate::photo::{Photo, PhotoError};

/// What a file may ask of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_bytes: usize,
    /// Largest picture, in pixels.
    pub max_pixels: u64,
    /// Longest side, in pixels.
    pub max_side: u32,
}

impl Default for Limits {
    /// 10 MiB, 40 megapixels, 16384 pixels a side.
    fn default() -> Self {
        Self { max_bytes: 10 * 1024 * 1024, max_pixels: 40_000_000, max_side: 16_384 }
    }
}

/// A picture file's format, told by its first bytes and never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG (JFIF, Exif).
    Jpeg,
    /// PNG.
    Png,
    /// WebP, lossy or lossless.
    WebP,
}

impl Format {
    /// Recognises the format from a file's first bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.len() >= 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
            Some(Self::WebP)
        } else {
            None
        }
    }
}

/// Decodes a picture file and turns it upright by its EXIF orientation.
///
/// Grey, palette, 16-bit, CMYK and alpha pictures all become 8-bit RGBA; of an animation, the first frame.
///
/// # Errors
///
/// Each [`PhotoError`] but `SizeMismatch`. The header's dimensions are checked before any pixel is decoded, so a
/// small file that claims a huge picture costs nothing.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Photo, PhotoError> {
    if bytes.is_empty() {
        return Err(PhotoError::Empty);
    }
    if bytes.len() > limits.max_bytes {
        return Err(PhotoError::TooManyBytes { bytes: bytes.len(), max_bytes: limits.max_bytes });
    }
    let format = Format::of(bytes).ok_or(PhotoError::UnknownFormat)?;
    contained(|| decode_as(format, bytes, limits))
}

/// A decoder that panics over a file found damage that nobody had thought of: zune-jpeg 0.5.15 does so over scans whose
/// components do not fit the frame (etemesi254/zune-image, issue 362). In a browser a panic ends the program, and its page
/// says the same (`app/src/engine/client.rs`).
fn contained(decode: impl FnOnce() -> Result<Photo, PhotoError>) -> Result<Photo, PhotoError> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or(Err(PhotoError::Damaged))
}

fn decode_as(format: Format, bytes: &[u8], limits: &Limits) -> Result<Photo, PhotoError> {
    let reader = Cursor::new(bytes);
    match format {
        Format::Jpeg if !is_complete_jpeg(bytes) => Err(PhotoError::Damaged),
        Format::Jpeg => decode_with(JpegDecoder::new(reader).map_err(damaged)?, limits),
        Format::Png => {
            let bounds = allocation(limits);
            decode_with(PngDecoder::with_limits(reader, bounds).map_err(damaged)?, limits)
        }
        Format::WebP => decode_with(WebPDecoder::new(reader).map_err(damaged)?, limits),
    }
}

/// Whether the last scan has an end: the decoder would fill what is missing with grey and say nothing.
///
/// Neither marker can occur inside a scan, where 0xFF is always followed by 0 or a restart (ITU-T T.81, B.1.1.5).
fn is_complete_jpeg(bytes: &[u8]) -> bool {
    const START_OF_SCAN: [u8; 2] = [0xFF, 0xDA];
    const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];
    let scan = bytes.windows(2).rposition(|pair| pair == START_OF_SCAN);
    scan.is_some_and(|start| bytes[start..].windows(2).any(|pair| pair == END_OF_IMAGE))
}

/// Everything after the header, the same for each format.
fn decode_with(mut decoder: impl ImageDecoder, limits: &Limits) -> Result<Photo, PhotoError> {
    let (width, height) = decoder.dimensions();
    check_dimensions(width, height, limits)?;
    decoder.set_limits(allocation(limits)).map_err(damaged)?;
    // A damaged EXIF block is no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    let rgba = picture.into_rgba8();
    let (width, height) = rgba.dimensions();
    Photo::from_rgba(width, height, rgba.into_raw())
}

fn check_dimensions(width: u32, height: u32, limits: &Limits) -> Result<(), PhotoError> {
    if width == 0 || height == 0 {
        return Err(PhotoError::ZeroSize);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > limits.max_side || height > limits.max_side || pixels > limits.max_pixels {
        return Err(PhotoError::TooManyPixels { width, height });
    }
    Ok(())
}

/// A bound on what a decoder may allocate: 16-bit RGBA pixels twice over, and some room for its tables.
fn allocation(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(limits.max_pixels.saturating_mul(16).saturating_add(16 << 20));
    bounds
}

fn damaged(_: image::ImageError) -> PhotoError {
    PhotoError::Damaged
}

/// Encodes as baseline JPEG; `quality` is 1 to 100 (values outside are clamped) and alpha is dropped.
///
/// # Errors
///
/// [`PhotoError::TooManyPixels`] when a side is beyond JPEG's 65535 pixels.
pub fn encode_jpeg(photo: &Photo, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let rgb: Vec<u8> = photo.rgba().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality.clamp(1, 100))
        .write_image(&rgb, photo.width(), photo.height(), ExtendedColorType::Rgb8)
        .map_err(|_| too_large(photo))?;
    Ok(out)
}

/// Encodes as PNG, alpha included and without loss.
///
/// # Errors
///
/// [`PhotoError::TooManyPixels`] when the encoder cannot hold the picture.
pub fn encode_png(photo: &Photo) -> Result<Vec<u8>, PhotoError> {
    let mut out = Vec::new();
    PngEncoder::new(&mut out)
        .write_image(photo.rgba(), photo.width(), photo.height(), ExtendedColorType::Rgba8)
        .map_err(|_| too_large(photo))?;
    Ok(out)
}

fn too_large(photo: &Photo) -> PhotoError {
    PhotoError::TooManyPixels { width: photo.width(), height: photo.height() }
}
