//! The kinds of values that settings have: each is read from text, and says in a sentence why it cannot be.

use std::fmt;
use std::net::IpAddr;
use std::ops::Deref;
use std::str::FromStr;

use ipnet::IpNet;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::{Host, Url};

/// A list: in the file as an array, in the environment with commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: FromStr<Err = String>> FromStr for List<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl<'de, T: FromStr<Err = String>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(std::marker::PhantomData))
    }
}

struct ListVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: FromStr<Err = String>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<List<T>, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
        let mut list = List::default();
        while let Some(item) = items.next_element::<String>()? {
            list.0.push(item.parse().map_err(A::Error::custom)?);
        }
        Ok(list)
    }
}

impl<T: fmt::Display> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(ToString::to_string))
    }
}

/// A network such as `10.0.0.0/8`, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network(IpNet);

impl Network {
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let address = |_| text.parse::<IpAddr>().map(IpNet::from);
        let network = text.parse::<IpNet>().or_else(address);
        network.map(Self).map_err(|_| format!("{text:?} is neither a network nor an address"))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Scheme, host and port of a website, as browsers send it in `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

impl Origin {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(bare(text)?.origin().ascii_serialization()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address under which visitors reach the server. HTTPS, but for a machine talking to itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct PublicUrl(Url);

impl PublicUrl {
    /// Where `mog serve` listens unless it is told otherwise.
    pub(super) fn local() -> Self {
        Self::try_from("http://127.0.0.1:3000".to_owned()).expect("a constant that a test reads")
    }

    /// Where OpenAI's services are.
    pub(super) fn of_openai() -> Self {
        Self::try_from("https://api.openai.com".to_owned()).expect("a constant that a test reads")
    }

    /// The address itself.
    pub(crate) const fn url(&self) -> &Url {
        &self.0
    }

    /// Scheme, host and port without a slash at the end.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether browsers come over an encrypted line.
    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether only this machine can reach the address.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let url = bare(&text)?;
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(format!(
                "{text:?} is not encrypted: sign-in needs https anywhere but on this machine"
            ));
        }
        Ok(Self(url))
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> Self {
        url.origin()
    }
}

/// A web address that has nothing behind host and port.
fn bare(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{text:?} is not an address: {error}"))?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    let fits = web && plain && anonymous;
    fits.then_some(url).ok_or_else(|| format!("{text:?} is more or less than scheme, host and port"))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
