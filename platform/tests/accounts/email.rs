//! Changing the address of an account.

use contract::ErrorCode;
use contract::auth::{ChangeEmail, SecurityEventKind};
use contract::fields::Secret;
use platform::auth::{AuthError, Principal};

use super::house::{ADA, BOB, House, OTHER_PASSWORD, PASSWORD, code, fields, on_each, visit};

const NEW: &str = "ada@new.example.org";

async fn change(house: &House, who: &Principal, email: &str, password: &str) -> Result<(), AuthError> {
    let change = ChangeEmail { email: email.into(), password: Secret::new(password) };
    house.auth.change_email(who, change).await
}

#[tokio::test]
async fn a_new_address_counts_once_its_link_is_opened_and_the_old_one_is_told() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        change(&house, &ada, NEW, PASSWORD).await.unwrap();
        assert_eq!(house.auth.account(ada.user).await.unwrap().email.as_str(), ADA);
        assert_eq!(house.mails_to(NEW).await, ["confirm_new_address"]);
        let link = house.token_of("confirm_new_address", NEW).await;
        house.auth.verify_email(&link, &visit()).await.unwrap();
        let account = house.auth.account(ada.user).await.unwrap();
        assert_eq!((account.email.as_str(), account.email_verified), (NEW, true));
        assert_eq!(house.mails_to(ADA).await, ["verify_address", "address_changed"]);
        assert!(house.history(&ada).await.contains(&SecurityEventKind::EmailChanged));
        assert_eq!(code(house.auth.verify_email(&link, &visit()).await), ErrorCode::LinkExpired);
        assert!(house.try_sign_in(NEW, PASSWORD, None).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn only_who_knows_the_password_changes_it() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        assert_eq!(code(change(&house, &ada, NEW, OTHER_PASSWORD).await), ErrorCode::PasswordWrong);
        let no_address = change(&house, &ada, "nobody", PASSWORD).await;
        assert_eq!(fields(no_address), [("email".into(), ErrorCode::EmailInvalid)]);
        assert!(house.mails_to(NEW).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_taken_address_is_told_to_its_owner_alone() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        house.account(BOB).await;
        change(&house, &ada, "Bob@example.org", PASSWORD).await.unwrap();
        assert_eq!(house.mails_to(BOB).await, ["verify_address", "address_taken"]);
        assert_eq!(house.auth.account(ada.user).await.unwrap().email.as_str(), ADA);
    })
    .await;
}

#[tokio::test]
async fn an_address_taken_meanwhile_is_not_taken_away() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        change(&house, &ada, BOB, PASSWORD).await.unwrap();
        let link = house.token_of("confirm_new_address", BOB).await;
        let bob = house.account(BOB).await;
        assert_eq!(code(house.auth.verify_email(&link, &visit()).await), ErrorCode::LinkExpired);
        assert_eq!(house.user(BOB).await, bob);
        assert_eq!(house.auth.account(ada.user).await.unwrap().email.as_str(), ADA);
    })
    .await;
}

#[tokio::test]
async fn links_to_the_old_address_end_with_it() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        house.auth.forgot_password(ADA, &visit()).await.unwrap();
        let reset = house.token_of("reset_password", ADA).await;
        change(&house, &ada, NEW, PASSWORD).await.unwrap();
        let link = house.token_of("confirm_new_address", NEW).await;
        house.auth.verify_email(&link, &visit()).await.unwrap();
        let reset = contract::auth::ResetPassword { token: reset, password: Secret::new(OTHER_PASSWORD) };
        assert_eq!(code(house.auth.reset_password(reset, &visit()).await), ErrorCode::LinkExpired);
    })
    .await;
}
