//! A proxy before PostgreSQL that a test can cut, as a cable would be.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::TestDatabase;

/// The name that PostgreSQL's clients look for in the folder of a socket.
const SOCKET: &str = ".s.PGSQL.5432";

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Whole.
    Open,
    /// Every connection ends at once.
    Cut,
    /// Connections are taken, and nothing ever comes back.
    Silent,
}

/// A line to a database of PostgreSQL. Dropped, it is cut for good.
#[derive(Debug)]
pub struct ChaosProxy {
    line: Arc<watch::Sender<Line>>,
    accepting: JoinHandle<()>,
    _folder: TempDir,
    url: String,
}

impl ChaosProxy {
    /// An open line to this database.
    ///
    /// # Panics
    /// When it cannot be made, or the database is not PostgreSQL.
    pub fn before(database: &TestDatabase) -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        let listener = UnixListener::bind(folder.path().join(SOCKET)).expect("a socket can be made");
        let host = parameter(database.url(), "host");
        let url = database.url().replace(host, &folder.path().display().to_string());
        let line = Arc::new(watch::Sender::new(Line::Open));
        let accepting = tokio::spawn(accept(listener, PathBuf::from(host).join(SOCKET), line.clone()));
        Self { line, accepting, _folder: folder, url }
    }

    /// The database's address, through the proxy.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends every connection, and every new one at once.
    pub fn cut(&self) {
        self.line.send_replace(Line::Cut);
    }

    /// Leaves connections open and answers nothing more, as a lost network does.
    pub fn silence(&self) {
        self.line.send_replace(Line::Silent);
    }

    /// Lets new connections through again.
    pub fn mend(&self) {
        self.line.send_replace(Line::Open);
    }
}

impl Drop for ChaosProxy {
    fn drop(&mut self) {
        self.cut();
        self.accepting.abort();
    }
}

async fn accept(listener: UnixListener, upstream: PathBuf, line: Arc<watch::Sender<Line>>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(carry(client, upstream.clone(), line.subscribe()));
    }
}

/// Carries bytes both ways for as long as the line is open.
async fn carry(mut client: UnixStream, upstream: PathBuf, mut line: watch::Receiver<Line>) {
    if *line.borrow() == Line::Open
        && let Ok(mut server) = UnixStream::connect(upstream).await
    {
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            _ = line.wait_for(|line| *line != Line::Open) => {}
        }
    }
    // A silent connection is held, with nobody at its other end, until the line changes once more.
    let _ = line.wait_for(|line| *line != Line::Silent).await;
}

fn parameter<'a>(url: &'a str, name: &str) -> &'a str {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        .expect("the address of a test's PostgreSQL has it")
}
