//! The settings of a server: from `mog.toml`, the environment and the command line, checked before anything starts.
//!
//! One section a file. A section states its keys with what each may be ([`Key`]), its defaults, and what it checks
//! beyond the types. `mog.example.toml` shows them all; a test holds it to what stands here.

mod auth;
mod cache;
mod database;
mod folders;
mod jobs;
mod keys;
mod limits;
mod load;
mod logs;
mod mail;
mod media;
mod metrics;
mod print;
mod safety;
mod secrets;
mod server;
mod supabase;
#[cfg(test)]
mod tests;
mod values;

use serde::{Deserialize, Serialize};

pub(crate) use self::auth::AuthSection;
pub(crate) use self::cache::CacheSection;
pub(crate) use self::database::DatabaseSection;
pub(crate) use self::folders::Folders;
pub(crate) use self::jobs::JobsSection;
pub(crate) use self::keys::Key;
pub(crate) use self::limits::{BucketStore, LimitsSection};
pub(crate) use self::load::ConfigArgs;
pub(crate) use self::logs::{LogFormat, LogsSection};
pub(crate) use self::mail::{Delivery, MailSection, SmtpEncryption};
pub(crate) use self::media::{MediaPlace, MediaSection};
pub(crate) use self::metrics::MetricsSection;
pub(crate) use self::safety::{SafetyCheck, SafetySection};
pub(crate) use self::server::{ForwardedHeader, ServerSection};
pub(crate) use self::supabase::SupabaseSection;
pub(crate) use self::values::{Network, Origin, PublicUrl};

/// Every setting there is.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Config {
    pub(crate) server: ServerSection,
    pub(crate) folders: Folders,
    pub(crate) database: DatabaseSection,
    pub(crate) auth: AuthSection,
    pub(crate) mail: MailSection,
    pub(crate) media: MediaSection,
    pub(crate) safety: SafetySection,
    pub(crate) logs: LogsSection,
    pub(crate) limits: LimitsSection,
    pub(crate) jobs: JobsSection,
    pub(crate) cache: CacheSection,
    pub(crate) metrics: MetricsSection,
    pub(crate) supabase: SupabaseSection,
}

/// The keys of all sections.
fn keys() -> impl Iterator<Item = Key> {
    let sections = [
        server::KEYS,
        folders::KEYS,
        database::KEYS,
        auth::KEYS,
        mail::KEYS,
        media::KEYS,
        safety::KEYS,
        logs::KEYS,
        limits::KEYS,
        jobs::KEYS,
        cache::KEYS,
        metrics::KEYS,
        supabase::KEYS,
    ];
    sections.into_iter().flatten().copied()
}

impl Config {
    /// Reads the secrets that lie in files, so that from here on only values count.
    fn resolve_secrets(&mut self) -> Result<(), Fault> {
        self.database.resolve()?;
        self.auth.resolve()?;
        self.mail.resolve()?;
        self.media.resolve()?;
        self.safety.resolve()?;
        self.metrics.resolve()?;
        self.cache.resolve()?;
        self.supabase.resolve()
    }

    /// What the types alone cannot see.
    fn check(&self) -> Result<(), Fault> {
        self.server.check()?;
        self.database.check()?;
        self.mail.check()?;
        self.media.check()?;
        self.safety.check()?;
        self.logs.check()?;
        self.limits.check()?;
        self.jobs.check()?;
        self.supabase.check()
    }
}

/// A setting that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    key: &'static str,
    why: String,
}

impl Fault {
    fn new(key: &'static str, why: impl Into<String>) -> Self {
        Self { key, why: why.into() }
    }
}
