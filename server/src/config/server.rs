//! `[server]`: where the server listens and who visitors say it is.

use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::values::{List, Network, Origin, PublicUrl};
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("server.addr", "an address and a port to listen on, such as 127.0.0.1:3000"),
    Key::new(
        "server.public_url",
        "the address that visitors know, such as https://mog.example; http only on this machine",
    ),
    Key::new(
        "server.trusted_proxies",
        "a list of networks whose X-Forwarded-For is believed, such as 10.0.0.0/8",
    ),
    Key::new(
        "server.cors_origins",
        "a list of websites whose scripts may use the API, such as https://app.example",
    ),
    Key::new(
        "server.cores",
        "how many swaps run at once, 1 to 1024; as many as there are cores if not given",
    ),
    Key::new("server.shutdown_grace_seconds", "how long open requests may take after a signal, 1 to 600"),
];

/// Where the server listens and who visitors say it is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct ServerSection {
    pub(crate) addr: SocketAddr,
    pub(crate) public_url: PublicUrl,
    pub(crate) trusted_proxies: List<Network>,
    pub(crate) cors_origins: List<Origin>,
    pub(crate) cores: Option<usize>,
    pub(crate) shutdown_grace_seconds: u64,
}

impl Default for ServerSection {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            public_url: PublicUrl::local(),
            trusted_proxies: List::default(),
            cors_origins: List::default(),
            cores: None,
            shutdown_grace_seconds: 20,
        }
    }
}

impl ServerSection {
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.cores.is_some_and(|cores| !(1..=1024).contains(&cores)) {
            return Err(Fault::new("server.cores", "is out of range"));
        }
        if !(1..=600).contains(&self.shutdown_grace_seconds) {
            return Err(Fault::new("server.shutdown_grace_seconds", "is out of range"));
        }
        Ok(())
    }

    /// How many swaps run at once.
    pub(crate) fn cores(&self) -> usize {
        self.cores.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// How long open requests may take after a signal.
    pub(crate) fn shutdown_grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_grace_seconds)
    }
}
