//! The settings in force as a file that could be read again, but for its secrets.

use std::fmt::{self, Write};

use serde_json::Value;

use super::Config;

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(Value::Object(sections)) = serde_json::to_value(self) else { return Err(fmt::Error) };
        for (at, (name, section)) in sections.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n" };
            writeln!(f, "{gap}[{name}]")?;
            for (key, value) in section.as_object().into_iter().flatten() {
                write_line(f, key, value)?;
            }
        }
        Ok(())
    }
}

/// JSON's texts, numbers and arrays are TOML's; what is not set has no value there.
fn write_line(f: &mut impl Write, key: &str, value: &Value) -> fmt::Result {
    match value {
        Value::Null => writeln!(f, "# {key} is not set"),
        value => writeln!(f, "{key} = {value}"),
    }
}
