//! Where a request came from, as far as its owner should see it later.

use std::net::IpAddr;

use ipnet::IpNet;
use woothee::parser::Parser;

/// How many bits of an IPv4 address are kept: enough to tell home from work, not whose machine it was.
const V4_PREFIX: u8 = 24;

/// How many bits of an IPv6 address are kept: one subscriber's network.
const V6_PREFIX: u8 = 64;

/// Where a request came from: a network and a kind of device, each empty where unknown. Never a whole address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// The network, such as `203.0.113.0/24`.
    pub network: String,
    /// The device, such as `Firefox on Linux`.
    pub device: String,
}

impl Visit {
    /// From an address and a `User-Agent`.
    pub fn new(address: Option<IpAddr>, user_agent: &str) -> Self {
        Self { network: address.map(network).unwrap_or_default(), device: device(user_agent) }
    }
}

fn network(address: IpAddr) -> String {
    let address = address.to_canonical();
    let prefix = if address.is_ipv4() { V4_PREFIX } else { V6_PREFIX };
    IpNet::new(address, prefix).map(|network| network.trunc().to_string()).unwrap_or_default()
}

fn device(user_agent: &str) -> String {
    let known = |name: &str| (!name.is_empty() && name != "UNKNOWN").then(|| name.to_owned());
    let Some(parsed) = Parser::new().parse(user_agent) else { return String::new() };
    match (known(parsed.name), known(parsed.os)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_shows_the_network_and_never_the_address() {
        let network_of = |text: &str| Visit::new(text.parse().ok(), "").network;
        assert_eq!(network_of("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(network_of("::ffff:203.0.113.77"), "203.0.113.0/24");
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network_of(""), "");
    }

    #[test]
    fn a_device_is_named_as_far_as_it_says() {
        let device_of = |agent: &str| Visit::new(None, agent).device;
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device_of(firefox), "Firefox on Linux");
        assert_eq!(device_of(""), "");
        assert_eq!(device_of("<script>alert(1)</script>"), "");
    }
}
