//! The first page's sentences.

use contract::Language;

use crate::words::sentences;

sentences! {
    /// What the first page says.
    HomeWords {
        title: "MOG AI: put a face where it fits" | "MOG AI : posez un visage là où il va";
        description: "Put one face onto another picture, in your browser. Your photos stay on your device." | "Posez un visage sur une autre image, dans votre navigateur. Vos photos restent sur votre appareil.";
        line: "Put a face where it fits." | "Posez un visage là où il va.";
        lead: "Choose a face. It goes onto the picture here, in your browser, and no photo leaves this device." | "Choisissez un visage. Il passe sur l’image ici, dans votre navigateur, et aucune photo ne quitte cet appareil.";
        lead_form: "Everybody here is drawn: nobody is real. The right half of the picture wears another face." | "Tout le monde ici est dessiné : personne n’est réel. La moitié droite de l’image porte un autre visage.";
        whose: "Whose face?" | "Le visage de qui ?";
        begin: "Use your own photos" | "Utiliser vos photos";
        before: "Before" | "Avant";
        after: "Grafted" | "Greffé";
        picture: "A drawn portrait" | "Un portrait dessiné";
        grafted: "The same portrait with the chosen face" | "Le même portrait avec le visage choisi";
        asleep: "Nobody here is real. Drag the seam." | "Personne n’est réel ici. Tirez la couture.";
        beforehand: "What you see was made beforehand. Choose a face to try again." | "Ce que vous voyez a été fait d’avance. Choisissez un visage pour réessayer.";
    }
}

/// What is said when the engine has failed: what happened, and what is shown instead.
pub(super) fn failed(what: &str, language: Language) -> String {
    format!("{what} {}", HomeWords::of(language).beforehand)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::HomeWords::ALL);
    }
}
