//! What people upload to keep: any bytes, under every ending that is taken.
#![no_main]

use contract::media::MediaFormat;
use libfuzzer_sys::fuzz_target;
use platform::media::rehearse;

const NAMES: [&str; 6] = ["a.jpg", "a.png", "a.gif", "a.webp", "a.pdf", "a"];

fuzz_target!(init: fuzz::let_decoders_panic(), |bytes: &[u8]| {
    let taken: Vec<MediaFormat> =
        NAMES.iter().filter_map(|name| rehearse(bytes.to_vec(), name).ok()).collect();
    assert!(taken.len() <= 1, "one file under two endings: {taken:?}");
});
