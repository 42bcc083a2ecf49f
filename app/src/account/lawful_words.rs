//! The sentences on faces, on privacy and on reports.

use contract::Language;
use contract::moderation::ReportReason;

use crate::words::sentences;

sentences! {
    /// What was stated about faces.
    FaceWords {
        faces: "Faces" | "Visages";
        age_title: "Your age" | "Votre âge";
        age_note: "Faces of real people are used on the server only by people of 18 and older." | "Sur le serveur, seules les personnes de 18 ans et plus utilisent le visage de personnes réelles.";
        age_confirm: "I am 18 or older" | "J’ai 18 ans ou plus";
        age_said: "It is noted that you are 18 or older." | "Il est noté que vous avez 18 ans ou plus.";
        of_age: "18 or older" | "18 ans ou plus";
        statements: "What you stated" | "Ce que vous avez déclaré";
        statements_note: "For each face that the server used for you. If you withdraw a statement, every result that was made on it is removed for good." | "Pour chaque visage que le serveur a utilisé pour vous. Si vous retirez une déclaration, tous les résultats faits avec sont supprimés pour de bon.";
        none: "You have stated nothing yet." | "Vous n’avez encore rien déclaré.";
        myself: "This is me" | "C’est moi";
        permission: "I have this person’s permission" | "J’ai la permission de cette personne";
        synthetic: "This is nobody: it was drawn or computed" | "Ce n’est personne : c’est dessiné ou calculé";
        one_result: "1 result" | "1 résultat";
        results: "results" | "résultats";
        withdraw: "Withdraw" | "Retirer";
        withdraw_question: "The results that were made on it go, and do not come back." | "Les résultats faits avec partent, et ne reviennent pas.";
        withdraw_now: "Withdraw and remove" | "Retirer et supprimer";
        withdrawn: "Withdrawn" | "Retirée";
        withdrawn_now: "The statement is withdrawn, and its results are removed." | "La déclaration est retirée, et ses résultats sont supprimés.";
    }
}

sentences! {
    /// What happens with photos and with everything else.
    PrivacyWords {
        privacy: "Privacy" | "Vie privée";
        about: "What happens with your photos, what is kept, for how long, and how to get it out or away." | "Ce qui arrive à vos photos, ce qui est gardé, combien de temps, et comment le récupérer ou l’effacer.";
        line: "Your photos stay with you." | "Vos photos restent chez vous.";
        studio: "In the studio" | "Dans le studio";
        studio_device: "Photos that you open in the studio stay on your device: the engine runs in your browser, and no request carries them." | "Les photos ouvertes dans le studio restent sur votre appareil : le moteur tourne dans votre navigateur, et aucune requête ne les emporte.";
        studio_result: "The result is made and saved on your device, too." | "Le résultat est fait et enregistré sur votre appareil, lui aussi.";
        studio_form: "Only where a browser runs no scripts do two photos go to the server. It keeps neither, and their result for an hour." | "Seul un navigateur sans scripts envoie deux photos au serveur. Il ne garde ni l’une ni l’autre, et leur résultat une heure.";
        studio_numbers: "What the engine measures of a face, its points and proportions, is never stored, neither here nor with you." | "Ce que le moteur mesure d’un visage, ses points et ses proportions, n’est jamais gardé, ni ici ni chez vous.";
        kept: "In your library" | "Dans votre bibliothèque";
        kept_when: "The server has a photo only once you send it there yourself." | "Le serveur n’a une photo que si vous l’y envoyez vous-même.";
        kept_clean: "It is written anew: place, time, camera and whatever else was in the file are not kept." | "Elle est réécrite : le lieu, l’heure, l’appareil et tout ce que contenait encore le fichier ne sont pas gardés.";
        kept_long: "What you send goes after a day, and results after thirty, unless you keep them. What you delete can be had back for a day." | "Vos envois partent après un jour, et les résultats après trente, sauf si vous les gardez. Ce que vous supprimez se récupère pendant un jour.";
        kept_who: "Nobody else sees it, unless you make a link, which ends, or make it public." | "Personne d’autre ne le voit, sauf si vous faites un lien, qui prend fin, ou le rendez public.";
        checked: "Pictures that you send to the library are shown to OpenAI’s moderation service, which says whether they are allowed, before they are taken." | "Les images envoyées à la bibliothèque sont montrées au service de modération d’OpenAI, qui dit si elles sont admises, avant d’être prises.";
        unchecked: "This server does not check contents, and shows pictures to no other service." | "Ce serveur ne vérifie pas les contenus, et ne montre les images à aucun autre service.";
        account: "Your account" | "Votre compte";
        account_what: "An account is your e-mail address, a hash of your password, and what you write about yourself." | "Un compte, c’est votre adresse e-mail, une empreinte de votre mot de passe, et ce que vous écrivez sur vous.";
        account_cookies: "Cookies keep you signed in and remember language and theme. There are no others." | "Des cookies vous gardent connecté et retiennent la langue et le thème. Il n’y en a pas d’autres.";
        account_security: "Sign-ins are noted for a year with device and network, for you to see." | "Les connexions sont notées un an avec l’appareil et le réseau, pour que vous les voyiez.";
        account_mail: "We write to you about your account only." | "Nous ne vous écrivons qu’au sujet de votre compte.";
        faces: "Other people’s faces" | "Les visages des autres";
        faces_stated: "Before the server uses a face, you state whose it is. The statement is kept as long as your account." | "Avant que le serveur n’utilise un visage, vous déclarez à qui il est. La déclaration est gardée autant que votre compte.";
        faces_chain: "Statements are chained by their hashes, so that none can be changed afterwards. The chain names nobody." | "Les déclarations sont enchaînées par leurs empreintes, pour qu’aucune ne change après coup. La chaîne ne nomme personne.";
        faces_withdrawn: "Withdraw one, and the results that were made on it are removed." | "Retirez-en une, et les résultats faits avec sont supprimés.";
        rights: "Taking it along, and leaving" | "L’emporter, et partir";
        rights_export: "You can take along all that is kept about you, in one file." | "Vous pouvez emporter tout ce qui est gardé sur vous, en un fichier.";
        rights_delete: "You can delete your account, and with it everything of yours. Pictures leave the disk within minutes, backups when their time is over." | "Vous pouvez supprimer votre compte, et avec lui tout ce qui est à vous. Les images quittent le disque en quelques minutes, les sauvegardes une fois leur temps écoulé.";
        rights_receipt: "Either way you get a receipt by mail." | "Dans les deux cas, vous en recevez un reçu par e-mail.";
        to_data: "To your data" | "Vers vos données";
        report: "If something shows you" | "Si quelque chose vous montre";
        report_how: "Report it. You need no account." | "Signalez-le. Il ne faut pas de compte.";
        report_hidden: "What shows you without your permission, something intimate or a child is hidden at once, before anybody has decided." | "Ce qui vous montre sans votre accord, l’intime ou un enfant est caché aussitôt, avant toute décision.";
        to_report: "Report something" | "Signaler quelque chose";
    }
}

sentences! {
    /// Reports, and what moderators see of them.
    ReportWords {
        report: "Report" | "Signaler";
        about: "Report a picture that shows you without your permission, or that must not be here." | "Signalez une image qui vous montre sans votre accord, ou qui n’a rien à faire ici.";
        line: "Something must go." | "Quelque chose doit partir.";
        note: "What shows you without your permission, something intimate or a child is hidden at once. A person then looks at every report." | "Ce qui vous montre sans votre accord, l’intime ou un enfant est caché aussitôt. Une personne regarde ensuite chaque signalement.";
        taken: "Thank you. The report has arrived, and somebody will look at it." | "Merci. Le signalement est arrivé, et quelqu’un va le regarder.";
        address: "Address of the picture" | "Adresse de l’image";
        address_hint: "Copy it from the bar of your browser, or from the picture’s menu." | "Copiez-la de la barre du navigateur, ou du menu de l’image.";
        why: "Why" | "Pourquoi";
        details: "More about it, if you like" | "Plus de détails, si vous voulez";
        contact: "Your e-mail address, if you want an answer" | "Votre adresse e-mail, si vous voulez une réponse";
        contact_hint: "It is forgotten once the report is decided." | "Elle est oubliée une fois le signalement tranché.";
        send: "Report it" | "Signaler";
        my_face: "It shows me, and I did not allow it" | "Cela me montre, et je ne l’ai pas permis";
        intimate: "It is intimate, and somebody did not allow it" | "C’est intime, et quelqu’un ne l’a pas permis";
        minor: "It shows a child in a way that it must not" | "Cela montre un enfant comme il ne faut pas";
        deception: "It pretends that somebody did or said something" | "Cela fait croire que quelqu’un a fait ou dit quelque chose";
        other: "Something else" | "Autre chose";
        moderation: "Moderation" | "Modération";
        waiting: "Reports that wait" | "Signalements en attente";
        waiting_note: "Take down hides a picture from everybody, its owner too. Dismiss shows it again." | "Retirer cache une image à tous, à son propriétaire aussi. Rejeter la montre de nouveau.";
        nothing_waits: "Nothing waits." | "Rien en attente.";
        take_down: "Take down" | "Retirer";
        dismiss: "Dismiss" | "Rejeter";
        decided: "It is decided." | "C’est tranché.";
    }
}

/// Why something is reported, in a sentence.
pub(super) const fn reason(reason: ReportReason, language: Language) -> &'static str {
    let words = ReportWords::of(language);
    match reason {
        ReportReason::MyFace => words.my_face,
        ReportReason::Intimate => words.intimate,
        ReportReason::Minor => words.minor,
        ReportReason::Deception => words.deception,
        ReportReason::Other => words.other,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::FaceWords::ALL);
        crate::words::check(super::PrivacyWords::ALL);
        crate::words::check(super::ReportWords::ALL);
    }
}
