//! The reader of the invisible mark: any pixels, of any proportions.
#![no_main]

use engine::Photo;
use engine::watermark::detect;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [width, rest @ ..] = bytes else { return };
    let width = u32::from(*width).max(1);
    let pixels: Vec<u8> = rest.iter().flat_map(|value| [*value, *value, *value, 255]).collect();
    let height = rest.len() as u32 / width;
    let pixels = pixels[..(width * height * 4) as usize].to_vec();
    let Ok(photo) = Photo::from_rgba(width, height, pixels) else { return };
    if let Some(found) = detect(&photo) {
        assert!((0.0..=1.0).contains(&found.agreement) && found.pilot_sigma.is_finite());
    }
});
