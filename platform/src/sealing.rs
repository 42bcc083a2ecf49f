//! The instance's secret, and what it keeps unreadable in the database: a copy of the database alone opens nothing.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac;

/// Bytes of an instance's secret.
pub const SECRET_BYTES: usize = 32;

/// The one secret that an instance has beside its database. It is never used itself: keys are derived from it.
#[derive(Clone)]
pub struct InstanceSecret(hmac::Key);

impl InstanceSecret {
    /// Takes the secret in.
    pub fn new(bytes: &[u8; SECRET_BYTES]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// Seals and opens for one purpose. What was sealed for another does not open.
    ///
    /// # Errors
    /// When the crypto library refuses the key, which is 32 bytes long as it wants it.
    pub fn sealer(&self, purpose: &'static str) -> Result<Sealer, SealingError> {
        let key = hmac::sign(&self.0, format!("mog seals {purpose}").as_bytes());
        Ok(Sealer(RandomizedNonceKey::new(&AES_256_GCM, key.as_ref())?))
    }

    /// A key for message authentication codes of one purpose. What it makes, no sealer knows, nor any other purpose.
    pub fn mac_key(&self, purpose: &'static str) -> hmac::Key {
        let key = hmac::sign(&self.0, format!("mog authenticates {purpose}").as_bytes());
        hmac::Key::new(hmac::HMAC_SHA256, key.as_ref())
    }
}

impl fmt::Debug for InstanceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstanceSecret(…)")
    }
}

/// Bytes could not be sealed, or were not sealed by this instance for this purpose and this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed with another secret, or damaged")]
pub struct SealingError;

impl From<Unspecified> for SealingError {
    fn from(Unspecified: Unspecified) -> Self {
        Self
    }
}

/// AES-256-GCM with a nonce of the crypto library's own randomness: a nonce that came twice would open everything, so
/// it is not for a caller, nor for a test, to choose.
pub struct Sealer(RandomizedNonceKey);

impl Sealer {
    /// Seals `plain`. `place` says where it belongs, such as the id of its row: moved to another row, it does not open.
    ///
    /// # Errors
    /// When the crypto library refuses.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, SealingError> {
        let mut sealed = plain.to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(place), &mut sealed)?;
        Ok([nonce.as_ref().as_slice(), sealed.as_slice()].concat())
    }

    /// Opens what [`Sealer::seal`] made for the same place.
    ///
    /// # Errors
    /// When it was not made so, or is damaged.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealingError> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(SealingError)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce)?;
        let mut body = body.to_vec();
        Ok(self.0.open_in_place(nonce, Aad::from(place), &mut body)?.to_vec())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(secret: u8, purpose: &'static str) -> Sealer {
        InstanceSecret::new(&[secret; SECRET_BYTES]).sealer(purpose).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let sealed = sealer(1, "mail").seal("row 1", b"a token").unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"a token"));
        assert_eq!(sealer(1, "mail").open("row 1", &sealed).unwrap(), b"a token");
        assert_eq!(sealer(1, "mail").open("row 2", &sealed), Err(SealingError));
        assert_eq!(sealer(1, "keys").open("row 1", &sealed), Err(SealingError));
        assert_eq!(sealer(2, "mail").open("row 1", &sealed), Err(SealingError));
    }

    #[test]
    fn damage_is_noticed() {
        let sealed = sealer(1, "mail").seal("", b"a token").unwrap();
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(sealer(1, "mail").open("", &damaged), Err(SealingError), "byte {at}");
            assert_eq!(sealer(1, "mail").open("", &sealed[..at]), Err(SealingError), "cut at {at}");
        }
    }

    #[test]
    fn the_same_is_never_sealed_the_same() {
        let sealer = sealer(1, "mail");
        assert_ne!(sealer.seal("", b"a token").unwrap(), sealer.seal("", b"a token").unwrap());
    }
}
