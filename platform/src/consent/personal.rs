//! Statements, as exports and the end of an account need them.

use async_trait::async_trait;
use contract::consent::AttestationView;
use contract::users::UserId;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::repository;
use crate::database::Database;
use crate::personal_data::{Part, PersonalData};

/// Statements in the database.
#[derive(Clone, Debug)]
pub struct Statements {
    database: Database,
}

impl Statements {
    /// Those of this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl PersonalData for Statements {
    fn part(&self) -> Part {
        Part::Consent
    }

    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error> {
        let statements = repository::page(self.database.reader(), user, "", i64::MAX).await?;
        let statements: Vec<_> = statements.into_iter().map(AttestationView::from).collect();
        let of_age = repository::age(self.database.reader(), user).await?;
        Ok(json!({ "statements": statements, "said_to_be_of_age_at_ms": of_age }))
    }

    /// The links of the chain stay: without the statements' salts they say nothing.
    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error> {
        repository::erase(connection, user).await
    }
}
