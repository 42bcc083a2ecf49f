//! Links that open a private file for a while, without a session: signed, so that nothing is kept about them.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::ErrorCode;
use contract::media::MediaId;

use crate::sealing::InstanceSecret;

/// What stands in a link behind `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// When the link ends, milliseconds since 1970.
    pub expires_at_ms: i64,
    /// What only this instance could have written.
    pub signature: String,
}

/// Writes and reads signatures.
#[derive(Clone)]
pub(super) struct Signer(hmac::Key);

impl Signer {
    pub(super) fn new(secret: &InstanceSecret) -> Self {
        Self(secret.mac_key("links to media"))
    }

    pub(super) fn sign(&self, id: MediaId, expires_at_ms: i64) -> Signature {
        let tag = hmac::sign(&self.0, what(id, expires_at_ms).as_bytes());
        Signature { expires_at_ms, signature: URL_SAFE_NO_PAD.encode(tag) }
    }

    /// Lets a link through that is ours and has not ended.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for one that is not ours, [`ErrorCode::LinkExpired`] for one that has ended.
    pub(super) fn verify(&self, id: MediaId, given: &Signature, now_ms: i64) -> Result<(), ErrorCode> {
        let tag = URL_SAFE_NO_PAD.decode(&given.signature).map_err(|_| ErrorCode::NotFound)?;
        hmac::verify(&self.0, what(id, given.expires_at_ms).as_bytes(), &tag)
            .map_err(|_| ErrorCode::NotFound)?;
        if given.expires_at_ms > now_ms { Ok(()) } else { Err(ErrorCode::LinkExpired) }
    }
}

/// An id has a fixed length: no other pair reads the same.
fn what(id: MediaId, expires_at_ms: i64) -> String {
    format!("{id} until {expires_at_ms}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::SECRET_BYTES;

    #[test]
    fn a_link_opens_its_file_until_it_ends() {
        let signer = |secret| Signer::new(&InstanceSecret::new(&[secret; SECRET_BYTES]));
        let (id, other) = (MediaId::new(1, 1), MediaId::new(2, 1));
        let signed = signer(1).sign(id, 1000);
        assert_eq!(signer(1).verify(id, &signed, 999), Ok(()));
        assert_eq!(signer(1).verify(id, &signed, 1000), Err(ErrorCode::LinkExpired));
        assert_eq!(signer(1).verify(other, &signed, 0), Err(ErrorCode::NotFound));
        assert_eq!(signer(2).verify(id, &signed, 0), Err(ErrorCode::NotFound));
        let longer = Signature { expires_at_ms: 2000, ..signed.clone() };
        assert_eq!(signer(1).verify(id, &longer, 0), Err(ErrorCode::NotFound));
        let cut = Signature { signature: signed.signature[..20].into(), ..signed };
        assert_eq!(signer(1).verify(id, &cut, 0), Err(ErrorCode::NotFound));
    }
}
