//! What the components' page says, and the texts that it tries them with.

use crate::words::sentences;

sentences! {
    /// The page of the components.
    DesignWords {
        title: "Design" | "Composants";
        line: "What the pages are made of." | "Ce dont les pages sont faites.";
        lead: "Each piece in each of its states. The menu changes theme and language." | "Chaque pièce dans chacun de ses états. Le menu change le thème et la langue.";
        buttons: "Buttons" | "Boutons";
        plain: "Plain" | "Simple";
        main: "Main action" | "Action principale";
        fault: "No way back" | "Sans retour";
        quiet: "Quiet" | "Discret";
        busy: "At work" | "Au travail";
        disabled: "Disabled" | "Indisponible";
        link: "A link" | "Un lien";
        fields: "Fields" | "Champs";
        name: "Name" | "Nom";
        hint: "How you want to be called." | "Comment vous voulez être appelé.";
        name_fault: "This name is too long. Use up to 80 characters." | "Ce nom est trop long. Utilisez 80 caractères au plus.";
        password: "Password" | "Mot de passe";
        code: "Code" | "Code";
        about: "About you" | "À propos de vous";
        long_text: "Donaudampfschifffahrtsgesellschaftskapitän and thirty more words that somebody once typed into a field that was meant for three" | "Donaudampfschifffahrtsgesellschaftskapitän et trente mots de plus que quelqu’un a tapés un jour dans un champ prévu pour trois";
        choices: "Choices" | "Choix";
        quality: "Quality" | "Qualité";
        draft: "Draft" | "Brouillon";
        fine: "Fine" | "Fine";
        grand: "As large as it gets" | "Aussi grand que possible";
        mail_me: "Send me a mail" | "M’envoyer un message";
        show_map: "Show outlines" | "Montrer les contours";
        sliders: "Slider and progress" | "Curseur et progression";
        likeness: "Likeness" | "Ressemblance";
        skin_tone: "Skin tone match" | "Accord du teint";
        loading: "Loading" | "Chargement";
        wandering: "Loading, nobody knows how much" | "Chargement, d’une taille inconnue";
        news: "News" | "Nouvelles";
        saved: "Saved." | "Enregistré.";
        sent: "Your mail is on its way." | "Votre message est en route.";
        put_aside: "Both are put aside. Load the page again to see them." | "Les deux sont écartées. Rechargez la page pour les revoir.";
        cards: "Cards and small pieces" | "Cartes et petites pièces";
        card_note: "A sentence under the title says what the card is for." | "Une phrase sous le titre dit à quoi sert la carte.";
        confirmed: "Confirmed" | "Confirmée";
        unconfirmed: "Not confirmed yet" | "Pas encore confirmée";
        waiting: "On its way" | "En chemin";
        nothing: "Nothing here yet." | "Rien ici pour l’instant.";
        nothing_advice: "What you make stays here until you remove it." | "Ce que vous faites reste ici jusqu’à ce que vous le retiriez.";
        make: "Make the first" | "Faire le premier";
        remove: "Remove" | "Retirer";
        remove_question: "It cannot be brought back." | "On ne peut pas le faire revenir.";
        remove_now: "Remove it" | "Le retirer";
        tabs: "Tabs" | "Onglets";
        overlays: "Dialog and drawer" | "Dialogue et tiroir";
        open_dialog: "Open the dialog" | "Ouvrir le dialogue";
        open_drawer: "Open the drawer" | "Ouvrir le tiroir";
        dialog_title: "One question" | "Une question";
        drawer_title: "Beside the page" | "À côté de la page";
        dialog_text: "The focus stays inside, Escape closes, and it goes back to where it was." | "Le focus reste à l’intérieur, Échap ferme, et il revient où il était.";
        table: "Table" | "Tableau";
        devices: "Where you are signed in" | "Où vous êtes connecté";
        device: "Device" | "Appareil";
        place: "Network" | "Réseau";
        seen: "Last seen" | "Vu";
        today: "Today" | "Aujourd’hui";
        no_devices: "You are signed in nowhere." | "Vous n’êtes connecté nulle part.";
        before_after: "Before and after" | "Avant et après";
        portrait: "A drawn portrait" | "Un portrait dessiné";
        other_portrait: "The same portrait with another face" | "Le même portrait avec un autre visage";
        faces: "Faces in the picture" | "Visages de l’image";
        face: "Face to use" | "Visage à utiliser";
        drop: "Drop a face here" | "Déposez un visage ici";
        drop_hint: "JPEG, PNG or WebP, up to 10 MB." | "JPEG, PNG ou WebP, 10 Mo au plus.";
        reading: "Looking for faces" | "Recherche des visages";
        camera: "Camera" | "Caméra";
        photo_taken: "The last photo" | "La dernière photo";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::DesignWords::ALL);
    }
}
