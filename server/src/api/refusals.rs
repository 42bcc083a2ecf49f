//! The failures of each operation, as its documentation lists them: by status, each code with its sentence.

use std::collections::BTreeMap;

use contract::problem::MEDIA_TYPE;
use contract::{ErrorCode, Language};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, Responses};

/// Declares the failures of an operation beyond those that every operation has.
macro_rules! refusals {
    ($($code:ident),+ $(,)?) => {
        /// What can go wrong here, beyond what can go wrong everywhere.
        pub(crate) struct Refusals;

        impl utoipa::IntoResponses for Refusals {
            fn responses() -> std::collections::BTreeMap<
                String,
                utoipa::openapi::RefOr<utoipa::openapi::Response>,
            > {
                let mut responses = utoipa::openapi::Responses::new();
                $crate::api::refusals::add(&mut responses, &[$(contract::ErrorCode::$code),+]);
                responses.responses
            }
        }
    };
}
pub(crate) use refusals;

/// Adds these failures to an operation's responses.
pub(crate) fn add(responses: &mut Responses, codes: &[ErrorCode]) {
    for code in codes {
        let line = format!("- `{}`: {}", code.as_str(), code.title(Language::English));
        let known: &mut BTreeMap<_, _> = &mut responses.responses;
        let response = known.entry(code.status().to_string()).or_insert_with(|| RefOr::T(problem()));
        if let RefOr::T(response) = response
            && !response.description.contains(&line)
        {
            let gap = if response.description.is_empty() { "" } else { "\n" };
            response.description = format!("{}{gap}{line}", response.description);
        }
    }
}

/// A response whose body is a problem document.
fn problem() -> Response {
    let mut response = Response::default();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    response.content.insert(MEDIA_TYPE.into(), content.into());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_one_status_share_a_response_and_each_stands_once() {
        let mut responses = Responses::new();
        add(&mut responses, &[ErrorCode::CodeRequired, ErrorCode::CodeWrong, ErrorCode::Forbidden]);
        add(&mut responses, &[ErrorCode::CodeWrong]);
        let statuses: Vec<_> = responses.responses.keys().map(String::as_str).collect();
        assert_eq!(statuses, ["401", "403"]);
        let Some(RefOr::T(response)) = responses.responses.get("401") else { panic!("401 is described") };
        assert_eq!(response.description.lines().count(), 2);
        assert!(response.description.contains("`code_wrong`"));
    }
}
