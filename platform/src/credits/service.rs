//! What people see of their credits, and who is given some.

use std::sync::Arc;

use contract::ErrorCode;
use contract::credits::{CreditBalance, GrantCredits, TransferId, TransferKind, TransferView};
use contract::paging::{Page, PageQuery};
use contract::users::UserId;
use sqlx::AnyConnection;

use super::allowance::{month_of, next_month_ms};
use super::ledger::{Ledger, LedgerError};
use super::repository;
use crate::auth::{AuthError, AuthService, Principal};
use crate::clock::Clock;
use crate::database::Database;
use crate::paging;

/// What credits are worth at this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditConfig {
    /// Free ones for each month in which somebody with a confirmed address looks in; may be 0.
    pub monthly_allowance: i64,
}

/// The entrance to credits.
#[derive(Clone)]
pub struct CreditService {
    database: Database,
    ledger: Ledger,
    accounts: AuthService,
    clock: Arc<dyn Clock>,
    config: CreditConfig,
}

impl CreditService {
    /// A service over this ledger.
    pub fn new(
        database: Database,
        ledger: Ledger,
        accounts: AuthService,
        clock: Arc<dyn Clock>,
        config: CreditConfig,
    ) -> Self {
        Self { database, ledger, accounts, clock, config }
    }

    /// What somebody has, this month's allowance included.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, and failures of the database.
    pub async fn balance(&self, principal: &Principal) -> Result<CreditBalance, AuthError> {
        principal.require_person()?;
        self.allow(principal).await?;
        let (available, held) = repository::sums(self.database.reader(), principal.user).await?;
        Ok(CreditBalance {
            available,
            held,
            monthly_allowance: self.config.monthly_allowance,
            next_allowance_at_ms: next_month_ms(self.clock.now_ms()),
        })
    }

    /// Somebody's history, the youngest first.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, the field `after`, and failures of the database.
    pub async fn history(
        &self,
        principal: &Principal,
        query: &PageQuery,
    ) -> Result<Page<TransferView>, AuthError> {
        principal.require_person()?;
        let after: Option<TransferId> = paging::after(query)?;
        let limit = query.limit();
        let items = repository::page(self.database.reader(), principal.user, after, limit + 1).await?;
        Ok(paging::page(items, limit, |transfer| transfer.id.to_string()))
    }

    /// Gives somebody credits, once for each key.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] unless an administrator asks, the fields at fault, [`ErrorCode::NotFound`] for an
    /// account that is not there, and failures of the database.
    pub async fn grant(
        &self,
        principal: &Principal,
        grant: GrantCredits,
        key: &str,
    ) -> Result<(), AuthError> {
        principal.require_admin()?;
        let grant = grant.check().map_err(AuthError::Fields)?;
        self.accounts.account(grant.user_id).await?;
        let key = format!("grant:{}:{key}", principal.user);
        self.issue(grant.user_id, TransferKind::Grant, grant.amount, &key, &grant.note).await
    }

    /// Gives somebody credits from the machine that the server runs on.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn grant_locally(&self, user: UserId, amount: i64, key: &str) -> Result<(), AuthError> {
        self.issue(user, TransferKind::Grant, amount, &format!("grant:local:{key}"), "").await
    }

    /// This month's free credits, if they have not come yet. Only a confirmed address has any: one person could make
    /// as many accounts as they can think of addresses.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn allow(&self, principal: &Principal) -> Result<(), AuthError> {
        let amount = self.config.monthly_allowance;
        if amount == 0 || !principal.email_verified {
            return Ok(());
        }
        let key = format!("allowance:{}:{}", principal.user, month_of(self.clock.now_ms()));
        if repository::is_posted(self.database.reader(), &key).await? {
            return Ok(());
        }
        self.issue(principal.user, TransferKind::Allowance, amount, &key, "").await
    }

    async fn issue(
        &self,
        user: UserId,
        kind: TransferKind,
        amount: i64,
        key: &str,
        note: &str,
    ) -> Result<(), AuthError> {
        let mut transaction = self.database.begin().await?;
        let connection: &mut AnyConnection = &mut transaction;
        self.ledger.issue(connection, user, kind, amount, key, note).await?;
        Ok(transaction.commit().await?)
    }
}

impl From<LedgerError> for AuthError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Short => ErrorCode::CreditsShort.into(),
            LedgerError::Database(error) => error.into(),
        }
    }
}
