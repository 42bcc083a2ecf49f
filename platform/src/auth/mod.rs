//! Accounts: who somebody is, how they show it, and what happened to their account.
//!
//! [`AuthService`] is the one entrance; its operations are in a file per subject. The reasons are in
//! `docs/adr/0007-sessions.md` and `docs/adr/0008-passwords-and-cryptography.md`.

mod access_tokens;
mod administration;
mod api_keys;
mod authenticate;
mod config;
mod email;
mod error;
mod history;
mod model;
mod opaque;
mod password;
mod passwords;
mod principal;
mod privacy;
mod refresh;
mod repository;
mod service;
mod sessions;
mod sign_in;
mod sign_up;
mod signing_keys;
mod supabase;
mod sweep;
mod totp;
mod visit;

pub use config::{AuthConfig, HashCost, Lifetimes};
pub use error::AuthError;
pub use model::{Account, SessionTokens};
pub use principal::{Principal, Via};
pub use service::{AuthPorts, AuthService, Manner, People};
pub use supabase::{SupabaseConfig, SupabaseKey};
pub use visit::Visit;
