//! `[supabase]`: sign-in through a Supabase project, where one is named.

use std::path::PathBuf;

use anyhow::Context;
use platform::auth::{SupabaseConfig, SupabaseKey};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::values::Origin;
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("supabase.project_url", "the address of the project, such as https://abc.supabase.co"),
    Key::new(
        "supabase.jwks_file",
        "a file with the project's public keys, as /auth/v1/.well-known/jwks.json has them",
    ),
    Key::new(
        "supabase.jwt_secret",
        "the project's JWT secret, at least 32 characters, instead of public keys",
    ),
    Key::new("supabase.jwt_secret_file", "a file that holds what supabase.jwt_secret would"),
    Key::new(
        "supabase.emails_confirmed",
        "true if the project lets nobody in before their address is confirmed, or false",
    ),
];

/// Sign-in through a Supabase project, where one is named.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct SupabaseSection {
    project_url: Option<String>,
    jwks_file: Option<PathBuf>,
    #[serde(serialize_with = "masked")]
    jwt_secret: Option<SecretString>,
    jwt_secret_file: Option<PathBuf>,
    emails_confirmed: bool,
}

impl SupabaseSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("supabase.jwt_secret", &mut self.jwt_secret, self.jwt_secret_file.as_ref())
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        if let Some(url) = &self.project_url {
            url.parse::<Origin>()
                .map_err(|why| Fault::new("supabase.project_url", format!("is wrong: {why}")))?;
        }
        let keys = usize::from(self.jwt_secret.is_some()) + usize::from(self.jwks_file.is_some());
        if keys != usize::from(self.project_url.is_some()) {
            let why =
                "goes with one of supabase.jwks_file and supabase.jwt_secret, or all three are left out";
            return Err(Fault::new("supabase.project_url", why));
        }
        // Shorter than the hash it keys (RFC 7518, 3.2): it could be guessed.
        if self.jwt_secret.as_ref().is_some_and(|secret| secret.expose_secret().len() < 32) {
            return Err(Fault::new("supabase.jwt_secret", "is too short"));
        }
        Ok(())
    }

    /// The project whose tokens are taken, if there is one.
    ///
    /// # Errors
    /// When the file of its public keys cannot be read.
    pub(crate) fn project(&self) -> anyhow::Result<Option<SupabaseConfig>> {
        let Some(url) = &self.project_url else { return Ok(None) };
        let key = match (&self.jwt_secret, &self.jwks_file) {
            (Some(secret), _) => SupabaseKey::Secret(secret.expose_secret().as_bytes().to_vec()),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("cannot read supabase.jwks_file, {}", file.display()))?;
                let keys = serde_json::from_str(&text);
                SupabaseKey::Public(keys.context("supabase.jwks_file is not a set of JSON Web Keys")?)
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(SupabaseConfig {
            issuer: format!("{}/auth/v1", url.trim_end_matches('/')),
            audience: "authenticated".into(),
            key,
            emails_confirmed: self.emails_confirmed,
        }))
    }
}
