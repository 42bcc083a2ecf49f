//! Takes files in.

use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use contract::ErrorCode;
use contract::fields::FileName;
use contract::media::{MediaFormat, MediaId, MediaKind, MediaView, Visibility};
use contract::users::UserId;
use sqlx::AnyConnection;
use tokio::sync::Semaphore;

use super::inspect::{Inspected, inspect};
use super::links::Signer;
use super::model::Stored;
use super::prepare::{self, Prepared};
use super::{ContentSafety, Intake, MediaConfig, MediaError, Staged, Store, Variant, repository, safety};
use crate::clock::Clock;
use crate::database::Database;
use crate::ids::RandomSource;
use crate::sealing::InstanceSecret;

/// After how long what was stored and never committed is removed, in milliseconds: longer than any job holds it back.
pub(super) const STAGED_MS: i64 = 60 * 60 * 1000;

/// How long before its end a stage is too old to be committed, in milliseconds: another server's sweep may be at it.
const CLOCKS_DIFFER_MS: i64 = 5 * 60 * 1000;

/// What stored files stand on.
pub struct MediaPorts {
    /// Where they are remembered.
    pub database: Database,
    /// Where they lie.
    pub store: Store,
    /// What signs links.
    pub secret: InstanceSecret,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for ids.
    pub random: Arc<dyn RandomSource>,
    /// Who judges contents, where somebody does.
    pub safety: Option<Arc<dyn ContentSafety>>,
}

/// The feature's one entrance. Clones share everything.
#[derive(Clone)]
pub struct MediaService {
    pub(super) config: Arc<MediaConfig>,
    pub(super) database: Database,
    pub(super) store: Store,
    pub(super) signer: Signer,
    pub(super) clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    safety: Option<Arc<dyn ContentSafety>>,
    decoders: Arc<Semaphore>,
}

impl MediaService {
    /// A service over this database and this store.
    pub fn new(config: MediaConfig, ports: MediaPorts) -> Self {
        let decoders = Arc::new(Semaphore::new(config.decoders.max(1)));
        Self {
            config: Arc::new(config),
            database: ports.database,
            store: ports.store,
            signer: Signer::new(&ports.secret),
            clock: ports.clock,
            random: ports.random,
            safety: ports.safety,
            decoders,
        }
    }

    /// The largest file that is taken, in bytes.
    pub fn max_bytes(&self) -> u64 {
        self.config.max_bytes
    }

    /// Whether contents are checked before they are kept.
    pub fn is_checked(&self) -> bool {
        self.safety.is_some()
    }

    /// An id for a file to come.
    pub fn new_id(&self) -> MediaId {
        MediaId::new(self.clock.now_ms(), self.random.bits_128())
    }

    /// Begins an upload: its pieces go into what this answers.
    ///
    /// # Errors
    /// When the folder of uploads refuses.
    pub fn intake(&self) -> Result<Intake, MediaError> {
        Intake::new(&self.config.incoming, self.config.max_bytes)
    }

    /// Keeps an upload that has come whole. The same file, sent again, is the one that is there, and its time starts
    /// anew; says whether it is new.
    ///
    /// # Errors
    /// A code of its own for each way in which a file may be unfit, [`ErrorCode::MediaQuotaExceeded`],
    /// [`ErrorCode::MediaTakenDown`], and failures of database and store.
    pub async fn keep_upload(
        &self,
        owner: UserId,
        file_name: &str,
        intake: Intake,
    ) -> Result<(MediaView, bool), MediaError> {
        if let Some(known) = self.sent_again(owner, &intake.sha256()).await? {
            return Ok((known, false));
        }
        self.refuse_if_full(owner, 0).await?;
        let name = last_part(file_name).to_owned();
        let (prepared, sent_sha256) = self.prepare_upload(intake, name.clone()).await?;
        self.check_content(&prepared).await?;
        let id = self.new_id();
        let file = self.stored(owner, id, MediaKind::Upload, &name, &prepared, sent_sha256.clone());
        let staged = self.stage(file, prepared).await?;
        let mut tx = self.database.begin().await?;
        match self.commit_within(&mut tx, &staged, self.config.quota_bytes).await {
            Ok(view) => {
                tx.commit().await?;
                Ok((view, true))
            }
            Err(error) => {
                drop(tx);
                self.unstage(id).await?;
                // Another request brought the same file meanwhile.
                match self.sent_again(owner, &sent_sha256).await? {
                    Some(known) => Ok((known, false)),
                    None => Err(error),
                }
            }
        }
    }

    /// Puts a result's bytes into the store, as they are. `id` is the caller's to choose: a job that is done again stores
    /// its result under the same name. Until [`MediaService::commit`], nobody sees it, and after an hour it is gone.
    ///
    /// # Errors
    /// When it is no picture, and failures of database and store.
    pub async fn stage_result(
        &self,
        owner: UserId,
        id: MediaId,
        name: &FileName,
        bytes: Vec<u8>,
    ) -> Result<Staged, MediaError> {
        let sent_sha256 = base16ct::lower::encode_string(digest(&SHA256, &bytes).as_ref());
        let name = name.as_str().to_owned();
        let named = name.clone();
        let prepared = self
            .on_a_decoder(move || {
                let inspected = inspect(&bytes, &named)?;
                prepare::as_it_is(bytes, inspected)
            })
            .await?;
        self.check_content(&prepared).await?;
        let file = self.stored(owner, id, MediaKind::Result, &name, &prepared, sent_sha256);
        self.stage(file, prepared).await
    }

    /// Adds a staged result's row, in the caller's transaction. Results come in beyond the quota, too: the work is done.
    ///
    /// # Errors
    /// When the stage has ended, and failures of the database.
    pub async fn commit(&self, tx: &mut AnyConnection, staged: &Staged) -> Result<MediaView, MediaError> {
        self.commit_within(tx, staged, i64::MAX).await
    }

    /// Keeps a result: [`MediaService::stage_result`] and [`MediaService::commit`] in one.
    ///
    /// # Errors
    /// As both.
    pub async fn save_result(
        &self,
        owner: UserId,
        name: &FileName,
        bytes: Vec<u8>,
    ) -> Result<MediaView, MediaError> {
        let staged = self.stage_result(owner, self.new_id(), name, bytes).await?;
        let mut tx = self.database.begin().await?;
        let view = self.commit(&mut tx, &staged).await?;
        tx.commit().await?;
        Ok(view)
    }

    async fn commit_within(
        &self,
        tx: &mut AnyConnection,
        staged: &Staged,
        quota_bytes: i64,
    ) -> Result<MediaView, MediaError> {
        let file = &staged.0;
        repository::lock(tx, file.owner).await?;
        if repository::used(&mut *tx, file.owner).await?.saturating_add(file.bytes) > quota_bytes {
            return Err(ErrorCode::MediaQuotaExceeded.into());
        }
        if !repository::cancel_removal(&mut *tx, file.id, self.clock.now_ms() + CLOCKS_DIFFER_MS).await? {
            return Err(ErrorCode::Unavailable.into());
        }
        repository::insert(tx, file).await?;
        Ok(file.clone().into())
    }

    /// Stores the contents; before that, notes that they are to be removed, which [`MediaService::commit_within`] takes
    /// back. So a server that dies in between leaves nothing for ever.
    async fn stage(&self, file: Stored, prepared: Prepared) -> Result<Staged, MediaError> {
        let due_at_ms = self.clock.now_ms() + STAGED_MS;
        repository::plan_removal(self.database.writer(), file.id, due_at_ms).await?;
        self.store.put(file.id, Variant::Whole, prepared.bytes.into()).await?;
        if let Some(thumbnail) = prepared.thumbnail {
            self.store.put(file.id, Variant::Thumbnail, thumbnail.into()).await?;
        }
        Ok(Staged(file))
    }

    async fn unstage(&self, id: MediaId) -> Result<(), MediaError> {
        self.store.remove(id).await?;
        Ok(repository::removal_done(self.database.writer(), id, i64::MAX).await?)
    }

    /// The file that a person sent before, its time begun anew.
    async fn sent_again(&self, owner: UserId, sent_sha256: &str) -> Result<Option<MediaView>, MediaError> {
        let kind = MediaKind::Upload;
        if repository::find_sent(self.database.reader(), owner, kind, sent_sha256).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.database.begin().await?;
        repository::lock(&mut tx, owner).await?;
        let Some(mut file) = repository::find_sent(&mut *tx, owner, kind, sent_sha256).await? else {
            return Ok(None);
        };
        if file.hidden_at_ms.is_some() {
            return Err(ErrorCode::MediaTakenDown.into());
        }
        if file.deleted_at_ms.take().is_some() {
            self.fits(repository::used(&mut *tx, owner).await?, file.bytes)?;
        }
        file.expires_at_ms = file.expires_at_ms.map(|_| self.expiry(kind));
        repository::update(&mut tx, &file).await?;
        tx.commit().await?;
        Ok(Some(file.into()))
    }

    /// Spares the work of decoding what could not be kept.
    async fn refuse_if_full(&self, owner: UserId, bytes: i64) -> Result<(), MediaError> {
        self.fits(repository::used(self.database.reader(), owner).await?, bytes.max(1))
    }

    pub(super) fn fits(&self, used: i64, more: i64) -> Result<(), MediaError> {
        let fits = used.saturating_add(more) <= self.config.quota_bytes;
        if fits { Ok(()) } else { Err(ErrorCode::MediaQuotaExceeded.into()) }
    }

    /// What has no picture to be looked at is not taken where contents are checked.
    async fn check_content(&self, prepared: &Prepared) -> Result<(), MediaError> {
        let Some(safety) = &self.safety else { return Ok(()) };
        let picture = prepared.thumbnail.as_deref().ok_or(ErrorCode::MediaUnsupported)?;
        Ok(safety::require(safety.as_ref(), picture).await?)
    }

    async fn prepare_upload(&self, intake: Intake, name: String) -> Result<(Prepared, String), MediaError> {
        let permit = self.decoder().await?;
        let (bytes, sha256) = intake.finish().await?;
        let prepared = with(permit, move || {
            let inspected: Inspected = inspect(&bytes, &name)?;
            prepare::prepare(bytes, inspected)
        });
        Ok((prepared.await?, sha256))
    }

    async fn on_a_decoder<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, MediaError> {
        with(self.decoder().await?, work).await
    }

    /// Waits for one of the few that may hold a decoded picture.
    async fn decoder(&self) -> Result<Permit, MediaError> {
        Arc::clone(&self.decoders).acquire_owned().await.map_err(|_| ErrorCode::Internal.into())
    }

    pub(super) fn expiry(&self, kind: MediaKind) -> i64 {
        let kept_ms = match kind {
            MediaKind::Upload => self.config.upload_ms,
            MediaKind::Result => self.config.result_ms,
        };
        self.clock.now_ms() + kept_ms
    }

    fn stored(
        &self,
        owner: UserId,
        id: MediaId,
        kind: MediaKind,
        name: &str,
        prepared: &Prepared,
        sent_sha256: String,
    ) -> Stored {
        Stored {
            id,
            owner,
            kind,
            visibility: Visibility::Private,
            name: with_extension(name, prepared.format),
            format: prepared.format,
            bytes: i64::try_from(prepared.bytes.len()).unwrap_or(i64::MAX),
            width: prepared.width.into(),
            height: prepared.height.into(),
            frames: prepared.frames.into(),
            blur_hash: prepared.blur_hash.clone(),
            sha256: base16ct::lower::encode_string(digest(&SHA256, &prepared.bytes).as_ref()),
            sent_sha256,
            created_at_ms: self.clock.now_ms(),
            expires_at_ms: Some(self.expiry(kind)),
            deleted_at_ms: None,
            hidden_at_ms: None,
        }
    }
}

type Permit = tokio::sync::OwnedSemaphorePermit;

/// Works on a thread of its own. A decoder that panics costs its file, not the service.
async fn with<T: Send + 'static>(
    permit: Permit,
    work: impl FnOnce() -> Result<T, ErrorCode> + Send + 'static,
) -> Result<T, MediaError> {
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    Ok(done.await.map_err(|_| ErrorCode::PhotoDamaged)??)
}

/// Some browsers send a path.
fn last_part(file_name: &str) -> &str {
    file_name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// A name that its format ends, and that can be shown and saved anywhere.
pub(super) fn with_extension(name: &str, format: MediaFormat) -> String {
    let path = Path::new(last_part(name));
    let known = path.extension().and_then(|extension| MediaFormat::of_extension(extension.to_str()?));
    let stem = if known.is_some() { path.file_stem() } else { path.file_name() };
    let stem = stem.and_then(|stem| stem.to_str()).unwrap_or_default();
    let most = FileName::MAX_CHARS - 5;
    let plain: String = stem.chars().filter(|letter| !letter.is_control()).take(most).collect();
    let stem = FileName::parse(&plain).map_or_else(|_| "file".to_owned(), |name| name.as_str().to_owned());
    format!("{stem}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_with_its_format_and_is_no_path() {
        let named = |name: &str| with_extension(name, MediaFormat::Jpeg);
        assert_eq!(named("me.JPEG"), "me.jpg");
        assert_eq!(named("C:\\photos\\me.webp"), "me.jpg");
        assert_eq!(named("../../etc/passwd"), "passwd.jpg");
        assert_eq!(named("v1.2"), "v1.2.jpg");
        assert_eq!(named(""), "file.jpg");
        assert_eq!(named("\u{202e}gpj.exe"), "file.jpg");
        assert_eq!(named("a\u{0}\nb.png"), "ab.jpg");
        assert!(named(&"é".repeat(400)).chars().count() <= FileName::MAX_CHARS);
    }
}
