//! The certificate of the result on the stage: what was kept of the picture, measured when somebody wants to know.

use contract::ErrorCode;
use contract::quality::{CertificateView, Reading};
use contract::studio::{Reply, Request};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::quality_words::{QualityWords, grade_name, measure_name, value_text, verdict};
use super::session::Studio;
use crate::ui::{Glyph, Icon, Progress, face_of};

/// The sheet's id.
const SHEET: &str = "quality";

/// A button, and the sheet with the readings that it opens.
#[component]
pub(super) fn Quality() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = QualityWords::of(studio.language);
    let open = RwSignal::new(false);
    let certificate = RwSignal::new(None::<CertificateView>);
    // While the sheet is open, each new result is measured; a closed one costs nothing.
    Effect::new(move |_| {
        let is_wanted = studio.result.with(Option::is_some) && open.get();
        certificate.set(None);
        if is_wanted {
            spawn_local(async move {
                match studio.certify().await {
                    Ok(measured) => certificate.set(Some(measured)),
                    Err(code) => studio.fail(code, None, None),
                }
            });
        }
    });
    let toggled = move |event: leptos::ev::Event| {
        let sheet = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        open.set(sheet.is_some_and(|sheet| sheet.matches(":popover-open") == Ok(true)));
    };
    view! {
        <button
            class="button quality-button"
            type="button"
            aria-label=words.quality
            popovertarget=SHEET
            disabled=move || studio.result.with(Option::is_none)
        >
            <Icon glyph=Glyph::Done/>
            <span class="wide">{words.quality}</span>
        </button>
        <div
            class="sheet sheet-quality glass-dark"
            id=SHEET
            popover="auto"
            role="group"
            aria-label=words.title
            aria-live="polite"
            on:toggle=toggled
        >
            {move || match certificate.get() {
                Some(certificate) => view! { <Certificate certificate/> }.into_any(),
                None => view! { <Progress label=words.measuring percent=None/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Certificate(certificate: CertificateView) -> impl IntoView {
    let language = expect_context::<Studio>().language;
    let words = QualityWords::of(language);
    let CertificateView { grade, faces, background } = certificate;
    let count = faces.len();
    let of_faces = faces.into_iter().enumerate().map(|(face, readings)| {
        // One face needs no name.
        let name =
            (count > 1).then(|| view! { <h3 class="quality-face">{face_of(face, count, language)}</h3> });
        view! { {name} <Readings readings/> }
    });
    view! {
        <p class="quality-verdict" data-grade=grade.as_str()>{verdict(grade, language)}</p>
        {of_faces.collect_view()}
        <Readings readings=vec![background]/>
        <p class="quality-note">{words.note}</p>
    }
    .into_any()
}

/// Measures with their values and grades.
#[component]
pub(crate) fn Readings(readings: Vec<Reading>) -> impl IntoView {
    let language = expect_context::<Studio>().language;
    let rows = readings.into_iter().map(|Reading { measure, value, grade }| {
        let (name, about) = measure_name(measure, language);
        view! {
            <div class="reading" data-grade=grade.as_str()>
                <dt>{name}<small>{about}</small></dt>
                <dd>{value_text(measure, value, language)}<small>{grade_name(grade, language)}</small></dd>
            </div>
        }
    });
    view! { <dl class="readings">{rows.collect_view()}</dl> }.into_any()
}

impl Studio {
    /// Has the engine measure what is on the stage.
    async fn certify(self) -> Result<CertificateView, ErrorCode> {
        let answer = self.engine.start()?.ask(&Request::Certify, None).await;
        match answer.reply {
            Reply::Certified => read_measured(&answer.payload),
            Reply::Failed { code, .. } => Err(code),
            _ => Err(ErrorCode::Internal),
        }
    }
}

/// What came beside [`Reply::Certified`].
///
/// # Errors
/// [`ErrorCode::Internal`] where it is something else.
pub(crate) fn read_measured<T: DeserializeOwned>(payload: &JsValue) -> Result<T, ErrorCode> {
    postcard::from_bytes(&Uint8Array::new(payload).to_vec()).map_err(|_| ErrorCode::Internal)
}
