//! What components say by themselves.

use contract::Language;

use crate::words::sentences;

sentences! {
    /// The components' own sentences.
    UiWords {
        show: "Show" | "Voir";
        show_password: "Show password" | "Voir le mot de passe";
        dismiss: "Dismiss" | "Fermer";
        close: "Close" | "Fermer";
        before_and_after: "Before and after" | "Avant et après";
        camera_on: "Turn the camera on" | "Allumer la caméra";
        camera_off: "Turn it off" | "L’éteindre";
        camera_take: "Take the photo" | "Prendre la photo";
        camera_note: "Your picture stays on this device." | "Votre image reste sur cet appareil.";
        camera_asking: "Your browser is asking you for the camera." | "Votre navigateur vous demande la caméra.";
        camera_live: "Look into the camera, in even light." | "Regardez la caméra, dans une lumière égale.";
        camera_picture: "What the camera sees" | "Ce que voit la caméra";
        camera_refused: "The camera is not allowed here. Allow it beside the address, then try again." | "La caméra n’est pas autorisée ici. Autorisez-la à côté de l’adresse, puis réessayez.";
        camera_none: "No camera was found. Connect one, then try again." | "Aucune caméra trouvée. Branchez-en une, puis réessayez.";
        camera_busy: "Another program is using the camera. Close it, then try again." | "Un autre programme utilise la caméra. Fermez-le, puis réessayez.";
    }
}

/// How much of the picture lies on the grafted side of the seam.
pub(super) fn percent_grafted(percent: u32, language: Language) -> String {
    match language {
        Language::English => format!("{percent}% grafted"),
        Language::French => format!("{percent} % greffé"),
    }
}

/// One face of several, to be named by a button: `Face 2 of 3`.
pub(crate) fn face_of(face: usize, count: usize, language: Language) -> String {
    match language {
        Language::English => format!("Face {} of {count}", face + 1),
        Language::French => format!("Visage {} sur {count}", face + 1),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::UiWords::ALL);
    }
}
