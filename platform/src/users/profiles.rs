//! Profiles, as accounts and exports need them.

use async_trait::async_trait;
use contract::Language;
use contract::fields::PersonName;
use contract::users::{Settings, UserId};
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::repository::{self, Profile};
use crate::auth::{Manner, People};
use crate::database::Database;
use crate::personal_data::{Part, PersonalData, delete_of};

/// Profiles in the database.
#[derive(Clone, Debug)]
pub struct Profiles {
    database: Database,
}

impl Profiles {
    /// Those of this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

#[async_trait]
impl People for Profiles {
    async fn add(
        &self,
        connection: &mut AnyConnection,
        user: UserId,
        name: &PersonName,
        language: Option<Language>,
    ) -> Result<(), sqlx::Error> {
        let settings = Settings { language, ..Settings::default() };
        let profile = Profile { name: name.as_str().into(), bio: String::new(), settings };
        repository::insert(connection, user, &profile).await
    }

    async fn manner(&self, connection: &mut AnyConnection, user: UserId) -> Result<Manner, sqlx::Error> {
        let profile = repository::find(connection, user).await?.unwrap_or_default();
        Ok(Manner { name: profile.name, language: profile.settings.language.unwrap_or_default() })
    }
}

#[async_trait]
impl PersonalData for Profiles {
    fn part(&self) -> Part {
        Part::Profile
    }

    async fn export(&self, user: UserId) -> Result<Value, sqlx::Error> {
        let profile = repository::find(self.database.reader(), user).await?;
        Ok(profile.map_or(
            Value::Null,
            |known| json!({ "name": known.name, "bio": known.bio, "settings": known.settings }),
        ))
    }

    async fn erase(&self, connection: &mut AnyConnection, user: UserId) -> Result<u64, sqlx::Error> {
        delete_of(connection, user, "DELETE FROM profiles WHERE user_id = $1").await
    }
}
