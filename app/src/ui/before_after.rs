//! The picture as it was and as it is, and the seam between them.

use leptos::ev::PointerEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::icon::{Glyph, Icon};
use super::words::{UiWords, percent_grafted};
use crate::words::language;

/// Where a seam can stand, in hundredths of a percent of the picture's width. Whole numbers: to read and print fractions takes
/// 20 kB of code, which the first page would carry.
const RIGHT: u32 = 100 * PERCENT;
const MIDDLE: u32 = 50 * PERCENT;
const PERCENT: u32 = 100;

/// The seam of one picture: where it stands, and how to move it.
#[derive(Clone, Copy)]
pub(crate) struct Seam {
    at: RwSignal<u32>,
    /// Whether all of the picture is shown as it was.
    pub(crate) comparing: RwSignal<bool>,
    frame: NodeRef<Div>,
}

impl Seam {
    /// A seam in the middle.
    pub(crate) fn new() -> Self {
        Self { at: RwSignal::new(MIDDLE), comparing: RwSignal::new(false), frame: NodeRef::new() }
    }

    /// Draws a new result open: the seam comes from the right edge to the middle.
    pub(crate) fn sweep(self) {
        let Some(frame) = self.frame.get_untracked() else { return };
        self.comparing.set(false);
        glide(&frame, false);
        place(&frame, RIGHT);
        request_animation_frame(move || {
            request_animation_frame(move || {
                glide(&frame, true);
                self.at.set(MIDDLE);
                place(&frame, MIDDLE);
            });
        });
    }

    fn move_to(self, at: u32) {
        self.comparing.set(false);
        self.at.set(at.min(RIGHT));
    }

    /// In whole percent, as the slider has it.
    fn percent(self) -> u32 {
        (self.at.get() + PERCENT / 2) / PERCENT
    }

    fn follow(self, event: &PointerEvent) {
        let Some(frame) = self.frame.get_untracked() else { return };
        let place = Element::get_bounding_client_rect(&frame);
        if place.width() > 0.0 {
            let share = (f64::from(event.client_x()) - place.left()) / place.width();
            self.move_to((share.max(0.0) * f64::from(RIGHT)).round() as u32);
        }
    }
}

/// Two pictures in one frame: of the children, those of class `after` are cut where the seam stands. The frame takes the
/// size of what is around it.
#[component]
pub(crate) fn BeforeAfter(
    seam: Seam,
    /// What lies over both, such as outlines.
    #[prop(default = None)]
    over: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    Effect::new(move |_| {
        let shown = if seam.comparing.get() { RIGHT } else { seam.at.get() };
        if let Some(frame) = seam.frame.get() {
            place(&frame, shown);
        }
    });
    view! {
        <div class="frame" node_ref=seam.frame>
            {children()}
            <div class="light" aria-hidden="true"></div>
            <Handle seam/>
            {over}
        </div>
    }
    .into_any()
}

/// The handle: a slider for the keyboard, and the whole picture to drag on or to press.
#[component]
fn Handle(seam: Seam) -> impl IntoView {
    let dragging = StoredValue::new(false);
    let gliding = move |on| {
        if let Some(frame) = seam.frame.get_untracked() {
            glide(&frame, on);
        }
    };
    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(field) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = field.set_pointer_capture(event.pointer_id());
        }
        dragging.set_value(true);
        gliding(false);
        seam.follow(&event);
    };
    let moved = move |event: PointerEvent| {
        if dragging.get_value() {
            seam.follow(&event);
        }
    };
    let let_go = move |_: PointerEvent| {
        dragging.set_value(false);
        gliding(true);
    };
    let typed = move |event| {
        if let Ok(percent) = event_target_value(&event).parse::<u32>() {
            seam.move_to(percent * PERCENT);
        }
    };
    let spoken = language();
    view! {
        <div class="seam-field" on:pointerdown=down on:pointermove=moved on:pointerup=let_go on:pointercancel=let_go>
            <input
                class="seam-input"
                type="range"
                min="0"
                max="100"
                value="50"
                prop:value=move || seam.percent().to_string()
                aria-label=UiWords::of(spoken).before_and_after
                aria-valuetext=move || percent_grafted(100 - seam.percent(), spoken)
                on:input=typed
            />
            <div class="seam" aria-hidden="true">
                <span class="seam-handle"><Icon glyph=Glyph::Handle/></span>
            </div>
        </div>
    }
    .into_any()
}

/// The policy forbids style attributes; scripts may set properties.
fn place(frame: &HtmlElement, at: u32) {
    let _ = frame.style().set_property("--seam", &format!("{}.{:02}%", at / PERCENT, at % PERCENT));
}

fn glide(frame: &HtmlElement, on: bool) {
    let _ = frame.set_attribute("data-glide", if on { "true" } else { "false" });
}
