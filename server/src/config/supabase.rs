//! `[supabase]`: sign-in through a Supabase project, where one is named.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::values::Origin;
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("supabase.project_url", "the address of the project, such as https://abc.supabase.co"),
    Key::new("supabase.jwt_secret", "the project's JWT secret, at least 32 characters"),
    Key::new("supabase.jwt_secret_file", "a file that holds what supabase.jwt_secret would"),
];

/// Sign-in through a Supabase project, where one is named.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct SupabaseSection {
    pub(crate) project_url: Option<String>,
    #[serde(serialize_with = "masked")]
    pub(crate) jwt_secret: Option<SecretString>,
    jwt_secret_file: Option<PathBuf>,
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
        if self.project_url.is_some() != self.jwt_secret.is_some() {
            return Err(Fault::new(
                "supabase.project_url",
                "and supabase.jwt_secret come together or not at all",
            ));
        }
        // Shorter than the hash it keys (RFC 7518, 3.2): it could be guessed.
        if self.jwt_secret.as_ref().is_some_and(|secret| secret.expose_secret().len() < 32) {
            return Err(Fault::new("supabase.jwt_secret", "is too short"));
        }
        Ok(())
    }
}
