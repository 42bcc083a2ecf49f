//! Stored files on both databases, with a real folder as the store.

mod house;
mod integrity;
mod keeping;
mod personal;
mod pictures;
mod results;
mod retention;
