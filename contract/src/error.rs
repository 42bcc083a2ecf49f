//! The closed table of everything that can go wrong, each with a status and a sentence for a person.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Language;

/// Declares [`ErrorCode`] and its table in one place, so that no code can miss a sentence in any language.
macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:tt, $status:literal,
        en: $title_en:literal, $advice_en:literal;
        fr: $title_fr:literal, $advice_fr:literal;)*) => {
        /// One of the known failures, on the wire as its snake_case code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)*
        }

        impl ErrorCode {
            /// Every code there is.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)*];

            /// The code as it stands on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }

            /// What happened, in a person's words.
            pub const fn title(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::English) => $title_en,
                    (Self::$variant, Language::French) => $title_fr,)*
                }
            }

            /// What to do next, in a person's words.
            pub const fn advice(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::English) => $advice_en,
                    (Self::$variant, Language::French) => $advice_fr,)*
                }
            }
        }
    };
}

error_codes! {
    /// A part of the form that must hold a photo is absent.
    PhotoMissing = "photo_missing", 422,
        en: "A photo is missing.", "Add both photos: the face to use and the picture it goes into.";
        fr: "Il manque une photo.", "Ajoutez les deux photos : le visage à utiliser et l’image où le poser.";
    /// The file has no bytes.
    PhotoEmpty = "photo_empty", 422,
        en: "This file is empty.", "Choose another file.";
        fr: "Ce fichier est vide.", "Choisissez un autre fichier.";
    /// The file is over the byte limit.
    PhotoTooLarge = "photo_too_large", 413,
        en: "This photo is over 10 MB.", "Choose a smaller one, or save it again as a JPEG.";
        fr: "Cette photo dépasse 10 Mo.", "Choisissez-en une plus petite, ou enregistrez-la de nouveau en JPEG.";
    /// The picture is over the pixel limit.
    PhotoTooManyPixels = "photo_too_many_pixels", 413,
        en: "This photo has too many pixels.", "It may have 40 million of them, and 16,384 on a side: make it smaller and try again.";
        fr: "Cette photo a trop de pixels.", "Elle peut en avoir 40 millions, et 16 384 de côté : réduisez-la et recommencez.";
    /// The content is none of the formats we read.
    PhotoNotAnImage = "photo_not_an_image", 415,
        en: "This file is not a photo we can read.", "Use a JPEG, PNG or WebP picture.";
        fr: "Ce fichier n’est pas une photo que nous savons lire.", "Utilisez une image JPEG, PNG ou WebP.";
    /// The content claims to be a picture and is not a whole one.
    PhotoDamaged = "photo_damaged", 422,
        en: "This photo is damaged.", "Part of the file is missing or broken: export it again, or choose another one.";
        fr: "Cette photo est abîmée.", "Une partie du fichier manque ou est cassée : exportez-la de nouveau, ou choisissez-en une autre.";
    /// Nobody to take a face from.
    NoFaceInSource = "no_face_in_source", 422,
        en: "No face found in the face photo.", "Use a photo where the face is clear, lit, and turned to the camera.";
        fr: "Aucun visage trouvé sur la photo du visage.", "Prenez une photo où le visage est net, éclairé et tourné vers l’appareil.";
    /// Nobody to put a face on.
    NoFaceInTarget = "no_face_in_target", 422,
        en: "No face found in the picture to change.", "Use a picture where at least one face is clear and not too small.";
        fr: "Aucun visage trouvé sur l’image à changer.", "Prenez une image où un visage au moins est net et pas trop petit.";
    /// A chosen face's number is beyond those found.
    FaceNotFound = "face_not_found", 422,
        en: "The chosen face is not in the photo.", "Choose one of the outlined faces.";
        fr: "Le visage choisi n’est pas sur la photo.", "Choisissez l’un des visages entourés.";
    /// A face of too few pixels to graft.
    FaceTooSmall = "face_too_small", 422,
        en: "This face is too small to work with.", "Use a photo where the face is larger.";
        fr: "Ce visage est trop petit pour être travaillé.", "Prenez une photo où le visage est plus grand.";
    /// An option lies outside its range.
    OptionOutOfRange = "option_out_of_range", 422,
        en: "One of the settings is out of its range.", "Likeness and skin tone go from 0 to 100.";
        fr: "Un des réglages sort de ses limites.", "La ressemblance et le teint vont de 0 à 100.";
    /// The request could not be understood.
    RequestMalformed = "request_malformed", 400,
        en: "The request could not be read.", "Check what you send and try again.";
        fr: "La demande n’a pas pu être lue.", "Vérifiez ce que vous envoyez et recommencez.";
    /// The body is over the limit of a whole request.
    RequestTooLarge = "request_too_large", 413,
        en: "The upload is too large.", "Each photo may have up to 10 MB, any other request 64 kB.";
        fr: "L’envoi est trop gros.", "Chaque photo peut peser jusqu’à 10 Mo, toute autre demande 64 ko.";
    /// Another program's photos came while nothing on the device could take them.
    ShareNotReady = "share_not_ready", 503,
        en: "The shared photos did not arrive.", "Wait until the studio is here, then share them once more, or choose them below.";
        fr: "Les photos partagées ne sont pas arrivées.", "Attendez que le studio soit là, puis partagez-les encore une fois, ou choisissez-les ci-dessous.";
    /// The request took too long to arrive.
    RequestTimeout = "request_timeout", 408,
        en: "The upload took too long.", "Check the connection and try again.";
        fr: "L’envoi a pris trop de temps.", "Vérifiez la connexion et recommencez.";
    /// A form sent from somebody else's page.
    CrossSite = "cross_site", 403,
        en: "This request came from another website.", "Open MOG AI itself and try again from there.";
        fr: "Cette demande vient d’un autre site.", "Ouvrez MOG AI lui-même et recommencez de là.";
    /// No such page or operation.
    NotFound = "not_found", 404,
        en: "There is nothing at this address.", "Go back to the studio.";
        fr: "Il n’y a rien à cette adresse.", "Revenez au studio.";
    /// The address exists, the verb does not.
    MethodNotAllowed = "method_not_allowed", 405,
        en: "This address cannot be used that way.", "Go back to the studio.";
        fr: "Cette adresse ne s’utilise pas ainsi.", "Revenez au studio.";
    /// A stored result that was removed or has expired.
    ResultGone = "result_gone", 404,
        en: "This result is no longer here.", "Results of the form are kept for one hour. Make it again from your photos.";
        fr: "Ce résultat n’est plus là.", "Les résultats du formulaire sont gardés une heure. Refaites-le à partir de vos photos.";
    /// All workers are taken and the queue is full.
    Busy = "busy", 503,
        en: "The server is busy.", "Try again in a few seconds, or use the studio: it works in your browser.";
        fr: "Le serveur est occupé.", "Réessayez dans quelques secondes, ou utilisez le studio : il travaille dans votre navigateur.";
    /// The face models could not be loaded.
    ModelsUnavailable = "models_unavailable", 503,
        en: "The face models could not be loaded.", "Check the connection and reload the page.";
        fr: "Les modèles de visage n’ont pas pu être chargés.", "Vérifiez la connexion et rechargez la page.";
    /// The browser lacks something that the engine needs.
    BrowserUnsupported = "browser_unsupported", 501,
        en: "This browser cannot run the face engine.", "Use a current Chrome, Edge, Firefox or Safari, or send the form without JavaScript.";
        fr: "Ce navigateur ne peut pas faire tourner le moteur de visages.", "Utilisez un Chrome, Edge, Firefox ou Safari récent, ou envoyez le formulaire sans JavaScript.";
    /// Some fields of the request are wrong; the list says which.
    FieldsInvalid = "fields_invalid", 422,
        en: "Some of what you entered needs another look.", "Correct the marked fields and send again.";
        fr: "Une partie de la saisie est à revoir.", "Corrigez les champs signalés et renvoyez.";
    /// A field that must be filled is empty.
    FieldRequired = "field_required", 422,
        en: "This field is empty.", "Fill it in.";
        fr: "Ce champ est vide.", "Remplissez-le.";
    /// A text is longer than its field allows.
    FieldTooLong = "field_too_long", 422,
        en: "This text is too long.", "Shorten it.";
        fr: "Ce texte est trop long.", "Raccourcissez-le.";
    /// A text holds control characters or line breaks where none belong.
    FieldInvalid = "field_invalid", 422,
        en: "This cannot be used here.", "Use plain letters, digits and punctuation.";
        fr: "Ceci ne peut pas être utilisé ici.", "Utilisez des lettres, des chiffres et de la ponctuation simples.";
    /// Not an e-mail address.
    EmailInvalid = "email_invalid", 422,
        en: "This is not an e-mail address.", "Write it like name@example.org.";
        fr: "Ceci n’est pas une adresse e-mail.", "Écrivez-la comme nom@exemple.org.";
    /// The address has an account already. Said to administrators alone: to others it would tell who has one.
    EmailTaken = "email_taken", 409,
        en: "This address has an account already.", "Use another address.";
        fr: "Cette adresse a déjà un compte.", "Utilisez une autre adresse.";
    /// A new password of too few characters.
    PasswordTooShort = "password_too_short", 422,
        en: "This password is too short.", "Use at least 10 characters; a few words in a row are easy to remember.";
        fr: "Ce mot de passe est trop court.", "Prenez au moins 10 caractères ; quelques mots à la suite se retiennent bien.";
    /// A new password over the byte limit.
    PasswordTooLong = "password_too_long", 422,
        en: "This password is too long.", "Use at most 128 characters.";
        fr: "Ce mot de passe est trop long.", "Prenez au plus 128 caractères.";
    /// A new password that is found in lists or guessed quickly.
    PasswordTooWeak = "password_too_weak", 422,
        en: "This password is easy to guess.", "Use several unrelated words, or let your password manager make one.";
        fr: "Ce mot de passe se devine facilement.", "Prenez plusieurs mots sans rapport, ou laissez votre gestionnaire en créer un.";
    /// Nobody is signed in, or the token has ended.
    SignInRequired = "sign_in_required", 401,
        en: "You are not signed in.", "Sign in and try again.";
        fr: "Vous n’êtes pas connecté.", "Connectez-vous et recommencez.";
    /// E-mail and password do not belong together. Never says which is wrong.
    CredentialsWrong = "credentials_wrong", 401,
        en: "E-mail or password is wrong.", "Check both, or reset the password.";
        fr: "L’e-mail ou le mot de passe est faux.", "Vérifiez les deux, ou réinitialisez le mot de passe.";
    /// The account asks for a second factor as well.
    CodeRequired = "code_required", 401,
        en: "A code from your authenticator app is needed.", "Enter the six digits that it shows, or one of your recovery codes.";
        fr: "Il faut un code de votre application d’authentification.", "Entrez les six chiffres affichés, ou l’un de vos codes de secours.";
    /// The second factor is wrong or was used before.
    CodeWrong = "code_wrong", 401,
        en: "This code is wrong.", "Wait for the next one and enter it, or use a recovery code.";
        fr: "Ce code est faux.", "Attendez le suivant et entrez-le, ou utilisez un code de secours.";
    /// The current password that confirms a change is wrong.
    PasswordWrong = "password_wrong", 403,
        en: "The password is wrong.", "Enter the password that you sign in with.";
        fr: "Le mot de passe est faux.", "Entrez celui avec lequel vous vous connectez.";
    /// A refresh token that is unknown, used, revoked or too old.
    SessionEnded = "session_ended", 401,
        en: "This session has ended.", "Sign in again.";
        fr: "Cette session est terminée.", "Reconnectez-vous.";
    /// A link from a mail that was used or is too old.
    LinkExpired = "link_expired", 410,
        en: "This link has expired or was used already.", "Ask for a new one.";
        fr: "Ce lien a expiré ou a déjà servi.", "Demandez-en un nouveau.";
    /// The account was locked by an administrator.
    AccountLocked = "account_locked", 403,
        en: "This account is locked.", "Write to us if you think that is a mistake.";
        fr: "Ce compte est bloqué.", "Écrivez-nous si vous pensez que c’est une erreur.";
    /// The action needs a verified e-mail address.
    EmailUnverified = "email_unverified", 403,
        en: "Your e-mail address is not confirmed yet.", "Open the link in the mail that we sent, or ask for a new one in your account.";
        fr: "Votre adresse e-mail n’est pas encore confirmée.", "Ouvrez le lien du message envoyé, ou demandez-en un autre dans votre compte.";
    /// Signed in, but not allowed: role or scope is missing.
    Forbidden = "forbidden", 403,
        en: "You may not do this.", "Sign in with an account or a key that may.";
        fr: "Vous n’avez pas le droit de faire cela.", "Connectez-vous avec un compte ou une clé qui l’a.";
    /// A second factor is set up already.
    TotpAlreadyOn = "totp_already_on", 409,
        en: "The second step is on already.", "Turn it off first to set up another app.";
        fr: "La deuxième étape est déjà active.", "Désactivez-la d’abord pour changer d’application.";
    /// There is no second factor to change.
    TotpOff = "totp_off", 409,
        en: "The second step is not on.", "Set it up first.";
        fr: "La deuxième étape n’est pas active.", "Activez-la d’abord.";
    /// An account holds as many API keys as it may.
    TooManyApiKeys = "too_many_api_keys", 409,
        en: "You have as many keys as an account can hold.", "Delete one that you no longer use.";
        fr: "Vous avez autant de clés qu’un compte peut en avoir.", "Supprimez-en une qui ne sert plus.";
    /// The same Idempotency-Key came with another body.
    IdempotencyMismatch = "idempotency_mismatch", 422,
        en: "This key was used for another request.", "Use a new Idempotency-Key for each new request.";
        fr: "Cette clé a déjà servi pour une autre demande.", "Utilisez un nouvel Idempotency-Key pour chaque nouvelle demande.";
    /// The first request with this Idempotency-Key is still at work.
    IdempotencyInFlight = "idempotency_in_flight", 409,
        en: "The first of these requests is still at work.", "Wait a moment and send it again.";
        fr: "La première de ces demandes est encore en cours.", "Attendez un instant et renvoyez-la.";
    /// A bucket of the rate limits is empty.
    RateLimited = "rate_limited", 429,
        en: "That was too many tries in a short time.", "Wait a little and try again.";
        fr: "C’était trop d’essais en peu de temps.", "Attendez un peu et recommencez.";
    /// Too few credits to spend.
    CreditsShort = "credits_short", 402,
        en: "You have too few credits for this.", "Wait for next month’s free ones, or for a job that holds some to end. The studio in your browser is free.";
        fr: "Vous n’avez pas assez de crédits.", "Attendez ceux du mois prochain, ou la fin d’une tâche qui en retient. Le studio de votre navigateur est gratuit.";
    /// An account has as many jobs waiting and running as it may.
    TooManyJobs = "too_many_jobs", 409,
        en: "You have as many jobs under way as an account can have.", "Wait until one ends, or cancel one.";
        fr: "Vous avez autant de tâches en cours qu’un compte peut en avoir.", "Attendez que l’une se termine, ou annulez-en une.";
    /// A job that has ended cannot be stopped.
    JobEnded = "job_ended", 409,
        en: "This job has ended already.", "Look at what came of it.";
        fr: "Cette tâche est déjà terminée.", "Regardez ce qu’elle a donné.";
    /// Only a job that ended without a result can be done again.
    JobNotRetryable = "job_not_retryable", 409,
        en: "This job cannot be done again.", "Only a job that failed or was cancelled can. Start a new one.";
        fr: "Cette tâche ne peut pas être refaite.", "Seule une tâche échouée ou annulée le peut. Lancez-en une nouvelle.";
    /// Each worker that had the job died of it, or with it.
    JobInterrupted = "job_interrupted", 503,
        en: "This job was interrupted each time it was tried.", "Try again later. Its credits are back.";
        fr: "Cette tâche a été interrompue à chaque essai.", "Réessayez plus tard. Ses crédits vous sont rendus.";
    /// The database does not answer.
    Unavailable = "unavailable", 503,
        en: "Accounts are out of reach for a moment.", "Try again in a minute. The studio in your browser goes on working.";
        fr: "Les comptes sont injoignables pour un moment.", "Réessayez dans une minute. Le studio de votre navigateur continue de marcher.";
    /// The body has a type that this operation does not read.
    MediaTypeUnsupported = "media_type_unsupported", 415,
        en: "The request has a content type that is not read here.", "Send JSON, or what the documentation of this operation names.";
        fr: "La demande a un type de contenu qui ne se lit pas ici.", "Envoyez du JSON, ou ce que nomme la documentation de cette opération.";
    /// A file in a format that is not kept.
    MediaUnsupported = "media_unsupported", 415,
        en: "This kind of file is not kept here.", "Use a JPEG, PNG, GIF, WebP or PDF file.";
        fr: "Ce type de fichier n’est pas conservé ici.", "Utilisez un fichier JPEG, PNG, GIF, WebP ou PDF.";
    /// The content is of another format than the name's extension.
    MediaTypeMismatch = "media_type_mismatch", 415,
        en: "This file is not what its name says.", "Give it the extension of what it is, .jpg for a JPEG say, and try again.";
        fr: "Ce fichier n’est pas ce que dit son nom.", "Donnez-lui l’extension de ce qu’il est, .jpg pour un JPEG par exemple, et recommencez.";
    /// The file is over the byte limit of this server.
    MediaTooLarge = "media_too_large", 413,
        en: "This file is too large.", "Choose a smaller one, or save it again as a JPEG.";
        fr: "Ce fichier est trop gros.", "Choisissez-en un plus petit, ou enregistrez-le de nouveau en JPEG.";
    /// An animation with more frames, or frames of more pixels in all, than allowed.
    MediaTooManyFrames = "media_too_many_frames", 413,
        en: "This animation is too long.", "It may have 500 frames, and 200 million pixels in all: shorten it or make it smaller.";
        fr: "Cette animation est trop longue.", "Elle peut avoir 500 images, et 200 millions de pixels en tout : raccourcissez-la ou réduisez-la.";
    /// An animation in a format that is not written here.
    MediaAnimated = "media_animated", 415,
        en: "An animation of this format cannot be kept.", "Save it as a GIF, or save a single frame.";
        fr: "Une animation de ce format ne peut pas être conservée.", "Enregistrez-la en GIF, ou enregistrez une seule image.";
    /// A picture that is something else as well: an archive, a document, a page.
    MediaPolyglot = "media_polyglot", 422,
        en: "This file holds something else besides the picture.", "Export the picture anew and send that.";
        fr: "Ce fichier contient autre chose que l’image.", "Exportez l’image de nouveau et envoyez-la.";
    /// A document that is not whole.
    DocumentDamaged = "document_damaged", 422,
        en: "This document is damaged.", "Part of it is missing: export it again, or choose another one.";
        fr: "Ce document est abîmé.", "Il en manque une partie : exportez-le de nouveau, ou choisissez-en un autre.";
    /// A document that would run something when opened.
    DocumentActive = "document_active", 422,
        en: "This document runs programs or carries files.", "Print it to a new PDF, which leaves them out, and send that.";
        fr: "Ce document lance des programmes ou transporte des fichiers.", "Imprimez-le dans un nouveau PDF, qui n’en aura pas, et envoyez celui-ci.";
    /// The account keeps as much as it may.
    MediaQuotaExceeded = "media_quota_exceeded", 409,
        en: "Your library is full.", "Delete something from it and try again.";
        fr: "Votre bibliothèque est pleine.", "Supprimez-en quelque chose et recommencez.";
    /// Taken down by a moderator; its owner sees that much.
    MediaTakenDown = "media_taken_down", 451,
        en: "This file was taken down after a report.", "Write to us if you think that is a mistake.";
        fr: "Ce fichier a été retiré après un signalement.", "Écrivez-nous si vous pensez que c’est une erreur.";
    /// A face is used that nobody stated anything about, or the statement was withdrawn.
    ConsentRequired = "consent_required", 403,
        en: "It is not said yet whose face this is.", "State for each face that it is yours, that you have the person’s permission, or that it is nobody’s.";
        fr: "Il n’est pas encore dit à qui est ce visage.", "Indiquez pour chaque visage que c’est le vôtre, que vous avez la permission de la personne, ou qu’il n’est à personne.";
    /// Nobody under age may use other people's faces here.
    AgeRequired = "age_required", 403,
        en: "You must be 18 or older for this.", "Confirm your age in the settings of your account.";
        fr: "Il faut avoir 18 ans ou plus pour cela.", "Confirmez votre âge dans les réglages de votre compte.";
    /// The check of contents found something that is not allowed.
    ContentRefused = "content_refused", 422,
        en: "This picture is not allowed here.", "Choose another one. The page about your privacy says what is checked.";
        fr: "Cette image n’est pas admise ici.", "Choisissez-en une autre. La page sur la vie privée dit ce qui est vérifié.";
    /// Contents are to be checked, and the check is out of reach.
    ContentUnchecked = "content_unchecked", 503,
        en: "This picture could not be checked.", "Pictures are taken only once they are checked: try again in a few minutes.";
        fr: "Cette image n’a pas pu être vérifiée.", "Les images ne sont prises qu’une fois vérifiées : réessayez dans quelques minutes.";
    /// Our fault.
    Internal = "internal", 500,
        en: "Something went wrong on our side.", "Try again. If it happens again, tell us the request number.";
        fr: "Une erreur s’est produite de notre côté.", "Recommencez. Si cela se reproduit, donnez-nous le numéro de la demande.";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.title(Language::English), self.advice(Language::English))
    }
}

impl std::error::Error for ErrorCode {}

/// The text is not one of the table's codes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a known error code")]
pub struct UnknownCode(pub String);

impl FromStr for ErrorCode {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|known| known.as_str() == code).ok_or_else(|| UnknownCode(code.into()))
    }
}

impl ErrorCode {
    /// The code of that name, or [`ErrorCode::Internal`]: what another layer calls a failure is not always ours.
    pub fn parse_or_internal(code: &str) -> Self {
        code.parse().unwrap_or(Self::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_parse_back() {
        for code in ErrorCode::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
        }
        assert!("no_such_code".parse::<ErrorCode>().is_err());
    }

    #[test]
    fn the_wire_name_is_the_code() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).ok(), Some(code.as_str().into()));
        }
    }

    #[test]
    fn every_code_says_what_happened_and_what_to_do() {
        for code in ErrorCode::ALL {
            for language in Language::ALL {
                let (title, advice) = (code.title(language), code.advice(language));
                assert!(title.ends_with('.') && advice.ends_with('.'), "{code:?}");
            }
            assert!((400..600).contains(&code.status()), "{code:?}");
        }
    }
}
