//! The connection to the database and its migrations.

use sqlx::AnyPool;
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;

/// The SQL of `migrations/`, compiled in.
static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// How many connections one process holds at the most.
const MAX_CONNECTIONS: u32 = 8;

/// Opens the database at `url` and brings it up to date.
///
/// SQLite is set to write-ahead logging, so that readers never wait for the writer, and to wait for a lock instead
/// of failing at once.
///
/// # Errors
/// When it cannot be reached or a migration fails.
pub async fn open(url: &str) -> Result<AnyPool, sqlx::Error> {
    install_default_drivers();
    let sqlite = url.starts_with("sqlite:");
    let pool = AnyPoolOptions::new()
        .max_connections(MAX_CONNECTIONS)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if sqlite {
                    for pragma in [
                        "PRAGMA journal_mode = WAL",
                        "PRAGMA busy_timeout = 5000",
                        "PRAGMA foreign_keys = ON",
                    ] {
                        sqlx::query(pragma).execute(&mut *connection).await?;
                    }
                }
                Ok(())
            })
        })
        .connect(url)
        .await?;
    MIGRATIONS.run(&pool).await?;
    Ok(pool)
}

/// Whether the database answers.
pub async fn answers(pool: &AnyPool) -> bool {
    sqlx::query("SELECT 1").execute(pool).await.is_ok()
}
