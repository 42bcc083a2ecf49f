//! Rows as lines of text: a JSON array of the columns' names, then one of values per row.
//!
//! Bytes stand as base64, and a number that JSON does not know as its name. What a value is, the column says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sqlx::any::{Any, AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{AnyConnection, Row};

use super::BackupError;
use crate::database::DatabaseKind;

/// The four types that run unchanged on both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Integer,
    Real,
    Bytes,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: ColumnKind,
}

/// The columns of a table, in their order.
pub(super) async fn columns(
    connection: &mut AnyConnection,
    database: DatabaseKind,
    table: &str,
) -> Result<Vec<Column>, BackupError> {
    let question = match database {
        DatabaseKind::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        DatabaseKind::Postgres => {
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
    };
    let found: Vec<(String, String)> =
        sqlx::query_as(question).bind(table.to_owned()).fetch_all(connection).await?;
    let column = |(name, declared): (String, String)| match kind(&declared) {
        Some(kind) => Ok(Column { name, kind }),
        None => Err(BackupError::UnknownType(format!("{table}.{name}"))),
    };
    found.into_iter().map(column).collect()
}

fn kind(declared: &str) -> Option<ColumnKind> {
    match declared.to_ascii_uppercase().as_str() {
        "TEXT" => Some(ColumnKind::Text),
        "BIGINT" => Some(ColumnKind::Integer),
        "DOUBLE PRECISION" => Some(ColumnKind::Real),
        "BYTEA" => Some(ColumnKind::Bytes),
        _ => None,
    }
}

/// A row as values, in the columns' order.
pub(super) fn values(row: &AnyRow, columns: &[Column]) -> Result<Vec<Value>, sqlx::Error> {
    let value = |(at, column): (usize, &Column)| {
        Ok(match column.kind {
            ColumnKind::Text => row.try_get::<Option<String>, _>(at)?.map(Value::from),
            ColumnKind::Integer => row.try_get::<Option<i64>, _>(at)?.map(Value::from),
            ColumnKind::Real => row.try_get::<Option<f64>, _>(at)?.map(real),
            ColumnKind::Bytes => {
                row.try_get::<Option<Vec<u8>>, _>(at)?.map(|bytes| STANDARD.encode(bytes).into())
            }
        }
        .unwrap_or(Value::Null))
    };
    columns.iter().enumerate().map(value).collect()
}

fn real(value: f64) -> Value {
    if value.is_finite() { Value::from(value) } else { Value::from(value.to_string()) }
}

/// Binds a value of such a column; none if it cannot be one.
pub(super) fn bind<'q>(
    query: Query<'q, Any, AnyArguments>,
    value: &Value,
    kind: ColumnKind,
) -> Option<Query<'q, Any, AnyArguments>> {
    Some(match (kind, value) {
        (ColumnKind::Text, Value::Null) => query.bind(None::<String>),
        (ColumnKind::Text, value) => query.bind(value.as_str()?.to_owned()),
        (ColumnKind::Integer, Value::Null) => query.bind(None::<i64>),
        (ColumnKind::Integer, value) => query.bind(value.as_i64()?),
        (ColumnKind::Real, Value::Null) => query.bind(None::<f64>),
        (ColumnKind::Real, Value::String(name)) => query.bind(name.parse::<f64>().ok()?),
        (ColumnKind::Real, value) => query.bind(value.as_f64()?),
        (ColumnKind::Bytes, Value::Null) => query.bind(None::<Vec<u8>>),
        (ColumnKind::Bytes, value) => query.bind(STANDARD.decode(value.as_str()?).ok()?),
    })
}

/// A name as SQL takes it, whatever is in it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::testing::on_each_database;

    #[tokio::test]
    async fn every_value_survives_as_text() {
        on_each_database(async |database| {
            let mut connection = database.writer().acquire().await.unwrap();
            let create = "CREATE TABLE odd (\"a b\" TEXT, i BIGINT, r DOUBLE PRECISION, b BYTEA)";
            sqlx::query(create).execute(&mut *connection).await.unwrap();
            let columns = columns(&mut connection, database.kind(), "odd").await.unwrap();
            let wanted = [
                vec![Value::Null, Value::Null, Value::Null, Value::Null],
                vec!["".into(), i64::MIN.into(), 0.1.into(), "".into()],
                vec!["\"'\\\n\u{1f600}".into(), i64::MAX.into(), 1.0.into(), "AP8KIg==".into()],
                vec!["null".into(), 0.into(), "inf".into(), "AA==".into()],
            ];
            for values in &wanted {
                let mut query = sqlx::query("INSERT INTO odd VALUES ($1, $2, $3, $4)").persistent(false);
                for (value, column) in values.iter().zip(&columns) {
                    query = bind(query, value, column.kind).unwrap();
                }
                query.execute(&mut *connection).await.unwrap();
            }
            let rows = sqlx::query("SELECT * FROM odd").fetch_all(&mut *connection).await.unwrap();
            let found: Vec<_> = rows.iter().map(|row| values(row, &columns).unwrap()).collect();
            assert_eq!(found, wanted);
            let wrong = bind(sqlx::query("SELECT 1"), &Value::from("text"), ColumnKind::Integer);
            assert!(wrong.is_none());
        })
        .await;
    }
}
