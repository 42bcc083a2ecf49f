//! Reports: what cannot wait is hidden at once, and moderators decide.

use std::sync::Arc;

use contract::ErrorCode;
use contract::auth::SessionId;
use contract::media::{MediaChange, Visibility};
use contract::moderation::{CreateReport, ReportReason, ReportState};
use contract::paging::PageQuery;
use contract::users::{Role, UserId};
use platform::auth::{Principal, Via};
use platform::media::Reader;
use platform::moderation::ModerationService;

use super::house::{Counter, House, on_each, user};

fn moderation(house: &House) -> ModerationService {
    let random = Arc::new(Counter::default());
    ModerationService::new(house.database.clone(), house.media.clone(), house.clock.clone(), random)
}

fn principal(user: UserId, role: Role) -> Principal {
    Principal { user, role, email_verified: true, via: Via::Session(SessionId::new(0, 1)) }
}

fn report(address: &str, reason: ReportReason) -> contract::moderation::NewReport {
    let contact = "eve@example.org".into();
    CreateReport { address: address.into(), reason, details: "That is me.".into(), contact }.check().unwrap()
}

#[tokio::test]
async fn what_cannot_wait_is_hidden_until_a_moderator_has_decided() {
    on_each(async |house| {
        let (service, ada) = (moderation(&house), user(1));
        let admin = principal(user(9), Role::Admin);
        let view = house.picture(ada, 1).await;
        let public = MediaChange { visibility: Some(Visibility::Public), ..MediaChange::default() };
        let view = house.media.change(ada, view.id, public).await.unwrap();

        service.report(&report(&view.url, ReportReason::Deception)).await.unwrap();
        assert!(house.read(&Reader::Anybody, &view).await.is_ok(), "this may wait until somebody has looked");
        service.report(&report(&view.url, ReportReason::MyFace)).await.unwrap();
        assert_eq!(house.read(&Reader::Anybody, &view).await, Err(ErrorCode::NotFound), "this may not");

        let open = service.reports(&admin, ReportState::Open, &PageQuery::default()).await.unwrap().items;
        assert_eq!(
            (open.len(), open[1].media, open[1].contact.as_str()),
            (2, Some(view.id), "eve@example.org")
        );
        let decided = service.decide(&admin, open[1].id, false).await.unwrap();
        assert_eq!((decided.state, decided.contact.as_str()), (ReportState::Dismissed, ""));
        assert!(house.read(&Reader::Anybody, &view).await.is_ok());
        service.decide(&admin, open[0].id, true).await.unwrap();
        assert_eq!(house.read(&Reader::Anybody, &view).await, Err(ErrorCode::NotFound));
        assert_eq!(house.read(&Reader::Person(ada), &view).await, Err(ErrorCode::MediaTakenDown));
        assert!(
            service.reports(&admin, ReportState::Open, &PageQuery::default()).await.unwrap().items.is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn only_administrators_see_and_decide() {
    on_each(async |house| {
        let service = moderation(&house);
        service.report(&report("https://elsewhere.example/a.jpg", ReportReason::Other)).await.unwrap();
        service.report(&report(&house.media.new_id().to_string(), ReportReason::Minor)).await.unwrap();
        let admin = principal(user(9), Role::Admin);
        let open = service.reports(&admin, ReportState::Open, &PageQuery::default()).await.unwrap().items;
        assert_eq!(open.len(), 2, "a report about what is not here is a report");
        for role in [Role::User, Role::Coach] {
            let somebody = principal(user(1), role);
            let seen = service.reports(&somebody, ReportState::Open, &PageQuery::default()).await;
            assert_eq!(seen.unwrap_err().code(), ErrorCode::Forbidden);
            let decided = service.decide(&somebody, open[0].id, true).await;
            assert_eq!(decided.unwrap_err().code(), ErrorCode::Forbidden);
        }
        service.decide(&admin, open[0].id, true).await.unwrap();
    })
    .await;
}
