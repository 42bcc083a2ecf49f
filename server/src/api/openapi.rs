//! The API's description as OpenAPI: gathered from the handlers, completed with what holds for all of them.

use contract::{ErrorCode, Problem};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    Flow, HttpAuthScheme, HttpBuilder, OAuth2, Password, Scopes, SecurityScheme,
};
use utoipa::openapi::{Components, OpenApi as Document, PathItem};
use utoipa::{Modify, OpenApi};

use super::refusals;

/// What is not said by a handler.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "MOG AI",
        description = "Face swaps, accounts and all that comes with them. Every failure is a problem document \
                       (RFC 9457) with a code of one closed table; `docs/API-DESIGN.md` has the rules. \
                       The operations on accounts and users also answer without `/api/v1`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem)),
    modifiers(&Bearer),
    tags(
        (name = "auth", description = "Signing up and in, sessions, second factor, keys."),
        (name = "users", description = "People: profile, settings, and what others see of them."),
        (name = "jobs", description = "Work that outlives its request, and what happens to it."),
        (name = "credits", description = "What jobs cost, and who has how many."),
        (name = "media", description = "Pictures and documents that people keep here."),
        (name = "consent", description = "Whose faces are used: statements and their withdrawal."),
        (name = "moderation", description = "Reports, and what becomes of them."),
        (name = "swaps", description = "The face of one photo onto the faces of another."),
        (name = "operations", description = "How the service is.")
    )
)]
pub(crate) struct Api;

/// The bytes of a file, as an answer.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "described, never built")]
pub(crate) struct File(Vec<u8>);

/// How a program says who it is: a token or an API key, as a bearer (RFC 6750).
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_with(Components::new);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "An access token of `POST /auth/login`, or an API key (`mog_…`) where a scope is named.",
        ));
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer.build()));
        let password = Password::new("/api/v1/auth/login", Scopes::new());
        components.add_security_scheme(
            "password",
            SecurityScheme::OAuth2(OAuth2::with_description(
                [Flow::Password(password)],
                "The same access token, by OAuth2's password form (RFC 6749, 4.3).",
            )),
        );
    }
}

/// Adds to every operation the failures that need no mention at each.
pub(crate) fn complete(mut document: Document) -> Document {
    for item in document.paths.paths.values_mut() {
        for (writes, operation) in operations(item) {
            let codes = common(writes, operation);
            refusals::add(&mut operation.responses, &codes);
        }
    }
    document
}

/// The operations of a path, and whether they change something.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let reads = [&mut item.get].into_iter().flatten().map(|operation| (false, operation));
    let writes = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    reads.chain(writes.into_iter().flatten().map(|operation| (true, operation)))
}

fn common(writes: bool, operation: &Operation) -> Vec<ErrorCode> {
    let mut codes = vec![ErrorCode::RateLimited, ErrorCode::Internal, ErrorCode::Unavailable];
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    if operation.request_body.is_some() || !parameters.is_empty() {
        codes.push(ErrorCode::RequestMalformed);
    }
    if operation.request_body.is_some() {
        codes.extend([
            ErrorCode::RequestTooLarge,
            ErrorCode::RequestTimeout,
            ErrorCode::MediaTypeUnsupported,
            ErrorCode::FieldsInvalid,
        ]);
    }
    if writes {
        codes.push(ErrorCode::CrossSite);
    }
    if operation.security.as_ref().is_some_and(|schemes| !schemes.is_empty()) {
        codes.extend([ErrorCode::SignInRequired, ErrorCode::Forbidden]);
    }
    codes
}

/// The document as it is committed and served.
pub(crate) fn document() -> Document {
    super::documented().1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_document_is_the_one_that_the_handlers_say() {
        let said = document().to_pretty_json().unwrap();
        if std::env::var_os("REGENERATE").is_some() {
            std::fs::write("../docs/openapi.json", said.clone() + "\n").unwrap();
        }
        let committed = std::fs::read_to_string("../docs/openapi.json").unwrap_or_default();
        assert!(
            committed.trim() == said.trim(),
            "docs/openapi.json is stale: write it anew with `REGENERATE=1 cargo test -p server openapi` or `mog openapi > docs/openapi.json`"
        );
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_a_summary_and_a_tag() {
        let mut document = document();
        let mut names = std::collections::BTreeSet::new();
        for (path, item) in &mut document.paths.paths {
            for (_, operation) in operations(item) {
                assert!(names.insert(operation.operation_id.clone()), "{path}: {:?}", operation.operation_id);
                assert!(operation.summary.is_some() && operation.tags.is_some(), "{path}");
            }
        }
    }
}
