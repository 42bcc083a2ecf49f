//! Statements about faces: kept, chained, bound to what is made on them, and withdrawn with it.

use std::sync::Arc;

use contract::ErrorCode;
use contract::consent::{AttestationId, Claim, CreateAttestation};
use contract::fields::FileName;
use contract::media::{MediaId, MediaView};
use contract::paging::PageQuery;
use contract::users::UserId;
use platform::consent::{ChainFault, ConsentError, ConsentService, Source, Statements};
use platform::personal_data::PersonalData;

use super::house::{Counter, House, jpeg, on_each, user};

fn consent(house: &House) -> ConsentService {
    let random = Arc::new(Counter::default());
    ConsentService::new(house.database.clone(), house.media.clone(), house.clock.clone(), random)
}

fn stated(source: MediaId, claim: Claim) -> CreateAttestation {
    CreateAttestation { source, face: 0, claim }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, ConsentError>) -> ErrorCode {
    outcome.unwrap_err().code()
}

/// Somebody of age, with a photo and a statement about it.
async fn grown_up(house: &House, service: &ConsentService, owner: UserId) -> (MediaId, AttestationId) {
    service.confirm_age(owner).await.unwrap();
    let photo = house.picture(owner, 1).await;
    let stated = service.attest(owner, stated(photo.id, Claim::Myself)).await.unwrap();
    (photo.id, stated.id)
}

/// A result that was made on these statements.
async fn result(
    house: &House,
    service: &ConsentService,
    owner: UserId,
    number: u8,
    statements: &[AttestationId],
) -> Result<MediaView, ConsentError> {
    let name = FileName::parse("result.jpg").unwrap();
    let staged = house.media.stage_result(owner, house.media.new_id(), &name, jpeg(number)).await?;
    let mut tx = house.database.begin().await?;
    let view = house.media.commit(&mut tx, &staged).await?;
    service.bind(&mut tx, statements, view.id).await?;
    tx.commit().await?;
    Ok(view)
}

#[tokio::test]
async fn nobody_uses_a_face_without_their_age_and_a_statement() {
    on_each(async |house| {
        let (service, ada) = (consent(&house), user(1));
        let photo = house.picture(ada, 1).await;
        let source = Source { media: photo.id, face: 0 };
        assert_eq!(code(service.attest(ada, stated(photo.id, Claim::Myself)).await), ErrorCode::AgeRequired);
        assert_eq!(code(service.require(ada, &[source]).await), ErrorCode::AgeRequired);
        service.confirm_age(ada).await.unwrap();
        assert_eq!(code(service.require(ada, &[source]).await), ErrorCode::ConsentRequired);
        let first = service.attest(ada, stated(photo.id, Claim::Permission)).await.unwrap();
        let again = service.attest(ada, stated(photo.id, Claim::Permission)).await.unwrap();
        assert_eq!(first, again, "the same statement is made once");
        assert_eq!(service.require(ada, &[source, source]).await.unwrap(), [first.id, first.id]);
        let other_face = Source { face: 1, ..source };
        assert_eq!(code(service.require(ada, &[source, other_face]).await), ErrorCode::ConsentRequired);
    })
    .await;
}

#[tokio::test]
async fn nobody_states_anything_about_somebody_else_s_photo() {
    on_each(async |house| {
        let (service, ada, bob) = (consent(&house), user(1), user(2));
        let (photo, id) = grown_up(&house, &service, ada).await;
        service.confirm_age(bob).await.unwrap();
        assert_eq!(code(service.attest(bob, stated(photo, Claim::Permission)).await), ErrorCode::NotFound);
        let source = Source { media: photo, face: 0 };
        assert_eq!(code(service.require(bob, &[source]).await), ErrorCode::ConsentRequired);
        assert_eq!(code(service.revoke(bob, id).await), ErrorCode::NotFound);
        assert!(service.list(bob, &PageQuery::default()).await.unwrap().items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_removes_every_result_that_was_made_on_it_and_no_other() {
    on_each(async |house| {
        let (service, ada) = (consent(&house), user(1));
        let (photo, id) = grown_up(&house, &service, ada).await;
        let goes = [
            result(&house, &service, ada, 10, &[id]).await.unwrap(),
            result(&house, &service, ada, 11, &[id, id]).await.unwrap(),
        ];
        let stays = result(&house, &service, ada, 12, &[]).await.unwrap();
        assert_eq!(service.list(ada, &PageQuery::default()).await.unwrap().items[0].results, 2);
        assert_eq!(service.revoke(ada, id).await.unwrap().removed_results, 2);
        for view in goes {
            assert_eq!(super::house::code(house.media.view(ada, view.id).await), ErrorCode::NotFound);
        }
        assert!(house.media.view(ada, stays.id).await.is_ok());
        assert_eq!(service.revoke(ada, id).await.unwrap().removed_results, 0);
        house.media.sweep().await.unwrap();
        assert_eq!(house.files().len(), 4, "the photo and the other result, each with its thumbnail");
        assert_eq!(
            code(service.require(ada, &[Source { media: photo, face: 0 }]).await),
            ErrorCode::ConsentRequired
        );
        let late = result(&house, &service, ada, 13, &[id]).await;
        assert_eq!(code(late), ErrorCode::ConsentRequired, "a job that was at work keeps nothing");
        assert!(service.verify_chain().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn withdrawals_and_results_at_once_leave_no_result_behind() {
    on_each(async |house| {
        let (service, ada) = (consent(&house), user(1));
        let (_, id) = grown_up(&house, &service, ada).await;
        let made = futures_util::future::join_all((0..6).map(|n| {
            let (house, service) = (&house, &service);
            async move { result(house, service, ada, n, &[id]).await }
        }));
        let (made, revoked) = tokio::join!(made, service.revoke(ada, id));
        revoked.unwrap();
        for outcome in made.iter().filter(|outcome| outcome.is_err()) {
            assert_eq!(outcome.as_ref().unwrap_err().code(), ErrorCode::ConsentRequired);
        }
        for view in made.into_iter().flatten() {
            assert_eq!(super::house::code(house.media.view(ada, view.id).await), ErrorCode::NotFound);
        }
    })
    .await;
}

/// What a change of the chain is found out as, given the first statement's id.
type Finding = fn(AttestationId) -> ChainFault;

#[tokio::test]
async fn whoever_changes_a_statement_or_the_chain_is_found_out() {
    let changes: [(&'static str, Finding); 4] = [
        ("UPDATE attestations SET claim = 'permission'", |id| ChainFault::Changed { id }),
        ("UPDATE consent_chain SET commitment = 'x' WHERE sequence = 2", |_| ChainFault::Broken {
            sequence: 2,
        }),
        ("DELETE FROM consent_chain WHERE sequence = 1", |_| ChainFault::Broken { sequence: 1 }),
        ("DELETE FROM consent_chain WHERE sequence = 2", |_| ChainFault::Cut { sequence: 2 }),
    ];
    for (change, expected) in changes {
        on_each(async |house| {
            let (service, ada) = (consent(&house), user(1));
            let (_, id) = grown_up(&house, &service, ada).await;
            service.revoke(ada, id).await.unwrap();
            assert!(service.verify_chain().await.unwrap().is_empty());
            sqlx::query(change).execute(house.database.writer()).await.unwrap();
            let faults = service.verify_chain().await.unwrap();
            assert!(faults.contains(&expected(id)), "{change}: {faults:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn an_erasure_leaves_a_chain_that_holds_and_names_nobody() {
    on_each(async |house| {
        let (service, ada, bob) = (consent(&house), user(1), user(2));
        let (_, id) = grown_up(&house, &service, ada).await;
        grown_up(&house, &service, bob).await;
        result(&house, &service, ada, 9, &[id]).await.unwrap();
        let part = Statements::new(house.database.clone());
        let export = part.export(ada).await.unwrap();
        assert_eq!(export["statements"][0]["claim"], "self");
        assert!(export["said_to_be_of_age_at_ms"].is_i64());
        let mut tx = house.database.begin().await.unwrap();
        assert_eq!(part.erase(&mut tx, ada).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(house.count("attestations").await, 1);
        assert_eq!((house.count("attestation_results").await, house.count("ages").await), (0, 1));
        assert_eq!(house.count("consent_chain").await, 2);
        assert!(service.verify_chain().await.unwrap().is_empty());
    })
    .await;
}
