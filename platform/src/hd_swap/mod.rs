//! Swaps of kept photos at their full size, as jobs: several sources, each face where it is wanted, the result kept.

mod compose;
mod handler;
mod service;

pub use handler::HdSwapHandler;
pub use service::HdSwapService;
