//! Where settings come from. The command line wins over the environment, that over the file, that over the defaults.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use config::{ConfigError, File, FileFormat, Source, Value, ValueKind};

use super::keys::{edits, nearest};
use super::{Config, Fault, Key, LogFormat, keys};

/// The file that is read where none is named, if it is there.
const USUAL_FILE: &str = "mog.toml";

/// Environment variables from before there were sections, and the one that every host sets.
const SHORT_VARIABLES: &[(&str, &str)] = &[
    ("MOG_ADDR", "server.addr"),
    ("MOG_PUBLIC_URL", "server.public_url"),
    ("MOG_CORES", "server.cores"),
    ("MOG_DEVICE", "server.device"),
    ("MOG_DATA", "folders.data"),
    ("MOG_DIST", "folders.dist"),
    ("MOG_ASSETS", "folders.assets"),
    ("MOG_PUBLIC", "folders.public"),
    ("MOG_MODELS", "folders.models"),
    ("MOG_LOG_FORMAT", "logs.format"),
    ("DATABASE_URL", "database.url"),
];

/// The variable that names the file itself.
const FILE_VARIABLE: &str = "MOG_CONFIG";

/// Settings on the command line. Each of the others has its key in `mog.toml` and a variable `MOG_SECTION__KEY`.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ConfigArgs {
    /// The file of settings [default: mog.toml, where there is one]
    #[arg(long, global = true, env = FILE_VARIABLE, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen on [env: MOG_ADDR] [default: 127.0.0.1:3000]
    #[arg(long, global = true)]
    addr: Option<String>,
    /// The address that visitors know [env: MOG_PUBLIC_URL] [default: http://127.0.0.1:3000]
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Folder of the database and of stored pictures [env: MOG_DATA] [default: data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<String>,
    /// The database; a file in the data folder if not given [env: DATABASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// What Trunk built [env: MOG_DIST] [default: dist]
    #[arg(long, global = true, value_name = "FOLDER")]
    dist: Option<String>,
    /// Samples and fonts, and the models to hand to browsers [env: MOG_ASSETS] [default: assets]
    #[arg(long, global = true, value_name = "FOLDER")]
    assets: Option<String>,
    /// Icons and other files served as they are [env: MOG_PUBLIC] [default: public]
    #[arg(long, global = true, value_name = "FOLDER")]
    public: Option<String>,
    /// Folder of the converted models [env: MOG_MODELS] [default: assets/models]
    #[arg(long, global = true, value_name = "FOLDER")]
    models: Option<String>,
    /// How many swaps run at once; as many as there are cores if not given [env: MOG_CORES]
    #[arg(long, global = true)]
    cores: Option<String>,
    /// Where networks run: auto, flex, vulkan or cuda:N [env: MOG_DEVICE] [default: flex]
    #[arg(long, global = true)]
    device: Option<String>,
    /// How the log on standard error is written [env: MOG_LOG_FORMAT] [default: text]
    #[arg(long, global = true, value_enum)]
    log_format: Option<LogFormat>,
}

impl ConfigArgs {
    /// The settings in force.
    ///
    /// # Errors
    /// A sentence that names the setting at fault, where it was set, and what it may be.
    pub(crate) fn load(&self) -> anyhow::Result<Config> {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        load(self, Path::new(USUAL_FILE), variables)
    }

    fn settings(&self) -> Vec<Setting> {
        let log_format = self.log_format.map(|format| format!("{format:?}").to_lowercase());
        let flags = [
            ("--addr", "server.addr", &self.addr),
            ("--public-url", "server.public_url", &self.public_url),
            ("--data", "folders.data", &self.data),
            ("--database-url", "database.url", &self.database_url),
            ("--dist", "folders.dist", &self.dist),
            ("--assets", "folders.assets", &self.assets),
            ("--public", "folders.public", &self.public),
            ("--models", "folders.models", &self.models),
            ("--cores", "server.cores", &self.cores),
            ("--device", "server.device", &self.device),
            ("--log-format", "logs.format", &log_format),
        ];
        let given = flags.into_iter().filter_map(|(flag, key, value)| Some((flag, key, value.clone()?)));
        given
            .map(|(flag, key, value)| Setting { key: key.into(), value: value.into(), from: flag.into() })
            .collect()
    }
}

/// A value that somebody gave, and where.
struct Setting {
    key: String,
    value: Value,
    from: String,
}

/// The settings of these sources. `usual_file` is read if it is there and no other is named.
pub(super) fn load(
    args: &ConfigArgs,
    usual_file: &Path,
    variables: impl Iterator<Item = (String, String)>,
) -> anyhow::Result<Config> {
    let mut settings = match &args.config {
        Some(file) => in_file(file)?,
        None if usual_file.exists() => in_file(usual_file)?,
        None => Vec::new(),
    };
    settings.extend(in_environment(variables)?);
    settings.extend(args.settings());

    let mut origins = BTreeMap::new();
    let mut builder = config::Config::builder();
    for Setting { key, value, from } in settings {
        refuse_unknown(&key, &from)?;
        builder = builder.set_override(&key, value)?;
        origins.insert(key, from);
    }
    let mut config: Config =
        builder.build()?.try_deserialize().map_err(|error| unusable(&error, &origins))?;
    config.resolve_secrets().and_then(|()| config.check()).map_err(|fault| sentence(&fault, &origins))?;
    Ok(config)
}

fn in_file(path: &Path) -> anyhow::Result<Vec<Setting>> {
    let shown = path.display().to_string();
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the settings in {shown}"))?;
    let table = File::from_str(&text, FileFormat::Toml).collect().map_err(|error| {
        // The library shows the line at fault. It can hold a password: only its number is told.
        let place = error.to_string().lines().next().unwrap_or_default().to_owned();
        anyhow!("{shown} is not a TOML file: {place}")
    })?;
    let mut settings = Vec::new();
    flatten(String::new(), Value::from(table), &shown, &mut settings);
    Ok(settings)
}

fn flatten(key: String, value: Value, from: &str, settings: &mut Vec<Setting>) {
    match value.kind {
        ValueKind::Table(table) => {
            for (name, value) in table {
                let name = if key.is_empty() { name } else { format!("{key}.{name}") };
                flatten(name, value, from, settings);
            }
        }
        _ => settings.push(Setting { key, value, from: from.into() }),
    }
}

fn in_environment(variables: impl Iterator<Item = (String, String)>) -> anyhow::Result<Vec<Setting>> {
    let (mut short, mut long) = (Vec::new(), Vec::new());
    // An empty variable is how a container leaves one out.
    for (name, value) in variables.filter(|(_, value)| !value.is_empty()) {
        if let Some((_, key)) = SHORT_VARIABLES.iter().find(|(known, _)| *known == name) {
            short.push(Setting { key: (*key).into(), value: value.into(), from: name });
        } else if let Some(path) = name.strip_prefix("MOG_").filter(|path| path.contains("__")) {
            let key = path.replacen("__", ".", 1).to_lowercase();
            long.push(Setting { key, value: value.into(), from: name });
        } else if let Some(meant) = misspelt(&name) {
            bail!("{name} sets nothing: did you mean {meant}?");
        }
    }
    short.append(&mut long);
    Ok(short)
}

/// The short variable that this name nearly is. Others that begin with `MOG_` are somebody else's: a cluster names its
/// services that way.
fn misspelt(name: &str) -> Option<&'static str> {
    let known = || SHORT_VARIABLES.iter().map(|(known, _)| *known).chain([FILE_VARIABLE]);
    let ours = name.starts_with("MOG_") && known().all(|known| known != name);
    let near = known().filter(|known| edits(name, known) <= 2);
    if ours { nearest(name, near) } else { None }
}

fn refuse_unknown(key: &str, from: &str) -> anyhow::Result<()> {
    if keys().any(|known| known.name == key) {
        return Ok(());
    }
    let variable = from.starts_with("MOG_");
    let (written, meant) = match nearest(key, keys().map(|known| known.name)) {
        Some(name) if variable => (from.to_owned(), Key::new(name, "").variable()),
        Some(name) => (format!("{key} (in {from})"), name.to_owned()),
        None => bail!("{key} is not a setting"),
    };
    bail!("{written} is not a setting: did you mean {meant}?")
}

/// What the types refused.
fn unusable(error: &ConfigError, origins: &BTreeMap<String, String>) -> anyhow::Error {
    let (key, why) = match error {
        ConfigError::Type { key, unexpected, expected, .. } => {
            (key.as_deref(), format!("is {unexpected} where {expected} belongs"))
        }
        ConfigError::At { key, error, .. } => (key.as_deref(), format!("cannot be used: {error}")),
        other => (None, other.to_string()),
    };
    let path = key.unwrap_or_default().split('[').next().unwrap_or_default();
    match keys().find(|known| known.name == path) {
        Some(known) => sentence(&Fault::new(known.name, why), origins),
        None => anyhow!("the settings cannot be used: {error}"),
    }
}

fn sentence(fault: &Fault, origins: &BTreeMap<String, String>) -> anyhow::Error {
    let key = fault.key;
    let file_variant = format!("{key}_file");
    let from = origins.get(key).or_else(|| origins.get(&file_variant));
    let from = from.map(|from| format!(" (from {from})")).unwrap_or_default();
    let may_be = keys().find(|known| known.name == key).map_or("", |known| known.may_be);
    anyhow!("{key}{from} {}. It may be: {may_be}.", fault.why)
}
