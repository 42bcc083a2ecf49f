//! Files made to do harm, one after the other in a process of their own, so that its memory can be read at the end.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use contract::ErrorCode;
use contract::users::UserId;
use engine::Photo;
use engine::codec::{encode_jpeg, encode_png};
use platform::clock::Clock;
use platform::database::DatabaseKind;
use platform::database::testing::TestDatabase;
use platform::ids::RandomSource;
use platform::media::{MediaConfig, MediaPorts, MediaService, Store};
use platform::sealing::{InstanceSecret, SECRET_BYTES};

/// What the process may have held at its fullest, in kilobytes: 200 MB.
const MOST_KB: u64 = 200_000;

struct Still;

impl Clock for Still {
    fn now_ms(&self) -> i64 {
        1_767_225_600_000
    }
}

#[derive(Default)]
struct Counter(AtomicU64);

impl RandomSource for Counter {
    fn bits_128(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::SeqCst) + 1) << 64
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &b| {
        (0..8).fold(crc ^ u32::from(b), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body: Vec<u8> = name.iter().chain(data).copied().collect();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    length.into_iter().chain(body.clone()).chain(crc(&body).to_be_bytes()).collect()
}

/// A PNG whose header claims this size, with hardly any data behind it.
fn png_of(width: u32, height: u32, depth: u8) -> Vec<u8> {
    let header = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[depth, 6, 0, 0, 0]].concat();
    let data = chunk(b"IDAT", &[0x78, 0x9C, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01]);
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), data, chunk(b"IEND", &[])].concat()
}

/// The same PNG with a chunk that makes it an animation (APNG, `acTL`).
fn moving_png(png: &[u8]) -> Vec<u8> {
    let control = chunk(b"acTL", &[0, 0, 0x27, 0x10, 0, 0, 0, 0]);
    [&png[..33], &control, &png[33..]].concat()
}

fn gif(width: u16, height: u16, frames: u32) -> Vec<u8> {
    let mut encoder = gif::Encoder::new(Vec::new(), width, height, &[0, 0, 0, 255, 255, 255]).unwrap();
    for _ in 0..frames {
        encoder.write_frame(&gif::Frame::from_indexed_pixels(1, 1, vec![1], None)).unwrap();
    }
    encoder.into_inner().unwrap()
}

/// A moving WebP by its header alone (RFC 9649, 2.7.1): that is all that is looked at.
fn moving_webp() -> Vec<u8> {
    let animated = 0x02;
    let extended =
        [b"VP8X".as_slice(), &10_u32.to_le_bytes(), &[animated, 0, 0, 0, 9, 0, 0, 9, 0, 0]].concat();
    let control = [b"ANIM".as_slice(), &6_u32.to_le_bytes(), &[0; 6]].concat();
    let frame = [b"ANMF".as_slice(), &24_u32.to_le_bytes(), &[0; 24]].concat();
    let body = [b"WEBP".as_slice(), &extended, &control, &frame].concat();
    [b"RIFF".as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
}

/// A JPEG whose header claims another size than it has.
fn lying_jpeg(jpeg: &[u8]) -> Vec<u8> {
    let mut lying = jpeg.to_vec();
    let frame = lying.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    lying[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0x00, 0xFF, 0x00]);
    lying
}

fn corpus() -> Vec<(&'static str, &'static str, Vec<u8>, ErrorCode)> {
    let photo =
        Photo::from_rgba(64, 48, (0..64 * 48 * 4).map(|at| (at * 7 % 251) as u8 | 3).collect()).unwrap();
    let (jpeg, png) = (encode_jpeg(&photo, 90).unwrap(), encode_png(&photo).unwrap());
    let with = |file: &[u8], behind: &[u8]| [file, behind].concat();
    // Every pixel of 40 megapixels, but for the end: decoding goes on until there.
    let large = Photo::from_rgba(6000, 6000, vec![90; 6000 * 6000 * 4]).unwrap();
    let cut = |file: Vec<u8>, part: usize| file[..file.len() - file.len() / part].to_vec();
    let (cut_png, cut_jpeg) =
        (cut(encode_png(&large).unwrap(), 50), cut(encode_jpeg(&large, 80).unwrap(), 50));
    drop(large);
    let html = b"\xff\xd8\xff\xe0<HTML><Script>alert(1)</script>";
    vec![
        ("nothing", "a.png", vec![], ErrorCode::PhotoEmpty),
        ("a text", "a.jpg", b"hello".to_vec(), ErrorCode::MediaUnsupported),
        ("SVG", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), ErrorCode::MediaUnsupported),
        ("a program", "a.png", b"\x7fELF\x02\x01\x01".to_vec(), ErrorCode::MediaUnsupported),
        ("a PNG called JPEG", "a.jpg", png.clone(), ErrorCode::MediaTypeMismatch),
        ("a JPEG called program", "a.exe", jpeg.clone(), ErrorCode::MediaTypeMismatch),
        ("no extension", "a", jpeg.clone(), ErrorCode::MediaTypeMismatch),
        ("half a PNG", "a.png", png[..png.len() / 2].to_vec(), ErrorCode::PhotoDamaged),
        ("half a JPEG", "a.jpg", jpeg[..jpeg.len() / 2].to_vec(), ErrorCode::PhotoDamaged),
        ("a head alone", "a.jpg", b"\xff\xd8\xff".to_vec(), ErrorCode::PhotoDamaged),
        ("a GIF's head", "a.gif", b"GIF89a\x04\0\x03\0\0\0\0".to_vec(), ErrorCode::PhotoDamaged),
        ("36 megapixels, cut", "a.png", cut_png, ErrorCode::PhotoDamaged),
        ("36 megapixels, cut", "a.jpg", cut_jpeg, ErrorCode::PhotoDamaged),
        ("a long line", "a.png", png_of(100_000, 1, 8), ErrorCode::PhotoTooManyPixels),
        ("a high column", "a.png", png_of(1, 100_000, 8), ErrorCode::PhotoTooManyPixels),
        ("a bomb", "a.png", png_of(60_000, 60_000, 8), ErrorCode::PhotoTooManyPixels),
        ("16 bits a channel", "a.png", png_of(6000, 6000, 16), ErrorCode::PhotoTooManyPixels),
        ("a lying JPEG", "a.jpg", lying_jpeg(&jpeg), ErrorCode::PhotoTooManyPixels),
        ("a wide GIF", "a.gif", gif(60_000, 60_000, 1), ErrorCode::PhotoTooManyPixels),
        ("ten thousand frames", "a.gif", gif(2, 2, 10_000), ErrorCode::MediaTooManyFrames),
        ("large frames", "a.gif", gif(4000, 4000, 20), ErrorCode::MediaTooManyFrames),
        ("a moving PNG", "a.png", moving_png(&png), ErrorCode::MediaAnimated),
        ("a moving WebP", "a.webp", moving_webp(), ErrorCode::MediaAnimated),
        ("PNG and archive", "a.png", with(&png, b"PK\x03\x04zip"), ErrorCode::MediaPolyglot),
        ("JPEG and archive", "a.jpg", with(&jpeg, b"Rar!\x1a\x07\0"), ErrorCode::MediaPolyglot),
        ("JPEG and document", "a.jpg", with(&jpeg, b"%PDF-1.4"), ErrorCode::MediaPolyglot),
        ("GIF and archive", "a.gif", with(&gif(2, 2, 1), b"PK\x03\x04"), ErrorCode::MediaPolyglot),
        ("JPEG and page", "a.jpg", html.to_vec(), ErrorCode::MediaPolyglot),
        ("PNG and program", "a.png", with(&png, b"<?php system($_GET[0]);"), ErrorCode::MediaPolyglot),
        ("a cut document", "a.pdf", b"%PDF-1.7\n1 0 obj".to_vec(), ErrorCode::DocumentDamaged),
        (
            "a document that runs",
            "a.pdf",
            b"%PDF-1.7\n/OpenAction<</S/JavaScript>>\nstartxref\n%%EOF".to_vec(),
            ErrorCode::DocumentActive,
        ),
        (
            "a document and archive",
            "a.pdf",
            b"%PDF-1.7\nstartxref\n%%EOF PK\x05\x06".to_vec(),
            ErrorCode::MediaPolyglot,
        ),
        ("too large", "a.png", vec![0x89; 10 * 1024 * 1024 + 1], ErrorCode::MediaTooLarge),
    ]
}

#[tokio::test]
async fn every_hostile_file_is_refused_with_its_own_error() {
    let database = TestDatabase::migrated(DatabaseKind::Sqlite).await;
    let folder = tempfile::TempDir::new().unwrap();
    let media = MediaService::new(
        MediaConfig::new(folder.path().join("incoming")),
        MediaPorts {
            database: database.clone(),
            store: Store::in_folder(&folder.path().join("store")).unwrap(),
            secret: InstanceSecret::new(&[7; SECRET_BYTES]),
            clock: Arc::new(Still),
            random: Arc::new(Counter::default()),
            safety: None,
        },
    );
    let corpus = corpus();
    // What it took to make the corpus does not count.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    for (what, name, bytes, expected) in corpus {
        assert_eq!(send(&media, name, &bytes).await, Err(expected), "{what}");
    }
    let peak_kb = peak_kb();
    assert!(peak_kb < MOST_KB, "the process held {peak_kb} kB");
    // Whoever decodes is still there.
    let photo = Photo::from_rgba(2, 2, vec![200; 16]).unwrap();
    assert_eq!(send(&media, "a.png", &encode_png(&photo).unwrap()).await, Ok(()));
    assert_eq!(std::fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
}

async fn send(media: &MediaService, name: &str, bytes: &[u8]) -> Result<(), ErrorCode> {
    let mut intake = media.intake().unwrap();
    for piece in bytes.chunks(64 * 1024) {
        intake.write(Bytes::copy_from_slice(piece)).await.map_err(|error| error.code())?;
    }
    let kept = media.keep_upload(UserId::new(0, 1 << 64), name, intake).await;
    kept.map(drop).map_err(|error| error.code())
}

/// The most memory that the process held since the mark was set, in kilobytes (`proc(5)`).
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
