//! The list of sessions, and ending them.

use contract::ErrorCode;
use contract::auth::SecurityEventKind;

use super::house::{ADA, BOB, SECOND_MS, code, on_each, visit};

#[tokio::test]
async fn one_session_or_all_others_end_at_once() {
    on_each(async |house| {
        house.account(ADA).await;
        let mut tokens = Vec::new();
        for _ in 0..4 {
            house.pass(SECOND_MS);
            tokens.push(house.sign_in(ADA).await);
        }
        let here = house.principal(&tokens[3]).await;
        let listed: Vec<_> =
            house.auth.sessions(&here).await.unwrap().into_iter().map(|one| (one.id, one.current)).collect();
        let expected = tokens.iter().rev().map(|one| (one.session, one.session == tokens[3].session));
        assert_eq!(listed, expected.collect::<Vec<_>>());

        house.auth.revoke_session(&here, tokens[0].session, &visit()).await.unwrap();
        let again = house.auth.revoke_session(&here, tokens[0].session, &visit()).await;
        assert_eq!(code(again), ErrorCode::NotFound);
        house.auth.revoke_other_sessions(&here, &visit()).await.unwrap();
        for ended in &tokens[..3] {
            assert_eq!(code(house.auth.authenticate(ended.access.expose()).await), ErrorCode::SignInRequired);
            assert_eq!(code(house.auth.refresh(&ended.refresh, &visit()).await), ErrorCode::SessionEnded);
        }
        assert_eq!(house.auth.sessions(&here).await.unwrap().len(), 1);
        assert!(house.auth.refresh(&tokens[3].refresh, &visit()).await.is_ok());
        assert!(house.history(&here).await.contains(&SecurityEventKind::SessionsRevoked));
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_another_s_session() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        house.account(BOB).await;
        let bobs = house.sign_in(BOB).await;
        let tried = house.auth.revoke_session(&ada, bobs.session, &visit()).await;
        assert_eq!(code(tried), ErrorCode::NotFound);
        house.auth.revoke_other_sessions(&ada, &visit()).await.unwrap();
        assert!(house.auth.authenticate(bobs.access.expose()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_this_session_alone() {
    on_each(async |house| {
        house.account(ADA).await;
        let (here, there) = (house.sign_in(ADA).await, house.sign_in(ADA).await);
        house.pass(1);
        house.auth.sign_out(&house.principal(&here).await, &visit()).await.unwrap();
        assert_eq!(code(house.auth.authenticate(here.access.expose()).await), ErrorCode::SignInRequired);
        assert_eq!(code(house.auth.refresh(&here.refresh, &visit()).await), ErrorCode::SessionEnded);
        let there = house.principal(&there).await;
        assert_eq!(house.history(&there).await.last(), Some(&SecurityEventKind::SignedOut));
    })
    .await;
}
