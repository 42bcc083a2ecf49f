//! `POST /jobs`: asks for work that outlives the request.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use contract::jobs::{CreateJob, JobView};
use platform::hd_swap::HdSwapService;

use crate::api::error::ApiError;
use crate::api::extract::{JsonBody, SwapsWrite, WithScope};
use crate::api::refusals::refusals;
use crate::middleware::idempotency::IdempotencyKey;

refusals!(AgeRequired, ConsentRequired, CreditsShort, TooManyJobs, IdempotencyInFlight, IdempotencyMismatch);

/// Asks for a job. Whoever wants a face used is of age and stated whose it is. Its price is held until it ends, and given back unless it succeeds; what was made before of the same
/// photos in the same way is found again at no price.
#[utoipa::path(
    post,
    path = "/jobs",
    operation_id = "create_job",
    tag = "jobs",
    params(IdempotencyKey),
    request_body = CreateJob,
    responses((status = 201, description = "It is in the queue.", body = JobView,
            headers(("location" = String, description = "Its address."))),
        (status = 200, description = "The same is under way already: here it is.", body = JobView), Refusals),
    security(("bearer" = []))
)]
pub(crate) async fn post(
    State(hd_swaps): State<HdSwapService>,
    WithScope { principal, .. }: WithScope<SwapsWrite>,
    JsonBody(job): JsonBody<CreateJob>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<JobView>), ApiError> {
    let CreateJob::HdSwap(order) = job;
    let (job, new) = hd_swaps.submit(&principal, order).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, [(header::LOCATION, format!("/api/v1/jobs/{}", job.id))], Json(job)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use std::time::Duration;

    use axum::http::{Method, StatusCode};
    use contract::ErrorCode;
    use contract::consent::{AttestationView, Revoked};
    use contract::hd_swap::HdSwapOutput;
    use contract::jobs::{JobState, JobView};
    use contract::media::MediaView;
    use engine::codec::{Limits as PhotoLimits, decode};
    use platform::hd_swap::HdSwapHandler;
    use platform::jobs::{Limits, Worker};
    use platform::result_cache::ResultCache;
    use serde_json::{Value, json};
    use tokio::sync::watch;

    use crate::testing::{Form, Person, TestServer, portraits};

    const PATH: &str = "/api/v1/jobs";

    async fn upload(who: &Person<'_>, name: &str, bytes: &[u8]) -> String {
        let form = Form::default().named_file("file", name, bytes);
        let answer = who.form(form, "/api/v1/media").await;
        serde_json::from_slice::<MediaView>(&answer.body).unwrap().id.to_string()
    }

    async fn two_photos(who: &Person<'_>) -> [String; 2] {
        let [source, target] = portraits();
        [upload(who, "me.jpg", &source).await, upload(who, "poster.jpg", &target).await]
    }

    /// Says to be of age, and whose face it is; the statement's id.
    async fn state(who: &Person<'_>, source: &str) -> String {
        who.call(Method::PUT, "/api/v1/age", Some(json!({ "of_age": true }))).await;
        let stated = who.post("/api/v1/attestations", json!({ "source": source, "claim": "self" })).await;
        serde_json::from_slice::<AttestationView>(&stated.body).unwrap().id.to_string()
    }

    /// Orders a job; its id.
    async fn order_job(who: &Person<'_>, order: &Value) -> String {
        let created = who.post(PATH, order.clone()).await;
        assert!(created.status.is_success(), "{}", created.text());
        serde_json::from_slice::<JobView>(&created.body).unwrap().id.to_string()
    }

    /// Does all there is to do.
    async fn work(server: &TestServer, cache: &ResultCache) {
        let state = server.state();
        let handler = HdSwapHandler::new(
            state.swaps.clone(),
            state.media.clone(),
            state.consent.clone(),
            cache.clone(),
            "test",
        );
        let by_device = BTreeMap::from([("cpu".to_owned(), 2)]);
        let limits = Limits { by_device, look_every: Duration::from_millis(20), ..Limits::default() };
        let worker = Worker::new("one".into(), state.jobs.clone(), limits).with(Arc::new(handler), "cpu");
        let stop = watch::Sender::new(false);
        let working = tokio::spawn(worker.run(stop.subscribe()));
        while !state.jobs.queue().depth().await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        stop.send_replace(true);
        working.await.unwrap();
    }

    async fn job(who: &Person<'_>, id: &str) -> JobView {
        serde_json::from_slice(&who.get(&format!("{PATH}/{id}")).await.body).unwrap()
    }

    async fn available(who: &Person<'_>) -> Value {
        let balance: Value = serde_json::from_slice(&who.get("/api/v1/credits").await.body).unwrap();
        balance["available"].clone()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn kept_photos_become_a_kept_result_at_its_price_and_the_same_again_is_free() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let [source, target] = two_photos(&ada).await;
        state(&ada, &source).await;
        let order = json!({ "kind": "hd_swap", "sources": [source], "target": target, "format": "png" });
        let cache = ResultCache::new(None);

        let created = ada.post(PATH, order.clone()).await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
        let id = serde_json::from_slice::<JobView>(&created.body).unwrap().id.to_string();
        let again = ada.post(PATH, order.clone()).await;
        assert_eq!(again.status, StatusCode::OK, "the same is under way");
        assert_eq!(available(&ada).await, 29);
        work(&server, &cache).await;

        let done = job(&ada, &id).await;
        assert_eq!(done.state, JobState::Succeeded, "{done:?}");
        let made: HdSwapOutput = serde_json::from_value(done.output.unwrap()).unwrap();
        let file = ada.get(&format!("/media/{}", made.media_id)).await;
        let [_, before] = portraits().map(|file| decode(&file, &PhotoLimits::default()).unwrap());
        let after = decode(&file.body, &PhotoLimits::default()).unwrap();
        assert_eq!((after.width(), after.height()), (before.width(), before.height()));
        assert_eq!((made.width, made.faces), (before.width(), 1));
        let reading = provenance::read(&file.body).unwrap();
        assert_eq!(reading.standing, provenance::Standing::Valid, "{reading:?}");
        assert_eq!(reading.mark, Some(done.id.mark()));
        assert_eq!(engine::watermark::detect(&after).map(|found| found.payload), Some(done.id.mark()));
        let changed = before.rgba().iter().zip(after.rgba()).filter(|(a, b)| a.abs_diff(**b) > 16).count();
        assert!(changed > 1000, "only {changed} values changed");

        let second = order_job(&ada, &order).await;
        assert_ne!(second, id);
        work(&server, &cache).await;
        let known: HdSwapOutput = serde_json::from_value(job(&ada, &second).await.output.unwrap()).unwrap();
        assert_eq!(known.media_id, made.media_id);
        assert_eq!(available(&ada).await, 29, "what was made before costs nothing");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_cannot_be_done_says_why_and_costs_nothing() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let [source, target] = two_photos(&ada).await;
        state(&ada, &source).await;
        let faces = json!([{ "target_face": 7, "source": 0 }]);
        let order = json!({ "kind": "hd_swap", "sources": [source], "target": target, "faces": faces });
        let id = order_job(&ada, &order).await;
        work(&server, &ResultCache::new(None)).await;
        let failed = job(&ada, &id).await;
        assert_eq!((failed.state, failed.failure.unwrap().as_str()), (JobState::Failed, "face_not_found"));
        assert_eq!(available(&ada).await, 30);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_face_is_used_without_a_statement_and_a_withdrawn_one_takes_its_results_along() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let [source, target] = two_photos(&ada).await;
        let order = json!({ "kind": "hd_swap", "sources": [source], "target": target });
        let refused = ada.post(PATH, order.clone()).await.problem();
        assert_eq!(refused.code, ErrorCode::AgeRequired);
        ada.call(Method::PUT, "/api/v1/age", Some(json!({ "of_age": true }))).await;
        let refused = ada.post(PATH, order.clone()).await.problem();
        assert_eq!(refused.code, ErrorCode::ConsentRequired);

        let statement = state(&ada, &source).await;
        let cache = ResultCache::new(None);
        let mut made = Vec::new();
        for _ in 0..2 {
            let id = order_job(&ada, &order).await;
            work(&server, &cache).await;
            let done: HdSwapOutput = serde_json::from_value(job(&ada, &id).await.output.unwrap()).unwrap();
            made.push(done.media_id);
        }
        assert_eq!(made[0], made[1], "found again");
        let late = order_job(&ada, &order).await;
        let revoked = ada.delete(&format!("/api/v1/attestations/{statement}")).await;
        let revoked: Revoked = serde_json::from_slice(&revoked.body).unwrap();
        assert_eq!(revoked.removed_results, 1);
        assert_eq!(ada.get(&format!("/media/{}", made[0])).await.status, StatusCode::NOT_FOUND);
        work(&server, &cache).await;
        let late = job(&ada, &late).await;
        assert_eq!((late.state, late.failure), (JobState::Failed, Some(ErrorCode::ConsentRequired)));
    }

    #[tokio::test]
    async fn an_order_is_for_ones_own_photos_and_names_every_fault() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let bob = server.person("bob@example.org").await;
        let [source, target] = two_photos(&ada).await;
        let order = json!({ "kind": "hd_swap", "sources": [source], "target": target });
        let refused = bob.post(PATH, order).await.problem();
        let faults: Vec<_> =
            refused.errors.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
        assert_eq!(faults, [("sources[0]", "not_found"), ("target", "not_found")]);
        let bad = json!({ "kind": "hd_swap", "sources": [], "target": target, "likeness": 101 });
        let refused = ada.post(PATH, bad).await.problem();
        let faults: Vec<_> = refused.errors.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(faults, ["sources", "likeness"]);
        for malformed in [json!({}), json!({ "kind": "dance" }), json!({ "kind": "hd_swap" })] {
            let status = ada.post(PATH, malformed.clone()).await.status.as_u16();
            assert!((400..=422).contains(&status), "{malformed}");
        }
    }
}
