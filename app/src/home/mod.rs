//! `/`: the thing itself, on portraits of nobody, in the visitor's own browser.

mod demo;
mod graft;
mod page;
mod words;

pub(crate) use page::HomePage;
