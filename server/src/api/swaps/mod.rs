//! Swaps.

pub(crate) mod create;
pub(crate) mod form;
