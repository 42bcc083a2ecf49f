//! What a person may ask for: all that is kept about them, and that it be erased.

use contract::ErrorCode;
use contract::auth::{CreateApiKey, Scope, SecurityEventKind};
use contract::fields::Secret;
use contract::users::UpdateProfile;
use platform::auth::Principal;

use super::house::{ADA, BOB, House, OTHER_PASSWORD, PASSWORD, code, on_each, visit};

/// An account that has left something in every table of this feature.
async fn busy_life(house: &House) -> Principal {
    let ada = house.person(ADA).await;
    house.second_factor(&ada).await;
    let new =
        CreateApiKey { name: "Ada's CI".into(), scopes: vec![Scope::ProfileRead], expires_in_days: None };
    house.auth.create_api_key(&ada, new.check().unwrap(), &visit()).await.unwrap();
    let bio = UpdateProfile { name: None, bio: Some("Countess of the engine".into()) };
    house.users.update_profile(&ada, &bio.check().unwrap()).await.unwrap();
    house.auth.forgot_password(ADA, &visit()).await.unwrap();
    let change = contract::auth::ChangeEmail { email: BOB.into(), password: Secret::new(PASSWORD) };
    house.auth.change_email(&ada, change).await.unwrap();
    ada
}

/// The tables with a value that holds one of these words.
async fn tables_that_name(house: &House, words: &[String]) -> Vec<String> {
    let names = |value: &str| words.iter().any(|word| value.to_lowercase().contains(word));
    let values = house.every_value().await;
    let mut found: Vec<_> =
        values.into_iter().filter(|(_, value)| names(value)).map(|(table, _)| table).collect();
    found.dedup();
    found
}

#[tokio::test]
async fn a_deleted_account_leaves_no_row_that_names_the_person() {
    on_each(async |house| {
        let ada = busy_life(&house).await;
        let words = [ada.user.to_string(), "ada".into(), BOB.into(), "lovelace".into(), "countess".into()];
        let named = tables_that_name(&house, &words).await;
        let expected = [
            "accounts",
            "api_keys",
            "one_time_links",
            "profiles",
            "recovery_codes",
            "security_events",
            "sessions",
            "totp",
        ];
        assert_eq!(named, expected);

        let wrong = house.auth.delete_account(&ada, &Secret::new(OTHER_PASSWORD), &visit()).await;
        assert_eq!(code(wrong), ErrorCode::PasswordWrong);
        house.pass(1);
        house.auth.delete_account(&ada, &Secret::new(PASSWORD), &visit()).await.unwrap();
        assert_eq!(tables_that_name(&house, &words).await, Vec::<String>::new());
        assert_eq!(house.count("SELECT COUNT(*) FROM refresh_tokens").await, 0);
        assert_eq!(house.mails_to(ADA).await.last().unwrap(), "account_deleted");
        assert_eq!(code(house.auth.account(ada.user).await), ErrorCode::NotFound);
        assert_eq!(house.users.public(ada.user).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_deleted_account_opens_anything_and_its_address_is_free() {
    on_each(async |house| {
        house.account(ADA).await;
        let tokens = house.sign_in(ADA).await;
        let ada = house.principal(&tokens).await;
        house.auth.delete_account(&ada, &Secret::new(PASSWORD), &visit()).await.unwrap();
        assert_eq!(code(house.auth.authenticate(tokens.access.expose()).await), ErrorCode::SignInRequired);
        assert_eq!(code(house.auth.refresh(&tokens.refresh, &visit()).await), ErrorCode::SessionEnded);
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, None).await), ErrorCode::CredentialsWrong);
        assert_ne!(house.account(ADA).await, ada.user);
    })
    .await;
}

#[tokio::test]
async fn an_export_has_every_feature_s_part_and_no_secret() {
    on_each(async |house| {
        let ada = busy_life(&house).await;
        let export = house.auth.export(&ada, &visit()).await.unwrap();
        assert_eq!(export["account"]["account"]["email"], ADA);
        assert_eq!(export["account"]["totp_enabled"], true);
        assert_eq!(export["account"]["sessions"][0]["device"], visit().device);
        assert_eq!(export["account"]["api_keys"][0]["name"], "Ada's CI");
        assert_eq!(export["profile"]["bio"], "Countess of the engine");
        let events = export["account"]["security_events"].as_array().unwrap();
        assert!(events.iter().any(|event| event["kind"] == "totp_enabled"));
        let text = export.to_string();
        for secret in ["argon2", "hash", "sealed"] {
            assert!(!text.contains(secret), "{secret}");
        }
        assert!(house.history(&ada).await.contains(&SecurityEventKind::DataExported));
        assert!(house.mails_to(ADA).await.contains(&"data_exported".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn the_history_is_forgotten_after_a_year() {
    on_each(async |house| {
        house.account(ADA).await;
        assert_eq!(house.count("SELECT COUNT(*) FROM security_events").await, 2);
        house.pass(366 * super::house::DAY_MS);
        house.auth.sweep().await.unwrap();
        assert_eq!(house.count("SELECT COUNT(*) FROM security_events").await, 0);
    })
    .await;
}
