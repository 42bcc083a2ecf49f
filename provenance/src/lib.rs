//! Signed manifests (C2PA 2.2) in the files that leave the house, and what those of others say.
//!
//! Pure Rust, the same source for the server, the command line and the browser. No clock and no randomness of its own
//! for keys and certificates: a seed and the time come from the caller. (The manifest's own labels are random; the
//! `c2pa` crate makes them.)

mod identity;
mod reading;
mod signing;

pub use identity::{Identity, SEED_BYTES};
pub use reading::{Action, Reading, Standing, read};
pub use signing::{Claim, Container, Elsewhere, Ingredient, Role, sign, sign_elsewhere};

/// A file could not be signed, or an identity not be made.
#[derive(Debug, thiserror::Error)]
pub enum ProvenanceError {
    /// The seed is no private key, or what was kept is no identity.
    #[error("the signing identity is damaged")]
    Identity,
    /// A certificate could not be made.
    #[error("a certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The manifest could not be made.
    #[error("the manifest could not be made: {0}")]
    Manifest(#[from] c2pa::Error),
}
