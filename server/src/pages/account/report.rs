//! `/report` for anybody, and `/moderation` for those who decide.

use app::account::{ModerationPage, ReportPage, Sent};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use contract::ErrorCode;
use contract::media::MediaId;
use contract::moderation::{CreateReport, ReportState};
use contract::paging::{MAX_LIMIT, PageQuery};
use platform::media::Reader;
use platform::moderation::ModerationError;
use serde::Deserialize;

use super::door::{InAddress, Posted};
use super::owner::{Anybody, Owner};
use super::show;
use crate::api::media::serve;
use crate::http::AppState;
use crate::pages::seen::Seen;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    address: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    details: String,
    #[serde(default)]
    contact: String,
}

#[derive(Deserialize)]
pub(super) struct Decision {
    take_down: bool,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let page = ReportPage { taken: asked.done.is_some(), ..ReportPage::default() };
    show::at(&state, &seen, "/report", StatusCode::OK, page)
}

pub(super) async fn post(
    State(state): State<AppState>,
    Anybody(seen): Anybody,
    Posted(fields): Posted<Fields>,
) -> Response {
    let Fields { address, reason, details, contact } = fields;
    let mut form = Sent::with([
        ("address", address.clone()),
        ("reason", reason.clone()),
        ("details", details.clone()),
        ("contact", contact.clone()),
    ]);
    let Ok(reason) = reason.parse() else { return show::failure(&state, &seen, ErrorCode::RequestMalformed) };
    let report = match (CreateReport { address, reason, details, contact }).check() {
        Ok(report) => report,
        Err(faults) => {
            form.faults = faults;
            let page = ReportPage { form, taken: false };
            return show::at(&state, &seen, "/report", StatusCode::UNPROCESSABLE_ENTITY, page);
        }
    };
    match state.moderation.report(&report).await {
        Ok(()) => Redirect::to("/report?done=1").into_response(),
        Err(error) => failed(&state, &seen, &error),
    }
}

pub(super) async fn waiting(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let oldest = PageQuery { after: None, limit: Some(MAX_LIMIT) };
    match state.moderation.reports(&owner.principal, ReportState::Open, &oldest).await {
        Ok(page) => {
            let page = ModerationPage { reports: page.items, decided: asked.done.is_some() };
            show::at(&state, &owner.seen, "/moderation", StatusCode::OK, page)
        }
        Err(error) => failed(&state, &owner.seen, &error),
    }
}

pub(super) async fn decide(
    State(state): State<AppState>,
    owner: Owner,
    Path(id): Path<String>,
    Posted(decision): Posted<Decision>,
) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.moderation.decide(&owner.principal, id, decision.take_down).await.map(drop),
        Err(_) => Err(ModerationError::Refused(ErrorCode::NotFound)),
    };
    match outcome {
        Ok(()) => Redirect::to("/moderation?done=1").into_response(),
        Err(error) => failed(&state, &owner.seen, &error),
    }
}

/// A small picture of what was reported, for whoever decides: also of what is hidden.
pub(super) async fn picture(
    State(state): State<AppState>,
    owner: Owner,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = owner.principal.require_admin() {
        return show::failure(&state, &owner.seen, error.code());
    }
    let Ok(id) = id.parse::<MediaId>() else {
        return show::failure(&state, &owner.seen, ErrorCode::NotFound);
    };
    let wanted = serve::Wanted { shape: Some(serve::Shape::Thumbnail), download: false };
    match serve::serve(&state.media, &Reader::Moderator, id, wanted, &headers).await {
        Ok(answer) => answer,
        Err(error) => show::failure(&state, &owner.seen, error.code),
    }
}

fn failed(state: &AppState, seen: &Seen, error: &ModerationError) -> Response {
    if error.code().status() >= 500 {
        tracing::error!(%error, "a form about reports failed");
    }
    show::failure(state, seen, error.code())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Method, Request, StatusCode, header};
    use contract::users::Role;

    use crate::testing::TestServer;

    #[tokio::test]
    async fn anybody_reports_and_only_moderators_see_it() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        let eve = server.person_as("eve@example.org", Role::Admin).await;
        let view = ada.picture(1).await;
        let send = async |body: String| {
            let request =
                Request::post("/report").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            server.send(request.header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap()).await
        };
        let faulty = send("address=&reason=my_face&contact=nobody".into()).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(send("address=x&reason=nonsense".into()).await.status, StatusCode::BAD_REQUEST);
        let sent =
            send(format!("address=/media/{}&reason=my_face&details=%3Cb%3EHi&contact=", view.id)).await;
        assert_eq!(sent.header(header::LOCATION), "/report?done=1");

        let see = async |person: &crate::testing::Person<'_>, path: &str| {
            server.send(person.browser(Method::GET, path).body(Body::empty()).unwrap()).await
        };
        let picture = format!("/moderation/media/{}", view.id);
        for path in ["/moderation", &picture] {
            assert_eq!(see(&ada, path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let waiting = see(&eve, "/moderation").await;
        assert!(waiting.text().contains(&picture) && !waiting.text().contains("<b>Hi"), "{}", waiting.text());
        assert_eq!(see(&eve, &picture).await.header(header::CONTENT_TYPE), "image/png");
        assert_eq!(see(&ada, &view.url).await.refusal().1, "media_taken_down");
        let (_, rest) = waiting.text().split_once("action=\"/moderation/").unwrap();
        let path = format!("/moderation/{}", rest.split('"').next().unwrap());
        let request = eve
            .browser(Method::POST, &path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let decided = server.send(request.body(Body::from("take_down=false")).unwrap()).await;
        assert_eq!(decided.header(header::LOCATION), "/moderation?done=1");
        assert_eq!(see(&ada, &view.url).await.status, StatusCode::OK);
    }
}
