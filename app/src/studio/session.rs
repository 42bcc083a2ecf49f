//! What the studio knows and does: the two photos, the wishes, the engine, the result.

use std::collections::BTreeSet;
use std::future::Future;

use contract::assets::SampleView;
use contract::studio::{Slot, SwapReport};
use contract::swaps::{LabelOptions, PhotoView, SwapOptions};
use contract::{ErrorCode, Language};
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::pace::Pace;
use super::photos::{Origin, Photo, slots_for};
use super::words::{Phase, StudioWords};
use crate::engine::{self, Engine, EngineState, Hold};
use crate::gallery::gallery;

/// A failure that the visitor has not put aside yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What went wrong.
    pub(crate) code: ErrorCode,
    /// With which place, if with one.
    pub(crate) slot: Option<Slot>,
    /// What the photo is called, if it is known.
    pub(crate) photo: Option<String>,
    /// Whether the server sent a form back with it: nothing that happens here settles that.
    pub(crate) sent_back: bool,
}

/// One of the two places for a photo.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The photo that lies there.
    pub(crate) photo: RwSignal<Option<Photo>>,
    /// What the photo is called that is being opened.
    pub(crate) opening: RwSignal<Option<String>>,
    /// Counts what was put here: of two that are opened, the later one wins.
    ticket: StoredValue<u32>,
}

impl Place {
    fn new(sample: Option<&SampleView>) -> Self {
        Self {
            photo: RwSignal::new(sample.map(Photo::of_sample)),
            opening: RwSignal::new(None),
            ticket: StoredValue::new(0),
        }
    }

    fn take_ticket(self) -> u32 {
        self.ticket.update_value(|ticket| *ticket += 1);
        self.ticket()
    }

    /// Counts what was opened here.
    pub(super) fn ticket(self) -> u32 {
        self.ticket.get_value()
    }

    pub(super) fn has_own(self) -> bool {
        self.photo.with_untracked(|photo| photo.as_ref().is_some_and(Photo::is_own))
    }

    /// Whether the engine has found a face in it.
    pub(crate) fn has_faces(self) -> bool {
        self.photo.with_untracked(|photo| photo.as_ref().is_some_and(|photo| !photo.faces().is_empty()))
    }
}

/// The studio of this page: signals, and what can be done to them.
#[derive(Clone, Copy)]
pub(crate) struct Studio {
    /// The page's engine.
    pub(crate) engine: Engine,
    /// The right to the engine's places, as long as this is the page that is looked at.
    hold: StoredValue<Hold>,
    /// The gallery.
    samples: StoredValue<Vec<SampleView>>,
    /// The language it speaks.
    pub(crate) language: Language,
    /// The face to use.
    pub(crate) source: Place,
    /// The picture to change.
    pub(crate) target: Place,
    /// Other photos of the source's person.
    pub(crate) more: RwSignal<Vec<Photo>>,
    /// Which of the source's faces is used.
    pub(crate) source_face: RwSignal<usize>,
    /// Which of the target's faces change.
    pub(crate) target_faces: RwSignal<BTreeSet<usize>>,
    /// 0 to 100.
    pub(crate) likeness: RwSignal<u8>,
    /// 0 to 100.
    pub(crate) skin_tone: RwSignal<u8>,
    /// Where the label stands on what is made of the result.
    pub(crate) label: RwSignal<LabelOptions>,
    /// The last graft that stands on the stage.
    pub(crate) result: RwSignal<Option<SwapReport>>,
    /// Whether a graft runs.
    pub(crate) grafting: RwSignal<bool>,
    /// What went wrong, the latest last.
    pub(crate) troubles: RwSignal<Vec<Trouble>>,
    /// Whether files are being dragged over the page.
    pub(crate) dragging: RwSignal<bool>,
    /// The place that was touched last: where a pasted photo goes when both are taken.
    pub(crate) last_touched: RwSignal<Slot>,
    /// When to graft.
    pub(super) pace: StoredValue<Pace>,
    /// Counts what was put on the stage: a graft that was made for an earlier picture is thrown away.
    pub(super) epoch: StoredValue<u32>,
}

impl Studio {
    /// The studio with the first two samples in place.
    pub(crate) fn new(engine: Engine, language: Language) -> Self {
        let samples = gallery(engine, language);
        let defaults = SwapOptions::default();
        let source = Place::new(samples.first());
        let target = Place::new(samples.get(1).or(samples.first()));
        let studio = Self {
            engine,
            hold: StoredValue::new(Hold::default()),
            samples: StoredValue::new(samples),
            language,
            source,
            target,
            more: RwSignal::default(),
            source_face: RwSignal::new(0),
            target_faces: RwSignal::default(),
            likeness: RwSignal::new(defaults.likeness),
            skin_tone: RwSignal::new(defaults.skin_tone),
            label: RwSignal::new(defaults.label),
            result: RwSignal::new(None),
            grafting: RwSignal::new(false),
            troubles: RwSignal::default(),
            dragging: RwSignal::new(false),
            last_touched: RwSignal::new(Slot::Source),
            pace: StoredValue::new(Pace::default()),
            epoch: StoredValue::new(0),
        };
        Effect::new(move |_| studio.follow_engine());
        studio
    }

    /// Says what the engine's start has come to.
    fn follow_engine(self) {
        match self.engine.state().get() {
            EngineState::Ready => self.recovered(),
            EngineState::Failed { code } => self.fail(code, None, None),
            EngineState::Asleep | EngineState::Loading { .. } => {}
        }
    }

    /// What it says.
    pub(crate) const fn words(self) -> &'static StudioWords {
        StudioWords::of(self.language)
    }

    /// The place of a slot.
    pub(crate) const fn place(self, slot: Slot) -> Place {
        match slot {
            Slot::Source => self.source,
            Slot::Target => self.target,
        }
    }

    /// The gallery.
    pub(crate) fn samples(self) -> Vec<SampleView> {
        self.samples.get_value()
    }

    /// Whether the visitor has not brought a photo yet.
    pub(crate) fn is_first_look(self) -> bool {
        !self.source.photo.with(|photo| photo.as_ref().is_some_and(Photo::is_own))
            && !self.target.photo.with(|photo| photo.as_ref().is_some_and(Photo::is_own))
    }

    /// What the stage is doing.
    pub(crate) fn phase(self) -> Phase {
        let looking = self.source.opening.with(Option::is_some) || self.target.opening.with(Option::is_some);
        match self.engine.state().get() {
            EngineState::Loading { .. } => Phase::Loading,
            EngineState::Failed { .. } => Phase::Failed,
            EngineState::Asleep | EngineState::Ready => {
                if looking {
                    Phase::Looking
                } else if self.grafting.get() {
                    Phase::Grafting
                } else if self.result.with(Option::is_some) {
                    Phase::Done
                } else if self.troubles.with(|troubles| !troubles.is_empty()) {
                    Phase::Failed
                } else {
                    Phase::Idle
                }
            }
        }
    }

    /// Called in the browser when the studio's page appears: starts the engine with what lies in the places, or makes
    /// the result again after a look at another page, whose canvas went with it.
    pub(crate) fn wake(self) {
        if self.holds_engine() {
            match self.engine.state().get_untracked() {
                EngineState::Ready if self.target.has_faces() => return self.graft_now(),
                EngineState::Ready | EngineState::Loading { .. } => {
                    // The live page has opened the face only.
                    if self.target.opening.with_untracked(Option::is_none) {
                        self.reopen(Slot::Target);
                    }
                    return;
                }
                EngineState::Asleep | EngineState::Failed { .. } => {}
            }
        }
        self.take_engine();
        self.reopen(Slot::Source);
        self.reopen(Slot::Target);
    }

    /// Called in the browser when the live page appears: the engine gets the face, and the picture to change can wait.
    pub(crate) fn wake_for_face(self) {
        let state = self.engine.state().get_untracked();
        if !self.holds_engine() || !matches!(state, EngineState::Ready | EngineState::Loading { .. }) {
            self.take_engine();
            self.reopen(Slot::Source);
        }
    }

    fn take_engine(self) {
        self.hold.set_value(self.engine.take());
        // The reopening says what goes wrong with the start.
        let _ = self.engine.start();
    }

    /// Whether the engine's places hold what this studio has put there.
    pub(super) fn holds_engine(self) -> bool {
        self.engine.is_held(self.hold.get_value())
    }

    /// Puts a sample in a place.
    pub(crate) fn open_sample(self, slot: Slot, sample: &SampleView) {
        self.make_ready_for(slot);
        let address = sample.picture.url.clone();
        self.open(slot, Photo::of_sample(sample), async move { engine::bytes_of_address(&address).await });
    }

    /// Puts a file of the visitor's in a place.
    pub(crate) fn open_file(self, slot: Slot, file: web_sys::File) {
        self.make_ready_for(slot);
        let title = file.name();
        let Some(url) = browser::remember_file(file.clone().into()) else {
            self.fail(ErrorCode::Internal, Some(slot), Some(title));
            return;
        };
        let photo =
            Photo { origin: Origin::Own, title, sizes: None, thumbnail: url.clone(), url, view: None };
        self.open(slot, photo, async move { browser::bytes_of_file(&file).await });
    }

    /// Finds places for files that were dropped or pasted.
    pub(crate) fn open_files(self, files: Vec<web_sys::File>, over: Option<Slot>) {
        let own = |slot| self.place(slot).has_own();
        let places = slots_for(files.len(), over, own, self.last_touched.get_untracked());
        for (slot, at) in places {
            if let Some(file) = files.get(at) {
                self.open_file(slot, file.clone());
            }
        }
    }

    /// Exchanges the two photos.
    pub(crate) fn exchange(self) {
        let (source, target) = (self.source.photo.get_untracked(), self.target.photo.get_untracked());
        let (Some(source), Some(target)) = (source, target) else { return };
        self.troubles.set(Vec::new());
        self.reopen_as(Slot::Source, target);
        self.reopen_as(Slot::Target, source);
    }

    /// Remembers where the visitor's hand was.
    pub(crate) fn touch(self, slot: Slot) {
        self.last_touched.set(slot);
    }

    /// Uses another of the source's faces.
    pub(crate) fn choose_source_face(self, face: usize) {
        self.source_face.set(face);
        self.graft_now();
    }

    /// Changes one of the target's faces, or leaves it as it is.
    pub(crate) fn toggle_target_face(self, face: usize) {
        self.target_faces.update(|chosen| {
            if !chosen.remove(&face) {
                chosen.insert(face);
            }
        });
        if self.target_faces.with_untracked(BTreeSet::is_empty) {
            self.clear_result();
        }
        self.graft_now();
    }

    /// Shows a failure until it is put aside; a later one of the same place takes its room.
    pub(crate) fn complain(self, trouble: Trouble) {
        self.troubles.update(|troubles| {
            troubles.retain(|earlier| earlier.slot != trouble.slot);
            troubles.push(trouble);
        });
    }

    /// Puts a failure aside: the visitor's hand, or another photo in the same place.
    pub(crate) fn dismiss(self, slot: Option<Slot>) {
        self.forget_troubles(|trouble| trouble.slot == slot);
    }

    fn forget_troubles(self, is_past: impl Fn(&Trouble) -> bool) {
        if self.troubles.with_untracked(|troubles| troubles.iter().any(&is_past)) {
            self.troubles.update(|troubles| troubles.retain(|trouble| !is_past(trouble)));
        }
    }

    /// What was wrong with the engine, or with the last graft, is so no more.
    pub(super) fn recovered(self) {
        self.forget_troubles(|trouble| trouble.slot.is_none() && !trouble.sent_back);
    }

    pub(crate) fn fail(self, code: ErrorCode, slot: Option<Slot>, photo: Option<String>) {
        self.complain(Trouble { code, slot, photo, sent_back: false });
    }

    /// The visitor brings another photo to a place.
    fn make_ready_for(self, slot: Slot) {
        self.touch(slot);
        self.dismiss(Some(slot));
        if self.engine.state().get_untracked().is_failed() {
            // A new engine starts, and it does not know the other photo.
            self.reopen(if slot == Slot::Source { Slot::Target } else { Slot::Source });
        }
    }

    /// Opens again what already lies in a place: the engine has forgotten it, or never knew it.
    fn reopen(self, slot: Slot) {
        if let Some(photo) = self.place(slot).photo.get_untracked() {
            self.reopen_as(slot, photo);
        }
    }

    fn reopen_as(self, slot: Slot, photo: Photo) {
        let url = photo.url.clone();
        self.open(slot, photo, async move {
            match browser::remembered_file(&url) {
                Some(file) => browser::bytes_of_file(&file).await,
                None => engine::bytes_of_address(&url).await,
            }
        });
    }

    fn open(
        self,
        slot: Slot,
        photo: Photo,
        bytes: impl Future<Output = Result<ArrayBuffer, ErrorCode>> + 'static,
    ) {
        let place = self.place(slot);
        let ticket = place.take_ticket();
        let is_latest = move || place.ticket.get_value() == ticket;
        place.opening.set(Some(photo.title.clone()));
        spawn_local(async move {
            let opened = async {
                let bytes = bytes.await?;
                let engine = self.engine.start()?;
                engine.ready().await?;
                // While the engine was loading, the visitor may have chosen another photo: this one is not wanted.
                if !is_latest() {
                    return Ok(None);
                }
                // Or gone to another page, which uses the engine now: it is opened on the way back.
                if !self.holds_engine() {
                    place.photo.set(Some(photo.clone()));
                    return Ok(None);
                }
                engine::open(&engine, slot, bytes).await.map(Some)
            };
            let opened = opened.await;
            if is_latest() {
                place.opening.set(None);
            }
            let changed = matches!(opened, Ok(Some(_)));
            match opened {
                // Also when a later one is on its way: this is what the engine now has, and the later one may fail.
                Ok(Some(view)) => self.put(slot, photo, view),
                Ok(None) => self.let_go(&photo),
                Err(code) => {
                    self.let_go(&photo);
                    // The engine's own failure is told once, by its start.
                    if is_latest() && !self.engine.state().get_untracked().is_failed() {
                        self.fail(code, Some(slot), Some(photo.title));
                    }
                }
            }
            // Two photos that come together make one graft, when the second has come or has failed.
            if !self.is_opening() && (changed || self.result.with_untracked(Option::is_none)) {
                self.graft_now();
            }
        });
    }

    fn put(self, slot: Slot, photo: Photo, view: PhotoView) {
        let faces = view.faces.len();
        let before = self.place(slot).photo.get_untracked();
        let is_same = before.as_ref().is_some_and(|before| before.url == photo.url);
        match slot {
            Slot::Source => {
                self.source_face.set(0);
                if is_same { self.reopen_more() } else { self.forget_more() }
            }
            Slot::Target => {
                self.clear_result();
                self.target_faces.set((0..faces).collect());
            }
        }
        self.place(slot).photo.set(Some(Photo { view: Some(view), ..photo }));
        if let Some(before) = before {
            self.let_go(&before);
        }
    }

    fn is_opening(self) -> bool {
        self.source.opening.with_untracked(Option::is_some)
            || self.target.opening.with_untracked(Option::is_some)
    }

    /// Gives a file's memory back, if neither place shows it.
    fn let_go(self, photo: &Photo) {
        let shown = |place: Place| {
            place.photo.with_untracked(|shown| shown.as_ref().is_some_and(|p| p.url == photo.url))
        };
        // What is being opened may be the same file again, in the other place.
        if photo.is_own() && !shown(self.source) && !shown(self.target) && !self.is_opening() {
            browser::forget_file(&photo.url);
        }
    }

    pub(super) fn clear_result(self) {
        self.epoch.update_value(|epoch| *epoch += 1);
        self.result.set(None);
    }
}
