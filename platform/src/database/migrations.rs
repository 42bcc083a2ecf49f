//! The schema, brought up to date by the SQL of `migrations/`.

use sqlx::AnyConnection;
use sqlx::migrate::{MigrateError, Migrator};

use super::{Database, DatabaseKind};

/// The SQL of `migrations/`, compiled in.
static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// Where sqlx remembers which migrations have run.
pub(crate) const MIGRATIONS_TABLE: &str = "_sqlx_migrations";

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
                migrate_to(&mut transaction, None).await?;
                transaction.commit().await?;
            }
            // Here sqlx takes an advisory lock, for which the others wait.
            DatabaseKind::Postgres => MIGRATIONS.run(&self.writer).await?,
        }
        Ok(())
    }

    /// Brings an empty database to an older schema, for tests of what an older program left behind.
    ///
    /// # Errors
    /// When a migration fails.
    #[cfg(feature = "testing")]
    pub async fn migrate_to(&self, schema: i64) -> Result<(), MigrateError> {
        let mut connection = self.writer.acquire().await?;
        migrate_to(&mut connection, Some(schema)).await
    }

    /// The schema that the database has; none if it was never migrated.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn schema(&self) -> Result<Option<i64>, sqlx::Error> {
        schema_of(&mut *self.reader.acquire().await?, self.kind).await
    }
}

/// Runs the migrations up to and with `schema`, or all.
pub(crate) async fn migrate_to(
    connection: &mut AnyConnection,
    schema: Option<i64>,
) -> Result<(), MigrateError> {
    match schema {
        Some(schema) => MIGRATIONS.run_to(schema, connection).await,
        None => MIGRATIONS.run(connection).await,
    }
}

/// As [`Database::schema`], on this connection.
pub(crate) async fn schema_of(
    connection: &mut AnyConnection,
    kind: DatabaseKind,
) -> Result<Option<i64>, sqlx::Error> {
    if !tables_of(connection, kind).await?.iter().any(|table| table == MIGRATIONS_TABLE) {
        return Ok(None);
    }
    sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(connection).await
}

/// The names of all tables, sorted.
pub(crate) async fn tables_of(
    connection: &mut AnyConnection,
    kind: DatabaseKind,
) -> Result<Vec<String>, sqlx::Error> {
    let names = match kind {
        DatabaseKind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY name"
        }
        DatabaseKind::Postgres => {
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        }
    };
    sqlx::query_scalar(names).fetch_all(connection).await
}
