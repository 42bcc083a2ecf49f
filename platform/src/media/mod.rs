//! Pictures and documents that people keep on the server: what they send, and what was made for them.
//!
//! A file comes in pieces ([`Intake`]), is looked at before it is decoded (`inspect`), is written anew so that nothing but
//! its pixels is kept (`prepare`), and lies in a [`Store`] under its id. `docs/adr/0035-media.md` has the reasons.

mod error;
mod inspect;
mod intake;
mod integrity;
mod links;
mod model;
mod owner;
mod pdf;
mod personal;
mod prepare;
mod reading;
mod repository;
mod retention;
mod safety;
mod service;
mod store;
mod trailing;
mod withdrawal;

pub use error::MediaError;
pub use intake::Intake;
pub use integrity::Integrity;
pub use links::Signature;
pub use model::{Content, MediaConfig, Staged, Variant};
pub use personal::StoredFiles;
pub use prepare::rehearse;
pub use reading::Reader;
pub use retention::Swept;
pub use safety::{ContentSafety, SafetyError, Verdict};
pub use service::{MediaPorts, MediaService};
pub use store::Store;
