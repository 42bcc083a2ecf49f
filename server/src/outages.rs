//! What the service does while its database is away: it says so, goes on with the rest, and recovers by itself.

use std::time::Duration;

use axum::http::StatusCode;
use contract::{ErrorCode, Language};
use platform::database::DatabaseKind;
use platform::database::testing::{ChaosProxy, TestDatabase};

use crate::testing::{Answer, Form, TestServer};

/// Short enough for a test, long enough for an idle database.
const SOON: Duration = Duration::from_millis(500);

const PICTURE: &str = "/api/v1/results/0123456789abcdef0123456789abcdef/picture";

const DELETE: &str = "/swaps/0123456789abcdef0123456789abcdef/delete";

fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.refusal(), (503, "unavailable", None));
    assert_eq!(answer.problem().title, ErrorCode::Unavailable.title(Language::English));
}

#[tokio::test]
async fn a_cut_line_to_postgresql_is_503_until_it_is_mended() {
    let database = TestDatabase::migrated(DatabaseKind::Postgres).await;
    let proxy = ChaosProxy::before(&database);
    let server = TestServer::on(database.opened_again(proxy.url(), SOON).await).await;
    assert_eq!(server.get(PICTURE).await.refusal(), (404, "result_gone", None));

    for break_line in [ChaosProxy::cut, ChaosProxy::silence] {
        break_line(&proxy);
        assert_unavailable(&server.get(PICTURE).await);
        assert_unavailable(&server.send(Form::default().to(DELETE)).await);
        assert_eq!(server.get("/health").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(server.get("/").await.status, StatusCode::OK, "the studio needs no database");

        proxy.mend();
        assert_eq!(server.get(PICTURE).await.refusal(), (404, "result_gone", None));
        assert_eq!(server.get("/health").await.status, StatusCode::OK);
        assert_eq!(server.send(Form::default().to(DELETE)).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_locked_sqlite_file_is_503_for_writers_until_it_is_free() {
    let file = TestDatabase::migrated(DatabaseKind::Sqlite).await;
    let (url, other) = (file.url().to_owned(), file.clone());
    let server = TestServer::on(file.opened_again(&url, SOON).await).await;
    let holder = other.begin().await.unwrap();
    assert_unavailable(&server.send(Form::default().to(DELETE)).await);
    assert_eq!(server.get(PICTURE).await.refusal(), (404, "result_gone", None), "readers do not wait");
    assert_eq!(server.get("/health").await.status, StatusCode::OK);
    holder.rollback().await.unwrap();
    assert_eq!(server.send(Form::default().to(DELETE)).await.status, StatusCode::SEE_OTHER);
}
