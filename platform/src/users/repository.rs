//! Rows of `profiles`.

use contract::users::{Settings, UserId};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use crate::database::ensure_one;

/// What a person says of themselves and chose.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) bio: String,
    pub(super) settings: Settings,
}

pub(super) async fn insert(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    profile: &Profile,
) -> Result<(), sqlx::Error> {
    let added =
        sqlx::query("INSERT INTO profiles (user_id, name, bio, language, theme) VALUES ($1, $2, $3, $4, $5)")
            .bind(user.to_string())
            .bind(&profile.name)
            .bind(&profile.bio)
            .bind(profile.settings.language.map(|language| language.tag()))
            .bind(profile.settings.theme.as_str());
    ensure_one(&added.execute(db).await?)
}

pub(super) async fn find(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
) -> Result<Option<Profile>, sqlx::Error> {
    let found = sqlx::query("SELECT name, bio, language, theme FROM profiles WHERE user_id = $1");
    found.bind(user.to_string()).fetch_optional(db).await?.map(|row| profile(&row)).transpose()
}

/// Changes what is given and leaves the rest.
pub(super) async fn update(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    name: Option<&str>,
    bio: Option<&str>,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE profiles SET name = COALESCE($1, name), bio = COALESCE($2, bio) WHERE user_id = $3",
    );
    ensure_one(&changed.bind(name).bind(bio).bind(user.to_string()).execute(db).await?)
}

pub(super) async fn set_settings(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    settings: Settings,
) -> Result<(), sqlx::Error> {
    let changed = sqlx::query("UPDATE profiles SET language = $1, theme = $2 WHERE user_id = $3")
        .bind(settings.language.map(|language| language.tag()))
        .bind(settings.theme.as_str())
        .bind(user.to_string());
    ensure_one(&changed.execute(db).await?)
}

fn profile(row: &AnyRow) -> Result<Profile, sqlx::Error> {
    let (language, theme): (Option<String>, String) = (row.try_get("language")?, row.try_get("theme")?);
    let settings = Settings {
        language: language.map(|tag| tag.parse()).transpose().map_err(decode)?,
        theme: theme.parse().map_err(decode)?,
    };
    Ok(Profile { name: row.try_get("name")?, bio: row.try_get("bio")?, settings })
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
