//! What may be posted, each as part of the caller's transaction.

use std::sync::Arc;

use contract::credits::{TransferId, TransferKind};
use contract::jobs::JobId;
use contract::users::UserId;
use sqlx::AnyConnection;

use super::repository::{self, Account, Posted, Transfer};
use crate::clock::Clock;
use crate::ids::RandomSource;

/// Something was not posted.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There are too few credits. The transaction must not be committed.
    #[error("there are too few credits")]
    Short,
    /// The database refused. The transaction must not be committed.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
}

/// Credits that a round of a job costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Who pays.
    pub owner: UserId,
    /// For what.
    pub job: JobId,
    /// How often the owner has asked for the job.
    pub round: i64,
    /// How many; nothing is posted for none.
    pub amount: i64,
}

/// The ledger. Every posting has a key, and is written once however often it is asked for.
#[derive(Clone)]
pub struct Ledger {
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
}

/// One posting, before it has an id and a time.
struct Posting<'a> {
    owner: UserId,
    kind: TransferKind,
    key: &'a str,
    job: Option<JobId>,
    note: &'a str,
    from: Account,
    to: Account,
    amount: i64,
}

impl Ledger {
    /// A ledger with this clock and randomness.
    pub fn new(clock: Arc<dyn Clock>, random: Arc<dyn RandomSource>) -> Self {
        Self { clock, random }
    }

    /// Sets credits aside for a job.
    ///
    /// # Errors
    /// [`LedgerError::Short`], and what the database refuses.
    pub async fn hold(&self, connection: &mut AnyConnection, hold: Hold) -> Result<(), LedgerError> {
        self.of_job(connection, hold, TransferKind::Hold, Account::Available, Account::Held).await
    }

    /// Spends what was set aside: the job succeeded.
    ///
    /// # Errors
    /// [`LedgerError::Short`] when nothing was set aside, and what the database refuses.
    pub async fn capture(&self, connection: &mut AnyConnection, hold: Hold) -> Result<(), LedgerError> {
        self.of_job(connection, hold, TransferKind::Capture, Account::Held, Account::Used).await
    }

    /// Gives back what was set aside: the job ended otherwise.
    ///
    /// # Errors
    /// [`LedgerError::Short`] when nothing was set aside, and what the database refuses.
    pub async fn release(&self, connection: &mut AnyConnection, hold: Hold) -> Result<(), LedgerError> {
        self.of_job(connection, hold, TransferKind::Release, Account::Held, Account::Available).await
    }

    async fn of_job(
        &self,
        connection: &mut AnyConnection,
        hold: Hold,
        kind: TransferKind,
        from: Account,
        to: Account,
    ) -> Result<(), LedgerError> {
        if hold.amount == 0 {
            return Ok(());
        }
        // Captured and released exclude each other: they share a key.
        let step = if kind == TransferKind::Hold { "hold" } else { "end" };
        let key = format!("job:{}:{}:{step}", hold.job, hold.round);
        let Hold { owner, job, amount, .. } = hold;
        let posting = Posting { owner, kind, key: &key, job: Some(job), note: "", from, to, amount };
        self.post(connection, posting).await.map(|_| ())
    }

    /// Gives credits out. False if that was done before under this key.
    ///
    /// # Errors
    /// What the database refuses.
    pub(super) async fn issue(
        &self,
        connection: &mut AnyConnection,
        owner: UserId,
        kind: TransferKind,
        amount: i64,
        key: &str,
        note: &str,
    ) -> Result<bool, LedgerError> {
        let (from, to) = (Account::Issued, Account::Available);
        self.post(connection, Posting { owner, kind, key, job: None, note, from, to, amount }).await
    }

    async fn post(&self, connection: &mut AnyConnection, posting: Posting<'_>) -> Result<bool, LedgerError> {
        let now_ms = self.clock.now_ms();
        let Posting { owner, kind, key, job, note, from, to, amount } = posting;
        let id = TransferId::new(now_ms, self.random.bits_128());
        let job = job.map(|job| job.to_string());
        let transfer = Transfer { id, owner, kind, key, job, note, from, to, amount, now_ms };
        match repository::post(connection, &transfer).await? {
            Posted::Now => Ok(true),
            Posted::Before => Ok(false),
            Posted::Short => Err(LedgerError::Short),
        }
    }
}
