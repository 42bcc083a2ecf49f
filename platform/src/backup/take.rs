//! Takes a backup, while the instance goes on working.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use futures_util::TryStreamExt;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::files::{self, Hashing};
use super::manifest::{Manifest, TableEntry};
use super::rows::{self, quoted};
use super::{BackupError, DataFolder, OnDisk, Progress};
use crate::database::{Database, DatabaseKind, MIGRATIONS_TABLE, schema_of, tables_of};

/// Writes every row and every file into `folder`, which must be new or empty.
///
/// The rows are those of one moment. The files are copied after them: each that a row speaks of is there, unless it was
/// removed meanwhile.
///
/// # Errors
/// When database or disk refuse. What was written until then has no manifest, and so is no backup.
pub async fn take(
    database: &Database,
    data: &DataFolder,
    folder: &Path,
    now_ms: i64,
    progress: &mut dyn Progress,
) -> Result<Manifest, BackupError> {
    if !files::is_empty(folder)? {
        return Err(BackupError::FolderNotEmpty(folder.into()));
    }
    files::make_private_folder(&folder.join("tables"))?;
    let kind = database.kind();
    let mut snapshot = database.begin_snapshot().await?;
    let schema = schema_of(&mut snapshot, kind).await?.ok_or(BackupError::NothingThere)?;
    let mut manifest = Manifest::new(schema, kind.name(), now_ms);
    for table in tables_of(&mut snapshot, kind).await? {
        if table != MIGRATIONS_TABLE {
            let entry = write_table(&mut snapshot, kind, &table, folder).await?;
            progress.step(&format!("{table}: {} rows", entry.rows));
            manifest.tables.push(entry);
        }
    }
    snapshot.rollback().await?;
    let names = data.files()?;
    progress.step(&format!("copying {} files", names.len()));
    for name in names {
        let path = format!("files/{name}");
        manifest.files.extend(files::copy(&data.path().join(&name), &folder.join(&path), &path)?);
    }
    manifest.write(folder)?;
    Ok(manifest)
}

async fn write_table(
    snapshot: &mut AnyConnection,
    kind: DatabaseKind,
    table: &str,
    folder: &Path,
) -> Result<TableEntry, BackupError> {
    let columns = rows::columns(snapshot, kind, table).await?;
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let path = format!("tables/{table}.jsonl");
    let full = folder.join(&path);
    let mut out = BufWriter::new(Hashing::new(files::create_private(&full)?));
    line(&mut out, &names).on_disk("write", &full)?;
    let list = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    // The names come from the database's own catalogue.
    let select = sqlx::query(AssertSqlSafe(format!("SELECT {list} FROM {}", quoted(table))));
    let mut stream = select.fetch(snapshot);
    let mut count = 0;
    while let Some(row) = stream.try_next().await? {
        line(&mut out, &rows::values(&row, &columns)?).on_disk("write", &full)?;
        count += 1;
    }
    let hashing = out.into_inner().map_err(io::IntoInnerError::into_error).on_disk("write", &full)?;
    let file = hashing.finish(&path).on_disk("write", &full)?;
    Ok(TableEntry { name: table.into(), rows: count, file })
}

fn line(out: &mut impl Write, content: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, content)?;
    out.write_all(b"\n")
}
