//! Restores a backup into an empty instance: all of it, or nothing.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::files;
use super::manifest::{Manifest, TableEntry};
use super::rows::{self, Column, quoted};
use super::{BackupError, DataFolder, OnDisk, Progress};
use crate::database::{Database, DatabaseKind, MIGRATIONS_TABLE, migrate_to, tables_of};

/// Puts everything in the backup at `folder` into an empty database and an empty data folder.
///
/// An older schema is restored as it was and then brought up to date.
///
/// # Errors
/// When the backup is not whole, the target not empty, or one of them refuses. Nothing is left behind then.
pub async fn restore(
    database: &Database,
    data: &DataFolder,
    folder: &Path,
    progress: &mut dyn Progress,
) -> Result<Manifest, BackupError> {
    let manifest = Manifest::read(folder)?;
    progress.step(&format!("checking {} files", manifest.all_files().count()));
    manifest.all_files().try_for_each(|entry| files::verify(folder, entry))?;
    if !data.files()?.is_empty() {
        return Err(BackupError::DataNotEmpty(data.path().into()));
    }
    let kind = database.kind();
    let mut transaction = database.begin().await?;
    if !tables_of(&mut transaction, kind).await?.is_empty() {
        return Err(BackupError::DatabaseNotEmpty);
    }
    if kind == DatabaseKind::Postgres {
        // A large table takes its time.
        sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *transaction).await?;
    }
    progress.step("making the tables");
    migrate_to(&mut transaction, Some(manifest.schema)).await?;
    let foreign_keys = set_foreign_keys_aside(&mut transaction, kind).await?;
    empty_tables(&mut transaction, kind).await?;
    for table in &manifest.tables {
        progress.step(&format!("{}: {} rows", table.name, table.rows));
        fill(&mut transaction, kind, table, folder).await?;
    }
    for add in foreign_keys {
        sqlx::query(AssertSqlSafe(add)).execute(&mut *transaction).await?;
    }
    migrate_to(&mut transaction, None).await?;
    progress.step(&format!("copying {} files", manifest.files.len()));
    let copied = copy_files(&manifest, data, folder)?;
    transaction.commit().await?;
    copied.keep();
    Ok(manifest)
}

/// Rows come table by table, in no order that foreign keys would accept. SQLite looks at them at the end; PostgreSQL
/// has them taken off, and the statements returned put them back.
async fn set_foreign_keys_aside(
    transaction: &mut AnyConnection,
    kind: DatabaseKind,
) -> Result<Vec<String>, sqlx::Error> {
    if kind == DatabaseKind::Sqlite {
        sqlx::query("PRAGMA defer_foreign_keys = ON").execute(transaction).await?;
        return Ok(Vec::new());
    }
    let keys: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT CAST(conname AS TEXT), CAST(CAST(conrelid AS REGCLASS) AS TEXT), pg_get_constraintdef(oid)
         FROM pg_constraint
         WHERE contype = 'f' AND connamespace = CAST(current_schema() AS REGNAMESPACE)",
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut put_back = Vec::new();
    for (name, table, definition) in keys {
        let name = quoted(&name);
        let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
        sqlx::query(AssertSqlSafe(drop)).execute(&mut *transaction).await?;
        put_back.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"));
    }
    Ok(put_back)
}

/// Removes the rows that migrations bring: those of the backup are the true ones.
async fn empty_tables(transaction: &mut AnyConnection, kind: DatabaseKind) -> Result<(), sqlx::Error> {
    for table in tables_of(transaction, kind).await?.iter().filter(|table| *table != MIGRATIONS_TABLE) {
        let delete = format!("DELETE FROM {}", quoted(table));
        sqlx::query(AssertSqlSafe(delete)).execute(&mut *transaction).await?;
    }
    Ok(())
}

async fn fill(
    transaction: &mut AnyConnection,
    kind: DatabaseKind,
    table: &TableEntry,
    folder: &Path,
) -> Result<(), BackupError> {
    let path = folder.join(&table.file.path);
    let damaged = || BackupError::Damaged(format!("{}: its rows do not fit the table", table.file.path));
    let known = rows::columns(transaction, kind, &table.name).await?;
    let mut lines = files::lines(&path)?;
    let head = lines.next().ok_or_else(damaged)?.on_disk("read", &path)?;
    let columns = in_order_of(&head, known).ok_or_else(damaged)?;
    let insert = insert_statement(&table.name, &columns);
    let mut count = 0;
    for line in lines {
        let line = line.on_disk("read", &path)?;
        let values: Vec<Value> = serde_json::from_str(&line).map_err(|_| damaged())?;
        if values.len() != columns.len() {
            return Err(damaged());
        }
        // Every name in it was found in the catalogue of the database. Prepared anew for each row: `Any` describes an
        // absent number to PostgreSQL by another type than a present one.
        let mut query = sqlx::query(AssertSqlSafe(insert.as_str())).persistent(false);
        for (value, column) in values.iter().zip(&columns) {
            query = rows::bind(query, value, column.kind).ok_or_else(damaged)?;
        }
        query.execute(&mut *transaction).await?;
        count += 1;
    }
    if count == table.rows { Ok(()) } else { Err(damaged()) }
}

/// The table's columns as the file has them; none if it names others.
fn in_order_of(head: &str, known: Vec<Column>) -> Option<Vec<Column>> {
    let names: Vec<String> = serde_json::from_str(head).ok()?;
    let find = |name: &String| known.iter().find(|column| column.name == *name).cloned();
    let columns: Vec<Column> = names.iter().map(find).collect::<Option<_>>()?;
    (!columns.is_empty() && columns.len() == known.len()).then_some(columns)
}

fn insert_statement(table: &str, columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let places: Vec<String> = (1..=columns.len()).map(|at| format!("${at}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", quoted(table), names.join(", "), places.join(", "))
}

fn copy_files(manifest: &Manifest, data: &DataFolder, folder: &Path) -> Result<Copied, BackupError> {
    let mut copied = Copied { paths: Vec::new() };
    for entry in &manifest.files {
        let Some(name) = entry.path.strip_prefix("files/") else {
            return Err(BackupError::Damaged(format!("{}: it is in the wrong place", entry.path)));
        };
        let to = data.path().join(name);
        if to.exists() {
            // Made since we looked: it is not ours, and so not ours to remove again.
            return Err(BackupError::DataNotEmpty(data.path().into()));
        }
        copied.paths.push(to.clone());
        files::copy(&folder.join(&entry.path), &to, name)?;
    }
    Ok(copied)
}

/// Files that go away again unless they are kept.
struct Copied {
    paths: Vec<PathBuf>,
}

impl Copied {
    fn keep(mut self) {
        self.paths.clear();
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        for path in &self.paths {
            if let Err(error) = fs::remove_file(path) {
                tracing::warn!(path = %path.display(), %error, "a file of the failed restore stays behind");
            }
        }
    }
}
