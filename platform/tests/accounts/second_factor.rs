//! Authenticator apps and recovery codes.

use contract::ErrorCode;
use contract::auth::SecurityEventKind;
use contract::fields::Secret;
use futures_util::future::join_all;
use platform::auth::AuthError;

use super::house::{ADA, App, House, MINUTE_MS, OTHER_PASSWORD, PASSWORD, SECOND_MS, code, on_each, visit};

const STEP_MS: i64 = 30 * SECOND_MS;

async fn set_up(house: &House) -> (App, Vec<String>) {
    let ada = house.person(ADA).await;
    let both = house.second_factor(&ada).await;
    house.pass(2 * STEP_MS);
    both
}

async fn challenge(house: &House) -> Secret {
    match house.try_sign_in(ADA, PASSWORD, None).await.unwrap_err() {
        AuthError::CodeRequired { challenge } => challenge,
        other => panic!("not a challenge: {other:?}"),
    }
}

#[tokio::test]
async fn sign_in_asks_for_a_code_after_the_password() {
    on_each(async |house| {
        let (app, _) = set_up(&house).await;
        assert_eq!(code(house.try_sign_in(ADA, OTHER_PASSWORD, None).await), ErrorCode::CredentialsWrong);
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, None).await), ErrorCode::CodeRequired);
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, Some("000000")).await), ErrorCode::CodeWrong);
        let now = app.code(house.now_ms());
        let tokens = house.try_sign_in(ADA, PASSWORD, Some(&now)).await.unwrap();
        let ada = house.principal(&tokens).await;
        assert!(house.auth.account(ada.user).await.unwrap().totp_enabled);
        assert!(house.history(&ada).await.contains(&SecurityEventKind::TotpEnabled));
        assert_eq!(house.mails_to(ADA).await.last().unwrap(), "totp_enabled");
    })
    .await;
}

#[tokio::test]
async fn a_step_is_taken_once_and_none_before_it() {
    on_each(async |house| {
        let (app, _) = set_up(&house).await;
        let sign_in = async |at_ms: i64| {
            let code = app.code(at_ms);
            house.try_sign_in(ADA, PASSWORD, Some(&code)).await.map_err(|error| error.code())
        };
        let now_ms = house.now_ms();
        assert!(sign_in(now_ms).await.is_ok());
        for used in [now_ms, now_ms - STEP_MS] {
            assert_eq!(sign_in(used).await.unwrap_err(), ErrorCode::CodeWrong);
        }
        // The clock of the phone may be a step ahead, and no further.
        assert_eq!(sign_in(now_ms + 2 * STEP_MS).await.unwrap_err(), ErrorCode::CodeWrong);
        assert!(sign_in(now_ms + STEP_MS).await.is_ok());
        house.pass(STEP_MS);
        assert_eq!(sign_in(house.now_ms()).await.unwrap_err(), ErrorCode::CodeWrong);
        house.pass(STEP_MS);
        // Or a step behind.
        assert_eq!(sign_in(house.now_ms() - 2 * STEP_MS).await.unwrap_err(), ErrorCode::CodeWrong);
        assert!(sign_in(house.now_ms()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_code_that_turned_it_on_does_not_sign_in() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let (app, _) = house.second_factor(&ada).await;
        let now = app.code(house.now_ms());
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, Some(&now)).await), ErrorCode::CodeWrong);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_come_with_one_code_one_gets_in() {
    on_each(async |house| {
        let (app, codes) = set_up(&house).await;
        for code in [app.code(house.now_ms()), codes[0].clone()] {
            let answers = join_all((0..10).map(|_| {
                let (auth, code) = (house.auth.clone(), code.clone());
                tokio::spawn(async move {
                    let sign_in = contract::auth::SignIn {
                        email: ADA.into(),
                        password: Secret::new(PASSWORD),
                        code: Some(Secret::new(code)),
                    };
                    auth.sign_in(sign_in, &visit()).await
                })
            }))
            .await;
            let entered = answers.into_iter().filter(|one| one.as_ref().unwrap().is_ok()).count();
            assert_eq!(entered, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_is_good_once_however_it_is_typed() {
    on_each(async |house| {
        let (_, codes) = set_up(&house).await;
        assert_eq!(codes.len(), 10);
        let typed = codes[3].to_uppercase().replace('-', " ");
        house.try_sign_in(ADA, PASSWORD, Some(&typed)).await.unwrap();
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, Some(&codes[3])).await), ErrorCode::CodeWrong);
        house.pass(1);
        house.try_sign_in(ADA, PASSWORD, Some(&codes[4])).await.unwrap();
        let told = house.mails().await.into_iter().filter(|mail| mail.kind == "recovery_code_used");
        let texts: Vec<_> = told.map(|mail| mail.text).collect();
        assert!(texts[0].contains('9') && texts[1].contains('8') && texts.len() == 2);
    })
    .await;
}

#[tokio::test]
async fn the_challenge_stands_for_the_password_once() {
    on_each(async |house| {
        let (app, _) = set_up(&house).await;
        let challenge = challenge(&house).await;
        let enter =
            async |code: &str| house.auth.sign_in_with_code(&challenge, &Secret::new(code), &visit()).await;
        assert_eq!(code(enter("000000").await), ErrorCode::CodeWrong);
        let now = app.code(house.now_ms());
        let tokens = enter(&now).await.unwrap();
        assert!(house.auth.authenticate(tokens.access.expose()).await.is_ok());
        house.pass(STEP_MS);
        let next = app.code(house.now_ms());
        assert_eq!(code(enter(&next).await), ErrorCode::LinkExpired);
    })
    .await;
}

#[tokio::test]
async fn a_challenge_survives_five_wrong_codes_and_five_minutes() {
    on_each(async |house| {
        let (app, _) = set_up(&house).await;
        let tried = challenge(&house).await;
        for _ in 0..5 {
            let wrong = house.auth.sign_in_with_code(&tried, &Secret::new("000000"), &visit()).await;
            assert_eq!(code(wrong), ErrorCode::CodeWrong);
        }
        let right = Secret::new(app.code(house.now_ms()));
        let after = house.auth.sign_in_with_code(&tried, &right, &visit()).await;
        assert_eq!(code(after), ErrorCode::LinkExpired);

        let late = challenge(&house).await;
        house.pass(5 * MINUTE_MS);
        let right = Secret::new(app.code(house.now_ms()));
        assert_eq!(code(house.auth.sign_in_with_code(&late, &right, &visit()).await), ErrorCode::LinkExpired);
    })
    .await;
}

#[tokio::test]
async fn a_challenge_ends_with_the_password_it_stood_for() {
    on_each(async |house| {
        let (app, _) = set_up(&house).await;
        let old = challenge(&house).await;
        house.auth.forgot_password(ADA, &visit()).await.unwrap();
        let token = house.token_of("reset_password", ADA).await;
        let reset = contract::auth::ResetPassword { token, password: Secret::new(OTHER_PASSWORD) };
        house.auth.reset_password(reset, &visit()).await.unwrap();
        let right = Secret::new(app.code(house.now_ms()));
        assert_eq!(code(house.auth.sign_in_with_code(&old, &right, &visit()).await), ErrorCode::LinkExpired);
        // A reset is no way around the second factor of a verified account.
        assert_eq!(code(house.try_sign_in(ADA, OTHER_PASSWORD, None).await), ErrorCode::CodeRequired);
    })
    .await;
}

#[tokio::test]
async fn it_is_turned_on_with_a_code_and_off_with_the_password() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let (right, wrong) = (Secret::new(PASSWORD), Secret::new(OTHER_PASSWORD));
        let any = Secret::new("000000");
        assert_eq!(code(house.auth.totp_confirm(&ada, &any, &visit()).await), ErrorCode::TotpOff);
        assert_eq!(code(house.auth.totp_disable(&ada, &right, &visit()).await), ErrorCode::TotpOff);
        house.auth.totp_begin(&ada).await.unwrap();
        assert_eq!(code(house.auth.totp_confirm(&ada, &any, &visit()).await), ErrorCode::CodeWrong);
        // Begun and not confirmed, it asks for nothing; begun again, the first secret is gone.
        house.sign_in(ADA).await;
        house.second_factor(&ada).await;
        assert_eq!(code(house.auth.totp_begin(&ada).await), ErrorCode::TotpAlreadyOn);
        assert_eq!(code(house.auth.totp_disable(&ada, &wrong, &visit()).await), ErrorCode::PasswordWrong);
        house.pass(1);
        house.auth.totp_disable(&ada, &right, &visit()).await.unwrap();
        house.sign_in(ADA).await;
        assert_eq!(house.count("SELECT COUNT(*) FROM recovery_codes").await, 0);
        assert_eq!(house.mails_to(ADA).await.last().unwrap(), "totp_disabled");
    })
    .await;
}

#[tokio::test]
async fn turning_it_on_ends_the_sessions_that_were_opened_without_it() {
    on_each(async |house| {
        let here = house.person(ADA).await;
        let elsewhere = house.try_sign_in(ADA, PASSWORD, None).await.unwrap();
        house.second_factor(&here).await;
        assert_eq!(house.auth.sessions(&here).await.unwrap().len(), 1);
        let refused = house.auth.authenticate(elsewhere.access.expose()).await;
        assert_eq!(code(refused), ErrorCode::SignInRequired);
    })
    .await;
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let (right, wrong) = (Secret::new(PASSWORD), Secret::new(OTHER_PASSWORD));
        assert_eq!(code(house.auth.renew_recovery_codes(&ada, &right, &visit()).await), ErrorCode::TotpOff);
        let (_, old) = house.second_factor(&ada).await;
        let refused = house.auth.renew_recovery_codes(&ada, &wrong, &visit()).await;
        assert_eq!(code(refused), ErrorCode::PasswordWrong);
        let new = house.auth.renew_recovery_codes(&ada, &right, &visit()).await.unwrap();
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, Some(&old[0])).await), ErrorCode::CodeWrong);
        house.try_sign_in(ADA, PASSWORD, Some(new.codes[0].expose())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_secret_lies_sealed_and_in_its_own_row() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let setup = house.auth.totp_begin(&ada).await.unwrap();
        assert!(setup.uri.expose().starts_with("otpauth://totp/MOG%20AI:"));
        assert!(setup.qr_svg.expose().starts_with("<svg"));
        let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed_secret FROM totp")
            .fetch_one(house.database.reader())
            .await
            .unwrap();
        let sealer = super::house::secret().sealer("second factors").unwrap();
        let secret = sealer.open(&ada.user.to_string(), &sealed).unwrap();
        let shown = totp_rs::Secret::try_from_base32(setup.secret.expose()).unwrap();
        assert_eq!(secret, shown.as_bytes());
        assert!(sealer.open("another row", &sealed).is_err());
    })
    .await;
}
