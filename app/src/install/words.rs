//! The sentences of installing and of working without the server.

use crate::words::sentences;

sentences! {
    /// The one button.
    InstallButtonWords {
        install: "Install the app" | "Installer l’application";
    }
}

sentences! {
    /// The notices in a page's corner.
    NoticeWords {
        close: "Close this notice" | "Fermer cet avis";
        offline: "You are offline. The studio works all the same." | "Vous êtes hors ligne. Le studio marche quand même.";
        unsent: "You are offline: this was not sent. What you entered is still here." | "Vous êtes hors ligne : rien n’a été envoyé. Votre saisie est toujours là.";
        kept_one: "Your change is kept on this device. It is sent as soon as you are back online." | "Votre changement est gardé sur cet appareil. Il part dès que vous êtes de nouveau en ligne.";
        kept_many: "{} changes are kept on this device. They are sent as soon as you are back online." | "{} changements sont gardés sur cet appareil. Ils partent dès que vous êtes de nouveau en ligne.";
        sent: "What you changed offline has been sent." | "Ce que vous avez changé hors ligne a été envoyé.";
        refused: "What you changed offline was refused. {}" | "Ce que vous avez changé hors ligne a été refusé. {}";
        expired: "What you changed offline could not be sent within a day. Please make the change again." | "Ce que vous avez changé hors ligne n’a pas pu partir en un jour. Veuillez refaire le changement.";
        add_to_home: "In your browser’s Share menu, choose “Add to Home Screen”." | "Dans le menu Partager de votre navigateur, choisissez « Sur l’écran d’accueil ».";
        stopped: "This page stopped working: a part of it did not arrive, or failed. Load it again." | "Cette page s’est arrêtée : une partie n’est pas arrivée, ou a échoué. Rechargez-la.";
        update: "A new version is ready." | "Une nouvelle version est prête.";
        reload: "Reload" | "Recharger";
    }
}

sentences! {
    /// The page in the place of others.
    OfflineWords {
        title: "Offline" | "Hors ligne";
        line: "No connection." | "Pas de connexion.";
        lead: "This page needs the server. The studio works without it: your photos never left this device anyway." | "Cette page a besoin du serveur. Le studio marche sans lui : vos photos n’ont de toute façon jamais quitté cet appareil.";
        studio: "To the studio" | "Vers le studio";
        again: "Try again" | "Réessayer";
    }
}

sentences! {
    /// What the system shows of the app.
    ManifestWords {
        description: "Put one face where another was, in your browser. Photos stay on your device." | "Posez un visage à la place d’un autre, dans votre navigateur. Les photos restent sur votre appareil.";
        studio: "Studio" | "Studio";
        models: "About the models" | "À propos des modèles";
        account: "Your account" | "Votre compte";
        studio_label: "The studio with two portraits of nobody" | "Le studio avec deux portraits de personne";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_whole() {
        let tables = [InstallButtonWords::ALL, NoticeWords::ALL, OfflineWords::ALL, ManifestWords::ALL];
        tables.into_iter().for_each(crate::words::check);
    }
}
