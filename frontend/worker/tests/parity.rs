//! The engine gives the same picture in the browser as on the server.
//!
//! `cargo xtask test wasm` lays two samples and the swap that the native `mog` made of them in one folder, and runs this
//! as wasm in Node.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::convert::Infallible;

use contract::swaps::SwapOptions;
use engine::photo::Photo;
use engine::{Engine, ModelFiles};
use js_sys::Uint8Array;
use studio::Opened;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "node:fs")]
extern "C" {
    #[wasm_bindgen(js_name = readFileSync, catch)]
    fn read_file_sync(path: &str) -> Result<Uint8Array, JsValue>;
}

/// How alike both must be, in decibels: the invisible mark of the native file (docs/PROVENANCE.md) is at 42 dB, and a graft that
/// differs is far below.
const LEAST_PSNR_DB: f64 = 40.0;

fn read(name: &str) -> Vec<u8> {
    let Some(folder) = option_env!("MOG_PARITY") else {
        panic!("run `cargo xtask test wasm`, which sets MOG_PARITY")
    };
    read_file_sync(&format!("{folder}/{name}"))
        .unwrap_or_else(|_| panic!("{folder}/{name} cannot be read"))
        .to_vec()
}

fn engine() -> Engine {
    let Ok(models) = ModelFiles::read(|name| Ok::<_, Infallible>(read(name)));
    Engine::load(&models, &engine::cpu()).unwrap()
}

/// Peak signal-to-noise ratio of the colours, in decibels (ITU-T J.340), of the upper three quarters: what the native command
/// gives out has the label below.
fn psnr_db(a: &Photo, b: &Photo) -> f64 {
    assert_eq!((a.width(), a.height()), (b.width(), b.height()));
    let square = |(x, y): (&u8, &u8)| (f64::from(*x) - f64::from(*y)).powi(2);
    let pixels = a.width() as usize * (a.height() as usize * 3 / 4);
    let error: f64 = a.rgba().iter().zip(b.rgba()).take(4 * pixels).map(square).sum();
    let mean = error / (pixels as f64 * 3.0);
    10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
}

#[wasm_bindgen_test]
fn a_swap_as_wasm_equals_the_native_one() {
    let engine = engine();
    let open = |name| Opened::read(&engine, &read(name)).unwrap();
    let (sources, target, native) = ([open("source.webp")], open("target.webp"), open("native.png"));
    let swapped = studio::swap(&engine, &sources, &target, &SwapOptions::default()).unwrap();
    let alike_db = psnr_db(&swapped.photo, native.photo());
    assert!(alike_db >= LEAST_PSNR_DB, "native and wasm differ: {alike_db:.1} dB");
    let changed_db = psnr_db(&swapped.photo, target.photo());
    assert!(changed_db < 40.0, "the swap changed nothing: {changed_db:.1} dB");
    wasm_bindgen_test::console_log!(
        "native against wasm: {alike_db:.1} dB; result against target: {changed_db:.1} dB"
    );
}
