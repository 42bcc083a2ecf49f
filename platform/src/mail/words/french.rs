//! The mails in French.

use super::{Words, calendar, counted};
use crate::mail::{Link, Mail, Notice, Occasion};
use crate::personal_data::{Part, Receipt};

pub(super) fn words(mail: &Mail) -> Words {
    match mail {
        Mail::VerifyAddress(link) => Words {
            subject: "Confirmez votre adresse e-mail",
            before: vec!["Quelqu’un, sans doute vous, s’est inscrit à MOG AI avec cette adresse. Ouvrez le lien pour confirmer qu’elle est à vous.".into()],
            link: "Confirmer l’adresse",
            after: vec![valid(link), "Si ce n’était pas vous, ne faites rien\u{a0}: sans ce lien, personne ne peut confirmer votre adresse.".into()],
        },
        Mail::ConfirmNewAddress(link) => Words {
            subject: "Confirmez votre nouvelle adresse e-mail",
            before: vec!["Quelqu’un, sans doute vous, a demandé que cette adresse devienne celle de son compte MOG AI. Elle le sera dès que le lien aura été ouvert.".into()],
            link: "Utiliser cette adresse",
            after: vec![valid(link), "Si ce n’était pas vous, ne faites rien\u{a0}: le compte garde son ancienne adresse.".into()],
        },
        Mail::AddressTaken => Words {
            subject: "Vous avez déjà un compte",
            before: vec!["Quelqu’un, sans doute vous, s’est inscrit à MOG AI avec cette adresse. Elle a déjà un compte\u{a0}: aucun autre n’a été créé et rien n’a changé.".into()],
            link: "Se connecter",
            after: vec!["Si vous avez oublié le mot de passe, la page de connexion permet d’en choisir un nouveau.".into(), "Si ce n’était pas vous, ne faites rien. La personne n’a pas appris que vous avez un compte.".into()],
        },
        Mail::ResetPassword(link) => Words {
            subject: "Choisissez un nouveau mot de passe",
            before: vec!["Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte MOG AI.".into()],
            link: "Choisir un nouveau mot de passe",
            after: vec![valid(link), "Si ce n’était pas vous, ne faites rien\u{a0}: le mot de passe reste le même. Ne transmettez jamais ce lien, il vaut le mot de passe.".into()],
        },
        Mail::Notice(notice, occasion) => notice_words(notice, occasion),
    }
}

fn valid(link: &Link) -> String {
    match link.valid_hours {
        1 => "Le lien fonctionne une seule fois, pendant une heure.".into(),
        hours => format!("Le lien fonctionne une seule fois, pendant {hours} heures."),
    }
}

fn notice_words(notice: &Notice, occasion: &Occasion) -> Words {
    let (subject, what) = news(notice);
    let after = match notice {
        Notice::AddressChanged => {
            "Si ce n’était pas vous, connectez-vous tant que c’est possible, changez le mot de passe et prévenez les responsables de ce service."
        }
        Notice::SessionEndedByReuse => {
            "Cela peut arriver quand une copie des données d’un navigateur est utilisée. Si vous ne vous l’expliquez pas, changez le mot de passe et regardez la liste de vos sessions."
        }
        Notice::AccountLocked => "Les responsables de ce service peuvent vous dire pourquoi.",
        Notice::AccountUnlocked => "Vous pouvez de nouveau vous connecter.",
        Notice::AccountDeleted { .. } => {
            "C’est le dernier e-mail que vous recevez. Si ce n’était pas vous, prévenez vite les responsables de ce service."
        }
        _ => {
            "Si c’était vous, il n’y a rien à faire. Sinon, changez tout de suite le mot de passe et fermez toutes les autres sessions."
        }
    };
    Words {
        subject,
        before: vec![what, when_and_where(occasion)],
        link: "Voir votre compte",
        after: vec![after.into()],
    }
}

fn news(notice: &Notice) -> (&'static str, String) {
    match notice {
        Notice::AddressChanged => ("Votre adresse e-mail a changé", "Votre compte MOG AI a une nouvelle adresse e-mail. Celle-ci n’est plus utilisée.".into()),
        Notice::PasswordChanged => ("Votre mot de passe a changé", "Le mot de passe de votre compte MOG AI a été changé. Toutes les autres sessions ont été fermées.".into()),
        Notice::SessionEndedByReuse => ("Une session a été fermée pour vous protéger", "Une clé qui renouvelle l’une de vos sessions MOG AI a servi deux fois. Elle a peut-être été volée\u{a0}: la session a été fermée et il faut s’y reconnecter.".into()),
        Notice::TotpEnabled => ("La deuxième étape est activée", "La connexion à votre compte MOG AI demande désormais un code de votre application d’authentification.".into()),
        Notice::TotpDisabled => ("La deuxième étape est désactivée", "La connexion à votre compte MOG AI ne demande plus que le mot de passe.".into()),
        Notice::RecoveryCodeUsed { left } => ("Un code de secours a été utilisé", format!("Quelqu’un s’est connecté à votre compte MOG AI avec l’un de ses codes de secours. {}", codes_left(*left))),
        Notice::RecoveryCodesRenewed => ("Vous avez de nouveaux codes de secours", "De nouveaux codes de secours ont été créés pour votre compte MOG AI. Les anciens ne fonctionnent plus.".into()),
        Notice::ApiKeyCreated { name } => ("Une nouvelle clé d’API", format!("Une clé d’API a été créée pour votre compte MOG AI\u{a0}: «\u{a0}{}\u{a0}».", name.as_str())),
        Notice::DataExported => ("Vos données ont été exportées", "Tout ce qui est conservé sur votre compte MOG AI a été téléchargé.".into()),
        Notice::AccountLocked => ("Votre compte est bloqué", "Un administrateur a bloqué votre compte MOG AI. Personne ne peut s’y connecter.".into()),
        Notice::AccountUnlocked => ("Votre compte est débloqué", "Un administrateur a débloqué votre compte MOG AI.".into()),
        Notice::AccountDeleted { erased } => ("Votre compte est supprimé", deleted(erased)),
    }
}

fn deleted(erased: &Receipt) -> String {
    let all = "Votre compte MOG AI a été supprimé, avec tout ce qu’il contenait";
    counted(erased, thing).map_or_else(|| format!("{all}."), |things| format!("{all}\u{a0}: {things}."))
}

const fn thing(part: Part, count: u64) -> Option<&'static str> {
    match (part, count) {
        (Part::Media, 1) => Some("fichier"),
        (Part::Media, _) => Some("fichiers"),
        (Part::Jobs, 1) => Some("tâche"),
        (Part::Jobs, _) => Some("tâches"),
        (Part::Credits, 1) => Some("mouvement de crédits"),
        (Part::Credits, _) => Some("mouvements de crédits"),
        (Part::Consent, 1) => Some("déclaration sur un visage"),
        (Part::Consent, _) => Some("déclarations sur des visages"),
        (Part::Profile | Part::IdempotencyKeys, _) => None,
    }
}

fn codes_left(left: u32) -> String {
    match left {
        0 => "Il n’en reste aucun\u{a0}: créez-en de nouveaux.".into(),
        1 => "Il en reste un.".into(),
        left => format!("Il en reste {left}."),
    }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Such as `21 novembre 2026, 11 h 53 UTC, depuis Firefox sur Linux, réseau 203.0.113.0/24.`
fn when_and_where(occasion: &Occasion) -> String {
    let at = calendar(occasion);
    let month = MONTHS[usize::from(u8::from(at.month()) - 1)];
    let day = if at.day() == 1 { "1er".into() } else { at.day().to_string() };
    let mut line =
        format!("{day} {month} {}, {:02}\u{a0}h\u{a0}{:02} UTC", at.year(), at.hour(), at.minute());
    if !occasion.device.is_empty() {
        line += &format!(", depuis {}", occasion.device.replace(" on ", " sur "));
    }
    if !occasion.network.is_empty() {
        line += &format!(", réseau {}", occasion.network);
    }
    line + "."
}
