//! `[auth]`: the one secret that all sealed and signed things hang on.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use platform::ids::RandomSource;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "auth.secret",
        "64 hexadecimal digits, as `openssl rand -hex 32` makes them; the file secret.key in the data folder, made at \
         the first start, if not given",
    ),
    Key::new("auth.secret_file", "a file that holds what auth.secret would"),
];

/// The name of the key file in the data folder.
const KEY_FILE: &str = "secret.key";

/// The length of the instance's secret.
const KEY_BYTES: usize = 32;

/// The 32 bytes that seal and sign for this instance.
pub(crate) type InstanceSecret = SecretBox<[u8; KEY_BYTES]>;

/// The one secret that all sealed and signed things hang on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct AuthSection {
    #[serde(serialize_with = "masked")]
    secret: Option<SecretString>,
    secret_file: Option<PathBuf>,
}

impl AuthSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("auth.secret", &mut self.secret, self.secret_file.as_ref())?;
        match &self.secret {
            Some(secret) if from_hex(secret.expose_secret()).is_none() => {
                Err(Fault::new("auth.secret", "is not 32 bytes in hexadecimal digits"))
            }
            _ => Ok(()),
        }
    }

    /// Where the secret lies when it is not configured.
    pub(crate) fn key_file(&self, data: &Path) -> Option<PathBuf> {
        self.secret.is_none().then(|| data.join(KEY_FILE))
    }

    /// The secret: as configured, or of the key file, which is made where there is none.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds something else.
    pub(crate) fn instance_secret(
        &self,
        data: &Path,
        random: &dyn RandomSource,
    ) -> anyhow::Result<InstanceSecret> {
        if let Some(bytes) = self.secret.as_ref().and_then(|secret| from_hex(secret.expose_secret())) {
            return Ok(SecretBox::new(Box::new(bytes)));
        }
        let path = data.join(KEY_FILE);
        match std::fs::read(&path) {
            Ok(content) => from_file(&content)
                .with_context(|| format!("{} must hold {KEY_BYTES} bytes, and does not", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&path, random),
            Err(error) => bail!("cannot read {}: {error}", path.display()),
        }
    }
}

fn from_file(content: &[u8]) -> Option<InstanceSecret> {
    Some(SecretBox::new(Box::new(content.try_into().ok()?)))
}

/// Makes the key under another name first: nobody ever reads half of it, and of two processes that start together one
/// wins and the other reads what the winner wrote.
fn make(path: &Path, random: &dyn RandomSource) -> anyhow::Result<InstanceSecret> {
    let mut bytes = [0; KEY_BYTES];
    bytes[..16].copy_from_slice(&random.bits_128().to_be_bytes());
    bytes[16..].copy_from_slice(&random.bits_128().to_be_bytes());
    let draft = path.with_extension(format!("{:032x}", random.bits_128()));
    let write = || {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(&bytes)?;
        file.sync_all()
    };
    write().with_context(|| format!("cannot write {}", draft.display()))?;
    let placed = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft).with_context(|| format!("cannot remove {}", draft.display()))?;
    match placed {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            bail!("cannot make {}: {error}", path.display())
        }
        _ => {
            let content = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            from_file(&content).with_context(|| format!("{} is damaged", path.display()))
        }
    }
}

fn from_hex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let mut bytes = [0; KEY_BYTES];
    let read = base16ct::mixed::decode(text, &mut bytes).ok()?.len();
    (read == KEY_BYTES).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::ports::SystemRandom;

    #[test]
    fn a_key_is_made_once_and_for_the_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let section = AuthSection::default();
        let secret = || *section.instance_secret(folder.path(), &SystemRandom).unwrap().expose_secret();
        assert_eq!(secret(), secret());
        let file = folder.path().join(KEY_FILE);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft stays behind");
        std::fs::write(&file, "short").unwrap();
        assert!(section.instance_secret(folder.path(), &SystemRandom).is_err());
    }

    #[test]
    fn a_configured_secret_is_the_same_everywhere() {
        let folder = tempfile::tempdir().unwrap();
        let section = AuthSection { secret: Some("0f".repeat(32).into()), secret_file: None };
        let secret = section.instance_secret(folder.path(), &SystemRandom).unwrap();
        assert_eq!(secret.expose_secret(), &[15; 32]);
        assert!(section.key_file(folder.path()).is_none());
    }

    #[test]
    fn processes_that_start_together_agree() {
        let folder = tempfile::tempdir().unwrap();
        let start =
            || *AuthSection::default().instance_secret(folder.path(), &SystemRandom).unwrap().expose_secret();
        let keys: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| key == &keys[0]));
    }
}
