//! Who signs: a key and the certificates that name its owner.

use std::fmt;

use c2pa::{Signer, SigningAlg};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyIdMethod, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PublicKeyData, SerialNumber, SignatureAlgorithm,
};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::ProvenanceError;

/// Bytes of a seed.
pub const SEED_BYTES: usize = 32;

/// How long a certificate is good for. What was signed before its end stays so: readers without a trusted time stamp
/// look at the certificate as it is today, hence a long time.
const VALID: Duration = Duration::days(3650);
/// A clock may be behind another.
const CLOCKS_DIFFER: Duration = Duration::hours(24);
/// Document signing (RFC 9336's forerunner, which the C2PA specification names).
const DOCUMENT_SIGNING: [u64; 9] = [1, 3, 6, 1, 5, 5, 7, 3, 36];
/// Room for one signature and its certificates.
const SIGNATURE_ROOM_BYTES: usize = 4096;

/// An ECDSA key on P-256 and its chain of two certificates (C2PA 2.2, 14.5.1), the signer's own first.
///
/// The key of the second, which only ever signs the first, is forgotten at once.
pub struct Identity {
    key: SigningKey,
    seed: [u8; SEED_BYTES],
    chain: Vec<Vec<u8>>,
}

impl Identity {
    /// Makes one for `owner`. `seed` is the private key and `root_seed` the certificate authority's.
    ///
    /// # Errors
    /// In one of 2^32 cases a seed is no private key.
    pub fn new(
        owner: &str,
        seed: [u8; SEED_BYTES],
        root_seed: [u8; SEED_BYTES],
        now_ms: i64,
    ) -> Result<Self, ProvenanceError> {
        let (leaf, root) = (Pair::new(&seed)?, Pair::new(&root_seed)?);
        let mut authority = params(&format!("{owner} root"), now_ms, &root)?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let root_certificate = authority.self_signed(&root)?;
        let issuer = Issuer::new(authority, &root);
        let mut signer = params(owner, now_ms, &leaf)?;
        signer.is_ca = IsCa::ExplicitNoCa;
        signer.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        signer.extended_key_usages = vec![ExtendedKeyUsagePurpose::Other(DOCUMENT_SIGNING.to_vec())];
        signer.use_authority_key_identifier_extension = true;
        let certificate = signer.signed_by(&leaf, &issuer)?;
        let chain = vec![certificate.der().to_vec(), root_certificate.der().to_vec()];
        Ok(Self { key: leaf.key, seed, chain })
    }

    /// The private key, to be kept sealed, and the certificates, which are public.
    pub fn parts(&self) -> (&[u8; SEED_BYTES], &[Vec<u8>]) {
        (&self.seed, &self.chain)
    }

    /// Puts together what was kept.
    ///
    /// # Errors
    /// When the seed is no private key.
    pub fn from_parts(seed: [u8; SEED_BYTES], chain: Vec<Vec<u8>>) -> Result<Self, ProvenanceError> {
        Ok(Self { key: Pair::new(&seed)?.key, seed, chain })
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Signer for Identity {
    fn sign(&self, data: &[u8]) -> c2pa::Result<Vec<u8>> {
        let signature: Signature = self.key.sign(data);
        Ok(signature.to_bytes().to_vec())
    }

    fn alg(&self) -> SigningAlg {
        SigningAlg::Es256
    }

    fn certs(&self) -> c2pa::Result<Vec<Vec<u8>>> {
        Ok(self.chain.clone())
    }

    fn reserve_size(&self) -> usize {
        SIGNATURE_ROOM_BYTES
    }
}

/// A private key, and its public half as certificates write it.
struct Pair {
    key: SigningKey,
    public: Vec<u8>,
}

impl Pair {
    fn new(seed: &[u8; SEED_BYTES]) -> Result<Self, ProvenanceError> {
        let key = SigningKey::from_slice(seed).map_err(|_| ProvenanceError::Identity)?;
        let public = key.verifying_key().to_encoded_point(false).as_bytes().to_vec();
        Ok(Self { key, public })
    }

    /// The name of the key: the first 20 bytes of its hash (RFC 7093, method 1).
    fn name(&self) -> Vec<u8> {
        Sha256::digest(&self.public)[..20].to_vec()
    }
}

impl PublicKeyData for Pair {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

impl rcgen::SigningKey for Pair {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signature: Signature = self.key.sign(message);
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

fn params(owner: &str, now_ms: i64, pair: &Pair) -> Result<CertificateParams, ProvenanceError> {
    let now = OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1000))
        .map_err(|_| ProvenanceError::Identity)?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.not_before = now - CLOCKS_DIFFER;
    params.not_after = now + VALID;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, owner);
    params.distinguished_name.push(DnType::CommonName, owner);
    params.key_identifier_method = KeyIdMethod::PreSpecified(pair.name());
    params.serial_number = Some(SerialNumber::from_slice(&pair.name()[..16]));
    Ok(params)
}
