//! The app as something to install, which goes on without the server (docs/adr/0025).
//!
//! What happens in the browser is `public/install.js`, the same small script on every page; here is what it shows. None of
//! this is the client's: the program does not grow by it.

#[cfg(feature = "ssr")]
mod button;
#[cfg(feature = "ssr")]
mod head;
#[cfg(feature = "ssr")]
mod manifest;
#[cfg(feature = "ssr")]
mod notices;
#[cfg(feature = "ssr")]
mod page;
mod words;

#[cfg(feature = "ssr")]
pub(crate) use button::InstallButton;
#[cfg(feature = "ssr")]
pub(crate) use head::InstallHead;
#[cfg(feature = "ssr")]
pub use manifest::web_manifest;
#[cfg(feature = "ssr")]
pub(crate) use notices::Notices;
#[cfg(feature = "ssr")]
pub use page::OfflinePage;
