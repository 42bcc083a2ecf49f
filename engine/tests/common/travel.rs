//! What happens to pictures on their way.

use engine::Photo;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, resize};
use image::{ExtendedColorType, ImageEncoder, RgbImage};

/// One way for a picture to travel; `seed` places the crop.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    pub(crate) go: fn(&Photo, u32) -> Photo,
}

/// The ways that the mark is promised to outlive come first; then all of them together.
pub(crate) const WAYS: [Way; 6] = [
    Way { name: "as it is", go: |photo, _| photo.clone() },
    Way { name: "JPEG 75", go: |photo, _| from(&jpeg(&to(photo))) },
    Way { name: "half size", go: |photo, _| from(&half(&to(photo))) },
    Way { name: "crop 10 %", go: |photo, seed| from(&crop(&to(photo), seed)) },
    Way { name: "half size, JPEG 75", go: |photo, _| from(&jpeg(&half(&to(photo)))) },
    Way {
        name: "crop 10 %, half size, JPEG 75",
        go: |photo, seed| from(&jpeg(&half(&crop(&to(photo), seed)))),
    },
];

/// How many of [`WAYS`] are promised.
pub(crate) const PROMISED: usize = 4;

/// The peak signal-to-noise ratio of two pictures of one size, in decibels.
pub(crate) fn psnr_db(a: &Photo, b: &Photo) -> f64 {
    let (a, b) = (to(a), to(b));
    let square = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b)).powi(2);
    let sum: f64 = a.as_raw().iter().zip(b.as_raw()).map(square).sum();
    10.0 * (255.0 * 255.0 / (sum / a.as_raw().len() as f64)).log10()
}

pub(crate) fn from(picture: &RgbImage) -> Photo {
    let rgba = picture.pixels().flat_map(|p| [p[0], p[1], p[2], 255]).collect();
    Photo::from_rgba(picture.width(), picture.height(), rgba).expect("sizes agree")
}

pub(crate) fn to(photo: &Photo) -> RgbImage {
    let rgb = photo.rgba().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    RgbImage::from_raw(photo.width(), photo.height(), rgb).expect("sizes agree")
}

fn jpeg(picture: &RgbImage) -> RgbImage {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, 75);
    encoder
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .expect("a picture that JPEG can hold");
    image::load_from_memory(&file).expect("what was just written").to_rgb8()
}

fn half(picture: &RgbImage) -> RgbImage {
    resize(picture, picture.width().div_ceil(2), picture.height().div_ceil(2), FilterType::Lanczos3)
}

/// A tenth of each side goes, from whichever ends.
fn crop(picture: &RgbImage, seed: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let (kept_x, kept_y) = (width - width / 10, height - height / 10);
    let (x, y) = (seed * 7919 % (width - kept_x + 1), seed * 104_729 % (height - kept_y + 1));
    crop_imm(picture, x, y, kept_x, kept_y).to_image()
}
