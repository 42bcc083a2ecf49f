//! Results kept for browsers without JavaScript.

pub(crate) mod picture;
