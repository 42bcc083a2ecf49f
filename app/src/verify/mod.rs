//! `/verify`: drop a picture and read where it comes from, on the device and without a server.

mod checking;
mod page;
mod words;

pub(crate) use page::VerifyPage;
