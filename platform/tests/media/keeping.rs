//! What people do with what they keep.

use contract::ErrorCode;
use contract::fields::FileName;
use contract::media::{MediaChange, MediaKind, Visibility};
use contract::paging::PageQuery;
use platform::media::{Reader, Signature, Variant};

use super::house::{DAY_MS, HOUR_MS, code, jpeg, on_each, on_each_with, user};

const ADA: u128 = 1;
const BOB: u128 = 2;

fn change(f: impl FnOnce(&mut MediaChange)) -> MediaChange {
    let mut change = MediaChange::default();
    f(&mut change);
    change
}

#[tokio::test]
async fn a_file_is_its_owner_s_alone() {
    on_each(async |house| {
        let (ada, bob) = (user(ADA), user(BOB));
        let kept = house.picture(ada, 1).await;
        assert_eq!((kept.name.as_str(), kept.width, kept.height, kept.frames), ("1.jpg", 64, 48, 1));
        assert_eq!(house.media.view(ada, kept.id).await.unwrap(), kept);
        assert!(house.read(&Reader::Person(ada), &kept).await.is_ok());
        for reader in [Reader::Person(bob), Reader::Anybody] {
            assert_eq!(house.read(&reader, &kept).await, Err(ErrorCode::NotFound), "{reader:?}");
        }
        assert_eq!(code(house.media.view(bob, kept.id).await), ErrorCode::NotFound);
        assert_eq!(code(house.media.change(bob, kept.id, MediaChange::default()).await), ErrorCode::NotFound);
        assert_eq!(code(house.media.delete(bob, kept.id).await), ErrorCode::NotFound);
        assert_eq!(code(house.media.restore(bob, kept.id).await), ErrorCode::NotFound);
        assert_eq!(code(house.media.link(bob, kept.id, 60).await), ErrorCode::NotFound);
        assert_eq!(code(house.media.read(bob, kept.id).await), ErrorCode::NotFound);
        assert!(house.media.list(bob, None, &PageQuery::default()).await.unwrap().items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_same_file_is_kept_once_for_each_owner() {
    on_each(async |house| {
        let (first, new) = house.send(user(ADA), "me.jpg", &jpeg(1)).await.unwrap();
        assert!(new);
        house.pass(HOUR_MS);
        let (again, new) = house.send(user(ADA), "me too.jpg", &jpeg(1)).await.unwrap();
        assert_eq!((again.id, new), (first.id, false));
        assert_eq!(again.expires_at_ms, first.expires_at_ms.map(|at| at + HOUR_MS), "its time begins anew");
        let (of_bob, new) = house.send(user(BOB), "me.jpg", &jpeg(1)).await.unwrap();
        assert!(new && of_bob.id != first.id, "nobody learns what somebody else has");
        assert_eq!(house.files().len(), 4, "two pictures, each with its thumbnail");
    })
    .await;
}

#[tokio::test]
async fn the_same_file_sent_at_once_is_kept_once() {
    on_each(async |house| {
        let bytes = jpeg(1);
        let sent = (0..8).map(|_| house.send(user(ADA), "me.jpg", &bytes));
        let kept = futures_util::future::try_join_all(sent).await.unwrap();
        assert!(kept.iter().all(|(view, _)| view.id == kept[0].0.id));
        assert_eq!(kept.iter().filter(|(_, new)| *new).count(), 1);
        assert_eq!((house.files().len(), house.count("media").await), (2, 1));
        assert_eq!(house.count("media_removals").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_library_has_a_bound_that_holds_among_uploads_at_once() {
    let most = 5000;
    on_each_with(
        |config| config.quota_bytes = most,
        async |house| {
            let pictures: Vec<Vec<u8>> = (0..12).map(jpeg).collect();
            let sent = pictures.iter().map(|bytes| house.send(user(ADA), "me.jpg", bytes));
            let outcomes = futures_util::future::join_all(sent).await;
            let kept = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
            assert!(kept > 0 && kept < 12, "{kept}");
            for outcome in outcomes.into_iter().filter(Result::is_err) {
                assert_eq!(code(outcome), ErrorCode::MediaQuotaExceeded);
            }
            let usage = house.media.usage(user(ADA)).await.unwrap();
            assert!(usage.bytes <= most && usage.quota_bytes == most, "{usage:?}");
            assert_eq!(house.files().len(), 2 * kept, "what was refused left nothing");
            house.picture(user(BOB), 1).await;

            let page = house.media.list(user(ADA), None, &PageQuery::default()).await.unwrap();
            house.media.delete(user(ADA), page.items[0].id).await.unwrap();
            let more = house.picture(user(ADA), 99).await;
            assert_eq!(
                code(house.media.restore(user(ADA), page.items[0].id).await),
                ErrorCode::MediaQuotaExceeded
            );
            house.media.delete(user(ADA), more.id).await.unwrap();
            house.media.restore(user(ADA), page.items[0].id).await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_list_comes_page_by_page_and_by_kind() {
    on_each(async |house| {
        let ada = user(ADA);
        for number in 0..5 {
            house.pass(1);
            house.picture(ada, number).await;
        }
        let name = FileName::parse("result.jpg").unwrap();
        house.pass(1);
        let result = house.media.save_result(ada, &name, jpeg(9)).await.unwrap();
        let page = |after: Option<String>| PageQuery { after, limit: Some(4) };
        let first = house.media.list(ada, None, &page(None)).await.unwrap();
        assert_eq!((first.items.len(), first.items[0].id), (4, result.id));
        let rest = house.media.list(ada, None, &page(first.next)).await.unwrap();
        let names: Vec<_> = rest.items.iter().map(|view| view.name.as_str()).collect();
        assert_eq!((names, rest.next), (vec!["1.jpg", "0.jpg"], None));
        let results = house.media.list(ada, Some(MediaKind::Result), &PageQuery::default()).await.unwrap();
        assert_eq!(results.items, [result]);
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_a_private_file_until_it_ends() {
    on_each(async |house| {
        let kept = house.picture(user(ADA), 1).await;
        let link = house.media.link(user(ADA), kept.id, 60).await.unwrap();
        let (_, query) = link.url.split_once("?expires=").unwrap();
        let (expires, signature) = query.split_once("&signature=").unwrap();
        let reader =
            Reader::Link(Signature { expires_at_ms: expires.parse().unwrap(), signature: signature.into() });
        assert_eq!(
            house.read(&reader, &kept).await.unwrap(),
            house.media.read(user(ADA), kept.id).await.unwrap()
        );
        let other = house.picture(user(ADA), 2).await;
        assert_eq!(house.read(&reader, &other).await, Err(ErrorCode::NotFound));
        house.media.delete(user(ADA), kept.id).await.unwrap();
        assert_eq!(
            house.read(&reader, &kept).await,
            Err(ErrorCode::NotFound),
            "what is deleted is open to nobody"
        );
        house.media.restore(user(ADA), kept.id).await.unwrap();
        house.pass(60_000);
        assert_eq!(house.read(&reader, &kept).await, Err(ErrorCode::LinkExpired));
    })
    .await;
}

#[tokio::test]
async fn what_its_owner_makes_public_is_open_and_can_be_closed_again() {
    on_each(async |house| {
        let ada = user(ADA);
        let kept = house.picture(ada, 1).await;
        assert_eq!(kept.url, format!("/media/{}", kept.id), "what is private has no public address");
        let public = change(|change| change.visibility = Some(Visibility::Public));
        let open = house.media.change(ada, kept.id, public).await.unwrap();
        assert_eq!(open.url, format!("/media/public/{}", kept.id));
        assert!(house.read(&Reader::Anybody, &kept).await.is_ok());
        let private = change(|change| change.visibility = Some(Visibility::Private));
        house.media.change(ada, kept.id, private).await.unwrap();
        assert_eq!(house.read(&Reader::Anybody, &kept).await, Err(ErrorCode::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_renamed_but_not_into_another_format() {
    on_each(async |house| {
        let kept = house.picture(user(ADA), 1).await;
        let named = change(|change| change.name = FileName::parse("Été.exe").ok());
        let changed = house.media.change(user(ADA), kept.id, named).await.unwrap();
        assert_eq!(changed.name, "Été.exe.jpg");
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_down_is_hidden_from_all_but_moderators() {
    on_each(async |house| {
        let ada = user(ADA);
        let kept = house.picture(ada, 1).await;
        let public = change(|change| change.visibility = Some(Visibility::Public));
        house.media.change(ada, kept.id, public).await.unwrap();
        let hide = async |hidden| {
            let mut tx = house.database.begin().await.unwrap();
            house.media.set_hidden(&mut tx, kept.id, hidden).await.unwrap();
            tx.commit().await.unwrap();
        };
        hide(true).await;
        assert_eq!(house.read(&Reader::Anybody, &kept).await, Err(ErrorCode::NotFound));
        assert_eq!(house.read(&Reader::Person(ada), &kept).await, Err(ErrorCode::MediaTakenDown));
        assert!(house.read(&Reader::Moderator, &kept).await.is_ok());
        assert!(house.media.view(ada, kept.id).await.unwrap().taken_down);
        assert_eq!(code(house.send(ada, "again.jpg", &jpeg(1)).await), ErrorCode::MediaTakenDown);
        let private = change(|change| change.visibility = Some(Visibility::Private));
        assert_eq!(code(house.media.change(ada, kept.id, private).await), ErrorCode::MediaTakenDown);
        house.pass(HOUR_MS);
        hide(false).await;
        assert!(house.read(&Reader::Anybody, &kept).await.is_ok());
        house.pass(DAY_MS);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_file_is_that_part() {
    on_each(async |house| {
        let kept = house.picture(user(ADA), 1).await;
        let reader = Reader::Person(user(ADA));
        let content = house.media.content(&reader, kept.id, Variant::Whole).await.unwrap();
        let whole = house.media.read(user(ADA), kept.id).await.unwrap();
        assert_eq!(content.bytes, whole.len() as u64);
        let part = house.media.stream(&content, Some(10..20)).await.unwrap();
        let part: Vec<bytes::Bytes> = futures_util::TryStreamExt::try_collect(part).await.unwrap();
        assert_eq!(part.concat(), whole[10..20]);
    })
    .await;
}
