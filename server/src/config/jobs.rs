//! `[jobs]`: who does the work that outlives a request, how much of it at once, and what it costs.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use platform::credits::CreditConfig;
use platform::jobs::JobConfig;
use serde::{Deserialize, Serialize};

use super::values::List;
use super::{Fault, Key};

pub(super) const KEYS: &[Key] = &[
    Key::new("jobs.in_serve", "true or false"),
    Key::new("jobs.cpu", "how many jobs at once, 1 to 1024"),
    Key::new("jobs.max_attempts", "how often a job is tried, 1 to 20"),
    Key::new("jobs.prices", "a list of kinds and their prices in credits, such as \"hd_swap=1\""),
    Key::new("jobs.monthly_allowance", "free credits a month, 0 to 1000000"),
];

/// The most that a job may cost.
const MOST: i64 = 1_000_000;

/// Who does jobs, and what they cost.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct JobsSection {
    pub(crate) in_serve: bool,
    cpu: usize,
    max_attempts: i64,
    prices: List<Price>,
    monthly_allowance: i64,
}

impl Default for JobsSection {
    fn default() -> Self {
        let prices = List(vec![Price { kind: contract::jobs::HD_SWAP.into(), credits: 1 }]);
        Self { in_serve: true, cpu: 1, max_attempts: 5, prices, monthly_allowance: 30 }
    }
}

impl JobsSection {
    pub(super) fn check(&self) -> Result<(), Fault> {
        let ranges = [
            ("jobs.cpu", (1..=1024).contains(&self.cpu)),
            ("jobs.max_attempts", (1..=20).contains(&self.max_attempts)),
            ("jobs.monthly_allowance", (0..=MOST).contains(&self.monthly_allowance)),
        ];
        match ranges.into_iter().find(|(_, fits)| !fits) {
            Some((key, _)) => Err(Fault::new(key, "is out of range")),
            None => Ok(()),
        }
    }

    pub(crate) const fn cpu(&self) -> usize {
        self.cpu
    }

    pub(crate) fn jobs(&self) -> JobConfig {
        let prices: BTreeMap<String, i64> =
            self.prices.iter().map(|price| (price.kind.clone(), price.credits)).collect();
        JobConfig { prices, max_attempts: self.max_attempts }
    }

    pub(crate) const fn credits(&self) -> CreditConfig {
        CreditConfig { monthly_allowance: self.monthly_allowance }
    }
}

/// What a kind of job costs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Price {
    kind: String,
    credits: i64,
}

impl FromStr for Price {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, credits) = text.split_once('=').unwrap_or_default();
        let credits = credits.trim().parse().ok().filter(|credits| (0..=MOST).contains(credits));
        let known = kind.trim() == contract::jobs::HD_SWAP;
        match credits {
            Some(credits) if known => Ok(Self { kind: kind.trim().into(), credits }),
            _ => Err(format!("{text:?} is no kind of job with a price, such as \"hd_swap=1\"")),
        }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.kind, self.credits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_names_a_kind_that_there_is() {
        let price: Price = "hd_swap = 3".parse().unwrap();
        assert_eq!(
            (price.kind.as_str(), price.credits, price.to_string().as_str()),
            ("hd_swap", 3, "hd_swap=3")
        );
        for bad in ["hd_swap", "hd_swap=", "hd_swap=-1", "hd_swop=1", "=1", ""] {
            assert!(bad.parse::<Price>().is_err(), "{bad}");
        }
    }
}
