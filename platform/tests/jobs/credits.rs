//! The ledger: what is promised of every posting.

use contract::ErrorCode;
use contract::credits::{GrantCredits, TransferKind};
use contract::jobs::JobId;
use contract::paging::PageQuery;
use contract::users::UserId;
use futures_util::future::join_all;
use platform::auth::Principal;
use platform::credits::{CreditRecords, Hold, LedgerError};
use platform::jobs::JobFailure;
use platform::personal_data::PersonalData;

use super::house::{House, KIND, admin, on_each, order};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_jobs_at_once_one_credit_pays_for_one() {
    on_each(async |house| {
        let ada = house.person("ada", 1).await;
        let tries = (0..200).map(|_| {
            let (jobs, ada) = (house.jobs.clone(), ada.clone());
            tokio::spawn(async move { jobs.submit(&ada, order(KIND)).await })
        });
        let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
        let accepted = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let short = |outcome: &&Result<_, platform::auth::AuthError>| {
            outcome.as_ref().is_err_and(|error| error.code() == ErrorCode::CreditsShort)
        };
        assert_eq!((accepted, outcomes.iter().filter(short).count()), (1, 199));
        assert_eq!(house.has(&ada).await, (0, 1));
        let jobs = house.jobs.list(&ada, &PageQuery::default()).await.unwrap();
        assert_eq!(jobs.items.len(), 1, "a job that nobody paid for is not in the queue");
        house.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_a_hundred_times_is_one_posting() {
    on_each(async |house| {
        let ada = house.person("ada", 0).await;
        let grants = (0..100).map(|_| {
            let credits = house.credits.clone();
            let grant = GrantCredits { user_id: ada.user, amount: 7, note: "once".into() };
            tokio::spawn(async move { credits.grant(&admin(), grant, "the key").await })
        });
        for outcome in join_all(grants).await {
            outcome.unwrap().unwrap();
        }
        assert_eq!(house.has(&ada).await, (7, 0));
        let history = house.credits.history(&ada, &PageQuery::default()).await.unwrap();
        assert_eq!(history.items.len(), 1);
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn a_balance_is_never_negative_whatever_a_program_tries() {
    on_each(async |house| {
        let ada = house.person("ada", 3).await;
        for (column, amount) in [("available", -4), ("held", -1)] {
            let change = format!("UPDATE credit_balances SET {column} = {column} + $1");
            let tried =
                sqlx::query(sqlx::AssertSqlSafe(change)).bind(amount).execute(house.database.writer()).await;
            let refused = tried.unwrap_err();
            assert!(refused.as_database_error().unwrap().is_check_violation(), "{refused}");
        }
        assert_eq!(house.has(&ada).await, (3, 0));
    })
    .await;
}

fn hold(owner: UserId, amount: i64) -> Hold {
    Hold { owner, job: JobId::new(0, 1), round: 1, amount }
}

/// Posts in a transaction of its own; it is not committed if that is refused.
macro_rules! post {
    ($house:expr, $what:ident, $hold:expr) => {{
        let mut transaction = $house.database.begin().await.unwrap();
        let posted = $house.ledger.$what(&mut transaction, $hold).await;
        if posted.is_ok() {
            transaction.commit().await.unwrap();
        }
        posted
    }};
}

#[tokio::test]
async fn what_is_held_is_captured_or_released_once() {
    on_each(async |house| {
        let ada = house.person("ada", 3).await;
        let hold = hold(ada.user, 2);
        assert!(matches!(post!(house, capture, hold), Err(LedgerError::Short)), "nothing is held yet");
        for _ in 0..3 {
            post!(house, hold, hold).unwrap();
            assert_eq!(house.has(&ada).await, (1, 2));
        }
        post!(house, capture, hold).unwrap();
        // Too late, and no effect.
        post!(house, release, hold).unwrap();
        post!(house, capture, hold).unwrap();
        assert_eq!(house.has(&ada).await, (1, 0));
        assert!(matches!(post!(house, hold, Hold { round: 2, ..hold }), Err(LedgerError::Short)));
        assert_eq!(house.has(&ada).await, (1, 0), "a refused posting leaves no trace");
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn the_allowance_comes_once_a_month_to_those_whose_address_is_confirmed() {
    on_each(async |house| {
        let ada = house.person("ada", 0).await;
        assert_eq!(house.has(&ada).await, (0, 0), "anybody can write down an address");
        let ada = Principal { email_verified: true, ..ada };
        let looks = (0..10).map(|_| house.credits.balance(&ada));
        for balance in join_all(looks).await {
            assert_eq!(balance.unwrap().available, 10);
        }
        let balance = house.credits.balance(&ada).await.unwrap();
        // The first of February 2026, UTC.
        assert_eq!((balance.monthly_allowance, balance.next_allowance_at_ms), (10, 1_769_904_000_000));
        house.pass(30 * 24 * 60 * 60 * 1000);
        assert_eq!(house.has(&ada).await, (10, 0));
        house.pass(24 * 60 * 60 * 1000);
        assert_eq!(house.has(&ada).await, (20, 0));
        house.is_sound().await;
    })
    .await;
}

#[tokio::test]
async fn the_history_says_what_moved_and_why() {
    on_each(async |house| {
        let ada = house.person("ada", 5).await;
        for went in [JobFailure::Final(ErrorCode::NoFaceInTarget), JobFailure::Stopped] {
            house.pass(1);
            house.submit(&ada).await;
            let claim = house.claim().await.unwrap();
            house.pass(1);
            house.jobs.finish(&claim, Err(went)).await.unwrap();
        }
        let page = house.credits.history(&ada, &PageQuery { limit: Some(4), after: None }).await.unwrap();
        let seen: Vec<_> = page.items.iter().map(|line| (line.kind, line.amount, line.change)).collect();
        let (hold, release) = ((TransferKind::Hold, 1, -1), (TransferKind::Release, 1, 1));
        assert_eq!(seen, [release, hold, release, hold]);
        let rest = house.credits.history(&ada, &PageQuery { limit: None, after: page.next }).await.unwrap();
        assert_eq!((rest.items[0].kind, rest.items[0].change), (TransferKind::Grant, 5));
    })
    .await;
}

#[tokio::test]
async fn only_administrators_grant_and_only_to_people_who_are_there() {
    on_each(async |house| {
        let ada = house.person("ada", 0).await;
        let grant = |user_id, amount| GrantCredits { user_id, amount, note: String::new() };
        let code = async |who: &Principal, what| {
            house.credits.grant(who, what, "k").await.map_err(|error| error.code())
        };
        assert_eq!(code(&ada, grant(ada.user, 1)).await, Err(ErrorCode::Forbidden));
        assert_eq!(code(&admin(), grant(UserId::new(0, 9), 1)).await, Err(ErrorCode::NotFound));
        assert_eq!(code(&admin(), grant(ada.user, -1)).await, Err(ErrorCode::FieldsInvalid));
        assert_eq!(house.has(&ada).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn who_leaves_takes_both_sides_of_every_transfer_along() {
    on_each(async |house: House| {
        let (ada, bob) = (house.person("ada", 5).await, house.person("bob", 5).await);
        house.submit(&ada).await;
        house.submit(&bob).await;
        let records = CreditRecords::new((*house.database).clone());
        let export = records.export(ada.user).await.unwrap();
        assert_eq!((&export["available"], &export["held"]), (&4.into(), &1.into()));
        let mut transaction = house.database.begin().await.unwrap();
        let (given, held) = (1, 1);
        assert_eq!(records.erase(&mut transaction, ada.user).await.unwrap(), given + held);
        transaction.commit().await.unwrap();
        assert_eq!((house.has(&ada).await, house.has(&bob).await), ((0, 0), (4, 1)));
        house.is_sound().await;
    })
    .await;
}
