//! The studio's sentences, apart from its logic.

use contract::Language;
use contract::studio::Slot;

use crate::engine::EngineWords;
use crate::words::sentences;

sentences! {
    /// What the studio says.
    StudioWords {
        title: "Studio · MOG AI" | "Studio · MOG AI";
        description: "Put one face onto another picture, in your browser. Your photos stay on your device." | "Posez un visage sur une autre image, dans votre navigateur. Vos photos restent sur votre appareil.";
        line: "Choose a face, and where it goes." | "Choisissez un visage, et où il va.";
        send: "Graft on the server" | "Greffer sur le serveur";
        promise: "Your photos stay on this device." | "Vos photos restent sur cet appareil.";
        how: "How it works" | "Comment ça marche";
        on_server: "Without JavaScript the server does the work. It keeps the result for one hour and your photos not at all." | "Sans JavaScript, le serveur fait le travail. Il garde le résultat une heure, et vos photos pas du tout.";
        source: "Face to use" | "Visage à utiliser";
        target: "Picture to change" | "Image à changer";
        fit: "Fit" | "Ajustement";
        likeness: "Likeness" | "Ressemblance";
        likeness_hint: "How far the shape goes to the face you chose." | "Jusqu’où la forme va vers le visage choisi.";
        skin_tone: "Skin tone match" | "Accord du teint";
        skin_tone_hint: "How far the skin goes to the picture’s." | "Jusqu’où la peau va vers celle de l’image.";
        choose_faces: "Choose faces" | "Choisir les visages";
        looking: "Looking for faces" | "Recherche des visages";
        done: "Done" | "Terminé";
        failed: "That did not work." | "Cela n’a pas marché.";
        compare: "Compare" | "Comparer";
        compare_hint: "Hold to see the picture as it was" | "Maintenez pour voir l’image d’origine";
        hd: "HD" | "HD";
        make_hd: "Make it on the server, at full size" | "Le faire sur le serveur, en pleine taille";
        download: "Download" | "Télécharger";
        choose_format: "Choose a file format" | "Choisir un format de fichier";
        jpeg_note: "Small, for sharing" | "Léger, à partager";
        png_note: "Exact, larger" | "Exact, plus lourd";
        label: "Label" | "Étiquette";
        top_left: "Top left" | "En haut à gauche";
        top_right: "Top right" | "En haut à droite";
        bottom_left: "Bottom left" | "En bas à gauche";
        bottom_right: "Bottom right" | "En bas à droite";
        small: "Small" | "Petite";
        medium: "Medium" | "Moyenne";
        large: "Large" | "Grande";
        use_own: "Use your own photo" | "Utiliser votre photo";
        drop_picture: "Drop a picture here." | "Déposez une image ici.";
        press_picture: "Or press to choose one: its faces can be changed." | "Ou appuyez pour en choisir une : ses visages pourront changer.";
        before: "Before" | "Avant";
        grafted: "Grafted" | "Greffé";
        grafted_picture: "Grafted picture" | "Image greffée";
        faces_in_picture: "Faces in the picture" | "Visages de l’image";
        drop_face: "Drop a face here" | "Déposez un visage ici";
        drop_target: "Drop a picture here" | "Déposez une image ici";
        well_hint: "Or choose, or paste one. JPEG, PNG or WebP, up to 10 MB." | "Ou choisissez-en une, ou collez-la. JPEG, PNG ou WebP, 10 Mo au plus.";
        sample_note: "A sample: nobody real." | "Un exemple : personne de réel.";
        whose_face: "Whose face?" | "Le visage de qui ?";
        more_photos: "More photos of this face: what one hides, another shows" | "D’autres photos de ce visage : ce que l’une cache, l’autre le montre";
        add_photos: "Add photos of this face, up to four" | "Ajouter des photos de ce visage, quatre au plus";
        take_photo: "Take a photo" | "Prendre une photo";
        exchange: "Exchange the two photos" | "Échanger les deux photos";
        add_both: "Add a face and a picture to begin." | "Ajoutez un visage et une image pour commencer.";
        add_source: "Add the face to use." | "Ajoutez le visage à utiliser.";
        add_target: "Add the picture to change." | "Ajoutez l’image à changer.";
        choose_one: "Choose at least one face to change." | "Choisissez au moins un visage à changer.";
        ready: "Ready when you are." | "Prêt quand vous l’êtes.";
    }
}

/// What a place is called.
pub(crate) const fn slot_title(slot: Slot, language: Language) -> &'static str {
    let words = StudioWords::of(language);
    match slot {
        Slot::Source => words.source,
        Slot::Target => words.target,
    }
}

/// What a file picker is called.
pub(crate) fn choose_photo(slot: Slot, language: Language) -> String {
    let title = slot_title(slot, language);
    match language {
        Language::English => format!("{title}: choose a photo"),
        Language::French => format!("{title} : choisir une photo"),
    }
}

/// What a press on another photo of the same face does.
pub(super) fn remove_photo(number: usize, language: Language) -> String {
    match language {
        Language::English => format!("Remove photo {number} of this face"),
        Language::French => format!("Retirer la photo {number} de ce visage"),
    }
}

/// What is said of a sample in its place.
pub(crate) fn sample_named(title: &str, language: Language) -> String {
    match language {
        Language::English => format!("Sample “{title}”, nobody real."),
        Language::French => format!("Exemple « {title} », personne de réel."),
    }
}

/// What a row of samples is called.
pub(crate) fn samples_of(slot: Slot, language: Language) -> String {
    let title = slot_title(slot, language);
    match language {
        Language::English => format!("{title}: samples"),
        Language::French => format!("{title} : exemples"),
    }
}

/// How many faces a photo shows.
pub(crate) fn faces_found(count: usize, language: Language) -> String {
    match (count, language) {
        (0, Language::English) => "No face found".into(),
        (1, Language::English) => "1 face found".into(),
        (_, Language::English) => format!("{count} faces found"),
        (0, Language::French) => "Aucun visage trouvé".into(),
        (1, Language::French) => "1 visage trouvé".into(),
        (_, Language::French) => format!("{count} visages trouvés"),
    }
}

/// How many of the target's faces will change.
pub(crate) fn faces_chosen(chosen: usize, found: usize, language: Language) -> String {
    match language {
        Language::English => match (chosen, found) {
            (_, 0) => "No face here to change.".into(),
            (0, _) => "No face is chosen.".into(),
            (1, 1) => "One face, it will change.".into(),
            (2, 2) => "Two faces, both will change.".into(),
            (chosen, found) if chosen == found => format!("{found} faces, all will change."),
            (1, found) => format!("{found} faces, one will change."),
            (chosen, found) => format!("{found} faces, {chosen} will change."),
        },
        Language::French => match (chosen, found) {
            (_, 0) => "Aucun visage à changer ici.".into(),
            (0, _) => "Aucun visage n’est choisi.".into(),
            (1, 1) => "Un visage, il va changer.".into(),
            (2, 2) => "Deux visages, les deux vont changer.".into(),
            (chosen, found) if chosen == found => format!("{found} visages, tous vont changer."),
            (1, found) => format!("{found} visages, un seul va changer."),
            (chosen, found) => format!("{found} visages, {chosen} vont changer."),
        },
    }
}

/// What to do next, while nothing is going on.
pub(crate) const fn idle(
    source: bool,
    target: bool,
    none_chosen: bool,
    engine_ready: bool,
    language: Language,
) -> &'static str {
    let words = StudioWords::of(language);
    match (source, target) {
        (false, false) => words.add_both,
        (false, true) => words.add_source,
        (true, false) => words.add_target,
        (true, true) if engine_ready && none_chosen => words.choose_one,
        (true, true) => words.ready,
    }
}

/// What the stage is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Waiting for the visitor.
    Idle,
    /// The engine is on its way.
    Loading,
    /// Looking for faces.
    Looking,
    /// Grafting.
    Grafting,
    /// The result stands.
    Done,
    /// It did not work.
    Failed,
}

impl Phase {
    /// The stage's `data-state`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Loading => "loading",
            Self::Looking | Self::Grafting => "working",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The status line, where there is no result to report.
    pub(crate) const fn sentence(self, language: Language) -> &'static str {
        let words = StudioWords::of(language);
        match self {
            Self::Idle => words.add_both,
            Self::Loading => EngineWords::of(language).loading,
            Self::Looking => words.looking,
            Self::Grafting => EngineWords::of(language).grafting,
            Self::Done => words.done,
            Self::Failed => words.failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_reads_as_a_sentence() {
        assert_eq!(faces_chosen(0, 0, Language::English), "No face here to change.");
        assert_eq!(faces_chosen(0, 2, Language::English), "No face is chosen.");
        assert_eq!(faces_chosen(2, 2, Language::English), "Two faces, both will change.");
        assert_eq!(faces_chosen(1, 3, Language::English), "3 faces, one will change.");
        assert_eq!(faces_chosen(5, 5, Language::English), "5 faces, all will change.");
    }

    #[test]
    fn sentences_are_whole() {
        crate::words::check(StudioWords::ALL);
    }

    #[test]
    fn french_counts_like_french() {
        assert_eq!(faces_chosen(1, 3, Language::French), "3 visages, un seul va changer.");
    }
}
