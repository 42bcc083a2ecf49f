//! People: how they want to be called, what they say about themselves, what they chose.

mod profiles;
mod repository;
mod service;

pub use profiles::Profiles;
pub use service::UserService;
