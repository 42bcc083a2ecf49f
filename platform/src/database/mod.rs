//! The one way to the database, SQLite or PostgreSQL.
//!
//! Features write `$n` SQL over TEXT, BIGINT, DOUBLE PRECISION and BYTEA, which runs unchanged on both
//! (`docs/MIGRATIONS.md`).

mod errors;
mod migrations;
mod pools;
#[cfg(feature = "testing")]
pub mod testing;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::Any;
use sqlx::postgres::PgListener;
use sqlx::{AnyPool, Transaction};

pub use errors::{ensure_one, error_code, is_unique_violation};
pub use migrations::newest_schema;
pub(crate) use migrations::{MIGRATIONS_TABLE, migrate_to, schema_of, tables_of};

/// How long a request waits for a free connection or a lock before it is told that the database is out of reach.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections one process holds at the most: PostgreSQL's for all, SQLite's for reading.
const MAX_CONNECTIONS: u32 = 8;

/// How long the database may take to say that it is there.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file beside the server.
    Sqlite,
    /// A server of its own.
    Postgres,
}

impl DatabaseKind {
    /// Its name for a person.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// An open database. Clones share its connections.
///
/// SQLite knows one writer at a time: its writes queue here for one connection, instead of colliding over the file's
/// lock, while any number of readers go on. PostgreSQL sorts that out itself and has one pool for both.
#[derive(Clone)]
pub struct Database {
    kind: DatabaseKind,
    /// May hold a password.
    url: Arc<str>,
    reader: AnyPool,
    writer: AnyPool,
}

impl Database {
    /// Opens the database at a `sqlite:` or `postgres:` address.
    ///
    /// `sqlite:data/mog.db` is made if it is not there; `postgres:///mog?host=/run/postgresql` goes through a Unix
    /// socket.
    ///
    /// # Errors
    /// When it cannot be reached, or the address is of neither kind.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        Self::open_with_patience(url, PATIENCE).await
    }

    /// As [`Database::open`], for those who would rather fail sooner or wait longer than is usual.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub async fn open_with_patience(url: &str, patience: Duration) -> Result<Self, sqlx::Error> {
        pools::open(url, patience, MAX_CONNECTIONS).await
    }

    /// As [`Database::open`], with so many connections at the most, for a process that is to leave some to others.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub async fn open_with_connections(url: &str, connections: u32) -> Result<Self, sqlx::Error> {
        pools::open(url, PATIENCE, connections).await
    }

    /// What other processes say to each other through PostgreSQL (`LISTEN`), on a connection of its own; none on SQLite.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn listen(&self, channel: &str) -> Result<Option<PgListener>, sqlx::Error> {
        if self.kind == DatabaseKind::Sqlite {
            return Ok(None);
        }
        let mut listener = PgListener::connect(&self.url).await?;
        listener.listen(channel).await?;
        Ok(Some(listener))
    }

    /// Which database it is.
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// Connections to read with. On SQLite they refuse to write.
    pub const fn reader(&self) -> &AnyPool {
        &self.reader
    }

    /// Connections to write a single statement with. On SQLite there is one: never ask for it while a transaction of
    /// [`Database::begin`] is open in the same task.
    pub const fn writer(&self) -> &AnyPool {
        &self.writer
    }

    /// Starts a transaction that writes. Dropped without `commit`, it leaves no trace.
    ///
    /// On SQLite it holds the only writer from the start (`BEGIN IMMEDIATE`), so what it has read cannot change before
    /// it writes. PostgreSQL does not promise that (`READ COMMITTED`): a rule between reading and writing belongs in
    /// the `WHERE` of the `UPDATE`, whose affected rows are then counted ([`ensure_one`]).
    ///
    /// # Errors
    /// When the database is out of reach, or another writer keeps it for too long.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.kind {
            DatabaseKind::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await,
            DatabaseKind::Postgres => self.writer.begin().await,
        }
    }

    /// Starts a transaction that reads, and sees the database as it was at one moment throughout.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn begin_snapshot(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.kind {
            DatabaseKind::Sqlite => self.reader.begin().await,
            DatabaseKind::Postgres => {
                let isolation = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                let mut snapshot = self.reader.begin_with(isolation).await?;
                // To read all of a large table takes its time.
                sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *snapshot).await?;
                Ok(snapshot)
            }
        }
    }

    /// The file that the rows are in; none if a server has them.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn file(&self) -> Result<Option<PathBuf>, sqlx::Error> {
        if self.kind == DatabaseKind::Postgres {
            return Ok(None);
        }
        let path: String = sqlx::query_scalar("SELECT file FROM pragma_database_list WHERE name = 'main'")
            .fetch_one(&self.reader)
            .await?;
        Ok(Some(path.into()))
    }

    /// Whether the database answers, in two seconds at the most.
    pub async fn answers(&self) -> bool {
        let question = sqlx::query("SELECT 1").execute(&self.reader);
        matches!(tokio::time::timeout(ANSWER_WITHIN, question).await, Ok(Ok(_)))
    }

    /// Closes every connection, once those in use have come back.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

impl fmt::Debug for Database {
    /// The address may hold a password: only the kind is shown.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Database").field("kind", &self.kind).finish_non_exhaustive()
    }
}
