//! The reader of uploads: any bytes, within limits that keep one run short.
#![no_main]

use engine::codec::{Limits, decode};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_bytes: 1 << 20, max_pixels: 1 << 20, max_side: 4096 };

fuzz_target!(init: fuzz::let_decoders_panic(), |bytes: &[u8]| {
    if let Ok(photo) = decode(bytes, &LIMITS) {
        let (width, height) = (u64::from(photo.width()), u64::from(photo.height()));
        assert!(width * height <= LIMITS.max_pixels);
        assert_eq!(photo.rgba().len() as u64, width * height * 4);
    }
});
