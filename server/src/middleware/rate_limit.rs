//! Sends away who asks too often, and tells everybody where they stand.
//!
//! The headers are those of draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy: "sign_in";q=10;w=200` (quota,
//! and the seconds in which it comes back) and `RateLimit: "sign_in";r=9;t=20` (what remains, and the seconds until all
//! is back). A refusal travels as a problem among the answer's extensions, as every other does.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::ErrorCode;
use platform::auth::Principal;
use platform::rate_limits::{Charge, Quota, RateLimits, Standing};
use sha2::{Digest, Sha256};

use super::client_address::ClientAddress;
use super::rate_limit_rules::{ACCOUNT_CHANGES, ACCOUNT_REST, API_KEY, Rule, rule_of};
use crate::api::error::ApiError;
use crate::measurements::RATE_LIMITED;

/// The largest body in which a subject is looked for. Larger ones have no business at such an address.
const MAX_SUBJECT_BODY_BYTES: usize = 64 * 1024;

/// The fields that say whom a request is about. All that are there count: whoever sends two must not choose.
const SUBJECT_FIELDS: [&str; 3] = ["email", "username", "challenge"];

/// What an API key begins with.
const API_KEY_PREFIX: &str = "mog_";

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STANDING: HeaderName = HeaderName::from_static("ratelimit");

pub(crate) async fn enforce(
    State(limits): State<Option<RateLimits>>,
    request: Request,
    next: Next,
) -> Response {
    let Some((limits, rule)) = limits.zip(rule_of(request.method(), path(&request))) else {
        return next.run(request).await;
    };
    let (request, charges) = match charges(rule, request).await {
        Ok(known) => known,
        Err(code) => return ApiError::from(code).into_response(),
    };
    pay(&limits, rule, &charges, request, next).await
}

/// The same for the account that asks, once it is known who that is: from wherever it does, with whatever it shows.
pub(crate) async fn enforce_for_account(
    State(limits): State<Option<RateLimits>>,
    request: Request,
    next: Next,
) -> Response {
    let rule = rule_of(request.method(), path(&request));
    let principal = request.extensions().get::<Principal>();
    let (Some(limits), Some(rule), Some(principal)) = (limits, rule, principal) else {
        return next.run(request).await;
    };
    let (name, quota) =
        if rule.guards { ("account_changes", ACCOUNT_CHANGES) } else { ("account_rest", ACCOUNT_REST) };
    let charge = Charge { bucket: format!("{name}:{}", principal.user), quota, cost: 1 };
    pay(&limits, rule, &[charge], request, next).await
}

/// Lets a request through that pays, and tells it what is left.
async fn pay(limits: &RateLimits, rule: Rule, charges: &[Charge], request: Request, next: Next) -> Response {
    let standings = match limits.take(charges).await {
        Ok(standings) => standings,
        Err(error) if rule.guards => {
            tracing::error!(%error, rule = rule.name, "requests cannot be counted, and are refused");
            return ApiError::from(ErrorCode::Unavailable).into_response();
        }
        Err(error) => {
            tracing::error!(%error, rule = rule.name, "requests cannot be counted, and pass");
            return next.run(request).await;
        }
    };
    let refused = standings.iter().find(|(_, standing)| !standing.taken);
    let mut response = match refused {
        Some((_, standing)) => refusal(rule, *standing),
        None => next.run(request).await,
    };
    tell(response.headers_mut(), charges, &standings);
    response
}

/// The pattern of the route, which is the same however an address is written; or the path of what has no route.
fn path(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or(request.uri().path(), MatchedPath::as_str)
}

fn refusal(rule: Rule, standing: Standing) -> Response {
    metrics::counter!(RATE_LIMITED, "rule" => rule.name).increment(1);
    let mut response = ApiError::from(ErrorCode::RateLimited).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, seconds(standing.retry_after_ms).into());
    response
}

/// What the request costs, and the request with its body still to be read.
async fn charges(rule: Rule, request: Request) -> Result<(Request, Vec<Charge>), ErrorCode> {
    let client = request.extensions().get::<ClientAddress>().copied().unwrap_or_default();
    let cost = rule.cost.tokens(body_bytes(request.headers()));
    let mut charges =
        vec![Charge { bucket: format!("{}:{}", rule.name, client.network()), quota: rule.network, cost }];
    if let Some(key) = api_key(request.headers()) {
        charges.push(Charge { bucket: format!("key:{}", hashed(key)), quota: API_KEY, cost: 1 });
    }
    let Some(quota) = rule.subject else { return Ok((request, charges)) };
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_SUBJECT_BODY_BYTES).await.map_err(|_| ErrorCode::RequestTooLarge)?;
    for subject in subjects(&body) {
        let bucket = format!("{}_subject:{}", rule.name, hashed(&subject));
        charges.push(Charge { bucket, quota, cost: 1 });
    }
    Ok((Request::from_parts(parts, Body::from(body)), charges))
}

fn body_bytes(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn api_key(headers: &HeaderMap) -> Option<&str> {
    let (_, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    token.trim().starts_with(API_KEY_PREFIX).then(|| token.trim())
}

/// Whom a body is about, be it JSON or a form, in the spelling by which mailboxes are told apart.
fn subjects(body: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = match serde_json::from_slice::<serde_json::Value>(body) {
        Ok(json) => {
            let texts = SUBJECT_FIELDS.iter().filter_map(|field| json.get(field)?.as_str());
            texts.map(spelling).collect()
        }
        Err(_) => url::form_urlencoded::parse(body)
            .filter(|(name, _)| SUBJECT_FIELDS.contains(&&**name))
            .map(|(_, value)| spelling(&value))
            .collect(),
    };
    found.sort();
    found.dedup();
    found
}

fn spelling(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A name that tells nobody whose bucket it is.
fn hashed(text: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(text)[..16])
}

/// Where the client stands, bucket by bucket.
fn tell(headers: &mut HeaderMap, charges: &[Charge], standings: &[(Quota, Standing)]) {
    let (mut policy, mut standing) = (Vec::new(), Vec::new());
    for (charge, (quota, now)) in charges.iter().zip(standings) {
        let name = charge.bucket.split(':').next().unwrap_or_default();
        policy.push(format!("\"{name}\";q={};w={}", quota.burst(), seconds(quota.window_ms())));
        standing.push(format!("\"{name}\";r={};t={}", now.remaining, seconds(now.full_after_ms)));
    }
    for (name, items) in [(POLICY, policy), (STANDING, standing)] {
        if let Ok(value) = HeaderValue::from_str(&items.join(", ")) {
            // An inner layer may have told of its own buckets: a list may stand on several lines.
            headers.append(name, value);
        }
    }
}

/// Whole seconds, never too few.
fn seconds(ms: i64) -> u64 {
    u64::try_from(ms).unwrap_or_default().div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_found_in_json_and_in_forms_however_it_is_spelt() {
        assert_eq!(subjects(br#"{"email": " Ada@Example.org "}"#), ["ada@example.org"]);
        assert_eq!(
            subjects(b"grant_type=password&username=ada%40example.org&password=x"),
            ["ada@example.org"]
        );
        assert_eq!(
            subjects(b"email=b%40example.org&username=a%40example.org"),
            ["a@example.org", "b@example.org"]
        );
        assert!(subjects(br#"{"email": 5}"#).is_empty() && subjects(b"").is_empty());
    }

    #[test]
    fn a_bucket_s_name_does_not_tell_whose_it_is() {
        assert_eq!(hashed("ada@example.org").len(), 32);
        assert_ne!(hashed("ada@example.org"), hashed("bob@example.org"));
    }

    #[test]
    fn seconds_are_never_too_few() {
        assert_eq!([seconds(-5), seconds(0), seconds(1), seconds(1000), seconds(1001)], [0, 0, 1, 1, 2]);
    }
}
