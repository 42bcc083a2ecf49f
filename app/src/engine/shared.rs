//! The one engine of a page, whoever uses it.

use std::rc::Rc;

use contract::ErrorCode;
use contract::assets::StudioFiles;
use contract::studio::Boot;
use leptos::prelude::*;

use super::client::EngineClient;

/// How far the engine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EngineState {
    /// Nobody has asked for it: on the server, and without JavaScript.
    Asleep,
    /// On its way.
    Loading {
        /// So far.
        received_bytes: u64,
        /// In all; zero while unknown.
        total_bytes: u64,
    },
    /// Requests are welcome.
    Ready,
    /// It will not start.
    Failed {
        /// Why.
        code: ErrorCode,
    },
}

impl EngineState {
    /// Whether it is on its way.
    pub(crate) const fn is_loading(self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Whether it will not start.
    pub(crate) const fn is_failed(self) -> bool {
        matches!(self, Self::Failed { .. })
    }

    /// How much has arrived, 0 to 100, once that can be said.
    pub(crate) fn percent(self) -> Option<u8> {
        match self {
            Self::Loading { received_bytes, total_bytes } if total_bytes > 0 => {
                Some((100 * received_bytes / total_bytes).min(100) as u8)
            }
            _ => None,
        }
    }
}

/// The right to the engine's two places for photos, until somebody else takes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hold(u32);

/// The engine, above all pages: a look at another page does not stop it.
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    files: StoredValue<StudioFiles>,
    holder: StoredValue<Hold>,
    state: RwSignal<EngineState>,
}

impl Engine {
    /// An engine that sleeps.
    pub(crate) fn new(files: StudioFiles) -> Self {
        Self {
            files: StoredValue::new(files),
            holder: StoredValue::new(Hold::default()),
            state: RwSignal::new(EngineState::Asleep),
        }
    }

    /// How far it is.
    pub(crate) fn state(self) -> Signal<EngineState> {
        self.state.into()
    }

    /// What it is made of, and the samples to try it with.
    pub(crate) fn with_files<T>(self, read: impl FnOnce(&StudioFiles) -> T) -> T {
        self.files.with_value(read)
    }

    /// The running engine, or a new one.
    ///
    /// # Errors
    /// Why it cannot be started.
    pub(crate) fn start(self) -> Result<Rc<EngineClient>, ErrorCode> {
        let started =
            self.files.with_value(|files| EngineClient::get_or_start(files, move |boot| self.booting(&boot)));
        match (&started, self.state.get_untracked()) {
            (Ok(_), EngineState::Asleep | EngineState::Failed { .. }) => {
                self.state.set(EngineState::Loading { received_bytes: 0, total_bytes: 0 });
            }
            (Err(code), _) => self.booting(&Boot::Failed { code: *code }),
            _ => {}
        }
        started
    }

    /// Takes both places: what another page has opened is forgotten from here on.
    pub(crate) fn take(self) -> Hold {
        self.holder.update_value(|holder| holder.0 += 1);
        self.holder.get_value()
    }

    /// Whether the places are still those that were taken.
    pub(crate) fn is_held(self, hold: Hold) -> bool {
        self.holder.get_value() == hold
    }

    fn booting(self, boot: &Boot) {
        self.state.set(match *boot {
            Boot::Loading { received_bytes, total_bytes } => {
                EngineState::Loading { received_bytes, total_bytes }
            }
            Boot::Ready => EngineState::Ready,
            Boot::Failed { code } => EngineState::Failed { code },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_known_once_the_whole_is() {
        assert_eq!(EngineState::Loading { received_bytes: 0, total_bytes: 0 }.percent(), None);
        assert_eq!(EngineState::Loading { received_bytes: 1, total_bytes: 4 }.percent(), Some(25));
        assert_eq!(EngineState::Loading { received_bytes: 9, total_bytes: 4 }.percent(), Some(100));
        assert_eq!(EngineState::Ready.percent(), None);
    }

    #[test]
    fn who_takes_the_places_ends_the_hold_before() {
        Owner::new().with(|| {
            let engine = Engine::new(StudioFiles::default());
            let home = engine.take();
            assert!(engine.is_held(home));
            let studio = engine.take();
            assert!(engine.is_held(studio) && !engine.is_held(home));
        });
    }
}
