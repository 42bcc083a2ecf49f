//! Every way a file can be a picture, or fail to be one.

mod common;

use engine::codec::{Format, Limits, decode, encode_jpeg, encode_png};
use engine::{Photo, PhotoError};
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

fn open(bytes: &[u8]) -> Result<Photo, PhotoError> {
    decode(bytes, &Limits::default())
}

/// The error's code, without the pixels of a photo that opened.
fn code(result: Result<Photo, PhotoError>) -> Result<(), &'static str> {
    result.map(|_| ()).map_err(|e| e.code())
}

fn png(data: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut out = Vec::new();
    PngEncoder::new(&mut out)
        .write_image(data, width, height, colour)
        .expect("the test's own picture encodes");
    out
}

fn pixel(photo: &Photo, x: u32, y: u32) -> [u8; 4] {
    let at = ((y * photo.width() + x) * 4) as usize;
    photo.rgba()[at..at + 4].try_into().expect("four bytes")
}

/// Red, green / blue, white in quarters, with even sides so that JPEG keeps them apart.
fn quarters() -> Photo {
    let colour = |x: u32, y: u32| match (x < 24, y < 16) {
        (true, true) => [250, 10, 10, 255],
        (false, true) => [10, 250, 10, 255],
        (true, false) => [10, 10, 250, 255],
        (false, false) => [245, 245, 245, 255],
    };
    Photo::from_rgba(48, 32, (0..48 * 32).flat_map(|i| colour(i % 48, i / 48)).collect())
        .expect("sizes agree")
}

#[test]
fn nothing_and_what_is_no_picture() {
    assert_eq!(code(open(b"")), Err("photo_empty"));
    assert_eq!(code(open(b"Dear reader, this is a text file.")), Err("photo_not_an_image"));
    assert_eq!(code(open(b"GIF89a\x01\x00\x01\x00")), Err("photo_not_an_image"));
    assert_eq!(open(&[0; 4000]).map_err(|e| e.code()), Err("photo_not_an_image"));
    assert_eq!(code(open(b"RIFF\x10\0\0\0WAVEfmt ")), Err("photo_not_an_image"));
}

#[test]
fn files_beyond_the_limit_are_not_opened() {
    let limits = Limits { max_bytes: 100, ..Limits::default() };
    let error = decode(&encode_png(&quarters()).expect("encodes"), &limits).expect_err("it is larger");
    assert_eq!(error.code(), "photo_too_large");
}

#[test]
fn the_format_is_told_by_the_contents() {
    assert_eq!(Format::of(&encode_jpeg(&quarters(), 90).expect("encodes")), Some(Format::Jpeg));
    assert_eq!(Format::of(&encode_png(&quarters()).expect("encodes")), Some(Format::Png));
    assert_eq!(Format::of(b"RIFF\0\0\0\0WEBPVP8L"), Some(Format::WebP));
    assert_eq!(Format::of(b"RIFF"), None);
}

/// Found by `cargo xtask fuzz`.
#[test]
fn a_file_over_which_the_decoder_panics_is_damaged() {
    let file = include_bytes!("../../fuzz/corpus/codec/scan-beyond-frame.jpg");
    assert_eq!(code(open(file)), Err("photo_damaged"));
}

#[test]
fn cut_files_are_damaged_or_still_a_picture_but_never_a_panic() {
    let photo = common::photo_of_face(96, 80, 64);
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp)
        .write_image(photo.rgba(), 96, 80, ExtendedColorType::Rgba8)
        .expect("encodes");
    let files = [encode_jpeg(&photo, 90).expect("encodes"), encode_png(&photo).expect("encodes"), webp];
    for file in &files {
        assert!(open(file).is_ok());
        for end in 0..file.len() {
            let outcome = code(open(&file[..end]));
            let expected = ["photo_empty", "photo_not_an_image", "photo_damaged"];
            assert!(outcome.is_ok() || outcome.is_err_and(|c| expected.contains(&c)), "{end}: {outcome:?}");
        }
        assert_eq!(code(open(&file[..file.len() / 2])), Err("photo_damaged"), "half a file is no photo");
    }
}

#[test]
fn flipped_bytes_never_panic() {
    let photo = common::photo_of_face(64, 64, 60);
    let mut random = common::Xorshift(99);
    for file in [encode_jpeg(&photo, 80).expect("encodes"), encode_png(&photo).expect("encodes")] {
        for _ in 0..400 {
            let mut damaged = file.clone();
            for _ in 0..=random.below(4) {
                damaged[12 + random.below(file.len() - 12)] ^= 1 << random.below(8);
            }
            let _ = open(&damaged);
        }
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &b| {
        (0..8).fold(crc ^ u32::from(b), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body: Vec<u8> = name.iter().chain(data).copied().collect();
    let length = (data.len() as u32).to_be_bytes();
    length.into_iter().chain(body.clone()).chain(crc(&body).to_be_bytes()).collect()
}

/// A PNG whose header claims any size, with hardly any data behind it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 6, 0, 0, 0]);
    let data = chunk(b"IDAT", &[0x78, 0x9C, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01]);
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), data, chunk(b"IEND", &[])].concat()
}

#[test]
fn a_header_that_claims_too_much_is_refused_before_decoding() {
    for (width, height) in [(100_000, 100_000), (20_000, 10), (10, 20_000), (8000, 8000)] {
        let error = open(&bomb(width, height)).expect_err("too many pixels");
        assert_eq!(error, PhotoError::TooManyPixels { width, height });
        assert_eq!(error.code(), "photo_too_many_pixels");
    }
    assert_eq!(code(open(&bomb(0, 5))), Err("photo_damaged"));
    assert_eq!(code(open(&bomb(0x8000_0000, 5))), Err("photo_damaged"));
    assert_eq!(code(open(&bomb(60, 60))), Err("photo_damaged"));
}

#[test]
fn a_jpeg_that_claims_too_much_is_refused_too() {
    let mut jpeg = encode_jpeg(&quarters(), 90).expect("encodes");
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).expect("a baseline frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0x00, 0xFF, 0x00]);
    assert_eq!(code(open(&jpeg)), Err("photo_too_many_pixels"));
}

#[test]
fn one_pixel_is_a_photo() {
    let photo = open(&png(&[9, 8, 7, 6], 1, 1, ExtendedColorType::Rgba8)).expect("a picture");
    assert_eq!((photo.width(), photo.height(), pixel(&photo, 0, 0)), (1, 1, [9, 8, 7, 6]));
    let jpeg = open(&encode_jpeg(&photo, 100).expect("encodes")).expect("a picture");
    assert_eq!((jpeg.width(), jpeg.height()), (1, 1));
}

#[test]
fn every_kind_of_pixel_becomes_rgba() {
    let cases: [(&[u8], ExtendedColorType, [u8; 4]); 6] = [
        (&[77], ExtendedColorType::L8, [77, 77, 77, 255]),
        (&[77, 20], ExtendedColorType::La8, [77, 77, 77, 20]),
        (&[1, 2, 3], ExtendedColorType::Rgb8, [1, 2, 3, 255]),
        (&[0x12, 0x12, 0x34, 0x34, 0x56, 0x56], ExtendedColorType::Rgb16, [0x12, 0x34, 0x56, 255]),
        (&[0x80, 0x80], ExtendedColorType::L16, [0x80, 0x80, 0x80, 255]),
        (&[1, 1, 2, 2, 3, 3, 9, 9], ExtendedColorType::Rgba16, [1, 2, 3, 9]),
    ];
    for (data, colour, expected) in cases {
        let photo = open(&png(data, 1, 1, colour)).expect("a picture");
        assert_eq!(pixel(&photo, 0, 0), expected, "{colour:?}");
    }
}

#[test]
fn a_grey_jpeg_and_a_webp_open() {
    let mut grey = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut grey)
        .write_image(&[120; 64], 8, 8, ExtendedColorType::L8)
        .expect("encodes");
    let [r, g, b, a] = pixel(&open(&grey).expect("a picture"), 3, 3);
    assert!(r.abs_diff(120) <= 1 && r == g && g == b && a == 255);
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp)
        .write_image(quarters().rgba(), 48, 32, ExtendedColorType::Rgba8)
        .expect("encodes");
    assert!(open(&webp).expect("a picture") == quarters());
}

#[test]
fn png_is_lossless_and_jpeg_is_close() {
    let photo = common::photo_of_face(60, 50, 40);
    assert!(open(&encode_png(&photo).expect("encodes")).expect("a picture") == photo);
    let jpeg = open(&encode_jpeg(&quarters(), 95).expect("encodes")).expect("a picture");
    assert!(pixel(&jpeg, 5, 5)[0] > 230 && pixel(&jpeg, 40, 5)[1] > 230 && pixel(&jpeg, 5, 28)[2] > 230);
    for quality in [0, 1, 100, 255] {
        assert!(encode_jpeg(&quarters(), quality).is_ok());
    }
}

/// `FF E1` with a TIFF header and the one orientation tag, right after the start of the image.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = (tiff.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &tiff, &jpeg[2..]].concat()
}

#[test]
fn photos_are_turned_upright() {
    let jpeg = encode_jpeg(&quarters(), 95).expect("encodes");
    // Colour of the corners top left, top right, bottom left, bottom right after turning.
    let expected = [
        (1, "RGBW"),
        (2, "GRWB"),
        (3, "WBGR"),
        (4, "BWRG"),
        (5, "RBGW"),
        (6, "BRWG"),
        (7, "WGBR"),
        (8, "GWRB"),
    ];
    for (orientation, corners) in expected {
        let photo = open(&with_orientation(&jpeg, orientation)).expect("a picture");
        let (right, bottom) = (photo.width() - 3, photo.height() - 3);
        let seen: String = [(2, 2), (right, 2), (2, bottom), (right, bottom)]
            .map(|(x, y)| match pixel(&photo, x, y).map(|v| v > 200) {
                [true, true, true, _] => 'W',
                [true, ..] => 'R',
                [_, true, ..] => 'G',
                _ => 'B',
            })
            .iter()
            .collect();
        assert_eq!(seen, corners, "orientation {orientation}");
        assert_eq!(photo.width() < photo.height(), orientation >= 5);
    }
    for strange in [0, 9, 200] {
        assert_eq!(open(&with_orientation(&jpeg, strange)).expect("a picture").width(), 48);
    }
}

#[test]
fn a_photo_of_the_wrong_size_is_refused() {
    assert_eq!(Photo::from_rgba(0, 4, vec![]).map_err(|e| e.code()), Err("photo_damaged"));
    assert_eq!(Photo::from_rgba(2, 2, vec![0; 15]).map_err(|e| e.code()), Err("photo_damaged"));
    assert!(Photo::from_rgba(u32::MAX, u32::MAX, vec![0; 4]).is_err());
}
