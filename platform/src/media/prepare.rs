//! Writes a file anew: its pixels are kept, upright, and nothing else of it. No place, no camera, no hidden second file.

use std::io::Cursor;

use contract::ErrorCode;
use contract::media::MediaFormat;
use engine::Photo;
use engine::codec::{self, Limits};
use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbaImage, imageops};

use super::inspect::{Inspected, inspect};

/// Of a JPEG, 1 to 100: 40 dB and more to what was sent.
const QUALITY: u8 = 92;

/// The longer side of a thumbnail, in pixels.
const THUMBNAIL_SIDE: u32 = 480;

/// Of a thumbnail in JPEG.
const THUMBNAIL_QUALITY: u8 = 80;

/// The longer side of what a blur hash is made of, in pixels: it holds no detail.
const BLURRED_SIDE: u32 = 32;

/// A file as it is stored.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) format: MediaFormat,
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) frames: u32,
    /// None of a document.
    pub(super) thumbnail: Option<Vec<u8>>,
    pub(super) blur_hash: String,
}

/// What a file would become that somebody uploads: looked at and prepared as every upload is, and not kept. The fuzzers'
/// way in.
///
/// # Errors
/// A code for each way in which a file may be unfit.
pub fn rehearse(bytes: Vec<u8>, name: &str) -> Result<MediaFormat, ErrorCode> {
    let inspected = inspect(&bytes, name)?;
    Ok(prepare(bytes, inspected)?.format)
}

/// Writes an inspected file anew. A document is kept as it is.
///
/// # Errors
/// [`ErrorCode::PhotoDamaged`], and the limits that [`codec::decode`] has.
pub(super) fn prepare(bytes: Vec<u8>, inspected: Inspected) -> Result<Prepared, ErrorCode> {
    let Inspected { format, frames, lossy } = inspected;
    match format {
        MediaFormat::Pdf => Ok(Prepared {
            format,
            bytes,
            width: 0,
            height: 0,
            frames,
            thumbnail: None,
            blur_hash: String::new(),
        }),
        MediaFormat::Gif => {
            let written = gif_anew(&bytes)?;
            let first = GifDecoder::new(Cursor::new(&bytes)).and_then(DynamicImage::from_decoder);
            let first = first.map_err(|_| ErrorCode::PhotoDamaged)?.into_rgba8();
            pictured(format, written, frames, first)
        }
        MediaFormat::Jpeg | MediaFormat::Png | MediaFormat::WebP => {
            let photo = decoded(&bytes)?;
            drop(bytes);
            let format = kept_as(format, lossy, &photo);
            let written = written(format, &photo)?;
            pictured(format, written, frames, raster(photo)?)
        }
    }
}

/// A picture that was made here is kept byte for byte: its mark and its manifest are in it. Only what is shown of it in
/// lists is made.
///
/// # Errors
/// As [`prepare`].
pub(super) fn as_it_is(bytes: Vec<u8>, inspected: Inspected) -> Result<Prepared, ErrorCode> {
    let photo = decoded(&bytes)?;
    pictured(inspected.format, bytes, inspected.frames, raster(photo)?)
}

fn decoded(bytes: &[u8]) -> Result<Photo, ErrorCode> {
    let limits = Limits { max_bytes: usize::MAX, ..Limits::default() };
    codec::decode(bytes, &limits).map_err(|error| ErrorCode::parse_or_internal(error.code()))
}

/// WebP with loss has no writer in Rust, and without loss would grow tenfold: such a picture becomes a JPEG, unless
/// something shines through it.
fn kept_as(format: MediaFormat, lossy: bool, photo: &Photo) -> MediaFormat {
    let becomes_jpeg = format == MediaFormat::WebP && lossy && is_opaque(photo.rgba());
    if becomes_jpeg { MediaFormat::Jpeg } else { format }
}

fn is_opaque(rgba: &[u8]) -> bool {
    rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX)
}

fn written(format: MediaFormat, photo: &Photo) -> Result<Vec<u8>, ErrorCode> {
    match format {
        MediaFormat::Png => codec::encode_png(photo),
        MediaFormat::WebP => return webp(photo),
        _ => codec::encode_jpeg(photo, QUALITY),
    }
    .map_err(|error| ErrorCode::parse_or_internal(error.code()))
}

fn webp(photo: &Photo) -> Result<Vec<u8>, ErrorCode> {
    let mut written = Vec::new();
    WebPEncoder::new_lossless(&mut written)
        .write_image(photo.rgba(), photo.width(), photo.height(), ExtendedColorType::Rgba8)
        .map_err(|_| ErrorCode::PhotoTooManyPixels)?;
    Ok(written)
}

/// Frame by frame, colours by their numbers: without loss, and without what an extension or a comment held.
fn gif_anew(bytes: &[u8]) -> Result<Vec<u8>, ErrorCode> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut decoder = options.read_info(bytes).map_err(|_| ErrorCode::PhotoDamaged)?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let written = Vec::with_capacity(bytes.len());
    let mut encoder =
        gif::Encoder::new(written, decoder.width(), decoder.height(), &palette).map_err(unwritable)?;
    let mut begun = false;
    while let Some(frame) = decoder.read_next_frame().map_err(|_| ErrorCode::PhotoDamaged)? {
        // What was read is in order already, whatever order the file had it in.
        let frame = gif::Frame { interlaced: false, ..frame.clone() };
        if !begun {
            encoder.set_repeat(decoder.repeat()).map_err(unwritable)?;
            begun = true;
        }
        encoder.write_frame(&frame).map_err(unwritable)?;
    }
    encoder.into_inner().map_err(unwritable)
}

/// A frame that cannot be written was not one: its colours are beyond its palette, say.
fn unwritable(_: gif::EncodingError) -> ErrorCode {
    ErrorCode::PhotoDamaged
}

fn raster(photo: Photo) -> Result<RgbaImage, ErrorCode> {
    let (width, height) = (photo.width(), photo.height());
    RgbaImage::from_raw(width, height, photo.into_rgba()).ok_or(ErrorCode::Internal)
}

/// Adds what lists show.
fn pictured(
    format: MediaFormat,
    bytes: Vec<u8>,
    frames: u32,
    picture: RgbaImage,
) -> Result<Prepared, ErrorCode> {
    let (width, height) = picture.dimensions();
    let small = scaled(&picture, THUMBNAIL_SIDE);
    drop(picture);
    let blur_hash = blur_hash(&small)?;
    let thumbnail = thumbnail(small)?;
    Ok(Prepared { format, bytes, width, height, frames, thumbnail: Some(thumbnail), blur_hash })
}

/// As large as it is, or smaller.
fn scaled(picture: &RgbaImage, side: u32) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let longer = width.max(height);
    if longer <= side {
        return picture.clone();
    }
    let part = |length: u32| (u64::from(length) * u64::from(side) / u64::from(longer)).max(1) as u32;
    imageops::thumbnail(picture, part(width), part(height))
}

fn thumbnail(small: RgbaImage) -> Result<Vec<u8>, ErrorCode> {
    let (width, height) = small.dimensions();
    let photo = Photo::from_rgba(width, height, small.into_raw()).map_err(|_| ErrorCode::Internal)?;
    let written = match is_opaque(photo.rgba()) {
        true => codec::encode_jpeg(&photo, THUMBNAIL_QUALITY),
        false => codec::encode_png(&photo),
    };
    written.map_err(|_| ErrorCode::Internal)
}

/// Four by three waves, or three by four (<https://blurha.sh>).
fn blur_hash(small: &RgbaImage) -> Result<String, ErrorCode> {
    let tiny = scaled(small, BLURRED_SIDE);
    let (width, height) = tiny.dimensions();
    let (across, down) = if width >= height { (4, 3) } else { (3, 4) };
    blurhash::encode(across, down, width, height, tiny.as_raw()).map_err(|_| ErrorCode::Internal)
}
