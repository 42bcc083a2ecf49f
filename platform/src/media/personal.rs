//! Stored files, as exports and the end of an account need them.

use std::sync::Arc;

use async_trait::async_trait;
use contract::media::MediaView;
use contract::users::UserId;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::repository;
use crate::clock::Clock;
use crate::database::Database;
use crate::personal_data::{Part, PersonalData};

/// Stored files in the database.
#[derive(Clone)]
pub struct StoredFiles {
    database: Database,
    clock: Arc<dyn Clock>,
}

impl StoredFiles {
    /// Those of this database.
    pub const fn new(database: Database, clock: Arc<dyn Clock>) -> Self {
        Self { database, clock }
    }
}

#[async_trait]
impl PersonalData for StoredFiles {
    fn part(&self) -> Part {
        Part::Media
    }

    /// What is known of each file, with the address where its content is.
    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error> {
        let files = repository::all_of(self.database.reader(), user).await?;
        let described = files.into_iter().map(|file| {
            let (deleted_at_ms, sha256) = (file.deleted_at_ms, file.sha256.clone());
            json!({ "file": MediaView::from(file), "sha256": sha256, "deleted_at_ms": deleted_at_ms })
        });
        Ok(described.collect())
    }

    /// Rows go now; contents, which nobody can reach from then on, with the next sweep.
    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error> {
        repository::lock(connection, user).await?;
        let files = repository::all_of(&mut *connection, user).await?;
        for file in &files {
            repository::remove(connection, file.id).await?;
            repository::plan_removal(&mut *connection, file.id, self.clock.now_ms()).await?;
        }
        repository::forget_owner(connection, user).await?;
        Ok(files.len() as u64)
    }
}
