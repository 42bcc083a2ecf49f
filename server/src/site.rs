//! Where this instance stands in the web: the origin that visitors know, and the others that may call its API.

use std::sync::Arc;

use crate::config::{Origin, PublicUrl};

/// Where this instance stands in the web.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    origin: Arc<str>,
    https: bool,
    cors_origins: Arc<[Origin]>,
}

impl Site {
    /// The site at `public_url`, whose API scripts of `cors_origins` may call.
    pub(crate) fn new(public_url: &PublicUrl, cors_origins: &[Origin]) -> Self {
        Self {
            origin: public_url.origin().into(),
            https: public_url.is_https(),
            cors_origins: cors_origins.into(),
        }
    }

    /// Whether visitors come by https: everywhere but on a machine that talks to itself.
    pub(crate) const fn https(&self) -> bool {
        self.https
    }

    /// The address at which visitors find a path.
    pub(crate) fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether an `Origin` is this site, or the host that the request was sent to.
    pub(crate) fn is_own(&self, origin: &str, host: Option<&str>) -> bool {
        let same_host = || origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
        *origin == *self.origin || same_host()
    }

    /// The other websites whose scripts may call the API.
    pub(crate) fn cors_origins(&self) -> impl Iterator<Item = &str> {
        self.cors_origins.iter().map(Origin::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_our_own_by_address_or_by_host() {
        let public_url = "https://mog.example/".to_owned().try_into().unwrap();
        let site = Site::new(&public_url, &["https://app.example".parse().unwrap()]);
        assert!(site.is_own("https://mog.example", None));
        assert!(site.is_own("http://127.0.0.1:3000", Some("127.0.0.1:3000")));
        for foreign in ["null", "https://mog.example.evil", "https://mog.example:8443", ""] {
            assert!(!site.is_own(foreign, Some("mog.example")), "{foreign}");
        }
        assert!(site.https() && site.cors_origins().eq(["https://app.example"]));
    }
}
