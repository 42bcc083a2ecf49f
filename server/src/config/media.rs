//! `[media]`: what people may keep, and where it lies.

use std::path::{Path, PathBuf};

use platform::media::MediaConfig;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::secrets::{masked, resolve};
use super::{Fault, Key, PublicUrl};

pub(super) const KEYS: &[Key] = &[
    Key::new("media.store", "\"folder\", which is the folder media of the data folder, or \"s3\""),
    Key::new("media.max_megabytes", "the largest file, 1 to 20"),
    Key::new("media.quota_megabytes", "how much each person may keep, 1 to 1000000"),
    Key::new("media.upload_hours", "how long an upload stays that is not kept, 1 to 8760"),
    Key::new("media.result_days", "how long a result stays that is not kept, 1 to 3650"),
    Key::new("media.s3_endpoint", "the address of a service that speaks S3; Amazon's own if not given"),
    Key::new("media.s3_bucket", "the name of the bucket"),
    Key::new("media.s3_region", "the region of the bucket"),
    Key::new("media.s3_access_key", "the name to sign in with at the service"),
    Key::new("media.s3_secret_key", "the secret that goes with it"),
    Key::new("media.s3_secret_key_file", "a file that holds what media.s3_secret_key would"),
];

const MEGABYTE: u64 = 1024 * 1024;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Where files lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MediaPlace {
    /// In the data folder.
    Folder,
    /// At a service that speaks S3.
    S3,
}

/// What people may keep, and where it lies.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct MediaSection {
    pub(crate) store: MediaPlace,
    max_megabytes: u32,
    quota_megabytes: u32,
    upload_hours: u32,
    result_days: u32,
    pub(crate) s3_endpoint: Option<PublicUrl>,
    pub(crate) s3_bucket: Option<String>,
    pub(crate) s3_region: String,
    pub(crate) s3_access_key: Option<String>,
    #[serde(serialize_with = "masked")]
    pub(crate) s3_secret_key: Option<SecretString>,
    s3_secret_key_file: Option<PathBuf>,
}

impl Default for MediaSection {
    fn default() -> Self {
        Self {
            store: MediaPlace::Folder,
            max_megabytes: 10,
            quota_megabytes: 1024,
            upload_hours: 24,
            result_days: 30,
            s3_endpoint: None,
            s3_bucket: None,
            s3_region: "us-east-1".into(),
            s3_access_key: None,
            s3_secret_key: None,
            s3_secret_key_file: None,
        }
    }
}

impl MediaSection {
    pub(super) fn resolve(&mut self) -> Result<(), Fault> {
        resolve("media.s3_secret_key", &mut self.s3_secret_key, self.s3_secret_key_file.as_ref())
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        let ranges = [
            ("media.max_megabytes", self.max_megabytes, 20),
            ("media.quota_megabytes", self.quota_megabytes, 1_000_000),
            ("media.upload_hours", self.upload_hours, 8760),
            ("media.result_days", self.result_days, 3650),
        ];
        if let Some((key, _, _)) = ranges.into_iter().find(|(_, value, most)| !(1..=*most).contains(value)) {
            return Err(Fault::new(key, "is out of range"));
        }
        if self.store == MediaPlace::S3 && self.s3_bucket.as_deref().unwrap_or_default().is_empty() {
            return Err(Fault::new("media.s3_bucket", "is missing, and media.store is \"s3\""));
        }
        if self.s3_access_key.is_some() != self.s3_secret_key.is_some() {
            return Err(Fault::new(
                "media.s3_access_key",
                "and media.s3_secret_key come together or not at all",
            ));
        }
        Ok(())
    }

    /// The largest file, in bytes.
    pub(crate) fn max_bytes(&self) -> u64 {
        u64::from(self.max_megabytes) * MEGABYTE
    }

    /// The folder of pictures, where they lie in one.
    pub(crate) fn folder(data: &Path) -> PathBuf {
        data.join("media")
    }

    /// The same, as the feature wants to know it.
    pub(crate) fn limits(&self, data: &Path) -> MediaConfig {
        MediaConfig {
            max_bytes: self.max_bytes(),
            quota_bytes: i64::from(self.quota_megabytes) * MEGABYTE as i64,
            upload_ms: i64::from(self.upload_hours) * HOUR_MS,
            result_ms: i64::from(self.result_days) * 24 * HOUR_MS,
            ..MediaConfig::new(data.join("incoming"))
        }
    }
}
