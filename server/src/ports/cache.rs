//! The memory that several servers share: Redis.
//!
//! It is asked for what saves work, never for what must be known: whatever goes wrong is logged, and the work done.

use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use platform::result_cache::SharedCache;
use redis::AsyncCommands;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// What our keys begin with, in a Redis that others may use as well.
const PREFIX: &str = "mog:result:";

/// Redis, through one connection that is made anew when it breaks.
pub(crate) struct RedisCache {
    connection: ConnectionManager,
}

impl RedisCache {
    /// The Redis at this address. It need not be there yet.
    ///
    /// # Errors
    /// When the address is none.
    pub(crate) fn at(url: &str) -> anyhow::Result<Self> {
        // The address may hold a password: no error repeats it.
        let client =
            redis::Client::open(url).ok().context("cache.redis_url is not the address of a Redis")?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(client, config)?;
        Ok(Self { connection })
    }
}

#[async_trait]
impl SharedCache for RedisCache {
    async fn get(&self, key: &str) -> Option<String> {
        let found: Result<Option<String>, _> = self.connection.clone().get(format!("{PREFIX}{key}")).await;
        found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the shared cache does not answer");
            None
        })
    }

    async fn put(&self, key: &str, value: &str, remembered: Duration) {
        let kept: Result<(), _> =
            self.connection.clone().set_ex(format!("{PREFIX}{key}"), value, remembered.as_secs()).await;
        if let Err(error) = kept {
            tracing::warn!(%error, "the shared cache does not answer");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use tempfile::TempDir;

    use super::*;
    use crate::testing::Ends;

    /// A Redis of the test's own, on a socket in a folder that vanishes.
    struct Redis {
        _process: Ends,
        folder: TempDir,
    }

    impl Redis {
        fn start() -> Self {
            let folder = TempDir::new().unwrap();
            let socket = folder.path().join("redis.sock");
            let process = Command::new("redis-server")
                .args(["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket"])
                .arg(&socket)
                .current_dir(folder.path())
                .stdout(Stdio::null())
                .spawn()
                .expect("redis-server is not installed: `cargo xtask test` installs it");
            Self { _process: Ends(process), folder }
        }

        fn url(&self) -> String {
            format!("redis+unix://{}", self.folder.path().join("redis.sock").display())
        }
    }

    #[tokio::test]
    async fn what_one_server_keeps_another_finds() {
        let redis = Redis::start();
        let (one, other) = (RedisCache::at(&redis.url()).unwrap(), RedisCache::at(&redis.url()).unwrap());
        // Until Redis is there, nothing is kept, and nobody waits for long.
        while other.get("a").await.is_none() {
            one.put("a", "made", Duration::from_secs(60)).await;
        }
        assert_eq!(other.get("a").await.as_deref(), Some("made"));
        assert_eq!(other.get("b").await, None);
        drop(redis);
        assert_eq!(other.get("a").await, None, "without Redis, the work is done once more");
    }

    #[tokio::test]
    async fn what_is_no_address_is_refused_and_not_repeated() {
        let error = RedisCache::at("https://:secret@cache.example").err().unwrap().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}
