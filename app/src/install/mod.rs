//! The app as something to install, which goes on without the server (docs/adr/0025).
//!
//! What happens in the browser is `frontend/scripts/install.js`, the same small script on every page; here is what it shows. None of
//! this is the client's: the program does not grow by it.

mod button;
mod manifest;
mod notices;
mod page;
mod words;

pub(crate) use button::InstallButton;
pub use manifest::web_manifest;
pub(crate) use notices::Notices;
pub use page::OfflinePage;
