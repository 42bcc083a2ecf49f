//! Results that were made before: the same inputs, options and engine give the same without work.
//!
//! In memory, and behind that, where several servers share one, in a store that all of them reach. A cache may forget
//! and may be out of reach: then the work is done once more.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use moka::future::Cache;

/// How long a result is remembered.
pub const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// How many results this process remembers at the most. Each is a few hundred bytes: it says where the picture is.
const MOST: u64 = 10_000;

/// The counter of looks, by what came of them: `near` (in memory), `shared`, or `miss`.
pub const LOOKS: &str = "mog_result_cache_looks_total";

/// A memory that several servers share.
#[async_trait]
pub trait SharedCache: Send + Sync {
    /// What is remembered under a key; none also when it is out of reach.
    async fn get(&self, key: &str) -> Option<String>;

    /// Remembers something for a while, if it can.
    async fn put(&self, key: &str, value: &str, remembered: Duration);
}

/// The memory of results. Clones share it.
#[derive(Clone)]
pub struct ResultCache {
    near: Cache<String, String>,
    shared: Option<Arc<dyn SharedCache>>,
}

impl ResultCache {
    /// A memory of this process, and of those who share the other one.
    pub fn new(shared: Option<Arc<dyn SharedCache>>) -> Self {
        let near = Cache::builder().max_capacity(MOST).time_to_live(REMEMBERED).build();
        Self { near, shared }
    }

    /// What was made under a key.
    pub async fn get(&self, key: &str) -> Option<String> {
        if let Some(near) = self.near.get(key).await {
            count("near");
            return Some(near);
        }
        let shared = match &self.shared {
            Some(shared) => shared.get(key).await,
            None => None,
        };
        match &shared {
            Some(value) => {
                count("shared");
                self.near.insert(key.into(), value.clone()).await;
            }
            None => count("miss"),
        }
        shared
    }

    /// Remembers what was made under a key.
    pub async fn put(&self, key: &str, value: &str) {
        self.near.insert(key.into(), value.into()).await;
        if let Some(shared) = &self.shared {
            shared.put(key, value, REMEMBERED).await;
        }
    }
}

fn count(came: &'static str) {
    metrics::counter!(LOOKS, "came" => came).increment(1);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;

    #[derive(Default)]
    struct Shelf(Mutex<BTreeMap<String, String>>);

    #[async_trait]
    impl SharedCache for Shelf {
        async fn get(&self, key: &str) -> Option<String> {
            self.0.lock().ok()?.get(key).cloned()
        }

        async fn put(&self, key: &str, value: &str, _: Duration) {
            if let Ok(mut shelf) = self.0.lock() {
                shelf.insert(key.into(), value.into());
            }
        }
    }

    #[tokio::test]
    async fn what_one_server_made_another_finds() {
        let shelf = Arc::new(Shelf::default());
        let (one, other) = (ResultCache::new(Some(shelf.clone())), ResultCache::new(Some(shelf.clone())));
        assert_eq!(one.get("a").await, None);
        one.put("a", "made").await;
        assert_eq!(other.get("a").await.as_deref(), Some("made"));
        shelf.0.lock().unwrap().clear();
        assert_eq!(other.get("a").await.as_deref(), Some("made"), "it is near by now");
        assert_eq!(ResultCache::new(None).get("a").await, None);
    }
}
