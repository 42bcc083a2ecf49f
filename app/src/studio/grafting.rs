//! What the studio does with two photos: graft at the pace of the visitor's hand, and save.

use std::time::Duration;

use contract::ErrorCode;
use contract::studio::{Reply, Request};
use contract::swaps::{LabelOptions, OutputFormat, SwapOptions};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::pace::{Pace, SETTLE_MS, Step};
use super::photos::download_name;
use super::session::Studio;

impl Studio {
    /// A slider moved.
    pub(crate) fn adjusted(self) {
        match self.advance(Pace::nudge) {
            Step::SetTimer => set_timeout(move || self.follow(Pace::due), Duration::from_millis(SETTLE_MS)),
            Step::Graft => self.graft(),
            Step::Rest => {}
        }
    }

    /// Grafts with the wishes as they are.
    pub(crate) fn graft_now(self) {
        self.follow(Pace::now);
    }

    /// Hands the result to the visitor as a file.
    pub(crate) fn save(self, format: OutputFormat) {
        let title = self
            .target
            .photo
            .with_untracked(|photo| photo.as_ref().map(|p| p.title.clone()))
            .unwrap_or_default();
        spawn_local(async move {
            let Ok(engine) = self.engine.start() else { return };
            let answer = engine.ask(&Request::Save { format, label: self.label.get_untracked() }, None).await;
            let name = download_name(&title, format.extension());
            let saved = match answer.reply {
                Reply::Saved { .. } => browser::save_file(answer.payload, format.media_type(), &name),
                Reply::Failed { code, .. } => Err(code),
                _ => Err(ErrorCode::Internal),
            };
            if let Err(code) = saved {
                self.fail(code, None, None);
            }
        });
    }

    fn wishes(self) -> Option<SwapOptions> {
        let chosen: Vec<usize> = self.target_faces.with_untracked(|chosen| chosen.iter().copied().collect());
        let possible = self.source.has_faces() && self.target.has_faces() && !chosen.is_empty();
        possible.then(|| SwapOptions {
            likeness: self.likeness.get_untracked(),
            skin_tone: self.skin_tone.get_untracked(),
            source_face: self.source_face.get_untracked(),
            target_faces: Some(chosen),
            // What is on the stage has no label: each file gets its own.
            label: LabelOptions::default(),
        })
    }

    fn advance(self, step: fn(&mut Pace) -> Step) -> Step {
        self.pace.try_update_value(step).unwrap_or(Step::Rest)
    }

    fn follow(self, step: fn(&mut Pace) -> Step) {
        if self.advance(step) == Step::Graft {
            self.graft();
        }
    }

    /// Runs one graft after another until the newest wishes are met.
    fn graft(self) {
        spawn_local(async move {
            loop {
                if let Some(options) = self.wishes() {
                    self.grafting.set(true);
                    self.graft_once(options).await;
                }
                if self.advance(Pace::finished) != Step::Graft {
                    break;
                }
            }
            self.grafting.set(false);
            self.look_for_hands();
        });
    }

    async fn graft_once(self, options: SwapOptions) {
        let Ok(engine) = self.engine.start() else { return };
        if engine.ready().await.is_err() || !self.holds_engine() {
            return;
        }
        let epoch = self.epoch.get_value();
        let answer = engine.ask(&Request::Swap { options }, None).await;
        if self.epoch.get_value() != epoch {
            return;
        }
        match answer.reply {
            Reply::Swapped { report } if browser::keep_result(answer.payload) => {
                self.recovered();
                self.result.set(Some(report));
            }
            Reply::Failed { code, slot } => {
                self.clear_result();
                self.fail(code, slot, None);
            }
            _ => self.fail(ErrorCode::Internal, None, None),
        }
    }
}
