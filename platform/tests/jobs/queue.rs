//! The queue: transactions, leases, fences, keys, priorities, retries, dead letters.

use contract::ErrorCode;
use contract::jobs::{Happening, JobState};
use platform::jobs::{Enqueued, JobFailure, KEPT_MS, LEASE_MS, NewJob, Outcome, QueueError};
use serde_json::json;

use super::house::{FREE, House, new_job, on_each};

async fn put(house: &House, job: &NewJob) -> Enqueued {
    let mut transaction = house.database.begin().await.unwrap();
    let put = house.queue().enqueue(&mut transaction, job).await.unwrap();
    transaction.commit().await.unwrap();
    put
}

fn done() -> Result<Outcome, JobFailure> {
    Ok(Outcome::of(json!({ "made": 1 })))
}

#[tokio::test]
async fn a_job_of_a_transaction_that_fails_was_never_there() {
    on_each(async |house| {
        let ada = house.person("ada", 0).await;
        let mut transaction = house.database.begin().await.unwrap();
        house.queue().enqueue(&mut transaction, &new_job(ada.user)).await.unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(house.claim().await, None);
    })
    .await;
}

#[tokio::test]
async fn a_job_goes_from_the_queue_to_its_end_and_its_owner_hears_every_step() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        assert_eq!(house.has(&ada).await, (4, 1));
        let claim = house.claim().await.unwrap();
        assert_eq!((claim.id, claim.attempt, claim.input.clone()), (id, 1, json!({ "n": 1 })));
        assert_eq!(house.claim().await, None, "a job is one worker's at a time");
        house.queue().progress(&claim, 40).await.unwrap();
        house.jobs.finish(&claim, done()).await.unwrap();
        let job = house.view(&ada, id).await;
        assert_eq!(
            (job.state, job.percent, job.output),
            (JobState::Succeeded, 100, Some(json!({ "made": 1 })))
        );
        assert_eq!(house.has(&ada).await, (4, 0));
        assert_eq!(
            house.told(&ada, id).await,
            [
                Happening::Queued,
                Happening::Started { attempt: 1 },
                Happening::Progress { percent: 40 },
                Happening::Succeeded { output: json!({ "made": 1 }) }
            ]
        );
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_stalled_cannot_finish_what_another_took_over() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        let stalled = house.claim().await.unwrap();
        house.pass(LEASE_MS - 1);
        assert_eq!(house.claim().await, None, "the lease still runs");
        house.pass(1);
        let other = house.claim().await.unwrap();
        assert_eq!((other.id, other.attempt), (id, 2));
        // Whatever the stalled one does now, it is not heard.
        let fenced = |outcome| matches!(outcome, Err(QueueError::Fenced));
        assert!(fenced(house.queue().progress(&stalled, 99).await));
        assert!(fenced(house.jobs.finish(&stalled, done()).await));
        assert!(fenced(house.jobs.finish(&stalled, Err(JobFailure::Final(ErrorCode::Internal))).await));
        assert!(matches!(house.queue().renew(&stalled).await, Err(QueueError::Fenced)));
        assert_eq!(house.view(&ada, id).await.state, JobState::Running);
        house.jobs.finish(&other, done()).await.unwrap();
        assert!(fenced(house.jobs.finish(&other, done()).await), "an end is an end");
        assert_eq!(house.has(&ada).await, (4, 0));
        house.told(&ada, id).await;
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_heartbeat_keeps_the_lease() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        house.submit(&ada).await;
        let claim = house.claim().await.unwrap();
        for _ in 0..10 {
            house.pass(LEASE_MS - 1);
            assert!(!house.queue().renew(&claim).await.unwrap());
            assert_eq!(house.claim().await, None);
        }
        house.jobs.finish(&claim, done()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_attempt_that_fails_is_followed_by_another_until_the_job_is_given_up() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        for attempt in 1..=3 {
            let claim = house.claim().await.unwrap();
            assert_eq!(claim.attempt, attempt);
            house.jobs.finish(&claim, Err(JobFailure::Passing(ErrorCode::Busy))).await.unwrap();
            assert_eq!(house.claim().await, None, "it has its pause, or its end");
            house.pass(60_000);
        }
        let job = house.view(&ada, id).await;
        assert_eq!((job.state, job.failure), (JobState::Dead, Some(ErrorCode::Busy)));
        assert_eq!(house.has(&ada).await, (5, 0), "nothing was made, nothing is spent");
        let told = house.told(&ada, id).await;
        let postponed = told.iter().filter(|what| matches!(what, Happening::Postponed { .. })).count();
        assert_eq!((postponed, told.last()), (2, Some(&Happening::Dead { failure: ErrorCode::Busy })));
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_its_workers_is_given_up_as_well() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        for _ in 1..=3 {
            assert!(!house.claim().await.unwrap().is_exhausted());
            house.pass(LEASE_MS);
        }
        let claim = house.claim().await.unwrap();
        assert!(claim.is_exhausted(), "there is nothing to do but to end it");
        house.jobs.finish(&claim, Err(JobFailure::Passing(ErrorCode::JobInterrupted))).await.unwrap();
        assert_eq!(house.view(&ada, id).await.state, JobState::Dead);
        assert_eq!(house.has(&ada).await, (5, 0));
        house.told(&ada, id).await;
    })
    .await;
}

#[tokio::test]
async fn a_job_that_cannot_be_done_is_not_tried_again_unless_its_owner_asks() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        let claim = house.claim().await.unwrap();
        house.jobs.finish(&claim, Err(JobFailure::Final(ErrorCode::NoFaceInTarget))).await.unwrap();
        house.pass(60_000);
        assert_eq!(house.claim().await, None);
        assert_eq!(house.has(&ada).await, (5, 0));
        let job = house.jobs.retry(&ada, id).await.unwrap();
        assert_eq!((job.state, job.failure, job.attempts), (JobState::Queued, None, 0));
        assert_eq!(house.has(&ada).await, (4, 1), "each round has its price");
        let again = house.claim().await.unwrap();
        assert!(matches!(house.jobs.finish(&claim, done()).await, Err(QueueError::Fenced)));
        house.jobs.finish(&again, done()).await.unwrap();
        assert_eq!(house.has(&ada).await, (4, 0));
        let retried = house.jobs.retry(&ada, id).await.unwrap_err();
        assert_eq!(retried.code(), ErrorCode::JobNotRetryable);
        house.told(&ada, id).await;
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn the_more_urgent_comes_first_and_what_waits_waits() {
    on_each(async |house| {
        let owner = house.person("ada", 0).await.user;
        let job = |priority, delay_ms| NewJob { priority, delay_ms, ..new_job(owner) };
        let Enqueued::New(usual) = put(&house, &job(0, 0)).await else { panic!("it is new") };
        let Enqueued::New(urgent) = put(&house, &job(5, 0)).await else { panic!("it is new") };
        let Enqueued::New(later) = put(&house, &job(9, 1_000)).await else { panic!("it is new") };
        let mut order = Vec::new();
        while let Some(claim) = house.claim().await {
            order.push(claim.id);
        }
        assert_eq!(order, [urgent, usual]);
        house.pass(1_000);
        assert_eq!(house.claim().await.unwrap().id, later);
    })
    .await;
}

#[tokio::test]
async fn under_a_key_there_is_one_job_until_it_ends() {
    on_each(async |house| {
        let (ada, bob) = (house.person("ada", 0).await.user, house.person("bob", 0).await.user);
        let job = |owner| NewJob { unique_key: Some("a".into()), ..new_job(owner) };
        let Enqueued::New(first) = put(&house, &job(ada)).await else { panic!("it is new") };
        assert_eq!(put(&house, &job(ada)).await, Enqueued::Already(first));
        assert!(matches!(put(&house, &job(bob)).await, Enqueued::New(_)), "a key is its owner's");
        let claim = house.claim().await.unwrap();
        assert_eq!(put(&house, &job(ada)).await, Enqueued::Already(first), "also while it runs");
        house.jobs.finish(&claim, done()).await.unwrap();
        assert!(matches!(put(&house, &job(ada)).await, Enqueued::New(_)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_side_by_side_take_each_job_once() {
    on_each(async |house| {
        let owner = house.person("ada", 0).await.user;
        for _ in 0..100 {
            put(&house, &new_job(owner)).await;
        }
        let (kinds, queue) = ([FREE.to_owned()], house.queue().clone());
        let workers = (0..8).map(|_| {
            let (kinds, queue) = (kinds.clone(), queue.clone());
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let claims = queue.claim("one of eight", &kinds, 3).await.unwrap();
                    if claims.is_empty() {
                        return taken;
                    }
                    taken.extend(claims.into_iter().map(|claim| claim.id));
                }
            })
        });
        let taken = futures_util::future::join_all(workers).await;
        let mut ids: Vec<_> = taken.into_iter().flat_map(|taken| taken.unwrap()).collect();
        assert_eq!(ids.len(), 100);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 100);
    })
    .await;
}

#[tokio::test]
async fn jobs_are_forgotten_a_month_after_their_end() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        let id = house.submit(&ada).await;
        house.pass(2 * KEPT_MS);
        assert_eq!(house.queue().sweep().await.unwrap(), 0, "it has not ended");
        let claim = house.claim().await.unwrap();
        house.jobs.finish(&claim, done()).await.unwrap();
        house.pass(KEPT_MS);
        assert_eq!(house.queue().sweep().await.unwrap(), 0);
        house.pass(1);
        assert_eq!(house.queue().sweep().await.unwrap(), 1);
        assert_eq!(house.jobs.find(&ada, id).await.unwrap_err().code(), ErrorCode::NotFound);
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM job_events")
            .fetch_one(house.database.reader())
            .await
            .unwrap();
        assert_eq!(left, 0);
        house.is_sound().await;
    })
    .await;
}
