//! Jobs and credits on both databases: what is promised of the queue, the workers and the ledger.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]
#![allow(clippy::print_stdout, reason = "the long forms say what they saw")]

mod credits;
mod house;
mod owners;
mod queue;
mod soak;
mod throughput;
mod worker;
