//! Rows of `accounts`.

use contract::fields::EmailAddress;
use contract::users::{Role, UserId};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::parsed;
use crate::auth::Account;
use crate::auth::model::Credentials;
use crate::database::ensure_one;

/// Accounts with all that this feature wants to know of them at once.
macro_rules! accounts_where {
    ($condition:literal) => {
        concat!(
            "SELECT a.id, a.email, a.email_verified_at_ms, a.password_hash, a.role, a.locked_at_ms,
                 a.created_at_ms, t.confirmed_at_ms AS totp_since_ms
             FROM accounts a LEFT JOIN totp t ON t.user_id = a.id WHERE ",
            $condition
        )
    };
}

/// An account that is about to be.
pub(in crate::auth) struct NewRow<'a> {
    pub(in crate::auth) id: UserId,
    pub(in crate::auth) email: &'a EmailAddress,
    pub(in crate::auth) email_verified_at_ms: Option<i64>,
    pub(in crate::auth) password_hash: Option<&'a str>,
    pub(in crate::auth) role: Role,
    pub(in crate::auth) supabase_subject: Option<&'a str>,
    pub(in crate::auth) created_at_ms: i64,
}

/// Adds an account; says whether the address was free.
pub(in crate::auth) async fn insert(
    db: impl Executor<'_, Database = Any>,
    row: &NewRow<'_>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO accounts (id, email, email_key, email_verified_at_ms, password_hash, role,
             supabase_subject, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (email_key) DO NOTHING",
    )
    .bind(row.id.to_string())
    .bind(row.email.as_str())
    .bind(row.email.key())
    .bind(row.email_verified_at_ms)
    .bind(row.password_hash)
    .bind(row.role.as_str())
    .bind(row.supabase_subject)
    .bind(row.created_at_ms)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::auth) async fn by_email(
    db: impl Executor<'_, Database = Any>,
    email: &EmailAddress,
) -> Result<Option<Credentials>, sqlx::Error> {
    let found = sqlx::query(accounts_where!("a.email_key = $1"));
    found.bind(email.key()).fetch_optional(db).await?.map(|row| credentials(&row)).transpose()
}

pub(in crate::auth) async fn by_id(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<Option<Credentials>, sqlx::Error> {
    let found = sqlx::query(accounts_where!("a.id = $1"));
    found.bind(user.to_string()).fetch_optional(db).await?.map(|row| credentials(&row)).transpose()
}

pub(in crate::auth) async fn by_supabase_subject(
    db: impl Executor<'_, Database = Any>,
    subject: &str,
) -> Result<Option<Account>, sqlx::Error> {
    let found = sqlx::query(accounts_where!("a.supabase_subject = $1"));
    let row = found.bind(subject).fetch_optional(db).await?;
    row.map(|row| credentials(&row).map(|known| known.account)).transpose()
}

/// All accounts after one, the oldest first.
pub(in crate::auth) async fn page(
    db: impl Executor<'_, Database = Any>,
    after: Option<UserId>,
    limit: u32,
) -> Result<Vec<Account>, sqlx::Error> {
    let rows = sqlx::query(accounts_where!("a.id > $1 ORDER BY a.id LIMIT $2"))
        .bind(after.map(|user| user.to_string()).unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?;
    rows.iter().map(|row| credentials(row).map(|known| known.account)).collect()
}

/// Keeps an account for this transaction: of two that count its things at once, the second waits here.
pub(in crate::auth) async fn hold(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<(), sqlx::Error> {
    let held = sqlx::query("UPDATE accounts SET role = role WHERE id = $1").bind(user.to_string());
    ensure_one(&held.execute(db).await?)
}

/// Sets a new password's hash.
pub(in crate::auth) async fn set_password(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    hash: Option<&str>,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2");
    ensure_one(&changed.bind(hash).bind(user.to_string()).execute(db).await?)
}

/// Lets a sign-in happen only if the hash that was checked is still the account's, and the account is open; puts the
/// same password's new hash in its place. Holds the row: a change of the password at the same moment waits, and then
/// ends this sign-in's session with the others.
pub(in crate::auth) async fn confirm_password(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    checked: &str,
    new: &str,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE accounts SET password_hash = $1 WHERE id = $2 AND password_hash = $3 AND locked_at_ms IS NULL",
    );
    let done = changed.bind(new).bind(user.to_string()).bind(checked).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that mails to the address arrive; says whether that is news.
pub(in crate::auth) async fn set_verified(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE accounts SET email_verified_at_ms = $1 WHERE id = $2 AND email_verified_at_ms IS NULL",
    );
    Ok(changed.bind(now_ms).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Sets a new address, known to be theirs. Fails as a unique violation if somebody else has it.
pub(in crate::auth) async fn set_email(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    email: &EmailAddress,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE accounts SET email = $1, email_key = $2, email_verified_at_ms = $3 WHERE id = $4",
    );
    let changed = changed.bind(email.as_str()).bind(email.key()).bind(now_ms).bind(user.to_string());
    ensure_one(&changed.execute(db).await?)
}

pub(in crate::auth) async fn set_supabase_subject(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    subject: &str,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query("UPDATE accounts SET supabase_subject = $1 WHERE id = $2");
    ensure_one(&changed.bind(subject).bind(user.to_string()).execute(db).await?)
}

/// Says whether there is such an account with another role until now.
pub(in crate::auth) async fn set_role(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    role: Role,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query("UPDATE accounts SET role = $1 WHERE id = $2 AND role <> $1");
    Ok(changed.bind(role.as_str()).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Says whether there is such an account and it was open.
pub(in crate::auth) async fn lock(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    now_ms: i64,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query("UPDATE accounts SET locked_at_ms = $1 WHERE id = $2 AND locked_at_ms IS NULL");
    Ok(changed.bind(now_ms).bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Says whether there is such an account and it was locked.
pub(in crate::auth) async fn unlock(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<bool, sqlx::Error> {
    let changed =
        sqlx::query("UPDATE accounts SET locked_at_ms = NULL WHERE id = $1 AND locked_at_ms IS NOT NULL");
    Ok(changed.bind(user.to_string()).execute(db).await?.rows_affected() == 1)
}

/// Removes an account, and with it every row of this feature that belongs to it.
pub(in crate::auth) async fn remove(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<(), sqlx::Error> {
    let removed = sqlx::query("DELETE FROM accounts WHERE id = $1").bind(user.to_string());
    ensure_one(&removed.execute(db).await?)
}

fn credentials(row: &AnyRow) -> Result<Credentials, sqlx::Error> {
    let is_set = |column| row.try_get::<Option<i64>, _>(column).map(|moment| moment.is_some());
    let email: String = row.try_get("email")?;
    let password_hash: Option<String> = row.try_get("password_hash")?;
    let account = Account {
        id: parsed(row, "id")?,
        email: EmailAddress::parse(&email).map_err(|code| sqlx::Error::Decode(Box::new(code)))?,
        email_verified: is_set("email_verified_at_ms")?,
        role: parsed(row, "role")?,
        locked: is_set("locked_at_ms")?,
        has_password: password_hash.is_some(),
        totp_enabled: is_set("totp_since_ms")?,
        created_at_ms: row.try_get("created_at_ms")?,
    };
    Ok(Credentials { account, password_hash })
}
