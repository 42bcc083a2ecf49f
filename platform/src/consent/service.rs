//! Takes statements, holds jobs to them, and withdraws them.

use std::sync::Arc;

use contract::ErrorCode;
use contract::consent::{AttestationId, AttestationView, CreateAttestation, Revoked};
use contract::media::MediaId;
use contract::paging::{Page, PageQuery};
use contract::users::UserId;
use sqlx::AnyConnection;

use super::repository::Statement;
use super::{ChainFault, ConsentError, chain, repository};
use crate::clock::Clock;
use crate::database::Database;
use crate::ids::RandomSource;
use crate::media::MediaService;

/// A face that a job wants to use: a stored photo, and which of its faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The photo.
    pub media: MediaId,
    /// Which face, counted from 0.
    pub face: u32,
}

/// The feature's one entrance. Clones share everything.
#[derive(Clone)]
pub struct ConsentService {
    database: Database,
    media: MediaService,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

impl ConsentService {
    /// A service over this database, for these stored files.
    pub fn new(
        database: Database,
        media: MediaService,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self { database, media, clock, random }
    }

    /// Takes a statement about a face. The same one again is the one that is there; another claim about the same face
    /// stands beside it, and the newest counts.
    ///
    /// # Errors
    /// [`ErrorCode::AgeRequired`], [`ErrorCode::NotFound`] for a photo that is not this person's, and failures of the
    /// database.
    pub async fn attest(
        &self,
        owner: UserId,
        stated: CreateAttestation,
    ) -> Result<AttestationView, ConsentError> {
        self.require_age(owner).await?;
        self.media.view(owner, stated.source).await?;
        let mut tx = self.database.begin().await?;
        self.media.hold(&mut tx, owner).await?;
        let standing = repository::standing(&mut *tx, owner, stated.source, stated.face).await?;
        if let Some(known) = standing.filter(|known| known.claim == stated.claim) {
            return Ok(known.into());
        }
        let now_ms = self.clock.now_ms();
        let mut statement = Statement {
            id: AttestationId::new(now_ms, self.random.bits_128()),
            owner,
            source: stated.source,
            face: stated.face,
            claim: stated.claim,
            salt: format!("{:032x}", self.random.bits_128()),
            sequence: 0,
            results: 0,
            created_at_ms: now_ms,
            revoked_at_ms: None,
        };
        statement.sequence = chain::append(&mut tx, &chain::stated(&statement)).await?;
        repository::insert(&mut tx, &statement).await?;
        tx.commit().await?;
        Ok(statement.into())
    }

    /// The statements that allow these faces, one for each.
    ///
    /// # Errors
    /// [`ErrorCode::AgeRequired`], [`ErrorCode::ConsentRequired`] where one is missing, and failures of the database.
    pub async fn require(
        &self,
        owner: UserId,
        sources: &[Source],
    ) -> Result<Vec<AttestationId>, ConsentError> {
        self.require_age(owner).await?;
        let mut allowed = Vec::with_capacity(sources.len());
        for source in sources {
            let db = self.database.reader();
            let standing = repository::standing(db, owner, source.media, source.face).await?;
            allowed.push(standing.ok_or(ErrorCode::ConsentRequired)?.id);
        }
        Ok(allowed)
    }

    /// Binds a result to the statements that it was made on, in the transaction that adds the result's row, under the lock
    /// of what the person keeps: [`MediaService::commit`] or [`MediaService::hold`] comes first. What is bound already
    /// stays so.
    ///
    /// # Errors
    /// [`ErrorCode::ConsentRequired`] where one was withdrawn meanwhile: then the result must not be kept. Failures of the
    /// database.
    pub async fn bind(
        &self,
        tx: &mut AnyConnection,
        statements: &[AttestationId],
        result: MediaId,
    ) -> Result<(), ConsentError> {
        // Several faces of one photo may rest on one statement.
        let mut each = statements.to_vec();
        each.sort();
        each.dedup();
        for id in each {
            if !repository::bind(tx, id, result).await? {
                return Err(ErrorCode::ConsentRequired.into());
            }
        }
        Ok(())
    }

    /// Withdraws a statement, and removes every result that was made on it. Done again, it changes nothing.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], also for somebody else's, and failures of the database.
    pub async fn revoke(&self, owner: UserId, id: AttestationId) -> Result<Revoked, ConsentError> {
        let mut tx = self.database.begin().await?;
        self.media.hold(&mut tx, owner).await?;
        let statement = repository::find(&mut *tx, owner, id).await?.ok_or(ErrorCode::NotFound)?;
        let now_ms = self.clock.now_ms();
        let mut removed_results = 0;
        if repository::revoke(&mut tx, id, now_ms).await? {
            chain::append(&mut tx, &chain::revoked(&statement, now_ms)).await?;
            for result in repository::results_of(&mut *tx, id).await? {
                removed_results += u32::from(self.media.remove(&mut tx, result).await?);
            }
            tx.commit().await?;
        }
        Ok(Revoked { removed_results })
    }

    /// A page of a person's statements, the newest first.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn list(&self, owner: UserId, page: &PageQuery) -> Result<Page<AttestationView>, ConsentError> {
        let limit = page.limit() as usize;
        let after = page.after.as_deref().unwrap_or_default();
        let rows = repository::page(self.database.reader(), owner, after, i64::from(page.limit()) + 1);
        let mut statements = rows.await?;
        let more = statements.len() > limit;
        statements.truncate(limit);
        let next = statements.last().filter(|_| more).map(|last| last.id.to_string());
        Ok(Page { items: statements.into_iter().map(AttestationView::from).collect(), next })
    }

    /// Notes that a person says they are of age.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn confirm_age(&self, owner: UserId) -> Result<(), ConsentError> {
        Ok(repository::set_age(self.database.writer(), owner, self.clock.now_ms()).await?)
    }

    /// Whether a person said that they are of age.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn is_of_age(&self, owner: UserId) -> Result<bool, ConsentError> {
        Ok(repository::age(self.database.reader(), owner).await?.is_some())
    }

    async fn require_age(&self, owner: UserId) -> Result<(), ConsentError> {
        if self.is_of_age(owner).await? { Ok(()) } else { Err(ErrorCode::AgeRequired.into()) }
    }

    /// Where the chain of statements does not hold. An empty list is how it should be.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn verify_chain(&self) -> Result<Vec<ChainFault>, ConsentError> {
        let mut snapshot = self.database.begin_snapshot().await?;
        Ok(chain::verify(&mut snapshot).await?)
    }
}
