//! The frame's sentences.

use crate::words::sentences;

sentences! {
    /// What surrounds every page.
    FrameWords {
        skip: "Skip to the content" | "Aller au contenu";
        main: "Main" | "Principale";
    }
}

sentences! {
    /// Where a way ends.
    DeadEndWords {
        to_studio: "To the studio" | "Vers le studio";
        to_home: "To the first page" | "Vers la première page";
        nothing_here: "Nothing here" | "Rien ici";
    }
}

#[cfg(feature = "ssr")]
sentences! {
    /// The tray of jobs.
    TrayWords {
        jobs: "Jobs" | "Tâches";
        none: "Nothing under way." | "Rien en cours.";
        hd_swap: "Swap in HD" | "Échange en HD";
        other: "Job" | "Tâche";
        queued: "Waiting for its turn" | "Attend son tour";
        running: "Under way" | "En cours";
        succeeded: "Done" | "Fait";
        failed: "Not possible" | "Impossible";
        dead: "Given up" | "Abandonné";
        cancelled: "Cancelled" | "Annulé";
        waiting_retry: "Will be tried again" | "Sera réessayé";
        cancel: "Cancel" | "Annuler";
        retry: "Try again" | "Réessayer";
        open: "Open" | "Ouvrir";
        left: "{} s left" | "encore {} s";
    }
}

#[cfg(feature = "ssr")]
sentences! {
    /// What is asked before photos leave the device.
    HdWords {
        title: "Make it in HD" | "Le faire en HD";
        note: "The server makes it at full size and keeps it for you. For that, all photos of this swap are sent to it: they are removed after a day, the result after 30 days, unless you keep them." | "Le serveur le fait en pleine taille et le garde pour vous. Pour cela, toutes les photos de cette greffe lui sont envoyées : elles sont supprimées après un jour, le résultat après 30 jours, sauf si vous les gardez.";
        whose: "Whose face do you use?" | "Le visage de qui utilisez-vous ?";
        myself: "My own" | "Le mien";
        permission: "Somebody’s who allowed it" | "Celui de quelqu’un qui l’a permis";
        synthetic: "Nobody’s: it is drawn" | "Celui de personne : il est dessiné";
        of_age: "I am 18 or older." | "J’ai 18 ans ou plus.";
        unsent: "That did not reach the server. Look at your connection and try again." | "Cela n’a pas atteint le serveur. Vérifiez votre connexion et réessayez.";
        send: "Send and make it" | "Envoyer et le faire";
    }
}

#[cfg(feature = "ssr")]
sentences! {
    /// The places in the navigation.
    PlaceWords {
        home: "Home" | "Accueil";
        studio: "Studio" | "Studio";
        live: "Live" | "En direct";
        verify: "Verify" | "Vérifier";
        models: "Models" | "Modèles";
        library: "Library" | "Bibliothèque";
        account: "Account" | "Compte";
    }
}

#[cfg(feature = "ssr")]
sentences! {
    /// The frame's tools: the command palette and the account's menu.
    ToolWords {
        search: "Search or run a command" | "Chercher ou lancer une commande";
        palette: "Commands" | "Commandes";
        nothing_found: "Nothing of that name. Try “studio” or “dark”." | "Rien de ce nom. Essayez « studio » ou « sombre ».";
        close: "Close" | "Fermer";
        your_menu: "Your menu" | "Votre menu";
        sign_in: "Sign in" | "Connexion";
        sign_up: "Create an account" | "Créer un compte";
        sign_out: "Sign out" | "Se déconnecter";
        settings: "Settings" | "Réglages";
        security: "Security" | "Sécurité";
        moderation: "Moderation" | "Modération";
        faces: "Faces" | "Visages";
        privacy: "Privacy" | "Vie privée";
        report: "Report something" | "Signaler quelque chose";
        credits: "Credits to spend" | "Crédits disponibles";
        keys: "API keys" | "Clés d’API";
        data: "Your data" | "Vos données";
        language: "Language" | "Langue";
        theme: "Appearance" | "Apparence";
        as_device: "Device" | "Appareil";
        dark: "Dark" | "Sombre";
        light: "Light" | "Clair";
        use_device: "Appearance: as the device says" | "Apparence : comme l’appareil";
        use_dark: "Appearance: dark" | "Apparence : sombre";
        use_light: "Appearance: light" | "Apparence : claire";
        also_home: "start" | "début";
        also_studio: "graft swap photo face" | "greffe échange photo visage";
        also_live: "camera webcam video record snapshot" | "caméra webcam vidéo enregistrer instantané";
        also_verify: "provenance watermark manifest c2pa" | "provenance filigrane manifeste c2pa";
        also_models: "networks privacy licence" | "réseaux vie privée licence";
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::FrameWords::ALL);
        crate::words::check(super::DeadEndWords::ALL);
        #[cfg(feature = "ssr")]
        crate::words::check(super::PlaceWords::ALL);
        #[cfg(feature = "ssr")]
        crate::words::check(super::ToolWords::ALL);
        #[cfg(feature = "ssr")]
        crate::words::check(super::TrayWords::ALL);
        #[cfg(feature = "ssr")]
        crate::words::check(super::HdWords::ALL);
    }
}
