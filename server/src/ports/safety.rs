//! Who judges pictures: nobody, or OpenAI's moderation endpoint.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use platform::media::{ContentSafety, SafetyError, Verdict};
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use crate::config::{SafetyCheck, SafetySection};

/// How long a judgement may take: whoever sends a picture waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The model that looks at pictures.
const MODEL: &str = "omni-moderation-latest";

/// The judge that these settings name, if they name one.
///
/// # Errors
/// When no encrypted line can be made on this machine.
pub(crate) fn judge(settings: &SafetySection) -> anyhow::Result<Option<Arc<dyn ContentSafety>>> {
    match settings.check {
        SafetyCheck::Off => Ok(None),
        SafetyCheck::OpenAi => {
            let key = settings.openai_key.clone().context("safety.openai_key is missing")?;
            let client = Client::builder().timeout(PATIENCE).build()?;
            let url = format!("{}/v1/moderations", settings.openai_endpoint.origin());
            Ok(Some(Arc::new(OpenAi { client, url, key })))
        }
    }
}

/// OpenAI's moderation endpoint, or one that speaks like it.
struct OpenAi {
    client: Client,
    url: String,
    key: SecretString,
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Judgement>,
}

#[derive(Deserialize)]
struct Judgement {
    flagged: bool,
}

#[async_trait]
impl ContentSafety for OpenAi {
    async fn examine(&self, picture: &[u8]) -> Result<Verdict, SafetyError> {
        let kind = if picture.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
        let url = format!("data:image/{kind};base64,{}", STANDARD.encode(picture));
        let input = json!([{ "type": "image_url", "image_url": { "url": url } }]);
        let request = self.client.post(&self.url).bearer_auth(self.key.expose_secret());
        let answer = request.json(&json!({ "model": MODEL, "input": input })).send().await.map_err(failed)?;
        let answer: Answer = answer.error_for_status().map_err(failed)?.json().await.map_err(failed)?;
        // An answer without a judgement is none.
        let Some(judgement) = answer.results.first() else { return Err(SafetyError("no judgement".into())) };
        Ok(if judgement.flagged { Verdict::Refused } else { Verdict::Allowed })
    }
}

/// The address stays out: it may hold what a proxy wants to know.
fn failed(error: reqwest::Error) -> SafetyError {
    SafetyError(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use axum::extract::State;
    use axum::http::{HeaderMap, StatusCode, header};
    use axum::response::{IntoResponse, Response};
    use axum::routing::post;
    use axum::{Json, Router};
    use serde_json::Value;

    use super::*;
    use crate::config::Config;
    use crate::testing::{Form, TestServer, grey_png, portraits};

    /// What the double says.
    #[derive(Clone, Copy)]
    enum Says {
        Flagged(bool),
        Nothing,
        Failure,
    }

    async fn moderations(State(says): State<Says>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
        assert_eq!(headers[header::AUTHORIZATION], "Bearer sk-test");
        assert_eq!(body["model"], MODEL);
        let url = body["input"][0]["image_url"]["url"].as_str().unwrap();
        let (kind, picture) = url.split_once(";base64,").unwrap();
        let picture = STANDARD.decode(picture).unwrap();
        assert_eq!(kind, "data:image/jpeg");
        assert!(engine::codec::decode(&picture, &engine::codec::Limits::default()).unwrap().width() <= 480);
        match says {
            Says::Flagged(flagged) => {
                Json(json!({ "id": "modr-1", "results": [{ "flagged": flagged }] })).into_response()
            }
            Says::Nothing => Json(json!({ "results": [] })).into_response(),
            Says::Failure => StatusCode::TOO_MANY_REQUESTS.into_response(),
        }
    }

    /// Settings for a double of the service, which lives as long as the test.
    async fn settings(says: Says) -> Config {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = Router::new().route("/v1/moderations", post(moderations)).with_state(says);
        tokio::spawn(async { axum::serve(listener, service).await });
        let mut config = Config::default();
        config.limits.enabled = false;
        config.safety.check = SafetyCheck::OpenAi;
        config.safety.openai_endpoint = url.try_into().unwrap();
        config.safety.openai_key = Some("sk-test".into());
        config
    }

    async fn outcome(config: &Config) -> (u16, String) {
        let server = TestServer::with(config).await;
        let ada = server.person("ada@example.org").await;
        let [portrait, _] = portraits();
        let answer = ada.form(Form::default().named_file("file", "me.jpg", &portrait), "/api/v1/media").await;
        let code = if answer.status.is_success() { String::new() } else { answer.refusal().1.into() };
        (answer.status.as_u16(), code)
    }

    #[tokio::test]
    async fn pictures_pass_when_they_are_judged_to_be_allowed_and_not_otherwise() {
        assert_eq!(outcome(&settings(Says::Flagged(false)).await).await, (201, String::new()));
        assert_eq!(outcome(&settings(Says::Flagged(true)).await).await, (422, "content_refused".into()));
        for closed in [Says::Nothing, Says::Failure] {
            assert_eq!(outcome(&settings(closed).await).await, (503, "content_unchecked".into()));
        }
        let mut nobody = settings(Says::Flagged(false)).await;
        nobody.safety.openai_endpoint = "http://127.0.0.1:9".to_owned().try_into().unwrap();
        assert_eq!(outcome(&nobody).await, (503, "content_unchecked".into()));
    }

    #[tokio::test]
    async fn without_a_judge_pictures_pass_and_pages_say_so() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let form = Form::default().named_file("file", "grey.png", &grey_png(40, 40));
        assert_eq!(ada.form(form, "/api/v1/media").await.status, StatusCode::CREATED);
        assert!(server.get("/privacy").await.text().contains("This server does not check contents"));
    }
}
