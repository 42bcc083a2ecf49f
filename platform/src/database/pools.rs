//! How connections are opened, per kind of database.

use std::time::Duration;

use sqlx::AnyPool;
use sqlx::any::{AnyPoolOptions, install_default_drivers};

use super::{Database, DatabaseKind};

/// How long one statement may run on PostgreSQL before it is cut, in milliseconds.
const STATEMENT_TIMEOUT_MS: u32 = 30_000;

pub(super) async fn open(url: &str, patience: Duration, connections: u32) -> Result<Database, sqlx::Error> {
    install_default_drivers();
    match kind_of(url)? {
        DatabaseKind::Sqlite => sqlite(url, patience, connections).await,
        DatabaseKind::Postgres => postgres(url, patience, connections).await,
    }
}

/// The address itself may hold a password: no error repeats it.
fn kind_of(url: &str) -> Result<DatabaseKind, sqlx::Error> {
    let refuse = |why: &str| Err(sqlx::Error::Configuration(why.into()));
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") if url.contains(":memory:") || url.contains("mode=memory") => {
            refuse("a database in memory would be another one for every connection: name a file")
        }
        Some("sqlite") => Ok(DatabaseKind::Sqlite),
        Some("postgres" | "postgresql") => Ok(DatabaseKind::Postgres),
        _ => refuse("the database's address must begin with sqlite: or postgres:"),
    }
}

async fn sqlite(url: &str, patience: Duration, connections: u32) -> Result<Database, sqlx::Error> {
    let url = &made_if_missing(url);
    let wait = format!("PRAGMA busy_timeout = {}", patience.as_millis());
    // The wait comes first: to switch a new file to write-ahead logging takes a lock. The writer does that alone,
    // before there are readers.
    let writing = vec![
        wait.clone(),
        "PRAGMA journal_mode = WAL".into(),
        "PRAGMA synchronous = NORMAL".into(),
        "PRAGMA foreign_keys = ON".into(),
        "PRAGMA journal_size_limit = 67108864".into(),
    ];
    let reading = vec![wait, "PRAGMA query_only = ON".into()];
    let pool = |size| AnyPoolOptions::new().max_connections(size).test_before_acquire(false);
    let writer = connect(pool(1), url, patience, writing).await?;
    let reader = connect(pool(connections), url, patience, reading).await?;
    Ok(Database { kind: DatabaseKind::Sqlite, url: url.as_str().into(), reader, writer })
}

/// Without a mode, SQLite would refuse a file that is not there yet.
fn made_if_missing(url: &str) -> String {
    match url.split_once('?') {
        Some((_, options)) if options.contains("mode=") => url.into(),
        Some(_) => format!("{url}&mode=rwc"),
        None => format!("{url}?mode=rwc"),
    }
}

async fn postgres(url: &str, patience: Duration, connections: u32) -> Result<Database, sqlx::Error> {
    let settings = vec![
        format!("SET lock_timeout = {}", patience.as_millis()),
        format!("SET statement_timeout = {STATEMENT_TIMEOUT_MS}"),
    ];
    // Each connection is asked whether it still lives before it is given out: so a database that comes back serves the
    // very next request.
    let pool = AnyPoolOptions::new().max_connections(connections).test_before_acquire(true);
    let pool = connect(pool, url, patience, settings).await?;
    Ok(Database { kind: DatabaseKind::Postgres, url: url.into(), reader: pool.clone(), writer: pool })
}

/// Connects, and has every connection begin with `settings`.
async fn connect(
    pool: AnyPoolOptions,
    url: &str,
    patience: Duration,
    settings: Vec<String>,
) -> Result<AnyPool, sqlx::Error> {
    let settings: std::sync::Arc<[String]> = settings.into();
    pool.acquire_timeout(patience)
        .after_connect(move |connection, _| {
            let settings = settings.clone();
            Box::pin(async move {
                for setting in settings.iter() {
                    // Written above, from nothing that came from outside.
                    sqlx::query(sqlx::AssertSqlSafe(setting.clone())).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
        .connect(url)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_which_database_it_is() {
        assert_eq!(kind_of("sqlite:data/mog.db?mode=rwc").unwrap(), DatabaseKind::Sqlite);
        assert_eq!(kind_of("postgres:///mog?host=/run/postgresql").unwrap(), DatabaseKind::Postgres);
        assert_eq!(kind_of("postgresql://mog:secret@db/mog").unwrap(), DatabaseKind::Postgres);
    }

    #[test]
    fn a_refused_address_is_not_repeated() {
        for url in ["mysql://mog:secret@db/mog", "sqlite::memory:", "secret"] {
            let error = kind_of(url).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
