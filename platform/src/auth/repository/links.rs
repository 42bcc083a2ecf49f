//! Rows of `one_time_links`.

use contract::fields::EmailAddress;
use contract::users::UserId;
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::parsed;
use crate::database::ensure_one;

/// What a link is good for. One of another purpose is no better than none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::auth) enum Purpose {
    VerifyEmail,
    ChangeEmail,
    ResetPassword,
    /// The right password of an account that asks for a code as well.
    SignInCode,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ChangeEmail => "change_email",
            Self::ResetPassword => "reset_password",
            Self::SignInCode => "sign_in_code",
        }
    }
}

/// A link that is about to be sent.
pub(in crate::auth) struct NewLink<'a> {
    pub(in crate::auth) hash: &'a str,
    /// None is a decoy.
    pub(in crate::auth) user: Option<UserId>,
    pub(in crate::auth) purpose: Purpose,
    pub(in crate::auth) email: Option<&'a EmailAddress>,
    pub(in crate::auth) expires_at_ms: i64,
}

/// What a living link says.
pub(in crate::auth) struct Link {
    pub(in crate::auth) user: UserId,
    pub(in crate::auth) email: Option<EmailAddress>,
}

pub(in crate::auth) async fn insert(
    db: impl Executor<'_, Database = Any>,
    link: &NewLink<'_>,
) -> Result<(), sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO one_time_links (hash, user_id, purpose, email, wrong_codes, expires_at_ms)
         VALUES ($1, $2, $3, $4, 0, $5)",
    )
    .bind(link.hash)
    .bind(link.user.map(|user| user.to_string()))
    .bind(link.purpose.as_str())
    .bind(link.email.map(EmailAddress::as_str))
    .bind(link.expires_at_ms);
    ensure_one(&added.execute(db).await?)
}

/// Looks at a link without using it up.
pub(in crate::auth) async fn find(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
    purpose: Purpose,
    now_ms: i64,
) -> Result<Option<Link>, sqlx::Error> {
    let found = sqlx::query(
        "SELECT user_id, email FROM one_time_links
         WHERE hash = $1 AND purpose = $2 AND expires_at_ms > $3 AND user_id IS NOT NULL",
    );
    let row = found.bind(hash).bind(purpose.as_str()).bind(now_ms).fetch_optional(db).await?;
    row.map(|row| link(&row)).transpose()
}

/// Uses a link up.
pub(in crate::auth) async fn take(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
    purpose: Purpose,
    now_ms: i64,
) -> Result<Option<Link>, sqlx::Error> {
    let taken = sqlx::query(
        "DELETE FROM one_time_links
         WHERE hash = $1 AND purpose = $2 AND expires_at_ms > $3 AND user_id IS NOT NULL
         RETURNING user_id, email",
    );
    let row = taken.bind(hash).bind(purpose.as_str()).bind(now_ms).fetch_optional(db).await?;
    row.map(|row| link(&row)).transpose()
}

/// Counts a wrong code against a half-finished sign-in; says how many there were. Holds the row for this transaction.
pub(in crate::auth) async fn count_code(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
    now_ms: i64,
) -> Result<Option<(UserId, i64)>, sqlx::Error> {
    let counted = sqlx::query(
        "UPDATE one_time_links SET wrong_codes = wrong_codes + 1
         WHERE hash = $1 AND purpose = $2 AND expires_at_ms > $3 AND user_id IS NOT NULL
         RETURNING user_id, wrong_codes",
    );
    let counted = counted.bind(hash).bind(Purpose::SignInCode.as_str()).bind(now_ms);
    let row = counted.fetch_optional(db).await?;
    row.map(|row| Ok((parsed(&row, "user_id")?, row.try_get("wrong_codes")?))).transpose()
}

/// Removes a link whatever its purpose.
pub(in crate::auth) async fn remove(
    db: impl Executor<'_, Database = Any>,
    hash: &str,
) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM one_time_links WHERE hash = $1");
    ensure_one(&removed.bind(hash).execute(db).await?)
}

/// Removes every link of an account.
pub(in crate::auth) async fn remove_all(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM one_time_links WHERE user_id = $1");
    removed.bind(user.to_string()).execute(db).await.map(|_| ())
}

/// Removes what has expired; says how many.
pub(in crate::auth) async fn remove_expired(
    db: impl Executor<'_, Database = Any>,
    now_ms: i64,
) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM one_time_links WHERE expires_at_ms <= $1");
    Ok(removed.bind(now_ms).execute(db).await?.rows_affected())
}

fn link(row: &AnyRow) -> Result<Link, sqlx::Error> {
    let email: Option<String> = row.try_get("email")?;
    let email = email.map(|text| EmailAddress::parse(&text)).transpose();
    let email = email.map_err(|code| sqlx::Error::Decode(Box::new(code)))?;
    Ok(Link { user: parsed(row, "user_id")?, email })
}
