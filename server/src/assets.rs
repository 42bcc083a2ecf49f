//! The files that browsers fetch: where they lie, what they are called, and which version of each it is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use app::route_name;
use contract::assets::{
    AssetFile, EngineFiles, FirstLook, NotaryFiles, PageFiles, SampleView, StudioFiles, StyleSheet,
};
use engine::ModelFiles;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::cli::samples;

/// Where the files lie.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    /// What Trunk built, served under `/pkg`.
    pub(crate) dist: PathBuf,
    /// Models, samples and fonts, served under `/assets`.
    pub(crate) assets: PathBuf,
    /// Icons, served at the root.
    pub(crate) public: PathBuf,
}

/// The folders and the names that pages use.
#[derive(Clone, Debug)]
pub(crate) struct Assets {
    pub(crate) folders: Folders,
    pub(crate) page: PageFiles,
    pub(crate) pieces: Pieces,
    pub(crate) studio: StudioFiles,
    /// What adds small comforts to forms.
    pub(crate) forms: AssetFile,
}

/// The pieces of the page's module that a browser fetches when a route is opened (docs/adr/0009).
#[derive(Clone, Debug, Default)]
pub(crate) struct Pieces {
    /// The address of their folder.
    pub(crate) folder: String,
    /// Which of them a lazy function needs, by the function's name.
    pub(crate) by_function: HashMap<String, Vec<String>>,
}

impl Pieces {
    /// The addresses of those that the page at `path` needs, so that a browser fetches them beside the main one instead of
    /// after it has started.
    pub(crate) fn of_page(&self, path: &str) -> Vec<String> {
        let route = |name: &str| {
            let prefix = format!("__{name}_route_view_");
            self.by_function.iter().find(|(function, _)| function.starts_with(&prefix))
        };
        let needed = route(route_name(path)).or_else(|| route("not_found"));
        let names = needed.map_or(&[][..], |(_, pieces)| pieces);
        names.iter().map(|name| format!("{}/{name}.wasm", self.folder)).collect()
    }
}

impl Assets {
    /// Reads what the build says of the page's files and looks at all others once.
    ///
    /// # Errors
    /// When something that the studio cannot do without is not there.
    pub(crate) fn load(folders: Folders) -> anyhow::Result<Self> {
        let index = folders.dist.join("index.html");
        let html = std::fs::read_to_string(&index).with_context(|| {
            format!("cannot read {}: run `cargo xtask serve`, which builds it", index.display())
        })?;
        let cut = CutPage::read(&folders.dist)?;
        let [install, shell, jobs, hd] =
            ["install.js", "shell.js", "jobs.js", "hd.js"].map(|name| script(&folders, name));
        let (install, shell, jobs, hd) = (install?.url, shell?.url, jobs?.url, hd?.url);
        let page = PageFiles { install, shell, jobs, hd, ..page_files(&html, &cut)? };
        let pieces = Pieces { folder: cut.folder, by_function: cut.pieces };
        let studio = studio_files(&folders)?;
        let forms = script(&folders, "forms.js")?;
        Ok(Self { folders, page, pieces, studio, forms })
    }

    /// The picture of a sample, if there is one of that name.
    pub(crate) fn sample_path(&self, name: &str) -> Option<PathBuf> {
        let known = self.studio.samples.iter().any(|sample| sample.name == name);
        known.then(|| self.folders.assets.join("samples").join(format!("{name}.webp")))
    }
}

/// What `cargo xtask` says of the page's module, which it cut into pieces.
#[derive(Deserialize)]
struct CutPage {
    folder: String,
    integrity: String,
    pieces: HashMap<String, Vec<String>>,
}

impl CutPage {
    fn read(dist: &Path) -> anyhow::Result<Self> {
        let path = dist.join("page.json");
        let json = std::fs::read_to_string(&path).with_context(|| {
            format!("cannot read {}: run `cargo xtask serve`, which builds it", path.display())
        })?;
        serde_json::from_str(&json).with_context(|| format!("{} is damaged", path.display()))
    }
}

/// The page's files that were built: the style as Trunk named it in `index.html`, the rest as cut.
fn page_files(html: &str, cut: &CutPage) -> anyhow::Result<PageFiles> {
    Ok(PageFiles {
        script: format!("{}/page.js", cut.folder),
        script_integrity: cut.integrity.clone(),
        wasm: format!("{}/page_bg.wasm", cut.folder),
        style: style_sheet(html, "main")?,
        documents_style: style_sheet(html, "documents")?,
        ..PageFiles::default()
    })
}

/// The style sheet that Trunk made of `style/{name}.css`.
fn style_sheet(html: &str, name: &str) -> anyhow::Result<StyleSheet> {
    let prefix = format!("/pkg/{name}-");
    let mut links = html.split('<').filter(|tag| attribute(tag, "rel") == Some("stylesheet"));
    let tag = links.find(|tag| attribute(tag, "href").is_some_and(|href| href.starts_with(&prefix)));
    let tag = tag.with_context(|| {
        format!("dist/index.html names no style sheet {name}: build it again with `cargo xtask serve`")
    })?;
    Ok(StyleSheet {
        url: attribute(tag, "href").unwrap_or_default().into(),
        integrity: attribute(tag, "integrity").unwrap_or_default().into(),
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let key = format!(" {name}=\"");
    let start = tag.find(&key)? + key.len();
    let length = tag[start..].find('"')?;
    Some(&tag[start..start + length])
}

fn studio_files(folders: &Folders) -> anyhow::Result<StudioFiles> {
    let model = |name: &str| asset(&folders.assets.join("models"), "/assets/models", name);
    let gallery =
        portrait::gallery().into_iter().map(|sample| sample_view(folders, sample.name, sample.title));
    Ok(StudioFiles {
        boot: script(folders, "engine-worker.js")?,
        engine: engine_files(&folders.dist, "worker")?,
        // Only the optimised build has it, and no studio depends on it.
        relaxed_engine: engine_files(&folders.dist, "worker-relaxed").ok(),
        notary: NotaryFiles {
            boot: script(folders, "notary-worker.js")?,
            reader: engine_files(&folders.dist, "notary")?,
        },
        models: ModelFiles::NAMES.into_iter().map(model).collect::<anyhow::Result<_>>()?,
        hand_models: ModelFiles::HANDS.into_iter().map(model).collect::<anyhow::Result<_>>()?,
        samples: gallery.collect::<anyhow::Result<_>>()?,
        first_look: FirstLook {
            source: samples::FIRST_LOOK.source.into(),
            target: samples::FIRST_LOOK.target.into(),
            picture: asset(&folders.assets.join("samples"), "/assets/samples", samples::FIRST_LOOK.file)?,
        },
    })
}

/// One of `frontend/scripts`, as `cargo xtask` put it into `dist`.
fn script(folders: &Folders, name: &str) -> anyhow::Result<AssetFile> {
    asset(&folders.dist.join("scripts"), "/pkg/scripts", name)
}

fn engine_files(dist: &Path, name: &str) -> anyhow::Result<EngineFiles> {
    Ok(EngineFiles {
        script: asset(dist, "/pkg", &format!("{name}.js"))?,
        wasm: asset(dist, "/pkg", &format!("{name}_bg.wasm"))?,
    })
}

fn sample_view(folders: &Folders, name: &str, title: &str) -> anyhow::Result<SampleView> {
    let file = |ending: &str| {
        asset(&folders.assets.join("samples"), "/assets/samples", &format!("{name}{ending}.webp"))
    };
    Ok(SampleView {
        name: name.into(),
        title: title.into(),
        picture: file("")?,
        look: file("-look")?,
        thumbnail: file("-thumbnail")?,
    })
}

/// A file whose address carries the beginning of its SHA-256, so that a browser may keep it for ever.
fn asset(folder: &Path, prefix: &str, name: &str) -> anyhow::Result<AssetFile> {
    let path = folder.join(name);
    let content = std::fs::read(&path).with_context(|| {
        format!("cannot read {}: run `cargo xtask serve`, which makes it", path.display())
    })?;
    Ok(AssetFile {
        name: name.into(),
        url: format!("{prefix}/{name}?v={}", version_of(&Sha256::digest(&content))),
        bytes: content.len() as u64,
    })
}

/// A file's version as its address has it: the first 16 digits of its SHA-256.
pub(crate) fn version_of(hash: &[u8]) -> String {
    base16ct::lower::encode_string(&hash[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<html><head>
        <link rel="preload" href="/pkg/page-1_bg.wasm" as="fetch" type="application/wasm">
        <link rel="stylesheet" href="/pkg/main-1.css" integrity="sha384-css"/>
        <link rel="stylesheet" href="/pkg/documents-2.css" integrity="sha384-more"/>
        </head></html>"#;

    fn cut() -> anyhow::Result<CutPage> {
        let dist = tempfile::tempdir()?;
        let json = r#"{"folder":"/pkg/page-1","integrity":"sha384-js","pieces":{"studio":["chunk_1"]}}"#;
        std::fs::write(dist.path().join("page.json"), json)?;
        CutPage::read(dist.path())
    }

    #[test]
    fn reads_the_names_that_the_build_wrote() -> anyhow::Result<()> {
        let files = page_files(INDEX, &cut()?)?;
        assert_eq!(
            (files.script.as_str(), files.script_integrity.as_str()),
            ("/pkg/page-1/page.js", "sha384-js")
        );
        let sheet = |url: &str, integrity: &str| StyleSheet { url: url.into(), integrity: integrity.into() };
        assert_eq!(files.style, sheet("/pkg/main-1.css", "sha384-css"));
        assert_eq!(files.documents_style, sheet("/pkg/documents-2.css", "sha384-more"));
        assert_eq!(files.wasm, "/pkg/page-1/page_bg.wasm");
        assert_eq!(cut()?.pieces["studio"], ["chunk_1"]);
        Ok(())
    }

    #[test]
    fn a_page_needs_its_own_pieces_and_a_wrong_address_those_of_its_page() {
        let function = |name: &str, pieces: &[&str]| {
            (format!("__{name}_route_view_1"), pieces.iter().map(|piece| (*piece).to_owned()).collect())
        };
        let by_function = [
            function("home", &["a", "b"]),
            function("studio", &["c"]),
            function("result", &["d"]),
            function("not_found", &["e"]),
        ];
        let pieces = Pieces { folder: "/pkg/page-1".into(), by_function: by_function.into() };
        assert_eq!(pieces.of_page("/"), ["/pkg/page-1/a.wasm", "/pkg/page-1/b.wasm"]);
        assert_eq!(pieces.of_page("/studio"), ["/pkg/page-1/c.wasm"]);
        assert_eq!(pieces.of_page("/swaps/1"), ["/pkg/page-1/d.wasm"]);
        assert_eq!(pieces.of_page("/nonsense"), ["/pkg/page-1/e.wasm"]);
    }

    #[test]
    fn a_build_without_names_is_refused() -> anyhow::Result<()> {
        assert!(page_files("<html></html>", &cut()?).is_err());
        assert!(CutPage::read(tempfile::tempdir()?.path()).is_err());
        Ok(())
    }

    #[test]
    fn the_address_changes_with_the_content() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let address = |content: &str| {
            std::fs::write(folder.path().join("a.js"), content)?;
            asset(folder.path(), "/pkg", "a.js")
        };
        let (one, two) = (address("1")?, address("22")?);
        assert_ne!(one.url, two.url);
        assert_eq!(two.bytes, 2);
        assert_eq!(one, address("1")?);
        Ok(())
    }
}
