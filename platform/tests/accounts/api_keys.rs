//! Keys for programs.

use contract::ErrorCode;
use contract::auth::{CreateApiKey, CreatedApiKey, Scope, SecurityEventKind};
use futures_util::future::join_all;
use platform::auth::{AuthError, Principal, Via};

use super::house::{ADA, BOB, DAY_MS, House, MINUTE_MS, code, on_each, visit};

async fn make(house: &House, who: &Principal) -> Result<CreatedApiKey, AuthError> {
    let scopes = vec![Scope::ProfileRead];
    let new = CreateApiKey { name: "CI".into(), scopes, expires_in_days: Some(30) };
    house.auth.create_api_key(who, new.check().unwrap(), &visit()).await
}

#[tokio::test]
async fn a_key_is_its_owner_as_far_as_its_scopes_go() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let made = make(&house, &ada).await.unwrap();
        let key = made.key.expose();
        assert!(key.starts_with("mog_") && key.len() == 47 && key.starts_with(&made.view.prefix));
        let by_key = house.auth.authenticate(key).await.unwrap();
        assert_eq!(by_key.user, ada.user);
        assert_eq!(by_key.via, Via::ApiKey(made.view.id, vec![Scope::ProfileRead]));
        assert!(house.users.me(&by_key).await.is_ok());
        let change = contract::users::ProfileChange::default();
        assert_eq!(code(house.users.update_profile(&by_key, &change).await), ErrorCode::Forbidden);
        assert_eq!(code(house.auth.sessions(&by_key).await), ErrorCode::Forbidden);
        assert_eq!(code(make(&house, &by_key).await), ErrorCode::Forbidden);
        assert_eq!(house.mails_to(ADA).await.last().unwrap(), "api_key_created");
        assert!(house.history(&ada).await.contains(&SecurityEventKind::ApiKeyCreated));
    })
    .await;
}

#[tokio::test]
async fn its_last_use_is_known_to_the_minute() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let key = make(&house, &ada).await.unwrap().key;
        let last_used = async || house.auth.api_keys(&ada).await.unwrap()[0].last_used_at_ms;
        assert_eq!(last_used().await, None);
        house.auth.authenticate(key.expose()).await.unwrap();
        let first = last_used().await;
        assert_eq!(first, Some(house.now_ms()));
        house.pass(MINUTE_MS - 1);
        house.auth.authenticate(key.expose()).await.unwrap();
        assert_eq!(last_used().await, first);
        house.pass(1);
        house.auth.authenticate(key.expose()).await.unwrap();
        assert_eq!(last_used().await, Some(house.now_ms()));
    })
    .await;
}

#[tokio::test]
async fn it_ends_when_revoked_or_in_time() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let bob = house.person(BOB).await;
        let (short, long) = (make(&house, &ada).await.unwrap(), make(&house, &ada).await.unwrap());
        let revoke = async |who: &Principal| house.auth.revoke_api_key(who, short.view.id, &visit()).await;
        assert_eq!(code(revoke(&bob).await), ErrorCode::NotFound);
        revoke(&ada).await.unwrap();
        assert_eq!(code(revoke(&ada).await), ErrorCode::NotFound);
        assert_eq!(code(house.auth.authenticate(short.key.expose()).await), ErrorCode::SignInRequired);
        house.pass(30 * DAY_MS - 1);
        assert!(house.auth.authenticate(long.key.expose()).await.is_ok());
        house.pass(1);
        assert_eq!(code(house.auth.authenticate(long.key.expose()).await), ErrorCode::SignInRequired);
        house.auth.sweep().await.unwrap();
        assert_eq!(house.count("SELECT COUNT(*) FROM api_keys").await, 1);
        house.pass(30 * DAY_MS);
        house.auth.sweep().await.unwrap();
        assert_eq!(house.count("SELECT COUNT(*) FROM api_keys").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_has_twenty_at_the_most_also_when_asked_at_once() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let answers = join_all((0..30).map(|_| {
            let (auth, ada) = (house.auth.clone(), ada.clone());
            tokio::spawn(async move {
                let scopes = vec![Scope::ProfileRead];
                let new = CreateApiKey { name: "CI".into(), scopes, expires_in_days: None };
                auth.create_api_key(&ada, new.check().unwrap(), &visit()).await
            })
        }))
        .await;
        let refused = answers.into_iter().filter_map(|one| one.unwrap().err());
        assert_eq!(refused.map(|error| error.code()).collect::<Vec<_>>(), [ErrorCode::TooManyApiKeys; 10]);
    })
    .await;
}

#[tokio::test]
async fn an_address_must_be_verified_first() {
    on_each(async |house| {
        house.sign_up(ADA).await;
        let ada = house.principal(&house.sign_in(ADA).await).await;
        assert_eq!(code(make(&house, &ada).await), ErrorCode::EmailUnverified);
    })
    .await;
}

#[tokio::test]
async fn what_only_looks_like_a_key_is_none() {
    on_each(async |house| {
        for foreign in ["mog_", "mog_short", &format!("mog_{}", "A".repeat(43))] {
            assert_eq!(code(house.auth.authenticate(foreign).await), ErrorCode::SignInRequired);
        }
    })
    .await;
}
