//! What people keep, at services that speak S3: one in this process, and one of another make.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::error_handling::HandleError;
use axum::http::{StatusCode, header};
use futures_util::TryStreamExt;
use object_store::ObjectStore;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use s3s::HttpError;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::config::{Config, MediaPlace, PublicUrl};
use crate::testing::{Ends, TestServer};

const BUCKET: &str = "pictures";
const KEY: &str = "a-key";
const SECRET: &str = "a-secret";

/// Beyond every time that something is kept for.
const LONG: Duration = Duration::from_secs(100 * 24 * 60 * 60);

/// A picture comes, is read whole and in part, agrees with the database, and goes, at the service of this address.
async fn keeps_what_people_keep(service: &str) {
    let mut config = Config::default();
    config.media.store = MediaPlace::S3;
    config.media.s3_endpoint = Some(PublicUrl::try_from(service.to_owned()).unwrap());
    config.media.s3_bucket = Some(BUCKET.into());
    config.media.s3_access_key = Some(KEY.into());
    config.media.s3_secret_key = Some(SecretString::from(SECRET));
    let server = TestServer::with(&config).await;
    let bucket = bucket(service);
    let ada = server.person("ada@example.org").await;
    let kept = ada.picture(1).await;
    assert_eq!(objects(&bucket).await, 2, "the picture and its thumbnail");

    let path = format!("/media/{}", kept.id);
    let whole = ada.get(&path).await;
    assert_eq!((whole.status, whole.body.len() as i64), (StatusCode::OK, kept.bytes));
    let part = ada.get_with(&path, &[(header::RANGE, "bytes=2-9".into())]).await;
    assert_eq!((part.status, &part.body[..]), (StatusCode::PARTIAL_CONTENT, &whole.body[2..10]));
    let media = &server.state().media;
    assert!(media.compare().await.unwrap().is_sound());

    ada.delete(&format!("/api/v1/media/{}", kept.id)).await;
    server.clock.advance(LONG);
    media.sweep().await.unwrap();
    assert_eq!(objects(&bucket).await, 0);
}

fn bucket(service: &str) -> AmazonS3 {
    let builder = AmazonS3Builder::new().with_bucket_name(BUCKET).with_region("us-east-1");
    let builder = builder.with_access_key_id(KEY).with_secret_access_key(SECRET);
    builder.with_endpoint(service).with_allow_http(true).build().unwrap()
}

async fn objects(bucket: &AmazonS3) -> usize {
    bucket.list(None).try_collect::<Vec<_>>().await.unwrap().len()
}

#[tokio::test]
async fn a_service_in_this_process_keeps_what_people_keep() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
    let address = serve_folder(folder.path()).await;
    keeps_what_people_keep(&format!("http://{address}")).await;
}

/// Serves the folders of a folder as buckets (`s3s-fs`).
async fn serve_folder(folder: &Path) -> SocketAddr {
    let mut builder = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let failed = async |_: HttpError| StatusCode::INTERNAL_SERVER_ERROR;
    let router = Router::new().fallback_service(HandleError::new(builder.build(), failed));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, router).await });
    address
}

/// `moto` plays Amazon in Python. `cargo xtask test` installs it and says where.
#[tokio::test]
async fn a_service_of_another_make_keeps_what_people_keep() {
    let Some(program) = std::env::var_os("MOG_MOTO_SERVER") else {
        eprintln!("skipped: `cargo xtask test` installs moto, and names it in MOG_MOTO_SERVER");
        return;
    };
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap().local_addr().unwrap().port();
    let mut command = Command::new(program);
    command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    let _moto = Ends(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let service = format!("http://127.0.0.1:{port}");
    make_bucket(&service).await;
    keeps_what_people_keep(&service).await;
}

/// Asks for the bucket until the service is there, for half a minute.
async fn make_bucket(service: &str) {
    let asking = reqwest::Client::new();
    for _ in 0..300 {
        if let Ok(made) = asking.put(format!("{service}/{BUCKET}")).send().await {
            assert!(made.status().is_success(), "{made:?}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("moto did not start");
}
