//! A private PostgreSQL for one test program: on a Unix socket only, gone when the program is.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tokio::sync::OnceCell;

use crate::database::Database;

/// Starts the cluster, says where, and removes it when its input ends, however the test program ended.
const SCRIPT: &str = include_str!("cluster.sh");

/// The migrated database that others are copies of.
const TEMPLATE: &str = "mog_template";

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();

struct Cluster {
    /// Of its socket.
    folder: String,
    /// Waits for the end of its input, which is here.
    _script: Child,
    next: AtomicU64,
    /// Databases whose tests are over. The next test removes them.
    left: Mutex<Vec<String>>,
}

/// A database of the cluster, while its test runs.
#[derive(Debug)]
pub(super) struct Lent {
    name: String,
    url: String,
}

impl Lent {
    /// One without any table.
    pub(super) async fn empty() -> Self {
        cluster().await.lend("template0").await
    }

    /// One with the newest schema.
    pub(super) async fn migrated() -> Self {
        cluster().await.lend(TEMPLATE).await
    }

    pub(super) fn url(&self) -> String {
        self.url.clone()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(cluster) = CLUSTER.get()
            && let Ok(mut left) = cluster.left.lock()
        {
            left.push(std::mem::take(&mut self.name));
        }
    }
}

async fn cluster() -> &'static Cluster {
    CLUSTER
        .get_or_init(async || {
            let cluster = Cluster::start();
            cluster.execute(&format!("CREATE DATABASE {TEMPLATE} TEMPLATE template0")).await;
            let template = Database::open(&cluster.url(TEMPLATE)).await.expect("the template opens");
            template.migrate().await.expect("the migrations run");
            template.close().await;
            cluster
        })
        .await
}

impl Cluster {
    fn start() -> Self {
        let programs = programs().expect(
            "PostgreSQL is not installed, and the tests start one of their own: `cargo xtask test` installs it, \
             or do so yourself (`sudo apt install postgresql`)",
        );
        let mut shell = shell();
        shell.args(["-c", SCRIPT, "cluster"]).arg(programs);
        // A group of its own: Ctrl+C at the terminal must not end the script before it has tidied up.
        shell.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = shell.spawn().expect("a shell can be started");
        let mut said = String::new();
        for line in BufReader::new(child.stdout.take().expect("its output is ours")).lines() {
            let line = line.unwrap_or_default();
            if let Some(folder) = line.strip_prefix("ready ") {
                return Self {
                    folder: folder.into(),
                    _script: child,
                    next: AtomicU64::default(),
                    left: Mutex::default(),
                };
            }
            said = said + &line + "\n";
        }
        let status = child.wait();
        panic!("PostgreSQL did not start ({status:?}):\n{said}");
    }

    fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user=mog", self.folder)
    }

    async fn lend(&self, template: &str) -> Lent {
        let left = self.left.lock().map(|mut left| std::mem::take(&mut *left)).unwrap_or_default();
        for name in left {
            self.execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        let name = format!("test_{}", self.next.fetch_add(1, Ordering::Relaxed));
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Lent { url: self.url(&name), name }
    }

    async fn execute(&self, statement: &str) {
        install_default_drivers();
        let mut connection =
            AnyConnection::connect(&self.url("postgres")).await.expect("the cluster answers");
        let done = connection.execute(AssertSqlSafe(statement)).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        connection.close().await.expect("the cluster answers");
    }
}

/// A shell that PostgreSQL agrees to be started from: it refuses to run as root.
fn shell() -> Command {
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !root {
        return Command::new("sh");
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", "sh"]);
    command
}

/// Where PostgreSQL's programs are: Debian keeps them off the `PATH`, in a folder per version.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").exists())
}
