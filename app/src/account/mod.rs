//! Signing up and in, and a person's own account.
//!
//! These pages are plain documents with native forms: rendered by the server, sent to nobody's cache, and complete
//! without JavaScript (docs/adr/0012). `frontend/scripts/forms.js` adds small comforts.

mod credits;
mod data;
mod document;
mod doors;
mod faces;
mod form;
mod history;
mod home;
mod keys;
mod lawful_words;
mod library;
mod library_words;
mod mails;
mod privacy;
mod report;
mod second_step;
mod security;
mod settings;
mod words;

pub use credits::CreditsPage;
pub use data::{DataPage, DeletePage};
pub use document::{Chrome, Document, FailurePage, content_security_policy, render};
pub use doors::{Arrival, CodePage, SignInPage, SignUpPage};
pub use faces::{FaceNews, FacesPage};
pub use form::Sent;
pub use home::{HomeNews, HomePage};
pub use keys::KeysPage;
pub use library::{LibraryNews, LibraryPage, Shot};
pub use mails::{AskVerifyPage, CheckMailPage, ForgotPage, MailKind, ResetPage, VerifiedPage};
pub use privacy::PrivacyPage;
pub use report::{ModerationPage, ReportPage};
pub use second_step::{RecoveryPage, TotpPage};
pub use security::{SecurityForm, SecurityNews, SecurityPage};
pub use settings::SettingsPage;
