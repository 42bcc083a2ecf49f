//! The keys of access tokens: made, sealed, rotated and published.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Value, json};

use super::opaque::{random_bytes, sha256};
use super::repository::signing_keys::{self, StoredKey};
use super::{AuthError, Lifetimes};
use crate::clock::Clock;
use crate::database::Database;
use crate::ids::RandomSource;
use crate::sealing::Sealer;

/// How often at the most a token with an unknown key makes us look into the database, in milliseconds: another node may
/// have made the key a moment ago, and anybody can invent names of keys.
const LOOK_AGAIN_MS: i64 = 1000;

/// A key that signs, or only still checks.
pub(super) struct SigningKey {
    pub(super) kid: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    /// The public half, in base64url.
    public_key: String,
    signs_until_ms: i64,
    verifies_until_ms: i64,
}

/// The keys of this instance, kept in memory as the database has them.
#[derive(Clone)]
pub(super) struct Keyring {
    database: Database,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    sealer: Arc<Sealer>,
    lifetimes: Lifetimes,
    known: Arc<RwLock<Known>>,
}

#[derive(Default)]
struct Known {
    keys: Vec<Arc<SigningKey>>,
    read_at_ms: Option<i64>,
}

impl Keyring {
    pub(super) fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
        sealer: Arc<Sealer>,
        lifetimes: Lifetimes,
    ) -> Self {
        Self { database, clock, random, sealer, lifetimes, known: Arc::default() }
    }

    /// The key to sign with now; a new one when the last one has served its time.
    pub(super) async fn signing(&self) -> Result<Arc<SigningKey>, AuthError> {
        if let Some(key) = self.signing_now() {
            return Ok(key);
        }
        self.read().await?;
        if let Some(key) = self.signing_now() {
            return Ok(key);
        }
        self.make().await?;
        self.read().await?;
        self.signing_now().ok_or(AuthError::Crypto("there is no signing key"))
    }

    /// The key of that name, while it may still check tokens.
    pub(super) async fn checking(&self, kid: &str) -> Result<Option<Arc<SigningKey>>, AuthError> {
        if let Some(key) = self.checking_now(kid) {
            return Ok(Some(key));
        }
        if self.may_read_again() {
            self.read().await?;
        }
        Ok(self.checking_now(kid))
    }

    /// The public halves, as RFC 7517 and RFC 8037 write them.
    pub(super) async fn published(&self) -> Result<Value, AuthError> {
        self.signing().await?;
        let now_ms = self.clock.now_ms();
        let keys: Vec<Value> =
            self.keys().iter().filter(|key| key.verifies_until_ms > now_ms).map(|key| jwk(key)).collect();
        Ok(json!({ "keys": keys }))
    }

    fn keys(&self) -> Vec<Arc<SigningKey>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).keys.clone()
    }

    /// The youngest that signs: on two nodes that made one each, both soon agree on it.
    fn signing_now(&self) -> Option<Arc<SigningKey>> {
        let now_ms = self.clock.now_ms();
        let keys = self.keys().into_iter().filter(|key| key.signs_until_ms > now_ms);
        keys.max_by(|a, b| (a.signs_until_ms, &a.kid).cmp(&(b.signs_until_ms, &b.kid)))
    }

    fn checking_now(&self, kid: &str) -> Option<Arc<SigningKey>> {
        let now_ms = self.clock.now_ms();
        self.keys().into_iter().find(|key| key.kid == kid && key.verifies_until_ms > now_ms)
    }

    fn may_read_again(&self) -> bool {
        let read_at_ms = self.known.read().unwrap_or_else(PoisonError::into_inner).read_at_ms;
        read_at_ms.is_none_or(|at| self.clock.now_ms() >= at + LOOK_AGAIN_MS)
    }

    async fn read(&self) -> Result<(), AuthError> {
        let now_ms = self.clock.now_ms();
        let stored = signing_keys::all(self.database.reader(), now_ms).await?;
        let keys = stored.iter().map(|key| self.opened(key).map(Arc::new)).collect::<Result<_, _>>()?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Known { keys, read_at_ms: Some(now_ms) };
        Ok(())
    }

    async fn make(&self) -> Result<(), AuthError> {
        let seed = random_bytes(self.random.as_ref());
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed)
            .map_err(|_| AuthError::Crypto("a signing key was refused"))?;
        let public_key = pair.public_key().as_ref();
        let kid = sha256(public_key)[..16].to_owned();
        let signs_until_ms = self.clock.now_ms() + self.lifetimes.signing_key_ms;
        let key = StoredKey {
            sealed_seed: self.sealer.seal(&kid, &seed)?,
            public_key: URL_SAFE_NO_PAD.encode(public_key),
            signs_until_ms,
            verifies_until_ms: signs_until_ms + self.lifetimes.signing_key_overlap_ms,
            kid,
        };
        signing_keys::insert(self.database.writer(), &key).await?;
        tracing::info!(kid = key.kid, signs_until_ms, "a new signing key");
        Ok(())
    }

    fn opened(&self, key: &StoredKey) -> Result<SigningKey, AuthError> {
        let refused = |_| AuthError::Crypto("a stored signing key was refused");
        let seed = self.sealer.open(&key.kid, &key.sealed_seed)?;
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(refused)?;
        let document =
            pair.to_pkcs8v1().map_err(|_| AuthError::Crypto("a signing key could not be written"))?;
        Ok(SigningKey {
            kid: key.kid.clone(),
            encoding: EncodingKey::from_ed_der(document.as_ref()),
            decoding: DecodingKey::from_ed_components(&key.public_key)
                .map_err(|_| AuthError::Crypto("a stored public key is damaged"))?,
            public_key: key.public_key.clone(),
            signs_until_ms: key.signs_until_ms,
            verifies_until_ms: key.verifies_until_ms,
        })
    }
}

fn jwk(key: &SigningKey) -> Value {
    json!({
        "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.kid, "x": key.public_key
    })
}
