//! `[database]`: where the rows lie.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use super::secrets::{MASK, resolve};
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "database.url",
        "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME; the file mog.db in the data folder if not given",
    ),
    Key::new("database.url_file", "a file that holds what database.url would"),
];

/// Where the rows lie. The address can hold a password, so it is a secret.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct DatabaseSection {
    #[serde(serialize_with = "without_password")]
    url: Option<SecretString>,
    url_file: Option<PathBuf>,
}

impl DatabaseSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("database.url", &mut self.url, self.url_file.as_ref())
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        let known =
            |url: &str| ["sqlite:", "postgres:", "postgresql:"].iter().any(|kind| url.starts_with(kind));
        match &self.url {
            Some(url) if !known(url.expose_secret()) => {
                Err(Fault::new("database.url", "names a database of an unknown kind"))
            }
            _ => Ok(()),
        }
    }

    /// The address to open. Not to be shown: [`Self::shown`] is.
    pub(crate) fn url(&self, data: &Path) -> SecretString {
        let embedded = || format!("sqlite:{}?mode=rwc", data.join("mog.db").display()).into();
        self.url.clone().unwrap_or_else(embedded)
    }

    /// The address without password and options.
    pub(crate) fn shown(&self, data: &Path) -> String {
        shown(self.url(data).expose_secret())
    }
}

fn without_password<S: Serializer>(url: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match url {
        Some(url) => serializer.serialize_some(&shown(url.expose_secret())),
        None => serializer.serialize_none(),
    }
}

fn shown(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else { return MASK.into() };
    parsed.set_query(None);
    if parsed.password().is_some() && parsed.set_password(Some(MASK)).is_err() {
        return MASK.into();
    }
    parsed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_opens_it() {
        assert_eq!(shown("postgres://mog:hunter2@db/mog?password=x"), "postgres://mog:********@db/mog");
        assert_eq!(shown("sqlite:data/mog.db?mode=rwc"), "sqlite:data/mog.db");
    }
}
