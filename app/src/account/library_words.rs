//! The sentences of the library.

use crate::words::sentences;

sentences! {
    /// What a person keeps here.
    LibraryWords {
        library: "Library" | "Bibliothèque";
        lead: "What you send here stays a day, and what is made for you thirty, unless you keep it. Nobody else sees it without a link of yours." | "Ce que vous envoyez ici reste un jour, et ce qui est fait pour vous trente, sauf si vous le gardez. Personne d’autre ne le voit sans un lien de votre part.";
        to_faces: "Whose faces are in it" | "À qui sont les visages";
        all: "All" | "Tout";
        results: "Results" | "Résultats";
        uploads: "Uploads" | "Envois";
        older: "Show older" | "Voir plus ancien";
        add: "Add a file" | "Ajouter un fichier";
        formats: "JPEG, PNG, GIF, WebP or PDF. Place and camera are taken out." | "JPEG, PNG, GIF, WebP ou PDF. Le lieu et l’appareil en sont retirés.";
        send: "Send" | "Envoyer";
        of: "of" | "sur";
        in_use: "in use." | "utilisés.";
        unchecked: "Contents are not checked on this server." | "Les contenus ne sont pas vérifiés sur ce serveur.";
        nothing: "Nothing here yet." | "Rien ici pour l’instant.";
        nothing_advice: "Add a picture, or save a result from the studio." | "Ajoutez une image, ou enregistrez un résultat du studio.";
        kept: "Kept" | "Gardé";
        goes: "Until" | "Jusqu’au";
        keep: "Keep" | "Garder";
        download: "Download" | "Télécharger";
        share: "Make a link for a week" | "Faire un lien pour une semaine";
        delete: "Delete" | "Supprimer";
        open: "Open" | "Ouvrir";
        taken_down: "Taken down after a report" | "Retiré après un signalement";
        added: "It is in your library." | "C’est dans votre bibliothèque.";
        is_kept: "It stays until you delete it." | "Cela reste jusqu’à ce que vous le supprimiez.";
        is_not_kept: "It goes when its time is over." | "Cela partira une fois son temps écoulé.";
        deleted: "It is deleted. For a day you can have it back." | "C’est supprimé. Pendant un jour, vous pouvez le récupérer.";
        undo: "Undo" | "Annuler";
        restored: "It is back." | "C’est de retour.";
        link_made: "Whoever has this link sees the file until" | "Quiconque a ce lien voit le fichier jusqu’au";
        copy: "Copy" | "Copier";
        copied: "Copied" | "Copié";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::LibraryWords::ALL);
    }
}
