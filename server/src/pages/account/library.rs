//! `/library`: what a person keeps here, and what they do with it.

use app::account::{LibraryNews, LibraryPage, Shot};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::ErrorCode;
use contract::media::{MAX_LINK_SECONDS, MediaChange, MediaId, MediaKind, MediaLink, MediaView};
use contract::paging::PageQuery;
use engine::{Photo, codec};
use platform::media::MediaError;
use serde::Deserialize;

use super::door::{InAddress, Posted};
use super::owner::Owner;
use super::show;
use crate::api::media::receive;
use crate::http::AppState;

const HOME: &str = "/library";

/// How many files a page shows.
const SHOWN: u32 = 24;

/// The size of what stands in a picture's place, in pixels: a blur has no more in it.
const PLACEHOLDER_SIDE: u32 = 12;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    kind: Option<MediaKind>,
    after: Option<String>,
    #[serde(default)]
    done: String,
    id: Option<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    kept: String,
}

pub(super) async fn get(
    State(state): State<AppState>,
    owner: Owner,
    InAddress(asked): InAddress<Asked>,
) -> Response {
    let news = match (asked.done.as_str(), asked.id) {
        ("added", _) => Some(LibraryNews::Added),
        ("kept", _) => Some(LibraryNews::Kept),
        ("not-kept", _) => Some(LibraryNews::NotKept),
        ("restored", _) => Some(LibraryNews::Restored),
        // It becomes a part of a form's address: only what is an id may.
        ("deleted", Some(id)) => id.parse::<MediaId>().ok().map(|id| LibraryNews::Deleted(id.to_string())),
        _ => None,
    };
    page(&state, &owner, asked.kind, asked.after, StatusCode::OK, news).await
}

pub(super) async fn add(State(state): State<AppState>, owner: Owner, form: Multipart) -> Response {
    match receive(&state.media, owner.principal.user, form).await {
        Ok(_) => done("added"),
        Err(error) => {
            let status = error.status();
            let code = error.errors.first().map_or(error.code, |fault| fault.code);
            refused(&state, &owner, status, code).await
        }
    }
}

pub(super) async fn keep(
    State(state): State<AppState>,
    owner: Owner,
    Path(id): Path<String>,
    Posted(fields): Posted<Fields>,
) -> Response {
    let kept = fields.kept == "true";
    let change = MediaChange { kept: Some(kept), ..MediaChange::default() };
    let outcome = match id.parse() {
        Ok(id) => state.media.change(owner.principal.user, id, change).await.map(drop),
        Err(_) => Err(ErrorCode::NotFound.into()),
    };
    answer(&state, &owner, outcome, if kept { "kept" } else { "not-kept" }).await
}

pub(super) async fn delete(State(state): State<AppState>, owner: Owner, Path(id): Path<String>) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.media.delete(owner.principal.user, id).await,
        Err(_) => Err(ErrorCode::NotFound.into()),
    };
    answer(&state, &owner, outcome, &format!("deleted&id={id}")).await
}

pub(super) async fn restore(State(state): State<AppState>, owner: Owner, Path(id): Path<String>) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.media.restore(owner.principal.user, id).await.map(drop),
        Err(_) => Err(ErrorCode::NotFound.into()),
    };
    answer(&state, &owner, outcome, "restored").await
}

/// Shows the link with this very answer: it is kept nowhere.
pub(super) async fn link(State(state): State<AppState>, owner: Owner, Path(id): Path<String>) -> Response {
    let outcome = match id.parse() {
        Ok(id) => state.media.link(owner.principal.user, id, MAX_LINK_SECONDS).await,
        Err(_) => Err(ErrorCode::NotFound.into()),
    };
    match outcome {
        Ok(link) => {
            let link = MediaLink { url: state.site.address_of(&link.url), ..link };
            page(&state, &owner, None, None, StatusCode::OK, Some(LibraryNews::Link(link))).await
        }
        Err(error) => failed(&state, &owner, error).await,
    }
}

fn done(what: &str) -> Response {
    Redirect::to(&format!("{HOME}?done={what}")).into_response()
}

async fn answer(state: &AppState, owner: &Owner, outcome: Result<(), MediaError>, what: &str) -> Response {
    match outcome {
        Ok(()) => done(what),
        Err(error) => failed(state, owner, error).await,
    }
}

async fn failed(state: &AppState, owner: &Owner, error: MediaError) -> Response {
    let code = error.code();
    if code.status() >= 500 {
        tracing::error!(%error, "a form of the library failed");
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    refused(state, owner, status, code).await
}

async fn refused(state: &AppState, owner: &Owner, status: StatusCode, code: ErrorCode) -> Response {
    page(state, owner, None, None, status, Some(LibraryNews::Refused(code))).await
}

async fn page(
    state: &AppState,
    owner: &Owner,
    kind: Option<MediaKind>,
    after: Option<String>,
    status: StatusCode,
    news: Option<LibraryNews>,
) -> Response {
    let (user, query) = (owner.principal.user, PageQuery { after, limit: Some(SHOWN) });
    let read = async {
        Ok::<_, MediaError>((state.media.list(user, kind, &query).await?, state.media.usage(user).await?))
    };
    match read.await {
        Ok((files, usage)) => {
            let shots = files.items.into_iter().map(shot).collect();
            let checked = state.media.is_checked();
            let page = LibraryPage { shots, next: files.next, kind, usage, checked, news };
            show::at(state, &owner.seen, HOME, status, page)
        }
        Err(error) => show::failure(state, &owner.seen, error.code()),
    }
}

fn shot(file: MediaView) -> Shot {
    Shot { placeholder: placeholder(&file.blur_hash), file }
}

/// A blur as a picture in the page itself. A hash that is none, as documents have, gives none.
fn placeholder(blur_hash: &str) -> Option<String> {
    let side = PLACEHOLDER_SIDE;
    let rgba = blurhash::decode(blur_hash, side, side, 1.0).ok()?;
    let png = codec::encode_png(&Photo::from_rgba(side, side, rgba).ok()?).ok()?;
    Some(format!("data:image/png;base64,{}", STANDARD.encode(png)))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Method, StatusCode, header};

    use crate::testing::{Form, Person, TestServer, grey_png};

    /// Sends a form of the page as a browser does.
    async fn post(person: &Person<'_>, path: &str, body: &str) -> crate::testing::Answer {
        let request = person.browser(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        person.server.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn look(person: &Person<'_>, path: &str) -> String {
        let answer = person.server.send(person.browser(Method::GET, path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.text().to_owned()
    }

    #[tokio::test]
    async fn a_library_is_kept_by_plain_forms() {
        let server = TestServer::start().await;
        let ada = server.person("ada@example.org").await;
        assert!(look(&ada, "/library").await.contains("Nothing here yet."));

        let (parts, _) = ada.browser(Method::POST, "/library").body(()).unwrap().into_parts();
        let form = Form::default().named_file("file", "me.png", &grey_png(60, 40));
        let mut request = form.to("/library");
        request.headers_mut().extend(parts.headers);
        let added = server.send(request).await;
        assert_eq!(
            (added.status, added.header(header::LOCATION)),
            (StatusCode::SEE_OTHER, "/library?done=added")
        );
        let page = look(&ada, "/library?done=added").await;
        assert!(
            page.contains("It is in your library.") && page.contains("me.png") && page.contains("60 × 40")
        );
        assert!(page.contains("src=\"data:image/png;base64,"), "something stands in the picture's place");
        let (_, rest) = page.split_once("action=\"/library/").unwrap();
        let id = rest.split('/').next().unwrap().to_owned();

        let kept = post(&ada, &format!("/library/{id}/keep"), "kept=true").await;
        assert_eq!(kept.header(header::LOCATION), "/library?done=kept");
        let link = post(&ada, &format!("/library/{id}/link"), "").await;
        assert!(link.text().contains(&format!("https://mog.example/media/{id}?expires=")));
        let deleted = post(&ada, &format!("/library/{id}/delete"), "").await;
        let after = look(&ada, deleted.header(header::LOCATION)).await;
        assert!(after.contains(&format!("/library/{id}/restore")) && !after.contains("me.png"));
        post(&ada, &format!("/library/{id}/restore"), "").await;
        assert!(look(&ada, "/library?kind=upload").await.contains("me.png"));
        assert!(!look(&ada, "/library?kind=result").await.contains("me.png"));
    }

    #[tokio::test]
    async fn what_is_refused_is_said_on_the_page_and_strangers_sign_in() {
        let server = TestServer::start().await;
        let (ada, bob) = (server.person("ada@example.org").await, server.person("bob@example.org").await);
        let view = ada.picture(1).await;
        for path in ["keep", "delete", "restore", "link"] {
            let answer = post(&bob, &format!("/library/{}/{path}", view.id), "kept=true").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.text().contains(&view.id.to_string()), "{path}");
        }
        let (parts, _) = ada.browser(Method::POST, "/library").body(()).unwrap().into_parts();
        let mut request = Form::default().named_file("file", "me.jpg", b"a text").to("/library");
        request.headers_mut().extend(parts.headers);
        let refused = server.send(request).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert!(refused.text().contains("This kind of file is not kept here."));
        let nobody = server.get("/library").await;
        assert!(nobody.header(header::LOCATION).starts_with("/sign-in?"));
        let strange = look(&ada, "/library?done=deleted&id=x%22%3E%3Cscript%3E").await;
        assert!(!strange.contains("<script>"));
    }
}
