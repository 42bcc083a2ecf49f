//! The store of what people keep: a folder, or a service that speaks S3.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use object_store::aws::AmazonS3Builder;
use platform::media::Store;
use secrecy::ExposeSecret;

use crate::config::{MediaPlace, MediaSection};

/// The store that these settings name.
///
/// # Errors
/// When the folder cannot be made, or the settings lack something.
pub(crate) fn store(settings: &MediaSection, data: &Path) -> anyhow::Result<Store> {
    match settings.store {
        MediaPlace::Folder => {
            Store::in_folder(&MediaSection::folder(data)).context("cannot open the folder of pictures")
        }
        MediaPlace::S3 => s3(settings).context("cannot use the S3 service of the settings"),
    }
}

/// Without keys in the settings, those of the machine's role are looked for, as Amazon's own tools do.
fn s3(settings: &MediaSection) -> anyhow::Result<Store> {
    let bucket = settings.s3_bucket.as_deref().unwrap_or_default();
    let mut builder = AmazonS3Builder::new().with_bucket_name(bucket).with_region(&settings.s3_region);
    if let Some(endpoint) = &settings.s3_endpoint {
        // An address without https is one of this machine: the settings take no other.
        builder = builder.with_endpoint(endpoint.origin()).with_allow_http(!endpoint.is_https());
    }
    if let (Some(key), Some(secret)) = (&settings.s3_access_key, &settings.s3_secret_key) {
        builder = builder.with_access_key_id(key).with_secret_access_key(secret.expose_secret());
    }
    Ok(Store::new(Arc::new(builder.build()?)))
}
