//! The one way for a picture out of the server.

use std::sync::Arc;

use contract::ErrorCode;
use contract::swaps::{LabelOptions, OutputFormat};
use provenance::{Claim, Container, Elsewhere, Identity, Ingredient, Role, SEED_BYTES};
use studio::Swapped;
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::repository::{self, StoredIdentity};
use crate::clock::Clock;
use crate::database::Database;
use crate::ids::RandomSource;
use crate::sealing::{InstanceSecret, SealingError};

/// The histogram of how long label, mark, file and manifest took together.
pub const MARKED_SECONDS: &str = "mog_mark_duration_seconds";

/// The name of the only row, and the place that its key is sealed for.
pub(super) const PLACE: &str = "instance";

/// Without a row there is none to read back; two attempts see what another node has just written.
const ATTEMPTS: usize = 2;

/// There is nobody to sign.
#[derive(Debug, thiserror::Error)]
pub enum ProvenanceError {
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The key was sealed with another secret.
    #[error("the signing identity: {0}")]
    Sealing(#[from] SealingError),
    /// It could not be made, or what was kept is damaged.
    #[error(transparent)]
    Identity(#[from] provenance::ProvenanceError),
    /// What was written a moment ago is not there.
    #[error("the signing identity cannot be kept")]
    NotKept,
}

/// Where a picture comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The 64 bits that mark and manifest carry: a job's id, or [`Swapped::fingerprint`].
    pub id: u64,
    /// Where the label stands.
    pub label: LabelOptions,
    /// The photos with the faces that were used, as files. Of their pixels nothing is kept, of their manifests all.
    pub sources: &'a [&'a [u8]],
    /// The photo that was changed, as a file; the same.
    pub target: &'a [u8],
}

/// Marks pictures in the name of this instance.
#[derive(Clone)]
pub struct ProvenanceService {
    identity: Arc<Identity>,
    clock: Arc<dyn Clock>,
}

impl ProvenanceService {
    /// With the instance's identity, which is made at the first start. `owner` is whom its certificate names.
    ///
    /// # Errors
    /// When the database refuses, or the identity was sealed with another secret.
    pub async fn open(
        database: &Database,
        secret: &InstanceSecret,
        owner: &str,
        clock: Arc<dyn Clock>,
        random: &dyn RandomSource,
    ) -> Result<Self, ProvenanceError> {
        let sealer = secret.sealer("provenance")?;
        for _ in 0..ATTEMPTS {
            if let Some(stored) = repository::find(database).await? {
                let seed = sealer.open(PLACE, &stored.sealed_seed)?;
                let seed = seed.try_into().map_err(|_| SealingError)?;
                let chain = vec![stored.certificate, stored.root_certificate];
                let identity = Arc::new(Identity::from_parts(seed, chain)?);
                return Ok(Self { identity, clock });
            }
            let made = made(owner, clock.as_ref(), random)?;
            let (seed, chain) = made.parts();
            let sealed_seed = sealer.seal(PLACE, seed)?;
            let [certificate, root_certificate] =
                [0, 1].map(|at: usize| chain.get(at).cloned().unwrap_or_default());
            let stored = StoredIdentity { sealed_seed, certificate, root_certificate };
            repository::insert(database, &stored, clock.now_ms()).await?;
            tracing::info!(owner, "an identity that signs pictures");
        }
        Err(ProvenanceError::NotKept)
    }

    /// With an identity that lasts as long as the value: for the command line, which has no instance.
    ///
    /// # Errors
    /// When the random numbers make no key, one time in 2^32.
    pub fn passing(
        owner: &str,
        clock: Arc<dyn Clock>,
        random: &dyn RandomSource,
    ) -> Result<Self, ProvenanceError> {
        let identity = Arc::new(made(owner, clock.as_ref(), random)?);
        Ok(Self { identity, clock })
    }

    /// A finished swap as a file: labelled, marked and signed. Takes a processor's time; not for async threads.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] when the encoder or the signature refuses: nothing leaves unmarked.
    pub fn mark(
        &self,
        swapped: Swapped,
        format: OutputFormat,
        origin: &Origin<'_>,
    ) -> Result<Vec<u8>, ErrorCode> {
        let started = Instant::now();
        let file = swapped.marked(&origin.label, origin.id).encode(format)?;
        let sources = origin.sources.iter().map(|file| Ingredient { role: Role::Source, file });
        let target = Ingredient { role: Role::Target, file: origin.target };
        let ingredients: Vec<_> = std::iter::once(target).chain(sources).collect();
        let claim = Claim { id: origin.id, made_at_ms: self.clock.now_ms(), ingredients: &ingredients };
        let signed = provenance::sign(&file, &claim, &self.identity).map_err(|error| {
            tracing::error!(%error, "a picture could not be signed");
            ErrorCode::Internal
        })?;
        metrics::histogram!(MARKED_SECONDS).record(started.elapsed());
        Ok(signed)
    }

    /// The manifest of a picture that stays in a browser, to be inserted into its file. We see a hash and no picture.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] when the signature fails.
    pub async fn sign_elsewhere(
        &self,
        format: OutputFormat,
        sha256: [u8; 32],
        id: u64,
    ) -> Result<Vec<u8>, ErrorCode> {
        let container = match format {
            OutputFormat::Jpeg => Container::Jpeg,
            OutputFormat::Png => Container::Png,
        };
        let (identity, made_at_ms) = (Arc::clone(&self.identity), self.clock.now_ms());
        let work = spawn_blocking(move || {
            let claim = Claim { id, made_at_ms, ingredients: &[] };
            provenance::sign_elsewhere(&Elsewhere { container, sha256 }, &claim, &identity)
        });
        let signed = work.await.map_err(|error| error.to_string());
        signed.and_then(|signed| signed.map_err(|error| error.to_string())).map_err(|error| {
            tracing::error!(error, "a manifest could not be signed");
            ErrorCode::Internal
        })
    }
}

fn made(owner: &str, clock: &dyn Clock, random: &dyn RandomSource) -> Result<Identity, ProvenanceError> {
    let seed = || {
        let mut seed = [0; SEED_BYTES];
        seed.chunks_exact_mut(16).for_each(|half| half.copy_from_slice(&random.bits_128().to_be_bytes()));
        seed
    };
    Ok(Identity::new(owner, seed(), seed(), clock.now_ms())?)
}
