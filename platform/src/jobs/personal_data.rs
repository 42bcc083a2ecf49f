//! What the queue knows of a person.

use async_trait::async_trait;
use contract::users::UserId;
use serde_json::Value;
use sqlx::AnyConnection;

use super::repository;
use crate::database::Database;
use crate::personal_data::{Part, PersonalData};

/// How many jobs an export holds: more than anybody can have made in the month that they are kept.
const MOST: u32 = 100_000;

/// Jobs in the database.
#[derive(Clone, Debug)]
pub struct JobRecords {
    database: Database,
}

impl JobRecords {
    /// Those of this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl PersonalData for JobRecords {
    fn part(&self) -> Part {
        Part::Jobs
    }

    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error> {
        let jobs = repository::page(self.database.reader(), user, None, MOST).await?;
        serde_json::to_value(jobs).map_err(|error| sqlx::Error::Encode(Box::new(error)))
    }

    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error> {
        repository::erase(connection, user).await
    }
}
