//! What a file becomes on its way in.

use contract::ErrorCode;
use contract::media::MediaFormat;
use engine::codec::{Format, Limits, decode, encode_jpeg, encode_png};
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use platform::media::{Reader, Variant};

use super::house::{House, code, jpeg, on_each, photo, user};

/// An EXIF block (TIFF, little-endian): turned by a quarter, made by "Spy", at 48 degrees north.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [tag.to_le_bytes().as_slice(), &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()]
            .concat()
    };
    let gps_at = 8 + 2 + 3 * 12 + 4;
    let make = u32::from_le_bytes(*b"Spy\0");
    let first = [entry(0x010F, 2, 4, make), entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, gps_at)].concat();
    let latitude_at = gps_at + 2 + 12 + 4;
    let gps = entry(0x0002, 5, 3, latitude_at);
    let latitude: Vec<u8> = [48_u32, 1, 51, 1, 30, 1].iter().flat_map(|part| part.to_le_bytes()).collect();
    let tiff = [
        b"II*\0\x08\0\0\0".as_slice(),
        &3_u16.to_le_bytes(),
        &first,
        &[0; 4],
        &1_u16.to_le_bytes(),
        &gps,
        &[0; 4],
        &latitude,
    ];
    [b"Exif\0\0".as_slice(), &tiff.concat()].concat()
}

/// The same JPEG with this segment in front (`marker` is its second byte).
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, data, &jpeg[2..]].concat()
}

async fn kept(house: &House, name: &str, bytes: &[u8]) -> (contract::media::MediaView, Vec<u8>) {
    let (view, _) = house.send(user(1), name, bytes).await.unwrap();
    let content = house.read(&Reader::Person(user(1)), &view).await.unwrap();
    assert_eq!(view.bytes, content.len() as i64);
    (view, content)
}

#[tokio::test]
async fn place_and_camera_are_gone_and_the_picture_stands_upright() {
    on_each(async |house| {
        let sent = with_segment(&jpeg(1), 0xE1, &exif());
        assert!(sent.windows(3).any(|part| part == b"Spy"));
        let upright = decode(&sent, &Limits::default()).unwrap();
        assert_eq!((upright.width(), upright.height()), (48, 64), "the sender's picture lies on its side");
        let (view, content) = kept(&house, "me.jpg", &sent).await;
        assert_eq!((view.width, view.height), (48, 64));
        for secret in [b"Spy".as_slice(), b"Exif"] {
            assert!(!content.windows(secret.len()).any(|part| part == secret), "{secret:?}");
        }
        let again = decode(&content, &Limits::default()).unwrap();
        let far = upright.rgba().iter().zip(again.rgba()).filter(|(a, b)| a.abs_diff(**b) > 12).count();
        assert!(far < upright.rgba().len() / 100, "{far} values are far from what was sent");
    })
    .await;
}

#[tokio::test]
async fn png_keeps_its_pixels_and_nothing_else() {
    on_each(async |house| {
        let picture = photo(3, 70, 50);
        let mut sent = encode_png(&picture).unwrap();
        let text = [b"\0\0\0\x0btEXtPlace\0Paris".as_slice(), &[0xff; 4]].concat();
        sent.splice(33..33, text);
        let (view, content) = kept(&house, "me.PNG", &sent).await;
        assert_eq!((view.name.as_str(), view.format), ("me.png", MediaFormat::Png));
        assert!(decode(&content, &Limits::default()).unwrap() == picture);
        assert!(!content.windows(5).any(|part| part == b"Paris"));
    })
    .await;
}

#[tokio::test]
async fn webp_without_loss_stays_what_it_is() {
    on_each(async |house| {
        let picture = photo(4, 40, 30);
        let mut sent = Vec::new();
        WebPEncoder::new_lossless(&mut sent)
            .write_image(picture.rgba(), 40, 30, ExtendedColorType::Rgba8)
            .unwrap();
        let (view, content) = kept(&house, "me.webp", &sent).await;
        assert_eq!((view.format, Format::of(&content)), (MediaFormat::WebP, Some(Format::WebP)));
        assert!(decode(&content, &Limits::default()).unwrap() == picture);
    })
    .await;
}

/// A grey picture of 16 x 16, as Chromium writes it at half quality.
const LOSSY_WEBP: &[u8] = b"RIFF$\x00\x00\x00WEBPVP8 \x18\x00\x00\x00P\x01\x00\x9d\
    \x01*\x10\x00\x10\x00\x02\xc0L%\xa4\x00\x04t\x00\x00\xe4@\x00\x00";

#[tokio::test]
async fn webp_with_loss_becomes_a_jpeg() {
    on_each(async |house| {
        let (view, content) = kept(&house, "me.webp", LOSSY_WEBP).await;
        assert_eq!((view.name.as_str(), view.format, view.width), ("me.jpg", MediaFormat::Jpeg, 16));
        assert_eq!(Format::of(&content), Some(Format::Jpeg));
    })
    .await;
}

/// A GIF of so many frames of 4 x 3 in two colours, with a comment.
pub(crate) fn gif(frames: u16) -> Vec<u8> {
    let mut encoder = gif::Encoder::new(Vec::new(), 4, 3, &[255, 0, 0, 0, 0, 255]).unwrap();
    encoder.set_repeat(gif::Repeat::Finite(3)).unwrap();
    encoder.write_raw_extension(gif::AnyExtension(0xFE), &[b"made in Paris"]).unwrap();
    for number in 0..frames {
        let pixels: Vec<u8> = (0..12).map(|at| u8::from((at + number) % 2 == 0)).collect();
        let frame = gif::Frame {
            delay: 7,
            dispose: gif::DisposalMethod::Keep,
            ..gif::Frame::from_indexed_pixels(4, 3, pixels, None)
        };
        encoder.write_frame(&frame).unwrap();
    }
    encoder.into_inner().unwrap()
}

#[tokio::test]
async fn an_animation_keeps_its_frames_its_pace_and_its_colours() {
    on_each(async |house| {
        let sent = gif(5);
        let (view, content) = kept(&house, "dance.gif", &sent).await;
        assert_eq!((view.format, view.frames, view.width, view.height), (MediaFormat::Gif, 5, 4, 3));
        assert!(!content.windows(5).any(|part| part == b"Paris"));
        let read = |bytes: &[u8]| {
            let mut decoder = gif::Decoder::new(bytes).unwrap();
            let mut frames = Vec::new();
            while let Some(frame) = decoder.read_next_frame().unwrap() {
                frames.push((frame.delay, frame.dispose, frame.buffer.to_vec()));
            }
            (frames, decoder.repeat(), decoder.global_palette().map(<[u8]>::to_vec))
        };
        assert_eq!(read(&content), read(&sent));
    })
    .await;
}

#[tokio::test]
async fn a_document_is_kept_as_it_is_and_only_to_be_saved() {
    on_each(async |house| {
        let sent = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n";
        let (view, content) = kept(&house, "terms.pdf", sent).await;
        assert_eq!((content.as_slice(), view.width, view.thumbnail_url), (sent.as_slice(), 0, None));
        let reader = Reader::Person(user(1));
        let whole = house.media.content(&reader, view.id, Variant::Whole).await.unwrap();
        assert!(!whole.shown);
        assert_eq!(
            code(house.media.content(&reader, view.id, Variant::Thumbnail).await),
            ErrorCode::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn a_thumbnail_is_small_and_opaque_ones_are_jpegs() {
    on_each(async |house| {
        let large = encode_jpeg(&photo(5, 1200, 600), 90).unwrap();
        let clear = encode_png(&engine::Photo::from_rgba(2, 2, vec![9; 16]).unwrap()).unwrap();
        for (name, sent, media_type, size) in
            [("large.jpg", large, "image/jpeg", (480, 240)), ("clear.png", clear, "image/png", (2, 2))]
        {
            let (view, _) = house.send(user(1), name, &sent).await.unwrap();
            let reader = Reader::Person(user(1));
            let content = house.media.content(&reader, view.id, Variant::Thumbnail).await.unwrap();
            assert_eq!(content.media_type, media_type);
            let stream = house.media.stream(&content, None).await.unwrap();
            let pieces: Vec<bytes::Bytes> = futures_util::TryStreamExt::try_collect(stream).await.unwrap();
            assert_eq!(pieces.concat().len() as u64, content.bytes);
            let small = decode(&pieces.concat(), &Limits::default()).unwrap();
            assert_eq!((small.width(), small.height()), size);
            assert!(blurhash::decode(&view.blur_hash, 8, 8, 1.0).is_ok());
        }
    })
    .await;
}
