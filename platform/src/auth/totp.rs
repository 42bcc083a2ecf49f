//! The second factor: codes of authenticator apps (RFC 6238), and recovery codes for the day when the phone is lost.

use contract::ErrorCode;
use contract::auth::{RecoveryCodes, SecurityEventKind, TotpSetup};
use contract::fields::{EmailAddress, Secret};
use contract::users::UserId;
use qrcode::QrCode;
use qrcode::render::svg;
use sqlx::AnyConnection;
use totp_rs::{Algorithm, Builder, Totp};

use super::opaque::sha256;
use super::repository::{accounts, sessions, totp};
use super::{AuthError, AuthService, Principal, Visit};
use crate::mail::Notice;

/// How the account is called in the app.
const ISSUER: &str = "MOG AI";

/// Bytes of a secret: as many as SHA-1 gives (RFC 4226, 4).
const SECRET_BYTES: usize = 20;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// Bits of a recovery code: too many to guess, so that a quick hash keeps it safe (ASVS 5.0, 6.5.2).
const RECOVERY_BITS: u32 = 112;

/// Milliseconds of a second.
const SECOND_MS: i64 = 1000;

impl AuthService {
    /// Makes a secret for an authenticator app. It counts once a code of it has been shown.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`] for an API key, [`ErrorCode::TotpAlreadyOn`], and failures of the database.
    pub async fn totp_begin(&self, principal: &Principal) -> Result<TotpSetup, AuthError> {
        principal.require_person()?;
        let account = self.credentials(principal.user).await?.account;
        let secret = self.new_totp_secret();
        let totp = app(secret.clone(), Some(&account.email))?;
        let uri = totp.to_url().map_err(|_| AuthError::Crypto("an otpauth address was not written"))?;
        let sealed = self.sealer.seal(&principal.user.to_string(), &secret)?;
        if !totp::begin(self.database.writer(), principal.user, &sealed).await? {
            return Err(ErrorCode::TotpAlreadyOn.into());
        }
        Ok(TotpSetup {
            secret: Secret::new(totp.secret().to_base32()),
            qr_svg: Secret::new(picture(&uri)?),
            uri: Secret::new(uri),
        })
    }

    /// Turns the second factor on, for who shows a code of the app; answers with the recovery codes. Every other session
    /// ends: it was opened without the factor.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`], [`ErrorCode::TotpOff`] if it was not begun, [`ErrorCode::TotpAlreadyOn`],
    /// [`ErrorCode::CodeWrong`], and failures of the database.
    pub async fn totp_confirm(
        &self,
        principal: &Principal,
        code: &Secret,
        visit: &Visit,
    ) -> Result<RecoveryCodes, AuthError> {
        principal.require_person()?;
        let user = principal.user;
        let mut tx = self.database.begin().await?;
        match totp::find(&mut *tx, user).await? {
            None => return Err(ErrorCode::TotpOff.into()),
            Some(stored) if stored.confirmed => return Err(ErrorCode::TotpAlreadyOn.into()),
            Some(stored) => {
                if !self.check_totp(&mut tx, user, &stored.sealed_secret, code.expose()).await? {
                    return Err(ErrorCode::CodeWrong.into());
                }
            }
        }
        if !totp::confirm(&mut *tx, user, self.now_ms()).await? {
            return Err(ErrorCode::TotpAlreadyOn.into());
        }
        sessions::revoke_all_but(&mut *tx, user, principal.session(), self.now_ms()).await?;
        let codes = self.new_recovery_codes(&mut tx, user).await?;
        self.tell(&mut tx, user, SecurityEventKind::TotpEnabled, Notice::TotpEnabled, visit).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Turns the second factor off.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`], [`ErrorCode::PasswordWrong`], [`ErrorCode::TotpOff`], and failures of the database.
    pub async fn totp_disable(
        &self,
        principal: &Principal,
        password: &Secret,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        principal.require_person()?;
        let user = principal.user;
        self.confirm(user, password.expose()).await?;
        let mut tx = self.database.begin().await?;
        if !totp::remove(&mut tx, user).await? {
            return Err(ErrorCode::TotpOff.into());
        }
        self.tell(&mut tx, user, SecurityEventKind::TotpDisabled, Notice::TotpDisabled, visit).await?;
        Ok(tx.commit().await?)
    }

    /// New recovery codes in the place of the old ones.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`], [`ErrorCode::PasswordWrong`], [`ErrorCode::TotpOff`], and failures of the database.
    pub async fn renew_recovery_codes(
        &self,
        principal: &Principal,
        password: &Secret,
        visit: &Visit,
    ) -> Result<RecoveryCodes, AuthError> {
        principal.require_person()?;
        let account = self.confirm(principal.user, password.expose()).await?;
        if !account.totp_enabled {
            return Err(ErrorCode::TotpOff.into());
        }
        let mut tx = self.database.begin().await?;
        let codes = self.new_recovery_codes(&mut tx, account.id).await?;
        self.notify(&mut tx, &account, Notice::RecoveryCodesRenewed, visit).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Whether a code is one of the app's or a recovery code, which is used up then.
    pub(super) async fn check_code(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        code: &Secret,
        visit: &Visit,
    ) -> Result<bool, AuthError> {
        let Some(stored) = totp::find(&mut *tx, user).await?.filter(|stored| stored.confirmed) else {
            return Ok(false);
        };
        if self.check_totp(tx, user, &stored.sealed_secret, code.expose()).await? {
            return Ok(true);
        }
        if !totp::use_code(&mut *tx, user, &recovery_hash(code.expose())).await? {
            return Ok(false);
        }
        let left = totp::codes_left(&mut *tx, user).await?;
        let notice = Notice::RecoveryCodeUsed { left: u32::try_from(left).unwrap_or_default() };
        self.tell(tx, user, SecurityEventKind::RecoveryCodeUsed, notice, visit).await?;
        Ok(true)
    }

    /// Whether six digits are the app's, of this step or one beside it, and of a later step than any before.
    async fn check_totp(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        sealed: &[u8],
        code: &str,
    ) -> Result<bool, AuthError> {
        let secret = self.sealer.open(&user.to_string(), sealed)?;
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let now_s = u64::try_from(self.now_ms() / SECOND_MS).unwrap_or_default();
        let Some(step) = app(secret, None)?.check(&digits, now_s) else { return Ok(false) };
        Ok(totp::use_step(tx, user, i64::try_from(step).unwrap_or_default()).await?)
    }

    async fn new_recovery_codes(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
    ) -> Result<RecoveryCodes, AuthError> {
        totp::remove_codes(&mut *tx, user).await?;
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let code = written(self.random.bits_128());
            totp::insert_code(&mut *tx, user, &recovery_hash(&code)).await?;
            codes.push(Secret::new(code));
        }
        Ok(RecoveryCodes { codes })
    }

    /// Records an event and mails the owner of it.
    pub(super) async fn tell(
        &self,
        tx: &mut AnyConnection,
        user: UserId,
        kind: SecurityEventKind,
        notice: Notice,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        self.record(tx, user, kind, visit).await?;
        let Some(owner) = accounts::by_id(&mut *tx, user).await? else { return Ok(()) };
        self.notify(tx, &owner.account, notice, visit).await
    }

    fn new_totp_secret(&self) -> Vec<u8> {
        super::opaque::random_bytes(self.random.as_ref())[..SECRET_BYTES].to_vec()
    }
}

/// The codes that every app knows: SHA-1, six digits, thirty seconds, one step to each side.
fn app(secret: Vec<u8>, email: Option<&EmailAddress>) -> Result<Totp, AuthError> {
    // A colon would end the name in the address of the app.
    let name = email.map(|email| email.as_str().replace(':', "_")).unwrap_or_default();
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(secret)
        .with_account_name(name)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|_| AuthError::Crypto("an authenticator's secret was refused"))
}

fn picture(uri: &str) -> Result<String, AuthError> {
    let code = QrCode::new(uri).map_err(|_| AuthError::Crypto("an address did not fit a QR code"))?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    // The picture goes into a page, where an XML declaration has no place.
    Ok(svg.split_once("?>").map_or(svg.clone(), |(_, svg)| svg.trim_start().to_owned()))
}

/// A recovery code as people copy it: seven groups of four hexadecimal digits.
fn written(random: u128) -> String {
    let bits = random >> (u128::BITS - RECOVERY_BITS);
    let group = |from: u32| format!("{:04x}", (bits >> from) & 0xffff);
    (0..RECOVERY_BITS).step_by(16).rev().map(group).collect::<Vec<_>>().join("-")
}

/// The hash of a recovery code however it was typed.
fn recovery_hash(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    sha256(digits.to_ascii_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_the_same_however_it_was_typed() {
        let code = written(u128::MAX / 3);
        assert_eq!(code, "5555-5555-5555-5555-5555-5555-5555");
        assert_eq!(recovery_hash(&code), recovery_hash(" 55555555 5555 55555555 5555 5555 "));
        assert_eq!(written(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef), "0123-4567-89ab-cdef-0123-4567-89ab");
        assert_eq!(recovery_hash("ABCDE"), recovery_hash("ab-cde"));
        assert_ne!(recovery_hash("ABCDE"), recovery_hash("ABCDF"));
    }

    #[test]
    fn the_picture_of_an_address_can_stand_in_a_page() {
        let svg = picture("otpauth://totp/MOG%20AI:ada@example.org?secret=JBSWY3DPEHPK3PXP").unwrap();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{}", &svg[..80]);
        assert!(!svg.contains("style=") && !svg.contains("<script"));
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // RFC 6238, appendix B, SHA-1, the last six of the eight digits.
        let totp = app(b"12345678901234567890".to_vec(), None).unwrap();
        assert_eq!(totp.generate(59).to_string(), "287082");
        assert_eq!(totp.generate(1_111_111_109).to_string(), "081804");
    }
}
