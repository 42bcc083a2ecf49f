//! The sentences of the page that says where a picture comes from.

use contract::Language;
use contract::provenance::{ManifestAction, ManifestIngredient};

use super::checking::{Finding, Inspected};
use crate::words::sentences;

sentences! {
    /// What the page says.
    VerifyWords {
        title: "Verify" | "Vérifier";
        description: "Drop a picture and read where it comes from: the invisible mark in its pixels and its signed manifest. Everything is read on your device." | "Déposez une image et lisez d’où elle vient : la marque invisible dans ses pixels et son manifeste signé. Tout se lit sur votre appareil.";
        line: "Where does it come from?" | "D’où vient-elle ?";
        picture: "The picture" | "L’image";
        choose: "Choose a picture to verify" | "Choisir une image à vérifier";
        drop: "Drop a picture here" | "Déposez une image ici";
        stays: "It stays on your device." | "Elle reste sur votre appareil.";
        waiting: "Waiting for a picture." | "En attente d’une image.";
        looking: "Looking…" | "Recherche…";
        mark: "Invisible mark" | "Marque invisible";
        mark_found: "The pixels carry a mark of MOG AI." | "Les pixels portent une marque de MOG AI.";
        no_mark: "No mark of ours was heard in the pixels. A picture that was made small, filtered or drawn over may have lost it." | "Aucune marque de chez nous dans les pixels. Une image très réduite, filtrée ou recouverte a pu la perdre.";
        says: "Number" | "Numéro";
        heard: "Heard" | "Lecture";
        manifest: "Signed manifest" | "Manifeste signé";
        no_manifest: "The file has no C2PA manifest. Many programs and websites remove it." | "Le fichier n’a pas de manifeste C2PA. Beaucoup de programmes et de sites l’enlèvent.";
        intact: "Intact: nothing was changed since it was signed. Who signed is named below; no list of known signers was asked." | "Intact : rien n’a changé depuis la signature. Le signataire est nommé ci-dessous ; aucune liste de signataires connus n’a été consultée.";
        broken: "Broken: the file was changed after it was signed, or the manifest is damaged. Do not rely on what it says." | "Rompu : le fichier a changé après la signature, ou le manifeste est abîmé. Ne vous fiez pas à ce qu’il dit.";
        signer: "Signed by" | "Signé par";
        generator: "Made with" | "Fait avec";
        when: "When" | "Quand";
        done: "What was done" | "Ce qui a été fait";
        made_of: "Made of" | "Fait de";
        problems: "Problems" | "Problèmes";
    }
}

sentences! {
    /// The page's answer, in one line.
    VerdictWords {
        ask: "A picture says more than it shows." | "Une image en dit plus qu’elle ne montre.";
        looking: "Reading it…" | "Lecture…";
        ours: "Made with MOG AI: a face in it was replaced." | "Faite avec MOG AI : un visage y a été remplacé.";
        broken: "Its manifest is broken." | "Son manifeste est rompu.";
        signed: "It says where it comes from." | "Elle dit d’où elle vient.";
        silent: "It says nothing, which proves nothing." | "Elle ne dit rien, et cela ne prouve rien.";
    }
}

/// What both findings come to.
pub(super) fn verdict(shown: Option<&Inspected>, language: Language) -> &'static str {
    let words = VerdictWords::of(language);
    let Some(Inspected { mark, manifest, .. }) = shown else { return words.ask };
    match (mark, manifest) {
        (Finding::Read(Some(_)), _) => words.ours,
        (_, Finding::Read(Some(manifest))) if manifest.intact && manifest.mark.is_some() => words.ours,
        (Finding::Looking, _) | (_, Finding::Looking) => words.looking,
        (_, Finding::Read(Some(manifest))) if !manifest.intact => words.broken,
        (_, Finding::Read(Some(_))) => words.signed,
        _ => words.silent,
    }
}

/// How well the mark was heard.
pub(super) fn marked_bits(percent: u8, language: Language) -> String {
    match language {
        Language::English => format!("{percent} of 100 bits right"),
        Language::French => format!("{percent} bits justes sur 100"),
    }
}

/// An action of C2PA, in words where it is one of those that we write.
pub(super) fn action_named(action: &ManifestAction, language: Language) -> String {
    let [english, french] = match action.name.as_str() {
        "c2pa.created" => ["Created", "Créée"],
        "c2pa.opened" => ["A picture was opened", "Une image a été ouverte"],
        "c2pa.placed" => ["Another was placed into it", "Une autre y a été placée"],
        "c2pa.edited" => ["Edited", "Modifiée"],
        other => [other, other],
    };
    let name = match language {
        Language::English => english,
        Language::French => french,
    };
    match (action.source_type.as_deref(), language) {
        (Some("compositeWithTrainedAlgorithmicMedia"), Language::English) => {
            format!("{name}, with parts made by a neural network")
        }
        (Some("compositeWithTrainedAlgorithmicMedia"), Language::French) => {
            format!("{name}, avec des parties faites par un réseau de neurones")
        }
        (Some("trainedAlgorithmicMedia"), Language::English) => format!("{name} by a neural network"),
        (Some("trainedAlgorithmicMedia"), Language::French) => format!("{name} par un réseau de neurones"),
        (Some(other), _) => format!("{name} ({other})"),
        (None, _) => name.to_owned(),
    }
}

/// A picture that another was made of.
pub(super) fn ingredient_named(ingredient: &ManifestIngredient, language: Language) -> String {
    let title = match (ingredient.title.as_str(), language) {
        ("target", Language::English) => "the picture that was changed",
        ("target", Language::French) => "l’image qui a été changée",
        ("source", Language::English) => "the picture whose face was used",
        ("source", Language::French) => "l’image dont le visage a servi",
        (other, _) => other,
    };
    match (ingredient.signed, language) {
        (true, Language::English) => format!("{title}, with a manifest of its own"),
        (true, Language::French) => format!("{title}, avec son propre manifeste"),
        (false, _) => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use contract::studio::MarkView;

    use super::*;

    #[test]
    fn sentences_are_whole() {
        crate::words::check(VerifyWords::ALL);
        crate::words::check(VerdictWords::ALL);
    }

    #[test]
    fn a_mark_is_enough_and_silence_is_no_proof() {
        let mark = MarkView { payload: "00".into(), agreement_percent: 99 };
        let shown = |mark, manifest| Inspected { name: String::new(), url: String::new(), mark, manifest };
        let words = VerdictWords::of(Language::English);
        let say = |mark, manifest| verdict(Some(&shown(mark, manifest)), Language::English);
        assert_eq!(say(Finding::Read(Some(mark)), Finding::Looking), words.ours);
        assert_eq!(say(Finding::Looking, Finding::Read(None)), words.looking);
        assert_eq!(say(Finding::Read(None), Finding::Read(None)), words.silent);
        assert_eq!(verdict(None, Language::English), words.ask);
    }
}
