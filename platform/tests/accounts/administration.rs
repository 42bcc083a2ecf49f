//! What administrators do to accounts.

use contract::ErrorCode;
use contract::auth::{CreateApiKey, Scope, SecurityEventKind};
use contract::paging::PageQuery;
use contract::users::{Role, UserId};

use super::house::{ADA, BOB, PASSWORD, SECOND_MS, code, fields, on_each, visit};

#[tokio::test]
async fn a_lock_counts_from_the_next_request_on() {
    on_each(async |house| {
        house.account(ADA).await;
        let tokens = house.sign_in(ADA).await;
        let ada = house.principal(&tokens).await;
        let new = CreateApiKey { name: "CI".into(), scopes: vec![Scope::ProfileRead], expires_in_days: None };
        let key = house.auth.create_api_key(&ada, new.check().unwrap(), &visit()).await.unwrap().key;
        house.auth.lock(ada.user).await.unwrap();
        house.auth.lock(ada.user).await.unwrap();
        assert_eq!(code(house.auth.authenticate(tokens.access.expose()).await), ErrorCode::SignInRequired);
        assert_eq!(code(house.auth.authenticate(key.expose()).await), ErrorCode::AccountLocked);
        assert_eq!(code(house.auth.refresh(&tokens.refresh, &visit()).await), ErrorCode::SessionEnded);
        assert_eq!(house.users.public(ada.user).await.unwrap(), None);

        house.pass(1);
        house.auth.unlock(ada.user).await.unwrap();
        assert_eq!(code(house.auth.refresh(&tokens.refresh, &visit()).await), ErrorCode::SessionEnded);
        assert!(house.auth.authenticate(key.expose()).await.is_ok());
        let back = house.principal(&house.sign_in(ADA).await).await;
        let history = house.history(&back).await;
        use SecurityEventKind::{AccountLocked, AccountUnlocked};
        for kind in [AccountLocked, AccountUnlocked] {
            assert_eq!(history.iter().filter(|known| **known == kind).count(), 1);
        }
        let mails = house.mails_to(ADA).await;
        assert_eq!(mails[mails.len() - 2..], ["account_locked", "account_unlocked"]);
    })
    .await;
}

#[tokio::test]
async fn a_role_counts_from_the_next_request_on() {
    on_each(async |house| {
        let boss = house.administrator(BOB).await;
        let tokens = house.try_sign_in(BOB, PASSWORD, None).await.unwrap();
        assert!(house.principal(&tokens).await.require_admin().is_ok());
        house.auth.set_role(boss, Role::User).await.unwrap();
        let now = house.principal(&tokens).await;
        assert_eq!(code(now.require_admin()), ErrorCode::Forbidden);
        assert!(house.history(&now).await.contains(&SecurityEventKind::RoleChanged));
    })
    .await;
}

#[tokio::test]
async fn there_must_be_such_an_account() {
    on_each(async |house| {
        let nobody = UserId::new(0, 0);
        assert_eq!(code(house.auth.lock(nobody).await), ErrorCode::NotFound);
        assert_eq!(code(house.auth.unlock(nobody).await), ErrorCode::NotFound);
        assert_eq!(code(house.auth.set_role(nobody, Role::Coach).await), ErrorCode::NotFound);
        assert_eq!(code(house.auth.account(nobody).await), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn the_list_goes_on_where_the_last_page_ended() {
    on_each(async |house| {
        let mut made = Vec::new();
        for number in 0..5 {
            house.pass(SECOND_MS);
            made.push(house.administrator(&format!("person{number}@example.org")).await);
        }
        house.pass(SECOND_MS);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = house.auth.accounts(&PageQuery { after, limit: Some(2) }).await.unwrap();
            seen.extend(page.items.into_iter().map(|account| account.id));
            // Who signs up meanwhile shifts nothing that was seen.
            house.sign_up(ADA).await;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen[..5], made);
        assert_eq!(seen.len(), 6);
        let nonsense = PageQuery { after: Some("nonsense".into()), limit: None };
        let refused = house.auth.accounts(&nonsense).await;
        assert_eq!(fields(refused), [("after".into(), ErrorCode::FieldInvalid)]);
    })
    .await;
}
