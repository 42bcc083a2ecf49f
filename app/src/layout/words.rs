//! The frame's sentences.

use crate::words::sentences;

sentences! {
    /// What surrounds every page.
    FrameWords {
        skip: "Skip to the content" | "Aller au contenu";
        main: "Main" | "Principale";
        studio: "Studio" | "Studio";
        models: "Models" | "Modèles";
        account: "Account" | "Compte";
        sign_in: "Sign in" | "Connexion";
        sign_out: "Sign out" | "Se déconnecter";
        language: "Language" | "Langue";
        to_studio: "To the studio" | "Vers le studio";
        nothing_here: "Nothing here" | "Rien ici";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::FrameWords::ALL);
    }
}
