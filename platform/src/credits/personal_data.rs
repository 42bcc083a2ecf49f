//! What the ledger knows of a person.

use async_trait::async_trait;
use contract::users::UserId;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::repository;
use crate::database::Database;
use crate::personal_data::{Part, PersonalData};

/// How many transfers an export holds: more than anybody can have made by hand in years.
const MOST: u32 = 100_000;

/// Balances and histories in the database.
#[derive(Clone, Debug)]
pub struct CreditRecords {
    database: Database,
}

impl CreditRecords {
    /// Those of this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl PersonalData for CreditRecords {
    fn part(&self) -> Part {
        Part::Credits
    }

    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error> {
        let (available, held) = repository::sums(self.database.reader(), user).await?;
        let history = repository::page(self.database.reader(), user, None, MOST).await?;
        Ok(json!({ "available": available, "held": held, "history": history }))
    }

    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error> {
        repository::erase(connection, user).await
    }
}
