//! The browser's entry point: brings the server's HTML to life.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page, after the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
