//! The sample portraits, drawn by us: what they are called in the page's language.

use contract::Language;
use contract::assets::SampleView;

use crate::engine::Engine;

/// How much of the window a stage's picture takes (HTML, `sizes`). A little less than it is on phones, where a picture of the
/// smaller size is sharp enough, and is there a second sooner on a slow line.
pub(crate) const SHARE_OF_WINDOW: &str = "(max-width: 800px) 88vw, 60vw";

/// The samples that the engine came with.
pub(crate) fn gallery(engine: Engine, language: Language) -> Vec<SampleView> {
    let mut samples = engine.with_files(|files| files.samples.clone());
    for sample in &mut samples {
        sample.title = sample_title(&sample.name, &sample.title, language);
    }
    samples
}

/// What a sample is called; its own title where there is no other.
fn sample_title(name: &str, title: &str, language: Language) -> String {
    let french = match name {
        "laughter" => "Éclat de rire",
        "amber" => "Ambre",
        "umber" => "Terre d’ombre",
        "porcelain" => "Porcelaine",
        "saffron" => "Safran",
        "cedar" => "Cèdre",
        "silver" => "Argent",
        "copper" => "Cuivre",
        _ => title,
    };
    match language {
        Language::English => title.into(),
        Language::French => french.into(),
    }
}
