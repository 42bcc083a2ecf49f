//! What a person may ask for: all that is kept about them, and that it be erased.

use contract::auth::SecurityEventKind;
use contract::fields::Secret;
use contract::users::{AccountView, UserId};
use serde_json::{Map, Value, json};

use super::repository::{accounts, api_keys, events};
use super::{AuthError, AuthService, Principal, Visit};
use crate::mail::{Mail, Notice, Recipient};
use crate::personal_data::Receipt;

impl AuthService {
    /// All that is kept about the account, of every feature, as one document (GDPR, articles 15 and 20).
    ///
    /// # Errors
    /// [`contract::ErrorCode::Forbidden`] for an API key, and failures of the database.
    pub async fn export(&self, principal: &Principal, visit: &Visit) -> Result<Value, AuthError> {
        principal.require_person()?;
        let mut document = Map::new();
        document.insert("exported_at_ms".into(), self.now_ms().into());
        document.insert("account".into(), self.export_account(principal).await?);
        for part in self.personal_data.iter() {
            document.insert(part.part().as_str().into(), part.export(principal.user).await?);
        }
        let mut tx = self.database.begin().await?;
        let kind = SecurityEventKind::DataExported;
        self.tell(&mut tx, principal.user, kind, Notice::DataExported, visit).await?;
        tx.commit().await?;
        Ok(Value::Object(document))
    }

    /// Erases the account and all that any feature keeps about it (GDPR, article 17). A mail is the receipt, and the last one.
    ///
    /// # Errors
    /// [`contract::ErrorCode::Forbidden`] for an API key, [`contract::ErrorCode::PasswordWrong`], and failures of the database.
    pub async fn delete_account(
        &self,
        principal: &Principal,
        password: &Secret,
        visit: &Visit,
    ) -> Result<(), AuthError> {
        principal.require_person()?;
        let account = self.confirm(principal.user, password.expose()).await?;
        let mut tx = self.database.begin().await?;
        // In the language of the profile, which goes too.
        let language = self.people.manner(&mut tx, account.id).await?.language;
        let mut erased = Receipt::new();
        for part in self.personal_data.iter() {
            erased.push((part.part(), part.erase(&mut tx, account.id).await?));
        }
        let recipient = Recipient { address: account.email.clone(), language };
        let receipt = Mail::Notice(Notice::AccountDeleted { erased }, self.occasion(visit));
        self.outbox.put(&mut tx, &recipient, &receipt).await?;
        accounts::remove(&mut *tx, account.id).await?;
        tx.commit().await?;
        tracing::info!(user.id = %account.id, "an account was deleted by its owner");
        Ok(())
    }

    /// This feature's part of an export. Hashes and sealed secrets are no use to anybody and stay.
    async fn export_account(&self, principal: &Principal) -> Result<Value, AuthError> {
        let account = self.credentials(principal.user).await?.account;
        let totp_enabled = account.totp_enabled;
        Ok(json!({
            "account": AccountView::from(account),
            "totp_enabled": totp_enabled,
            "sessions": self.sessions(principal).await?,
            "api_keys": api_keys::of(self.database.reader(), principal.user).await?,
            "security_events": self.whole_history(principal.user).await?,
        }))
    }

    async fn whole_history(&self, user: UserId) -> Result<Value, AuthError> {
        let all = events::page(self.database.reader(), user, None, u32::MAX).await?;
        serde_json::to_value(all).map_err(|_| AuthError::Crypto("the history could not be written"))
    }
}
