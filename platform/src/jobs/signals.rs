//! Who is told at once that something happened: workers that wait for a job, and those who watch one.
//!
//! What is told is only *that* something happened; what it was stands in the database. So a lost signal costs a poll's
//! delay and nothing else.

use std::str::FromStr;

use contract::jobs::JobId;
use contract::users::UserId;
use sqlx::AnyConnection;
use tokio::sync::{broadcast, watch};

use crate::database::{Database, DatabaseKind};

/// PostgreSQL's channel.
const CHANNEL: &str = "mog_jobs";

/// How many signals a slow listener may be behind before it is told to look at everything.
const BACKLOG: usize = 256;

/// Something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// A job may be claimed.
    Ready,
    /// There is an event of one of this person's jobs.
    Event(UserId),
    /// This running job should stop.
    Cancel(JobId),
}

impl Signal {
    fn text(self) -> String {
        match self {
            Self::Ready => "ready".into(),
            Self::Event(owner) => format!("event {owner}"),
            Self::Cancel(job) => format!("cancel {job}"),
        }
    }
}

impl FromStr for Signal {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once(' ') {
            None if text == "ready" => Ok(Self::Ready),
            Some(("event", owner)) => owner.parse().map(Self::Event).map_err(|_| ()),
            Some(("cancel", job)) => job.parse().map(Self::Cancel).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

/// The signals of this process. Clones share them.
#[derive(Clone, Debug)]
pub struct Signals {
    ready: watch::Sender<u64>,
    events: broadcast::Sender<UserId>,
    cancels: broadcast::Sender<JobId>,
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            ready: watch::Sender::new(0),
            events: broadcast::Sender::new(BACKLOG),
            cancels: broadcast::Sender::new(BACKLOG),
        }
    }
}

impl Signals {
    /// Resolves at the next change, if a job may be claimed.
    pub(super) fn ready(&self) -> watch::Receiver<u64> {
        self.ready.subscribe()
    }

    /// The people of whose jobs something is to be told.
    pub fn events(&self) -> broadcast::Receiver<UserId> {
        self.events.subscribe()
    }

    pub(super) fn cancels(&self) -> broadcast::Receiver<JobId> {
        self.cancels.subscribe()
    }

    /// Tells those in this process.
    pub(super) fn tell(&self, signal: Signal) {
        // Nobody listening is no failure.
        match signal {
            Signal::Ready => self.ready.send_modify(|count| *count = count.wrapping_add(1)),
            Signal::Event(owner) => drop(self.events.send(owner)),
            Signal::Cancel(job) => drop(self.cancels.send(job)),
        }
    }

    /// Brings what other processes say through PostgreSQL to those in this one, until the connection breaks. On SQLite
    /// it never ends, and brings nothing: all are in this process.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn relay(&self, database: &Database) -> Result<(), sqlx::Error> {
        let Some(mut listener) = database.listen(CHANNEL).await? else { return std::future::pending().await };
        // What was said before there was an ear.
        self.tell(Signal::Ready);
        loop {
            let notification = listener.recv().await?;
            if let Ok(signal) = notification.payload().parse() {
                self.tell(signal);
            }
        }
    }
}

/// Has PostgreSQL tell all processes once the transaction is committed. SQLite has nobody to tell.
pub(super) async fn announce(
    connection: &mut AnyConnection,
    database: DatabaseKind,
    signal: Signal,
) -> Result<(), sqlx::Error> {
    if database == DatabaseKind::Postgres {
        let told = sqlx::query("SELECT CAST(pg_notify($1, $2) AS TEXT)").bind(CHANNEL).bind(signal.text());
        told.execute(connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_read_back() {
        let signals = [Signal::Ready, Signal::Event(UserId::new(0, 1)), Signal::Cancel(JobId::new(0, 2))];
        for signal in signals {
            assert_eq!(signal.text().parse(), Ok(signal));
        }
        assert_eq!("nonsense".parse::<Signal>(), Err(()));
    }
}
