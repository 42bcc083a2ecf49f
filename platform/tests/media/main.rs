//! Stored files on both databases, with a real folder as the store.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod consent;
mod house;
mod integrity;
mod keeping;
mod moderation;
mod personal;
mod pictures;
mod results;
mod retention;
mod safety;
