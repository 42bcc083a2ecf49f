//! `POST /swaps`: the studio's form in a browser without JavaScript. Answers by sending it on to a page.

use axum::extract::{Multipart, State};
use axum::response::Redirect;
use contract::results::ResultId;
use contract::swaps::OutputFormat;

use crate::api::error::ApiError;
use crate::api::swaps::form::SwapForm;
use crate::http::AppState;

pub(crate) async fn post(State(state): State<AppState>, form: Multipart) -> Redirect {
    match make(&state, form).await {
        Ok(id) => Redirect::to(&format!("/swaps/{id}")),
        Err(error) => Redirect::to(&studio_with(&error)),
    }
}

async fn make(state: &AppState, form: Multipart) -> Result<ResultId, ApiError> {
    let mut request = SwapForm::read(form).await?.into_request(&state.assets).await?;
    // Stored results are JPEG files, whatever the form says.
    request.format = OutputFormat::Jpeg;
    let outcome = state.swaps.swap(request).await?;
    Ok(state.results.keep(&outcome).await?.id)
}

/// The studio, showing why it could not be done.
fn studio_with(error: &ApiError) -> String {
    let field = error.field.map(|field| format!("&field={field}")).unwrap_or_default();
    format!("/studio?problem={}{field}", error.code.as_str())
}

#[cfg(test)]
mod tests {
    use axum::http::{StatusCode, header};

    use crate::testing::{Form, TestServer, portraits};

    #[tokio::test]
    async fn a_browser_without_javascript_gets_a_page_a_picture_and_can_delete_both() {
        let server = TestServer::start().await;
        let [source, target] = portraits();
        let form = Form::default().file("source", &source).file("target", &target).text("likeness", "50");
        let answer = server.send(form.text("format", "png").to("/swaps")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = answer.header(header::LOCATION).to_owned();
        let id = page.strip_prefix("/swaps/").unwrap();
        assert_eq!((id.len(), server.kept_pictures()), (32, 1));

        let shown = server.get(&page).await;
        assert_eq!(shown.status, StatusCode::OK);
        let picture_address = format!("/api/v1/results/{id}/picture");
        assert!(shown.text().contains(&picture_address), "the page shows the picture");
        let picture = server.get(&picture_address).await;
        assert_eq!((picture.status, picture.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/jpeg"));
        assert_eq!(&picture.body[..3], b"\xff\xd8\xff");
        let saved = server.get(&format!("{picture_address}?download=1")).await;
        assert!(saved.header(header::CONTENT_DISPOSITION).starts_with("attachment"));

        let deleted = server.send(Form::default().to(&format!("{page}/delete"))).await;
        assert_eq!((deleted.status, server.kept_pictures()), (StatusCode::SEE_OTHER, 0));
        assert_eq!(server.get(&page).await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get(&picture_address).await.refusal(), (404, "result_gone", None));
    }

    #[tokio::test]
    async fn samples_can_be_named_instead_of_sent() {
        let server = TestServer::start().await;
        let gallery = portrait::gallery();
        let form = Form::default().no_file("source").no_file("target");
        let form = form.text("source_sample", gallery[0].name).text("target_sample", gallery[1].name);
        let answer = server.send(form.to("/swaps")).await;
        assert!(
            answer.header(header::LOCATION).starts_with("/swaps/"),
            "{}",
            answer.header(header::LOCATION)
        );
    }

    #[tokio::test]
    async fn a_failure_leads_back_to_the_studio_which_says_why() {
        let server = TestServer::start().await;
        let [source, _] = portraits();
        let form = Form::default().file("source", &source).file("target", b"a text");
        let answer = server.send(form.to("/swaps")).await;
        let location = answer.header(header::LOCATION);
        assert_eq!(location, "/studio?problem=photo_not_an_image&field=target");
        let studio = server.get(location).await;
        assert_eq!(studio.status, StatusCode::OK);
        assert!(
            studio.text().contains(contract::ErrorCode::PhotoNotAnImage.title(contract::Language::English))
        );
    }
}
