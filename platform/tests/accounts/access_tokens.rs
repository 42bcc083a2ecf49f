//! Access tokens: which are taken, which are not, and how their keys change.

use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::ErrorCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use platform::auth::AuthConfig;
use platform::sealing::InstanceSecret;
use serde_json::{Value, json};
use sqlx::Row;

use super::house::{ADA, DAY_MS, House, MINUTE_MS, code, config, on_each, secret};

/// The key of the instance as only its secret opens it, its name, and its public half.
async fn instance_key(house: &House) -> (EncodingKey, String, String) {
    let row = sqlx::query("SELECT kid, public_key, sealed_seed FROM signing_keys")
        .fetch_one(house.database.reader())
        .await
        .unwrap();
    let (kid, sealed): (String, Vec<u8>) = (row.get("kid"), row.get("sealed_seed"));
    let seed = secret().sealer("signing keys").unwrap().open(&kid, &sealed).unwrap();
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
    (EncodingKey::from_ed_der(pair.to_pkcs8v1().unwrap().as_ref()), kid, row.get("public_key"))
}

fn part(token: &str, number: usize) -> Value {
    let text = token.split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

async fn refused(house: &House, token: &str, why: &str) {
    assert_eq!(code(house.auth.authenticate(token).await), ErrorCode::SignInRequired, "{why}");
}

#[tokio::test]
async fn a_token_says_what_rfc_9068_asks_for() {
    on_each(async |house| {
        let user = house.account(ADA).await;
        let tokens = house.sign_in(ADA).await;
        let (header, claims) = (part(tokens.access.expose(), 0), part(tokens.access.expose(), 1));
        let (_, kid, _) = instance_key(&house).await;
        assert_eq!(header, json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": kid }));
        let now = house.now_ms() / 1000;
        let session = tokens.session.to_string();
        let expected = json!({
            "iss": "https://mog.example", "aud": "mog", "sub": user.to_string(), "sid": session,
            "iat": now, "exp": now + 15 * 60,
        });
        assert_eq!(claims, expected);
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_after_a_quarter_of_an_hour() {
    on_each(async |house| {
        house.account(ADA).await;
        let tokens = house.sign_in(ADA).await;
        house.pass(15 * MINUTE_MS - 1);
        assert!(house.auth.authenticate(tokens.access.expose()).await.is_ok());
        house.pass(1);
        refused(&house, tokens.access.expose(), "it has ended").await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_token_is_refused_wherever_it_was_changed() {
    on_each(async |house| {
        house.account(ADA).await;
        let token = house.sign_in(ADA).await.access.expose().to_owned();
        for at in (0..token.len()).step_by(7) {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            refused(&house, &String::from_utf8(bytes).unwrap(), &format!("changed at {at}")).await;
        }
        let unsigned = token.rsplit_once('.').unwrap().0;
        for cut in ["", ".", "..", unsigned, &format!("{unsigned}."), &token[1..]] {
            refused(&house, cut, cut).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_algorithm_is_not_the_token_s_to_choose() {
    on_each(async |house| {
        house.account(ADA).await;
        let token = house.sign_in(ADA).await.access.expose().to_owned();
        let (_, kid, public_key) = instance_key(&house).await;
        let claims = token.split('.').nth(1).unwrap();
        for none in ["none", "None", "NONE"] {
            let header = json!({ "typ": "at+jwt", "alg": none, "kid": kid }).to_string();
            let forged = format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(header));
            refused(&house, &forged, none).await;
        }
        let mut header = Header::new(Algorithm::HS256);
        (header.typ, header.kid) = (Some("at+jwt".into()), Some(kid));
        let public_bytes = URL_SAFE_NO_PAD.decode(&public_key).unwrap();
        for public in [public_key.as_bytes(), &public_bytes] {
            let key = EncodingKey::from_secret(public);
            let forged = encode(&header, &part(&token, 1), &key).unwrap();
            refused(&house, &forged, "signed with the public key as a shared secret").await;
        }
    })
    .await;
}

#[tokio::test]
async fn rightly_signed_and_wrongly_addressed_is_refused() {
    on_each(async |house| {
        house.account(ADA).await;
        let token = house.sign_in(ADA).await.access.expose().to_owned();
        let (key, kid, _) = instance_key(&house).await;
        let claims = part(&token, 1);
        let forge = |change: &dyn Fn(&mut Header, &mut Value)| {
            let mut header = Header::new(Algorithm::EdDSA);
            (header.typ, header.kid) = (Some("at+jwt".into()), Some(kid.clone()));
            let mut claims = claims.clone();
            change(&mut header, &mut claims);
            encode(&header, &claims, &key).unwrap()
        };
        assert!(house.auth.authenticate(&forge(&|_, _| {})).await.is_ok(), "what is forged well is taken");
        refused(&house, &forge(&|_, c| c["aud"] = "other".into()), "for another audience").await;
        refused(&house, &forge(&|_, c| c["iss"] = "https://other.example".into()), "another issuer").await;
        for claim in ["aud", "iss", "exp", "sub", "sid"] {
            let without = forge(&|_, c| drop(c.as_object_mut().unwrap().remove(claim)));
            refused(&house, &without, &format!("without {claim}")).await;
        }
        refused(&house, &forge(&|h, _| h.typ = Some("JWT".into())), "another type").await;
        refused(&house, &forge(&|h, _| h.typ = None), "no type").await;
        refused(&house, &forge(&|h, _| h.kid = Some("another".into())), "another key").await;
        refused(&house, &forge(&|h, _| h.kid = None), "no key").await;
        refused(&house, &forge(&|h, _| h.crit = Some(vec!["b64".into()])), "a demand we do not know").await;
        let nobody = contract::users::UserId::new(0, 0).to_string();
        refused(&house, &forge(&|_, c| c["sub"] = nobody.clone().into()), "another's session").await;
    })
    .await;
}

#[tokio::test]
async fn keys_change_every_month_and_the_old_one_checks_for_a_day() {
    on_each(async |house| {
        house.account(ADA).await;
        let keys = async || -> Vec<String> {
            let published = house.auth.jwks().await.unwrap();
            let keys = published["keys"].as_array().unwrap().clone();
            keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
        };
        house.sign_in(ADA).await;
        let first = keys().await;
        assert_eq!(first.len(), 1);
        house.pass(30 * DAY_MS - 1);
        let before = house.sign_in(ADA).await;
        assert_eq!(part(before.access.expose(), 0)["kid"], first[0].as_str());
        house.pass(1);
        let after = house.sign_in(ADA).await;
        assert_ne!(part(after.access.expose(), 0)["kid"], first[0].as_str());
        for token in [&before, &after] {
            assert!(house.auth.authenticate(token.access.expose()).await.is_ok());
        }
        assert_eq!(keys().await.len(), 2);
        house.pass(DAY_MS);
        let left = keys().await;
        assert_eq!(left.len(), 1);
        assert_ne!(left, first);
        house.auth.sweep().await.unwrap();
        assert_eq!(house.count("SELECT COUNT(*) FROM signing_keys").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_of_another_node_is_found_and_its_private_half_is_not() {
    on_each(async |house| {
        house.account(ADA).await;
        let (one, other) = (house.node(config()), house.node(config()));
        let sign_in = contract::auth::SignIn {
            email: ADA.into(),
            password: contract::fields::Secret::new(super::house::PASSWORD),
            code: None,
        };
        let tokens = one.sign_in(sign_in, &super::house::visit()).await.unwrap();
        assert!(other.authenticate(tokens.access.expose()).await.is_ok());
        let jwks = other.jwks().await.unwrap();
        assert_eq!(jwks, one.jwks().await.unwrap());
        let (_, kid, public_key) = instance_key(&house).await;
        let expected = json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": public_key
        }] });
        assert_eq!(jwks, expected);
        let stranger = AuthConfig { secret: InstanceSecret::new(&[8; 32]), ..config() };
        let refused = house.node(stranger).authenticate(tokens.access.expose()).await;
        assert_eq!(code(refused), ErrorCode::Internal);
    })
    .await;
}
