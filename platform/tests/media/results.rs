//! Results: stored before their row is, in the transaction of whoever made them.

use contract::ErrorCode;
use contract::fields::FileName;
use contract::media::MediaKind;

use super::house::{DAY_MS, HOUR_MS, code, jpeg, on_each, on_each_with, user};

fn name() -> FileName {
    FileName::parse("result.jpg").unwrap()
}

#[tokio::test]
async fn a_result_is_kept_byte_for_byte() {
    on_each(async |house| {
        let kept = house.media.save_result(user(1), &name(), jpeg(1)).await.unwrap();
        assert_eq!(
            (kept.kind, kept.expires_at_ms),
            (MediaKind::Result, Some(kept.created_at_ms + 30 * DAY_MS))
        );
        assert_eq!(house.media.read(user(1), kept.id).await.unwrap(), jpeg(1));
        assert!(kept.thumbnail_url.is_some() && !kept.blur_hash.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_result_whose_transaction_fails_leaves_nothing() {
    on_each(async |house| {
        let id = house.media.new_id();
        let staged = house.media.stage_result(user(1), id, &name(), jpeg(1)).await.unwrap();
        assert_eq!(code(house.media.view(user(1), id).await), ErrorCode::NotFound);
        let mut tx = house.database.begin().await.unwrap();
        house.media.commit(&mut tx, &staged).await.unwrap();
        drop(tx);
        assert_eq!((house.files().len(), house.count("media").await), (2, 0));
        house.pass(HOUR_MS);
        house.media.sweep().await.unwrap();
        assert_eq!((house.files().len(), house.count("media_removals").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_done_again_stores_under_the_same_name() {
    on_each(async |house| {
        let id = house.media.new_id();
        house.media.stage_result(user(1), id, &name(), jpeg(1)).await.unwrap();
        house.pass(HOUR_MS);
        let staged = house.media.stage_result(user(1), id, &name(), jpeg(1)).await.unwrap();
        house.media.sweep().await.unwrap();
        let mut tx = house.database.begin().await.unwrap();
        house.media.commit(&mut tx, &staged).await.unwrap();
        tx.commit().await.unwrap();
        house.pass(HOUR_MS);
        house.media.sweep().await.unwrap();
        assert_eq!(house.media.read(user(1), id).await.unwrap(), jpeg(1));
        assert_eq!(house.files().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_stage_that_has_ended_cannot_be_committed() {
    on_each(async |house| {
        let staged = house.media.stage_result(user(1), house.media.new_id(), &name(), jpeg(1)).await.unwrap();
        house.pass(HOUR_MS - 1);
        let mut tx = house.database.begin().await.unwrap();
        assert_eq!(code(house.media.commit(&mut tx, &staged).await), ErrorCode::Unavailable);
    })
    .await;
}

#[tokio::test]
async fn a_result_comes_in_beyond_the_quota_and_an_upload_then_does_not() {
    on_each_with(
        |config| config.quota_bytes = 10,
        async |house| {
            house.media.save_result(user(1), &name(), jpeg(1)).await.unwrap();
            assert_eq!(code(house.send(user(1), "me.jpg", &jpeg(2)).await), ErrorCode::MediaQuotaExceeded);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_no_result() {
    on_each(async |house| {
        let outcome = house.media.save_result(user(1), &name(), b"a text".to_vec()).await;
        assert_eq!(code(outcome), ErrorCode::MediaUnsupported);
        assert_eq!(house.files().len(), 0);
    })
    .await;
}
