//! Sign-in through a Supabase project: its access tokens are taken where it is configured.

use std::fmt;

use jsonwebtoken::jwk::JwkSet;

/// A Supabase project whose access tokens are taken.
#[derive(Clone, Debug)]
pub struct SupabaseConfig {
    /// Who writes the tokens: `https://PROJECT.supabase.co/auth/v1`.
    pub issuer: String,
    /// Who they are for: `authenticated`.
    pub audience: String,
    /// What they are checked with.
    pub key: SupabaseKey,
    /// Whether the project lets nobody in before their address is confirmed ("Confirm email"). Its tokens do not say it
    /// in a place that their owner cannot write to, so whoever runs the instance has to.
    pub emails_confirmed: bool,
}

/// What the tokens of a Supabase project are checked with.
#[derive(Clone)]
pub enum SupabaseKey {
    /// The project's JWT secret (HS256), of projects from before 2025.
    Secret(Vec<u8>),
    /// The project's public keys (ES256, RS256), from `/auth/v1/.well-known/jwks.json`.
    Public(JwkSet),
}

impl fmt::Debug for SupabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(_) => f.write_str("Secret(…)"),
            Self::Public(keys) => f.debug_tuple("Public").field(&keys.keys.len()).finish(),
        }
    }
}
