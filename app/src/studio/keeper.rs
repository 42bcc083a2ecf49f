//! Keeps the studio while the visitor looks at other pages.

use leptos::prelude::*;

use super::session::Studio;
use crate::engine::Engine;
use crate::words::language;

/// What outlives the studio's page: photos and wishes.
///
/// It lies in the app's context. The studio itself is made by the page that asks first, because its code is fetched with
/// that page.
#[derive(Clone)]
pub(crate) struct StudioKeeper {
    engine: Engine,
    studio: StoredValue<Option<Studio>>,
    owner: Owner,
}

impl StudioKeeper {
    /// An empty place in the owner of the caller, which the studio's signals will live as long as.
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine, studio: StoredValue::new(None), owner: Owner::current().unwrap_or_default() }
    }

    /// The studio of this visit.
    pub(crate) fn studio(&self) -> Studio {
        self.studio.get_value().unwrap_or_else(|| {
            let made = self.owner.with(|| Studio::new(self.engine, language()));
            self.studio.set_value(Some(made));
            made
        })
    }
}
