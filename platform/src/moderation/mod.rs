//! Reports from anybody, and what moderators do about them.

mod repository;
mod service;

pub use service::{ModerationError, ModerationService};
