//! The file table inside Emscripten's loader script: `loadPackage({"files": [...], "remote_package_size": n})`.

use serde::Deserialize;

use super::ConvertError;

/// What the script passes to `loadPackage`.
#[derive(Debug, Deserialize)]
pub(super) struct FileTable {
    files: Vec<Entry>,
    pub(super) remote_package_size: u64,
}

#[derive(Debug, Deserialize)]
struct Entry {
    filename: String,
    start: u64,
    end: u64,
}

/// Finds the call and reads its argument; JSON's own grammar says where the argument ends.
pub(super) fn file_table(loader_js: &str) -> Result<FileTable, ConvertError> {
    let call = "loadPackage({";
    let start = loader_js.rfind(call).ok_or_else(|| ConvertError::Loader("no loadPackage call".into()))?;
    let argument = &loader_js[start + call.len() - 1..];
    let mut values = serde_json::Deserializer::from_str(argument).into_iter::<FileTable>();
    match values.next() {
        Some(Ok(table)) => Ok(table),
        Some(Err(e)) => Err(ConvertError::Loader(e.to_string())),
        None => Err(ConvertError::Loader("loadPackage has no argument".into())),
    }
}

impl FileTable {
    /// Whether a file of that name lies in the data.
    pub(super) fn lists(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.files.iter().find(|entry| entry.filename.rsplit('/').next() == Some(name))
    }

    /// The bytes of the file of that name, wherever in the package's folders it lies.
    pub(super) fn slice<'a>(&self, name: &str, data: &'a [u8]) -> Result<&'a [u8], ConvertError> {
        let missing = || ConvertError::MissingFile(name.to_owned());
        let entry = self.find(name).ok_or_else(missing)?;
        let start = usize::try_from(entry.start).map_err(|_| missing())?;
        let end = usize::try_from(entry.end).map_err(|_| missing())?;
        data.get(start..end).ok_or_else(missing)
    }
}
