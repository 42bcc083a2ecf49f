//! The rule of refresh tokens, and everybody who might race for one.

use contract::ErrorCode;
use contract::auth::SecurityEventKind;
use contract::fields::Secret;
use futures_util::future::join_all;
use platform::auth::{AuthError, SessionTokens};

use super::house::{ADA, DAY_MS, House, MINUTE_MS, SECOND_MS, code, on_each, visit};

const ENDED: ErrorCode = ErrorCode::SessionEnded;

async fn refresh(house: &House, tokens: &SessionTokens) -> Result<SessionTokens, AuthError> {
    house.auth.refresh(&tokens.refresh, &visit()).await
}

async fn begin(house: &House) -> SessionTokens {
    house.account(ADA).await;
    house.sign_in(ADA).await
}

/// Nothing of the session works any more, the owner was told once, and the history has it once.
async fn assert_family_ended(house: &House, members: &[&SessionTokens]) {
    for member in members {
        assert_eq!(code(refresh(house, member).await), ENDED);
        assert_eq!(code(house.auth.authenticate(member.access.expose()).await), ErrorCode::SignInRequired);
    }
    let told = house.mails_to(ADA).await.iter().filter(|kind| *kind == "session_ended_by_reuse").count();
    assert_eq!(told, 1);
    let again = house.sign_in(ADA).await;
    let history = house.history(&house.principal(&again).await).await;
    let known = history.iter().filter(|kind| **kind == SecurityEventKind::RefreshReused).count();
    assert_eq!(known, 1);
}

#[tokio::test]
async fn each_token_gets_the_next_and_the_session_goes_on() {
    on_each(async |house| {
        let mut tokens = begin(&house).await;
        for _ in 0..5 {
            house.pass(MINUTE_MS);
            let next = refresh(&house, &tokens).await.unwrap();
            assert_ne!(next.refresh, tokens.refresh);
            assert_eq!(next.session, tokens.session);
            assert_eq!(house.principal(&next).await.user, tokens.user);
            tokens = next;
        }
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_given_again() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let child = refresh(&house, &parent).await.unwrap();
        house.pass(10 * SECOND_MS);
        let again = refresh(&house, &parent).await.unwrap();
        assert_eq!(again.refresh, child.refresh);
        assert!(refresh(&house, &again).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn two_tabs_that_ask_at_once_agree_and_both_go_on() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let (one, two) = tokio::join!(refresh(&house, &parent), refresh(&house, &parent));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one.refresh, two.refresh);
        house.pass(15 * MINUTE_MS);
        let (one, two) = tokio::join!(refresh(&house, &one), refresh(&house, &two));
        assert_eq!(one.unwrap().refresh, two.unwrap().refresh);
    })
    .await;
}

#[tokio::test]
async fn reuse_after_ten_seconds_ends_the_family() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let child = refresh(&house, &parent).await.unwrap();
        house.pass(10 * SECOND_MS + 1);
        assert_eq!(code(refresh(&house, &parent).await), ENDED);
        assert_family_ended(&house, &[&parent, &child]).await;
    })
    .await;
}

#[tokio::test]
async fn a_retry_after_the_child_was_used_ends_the_family() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let child = refresh(&house, &parent).await.unwrap();
        let grandchild = refresh(&house, &child).await.unwrap();
        assert_eq!(code(refresh(&house, &parent).await), ENDED);
        assert_family_ended(&house, &[&parent, &child, &grandchild]).await;
    })
    .await;
}

#[tokio::test]
async fn a_thief_who_comes_first_is_found_out_by_the_owner() {
    on_each(async |house| {
        let stolen = begin(&house).await;
        let thiefs = refresh(&house, &stolen).await.unwrap();
        house.pass(MINUTE_MS);
        assert_eq!(code(refresh(&house, &stolen).await), ENDED);
        assert_family_ended(&house, &[&thiefs]).await;
    })
    .await;
}

#[tokio::test]
async fn a_thief_who_comes_second_ends_the_family() {
    on_each(async |house| {
        let stolen = begin(&house).await;
        let owners = refresh(&house, &stolen).await.unwrap();
        house.pass(MINUTE_MS);
        assert_eq!(code(refresh(&house, &stolen).await), ENDED);
        assert_family_ended(&house, &[&owners]).await;
    })
    .await;
}

#[tokio::test]
async fn a_thief_within_the_ten_seconds_holds_the_same_child_and_is_found_out_at_the_next() {
    on_each(async |house| {
        let stolen = begin(&house).await;
        let owners = refresh(&house, &stolen).await.unwrap();
        let thiefs = refresh(&house, &stolen).await.unwrap();
        house.pass(15 * MINUTE_MS);
        let owners_next = refresh(&house, &owners).await.unwrap();
        house.pass(MINUTE_MS);
        assert_eq!(code(refresh(&house, &thiefs).await), ENDED);
        assert_family_ended(&house, &[&owners_next]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_at_once_leave_one_living_child() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let answers = join_all((0..100).map(|_| {
            let (auth, token) = (house.auth.clone(), parent.refresh.clone());
            tokio::spawn(async move { auth.refresh(&token, &visit()).await })
        }))
        .await;
        let mut children: Vec<Secret> =
            answers.into_iter().map(|one| one.unwrap().unwrap().refresh).collect();
        children.dedup();
        assert_eq!(children.len(), 1);
        assert_eq!(house.count("SELECT COUNT(*) FROM refresh_tokens").await, 2);
        let unused = "SELECT COUNT(*) FROM refresh_tokens WHERE used_at_ms IS NULL";
        assert_eq!(house.count(unused).await, 1);
        assert!(house.auth.refresh(&children[0], &visit()).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_reuses_at_once_are_told_once() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let child = refresh(&house, &parent).await.unwrap();
        house.pass(MINUTE_MS);
        let answers = join_all((0..50).map(|_| {
            let (auth, token) = (house.auth.clone(), parent.refresh.clone());
            tokio::spawn(async move { auth.refresh(&token, &visit()).await })
        }))
        .await;
        assert!(answers.into_iter().all(|one| code(one.unwrap()) == ENDED));
        assert_family_ended(&house, &[&child]).await;
    })
    .await;
}

#[tokio::test]
async fn a_family_that_ended_touches_no_other() {
    on_each(async |house| {
        let parent = begin(&house).await;
        let elsewhere = house.sign_in(ADA).await;
        refresh(&house, &parent).await.unwrap();
        house.pass(MINUTE_MS);
        assert_eq!(code(refresh(&house, &parent).await), ENDED);
        assert!(refresh(&house, &elsewhere).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_a_week_unused_and_after_a_month_in_any_case() {
    on_each(async |house| {
        let idle = begin(&house).await;
        let mut used = house.sign_in(ADA).await;
        let began_ms = house.now_ms();
        house.pass(7 * DAY_MS - 1);
        used = refresh(&house, &used).await.unwrap();
        house.pass(1);
        assert_eq!(code(refresh(&house, &idle).await), ENDED);
        while house.now_ms() < began_ms + 30 * DAY_MS {
            used = refresh(&house, &used).await.unwrap();
            assert!(used.refresh_ends_at_ms <= began_ms + 30 * DAY_MS);
            assert!(used.access_ends_at_ms <= used.refresh_ends_at_ms);
            house.pass(DAY_MS);
        }
        assert_eq!(code(refresh(&house, &used).await), ENDED);
        assert!(house.auth.sweep().await.unwrap() >= 2);
        assert_eq!(house.count("SELECT COUNT(*) FROM refresh_tokens").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_refresh_token_of_ours_ends_nothing() {
    on_each(async |house| {
        let tokens = begin(&house).await;
        for foreign in ["", "nonsense", tokens.access.expose(), &"A".repeat(43)] {
            assert_eq!(code(house.auth.refresh(&Secret::new(foreign), &visit()).await), ENDED);
        }
        assert!(refresh(&house, &tokens).await.is_ok());
    })
    .await;
}
