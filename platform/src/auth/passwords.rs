//! Passwords: how they are hashed, checked and judged.
//!
//! A hash takes tens of milliseconds and 19 MiB on purpose. As many as there are cores are computed at once; a bounded
//! number waits; those beyond it are told that the server is busy, before they can take it down.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use contract::ErrorCode;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use zxcvbn::{Score, zxcvbn};

use super::{AuthError, HashCost};
use crate::ids::RandomSource;

/// How many hashes may wait for each core: at 50 ms each, the last in the queue waits for less than a second.
const WAITING_PER_CORE: usize = 16;

/// The least score of zxcvbn, of 0 to 4: "safely unguessable, moderate protection from an offline attack".
const LEAST_SCORE: Score = Score::Three;

/// Hashes and checks passwords.
#[derive(Clone)]
pub(super) struct Passwords {
    params: Params,
    random: Arc<dyn RandomSource>,
    /// Places for those at work and those in the queue.
    admitted: Arc<Semaphore>,
    /// Places at work.
    working: Arc<Semaphore>,
    computed: Arc<AtomicU64>,
}

/// What the check of a password said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Wrong,
    Right,
    /// Right, and hashed with parameters that are no longer ours.
    RightButOld,
}

impl Passwords {
    pub(super) fn new(
        cost: HashCost,
        cores: usize,
        random: Arc<dyn RandomSource>,
    ) -> Result<Self, AuthError> {
        let cores = cores.max(1);
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
            .map_err(|_| AuthError::Crypto("argon2 does not take these parameters"))?;
        Ok(Self {
            params,
            random,
            admitted: Arc::new(Semaphore::new(cores * (1 + WAITING_PER_CORE))),
            working: Arc::new(Semaphore::new(cores)),
            computed: Arc::default(),
        })
    }

    /// How many hashes were computed so far.
    pub(super) fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The hash of a new password, unless it is guessed quickly; `known` is what others know of the person.
    pub(super) async fn hash_new(&self, password: &str, known: &[&str]) -> Result<String, AuthError> {
        let salt = self.random.bits_128().to_be_bytes();
        let password = password.to_owned();
        let known: Vec<String> = known.iter().map(|&text| text.to_owned()).collect();
        self.work(move |argon2| {
            judge(&password, &known)?;
            hashed(&argon2, &password, &salt)
        })
        .await
    }

    /// The hash of a password that is good already, as a PHC string.
    pub(super) async fn hash(&self, password: &str) -> Result<String, AuthError> {
        let salt = self.random.bits_128().to_be_bytes();
        let password = password.to_owned();
        self.work(move |argon2| hashed(&argon2, &password, &salt)).await
    }

    /// Whether the password belongs to the hash. Where there is none, the same work is done for nothing: how long the
    /// answer takes must not tell whether there is an account.
    pub(super) async fn verify(&self, password: &str, hash: Option<&str>) -> Result<Verdict, AuthError> {
        let Some(hash) = hash else {
            return self.hash(password).await.map(|_| Verdict::Wrong);
        };
        let (password, hash, current) = (password.to_owned(), hash.to_owned(), self.params.clone());
        self.work(move |argon2| {
            let known =
                PasswordHash::new(&hash).map_err(|_| AuthError::Crypto("a stored hash is damaged"))?;
            if argon2.verify_password(password.as_bytes(), &known).is_err() {
                return Ok(Verdict::Wrong);
            }
            let of_today = known.algorithm == Algorithm::Argon2id.ident()
                && known.version == Some(Version::V0x13.into())
                && Params::try_from(&known).is_ok_and(|params| same_cost(&params, &current));
            Ok(if of_today { Verdict::Right } else { Verdict::RightButOld })
        })
        .await
    }

    /// Runs one hash off the async threads, in its turn.
    ///
    /// The place is given back when the work ends, also when the caller has left: what runs cannot be stopped.
    async fn work<T: Send + 'static>(
        &self,
        hash: impl FnOnce(Argon2<'static>) -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| ErrorCode::Busy)?;
        let working = Arc::clone(&self.working).acquire_owned().await.map_err(|_| ErrorCode::Internal)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone());
        let computed = Arc::clone(&self.computed);
        let work = spawn_blocking(move || {
            let outcome = hash(argon2);
            computed.fetch_add(1, Ordering::Relaxed);
            drop((admitted, working));
            outcome
        });
        work.await.map_err(|_| AuthError::Crypto("hashing a password panicked"))?
    }
}

fn same_cost(a: &Params, b: &Params) -> bool {
    (a.m_cost(), a.t_cost(), a.p_cost()) == (b.m_cost(), b.t_cost(), b.p_cost())
}

fn hashed(argon2: &Argon2<'_>, password: &str, salt: &[u8]) -> Result<String, AuthError> {
    let hash = argon2.hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|_| AuthError::Crypto("a password was not hashed"))
}

/// Refuses a password that is guessed quickly, also by those who know the person's address and name.
fn judge(password: &str, known: &[String]) -> Result<(), AuthError> {
    let known: Vec<String> = known.iter().flat_map(|text| variants(text)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let strong = zxcvbn(password, &known).score() >= LEAST_SCORE;
    if strong { Ok(()) } else { Err(AuthError::field("password", ErrorCode::PasswordTooWeak)) }
}

/// A name or an address as people put it into passwords: whole, word by word, and all words in one.
fn variants(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let joined = words.concat();
    words.into_iter().chain([text.to_lowercase(), joined]).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_judged_by_what_is_known_of_the_person() {
        let known = ["ada@example.org".to_owned(), "Ada Lovelace".to_owned()];
        for easy in
            ["password123", "qwertyuiop12", "lovelace1815", "ada@example.org", "AdaLovelace1", "lovelaceada7"]
        {
            assert!(judge(easy, &known).is_err(), "{easy}");
        }
        for good in ["otters juggle quiet violins", "xK9#mq2!vLp0", "lovelace wrote of looms"] {
            assert!(judge(good, &known).is_ok(), "{good}");
        }
    }
}
