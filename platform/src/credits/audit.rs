//! Whether the ledger agrees with itself.

use super::repository;
use crate::database::Database;

/// What an audit found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audit {
    /// The sum of all entries: zero.
    pub sum: i64,
    /// Transfers that are not two entries that cancel out: none.
    pub wrong_transfers: i64,
    /// Balances that are not the sum of their entries: none.
    pub wrong_balances: i64,
}

impl Audit {
    /// Looks at the whole ledger as it is at one moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(database: &Database) -> Result<Self, sqlx::Error> {
        let mut snapshot = database.begin_snapshot().await?;
        let (sum, wrong_transfers, wrong_balances) = repository::audit(&mut snapshot).await?;
        snapshot.rollback().await?;
        Ok(Self { sum, wrong_transfers, wrong_balances })
    }

    /// Whether every promise of the ledger holds.
    pub const fn is_sound(&self) -> bool {
        self.sum == 0 && self.wrong_transfers == 0 && self.wrong_balances == 0
    }
}
