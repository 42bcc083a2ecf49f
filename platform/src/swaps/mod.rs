//! Swaps made on the server.

mod service;

pub use service::{ADMITTED, SwapOutcome, SwapRequest, SwapService, WAITED_SECONDS, WORKED_SECONDS};
