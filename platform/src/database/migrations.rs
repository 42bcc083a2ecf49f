//! The schema, brought up to date by the SQL of `migrations/`.

use sqlx::migrate::{MigrateError, Migrator};

use super::{Database, DatabaseKind};

/// The SQL of `migrations/`, compiled in.
static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// The schema that this program is written for.
pub fn newest_schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

impl Database {
    /// Brings the schema up to date. Several processes may do so at once: one does it, the others wait.
    ///
    /// # Errors
    /// When a migration fails, or the schema is newer than this program.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match self.kind {
            DatabaseKind::Sqlite => {
                // sqlx takes no lock on SQLite; this transaction is one.
                let mut transaction = self.begin().await?;
                MIGRATIONS.run(&mut *transaction).await?;
                transaction.commit().await?;
            }
            // Here sqlx takes an advisory lock, for which the others wait.
            DatabaseKind::Postgres => MIGRATIONS.run(&self.writer).await?,
        }
        Ok(())
    }

    /// The schema that the database has; none if it was never migrated.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn schema(&self) -> Result<Option<i64>, sqlx::Error> {
        if !self.tables().await?.iter().any(|table| table == "_sqlx_migrations") {
            return Ok(None);
        }
        sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&self.reader).await
    }

    /// The names of all tables, sorted.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn tables(&self) -> Result<Vec<String>, sqlx::Error> {
        let names = match self.kind {
            DatabaseKind::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                 ORDER BY name"
            }
            DatabaseKind::Postgres => {
                "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()
                 ORDER BY tablename"
            }
        };
        sqlx::query_scalar(names).fetch_all(&self.reader).await
    }
}
