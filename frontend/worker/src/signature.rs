//! The signed manifest of a picture that is saved: its hash goes to the server, the picture stays.

use contract::provenance::{MANIFESTS_PATH, ManifestRequest, manifest_place};
use contract::swaps::OutputFormat;
use engine::sha256;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

use crate::javascript;

/// Whoever saves should not wait for a signature for long; without one, label and mark are in the picture all the same.
const PATIENCE_MS: u32 = 4000;

/// The file with its manifest; the file as it was, where the server cannot be asked.
pub(crate) async fn signed(file: Vec<u8>, format: OutputFormat, mark: u64) -> Vec<u8> {
    let request = ManifestRequest::new(format, &sha256(&file), mark);
    match manifest(&request).await {
        Ok(manifest) if file.len() > manifest_place(format) => {
            let (head, tail) = file.split_at(manifest_place(format));
            [head, &manifest, tail].concat()
        }
        _ => file,
    }
}

async fn manifest(request: &ManifestRequest) -> Result<Vec<u8>, JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/json")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    // Only hexadecimal digits and a name of ours: nothing in it needs escaping.
    let (format, sha256, mark) = (request.format.name(), &request.sha256, &request.mark);
    init.set_body(&format!(r#"{{"format":"{format}","sha256":"{sha256}","mark":"{mark}"}}"#).into());
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let answer = JsFuture::from(javascript::scope().fetch_with_str_and_init(MANIFESTS_PATH, &init)).await?;
    let answer: Response = answer.dyn_into()?;
    if !answer.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let bytes: ArrayBuffer = JsFuture::from(answer.array_buffer()?).await?.dyn_into()?;
    Ok(Uint8Array::new(&bytes).to_vec())
}
