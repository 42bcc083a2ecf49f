//! Where pictures come from.

pub(crate) mod sign;
