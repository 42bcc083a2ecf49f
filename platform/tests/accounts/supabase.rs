//! Sign-in through a Supabase project.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use contract::ErrorCode;
use contract::fields::Secret;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use platform::auth::{AuthService, SupabaseConfig, SupabaseKey, Via};
use serde_json::{Value, json};

use super::house::{ADA, House, PASSWORD, SECOND_MS, code, on_each, visit};

const ISSUER: &str = "https://project.supabase.co/auth/v1";
const SHARED: &[u8] = b"a shared secret of the project, long enough";

/// What stands before the PKCS #1 key in the PKCS #8 document of a 2048-bit RSA key.
const PKCS8_RSA_HEADER_BYTES: usize = 26;

fn project(key: SupabaseKey, emails_confirmed: bool) -> SupabaseConfig {
    SupabaseConfig { issuer: ISSUER.into(), audience: "authenticated".into(), key, emails_confirmed }
}

fn by_secret(house: &House) -> AuthService {
    house.with_supabase(project(SupabaseKey::Secret(SHARED.into()), true))
}

fn claims(house: &House) -> Value {
    json!({
        "iss": ISSUER, "aud": "authenticated", "sub": "8d1f-subject", "email": ADA, "role": "authenticated",
        "exp": house.now_ms() / 1000 + 3600, "aal": "aal1", "is_anonymous": false,
        "user_metadata": { "email_verified": true },
    })
}

fn shared(claims: &Value) -> String {
    encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(SHARED)).unwrap()
}

#[tokio::test]
async fn an_account_is_made_on_first_sight_and_found_again() {
    on_each(async |house| {
        let auth = by_secret(&house);
        let token = shared(&claims(&house));
        let first = auth.authenticate(&token).await.unwrap();
        assert_eq!((first.via.clone(), first.email_verified), (Via::Supabase, true));
        assert_eq!(auth.authenticate(&token).await.unwrap(), first);
        assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
        // The address may change at Supabase: the person is the same.
        let mut moved = claims(&house);
        moved["email"] = "elsewhere@example.org".into();
        assert_eq!(auth.authenticate(&shared(&moved)).await.unwrap().user, first.user);
        assert!(house.users.me(&first).await.is_ok());
        auth.lock(first.user).await.unwrap();
        assert_eq!(code(auth.authenticate(&token).await), ErrorCode::AccountLocked);
    })
    .await;
}

#[tokio::test]
async fn a_verified_account_is_tied_and_keeps_its_password() {
    on_each(async |house| {
        let user = house.account(ADA).await;
        let here = house.sign_in(ADA).await;
        assert_eq!(by_secret(&house).authenticate(&shared(&claims(&house))).await.unwrap().user, user);
        assert!(house.auth.authenticate(here.access.expose()).await.is_ok());
        assert!(house.try_sign_in(ADA, PASSWORD, None).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_account_that_was_never_verified_is_taken_from_whoever_made_it() {
    on_each(async |house| {
        house.sign_up(ADA).await;
        let strangers = house.sign_in(ADA).await;
        by_secret(&house).authenticate(&shared(&claims(&house))).await.unwrap();
        assert_eq!(code(house.auth.authenticate(strangers.access.expose()).await), ErrorCode::SignInRequired);
        assert_eq!(code(house.try_sign_in(ADA, PASSWORD, None).await), ErrorCode::CredentialsWrong);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_nobody_confirmed_opens_no_account() {
    on_each(async |house| {
        house.account(ADA).await;
        let auth = house.with_supabase(project(SupabaseKey::Secret(SHARED.into()), false));
        let mut token = claims(&house);
        // What its owner can write themselves proves nothing.
        assert_eq!(code(auth.authenticate(&shared(&token)).await), ErrorCode::EmailUnverified);
        token["email_verified"] = true.into();
        assert!(auth.authenticate(&shared(&token)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn it_is_no_way_around_the_second_factor() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        house.second_factor(&ada).await;
        let auth = by_secret(&house);
        let mut token = claims(&house);
        assert_eq!(code(auth.authenticate(&shared(&token)).await), ErrorCode::CodeRequired);
        token["aal"] = "aal2".into();
        assert!(auth.authenticate(&shared(&token)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn tokens_of_others_are_refused() {
    on_each(async |house| {
        let auth = by_secret(&house);
        let changed = |claim: &str, value: Value| {
            let mut claims = claims(&house);
            claims[claim] = value;
            shared(&claims)
        };
        let now = house.now_ms() / 1000;
        let refused = [
            changed("iss", "https://other.supabase.co/auth/v1".into()),
            changed("aud", "anon".into()),
            changed("exp", now.into()),
            changed("sub", "".into()),
            changed("is_anonymous", true.into()),
            encode(&Header::new(Algorithm::HS256), &claims(&house), &EncodingKey::from_secret(b"other"))
                .unwrap(),
            encode(&Header::new(Algorithm::HS512), &claims(&house), &EncodingKey::from_secret(SHARED))
                .unwrap(),
        ];
        for token in &refused {
            assert_eq!(code(auth.authenticate(token).await), ErrorCode::SignInRequired);
        }
        let good = shared(&claims(&house));
        assert!(auth.authenticate(&good).await.is_ok());
        house.pass(3600 * SECOND_MS);
        assert_eq!(code(auth.authenticate(&good).await), ErrorCode::SignInRequired);
        // Where no project is configured, none is trusted.
        assert_eq!(code(house.auth.authenticate(&shared(&claims(&house))).await), ErrorCode::SignInRequired);
    })
    .await;
}

fn published(key: &EncodingKey, algorithm: Algorithm, kid: &str) -> Jwk {
    let mut jwk = Jwk::from_encoding_key(key, algorithm).unwrap();
    jwk.common.key_id = Some(kid.into());
    jwk
}

fn by_key(claims: &Value, key: &EncodingKey, algorithm: Algorithm, kid: &str) -> String {
    let mut header = Header::new(algorithm);
    header.kid = Some(kid.into());
    encode(&header, claims, key).unwrap()
}

#[tokio::test]
async fn public_keys_are_used_with_their_own_algorithm_only() {
    let curve = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let curve = EncodingKey::from_ec_der(curve.to_pkcs8v1().unwrap().as_ref());
    let rsa = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
    let rsa = EncodingKey::from_rsa_der(&rsa.as_der().unwrap().as_ref()[PKCS8_RSA_HEADER_BYTES..]);
    let keys = JwkSet {
        keys: vec![published(&curve, Algorithm::ES256, "curve"), published(&rsa, Algorithm::RS256, "rsa")],
    };
    on_each(async |house| {
        let auth = house.with_supabase(project(SupabaseKey::Public(keys.clone()), true));
        let claims = claims(&house);
        for (key, algorithm, kid) in [(&curve, Algorithm::ES256, "curve"), (&rsa, Algorithm::RS256, "rsa")] {
            let token = by_key(&claims, key, algorithm, kid);
            assert!(auth.authenticate(&token).await.is_ok(), "{kid}");
        }
        let shared_secret = EncodingKey::from_secret(SHARED);
        for (key, algorithm, kid) in [
            (&curve, Algorithm::ES256, "rsa"),
            (&curve, Algorithm::ES256, "unknown"),
            (&rsa, Algorithm::RS512, "rsa"),
            (&shared_secret, Algorithm::HS256, "curve"),
        ] {
            let token = by_key(&claims, key, algorithm, kid);
            assert_eq!(code(auth.authenticate(&token).await), ErrorCode::SignInRequired, "{kid}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_came_this_way_can_set_a_password() {
    on_each(async |house| {
        let auth = by_secret(&house);
        let ada = auth.authenticate(&shared(&claims(&house))).await.unwrap();
        assert!(!auth.account(ada.user).await.unwrap().has_password);
        let none = auth.delete_account(&ada, &Secret::new(PASSWORD), &visit()).await;
        assert_eq!(code(none), ErrorCode::PasswordWrong);
        auth.forgot_password(ADA, &visit()).await.unwrap();
        let token = house.token_of("reset_password", ADA).await;
        let reset = contract::auth::ResetPassword { token, password: Secret::new(PASSWORD) };
        auth.reset_password(reset, &visit()).await.unwrap();
        auth.delete_account(&ada, &Secret::new(PASSWORD), &visit()).await.unwrap();
    })
    .await;
}
