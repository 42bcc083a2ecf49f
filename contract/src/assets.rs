//! What the page needs to know about the files behind it: names, sizes, samples.

use serde::{Deserialize, Serialize};

/// A file that the browser fetches: its address changes with its content, so it may be cached for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetFile {
    /// The name it has in the build, such as `face_mesh.safetensors`.
    pub name: String,
    /// Path and version.
    pub url: String,
    /// Size without compression: what a progress bar counts to.
    pub bytes: u64,
}

/// A portrait of nobody, drawn by us, to try the studio with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleView {
    /// Short name in addresses and forms.
    pub name: String,
    /// The caption.
    pub title: String,
    /// The whole picture.
    pub picture: AssetFile,
    /// A smaller one, to be looked at on small screens: [`SampleView::LOOK_PX`] square.
    pub look: AssetFile,
    /// A small one for lists.
    pub thumbnail: AssetFile,
}

impl SampleView {
    /// Sides of the two sizes, in pixels.
    pub const PICTURE_PX: u32 = 768;
    /// What a phone shows of it.
    pub const LOOK_PX: u32 = 640;

    /// Both sizes for a browser to choose from (HTML, `srcset`).
    pub fn sizes(&self) -> String {
        format!("{} {}w, {} {}w", self.look.url, Self::LOOK_PX, self.picture.url, Self::PICTURE_PX)
    }
}

/// The page's own files, as Trunk named them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFiles {
    /// The JavaScript half of the client.
    pub script: String,
    /// Its `integrity`.
    pub script_integrity: String,
    /// The WebAssembly half of the client.
    pub wasm: String,
    /// What the app's pages look like.
    pub style: StyleSheet,
    /// What documents look like, and the page of the components.
    pub documents_style: StyleSheet,
    /// `frontend/scripts/install.js`, which every page has.
    pub install: String,
    /// What the frame of every page can do beyond HTML.
    pub shell: String,
    /// `frontend/scripts/jobs.js`, for those who have a tray of jobs.
    pub jobs: String,
    /// `frontend/scripts/hd.js`, which that script fetches when it is needed.
    pub hd: String,
}

/// A style sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StyleSheet {
    /// Its address.
    pub url: String,
    /// Its `integrity`.
    pub integrity: String,
}

/// Both halves of the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineFiles {
    /// JavaScript.
    pub script: AssetFile,
    /// WebAssembly.
    pub wasm: AssetFile,
}

/// What reads signed manifests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotaryFiles {
    /// The script that a Web Worker starts with.
    pub boot: AssetFile,
    /// The reader itself.
    pub reader: EngineFiles,
}

/// What the studio needs: the engine's worker, its models and the samples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioFiles {
    /// The script that a Web Worker starts with; it is told of the others in its address.
    pub boot: AssetFile,
    /// The engine, for every browser with SIMD.
    pub engine: EngineFiles,
    /// The same for browsers with relaxed SIMD, whose fused multiply-add makes it a good deal faster; none in a quick
    /// build. A browser without it cannot even load this one, so the boot script asks first.
    pub relaxed_engine: Option<EngineFiles>,
    /// The reader of signed manifests.
    pub notary: NotaryFiles,
    /// The records of the networks and the mesh.
    pub models: Vec<AssetFile>,
    /// The records of the networks that see hands: the detector's and the landmarks'. They come after the visitor's own photos.
    pub hand_models: Vec<AssetFile>,
    /// The gallery.
    pub samples: Vec<SampleView>,
    /// What the first page shows before the engine is there.
    pub first_look: FirstLook,
}

/// A graft of two samples that was made beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstLook {
    /// The sample whose face it is.
    pub source: String,
    /// The sample that wears it.
    pub target: String,
    /// The graft, as large as the target's smaller picture.
    pub picture: AssetFile,
}
