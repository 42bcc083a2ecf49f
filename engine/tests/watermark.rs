//! The invisible mark on portraits of nobody; `examples/watermark.rs` is the long form.

#[path = "common/mottling.rs"]
mod mottling;
#[path = "common/travel.rs"]
mod travel;

use engine::Photo;
use engine::watermark::{detect, embed};
use mottling::mottling;
use portrait::Portrait;
use travel::{PROMISED, WAYS, psnr_db};

fn portrait(seed: u64, width: u32, height: u32) -> Photo {
    let drawing = portrait::render(&Portrait::nobody(seed), width, height);
    Photo::from_rgba(drawing.width, drawing.height, drawing.rgba).expect("sizes agree")
}

fn read(photo: &Photo) -> Option<u64> {
    detect(photo).map(|found| found.payload)
}

#[test]
fn it_is_not_seen_and_outlives_jpeg_half_size_and_a_crop() {
    for (seed, width, height) in [(1, 512, 512), (2, 640, 480), (3, 600, 901), (4, 1024, 1024)] {
        let picture = portrait(seed, width, height);
        let payload = seed.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let mut marked = picture.clone();
        embed(&mut marked, payload);
        assert!(psnr_db(&picture, &marked) >= 42.0, "portrait {seed}");
        for way in &WAYS[..PROMISED] {
            let arrived = (way.go)(&marked, seed as u32);
            assert_eq!(read(&arrived), Some(payload), "portrait {seed}, {}", way.name);
        }
    }
}

#[test]
fn a_flat_background_stays_flat() {
    for (width, height, most) in [(512, 512, 0.7), (768, 768, 0.8), (1200, 900, 0.9)] {
        let gradient = |i: u32| 90 + (80 * (i % width) / width) as u8;
        let pixels = (0..width * height).flat_map(|i| [gradient(i), gradient(i), gradient(i) / 2, 255]);
        let picture = Photo::from_rgba(width, height, pixels.collect()).expect("sizes agree");
        let mut marked = picture.clone();
        embed(&mut marked, 0x0123_4567_89AB_CDEF);
        for way in &WAYS[..PROMISED] {
            assert_eq!(read(&(way.go)(&marked, 1)), Some(0x0123_4567_89AB_CDEF), "{width} px, {}", way.name);
        }
        let seen = mottling(&picture, &marked).expect("all of it is flat");
        assert!(seen < most, "{width} px: {seen}");
    }
}

#[test]
fn pictures_without_a_mark_have_none() {
    for seed in 10..14 {
        assert_eq!(detect(&portrait(seed, 320, 320)), None, "portrait {seed}");
    }
    for grey in [0, 128, 255] {
        let plain = Photo::from_rgba(300, 200, vec![grey; 300 * 200 * 4]).expect("sizes agree");
        assert_eq!(detect(&plain), None, "grey {grey}");
    }
}

#[test]
fn a_later_mark_takes_the_place_of_an_earlier_one() {
    let mut picture = portrait(5, 640, 640);
    for payload in [1, u64::MAX, 0x0123_4567_89AB_CDEF] {
        embed(&mut picture, payload);
        assert_eq!(read(&picture), Some(payload));
    }
}

#[test]
fn any_size_can_be_marked_and_alpha_stays() {
    for (width, height) in [(1, 1), (1, 400), (3000, 2), (16, 16), (127, 129)] {
        let pixels: Vec<u8> = (0..width * height * 4).map(|i| (i * 31 % 251) as u8).collect();
        let mut photo = Photo::from_rgba(width, height, pixels.clone()).expect("sizes agree");
        embed(&mut photo, 7);
        let alpha = |pixels: &[u8]| pixels.iter().skip(3).step_by(4).copied().collect::<Vec<_>>();
        assert_eq!(alpha(photo.rgba()), alpha(&pixels));
        let _ = detect(&photo);
    }
}
