//! A backup brings everything back, into either kind of database, or says why not.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fs;
use std::path::Path;

use platform::backup::{BackupError, DataFolder, MANIFEST, Manifest, Progress, restore, take};
use platform::database::DatabaseKind::{self, Postgres, Sqlite};
use platform::database::testing::{TestDatabase, on_each_database};
use platform::database::{Database, newest_schema};
use tempfile::TempDir;

/// Hears nothing.
struct Silence;

impl Progress for Silence {
    fn step(&mut self, _: &str) {}
}

/// An instance's data folder, and a place for its backup.
struct Instance {
    database: TestDatabase,
    folder: TempDir,
}

impl Instance {
    async fn full(kind: DatabaseKind) -> Self {
        let instance = Self { database: TestDatabase::migrated(kind).await, folder: TempDir::new().unwrap() };
        fill(&instance.database).await;
        for (name, content) in
            [("secret.key", &[7; 32][..]), ("results/one.jpg", b"picture"), ("logs/today", b"a line")]
        {
            let path = instance.data_path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        instance
    }

    async fn empty(kind: DatabaseKind) -> Self {
        Self { database: TestDatabase::empty(kind).await, folder: TempDir::new().unwrap() }
    }

    fn data_path(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    async fn data(&self) -> DataFolder {
        DataFolder::new(&self.data_path(), &self.data_path().join("logs"), &self.database).await.unwrap()
    }

    async fn back_up(&self, name: &str) -> Result<(std::path::PathBuf, Manifest), BackupError> {
        let folder = self.folder.path().join(name);
        let manifest = take(&self.database, &self.data().await, &folder, 1, &mut Silence).await?;
        Ok((folder, manifest))
    }

    async fn restore(&self, backup: &Path) -> Result<Manifest, BackupError> {
        restore(&self.database, &self.data().await, backup, &mut Silence).await
    }

    /// Why a restore is refused; it must leave nothing behind.
    async fn refusal(&self, backup: &Path) -> String {
        let error = self.restore(backup).await.unwrap_err().to_string();
        assert_eq!(self.database.schema().await.unwrap(), None, "{error}");
        assert!(!self.data_path().exists(), "{error}");
        error
    }
}

/// Rows with everything that is awkward: quotes, line ends, other scripts, bytes, nulls, and a child before its parent.
async fn fill(database: &Database) {
    let statements = [
        "INSERT INTO accounts (id, email, email_key, role, created_at_ms)
         VALUES ('z', 'ada@example.org', 'ada@example.org', 'user', 9007199254740993)",
        "INSERT INTO accounts (id, email, email_key, password_hash, role, locked_at_ms, created_at_ms)
         VALUES ('a', 'Zoé \"O''Neill\" <z@example.org>', 'ключ', 'two\nlines\\n', 'admin', -1, 2)",
        "INSERT INTO totp (user_id, sealed_secret, last_step) VALUES ('z', $1, 5)",
        "INSERT INTO profiles (user_id, name, bio, theme) VALUES ('z', '', '你好', 'dark')",
        "INSERT INTO results (id, faces, width, height, created_at_ms, expires_at_ms)
         VALUES ('00000000000000000000000000000001', 1, 2, 3, 4, 5)",
    ];
    for statement in statements {
        let mut query = sqlx::query(statement);
        if statement.contains("$1") {
            query = query.bind(vec![0_u8, 255, 10, 34]);
        }
        query.execute(database.writer()).await.unwrap();
    }
}

/// The rows of a backup, in an order of their own.
fn rows(backup: &Path, manifest: &Manifest) -> Vec<String> {
    let mut all = Vec::new();
    for table in &manifest.tables {
        let text = fs::read_to_string(backup.join(&table.file.path)).unwrap();
        all.extend(text.lines().map(|line| format!("{}: {line}", table.name)));
    }
    all.sort();
    all
}

#[tokio::test]
async fn everything_comes_back_in_either_kind_of_database() {
    for (from, into) in [(Sqlite, Sqlite), (Postgres, Postgres), (Sqlite, Postgres), (Postgres, Sqlite)] {
        let original = Instance::full(from).await;
        let (backup, manifest) = original.back_up("backup").await.unwrap();
        assert_eq!(manifest.files.len(), 2, "the key and the picture, not the logs");
        let copy = Instance::empty(into).await;
        copy.restore(&backup).await.unwrap();

        let (again, second) = copy.back_up("again").await.unwrap();
        assert_eq!(rows(&backup, &manifest), rows(&again, &second), "{from:?} into {into:?}");
        assert_eq!(manifest.files, second.files, "the same files, by their hashes");
        assert_eq!(copy.database.schema().await.unwrap(), Some(newest_schema()));
        let secret: Vec<u8> = sqlx::query_scalar("SELECT sealed_secret FROM totp")
            .fetch_one(copy.database.reader())
            .await
            .unwrap();
        assert_eq!(secret, [0, 255, 10, 34]);
        let created: i64 = sqlx::query_scalar("SELECT created_at_ms FROM accounts WHERE id = 'z'")
            .fetch_one(copy.database.reader())
            .await
            .unwrap();
        assert_eq!(created, 9_007_199_254_740_993, "no number went through a float");
        let orphan =
            sqlx::query("INSERT INTO totp (user_id, sealed_secret, last_step) VALUES ('nobody', $1, 0)");
        assert!(orphan.bind(vec![1_u8]).execute(copy.database.writer()).await.is_err(), "keys hold again");
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_whole() {
    let (backup, _) = (Instance::full(Sqlite).await, ());
    let (folder, manifest) = backup.back_up("backup").await.unwrap();
    let accounts = manifest.tables.iter().find(|table| table.name == "accounts").unwrap();
    let (rows, key) = (folder.join(&accounts.file.path), folder.join("files/secret.key"));
    let (good_rows, good_key) = (fs::read(&rows).unwrap(), fs::read(&key).unwrap());
    let target = Instance::empty(Sqlite).await;

    fs::write(&rows, &good_rows[..good_rows.len() - 9]).unwrap();
    assert!(target.refusal(&folder).await.contains("tables/accounts.jsonl: its length is wrong"));
    let mut flipped = good_rows.clone();
    flipped[40] ^= 1;
    fs::write(&rows, flipped).unwrap();
    assert!(target.refusal(&folder).await.contains("its content was changed"));
    fs::write(&rows, &good_rows).unwrap();
    fs::remove_file(&key).unwrap();
    assert!(target.refusal(&folder).await.contains("files/secret.key: it is missing"));
    fs::write(&key, good_key).unwrap();

    let list = folder.join(MANIFEST);
    let good_list = fs::read_to_string(&list).unwrap();
    fs::write(&list, &good_list[..good_list.len() / 2]).unwrap();
    assert!(target.refusal(&folder).await.contains("damaged"));
    fs::write(&list, good_list.replace("files/secret.key", "../../outside")).unwrap();
    assert!(target.refusal(&folder).await.contains("leads out of the backup"));
    let newer = format!("\"schema\": {}", newest_schema() + 1);
    fs::write(&list, good_list.replace(&format!("\"schema\": {}", newest_schema()), &newer)).unwrap();
    assert!(target.refusal(&folder).await.contains("restore it with the version of mog that made it"));
    fs::remove_file(&list).unwrap();
    assert!(target.refusal(&folder).await.contains("no finished backup"));
    fs::write(&list, good_list).unwrap();
    target.restore(&folder).await.unwrap();
}

#[tokio::test]
async fn nothing_is_overwritten() {
    on_each_database(async |other| {
        let original = Instance::full(other.kind()).await;
        let (backup, _) = original.back_up("backup").await.unwrap();
        assert!(matches!(original.back_up("backup").await, Err(BackupError::FolderNotEmpty(_))));

        let used = Instance { database: other, folder: TempDir::new().unwrap() };
        assert!(matches!(used.restore(&backup).await, Err(BackupError::DatabaseNotEmpty)));
        assert!(!used.data_path().exists());
        let with_files = Instance::empty(used.database.kind()).await;
        fs::create_dir_all(with_files.data_path()).unwrap();
        fs::write(with_files.data_path().join("secret.key"), "mine").unwrap();
        assert!(matches!(with_files.restore(&backup).await, Err(BackupError::DataNotEmpty(_))));
        assert_eq!(fs::read_to_string(with_files.data_path().join("secret.key")).unwrap(), "mine");
        let bare = Instance::empty(with_files.database.kind()).await;
        assert!(matches!(bare.back_up("backup").await, Err(BackupError::NothingThere)));
    })
    .await;
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date() {
    on_each_database(async |current| {
        let old = Instance::empty(current.kind()).await;
        old.database.migrate_to(1).await.unwrap();
        sqlx::query("INSERT INTO results VALUES ('r', 1, 2, 3, 4, 5)")
            .execute(old.database.writer())
            .await
            .unwrap();
        let (backup, manifest) = old.back_up("backup").await.unwrap();
        assert_eq!((manifest.schema, manifest.tables.len()), (1, 1));
        let target = Instance::empty(current.kind()).await;
        target.restore(&backup).await.unwrap();
        assert_eq!(target.database.schema().await.unwrap(), Some(newest_schema()));
        let faces: i64 = sqlx::query_scalar("SELECT faces FROM results")
            .fetch_one(target.database.reader())
            .await
            .unwrap();
        assert_eq!(faces, 1);
    })
    .await;
}

/// Each write adds an account together with its profile: a backup that has one without the other was torn.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_writes_go_on_is_of_one_moment() {
    on_each_database(async |database| {
        let instance = Instance { database, folder: TempDir::new().unwrap() };
        let writing = tokio::spawn(write_pairs((*instance.database).clone()));
        let mut sizes = Vec::new();
        for at in 0..4 {
            let (backup, manifest) = instance.back_up(&format!("backup-{at}")).await.unwrap();
            let count = |name: &str| manifest.tables.iter().find(|table| table.name == name).unwrap().rows;
            assert_eq!(count("accounts"), count("profiles"));
            sizes.push(count("accounts"));
            let target = Instance::empty(instance.database.kind()).await;
            target.restore(&backup).await.unwrap();
        }
        assert!(!writing.is_finished(), "writes went on all the time");
        writing.abort();
        assert!(sizes.first() < sizes.last(), "{sizes:?}");
    })
    .await;
}

async fn write_pairs(database: Database) {
    for at in 0_i64.. {
        let mut transaction = database.begin().await.unwrap();
        for statement in [
            "INSERT INTO accounts (id, email, email_key, role, created_at_ms) VALUES ($1, $1, $1, 'user', 0)",
            "INSERT INTO profiles (user_id, name, bio, theme) VALUES ($1, '', '', 'system')",
        ] {
            sqlx::query(statement).bind(at.to_string()).execute(&mut *transaction).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }
}
