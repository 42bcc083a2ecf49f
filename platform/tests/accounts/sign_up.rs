//! Signing up: one answer for all, one account for each address.

use contract::ErrorCode;
use contract::auth::SignUp;
use contract::fields::Secret;
use futures_util::future::join_all;

use super::house::{ADA, BOB, DAY_MS, PASSWORD, code, fields, on_each, visit};

#[tokio::test]
async fn the_link_of_the_mail_shows_that_the_address_is_theirs() {
    on_each(async |house| {
        house.sign_up(ADA).await;
        let tokens = house.sign_in(ADA).await;
        let principal = house.principal(&tokens).await;
        assert!(!principal.email_verified);
        let mails = house.mails().await;
        assert_eq!((mails[0].kind.as_str(), mails[0].language.as_str()), ("verify_address", "fr"));
        let link = house.token_of("verify_address", ADA).await;
        house.auth.verify_email(&link, &visit()).await.unwrap();
        assert!(house.principal(&tokens).await.email_verified);
        assert_eq!(code(house.auth.verify_email(&link, &visit()).await), ErrorCode::LinkExpired);
    })
    .await;
}

#[tokio::test]
async fn a_taken_address_is_told_to_its_owner_alone() {
    on_each(async |house| {
        house.account(ADA).await;
        let before = house.auth.hashes_computed();
        house.sign_up("Ada@EXAMPLE.org").await;
        assert_eq!(house.auth.hashes_computed() - before, 1);
        assert_eq!(house.mails_to(ADA).await, ["verify_address", "address_taken"]);
        assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
        assert_eq!(house.count("SELECT COUNT(*) FROM profiles").await, 1);
    })
    .await;
}

#[tokio::test]
async fn of_those_who_sign_up_at_once_one_gets_the_address() {
    on_each(async |house| {
        join_all((0..8).map(|_| house.sign_up(BOB))).await;
        let mut kinds = house.mails_to(BOB).await;
        kinds.sort_unstable();
        assert_eq!(kinds.iter().filter(|kind| *kind == "verify_address").count(), 1);
        assert_eq!(kinds.len(), 8);
        assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused_also_by_those_who_know_the_person() {
    on_each(async |house| {
        for easy in ["password123", "qwertyuiop12", "lovelace1815", "ada@example.org", "adalovelace1"] {
            let new = SignUp {
                email: ADA.into(),
                password: Secret::new(easy),
                name: "Ada Lovelace".into(),
                language: None,
            };
            let refused = house.auth.sign_up(new.check().unwrap(), &visit()).await;
            assert!(refused.is_err(), "{easy}");
            assert_eq!(fields(refused), [("password".into(), ErrorCode::PasswordTooWeak)]);
        }
        assert!(house.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_link_can_be_asked_for_and_an_old_one_ends_after_a_day() {
    on_each(async |house| {
        house.sign_up(ADA).await;
        let old = house.token_of("verify_address", ADA).await;
        house.pass(DAY_MS);
        assert_eq!(code(house.auth.verify_email(&old, &visit()).await), ErrorCode::LinkExpired);
        let principal = house.principal(&house.sign_in(ADA).await).await;
        house.auth.resend_verification(&principal).await.unwrap();
        let link = house.token_of("verify_address", ADA).await;
        house.auth.verify_email(&link, &visit()).await.unwrap();
        house.auth.resend_verification(&principal).await.unwrap();
        assert_eq!(house.mails_to(ADA).await, ["verify_address", "verify_address"]);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_is_told_when_an_address_is_taken() {
    on_each(async |house| {
        house.account(ADA).await;
        let password = contract::fields::NewPassword::parse(Secret::new(PASSWORD)).unwrap();
        let email = contract::fields::EmailAddress::parse(ADA).unwrap();
        let made = house.auth.create_account(&email, &password, contract::users::Role::Admin).await;
        assert_eq!(fields(made), [("email".into(), ErrorCode::EmailTaken)]);
    })
    .await;
}
