//! Who is on the other end of the line: the peer, or whom a trusted proxy names.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use crate::config::{ForwardedHeader, Network, ServerSection};

/// How many bits of an address stand for one household: what a subscriber is usually given.
const V4_PREFIX: u8 = 24;
const V6_PREFIX: u8 = 64;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The client's address, where there is one: a test in this process has none. Among a request's extensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) Option<IpAddr>);

impl ClientAddress {
    /// The network around the address, such as `203.0.113.0/24`: what logs and limits go by. Empty where unknown.
    pub(crate) fn network(self) -> String {
        let network = |address: IpAddr| {
            let prefix = if address.is_ipv4() { V4_PREFIX } else { V6_PREFIX };
            IpNet::new(address, prefix).map(|network| network.trunc().to_string()).unwrap_or_default()
        };
        self.0.map(network).unwrap_or_default()
    }

    pub(crate) fn is_loopback(self) -> bool {
        self.0.is_some_and(|address| address.is_loopback())
    }
}

/// The proxies whose word is taken, and the header that they write.
#[derive(Clone, Debug)]
pub(crate) struct Proxies {
    trusted: Arc<[Network]>,
    header: ForwardedHeader,
}

impl Proxies {
    pub(crate) fn new(server: &ServerSection) -> Self {
        Self { trusted: server.trusted_proxies.to_vec().into(), header: server.forwarded_header }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }

    /// The right-most address that no trusted proxy has. Each proxy adds the one that it saw at the end; whatever stands
    /// further left, the client may have made up.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let mut named = self.named(headers).into_iter().rev();
        while self.trusts(client) {
            match named.next() {
                Some(Some(address)) => client = address.to_canonical(),
                // The end of the list, or nothing that is an address: nobody to be trusted further.
                _ => break,
            }
        }
        client
    }

    fn named(&self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        match self.header {
            ForwardedHeader::XForwardedFor => items(headers, &X_FORWARDED_FOR).map(address).collect(),
            ForwardedHeader::Forwarded => items(headers, &header::FORWARDED).map(forwarded_for).collect(),
        }
    }
}

/// The comma-separated items of a header that may come several times.
fn items<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().map(|line| line.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

/// An address, with or without port and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    text.parse().ok().or_else(with_port).or_else(bare)
}

/// The `for` of an item of `Forwarded` (RFC 7239, 4).
fn forwarded_for(item: &str) -> Option<IpAddr> {
    let pairs = item.split(';').filter_map(|pair| pair.split_once('='));
    let mut clients = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    clients.next().and_then(|(_, value)| address(value.trim().trim_matches('"')))
}

/// Finds out who asks, for all that comes after.
pub(crate) async fn find(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let client = peer.map(|peer| proxies.client(peer, request.headers()));
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(header: ForwardedHeader, peer: &str, lines: &[(HeaderName, &'static str)]) -> String {
        let trusted_proxies = "10.0.0.0/8, 2001:db8:ffff::/48".parse().unwrap();
        let section = ServerSection { trusted_proxies, forwarded_header: header, ..ServerSection::default() };
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        Proxies::new(&section).client(peer.parse().unwrap(), &headers).to_string()
    }

    fn by_x_forwarded_for(peer: &str, lines: &[&'static str]) -> String {
        let lines: Vec<_> = lines.iter().map(|line| (X_FORWARDED_FOR, *line)).collect();
        client(ForwardedHeader::XForwardedFor, peer, &lines)
    }

    #[test]
    fn a_stranger_s_word_is_not_taken() {
        assert_eq!(by_x_forwarded_for("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(by_x_forwarded_for("203.0.113.9", &[]), "203.0.113.9");
    }

    #[test]
    fn behind_trusted_proxies_the_right_most_stranger_is_the_client() {
        assert_eq!(by_x_forwarded_for("10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(by_x_forwarded_for("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(by_x_forwarded_for("10.0.0.1", &["1.1.1.1", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(by_x_forwarded_for("::ffff:10.0.0.1", &["::ffff:203.0.113.9"]), "203.0.113.9");
        assert_eq!(by_x_forwarded_for("2001:db8:ffff::1", &["[2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(by_x_forwarded_for("10.0.0.1", &["10.0.0.3"]), "10.0.0.3");
    }

    #[test]
    fn what_is_no_address_ends_the_search() {
        assert_eq!(by_x_forwarded_for("10.0.0.1", &["203.0.113.9, unknown"]), "10.0.0.1");
        assert_eq!(by_x_forwarded_for("10.0.0.1", &[""]), "10.0.0.1");
    }

    #[test]
    fn only_the_header_that_the_proxy_writes_is_read() {
        let lines = [
            (header::FORWARDED, "for=1.1.1.1;proto=https, For=\"[2001:db8::7]:4711\""),
            (X_FORWARDED_FOR, "2.2.2.2"),
        ];
        assert_eq!(client(ForwardedHeader::Forwarded, "10.0.0.1", &lines), "2001:db8::7");
        assert_eq!(client(ForwardedHeader::XForwardedFor, "10.0.0.1", &lines), "2.2.2.2");
    }

    #[test]
    fn a_network_is_what_one_subscriber_has() {
        let network = |text: &str| ClientAddress(text.parse().ok()).network();
        assert_eq!(network("203.0.113.9"), "203.0.113.0/24");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network("nobody"), "");
    }
}
