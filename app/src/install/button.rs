//! The way to install the app.

use leptos::prelude::*;

use super::words::InstallButtonWords;
use crate::ui::{Glyph, Icon};
use crate::words::language;

/// A button that is there where the browser can install the app and has not yet. `frontend/scripts/install.js` hears it.
#[component]
pub(crate) fn InstallButton() -> impl IntoView {
    let label = InstallButtonWords::of(language()).install;
    view! {
        <button class="icon-button install-button" type="button" data-install="" aria-label=label title=label>
            <Icon glyph=Glyph::Download/>
        </button>
    }
}
