//! What has had its time goes, and what its owner keeps stays.

use bytes::Bytes;
use contract::ErrorCode;
use contract::media::MediaChange;
use platform::media::{Reader, Swept};

use super::house::{DAY_MS, code, jpeg, on_each, user};

#[tokio::test]
async fn an_upload_goes_after_a_day_unless_it_is_kept() {
    on_each(async |house| {
        let ada = user(1);
        let (goes, stays) = (house.picture(ada, 1).await, house.picture(ada, 2).await);
        assert_eq!(goes.expires_at_ms, Some(goes.created_at_ms + DAY_MS));
        let keep = MediaChange { kept: Some(true), ..MediaChange::default() };
        let kept = house.media.change(ada, stays.id, keep).await.unwrap();
        assert_eq!(kept.expires_at_ms, None);
        house.pass(DAY_MS - 1);
        assert_eq!(house.media.sweep().await.unwrap(), Swept::default());
        house.pass(1);
        assert_eq!(
            code(house.media.view(ada, goes.id).await),
            ErrorCode::NotFound,
            "gone before it is swept"
        );
        assert_eq!(house.read(&Reader::Person(ada), &goes).await, Err(ErrorCode::NotFound));
        assert_eq!(house.media.sweep().await.unwrap(), Swept { files: 1, contents: 1 });
        assert_eq!((house.files().len(), house.count("media").await), (2, 1));
        assert!(house.read(&Reader::Person(ada), &stays).await.is_ok());
        let no_longer = MediaChange { kept: Some(false), ..MediaChange::default() };
        let view = house.media.change(ada, stays.id, no_longer).await.unwrap();
        assert_eq!(view.expires_at_ms, Some(view.created_at_ms + 2 * DAY_MS), "a day from now");
    })
    .await;
}

#[tokio::test]
async fn what_was_thrown_away_can_be_had_back_for_a_day() {
    on_each(async |house| {
        let ada = user(1);
        let view = house.picture(ada, 1).await;
        house
            .media
            .change(ada, view.id, MediaChange { kept: Some(true), ..MediaChange::default() })
            .await
            .unwrap();
        house.media.delete(ada, view.id).await.unwrap();
        assert_eq!(code(house.media.delete(ada, view.id).await), ErrorCode::NotFound);
        assert_eq!(house.read(&Reader::Person(ada), &view).await, Err(ErrorCode::NotFound));
        assert_eq!(house.media.usage(ada).await.unwrap().bytes, 0);
        house.pass(DAY_MS - 1);
        house.media.sweep().await.unwrap();
        assert_eq!(house.media.restore(ada, view.id).await.unwrap().id, view.id);
        assert!(house.read(&Reader::Person(ada), &view).await.is_ok());
        house.media.delete(ada, view.id).await.unwrap();
        house.pass(DAY_MS);
        assert_eq!(house.media.sweep().await.unwrap(), Swept { files: 1, contents: 1 });
        assert_eq!(code(house.media.restore(ada, view.id).await), ErrorCode::NotFound);
        assert_eq!(house.files().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_sent_again_after_it_was_thrown_away_is_back() {
    on_each(async |house| {
        let view = house.picture(user(1), 1).await;
        house.media.delete(user(1), view.id).await.unwrap();
        assert_eq!(house.picture(user(1), 1).await.id, view.id);
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_is_too_large_ends_where_it_is() {
    super::house::on_each_with(
        |config| config.max_bytes = 100_000,
        async |house| {
            let mut intake = house.media.intake().unwrap();
            intake.write(Bytes::from(vec![0; 100_000])).await.unwrap();
            let error = intake.write(Bytes::from_static(b"x")).await.unwrap_err();
            assert_eq!(error.code(), ErrorCode::MediaTooLarge);
            drop(intake);
            assert_eq!(house.files().len(), 0, "an upload that is dropped leaves nothing");
        },
    )
    .await;
}

#[tokio::test]
async fn an_upload_that_a_dead_server_left_goes_with_a_sweep() {
    on_each(async |house| {
        let mut intake = house.media.intake().unwrap();
        intake.write(Bytes::from(jpeg(1))).await.unwrap();
        // As if the process had ended: its destructors do not run.
        std::mem::forget(intake);
        assert_eq!(house.files().len(), 1);
        let file = std::fs::File::options().write(true).open(&house.files()[0]).unwrap();
        let touched =
            |ms: i64| std::time::UNIX_EPOCH + std::time::Duration::from_millis(ms.try_into().unwrap());
        let now_ms = platform::clock::Clock::now_ms(house.clock.as_ref());
        file.set_modified(touched(now_ms)).unwrap();
        house.media.sweep().await.unwrap();
        assert_eq!(house.files().len(), 1, "it may still be coming");
        house.pass(DAY_MS);
        house.media.sweep().await.unwrap();
        assert_eq!(house.files().len(), 0);
    })
    .await;
}
