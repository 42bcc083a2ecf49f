//! Marks every picture that leaves: the visible label, the invisible mark, and a signed manifest.

mod repository;
mod service;

pub use service::{MARKED_SECONDS, Origin, ProvenanceError, ProvenanceService};
