//! Does the orders.

use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::digest::{Context, SHA256};
use contract::ErrorCode;
use contract::consent::AttestationId;
use contract::fields::FileName;
use contract::hd_swap::{HdSwap, HdSwapOutput};
use contract::jobs::HD_SWAP;
use contract::media::{MediaId, MediaView};
use contract::swaps::OutputFormat;
use contract::users::UserId;
use serde_json::Value;
use sqlx::AnyConnection;
use studio::Swapped;

use super::compose::{self, Photos};
use super::service::sources_of;
use crate::consent::ConsentService;
use crate::jobs::{Attempt, Claim, Effect, EffectError, Handler, JobFailure, Outcome};
use crate::media::{MediaError, MediaService, Staged};
use crate::provenance::Origin;
use crate::result_cache::ResultCache;
use crate::swaps::SwapService;

/// Does the orders of [`super::HdSwapService`].
pub struct HdSwapHandler {
    swaps: SwapService,
    media: MediaService,
    consent: ConsentService,
    cache: ResultCache,
    /// Whoever computes differently finds nothing that an older program remembered.
    version: &'static str,
}

impl HdSwapHandler {
    /// A handler that computes with this engine, reads and writes these media, holds to what was stated about the faces,
    /// and remembers what it made. `version` is the program's.
    pub const fn new(
        swaps: SwapService,
        media: MediaService,
        consent: ConsentService,
        cache: ResultCache,
        version: &'static str,
    ) -> Self {
        Self { swaps, media, consent, cache, version }
    }

    async fn files(&self, owner: UserId, order: &HdSwap) -> Result<Files, JobFailure> {
        let mut sources = Vec::with_capacity(order.sources.len());
        for id in &order.sources {
            sources.push(self.media.read(owner, *id).await.map_err(failure)?);
        }
        Ok(Files { sources, target: self.media.read(owner, order.target).await.map_err(failure)? })
    }

    /// The key of an order: who asked, what exactly for, of which pixels, and who computes.
    fn key(&self, owner: UserId, order: &HdSwap, files: &Files) -> String {
        // The photos count by what they show, not by their names.
        let anonymous = HdSwap { sources: Vec::new(), target: MediaId::new(0, 0), ..order.clone() };
        let how = serde_json::to_vec(&anonymous).unwrap_or_default();
        let owner = owner.to_string();
        let mut parts: Vec<&[u8]> = vec![HD_SWAP.as_bytes(), self.version.as_bytes(), owner.as_bytes(), &how];
        parts.extend(files.sources.iter().map(Vec::as_slice));
        parts.push(&files.target);
        digest_of(&parts)
    }

    /// What was made before, if it is still there.
    async fn known(&self, owner: UserId, key: &str) -> Option<(MediaId, Value)> {
        let output = self.cache.get(key).await?;
        let made: HdSwapOutput = serde_json::from_str(&output).ok()?;
        picture(&self.media, owner, made.media_id).await.ok()?;
        Some((made.media_id, serde_json::to_value(made).ok()?))
    }

    async fn make(&self, attempt: &Attempt, order: HdSwap, files: Files) -> Result<Made, JobFailure> {
        let files = Arc::new(files);
        let read = Arc::clone(&files);
        let photos = self.compute(move |engine| Photos::read(engine, &read.sources, &read.target)).await?;
        let (photos, order) = (Arc::new(photos), Arc::new(order));
        attempt.progress(30).await?;
        let steps = photos.plan(&order);
        let (count, mut made) = (steps.len(), None);
        for (done, step) in steps.into_iter().enumerate() {
            let (photos, order) = (photos.clone(), order.clone());
            made = Some(
                self.compute(move |engine| compose::take(engine, &photos, &order, &step, made.as_ref()))
                    .await?,
            );
            attempt.progress(30 + percent_of(done + 1, count)).await?;
        }
        let photo = made.ok_or(JobFailure::Final(ErrorCode::NoFaceInTarget))?;
        let faces = order.faces.as_ref().map_or(photos.target.faces().len(), Vec::len);
        let (width, height) = (photo.width(), photo.height());
        let (provenance, id) = (self.swaps.provenance().clone(), attempt.claim.id.mark());
        let mark = move |_: &engine::Engine| {
            let sources: Vec<&[u8]> = files.sources.iter().map(Vec::as_slice).collect();
            let origin = Origin { id, label: order.label, sources: &sources, target: &files.target };
            provenance.mark(Swapped { photo, faces }, order.format, &origin)
        };
        Ok(Made { bytes: self.compute(mark).await?, faces, width, height })
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce(&engine::Engine) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, JobFailure> {
        self.swaps.compute(work).await.map_err(by_code)
    }
}

/// The photos of an order, as they are kept.
struct Files {
    sources: Vec<Vec<u8>>,
    target: Vec<u8>,
}

/// A finished picture.
struct Made {
    bytes: Vec<u8>,
    faces: usize,
    width: u32,
    height: u32,
}

#[async_trait]
impl Handler for HdSwapHandler {
    fn kind(&self) -> &'static str {
        HD_SWAP
    }

    async fn run(&self, attempt: &Attempt) -> Result<Outcome, JobFailure> {
        let Claim { owner, input, .. } = attempt.claim.clone();
        let order: HdSwap =
            serde_json::from_value(input).map_err(|_| JobFailure::Final(ErrorCode::RequestMalformed))?;
        let name =
            result_name(&picture(&self.media, owner, order.target).await.map_err(failure)?, order.format);
        let stated = self.consent.require(owner, &sources_of(&order)).await;
        let statements = stated.map_err(|error| by_code(error.code()))?;
        let bind = |result| Bind { consent: self.consent.clone(), statements, result };
        let files = self.files(owner, &order).await?;
        let key = self.key(owner, &order, &files);
        if let Some((result, output)) = self.known(owner, &key).await {
            let effect = Box::new(Found { media: self.media.clone(), owner, bind: bind(result) });
            return Ok(Outcome { output, charged: false, effect });
        }
        attempt.progress(10).await?;
        let Made { bytes, faces, width, height } = self.make(attempt, order, files).await?;
        let staged =
            self.media.stage_result(owner, self.media.new_id(), &name, bytes).await.map_err(failure)?;
        attempt.progress(95).await?;
        let made = HdSwapOutput { media_id: staged.id(), faces, width, height };
        let output = serde_json::to_value(made).map_err(|_| JobFailure::Final(ErrorCode::Internal))?;
        // Remembered before it is committed; whoever finds it looks whether the picture is there.
        self.cache.put(&key, &output.to_string()).await;
        let effect = Box::new(Keep { media: self.media.clone(), bind: bind(staged.id()), staged });
        Ok(Outcome { output, charged: true, effect })
    }
}

/// Binds a result to the statements that allow it: withdrawn, they take it with them.
struct Bind {
    consent: ConsentService,
    statements: Vec<AttestationId>,
    result: MediaId,
}

impl Bind {
    async fn write(&self, connection: &mut AnyConnection) -> Result<(), EffectError> {
        Ok(self.consent.bind(connection, &self.statements, self.result).await?)
    }
}

/// What was made before may rest on newer statements now.
struct Found {
    media: MediaService,
    owner: UserId,
    bind: Bind,
}

#[async_trait]
impl Effect for Found {
    async fn write(&self, connection: &mut AnyConnection) -> Result<(), EffectError> {
        self.media.hold(connection, self.owner).await?;
        self.bind.write(connection).await
    }
}

/// Adds the result's row.
struct Keep {
    media: MediaService,
    staged: Staged,
    bind: Bind,
}

#[async_trait]
impl Effect for Keep {
    async fn write(&self, connection: &mut AnyConnection) -> Result<(), EffectError> {
        self.media.commit(connection, &self.staged).await?;
        self.bind.write(connection).await
    }
}

/// One of somebody's pictures that can be looked at.
pub(super) async fn picture(
    media: &MediaService,
    owner: UserId,
    id: MediaId,
) -> Result<MediaView, MediaError> {
    let view = media.view(owner, id).await?;
    if view.taken_down {
        return Err(ErrorCode::MediaTakenDown.into());
    }
    if !view.format.is_picture() {
        return Err(ErrorCode::PhotoNotAnImage.into());
    }
    Ok(view)
}

/// `poster.png` becomes `poster-swap.jpg`.
fn result_name(target: &MediaView, format: OutputFormat) -> FileName {
    let stem = target.name.rsplit_once('.').map_or(target.name.as_str(), |(stem, _)| stem);
    let short: String = stem.chars().take(80).collect();
    let named = FileName::parse(&format!("{short}-swap.{}", format.extension()));
    named
        .or_else(|_| FileName::parse(&format!("swap.{}", format.extension())))
        .expect("a constant that a test reads")
}

/// The SHA-256 of parts, in hexadecimal digits; where one ends and the next begins counts.
pub(super) fn digest_of(parts: &[&[u8]]) -> String {
    let mut digest = Context::new(&SHA256);
    for part in parts {
        digest.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(part);
    }
    base16ct::lower::encode_string(digest.finish().as_ref())
}

/// How much of the 50 percent between reading and writing is done.
fn percent_of(done: usize, of: usize) -> u8 {
    u8::try_from(done * 50 / of.max(1)).unwrap_or(50)
}

fn failure(error: MediaError) -> JobFailure {
    by_code(error.code())
}

/// What is our fault or the machine's may pass; what the photos lack does not.
const fn by_code(code: ErrorCode) -> JobFailure {
    if code.status() >= 500 { JobFailure::Passing(code) } else { JobFailure::Final(code) }
}
