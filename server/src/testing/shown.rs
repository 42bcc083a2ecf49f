//! A whole answer as text, for snapshots: what differs from run to run is named instead.

use std::fmt::Write;

use axum::http::{HeaderName, header};
use serde_json::Value;

use super::Answer;

/// The headers that say something about the operation. Those of every answer have tests of their own.
const HEADERS: [HeaderName; 9] = [
    header::CACHE_CONTROL,
    header::CONTENT_DISPOSITION,
    header::CONTENT_LANGUAGE,
    header::CONTENT_TYPE,
    header::LOCATION,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
    header::SET_COOKIE,
    HeaderName::from_static("idempotency-replayed"),
];

/// What is secret or made of randomness.
const NAMED: [&str; 9] =
    ["access_token", "refresh_token", "request_id", "key", "prefix", "secret", "uri", "qr_svg", "codes"];

impl Answer {
    /// Status, headers and body.
    pub(crate) fn shown(&self) -> String {
        let mut text = self.status.to_string();
        for name in HEADERS {
            for value in self.headers.get_all(&name) {
                let value = without_ids(&without_cookie(value.to_str().unwrap()));
                write!(text, "\n{name}: {value}").unwrap();
            }
        }
        if let Ok(mut body) = serde_json::from_slice::<Value>(&self.body) {
            name_values(&mut body);
            // A library that we use has JSON's fields kept in the order of their writing, another build has not.
            body.sort_all_objects();
            write!(text, "\n\n{body:#}").unwrap();
        }
        text
    }
}

fn name_values(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if NAMED.contains(&name.as_str()) && (value.is_string() || value.is_array()) {
                    *value = Value::String(format!("[{name}]"));
                } else {
                    name_values(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(name_values),
        Value::String(text) => *text = without_ids(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A cookie's value is a token.
fn without_cookie(header: &str) -> String {
    match header.split_once("; Path=") {
        Some((pair, rest)) => {
            let (name, value) = pair.split_once('=').unwrap();
            let value = if value.is_empty() { "" } else { "[token]" };
            format!("{name}={value}; Path={rest}")
        }
        None => header.into(),
    }
}

fn without_ids(text: &str) -> String {
    let is_id = |part: &str| part.len() == 36 && part.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let parts: Vec<&str> = text.split('/').map(|part| if is_id(part) { "[id]" } else { part }).collect();
    parts.join("/")
}
