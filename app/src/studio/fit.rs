//! The sliders that say how the graft is made.

use leptos::prelude::*;

use super::session::Studio;
use crate::ui::Slider;

/// Likeness and skin tone.
#[component]
pub(super) fn Fit() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let adjusted = Callback::new(move |()| studio.adjusted());
    view! {
        <section class="card card-fit glass" aria-labelledby="fit">
            <h2 class="card-title" id="fit">{words.fit}</h2>
            <Slider label=words.likeness name="likeness" hint=words.likeness_hint value=studio.likeness on_move=adjusted/>
            <Slider label=words.skin_tone name="skin_tone" hint=words.skin_tone_hint value=studio.skin_tone on_move=adjusted/>
        </section>
    }
    .into_any()
}
