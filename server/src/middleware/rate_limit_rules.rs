//! Which operation draws from which buckets: the table behind [`super::rate_limit`].

use axum::http::Method;
use platform::rate_limits::Quota;

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// The limits of some operations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// What the operations have in common: their buckets' name.
    pub(super) name: &'static str,
    /// The addresses, as patterns of routes. Only requests that change something count, the pages at the same addresses
    /// do not.
    paths: &'static [&'static str],
    /// For everybody in one network together.
    pub(super) network: Quota,
    /// For what a request is about, such as the e-mail address that it names, wherever it comes from.
    pub(super) subject: Option<Quota>,
    /// How many tokens of the network's bucket a request takes.
    pub(super) cost: Cost,
    /// Whether nothing may pass that could not be counted: whoever tears down the store must not be free to guess.
    pub(super) guards: bool,
}

/// How many tokens a request takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cost {
    /// One.
    One,
    /// One for each of these bytes begun, and one more: larger photos are more work.
    BySize(u64),
}

impl Cost {
    pub(super) fn tokens(self, body_bytes: u64) -> u32 {
        match self {
            Self::One => 1,
            Self::BySize(bytes) => u32::try_from(1 + body_bytes.div_ceil(bytes)).unwrap_or(u32::MAX),
        }
    }
}

/// Nothing that guards, nothing that costs much: everything else of the API and the pages.
pub(super) const REST: Rule = Rule {
    name: "rest",
    paths: &[],
    network: Quota::new(300, 100),
    subject: None,
    cost: Cost::One,
    guards: false,
};

/// For each API key, whatever it does.
pub(super) const API_KEY: Quota = Quota::new(120, 500);

/// For each account, whatever it does.
pub(super) const ACCOUNT_REST: Quota = Quota::new(240, 250);

/// For each account where it is changed: confirming with a password or a code is guessing it, too.
pub(super) const ACCOUNT_CHANGES: Quota = Quota::new(20, 15 * SECOND_MS);

const RULES: &[Rule] = &[
    Rule {
        name: "sign_in",
        paths: &["/api/v1/auth/login", "/auth/login", "/sign-in"],
        network: Quota::new(10, 20 * SECOND_MS),
        subject: Some(Quota::new(5, MINUTE_MS)),
        ..GUARDED
    },
    Rule {
        name: "code",
        paths: &["/sign-in/code"],
        network: Quota::new(10, 20 * SECOND_MS),
        subject: Some(Quota::new(5, MINUTE_MS)),
        ..GUARDED
    },
    Rule {
        name: "sign_up",
        paths: &["/api/v1/auth/register", "/auth/register", "/sign-up"],
        network: Quota::new(10, 6 * MINUTE_MS),
        subject: Some(Quota::new(3, 20 * MINUTE_MS)),
        ..GUARDED
    },
    Rule {
        name: "forgot",
        paths: &[
            "/api/v1/auth/password/forgot",
            "/auth/password/forgot",
            "/forgot-password",
            "/api/v1/auth/verify-email/resend",
            "/auth/verify-email/resend",
            "/account/verify-again",
        ],
        network: Quota::new(10, MINUTE_MS),
        subject: Some(Quota::new(3, 10 * MINUTE_MS)),
        ..GUARDED
    },
    Rule {
        name: "link",
        paths: &[
            "/api/v1/auth/password/reset",
            "/auth/password/reset",
            "/reset-password",
            "/api/v1/auth/verify-email",
            "/auth/verify-email",
            "/confirm-address",
        ],
        network: Quota::new(20, 10 * SECOND_MS),
        ..GUARDED
    },
    Rule {
        name: "refresh",
        paths: &["/api/v1/auth/refresh", "/auth/refresh"],
        network: Quota::new(60, SECOND_MS),
        ..GUARDED
    },
    Rule {
        name: "swap",
        paths: &["/api/v1/swaps", "/swaps"],
        network: Quota::new(60, 2 * SECOND_MS),
        cost: Cost::BySize(2 * 1024 * 1024),
        ..REST
    },
];

/// Whatever else accounts are asked for.
const ACCOUNT: Rule = Rule { name: "account", network: Quota::new(60, 5 * SECOND_MS), ..GUARDED };

const GUARDED: Rule = Rule { guards: true, ..REST };

/// Addresses that are not counted: files that a page is made of, and what watches over the server.
const FREE: [&str; 4] = ["/pkg/", "/assets/", "/health", "/metrics"];

/// The limits of an operation, if it has any.
pub(super) fn rule_of(method: &Method, path: &str) -> Option<Rule> {
    if FREE.iter().any(|free| path.starts_with(free)) || method == Method::OPTIONS {
        return None;
    }
    let changes = *method != Method::GET && *method != Method::HEAD;
    let own = RULES.iter().find(|rule| rule.paths.contains(&path)).copied();
    let accounts = ["/api/v1/auth/", "/auth/", "/api/v1/users/", "/users/", "/account/"];
    let of_account = || accounts.iter().any(|start| path.starts_with(start)).then_some(ACCOUNT);
    Some(if changes { own.or_else(of_account).unwrap_or(REST) } else { REST })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: &Method, path: &str) -> &'static str {
        rule_of(method, path).map_or("free", |rule| rule.name)
    }

    #[test]
    fn each_address_of_an_operation_draws_from_the_same_buckets() {
        for path in ["/api/v1/auth/login", "/auth/login", "/sign-in"] {
            assert_eq!(name(&Method::POST, path), "sign_in");
        }
        assert_eq!(name(&Method::GET, "/sign-in"), "rest");
        assert_eq!(name(&Method::POST, "/account/password"), "account");
        assert_eq!(name(&Method::DELETE, "/api/v1/auth/totp"), "account");
        assert_eq!(name(&Method::GET, "/pkg/{*path}"), "free");
        assert_eq!(name(&Method::GET, "/health/ready"), "free");
    }

    #[test]
    fn everything_about_accounts_is_guarded() {
        assert!(RULES.iter().filter(|rule| rule.name != "swap").all(|rule| rule.guards));
        let guarded = |path| rule_of(&Method::POST, path).is_some_and(|rule| rule.guards);
        assert!(guarded("/account/password") && guarded("/auth/totp/confirm") && !guarded("/api/v1/swaps"));
    }

    #[test]
    fn larger_photos_cost_more() {
        let cost = Cost::BySize(2 * 1024 * 1024);
        assert_eq!((cost.tokens(0), cost.tokens(1), cost.tokens(20 * 1024 * 1024)), (1, 2, 11));
    }
}
