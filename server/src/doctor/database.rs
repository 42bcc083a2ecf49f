//! The database: there, of which version, up to date, and willing to be written.

use std::time::Duration;

use platform::clock::Clock;
use platform::database::{Database, DatabaseKind, newest_schema};
use secrecy::ExposeSecret;

use super::Finding;
use crate::config::Config;
use crate::ports::SystemClock;

const SUBJECT: &str = "database";

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// From this difference on, tokens and limits of several servers go wrong.
const SKEW_MS: i64 = 2000;

pub(super) async fn examine(config: &Config) -> Vec<Finding> {
    let data = &config.folders.data;
    let shown = config.database.shown(data);
    let url = config.database.url(data);
    let database = match Database::open_with_patience(url.expose_secret(), PATIENCE).await {
        Ok(database) => database,
        Err(error) => {
            return vec![Finding::problem(
                SUBJECT,
                format!("{shown} cannot be reached: {error}"),
                "Start it, or correct database.url (DATABASE_URL).",
            )];
        }
    };
    let mut findings =
        vec![version(&database, &shown).await, schema(&database).await, writable(&database).await];
    match database.kind() {
        DatabaseKind::Sqlite => findings.push(journal(&database).await),
        DatabaseKind::Postgres => findings.push(skew(&database).await),
    }
    database.close().await;
    findings
}

async fn version(database: &Database, shown: &str) -> Finding {
    let query = match database.kind() {
        DatabaseKind::Sqlite => "SELECT sqlite_version()",
        DatabaseKind::Postgres => "SELECT current_setting('server_version')",
    };
    let kind = database.kind().name();
    match sqlx::query_scalar::<_, String>(query).fetch_one(database.reader()).await {
        Ok(version) => Finding::well(SUBJECT, format!("{kind} {version} answers at {shown}")),
        Err(error) => asks_in_vain(&error),
    }
}

fn asks_in_vain(error: &sqlx::Error) -> Finding {
    Finding::problem(SUBJECT, format!("it does not answer: {error}"), "Look into the database's own log.")
}

async fn schema(database: &Database) -> Finding {
    const SUBJECT: &str = "schema";
    match database.schema().await {
        Ok(Some(schema)) if schema == newest_schema() => {
            Finding::well(SUBJECT, format!("{schema}, the newest"))
        }
        Ok(Some(schema)) if schema > newest_schema() => Finding::problem(
            SUBJECT,
            format!("{schema} is newer than this program, which knows {}", newest_schema()),
            "Run the newer program that wrote it.",
        ),
        Ok(found) => Finding::warning(
            SUBJECT,
            format!("{} where {} is the newest", found.unwrap_or(0), newest_schema()),
            "`mog migrate` brings it up to date; so does the start of `mog serve`.",
        ),
        Err(error) => asks_in_vain(&error),
    }
}

/// Makes a table in a transaction that is then given up.
async fn writable(database: &Database) -> Finding {
    let tried = async {
        let mut transaction = database.begin().await?;
        sqlx::query("CREATE TABLE doctor_probe (id BIGINT)").execute(&mut *transaction).await?;
        transaction.rollback().await
    };
    match tried.await {
        Ok(()) => Finding::well("database writes", "it can be written"),
        Err(error) => Finding::problem(
            "database writes",
            format!("it cannot be written: {error}"),
            "Give the server's account the right to write and to make tables.",
        ),
    }
}

async fn journal(database: &Database) -> Finding {
    const SUBJECT: &str = "journal";
    match sqlx::query_scalar::<_, String>("PRAGMA journal_mode").fetch_one(database.reader()).await {
        Ok(mode) if mode == "wal" => Finding::well(SUBJECT, "write-ahead: readers never wait"),
        Ok(mode) => Finding::warning(
            SUBJECT,
            format!("the mode is {mode}, not wal: readers wait for the writer"),
            "Keep the file on a local disk: network file systems have no write-ahead log.",
        ),
        Err(error) => asks_in_vain(&error),
    }
}

async fn skew(database: &Database) -> Finding {
    const SUBJECT: &str = "database clock";
    let asked_ms = SystemClock.now_ms();
    let query = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    match sqlx::query_scalar::<_, i64>(query).fetch_one(database.reader()).await {
        Ok(there_ms) => {
            let here_ms = (asked_ms + SystemClock.now_ms()) / 2;
            clocks(SUBJECT, "the database", there_ms - here_ms)
        }
        Err(error) => asks_in_vain(&error),
    }
}

/// What a difference of two clocks means.
pub(super) fn clocks(subject: &'static str, other: &str, skew_ms: i64) -> Finding {
    let says = format!("{other} is {skew_ms} ms ahead of this machine");
    if skew_ms.abs() > SKEW_MS {
        Finding::problem(subject, says, "Let both follow the same time servers (NTP).")
    } else {
        Finding::well(subject, says)
    }
}
