//! What shows, takes and chooses pictures.

use std::collections::BTreeSet;

use leptos::prelude::*;
use web_sys::Url;

use super::words::DesignWords;
use crate::engine::Engine;
use crate::ui::{BeforeAfter, CameraState, CameraView, Card, FaceOutlines, FileWell, Seam};
use crate::words::language;

/// Two outlines on a picture of 768 pixels: a face, and one beside it.
const OUTLINES: [[[f32; 2]; 8]; 2] = [
    [
        [384.0, 170.0],
        [480.0, 210.0],
        [530.0, 330.0],
        [490.0, 460.0],
        [384.0, 530.0],
        [278.0, 460.0],
        [238.0, 330.0],
        [288.0, 210.0],
    ],
    [
        [120.0, 560.0],
        [170.0, 580.0],
        [190.0, 630.0],
        [170.0, 690.0],
        [120.0, 715.0],
        [70.0, 690.0],
        [50.0, 630.0],
        [70.0, 580.0],
    ],
];

#[component]
pub(super) fn Pictures() -> impl IntoView {
    let words = DesignWords::of(language());
    view! {
        <Card id="pictures" title=words.before_after><Graft/></Card>
        <Card id="wells" title=words.face><Wells/></Card>
        <Card id="camera" title=words.camera wide=true><Cameras/></Card>
    }
    .into_any()
}

/// The graft that the first page shows, with outlines to choose under it.
#[component]
fn Graft() -> impl IntoView {
    let words = DesignWords::of(language());
    let engine = expect_context::<Engine>();
    let (before, after) = engine.with_files(|files| {
        let target = files.samples.iter().find(|sample| sample.name == files.first_look.target);
        (target.map(|target| target.picture.url.clone()), files.first_look.picture.url.clone())
    });
    let picture = before.clone();
    let chosen = RwSignal::new(BTreeSet::from([0]));
    let toggled = Callback::new(move |face| {
        chosen.update(|chosen| {
            if !chosen.remove(&face) {
                chosen.insert(face);
            }
        });
    });
    let outlines = OUTLINES.iter().map(|outline| outline.to_vec()).collect();
    view! {
        <div class="design-pair">
            <div class="design-picture" data-result="true">
                <BeforeAfter seam=Seam::new()>
                    <img class="before" src=before alt=words.portrait width="768" height="768"/>
                    <img class="after" src=after alt=words.other_portrait width="768" height="768"/>
                </BeforeAfter>
            </div>
            <div class="design-picture" data-mode="choose">
                <img class="before" src=picture alt=words.portrait width="768" height="768"/>
                <FaceOutlines label=words.faces size_px=(768, 768) outlines chosen on_toggle=toggled/>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Wells() -> impl IntoView {
    let words = DesignWords::of(language());
    let name = RwSignal::new(None::<String>);
    let taken = Callback::new(move |file: web_sys::File| name.set(Some(file.name())));
    let headline = Signal::derive(move || name.get().unwrap_or_else(|| words.drop.to_owned()));
    let text = |text: &'static str| Signal::stored(text.to_owned());
    let [off, on] = [false, true].map(Signal::stored);
    view! {
        <div class="design-stack">
            <FileWell name="well" label=words.face.to_owned() headline detail=text(words.drop_hint) busy=off on_file=taken>""</FileWell>
            <FileWell name="well-busy" label=words.reading.to_owned() headline=text(words.reading) detail=text(words.long_text) busy=on on_file=taken>""</FileWell>
        </div>
    }
    .into_any()
}

/// A camera that works, and two that say why they do not.
#[component]
fn Cameras() -> impl IntoView {
    let words = DesignWords::of(language());
    let photo = RwSignal::new(None::<String>);
    let taken = Callback::new(move |file: web_sys::Blob| {
        if let Some(before) = photo.get_untracked() {
            let _ = Url::revoke_object_url(&before);
        }
        photo.set(Url::create_object_url_with_blob(&file).ok());
    });
    view! {
        <div class="design-pair">
            <CameraView on_photo=taken/>
            <CameraView state=CameraState::Refused on_photo=taken/>
            <CameraView state=CameraState::Asking on_photo=taken/>
            {move || photo.get().map(|photo| view! { <img class="design-photo" src=photo alt=words.photo_taken/> })}
        </div>
    }
    .into_any()
}
