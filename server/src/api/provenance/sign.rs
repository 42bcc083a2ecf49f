//! `POST /api/v1/provenance/manifests`: a signed manifest for a picture that stays in the browser.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use contract::provenance::ManifestRequest;
use platform::provenance::ProvenanceService;

use crate::api::error::ApiError;
use crate::api::extract::JsonBody;
use crate::api::openapi::File;
use crate::api::refusals::refusals;

refusals!(FieldInvalid);

/// A signed manifest (C2PA) for a picture made in a browser, from its hash alone: bytes to insert into the file. Of a
/// JPEG they follow the first 2 bytes, of a PNG the first 33. Nothing is kept.
#[utoipa::path(
    post,
    path = "/provenance/manifests",
    operation_id = "sign_manifest",
    tag = "swaps",
    request_body = ManifestRequest,
    responses((status = 200, description = "The manifest.", body = File, content_type = "application/octet-stream"), Refusals)
)]
pub(crate) async fn post(
    State(provenance): State<ProvenanceService>,
    JsonBody(request): JsonBody<ManifestRequest>,
) -> Result<(HeaderMap, Vec<u8>), ApiError> {
    let (sha256, mark) = request.check()?;
    let manifest = provenance.sign_elsewhere(request.format, sha256, mark).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((headers, manifest))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use contract::provenance::{ManifestRequest, manifest_place};
    use contract::swaps::OutputFormat;
    use sha2::{Digest, Sha256};

    use crate::testing::{TestServer, grey_png, with_header};

    const PATH: &str = contract::provenance::MANIFESTS_PATH;

    fn asks(body: String) -> Request<Body> {
        with_header(Request::post(PATH).body(Body::from(body)).unwrap(), "content-type", "application/json")
    }

    #[tokio::test]
    async fn a_picture_that_the_server_never_saw_is_signed() {
        let server = TestServer::start().await;
        let file = grey_png(40, 30);
        let hash = Sha256::digest(&file).into();
        let request = ManifestRequest::new(OutputFormat::Png, &hash, 0xBEEF);
        let answer = server.send(asks(serde_json::to_string(&request).unwrap())).await;
        assert_eq!(answer.status, StatusCode::OK);
        let (head, tail) = file.split_at(manifest_place(OutputFormat::Png));
        let reading = provenance::read(&[head, &answer.body, tail].concat()).unwrap();
        assert_eq!((reading.standing, reading.mark), (provenance::Standing::Valid, Some(0xBEEF)));
    }

    #[tokio::test]
    async fn what_is_no_hash_is_refused() {
        let server = TestServer::start().await;
        let body = |hash: &str| format!(r#"{{"format":"png","sha256":"{hash}","mark":"0000000000000001"}}"#);
        for hash in ["", "xyz", &"A".repeat(64), &"0".repeat(65)] {
            let answer = server.send(asks(body(hash))).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{hash}");
        }
    }
}
