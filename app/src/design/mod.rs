//! `/design`: every component in every state, for those who build pages, and for the tests that photograph it.

mod controls;
mod page;
mod pictures;
mod surfaces;
mod words;

pub(crate) use page::DesignPage;
