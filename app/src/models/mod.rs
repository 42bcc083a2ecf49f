//! `/models`: which networks look at a face, where they come from, and what they do not do.

mod manifest;
mod page;
mod words;

pub(crate) use page::ModelsPage;
