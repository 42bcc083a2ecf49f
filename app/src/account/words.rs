//! The sentences of the account pages.

use contract::Language;
use contract::auth::{Scope, SecurityEventKind};
use contract::credits::TransferKind;

use crate::words::sentences;

sentences! {
    /// What every form says.
    FormWords {
        email: "E-mail" | "E-mail";
        password: "Password" | "Mot de passe";
        new_password: "New password" | "Nouveau mot de passe";
        current_password: "Current password" | "Mot de passe actuel";
        name: "Name" | "Nom";
        bio: "About you" | "À propos de vous";
        password_hint: "At least 10 characters. A few unrelated words are easy to remember." | "Au moins 10 caractères. Quelques mots sans rapport se retiennent bien.";
        name_hint: "How you want to be called. You may leave it empty." | "Comment vous voulez être appelé. Vous pouvez le laisser vide.";
        save: "Save" | "Enregistrer";
        cancel: "Cancel" | "Annuler";
        copy: "Copy" | "Copier";
        copied: "Copied" | "Copié";
        print: "Print" | "Imprimer";
    }
}

sentences! {
    /// The doors: sign up, sign in, and the mails between.
    DoorWords {
        sign_up: "Sign up" | "Inscription";
        sign_up_line: "Make it yours." | "Faites-en le vôtre.";
        sign_up_lead: "An account keeps your profile and your keys. The studio works without one." | "Un compte garde votre profil et vos clés. Le studio fonctionne aussi sans.";
        create_account: "Create account" | "Créer le compte";
        have_account: "You have an account?" | "Vous avez un compte ?";
        sign_in: "Sign in" | "Se connecter";
        sign_in_title: "Sign in" | "Connexion";
        sign_in_line: "Welcome back." | "Heureux de vous revoir.";
        sign_in_lead: "Your photos are where you left them: with you." | "Vos photos sont là où vous les avez laissées : chez vous.";
        no_account: "No account yet?" | "Pas encore de compte ?";
        forgot_link: "Forgot your password?" | "Mot de passe oublié ?";
        code_title: "Second step" | "Deuxième étape";
        code_line: "One more step." | "Encore une étape.";
        code_lead: "Enter the six digits that your authenticator app shows, or one of your recovery codes." | "Entrez les six chiffres de votre application d’authentification, ou l’un de vos codes de secours.";
        code_label: "Code or recovery code" | "Code ou code de secours";
        start_again: "Start again" | "Recommencer";
        check_title: "Check your mail" | "Consultez vos messages";
        check_line: "Look in your mail." | "Regardez vos messages.";
        check_sign_up: "We sent you a mail with a link. Open it within a day to confirm your address." | "Nous vous avons envoyé un message avec un lien. Ouvrez-le dans la journée pour confirmer votre adresse.";
        check_reset: "If this address has an account, a mail with a link is on its way. The link works for half an hour." | "Si cette adresse a un compte, un message avec un lien est en route. Le lien fonctionne une demi-heure.";
        check_email: "We sent a link to the new address. It counts once you have opened it." | "Nous avons envoyé un lien à la nouvelle adresse. Elle comptera une fois le lien ouvert.";
        check_nothing: "Nothing there? Look among the unwanted mail, or ask again in a few minutes." | "Rien ? Regardez parmi les indésirables, ou redemandez dans quelques minutes.";
        verify_title: "Confirm your address" | "Confirmer votre adresse";
        verify_line: "One press, and it counts." | "Un clic, et c’est fait.";
        verify_lead: "Confirm that this e-mail address is yours." | "Confirmez que cette adresse e-mail est la vôtre.";
        verify_button: "Confirm address" | "Confirmer l’adresse";
        verified_title: "Address confirmed" | "Adresse confirmée";
        verified_line: "That is you." | "C’est bien vous.";
        verified_lead: "Your e-mail address is confirmed." | "Votre adresse e-mail est confirmée.";
        to_account: "To your account" | "Vers votre compte";
        forgot_title: "Forgotten password" | "Mot de passe oublié";
        forgot_line: "It happens." | "Cela arrive.";
        forgot_lead: "Enter your address. We send a link to choose a new password." | "Entrez votre adresse. Nous envoyons un lien pour choisir un nouveau mot de passe.";
        send_link: "Send the link" | "Envoyer le lien";
        reset_title: "New password" | "Nouveau mot de passe";
        reset_line: "Choose a new password." | "Choisissez un nouveau mot de passe.";
        reset_lead: "Every session of your account will be signed out." | "Toutes les sessions de votre compte seront déconnectées.";
        reset_button: "Change password" | "Changer le mot de passe";
        reset_done: "Your password is changed. Sign in with the new one." | "Votre mot de passe est changé. Connectez-vous avec le nouveau.";
        deleted: "Your account and everything in it is deleted." | "Votre compte et tout son contenu sont supprimés.";
        signed_out: "You are signed out." | "Vous êtes déconnecté.";
        ask_sign_in: "Sign in to see this page." | "Connectez-vous pour voir cette page.";
    }
}

sentences! {
    /// The account: profile, settings, keys, data.
    PageWords {
        your_account: "Your account" | "Votre compte";
        profile: "Profile" | "Profil";
        settings: "Settings" | "Réglages";
        security: "Security" | "Sécurité";
        keys: "API keys" | "Clés d’API";
        credits: "Credits" | "Crédits";
        data: "Your data" | "Vos données";
        saved: "Saved." | "Enregistré.";
        about_account: "Your profile, sign-ins, keys and data at MOG AI." | "Votre profil, vos connexions, vos clés et vos données chez MOG AI.";
        profile_note: "What others see of you." | "Ce que les autres voient de vous.";
        bio_hint: "Up to 500 characters." | "Jusqu’à 500 caractères.";
        account_card: "Account" | "Compte";
        address: "E-mail" | "E-mail";
        confirmed: "Confirmed" | "Confirmée";
        unconfirmed: "Not confirmed yet" | "Pas encore confirmée";
        unconfirmed_note: "Open the link in the mail that we sent. Nothing there?" | "Ouvrez le lien du message envoyé. Rien reçu ?";
        send_again: "Send it again" | "Renvoyer";
        sent_again: "A new mail is on its way." | "Un nouveau message est en route.";
        since: "Member since" | "Membre depuis";
        second_step: "Second step" | "Deuxième étape";
        on: "On" | "Active";
        off: "Off" | "Inactive";
        sign_out: "Sign out" | "Se déconnecter";
        role: "Role" | "Rôle";
        settings_note: "They go with you to every device." | "Ils vous suivent sur chaque appareil.";
        language: "Language of pages and mails" | "Langue des pages et des messages";
        as_browser: "As my browser says" | "Comme mon navigateur";
        theme: "Appearance" | "Apparence";
        theme_system: "As my device says" | "Comme mon appareil";
        theme_dark: "Dark" | "Sombre";
        theme_light: "Light" | "Claire";
        keys_note: "For programs that work for you. A key does only what you tick." | "Pour les programmes qui travaillent pour vous. Une clé ne fait que ce que vous cochez.";
        no_keys: "You have no key." | "Vous n’avez aucune clé.";
        new_key: "New key" | "Nouvelle clé";
        key_name: "What is it for?" | "À quoi sert-elle ?";
        key_scopes: "It may" | "Elle peut";
        key_days: "Days until it ends" | "Jours avant sa fin";
        key_days_hint: "1 to 365." | "De 1 à 365.";
        create_key: "Create key" | "Créer la clé";
        key_made: "Here is your key. Copy it now: it is not shown again." | "Voici votre clé. Copiez-la maintenant : elle ne sera plus affichée.";
        last_used: "Last used" | "Dernière utilisation";
        never_used: "Never used" | "Jamais utilisée";
        ends: "Ends" | "Fin";
        revoke: "Revoke" | "Révoquer";
        revoke_question: "Programs that use this key stop working at once." | "Les programmes qui utilisent cette clé s’arrêtent aussitôt.";
        revoke_now: "Revoke it" | "La révoquer";
        key_revoked: "The key is revoked." | "La clé est révoquée.";
        export_title: "Take it along" | "Tout emporter";
        export_note: "Everything we keep about you, as one JSON file." | "Tout ce que nous gardons sur vous, dans un fichier JSON.";
        export_button: "Download my data" | "Télécharger mes données";
        delete_title: "Delete the account" | "Supprimer le compte";
        delete_note: "Your profile, sessions and keys are removed at once and cannot be brought back." | "Votre profil, vos sessions et vos clés sont supprimés aussitôt, sans retour possible.";
        delete_ask: "Delete my account" | "Supprimer mon compte";
        delete_line: "Leave for good?" | "Partir pour de bon ?";
        delete_button: "Delete everything" | "Tout supprimer";
        keep_account: "Keep my account" | "Garder mon compte";
    }
}

sentences! {
    /// The account's credits.
    CreditWords {
        balance_title: "Your credits" | "Vos crédits";
        balance_note: "They pay for work on our machines. The studio in your browser is free." | "Ils paient le travail de nos machines. Le studio de votre navigateur est gratuit.";
        available: "To spend" | "Disponibles";
        held: "Held for jobs under way" | "Retenus pour des tâches en cours";
        next_before: "The next" | "Les";
        next_after: "free ones come on" | "prochains, gratuits, arrivent le";
        history_title: "What became of them" | "Ce qu’ils sont devenus";
        history_note: "A job that does not succeed costs nothing." | "Une tâche qui n’aboutit pas ne coûte rien.";
        nothing_yet: "Nothing yet. Confirm your address for the free ones of this month." | "Rien encore. Confirmez votre adresse pour recevoir ceux de ce mois.";
        older: "Older ones" | "Plus anciens";
    }
}

sentences! {
    /// The account's security.
    SecurityWords {
        password_title: "Password" | "Mot de passe";
        password_note: "Changing it signs out every other session." | "Le changer déconnecte toutes les autres sessions.";
        password_button: "Change password" | "Changer le mot de passe";
        password_changed: "Your password is changed. Every other session is signed out." | "Votre mot de passe est changé. Toutes les autres sessions sont déconnectées.";
        email_title: "E-mail address" | "Adresse e-mail";
        email_now: "Now" | "Actuelle";
        email_new: "New address" | "Nouvelle adresse";
        email_button: "Change address" | "Changer l’adresse";
        totp_title: "Second step" | "Deuxième étape";
        totp_off: "Off. With it, a stolen password alone opens nothing." | "Inactive. Avec elle, un mot de passe volé n’ouvre rien à lui seul.";
        totp_on: "On. Signing in asks for a code from your authenticator app." | "Active. La connexion demande un code de votre application d’authentification.";
        totp_set_up: "Set up" | "Activer";
        totp_turn_off: "Turn off" | "Désactiver";
        totp_off_question: "Your password alone will then open your account." | "Votre mot de passe suffira alors à ouvrir votre compte.";
        totp_off_now: "Turn it off" | "La désactiver";
        totp_is_off: "The second step is off." | "La deuxième étape est inactive.";
        renew_codes: "New recovery codes" | "Nouveaux codes de secours";
        renew_question: "The codes you have now stop working." | "Vos codes actuels ne marcheront plus.";
        renew_now: "Make new codes" | "Créer de nouveaux codes";
        set_up_line: "Set up the second step." | "Activer la deuxième étape.";
        set_up_scan: "Scan this with your authenticator app, then enter the six digits that it shows." | "Scannez ceci avec votre application d’authentification, puis entrez les six chiffres affichés.";
        set_up_known: "Your app has the key already. Enter the six digits that it shows now." | "Votre application a déjà la clé. Entrez les six chiffres qu’elle affiche maintenant.";
        set_up_again: "Show a new QR code" | "Afficher un nouveau code QR";
        set_up_type: "No camera? Type this key:" | "Pas d’appareil photo ? Tapez cette clé :";
        set_up_enter: "Six digits" | "Six chiffres";
        set_up_button: "Turn on" | "Activer";
        qr: "QR code for your authenticator app" | "Code QR pour votre application d’authentification";
        recovery_title: "Recovery codes" | "Codes de secours";
        recovery_line: "Keep these somewhere safe." | "Gardez-les en lieu sûr.";
        recovery_lead: "Each of them signs you in once when your phone is out of reach. They are not shown again." | "Chacun vous connecte une fois quand votre téléphone est hors d’atteinte. Ils ne seront plus affichés.";
        recovery_done: "I have kept them" | "Je les ai gardés";
        sessions_title: "Where you are signed in" | "Où vous êtes connecté";
        this_device: "This device" | "Cet appareil";
        unknown_device: "Unknown device" | "Appareil inconnu";
        last_seen: "Last seen" | "Vu pour la dernière fois";
        end_session: "Sign out" | "Déconnecter";
        end_question: "That device will have to sign in again." | "Cet appareil devra se reconnecter.";
        end_now: "Sign it out" | "Le déconnecter";
        session_ended: "That device is signed out." | "Cet appareil est déconnecté.";
        end_others: "Sign out all others" | "Déconnecter tous les autres";
        end_others_question: "Every device but this one will have to sign in again." | "Tous les appareils sauf celui-ci devront se reconnecter.";
        end_others_now: "Sign them all out" | "Tous les déconnecter";
        others_ended: "Every other device is signed out." | "Tous les autres appareils sont déconnectés.";
        history_title: "History" | "Historique";
        history_note: "If something here was not you, change your password." | "Si quelque chose ici n’était pas vous, changez de mot de passe.";
        older: "Older" | "Plus ancien";
    }
}

/// What a scope lets a key do.
pub(super) const fn scope(scope: Scope, language: Language) -> &'static str {
    match (scope, language) {
        (Scope::ProfileRead, Language::English) => "read your profile",
        (Scope::ProfileRead, Language::French) => "lire votre profil",
        (Scope::ProfileWrite, Language::English) => "change your profile and settings",
        (Scope::ProfileWrite, Language::French) => "changer votre profil et vos réglages",
        (Scope::SwapsWrite, Language::English) => "order swaps with your credits",
        (Scope::SwapsWrite, Language::French) => "commander des greffes avec vos crédits",
        (Scope::MediaRead, Language::English) => "read your library",
        (Scope::MediaRead, Language::French) => "lire votre bibliothèque",
        (Scope::MediaWrite, Language::English) => "add to your library, change and delete",
        (Scope::MediaWrite, Language::French) => "ajouter à votre bibliothèque, modifier et supprimer",
    }
}

/// What happened, in the security history.
pub(super) const fn event(kind: SecurityEventKind, language: Language) -> &'static str {
    use SecurityEventKind as Kind;
    let (english, french) = match kind {
        Kind::SignedUp => ("Account created", "Compte créé"),
        Kind::SignedIn => ("Signed in", "Connexion"),
        Kind::SignInFailed => ("Sign-in failed", "Échec de connexion"),
        Kind::SignedOut => ("Signed out", "Déconnexion"),
        Kind::SessionsRevoked => ("Sessions signed out", "Sessions déconnectées"),
        Kind::RefreshReused => {
            ("A session was used twice and ended", "Une session a servi deux fois et a été coupée")
        }
        Kind::EmailVerified => ("E-mail address confirmed", "Adresse e-mail confirmée"),
        Kind::EmailChanged => ("E-mail address changed", "Adresse e-mail changée"),
        Kind::PasswordResetAsked => ("Password reset asked for", "Réinitialisation demandée"),
        Kind::PasswordChanged => ("Password changed", "Mot de passe changé"),
        Kind::TotpEnabled => ("Second step turned on", "Deuxième étape activée"),
        Kind::TotpDisabled => ("Second step turned off", "Deuxième étape désactivée"),
        Kind::RecoveryCodeUsed => ("Recovery code used", "Code de secours utilisé"),
        Kind::ApiKeyCreated => ("API key created", "Clé d’API créée"),
        Kind::ApiKeyRevoked => ("API key revoked", "Clé d’API révoquée"),
        Kind::AccountLocked => ("Account locked", "Compte bloqué"),
        Kind::AccountUnlocked => ("Account unlocked", "Compte débloqué"),
        Kind::RoleChanged => ("Role changed", "Rôle changé"),
        Kind::DataExported => ("Data downloaded", "Données téléchargées"),
    };
    match language {
        Language::English => english,
        Language::French => french,
    }
}

/// Why credits moved.
pub(super) const fn transfer(kind: TransferKind, language: Language) -> &'static str {
    let (english, french) = match kind {
        TransferKind::Allowance => ("Free credits of the month", "Crédits gratuits du mois"),
        TransferKind::Grant => ("A gift", "Un cadeau"),
        TransferKind::Hold => ("Held for a job", "Retenus pour une tâche"),
        TransferKind::Capture => ("Spent: the job is done", "Dépensés : la tâche est faite"),
        TransferKind::Release => ("Back: the job was not done", "Rendus : la tâche n’a pas été faite"),
    };
    match language {
        Language::English => english,
        Language::French => french,
    }
}

/// A device as the server names it, such as `Firefox on Linux`, in this language.
pub(super) fn device(device: &str, language: Language) -> String {
    match (device, language) {
        ("", _) => SecurityWords::of(language).unknown_device.into(),
        (device, Language::English) => device.into(),
        (device, Language::French) => device.replace(" on ", " sur "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_whole() {
        for table in [FormWords::ALL, DoorWords::ALL, PageWords::ALL, CreditWords::ALL, SecurityWords::ALL] {
            crate::words::check(table);
        }
    }

    #[test]
    fn a_device_speaks_french_too() {
        assert_eq!(device("Firefox on Linux", Language::French), "Firefox sur Linux");
        assert_eq!(device("", Language::English), "Unknown device");
    }
}
