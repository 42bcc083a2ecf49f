//! Signing in: what it tells, what it costs, and what it keeps.

use contract::ErrorCode;
use contract::auth::SecurityEventKind;
use futures_util::future::join_all;
use platform::auth::{AuthConfig, HashCost};

use super::house::{ADA, BOB, MINUTE_MS, OTHER_PASSWORD, PASSWORD, code, config, on_each, visit};

#[tokio::test]
async fn an_unknown_address_is_as_much_work_as_a_wrong_password_and_has_the_same_answer() {
    on_each(async |house| {
        house.account(ADA).await;
        let rows = "SELECT (SELECT COUNT(*) FROM security_events) + (SELECT COUNT(*) FROM one_time_links)";
        let mut answers = Vec::new();
        for email in [ADA, BOB, "no address at all"] {
            let before = (house.auth.hashes_computed(), house.count(rows).await);
            let refused = house.try_sign_in(email, OTHER_PASSWORD, None).await.unwrap_err();
            let after = (house.auth.hashes_computed(), house.count(rows).await);
            answers.push((refused.to_string(), after.0 - before.0, after.1 - before.1));
        }
        let same = (ErrorCode::CredentialsWrong.to_string(), 1, 1);
        assert_eq!(answers, [same.clone(), same.clone(), same]);
    })
    .await;
}

#[tokio::test]
async fn a_session_knows_whose_it_is_and_where_it_began() {
    on_each(async |house| {
        let user = house.account(ADA).await;
        let tokens = house.try_sign_in("ADA@Example.org ", PASSWORD, None).await.unwrap();
        let principal = house.principal(&tokens).await;
        assert_eq!((principal.user, principal.session()), (user, Some(tokens.session)));
        assert!(principal.email_verified);
        let session = &house.auth.sessions(&principal).await.unwrap()[0];
        assert!(session.current);
        assert_eq!((session.network.clone(), session.device.clone()), (visit().network, visit().device));
        assert_eq!(tokens.access_ends_at_ms, house.now_ms() + 15 * MINUTE_MS);
    })
    .await;
}

#[tokio::test]
async fn failures_are_in_the_history_of_the_account() {
    on_each(async |house| {
        house.account(ADA).await;
        house.pass(1);
        assert_eq!(code(house.try_sign_in(ADA, OTHER_PASSWORD, None).await), ErrorCode::CredentialsWrong);
        house.pass(1);
        let tokens = house.sign_in(ADA).await;
        let history = house.history(&house.principal(&tokens).await).await;
        use SecurityEventKind::{SignInFailed, SignedIn};
        assert_eq!(history[history.len() - 2..], [SignInFailed, SignedIn]);
    })
    .await;
}

#[tokio::test]
async fn a_locked_account_says_so_to_those_who_know_its_password() {
    on_each(async |house| {
        let user = house.account(ADA).await;
        house.auth.lock(user).await.unwrap();
        assert_eq!(code(house.try_sign_in(ADA, OTHER_PASSWORD, None).await), ErrorCode::CredentialsWrong);
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, None).await), ErrorCode::AccountLocked);
    })
    .await;
}

#[tokio::test]
async fn a_hash_of_old_parameters_is_replaced_at_the_next_sign_in() {
    on_each(async |house| {
        house.account(ADA).await;
        let cost = HashCost { memory_kib: 16, passes: 2, lanes: 1 };
        let stronger = house.node(AuthConfig { hash_cost: cost, ..config() });
        let sign_in = || contract::auth::SignIn {
            email: ADA.into(),
            password: contract::fields::Secret::new(PASSWORD),
            code: None,
        };
        let old = "SELECT COUNT(*) FROM accounts WHERE password_hash LIKE '$argon2id$v=19$m=8,t=1,p=1$%'";
        let new = "SELECT COUNT(*) FROM accounts WHERE password_hash LIKE '$argon2id$v=19$m=16,t=2,p=1$%'";
        assert_eq!((house.count(old).await, house.count(new).await), (1, 0));
        stronger.sign_in(sign_in(), &visit()).await.unwrap();
        assert_eq!((house.count(old).await, house.count(new).await), (0, 1));
        let before = stronger.hashes_computed();
        stronger.sign_in(sign_in(), &visit()).await.unwrap();
        assert_eq!(stronger.hashes_computed() - before, 1);
    })
    .await;
}

#[tokio::test]
async fn those_beyond_the_queue_are_sent_away_and_the_places_come_back() {
    on_each(async |house| {
        let one_core = house.node(AuthConfig { hashing_cores: 1, ..config() });
        let sign_in = || contract::auth::SignIn {
            email: BOB.into(),
            password: contract::fields::Secret::new(PASSWORD),
            code: None,
        };
        for _ in 0..2 {
            let answers =
                join_all((0..40).map(|_| async { one_core.sign_in(sign_in(), &visit()).await })).await;
            let codes: Vec<_> = answers.into_iter().map(code).collect();
            let count = |code| codes.iter().filter(|&&known| known == code).count();
            let (worked, busy) = (count(ErrorCode::CredentialsWrong), count(ErrorCode::Busy));
            assert!(worked >= 17 && worked + busy == 40, "{worked} {busy}");
        }
        assert!(one_core.hashes_computed() >= 34);
    })
    .await;
}
