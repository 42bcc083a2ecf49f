//! Whose faces are used: for each one a statement, kept, chained to all before it, bound to what was made on it, and
//! withdrawn together with that (`docs/adr/0036-consent.md`).

mod chain;
mod error;
mod personal;
mod repository;
mod service;

pub use chain::ChainFault;
pub use error::ConsentError;
pub use personal::Statements;
pub use service::{ConsentService, Source};
