//! The limits as a client meets them.

use axum::body::Body;
use axum::http::{HeaderName, Request, header};

use crate::config::{BucketStore, Config};
use crate::testing::{Answer, TestServer};

fn sign_in(email: &str) -> Request<Body> {
    let form = format!("email={email}&password=wrong");
    let request = Request::post("/sign-in").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(form)).unwrap()
}

fn limited(answer: &Answer) -> bool {
    answer.status.as_u16() == 429
}

fn field<'a>(answer: &'a Answer, name: &'static str) -> &'a str {
    answer.header(HeaderName::from_static(name))
}

fn in_database() -> Config {
    let mut config = Config::default();
    config.limits.store = BucketStore::Database;
    config
}

#[tokio::test]
async fn guessing_at_one_account_ends_after_five_tries() {
    let server = TestServer::with(&Config::default()).await;
    for left in (0..5).rev() {
        let answer = server.send(sign_in("ada%40example.org")).await;
        assert!(!limited(&answer));
        assert!(field(&answer, "ratelimit").contains(&format!("\"sign_in_subject\";r={left};t=")));
    }
    let answer = server.send(sign_in("ADA%40example.org")).await;
    assert_eq!(answer.refusal(), (429, "rate_limited", None));
    assert_eq!(field(&answer, "ratelimit-policy"), "\"sign_in\";q=10;w=200, \"sign_in_subject\";q=5;w=300");
    let wait: u32 = field(&answer, "retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(!limited(&server.send(sign_in("bob%40example.org")).await), "others are not to suffer");
}

#[tokio::test]
async fn guessing_at_many_accounts_ends_with_the_network_s_bucket() {
    let server = TestServer::with(&Config::default()).await;
    let mut passed = 0;
    for at in 0..15 {
        passed += u32::from(!limited(&server.send(sign_in(&format!("user{at}%40example.org"))).await));
    }
    assert_eq!(passed, 10);
    assert_eq!(
        server.get("/sign-in").await.header(header::RETRY_AFTER),
        "",
        "the page itself is not the form"
    );
}

#[tokio::test]
async fn several_servers_share_their_counts_through_the_database() {
    let one = TestServer::with(&in_database()).await;
    let two = one.another(&in_database());
    let mut passed = 0;
    for at in 0..10 {
        let (email_one, email_two) = (format!("a{at}%40example.org"), format!("b{at}%40example.org"));
        let (first, second) = tokio::join!(one.send(sign_in(&email_one)), two.send(sign_in(&email_two)));
        passed += u32::from(!limited(&first)) + u32::from(!limited(&second));
    }
    assert_eq!(passed, 10);
}

#[tokio::test]
async fn without_the_store_nobody_can_guess_but_everybody_can_read() {
    let server = TestServer::with(&in_database()).await;
    server.database().close().await;
    assert_eq!(server.send(sign_in("ada%40example.org")).await.refusal(), (503, "unavailable", None));
    assert_eq!(server.get("/").await.status.as_u16(), 200);
}

#[tokio::test]
async fn limits_can_be_wider_or_off() {
    let mut config = Config::default();
    config.limits.factor = 3.0;
    let wide = TestServer::with(&config).await;
    assert!(field(&wide.send(sign_in("x")).await, "ratelimit-policy").starts_with("\"sign_in\";q=30;"));
    let off = TestServer::start().await;
    assert_eq!(field(&off.send(sign_in("x")).await, "ratelimit-policy"), "");
}

#[tokio::test]
async fn a_key_has_a_bucket_of_its_own_and_files_have_none() {
    let server = TestServer::with(&Config::default()).await;
    let request =
        Request::get("/").header(header::AUTHORIZATION, "Bearer mog_abc").body(Body::empty()).unwrap();
    let answer = server.send(request).await;
    assert_eq!(field(&answer, "ratelimit-policy"), "\"rest\";q=300;w=30, \"key\";q=120;w=60");
    assert_eq!(field(&server.get("/pkg/worker.js").await, "ratelimit-policy"), "");
    assert_eq!(field(&server.get("/health").await, "ratelimit-policy"), "");
}

#[tokio::test]
async fn a_body_too_large_for_its_form_is_refused_before_it_is_read() {
    let server = TestServer::with(&Config::default()).await;
    let request = Request::post("/sign-in").body(Body::from(vec![b'a'; 100_000])).unwrap();
    assert_eq!(server.send(request).await.refusal(), (413, "request_too_large", None));
}
