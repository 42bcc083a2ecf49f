//! The page's side of the engine: starting it, talking to it, showing what it makes. Home and studio share one engine.

mod browser;
mod client;
mod shared;
mod words;

pub(crate) use browser::{bytes_of_address, show};
pub(crate) use client::{EngineClient, open};
pub(crate) use shared::{Engine, EngineState, Hold};
pub(crate) use words::{EngineWords, done};
