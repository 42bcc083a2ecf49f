//! Which files a device keeps to work without the server, and the name of that set as a whole.

use std::path::Path;

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::ModelFiles;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::assets::{Folders, version_of};
use crate::middleware::static_cache::has_hash;

/// What is no part of the client: what the server reads, and what lies beside files for other purposes.
const LEFT_OUT: [&str; 6] = ["html", "json", "br", "gz", "map", "ts"];

/// A file with its address and what it must be (Subresource Integrity).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct OfflineFile(pub(crate) String, pub(crate) String);

/// Everything that Trunk built, that the studio works with, and that pages name.
///
/// # Errors
/// When a folder or a file cannot be read.
pub(super) fn collect(folders: &Folders) -> anyhow::Result<Vec<OfflineFile>> {
    let mut files = Vec::new();
    walk(&folders.dist, "/pkg", &mut files)?;
    walk(&folders.assets, "/assets", &mut files)?;
    for (path, name) in entries(&folders.public)? {
        // Icons and pictures beside them are for the system that installs the app.
        if path.is_file() && (name.ends_with(".js") || name == "favicon.svg") {
            files.push(file(&path, &format!("/{name}"))?);
        }
    }
    files.sort();
    Ok(files)
}

/// A name for the whole: it changes when any file does, or what works with them.
pub(super) fn build_id(files: &[OfflineFile], others: &[&str]) -> String {
    let mut hash = Sha256::new();
    for OfflineFile(address, integrity) in files {
        hash.update(format!("{address} {integrity}\n"));
    }
    for other in others {
        hash.update(other);
        hash.update([0]);
    }
    version_of(&hash.finalize())
}

fn walk(folder: &Path, address: &str, files: &mut Vec<OfflineFile>) -> anyhow::Result<()> {
    // A hidden folder is where Trunk works; the refined mesh is the server's; hands cost more than all else together, and
    // are asked for by those who bring photos.
    let is_left = |name: &str| name == ModelFiles::REFINED || ModelFiles::HANDS.contains(&name);
    let is_kept = |name: &str| !name.starts_with('.') && !is_left(name);
    for (path, name) in entries(folder)?.into_iter().filter(|(_, name)| is_kept(name)) {
        let address = format!("{address}/{name}");
        if path.is_dir() {
            walk(&path, &address, files)?;
        } else if path.extension().is_some_and(|ending| !LEFT_OUT.iter().any(|left_out| ending == *left_out))
        {
            files.push(file(&path, &address)?);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> anyhow::Result<Vec<(std::path::PathBuf, String)>> {
    let read = || {
        std::fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned())))
            .collect::<std::io::Result<Vec<_>>>()
    };
    read().with_context(|| format!("cannot look into {}", folder.display()))
}

/// The address is the one that pages use: as the style sheet names its typefaces and the head its icon, else with the
/// content's version (docs/adr/0002).
fn file(path: &Path, address: &str) -> anyhow::Result<OfflineFile> {
    let content = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let hash = Sha256::digest(&content);
    let plain = address.split('/').any(has_hash)
        || address.starts_with("/assets/fonts/")
        || address == "/favicon.svg";
    let address = if plain { address.to_owned() } else { format!("{address}?v={}", version_of(&hash)) };
    Ok(OfflineFile(address, format!("sha256-{}", STANDARD.encode(hash))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(dist: &Path) -> Folders {
        Folders { dist: dist.into(), assets: "../assets".into(), public: "../public".into() }
    }

    #[test]
    fn everything_a_page_asks_for_is_among_them_under_the_address_that_it_uses() -> anyhow::Result<()> {
        let dist = tempfile::tempdir()?;
        let names = [
            "index.html",
            "page.json",
            "main-0123456789abcdef.css",
            "worker.js",
            "worker_bg.wasm",
            "worker.js.br",
            "built",
        ];
        for name in names {
            std::fs::write(dist.path().join(name), name)?;
        }
        for piece in [
            "scripts/engine-worker.js",
            "snippets/inline0.js",
            "page-0123456789abcdef/page.js",
            ".stage/page.js",
        ] {
            let path = dist.path().join(piece);
            std::fs::create_dir(path.parent().context("a folder")?)?;
            std::fs::write(path, "export {}")?;
        }
        let files = collect(&folders(dist.path()))?;
        let has = |address: &str| files.iter().any(|OfflineFile(known, _)| known == address);
        assert!(
            has("/pkg/main-0123456789abcdef.css")
                && has("/pkg/page-0123456789abcdef/page.js")
                && has("/assets/fonts/geist-latin-wght-normal.woff2")
        );
        assert!(has("/favicon.svg"));
        let starts =
            |start: &str| files.iter().filter(|OfflineFile(known, _)| known.starts_with(start)).count();
        assert_eq!(starts("/pkg/worker.js?v="), 1);
        assert_eq!(starts("/pkg/snippets/inline0.js?v="), 1);
        assert_eq!(starts("/assets/models/face_mesh.safetensors?v="), 1);
        assert_eq!(starts("/assets/models/face_mesh_refined"), 0, "no browser loads it");
        assert_eq!(starts("/assets/models/hand_"), 0, "only who brings photos loads them");
        assert_eq!(starts("/pkg/scripts/engine-worker.js?v="), 1);
        assert_eq!(starts("/pkg/"), 6, "no twin, no stamp, and nothing for the server: {files:?}");
        assert!(starts("/assets/samples/") >= 20);
        Ok(())
    }

    #[test]
    fn the_name_of_the_build_changes_with_any_file_and_with_nothing_else() {
        let file = |integrity: &str| OfflineFile("/a".into(), integrity.into());
        let one = build_id(&[file("x")], &["worker"]);
        assert_eq!(one, build_id(&[file("x")], &["worker"]));
        assert_ne!(one, build_id(&[file("y")], &["worker"]));
        assert_ne!(one, build_id(&[file("x")], &["another"]));
        assert_eq!(one.len(), 16);
    }
}
