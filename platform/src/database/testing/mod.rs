//! Real databases for tests: each test has its own, of both kinds.
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_row_is_found() {
//!     on_each_database(async |database| { /* the same body, on SQLite and on PostgreSQL */ }).await;
//! }
//! ```

mod chaos;
mod cluster;

use std::ops::Deref;
use std::time::Duration;

use tempfile::TempDir;

use super::{Database, DatabaseKind};
pub use chaos::ChaosProxy;
use cluster::Lent;

/// Runs one test body on SQLite and then on PostgreSQL, each with a fresh, migrated database.
///
/// # Panics
/// Where the body does, having said on which database.
pub async fn on_each_database(test: impl AsyncFn(TestDatabase)) {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let _says_where = SaysWhere(kind);
        test(TestDatabase::migrated(kind).await).await;
    }
}

/// A database that vanishes with this value.
#[derive(Debug)]
pub struct TestDatabase {
    database: Database,
    url: String,
    _keeps: Keeps,
}

/// What the database lies in.
#[derive(Debug)]
enum Keeps {
    Folder { _folder: TempDir },
    Cluster { _lent: Lent },
}

impl TestDatabase {
    /// One with the newest schema.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn migrated(kind: DatabaseKind) -> Self {
        match kind {
            DatabaseKind::Sqlite => {
                let made = Self::empty(kind).await;
                made.migrate().await.expect("the migrations run");
                made
            }
            DatabaseKind::Postgres => Self::lent(Lent::migrated().await).await,
        }
    }

    /// One without any table.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn empty(kind: DatabaseKind) -> Self {
        match kind {
            DatabaseKind::Sqlite => {
                let folder = TempDir::new().expect("a folder can be made");
                let url = format!("sqlite:{}?mode=rwc", folder.path().join("mog.db").display());
                Self::open(url, Keeps::Folder { _folder: folder }).await
            }
            DatabaseKind::Postgres => Self::lent(Lent::empty().await).await,
        }
    }

    async fn lent(lent: Lent) -> Self {
        Self::open(lent.url(), Keeps::Cluster { _lent: lent }).await
    }

    async fn open(url: String, keeps: Keeps) -> Self {
        let database = Database::open(&url).await.expect("a fresh database opens");
        Self { database, url, _keeps: keeps }
    }

    /// The same database, opened anew: through a [`ChaosProxy`] perhaps, and with another patience.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn opened_again(self, url: &str, patience: Duration) -> Self {
        let database = Database::open_with_patience(url, patience).await.expect("it opens once more");
        Self { database, ..self }
    }

    /// Its address, to open it once more.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Deref for TestDatabase {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

/// Says on which database a test failed.
struct SaysWhere(DatabaseKind);

impl Drop for SaysWhere {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was on {}", self.0.name());
        }
    }
}
