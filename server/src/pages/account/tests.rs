//! The pages and their forms, as a browser without JavaScript meets them.

use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode, header};
use contract::{ErrorCode, Language};

use crate::testing::{Answer, PASSWORD, TestServer};

const HTML: (HeaderName, &str) = (header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");

fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.header(HTML.0, HTML.1).body(Body::from(body)).unwrap()
}

fn look(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path).header(HTML.0, HTML.1).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
}

fn cookies(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn the_form_lets_somebody_in_and_leads_where_they_wanted_to_go() {
    let server = TestServer::start().await;
    server.person("ada@example.org").await;
    let refused = server.get("/account/keys").await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    assert_eq!(refused.header(header::LOCATION), "/sign-in?from=needed&next=%2Faccount%2Fkeys");
    let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", "/account/keys")];
    let answer = server.send(form("/sign-in", &fields)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(answer.header(header::LOCATION), "/account/keys");
    let set = cookies(&answer);
    assert!(set[0].starts_with("__Host-mog-access=") && set[1].starts_with("__Host-mog-refresh="));
    let access = set[0].split(';').next().unwrap();
    let page = server.send(look("/account/keys", access)).await;
    assert_eq!((page.status, page.header(header::CACHE_CONTROL)), (StatusCode::OK, "private, no-store"));
    assert!(page.text().contains("ada@example.org"), "the frame says who is signed in");
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("script-src 'self' 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(!page.text().contains("wasm"), "no program is loaded to show a form");
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_but_no_password() {
    let server = TestServer::start().await;
    let fields = [("email", "ada@example"), ("password", "short-one"), ("name", "<b>Ada</b>")];
    let answer = server.send(form("/sign-up", &fields)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("value=\"ada@example\"") && page.contains("aria-invalid=\"true\""));
    assert!(page.contains("sign-up-password-fault") && !page.contains("short-one"));
    assert!(!page.contains("<b>Ada</b>"), "what was typed is text");
}

#[tokio::test]
async fn looking_at_a_mailed_link_uses_nothing_up() {
    let server = TestServer::start().await;
    let fields = [("email", "ada@example.org"), ("password", PASSWORD)];
    assert_eq!(server.send(form("/sign-up", &fields)).await.status, StatusCode::SEE_OTHER);
    let token = server.mailed_token("verify_address", "ada@example.org").await;
    for _ in 0..2 {
        assert_eq!(server.get(&format!("/confirm-address?token={token}")).await.status, StatusCode::OK);
    }
    assert_eq!(server.send(form("/confirm-address", &[("token", &token)])).await.status, StatusCode::OK);
    let again = server.send(form("/confirm-address", &[("token", &token)])).await;
    assert_eq!(again.status.as_u16(), ErrorCode::LinkExpired.status());
}

#[tokio::test]
async fn a_person_gets_a_refusal_as_a_page_and_a_program_as_a_problem() {
    let server = TestServer::start().await;
    let mut request = form("/sign-up", &[]);
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    request.headers_mut().insert(header::ACCEPT_LANGUAGE, "fr".parse().unwrap());
    let page = server.send(request).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.header(header::CONTENT_TYPE).starts_with("text/html"));
    assert!(page.text().contains(ErrorCode::CrossSite.title(Language::French)));

    let mut request = form("/sign-up", &[]);
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    request.headers_mut().remove(header::ACCEPT);
    assert_eq!(server.send(request).await.refusal(), (403, "cross_site", None));
}

#[tokio::test]
async fn while_the_database_is_away_doors_open_and_rooms_say_why_not() {
    let server = TestServer::start().await;
    let person = server.person("ada@example.org").await;
    let cookie = format!("__Host-mog-access={}", person.tokens.access_token.expose());
    server.database().close().await;
    for path in ["/", "/models", "/sign-in", "/sign-up"] {
        assert_eq!(server.send(look(path, &cookie)).await.status, StatusCode::OK, "{path}");
    }
    let sentence = ErrorCode::Unavailable.title(Language::English);
    let account = server.send(look("/account", &cookie)).await;
    assert_eq!(account.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(account.text().contains(sentence));
    let fields = [("email", "ada@example.org"), ("password", PASSWORD)];
    let sign_in = server.send(form("/sign-in", &fields)).await;
    assert_eq!(sign_in.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(sign_in.text().contains(sentence) && sign_in.text().contains("value=\"ada@example.org\""));
}
