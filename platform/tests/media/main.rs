//! Stored files on both databases, with a real folder as the store.

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
