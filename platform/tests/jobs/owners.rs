//! What people may do with their jobs, and not with those of others.

use contract::ErrorCode;
use contract::auth::{ApiKeyId, Scope};
use contract::jobs::{Happening, JobId, JobState};
use contract::paging::PageQuery;
use platform::auth::{Principal, Via};
use platform::jobs::{JobFailure, JobRecords, MOST_OPEN, Order, Outcome, QueueError};
use platform::personal_data::PersonalData;
use serde_json::json;

use super::house::{FREE, KIND, on_each, order};

#[tokio::test]
async fn another_persons_job_is_not_there() {
    on_each(async |house| {
        let (ada, bob) = (house.person("ada", 5).await, house.person("bob", 5).await);
        let id = house.submit(&ada).await;
        let (found, cancelled, retried, told) = (
            house.jobs.find(&bob, id).await.unwrap_err(),
            house.jobs.cancel(&bob, id).await.unwrap_err(),
            house.jobs.retry(&bob, id).await.unwrap_err(),
            house.jobs.events(&bob, id, 0).await.unwrap_err(),
        );
        for error in [found, cancelled, retried, told] {
            assert_eq!(error.code(), ErrorCode::NotFound);
        }
        assert!(house.jobs.list(&bob, &PageQuery::default()).await.unwrap().items.is_empty());
        assert!(house.jobs.heads(bob.user, 0).await.unwrap().is_empty());
        assert_eq!(house.view(&ada, id).await.state, JobState::Queued);
        assert_eq!(house.jobs.find(&ada, JobId::new(0, 9)).await.unwrap_err().code(), ErrorCode::NotFound);
        let key = |scope| Principal { via: Via::ApiKey(ApiKeyId::new(0, 1), vec![scope]), ..ada.clone() };
        let refused = house.jobs.submit(&key(Scope::MediaWrite), order(KIND)).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Forbidden);
        assert!(house.jobs.submit(&key(Scope::SwapsWrite), order(KIND)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_a_running_one_when_its_worker_hears() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let waiting = house.submit(&ada).await;
        assert_eq!(house.jobs.cancel(&ada, waiting).await.unwrap().state, JobState::Cancelled);
        assert_eq!(
            house.jobs.cancel(&ada, waiting).await.unwrap().state,
            JobState::Cancelled,
            "twice is once"
        );
        assert_eq!((house.has(&ada).await, house.claim().await), ((5, 0), None));

        let running = house.submit(&ada).await;
        let claim = house.claim().await.unwrap();
        assert!(!house.queue().renew(&claim).await.unwrap());
        assert_eq!(house.jobs.cancel(&ada, running).await.unwrap().state, JobState::Running);
        house.jobs.cancel(&ada, running).await.unwrap();
        assert!(house.queue().renew(&claim).await.unwrap(), "the heartbeat brings the wish");
        house.jobs.finish(&claim, Err(JobFailure::Stopped)).await.unwrap();
        assert_eq!(house.has(&ada).await, (5, 0));
        let told = house.told(&ada, running).await;
        let started = Happening::Started { attempt: 1 };
        assert_eq!(told, [Happening::Queued, started, Happening::CancelAsked, Happening::Cancelled]);

        let done = house.submit(&ada).await;
        let claim = house.claim().await.unwrap();
        house.jobs.finish(&claim, Ok(Outcome::of(json!({})))).await.unwrap();
        assert_eq!(house.jobs.cancel(&ada, done).await.unwrap_err().code(), ErrorCode::JobEnded);
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_list_has_the_youngest_first_page_by_page() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(house.submit(&ada).await);
            house.pass(1);
        }
        let page = house.jobs.list(&ada, &PageQuery { limit: Some(2), after: None }).await.unwrap();
        let seen: Vec<_> = page.items.iter().map(|job| job.id).collect();
        assert_eq!(seen, [ids[2], ids[1]]);
        let page = house.jobs.list(&ada, &PageQuery { limit: Some(2), after: page.next }).await.unwrap();
        assert_eq!((page.items[0].id, page.items.len(), page.next), (ids[0], 1, None));
        let bad = PageQuery { limit: None, after: Some("nonsense".into()) };
        assert_eq!(house.jobs.list(&ada, &bad).await.unwrap_err().code(), ErrorCode::FieldsInvalid);
    })
    .await;
}

#[tokio::test]
async fn nobody_fills_the_queue_alone() {
    on_each(async |house| {
        let (ada, bob) = (house.person("ada", 0).await, house.person("bob", 0).await);
        for _ in 0..MOST_OPEN {
            house.jobs.submit(&ada, order(FREE)).await.unwrap();
        }
        let refused = house.jobs.submit(&ada, order(FREE)).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::TooManyJobs);
        house.jobs.submit(&bob, order(FREE)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_same_order_under_a_key_is_one_job_at_one_price() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let keyed = || Order { unique_key: Some("k".into()), ..order(KIND) };
        let (first, new) = house.jobs.submit(&ada, keyed()).await.unwrap();
        let (second, again) = house.jobs.submit(&ada, keyed()).await.unwrap();
        assert_eq!((first.id, new, again), (second.id, true, false));
        assert_eq!(house.has(&ada).await, (4, 1));
        // A retry of an older job of the key finds its place taken.
        house.jobs.cancel(&ada, first.id).await.unwrap();
        house.jobs.submit(&ada, keyed()).await.unwrap();
        let refused = house.jobs.retry(&ada, first.id).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::JobNotRetryable);
        assert_eq!(house.has(&ada).await, (4, 1));
    })
    .await;
}

#[tokio::test]
async fn who_leaves_takes_their_jobs_along() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        let claim = house.claim().await.unwrap();
        let records = JobRecords::new((*house.database).clone());
        let export = records.export(ada.user).await.unwrap();
        assert_eq!(export[0]["id"], id.to_string());
        let mut transaction = house.database.begin().await.unwrap();
        assert_eq!(records.erase(&mut transaction, ada.user).await.unwrap(), 1);
        transaction.commit().await.unwrap();
        assert_eq!(house.jobs.find(&ada, id).await.unwrap_err().code(), ErrorCode::NotFound);
        let late = house.jobs.finish(&claim, Ok(Outcome::of(json!({})))).await;
        assert!(matches!(late, Err(QueueError::Fenced)));
    })
    .await;
}
