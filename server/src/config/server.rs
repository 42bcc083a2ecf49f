//! `[server]`: where the server listens and who visitors say it is.

use std::net::SocketAddr;
use std::time::Duration;

use engine::device::DeviceChoice;
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
        "a list of networks whose word on their clients is taken, such as 10.0.0.0/8",
    ),
    Key::new(
        "server.forwarded_header",
        "\"x-forwarded-for\" or \"forwarded\": the one that the proxies write",
    ),
    Key::new(
        "server.cors_origins",
        "a list of websites whose scripts may use the API, such as https://app.example",
    ),
    Key::new(
        "server.cores",
        "how many swaps run at once, 1 to 1024; as many as there are cores if not given",
    ),
    Key::new("server.device", DeviceChoice::NAMES),
    Key::new(
        "server.shutdown_delay_seconds",
        "for how long requests are still taken after a signal, while /health/ready says no, 0 to 600",
    ),
    Key::new("server.shutdown_grace_seconds", "how long open requests may take after a signal, 1 to 600"),
];

/// The header in which proxies name their clients. Only one is read: the other would pass through them as the client
/// wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ForwardedHeader {
    /// What most proxies write.
    XForwardedFor,
    /// What RFC 7239 made of it.
    Forwarded,
}

/// Where the server listens and who visitors say it is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct ServerSection {
    pub(crate) addr: SocketAddr,
    pub(crate) public_url: PublicUrl,
    pub(crate) trusted_proxies: List<Network>,
    pub(crate) forwarded_header: ForwardedHeader,
    pub(crate) cors_origins: List<Origin>,
    pub(crate) cores: Option<usize>,
    pub(crate) device: DeviceChoice,
    pub(crate) shutdown_delay_seconds: u64,
    pub(crate) shutdown_grace_seconds: u64,
}

impl Default for ServerSection {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            public_url: PublicUrl::local(),
            trusted_proxies: List::default(),
            forwarded_header: ForwardedHeader::XForwardedFor,
            cors_origins: List::default(),
            cores: None,
            device: DeviceChoice::default(),
            shutdown_delay_seconds: 0,
            shutdown_grace_seconds: 20,
        }
    }
}

impl ServerSection {
    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.cores.is_some_and(|cores| !(1..=1024).contains(&cores)) {
            return Err(Fault::new("server.cores", "is out of range"));
        }
        if self.shutdown_delay_seconds > 600 {
            return Err(Fault::new("server.shutdown_delay_seconds", "is out of range"));
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

    /// For how long requests are still taken after a signal.
    pub(crate) fn shutdown_delay(&self) -> Duration {
        Duration::from_secs(self.shutdown_delay_seconds)
    }

    /// How long open requests may take after a signal.
    pub(crate) fn shutdown_grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_grace_seconds)
    }
}
