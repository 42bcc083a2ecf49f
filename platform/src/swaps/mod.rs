//! Swaps made on the server.

mod service;

pub use service::{SwapOutcome, SwapRequest, SwapService};
