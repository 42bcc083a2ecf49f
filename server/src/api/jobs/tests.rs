//! What people may do with their jobs over HTTP, and what a stream tells them.

use axum::http::Method;
use contract::jobs::{Happening, JobEvent, JobId, JobView};
use futures_util::{SinkExt, StreamExt};
use insta::assert_snapshot;
use platform::jobs::{Claim, Order, Outcome};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::testing::{Person, TestServer};

const STREAM: &str = "/api/v1/jobs/stream";

/// A kind without a price, which no handler of the server knows.
const KIND: &str = "test";

async fn submit(who: &Person<'_>) -> JobId {
    let order = Order { kind: KIND, input: json!({}), unique_key: None };
    let principal = who.principal().await;
    who.server.state().jobs.submit(&principal, order).await.unwrap().0.id
}

async fn claim(server: &TestServer) -> Claim {
    let queue = server.state().jobs.queue();
    queue.claim("a worker", &[KIND.to_owned()], 1).await.unwrap().pop().unwrap()
}

async fn finish(server: &TestServer, claim: &Claim) {
    server.state().jobs.finish(claim, Ok(Outcome::of(json!({ "made": 1 })))).await.unwrap();
}

type Socket = WebSocketStream<TcpStream>;

/// Opens the stream with these headers, or says which status refused it.
async fn open(server: &TestServer, headers: &[(&'static str, &str)]) -> Result<Socket, u16> {
    let address = server.listen().await;
    let mut request = format!("ws://{address}{STREAM}").into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let connection = TcpStream::connect(address).await.unwrap();
    match client_async(request, connection).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

async fn stream(who: &Person<'_>, seen: &str) -> Socket {
    let bearer = format!("Bearer {}", who.bearer());
    let mut socket = open(who.server, &[("authorization", &bearer)]).await.unwrap();
    socket.send(Message::Text(seen.into())).await.unwrap();
    socket
}

async fn next(socket: &mut Socket) -> JobEvent {
    loop {
        match socket.next().await.unwrap().unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Ping(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_job_can_be_looked_at_stopped_and_done_again() {
    let server = TestServer::start().await;
    let ada = server.person("ada@example.org").await;
    let path = format!("/api/v1/jobs/{}", submit(&ada).await);
    assert_snapshot!(ada.get("/api/v1/jobs").await.shown(), @r#"
    200 OK
    cache-control: private, no-store
    content-type: application/json

    {
      "items": [
        {
          "attempts": 0,
          "created_at_ms": 1767225601000,
          "id": "[id]",
          "kind": "test",
          "last_seq": 1,
          "percent": 0,
          "price": 0,
          "state": "queued"
        }
      ]
    }
    "#);
    let state = |body: &[u8]| serde_json::from_slice::<JobView>(body).unwrap().state.as_str();
    let post = async |what| ada.call(Method::POST, &format!("{path}/{what}"), None).await;
    assert_eq!(post("retry").await.refusal(), (409, "job_not_retryable", None));
    assert_eq!(state(&post("cancel").await.body), "cancelled");
    assert_eq!(state(&post("retry").await.body), "queued");
    finish(&server, &claim(&server).await).await;
    assert_eq!(post("cancel").await.refusal(), (409, "job_ended", None));
    assert_eq!(state(&ada.get(&path).await.body), "succeeded");
    let events = ada.get(&format!("{path}/events?last_seq=3")).await;
    let events: Vec<JobEvent> = serde_json::from_slice(&events.body).unwrap();
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [4, 5]);
}

#[tokio::test]
async fn another_persons_job_is_404_in_every_way() {
    let server = TestServer::start().await;
    let ada = server.person("ada@example.org").await;
    let bob = server.person("bob@example.org").await;
    let path = format!("/api/v1/jobs/{}", submit(&ada).await);
    for path in [path.clone(), format!("{path}/events"), "/api/v1/jobs/nonsense".into()] {
        assert_eq!(bob.get(&path).await.refusal().1, "not_found", "{path}");
        assert_eq!(server.get(&path).await.refusal().1, "sign_in_required", "{path}");
    }
    for what in ["cancel", "retry"] {
        let answer = bob.call(Method::POST, &format!("{path}/{what}"), None).await;
        assert_eq!(answer.refusal(), (404, "not_found", None));
    }
    assert_eq!(bob.get("/api/v1/jobs").await.text(), r#"{"items":[]}"#);
}

#[tokio::test]
async fn a_stream_tells_what_happens_and_what_was_missed_and_nothing_twice() {
    let server = TestServer::start().await;
    let ada = server.person("ada@example.org").await;
    let bob = server.person("bob@example.org").await;
    submit(&bob).await;
    claim(&server).await;
    let mut heard = Vec::new();

    let mut socket = stream(&ada, "{}").await;
    let id = submit(&ada).await;
    heard.push(next(&mut socket).await);
    let claimed = claim(&server).await;
    heard.push(next(&mut socket).await);
    drop(socket);
    // While nobody listens.
    server.state().jobs.queue().progress(&claimed, 20).await.unwrap();
    server.state().jobs.queue().progress(&claimed, 60).await.unwrap();

    let mut socket = stream(&ada, &format!(r#"{{"last_seq": {{"{id}": 2}}}}"#)).await;
    heard.push(next(&mut socket).await);
    heard.push(next(&mut socket).await);
    finish(&server, &claimed).await;
    heard.push(next(&mut socket).await);

    assert_eq!(heard.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(heard.iter().all(|event| event.job_id == id), "Bob's job is Bob's");
    assert_eq!(heard[4].what, Happening::Succeeded { output: json!({ "made": 1 }) });
}

#[tokio::test]
async fn a_stream_is_for_our_own_pages_and_for_those_who_show_who_they_are() {
    let server = TestServer::start().await;
    let ada = server.person("ada@example.org").await;
    let bearer = format!("Bearer {}", ada.bearer());
    let cookie = format!("__Host-mog-access={}", ada.bearer());
    let (own, foreign) = (("origin", "https://mog.example"), ("origin", "https://evil.example"));
    let status = async |headers: &[(&'static str, &str)]| open(&server, headers).await.err();
    assert_eq!(status(&[]).await, Some(401));
    assert_eq!(status(&[("authorization", "Bearer nonsense")]).await, Some(401));
    assert_eq!(status(&[("cookie", &cookie), foreign]).await, Some(403));
    assert_eq!(status(&[("cookie", &cookie)]).await, Some(403));
    assert_eq!(status(&[("authorization", &bearer), foreign]).await, Some(403));
    assert_eq!(status(&[("cookie", &cookie), own]).await, None);
    assert_eq!(status(&[("authorization", &bearer)]).await, None);
    assert_eq!(ada.get(STREAM).await.refusal(), (400, "request_malformed", None));
}

#[tokio::test]
async fn who_says_something_else_is_cut() {
    let server = TestServer::start().await;
    let ada = server.person("ada@example.org").await;
    for first in ["nonsense", r#"{"last_seq": {"nonsense": 1}}"#, r#"{"since": 1}"#] {
        let mut socket = stream(&ada, first).await;
        assert!(matches!(socket.next().await, Some(Ok(Message::Close(Some(_))))), "{first}");
    }
    let mut socket = stream(&ada, "{}").await;
    socket.send(Message::Text("{}".into())).await.unwrap();
    let over = socket.next().await;
    assert!(!matches!(over, Some(Ok(Message::Text(_)))), "{over:?}");
}
