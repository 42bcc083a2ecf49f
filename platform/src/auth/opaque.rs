//! Opaque tokens: 256 bits that mean nothing, of which the database knows the hash alone.

use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::fields::Secret;

use crate::ids::RandomSource;

/// 256 bits that stand for something: a refresh token, a link, an API key.
pub(super) struct OpaqueToken([u8; 32]);

impl OpaqueToken {
    pub(super) fn random(random: &dyn RandomSource) -> Self {
        Self(random_bytes(random))
    }

    /// None if the text was never one of ours.
    pub(super) fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// The only child that this token can have, so that a repeated request has the same answer.
    pub(super) fn child(&self, key: &hmac::Key) -> Self {
        let mut child = [0; 32];
        child.copy_from_slice(hmac::sign(key, &self.0).as_ref());
        Self(child)
    }

    pub(super) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn secret(&self) -> Secret {
        Secret::new(self.text())
    }

    pub(super) fn hash(&self) -> String {
        sha256(&self.0)
    }
}

/// SHA-256 as text. Only for what nobody can guess: it is far too quick for passwords.
pub(super) fn sha256(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, bytes))
}

/// 32 unguessable bytes.
pub(super) fn random_bytes(random: &dyn RandomSource) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&random.bits_128().to_be_bytes());
    bytes[16..].copy_from_slice(&random.bits_128().to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_one_child_and_the_key_decides_which() {
        let parent = OpaqueToken([3; 32]);
        let again = OpaqueToken::parse(&parent.text()).unwrap();
        let key = |byte: u8| hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32]);
        assert_eq!(parent.child(&key(1)).text(), again.child(&key(1)).text());
        assert_ne!(parent.child(&key(1)).text(), parent.child(&key(2)).text());
    }

    #[test]
    fn what_was_never_ours_is_told_at_once() {
        let short = URL_SAFE_NO_PAD.encode([3; 31]);
        for foreign in ["", "not one of ours", "mog_", short.as_str()] {
            assert!(OpaqueToken::parse(foreign).is_none(), "{foreign}");
        }
    }
}
