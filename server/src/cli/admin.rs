//! `mog admin`: accounts, from the machine that the server runs on. The first administrator is made here.

use std::io::{BufRead, IsTerminal, Write};
use std::process::Command;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use contract::fields::{EmailAddress, NewPassword, Secret};
use contract::users::{Role, UserId};
use platform::auth::{AuthError, AuthService};

use super::database::{block_on, migrate, open};
use super::ground;
use crate::config::{Config, ConfigArgs};
use crate::services::Services;

/// Make, promote, lock and unlock accounts.
#[derive(Debug, Args)]
pub(super) struct Admin {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    settings: ConfigArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make an account whose address counts as confirmed. The password is the first line of standard input.
    CreateUser {
        /// Its e-mail address.
        email: String,
        /// What it may do: user, coach or admin.
        #[arg(long, default_value = "user")]
        role: Role,
    },
    /// Change what an account may do.
    SetRole {
        /// Its e-mail address.
        email: String,
        /// user, coach or admin.
        role: Role,
    },
    /// Lock an account: its sessions end, and nobody signs in to it.
    Lock {
        /// Its e-mail address.
        email: String,
    },
    /// Unlock an account.
    Unlock {
        /// Its e-mail address.
        email: String,
    },
}

impl Admin {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        let said = block_on(async { self.action.perform(&accounts(&config).await?).await })?;
        Ok(writeln!(std::io::stdout().lock(), "{said}")?)
    }
}

async fn accounts(config: &Config) -> anyhow::Result<AuthService> {
    let database = open(config).await?;
    migrate(&database).await?;
    Ok(Services::new(ground(config, &database)?)?.auth)
}

impl Action {
    /// Does it, and says that it is done.
    async fn perform(self, auth: &AuthService) -> anyhow::Result<String> {
        Ok(match self {
            Self::CreateUser { email, role } => {
                let address = EmailAddress::parse(&email)?;
                let password = NewPassword::parse(read_password()?)?;
                let user = auth.create_account(&address, &password, role).await.map_err(sentence)?;
                format!("{email} has an account now, as {}: {user}", role.as_str())
            }
            Self::SetRole { email, role } => {
                auth.set_role(find(auth, &email).await?, role).await.map_err(sentence)?;
                format!("{email} is {} from the next request on", role.as_str())
            }
            Self::Lock { email } => {
                auth.lock(find(auth, &email).await?).await.map_err(sentence)?;
                format!("{email} is locked, and its sessions have ended")
            }
            Self::Unlock { email } => {
                auth.unlock(find(auth, &email).await?).await.map_err(sentence)?;
                format!("{email} can sign in again")
            }
        })
    }
}

async fn find(auth: &AuthService, email: &str) -> anyhow::Result<UserId> {
    let account = auth.account_of(&EmailAddress::parse(email)?).await;
    match account {
        Ok(account) => Ok(account.id),
        Err(error) if error.code() == contract::ErrorCode::NotFound => {
            bail!("nobody has an account under {email}")
        }
        Err(error) => Err(sentence(error)),
    }
}

/// What went wrong, in a person's words where it is a person's fault.
fn sentence(error: AuthError) -> anyhow::Error {
    let code = error.code();
    match error {
        AuthError::Fields(faults) => {
            let said: Vec<String> =
                faults.iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect();
            anyhow!(said.join(" "))
        }
        _ if code.status() < 500 => code.into(),
        error => error.into(),
    }
}

/// The first line of standard input. Never an argument: those are there for everybody to read in the list of processes.
fn read_password() -> anyhow::Result<Secret> {
    let input = std::io::stdin();
    let _quiet = input.is_terminal().then(Quiet::ask).transpose()?;
    let mut line = String::new();
    input.lock().read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}

/// A terminal that does not show what is typed, for as long as this lives.
struct Quiet;

impl Quiet {
    fn ask() -> anyhow::Result<Self> {
        stty("-echo").context("cannot hide what you type: give the password through a pipe")?;
        write!(std::io::stderr(), "Password: ")?;
        Ok(Self)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = stty("echo");
        let _ = writeln!(std::io::stderr());
    }
}

fn stty(setting: &str) -> anyhow::Result<()> {
    let status = Command::new("stty").arg(setting).status()?;
    if status.success() { Ok(()) } else { bail!("stty refused {setting}") }
}
