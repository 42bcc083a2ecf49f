//! What features may count on, on either database.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::time::Duration;

use contract::ErrorCode;
use futures_util::future::join_all;
use platform::database::testing::{ChaosProxy, TestDatabase, on_each_database};
use platform::database::{
    Database, DatabaseKind, ensure_one, error_code, is_unique_violation, newest_schema,
};
use sqlx::AssertSqlSafe;

/// Short enough for a test, long enough for an idle database.
const SOON: Duration = Duration::from_millis(300);

const INSERT: &str = "INSERT INTO results VALUES ($1, 1, 2, 3, 4, 5)";

async fn count(database: &Database) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM results").fetch_one(database.reader()).await.unwrap()
}

#[tokio::test]
async fn a_transaction_is_seen_once_it_is_committed_and_never_if_it_is_dropped() {
    on_each_database(async |database| {
        let mut transaction = database.begin().await.unwrap();
        sqlx::query(INSERT).bind("a").execute(&mut *transaction).await.unwrap();
        assert_eq!(count(&database).await, 0, "readers neither wait nor see it");
        transaction.commit().await.unwrap();
        assert_eq!(count(&database).await, 1);

        let mut dropped = database.begin().await.unwrap();
        sqlx::query(INSERT).bind("b").execute(&mut *dropped).await.unwrap();
        drop(dropped);
        let mut next = database.begin().await.unwrap();
        sqlx::query(INSERT).bind("b").execute(&mut *next).await.unwrap();
        next.commit().await.unwrap();
        assert_eq!(count(&database).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_writers_at_once_all_get_their_turn() {
    on_each_database(async |database| {
        sqlx::query(INSERT).bind("counter").execute(database.writer()).await.unwrap();
        // A second instance on the same database, as during a deployment.
        let other = Database::open(database.url()).await.unwrap();
        let writers = (0..50).map(|at| {
            let database = if at % 2 == 0 { (*database).clone() } else { other.clone() };
            tokio::spawn(async move {
                let mut transaction = database.begin().await?;
                sqlx::query("UPDATE results SET faces = faces + 1 WHERE id = 'counter'")
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query(INSERT).bind(at.to_string()).execute(&mut *transaction).await?;
                transaction.commit().await
            })
        });
        for outcome in join_all(writers).await {
            outcome.unwrap().unwrap();
        }
        assert_eq!(count(&database).await, 51);
        let faces: i64 = sqlx::query_scalar("SELECT faces FROM results WHERE id = 'counter'")
            .fetch_one(database.reader())
            .await
            .unwrap();
        assert_eq!(faces, 51, "no write was lost");
    })
    .await;
}

#[tokio::test]
async fn several_processes_may_bring_a_new_database_up_to_date_at_once() {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let database = TestDatabase::empty(kind).await;
        assert_eq!(database.schema().await.unwrap(), None);
        let others = join_all((0..4).map(|_| Database::open(database.url()))).await;
        let others: Vec<Database> = others.into_iter().map(Result::unwrap).collect();
        for outcome in join_all(others.iter().map(Database::migrate)).await {
            outcome.unwrap();
        }
        assert_eq!(database.schema().await.unwrap(), Some(newest_schema()));
    }
}

#[tokio::test]
async fn a_schema_from_the_future_is_left_alone() {
    on_each_database(async |database| {
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (999999, 'of a later version', TRUE, $1, 0)",
        )
        .bind(vec![1_u8])
        .execute(database.writer())
        .await
        .unwrap();
        let error = database.migrate().await.unwrap_err().to_string();
        assert!(error.contains("999999"), "{error}");
    })
    .await;
}

/// Every column of the schema with its type.
async fn columns(database: &Database) -> Vec<(String, String)> {
    let question = match database.kind() {
        DatabaseKind::Sqlite => {
            "SELECT m.name || '.' || c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name <> '_sqlx_migrations' ORDER BY m.name, c.cid"
        }
        DatabaseKind::Postgres => {
            "SELECT CAST(table_name || '.' || column_name AS TEXT), CAST(data_type AS TEXT)
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'"
        }
    };
    sqlx::query_as(question).fetch_all(database.reader()).await.unwrap()
}

#[tokio::test]
async fn every_column_has_one_of_the_four_types_that_run_on_both() {
    on_each_database(async |database| {
        let columns = columns(&database).await;
        assert!(columns.len() > 5);
        for (column, kind) in columns {
            let known = ["TEXT", "BIGINT", "DOUBLE PRECISION", "BYTEA"];
            assert!(
                known.contains(&kind.to_uppercase().as_str()),
                "{column} is {kind}: see docs/MIGRATIONS.md"
            );
        }
    })
    .await;
}

/// Faces are measured to be swapped, and what was measured is forgotten: no landmarks, no embeddings. Whoever adds a column
/// adds it here, and asks whether that is still so; the page `/privacy` says it to everybody.
#[tokio::test]
async fn no_column_is_for_what_was_measured_of_a_face() {
    let database = TestDatabase::migrated(DatabaseKind::Sqlite).await;
    let names: Vec<String> = columns(&database).await.into_iter().map(|(column, _)| column).collect();
    insta::assert_snapshot!("columns", names.join("\n"));
}

#[tokio::test]
async fn a_row_that_is_there_already_and_a_change_of_none_are_told_apart() {
    on_each_database(async |database| {
        sqlx::query(INSERT).bind("a").execute(database.writer()).await.unwrap();
        let again = sqlx::query(INSERT).bind("a").execute(database.writer()).await.unwrap_err();
        assert!(is_unique_violation(&again));
        assert_eq!(error_code(&again), ErrorCode::Internal);
        let change = async |id: &'static str| {
            let update = sqlx::query("UPDATE results SET faces = 2 WHERE id = $1").bind(id);
            ensure_one(&update.execute(database.writer()).await.unwrap())
        };
        assert!(change("a").await.is_ok());
        assert!(matches!(change("b").await, Err(sqlx::Error::RowNotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_another_holds_is_out_of_reach_soon_and_free_again_later() {
    on_each_database(async |database| {
        sqlx::query(INSERT).bind("a").execute(database.writer()).await.unwrap();
        let other = Database::open_with_patience(database.url(), SOON).await.unwrap();
        let mut holder = database.begin().await.unwrap();
        let update = "UPDATE results SET faces = 7 WHERE id = 'a'";
        sqlx::query(update).execute(&mut *holder).await.unwrap();
        let refused = async {
            let mut transaction = other.begin().await?;
            sqlx::query(update).execute(&mut *transaction).await?;
            transaction.commit().await
        };
        assert_eq!(error_code(&refused.await.unwrap_err()), ErrorCode::Unavailable);
        assert_eq!(count(&other).await, 1, "reading goes on");
        holder.rollback().await.unwrap();
        sqlx::query(update).execute(other.writer()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_broken_line_to_postgresql_is_out_of_reach_and_the_next_request_after_it_succeeds() {
    let database = TestDatabase::migrated(DatabaseKind::Postgres).await;
    let proxy = ChaosProxy::before(&database);
    let database = database.opened_again(proxy.url(), SOON).await;
    for break_line in [ChaosProxy::cut, ChaosProxy::silence] {
        let open = database.begin().await.unwrap();
        break_line(&proxy);
        let read = sqlx::query("SELECT 1").execute(database.reader()).await.unwrap_err();
        assert_eq!(error_code(&read), ErrorCode::Unavailable, "{read}");
        let write = database.begin().await.unwrap_err();
        assert_eq!(error_code(&write), ErrorCode::Unavailable, "{write}");
        assert!(!database.answers().await);
        drop(open);
        proxy.mend();
        sqlx::query("SELECT 1").execute(database.reader()).await.unwrap();
        assert!(database.answers().await);
    }
}

#[tokio::test]
async fn readers_of_sqlite_refuse_to_write() {
    let database = TestDatabase::migrated(DatabaseKind::Sqlite).await;
    assert!(sqlx::query(INSERT).bind("a").execute(database.reader()).await.is_err());
    for (pragma, expected) in [("journal_mode", "wal"), ("foreign_keys", "1"), ("synchronous", "1")] {
        let question = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
        let found: String =
            sqlx::query_scalar(AssertSqlSafe(question)).fetch_one(database.writer()).await.unwrap();
        assert_eq!(found, expected, "{pragma}");
    }
}

#[tokio::test]
async fn an_address_without_a_database_is_out_of_reach() {
    for url in
        ["postgres:///nothing?host=/nowhere", "postgres://127.0.0.1:1/nothing", "sqlite:/nowhere/mog.db"]
    {
        let error = Database::open_with_patience(url, SOON).await.unwrap_err();
        assert_eq!(error_code(&error), ErrorCode::Unavailable, "{url}: {error}");
    }
}
