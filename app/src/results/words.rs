//! The sentences of a stored result's page.

use contract::Language;

use crate::words::sentences;

sentences! {
    /// What the page of a stored result says.
    ResultWords {
        title: "Your picture" | "Votre image";
        looking: "Looking for the picture" | "Recherche de l’image";
        line: "Grafted." | "Greffé.";
        kept: "Kept until" | "Gardée jusqu’au";
        removed: ", then removed." | ", puis supprimée.";
        download: "Download" | "Télécharger";
        delete: "Delete it now" | "La supprimer maintenant";
        another: "Make another" | "En faire une autre";
    }
}

/// What the picture shows.
pub(super) fn caption(faces: i64, language: Language) -> String {
    match (faces, language) {
        (1, Language::English) => "Your picture, one face changed".into(),
        (_, Language::English) => format!("Your picture, {faces} faces changed"),
        (1, Language::French) => "Votre image, un visage changé".into(),
        (_, Language::French) => format!("Votre image, {faces} visages changés"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::ResultWords::ALL);
    }
}
