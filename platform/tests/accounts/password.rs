//! Changing a password, and getting back in without it.

use contract::ErrorCode;
use contract::auth::{ChangePassword, ResetPassword, SecurityEventKind};
use contract::fields::Secret;
use platform::auth::AuthError;

use super::house::{ADA, BOB, House, MINUTE_MS, OTHER_PASSWORD, PASSWORD, code, fields, on_each, visit};

async fn reset(house: &House, token: &Secret, password: &str) -> Result<(), AuthError> {
    let reset = ResetPassword { token: token.clone(), password: Secret::new(password) };
    house.auth.reset_password(reset, &visit()).await
}

async fn forgot(house: &House) -> Secret {
    house.auth.forgot_password(ADA, &visit()).await.unwrap();
    house.token_of("reset_password", ADA).await
}

#[tokio::test]
async fn a_reset_ends_every_session_and_the_old_password() {
    on_each(async |house| {
        house.account(ADA).await;
        let before = house.sign_in(ADA).await;
        let (unused, link) = (forgot(&house).await, forgot(&house).await);
        house.pass(1);
        reset(&house, &link, OTHER_PASSWORD).await.unwrap();
        assert_eq!(code(house.auth.refresh(&before.refresh, &visit()).await), ErrorCode::SessionEnded);
        assert_eq!(code(house.auth.authenticate(before.access.expose()).await), ErrorCode::SignInRequired);
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, None).await), ErrorCode::CredentialsWrong);
        let tokens = house.try_sign_in(ADA, OTHER_PASSWORD, None).await.unwrap();
        for used in [&link, &unused] {
            assert_eq!(code(reset(&house, used, PASSWORD).await), ErrorCode::LinkExpired);
        }
        assert_eq!(house.mails_to(ADA).await.last().unwrap(), "password_changed");
        let history = house.history(&house.principal(&tokens).await).await;
        assert!(history.contains(&SecurityEventKind::PasswordResetAsked));
        assert!(history.contains(&SecurityEventKind::PasswordChanged));
    })
    .await;
}

#[tokio::test]
async fn of_two_resets_with_one_link_one_counts() {
    on_each(async |house| {
        house.account(ADA).await;
        let link = forgot(&house).await;
        let (one, two) =
            tokio::join!(reset(&house, &link, OTHER_PASSWORD), reset(&house, &link, OTHER_PASSWORD));
        let refused: Vec<_> = [one, two].into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.iter().map(AuthError::code).collect::<Vec<_>>(), [ErrorCode::LinkExpired]);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_good_for_an_hour_and_for_its_purpose() {
    on_each(async |house| {
        house.sign_up(ADA).await;
        let verify = house.token_of("verify_address", ADA).await;
        let link = forgot(&house).await;
        assert_eq!(code(reset(&house, &verify, OTHER_PASSWORD).await), ErrorCode::LinkExpired);
        assert_eq!(code(house.auth.verify_email(&link, &visit()).await), ErrorCode::LinkExpired);
        let both = house.auth.sign_in_with_code(&link, &Secret::new("000000"), &visit()).await;
        assert_eq!(code(both), ErrorCode::LinkExpired);
        house.pass(60 * MINUTE_MS);
        assert_eq!(code(reset(&house, &link, OTHER_PASSWORD).await), ErrorCode::LinkExpired);
        assert!(house.auth.sweep().await.unwrap() >= 1);
        assert_eq!(house.count("SELECT COUNT(*) FROM one_time_links").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_as_it_was() {
    on_each(async |house| {
        house.account(ADA).await;
        let link = forgot(&house).await;
        let weak = vec![("password".into(), ErrorCode::PasswordTooWeak)];
        assert_eq!(fields(reset(&house, &link, "password123").await), weak);
        assert_eq!(fields(reset(&house, &link, "adalovelace1").await), weak);
        let short = vec![("password".into(), ErrorCode::PasswordTooShort)];
        assert_eq!(fields(reset(&house, &link, "short").await), short);
        reset(&house, &link, OTHER_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_unknown_address_gets_no_mail_and_its_asker_learns_nothing() {
    on_each(async |house| {
        house.account(ADA).await;
        let links = "SELECT COUNT(*) FROM one_time_links";
        for (asked, email) in [(1, ADA), (2, BOB)] {
            house.auth.forgot_password(email, &visit()).await.unwrap();
            assert_eq!(house.count(links).await, asked);
        }
        assert!(house.mails_to(BOB).await.is_empty());
        house.pass(60 * MINUTE_MS);
        house.auth.sweep().await.unwrap();
        assert_eq!(house.count(links).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_locked_account_is_not_reset() {
    on_each(async |house| {
        let user = house.account(ADA).await;
        let link = forgot(&house).await;
        house.auth.lock(user).await.unwrap();
        assert_eq!(code(reset(&house, &link, OTHER_PASSWORD).await), ErrorCode::LinkExpired);
        house.auth.forgot_password(ADA, &visit()).await.unwrap();
        let asked = house.mails_to(ADA).await.iter().filter(|kind| *kind == "reset_password").count();
        assert_eq!(asked, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_signed_up_with_a_stranger_s_address_loses_everything_to_its_owner() {
    on_each(async |house| {
        house.sign_up(ADA).await;
        let strangers = house.sign_in(ADA).await;
        house.second_factor(&house.principal(&strangers).await).await;
        let link = forgot(&house).await;
        reset(&house, &link, OTHER_PASSWORD).await.unwrap();
        assert_eq!(code(house.auth.refresh(&strangers.refresh, &visit()).await), ErrorCode::SessionEnded);
        let owner = house.try_sign_in(ADA, OTHER_PASSWORD, None).await.unwrap();
        assert!(house.principal(&owner).await.email_verified);
    })
    .await;
}

#[tokio::test]
async fn a_change_keeps_the_session_that_asks_and_ends_the_others() {
    on_each(async |house| {
        house.account(ADA).await;
        let (here, elsewhere) = (house.sign_in(ADA).await, house.sign_in(ADA).await);
        let link = forgot(&house).await;
        let principal = house.principal(&here).await;
        let change = |current: &str, password: &str| ChangePassword {
            current: Secret::new(current),
            password: Secret::new(password),
        };
        let try_change = async |current: &str, password: &str| {
            house.auth.change_password(&principal, change(current, password), &visit()).await
        };
        assert_eq!(code(try_change(OTHER_PASSWORD, OTHER_PASSWORD).await), ErrorCode::PasswordWrong);
        let weak = try_change(PASSWORD, "password123").await;
        assert_eq!(fields(weak), [("password".into(), ErrorCode::PasswordTooWeak)]);
        house.pass(1);
        try_change(PASSWORD, OTHER_PASSWORD).await.unwrap();
        assert!(house.auth.refresh(&here.refresh, &visit()).await.is_ok());
        assert_eq!(code(house.auth.refresh(&elsewhere.refresh, &visit()).await), ErrorCode::SessionEnded);
        assert_eq!(code(reset(&house, &link, PASSWORD).await), ErrorCode::LinkExpired);
        assert_eq!(house.mails_to(ADA).await.last().unwrap(), "password_changed");
    })
    .await;
}
