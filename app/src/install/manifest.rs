//! The web app manifest: what a system needs to know to install the app.

use contract::Language;
use serde_json::{Value, json};

use super::words::ManifestWords;
use crate::STUDIO;

/// The colour behind the app before its first page is there: the dark theme's ink, as in `style/tokens.css`.
const INK: &str = "#0a1012";

/// The manifest in a language, as JSON. `share` is the address that takes photos from other programs.
pub fn web_manifest(language: Language, share: &str) -> String {
    let words = ManifestWords::of(language);
    json!({
        "id": "/",
        "name": "MOG AI",
        "short_name": "MOG AI",
        "description": words.description,
        "lang": language.tag(),
        "dir": "ltr",
        "start_url": STUDIO,
        "scope": "/",
        "display": "standalone",
        "display_override": ["standalone", "minimal-ui"],
        "orientation": "any",
        "background_color": INK,
        "theme_color": INK,
        "categories": ["photo", "entertainment"],
        "icons": icons(),
        "screenshots": screenshots(words),
        "shortcuts": shortcuts(words),
        "share_target": share_target(share),
        "file_handlers": [{ "action": STUDIO, "accept": photos() }],
        "launch_handler": { "client_mode": ["focus-existing", "auto"] },
        "prefer_related_applications": false,
    })
    .to_string()
}

/// The kinds of photos that the engine reads, with the endings of their files.
fn photos() -> Value {
    json!({ "image/jpeg": [".jpg", ".jpeg"], "image/png": [".png"], "image/webp": [".webp"] })
}

fn icons() -> Value {
    let icon = |name: &str, side_px: u32, purpose: &str| {
        json!({
            "src": format!("/icons/{name}-{side_px}.png"),
            "sizes": format!("{side_px}x{side_px}"),
            "type": "image/png",
            "purpose": purpose,
        })
    };
    json!([
        { "src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" },
        icon("icon", 192, "any"),
        icon("icon", 512, "any"),
        icon("maskable", 192, "maskable"),
        icon("maskable", 512, "maskable"),
    ])
}

fn screenshots(words: &ManifestWords) -> Value {
    json!([
        { "src": "/icons/studio-wide.jpg", "sizes": "1280x800", "type": "image/jpeg", "form_factor": "wide", "label": words.studio_label },
        { "src": "/icons/studio-narrow.jpg", "sizes": "780x1688", "type": "image/jpeg", "form_factor": "narrow", "label": words.studio_label },
    ])
}

fn shortcuts(words: &ManifestWords) -> Value {
    let icon = json!([{ "src": "/icons/icon-192.png", "sizes": "192x192", "type": "image/png" }]);
    json!([
        { "name": words.studio, "url": STUDIO, "icons": icon },
        { "name": words.models, "url": "/models", "icons": icon },
        { "name": words.account, "url": "/account", "icons": icon },
    ])
}

fn share_target(address: &str) -> Value {
    let kinds: Vec<String> =
        photos().as_object().map(|kinds| kinds.keys().cloned().collect()).unwrap_or_default();
    json!({
        "action": address,
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": { "files": [{ "name": "photos", "accept": kinds }] },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_all_that_browsers_ask_for_before_they_offer_to_install() -> serde_json::Result<()> {
        for language in Language::ALL {
            let manifest: Value = serde_json::from_str(&web_manifest(language, "/share"))?;
            for text in ["id", "name", "short_name", "description", "start_url", "scope", "display", "lang"] {
                assert!(manifest[text].as_str().is_some_and(|text| !text.is_empty()), "{text}");
            }
            let icons = manifest["icons"].as_array().map(Vec::as_slice).unwrap_or_default();
            for (sizes, purpose) in
                [("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable")]
            {
                assert!(icons.iter().any(|icon| icon["sizes"] == sizes && icon["purpose"] == purpose));
            }
            assert_eq!(
                manifest["share_target"]["params"]["files"][0]["accept"].as_array().map(Vec::len),
                Some(3)
            );
        }
        Ok(())
    }
}
