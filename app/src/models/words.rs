//! The sentences of the page about the models.

use contract::Language;

use super::manifest::Model;
use crate::words::sentences;

sentences! {
    /// What the page about the models says.
    ModelsWords {
        title: "Models" | "Modèles";
        description: "The neural networks of MOG AI: what they do, who made them, under which licence, and what they do not do." | "Les réseaux de neurones de MOG AI : ce qu’ils font, qui les a faits, sous quelle licence, et ce qu’ils ne font pas.";
        line: "What looks at your photo." | "Ce qui regarde votre photo.";
        lead: "Small networks find the face and measure its shape. Plain geometry and colour mathematics do the grafting. All of it runs on your device." | "De petits réseaux trouvent le visage et mesurent sa forme. De la géométrie et des mathématiques de couleur font la greffe. Tout tourne sur votre appareil.";
        weights: "Weights" | "Poids";
        size: "Size" | "Taille";
        takes: "Takes" | "Prend";
        gives: "Gives" | "Donne";
        described: "Described in" | "Décrit dans";
        card: "Its makers’ own description" | "La description de ses auteurs (en anglais)";
        origin: "Where they come from" | "D’où ils viennent";
        package_before: "All of them are part of public packages by" | "Tous font partie de paquets publics de";
        package_after: ". Set-up takes them out of these, compares every byte with the sums on this page, and converts them. Nothing of them is changed or retrained." | ". L’installation les en sort, compare chaque octet avec les sommes de cette page, et les convertit. Rien n’y est changé ni réentraîné.";
        package: "Package" | "Paquet";
        licence: "Licence" | "Licence";
        integrity: "Integrity" | "Intégrité";
        limits: "What they do not do" | "Ce qu’ils ne font pas";
        limit_recognise: "They do not recognise anybody. No name, no match, no print of a face that could find a person again." | "Ils ne reconnaissent personne. Aucun nom, aucune comparaison, aucune empreinte de visage qui permettrait de retrouver quelqu’un.";
        limit_guess: "They do not guess age, gender, origin or mood." | "Ils ne devinent ni l’âge, ni le genre, ni l’origine, ni l’humeur.";
        limit_miss: "They miss faces that are very small, turned far away, or covered; they can take a drawing for a face." | "Ils manquent les visages très petits, très tournés ou couverts ; ils peuvent prendre un dessin pour un visage.";
        limit_surface: "They measure a surface. Hair, glasses, hands, teeth and ears stay those of the picture." | "Ils mesurent une surface. Cheveux, lunettes, mains, dents et oreilles restent ceux de l’image.";
        limit_proof: "A result is a made-up picture. It proves nothing about anybody." | "Un résultat est une image inventée. Il ne prouve rien sur personne.";
        photos: "Where your photos go" | "Où vont vos photos";
        photos_studio: "In the studio: nowhere. The engine is loaded into your browser, and your photos stay in its memory until you close the page." | "Dans le studio : nulle part. Le moteur est chargé dans votre navigateur, et vos photos restent dans sa mémoire jusqu’à la fermeture de la page.";
        photos_form: "Without JavaScript: the form sends your photos to this server, which keeps only the result, for one hour, at an address nobody can guess. You can delete it at once." | "Sans JavaScript : le formulaire envoie vos photos à ce serveur, qui ne garde que le résultat, une heure, à une adresse que personne ne peut deviner. Vous pouvez le supprimer aussitôt.";
        photos_samples: "The sample faces show nobody. They are drawn by a program of ours." | "Les visages d’exemple ne montrent personne. Un programme à nous les dessine.";
    }
}

/// Name, purpose, input and output of a model; as the manifest has them where no other words are known.
pub(super) fn about(model: Model, language: Language) -> Model {
    let french = match (model.name.as_str(), language) {
        ("face_detector", Language::French) => [
            "BlazeFace, courte portée",
            "Trouve où sont les visages sur une photo, avec six points clés chacun.",
            "Un carré : 128 x 128 pixels RVB dans -1..1",
            "896 cadres candidats, chacun avec six points clés et un score",
        ],
        ("face_mesh", Language::French) => [
            "FaceMesh, 468 repères",
            "Mesure la surface d’un visage : 468 points en trois dimensions, et s’il s’agit bien d’un visage.",
            "Un carré autour d’un visage, redressé : 192 x 192 pixels RVB dans 0..1",
            "468 points (x, y, z en pixels du carré) et un score de visage",
        ],
        ("face_mesh_refined", Language::French) => [
            "Maillage attentif, 478 repères",
            "Mesure un visage comme le maillage, et regarde les yeux et les lèvres une seconde fois. Facultatif : seule la ligne de commande s’en sert.",
            "Un carré autour d’un visage, redressé : 192 x 192 pixels RVB dans 0..1",
            "468 points (x, y, z en pixels du carré), 5 points de chaque iris et un score de visage",
        ],
        ("hand_detector", Language::French) => [
            "Détecteur de paumes, léger",
            "Trouve les mains près d’un visage, pour qu’une main posée devant y reste.",
            "Un carré : 192 x 192 pixels RVB dans 0..1",
            "2016 paumes candidates, chacune avec sept points clés et un score",
        ],
        ("hand_landmarks", Language::French) => [
            "Repères de la main, léger",
            "Mesure une main : 21 points, et si c’en est bien une.",
            "Un carré autour d’une main, redressée : 224 x 224 pixels RVB dans 0..1",
            "21 points (x, y, z en pixels du carré) et un score de main",
        ],
        ("face_topology", Language::French) => [
            "Maillage canonique du visage",
            "Dit quels repères forment les triangles de la surface du visage. Pas un réseau : de la géométrie.",
            "Rien",
            "468 sommets avec coordonnées de texture, 898 triangles",
        ],
        _ => return model,
    };
    let [title, purpose, input, output] = french.map(str::to_owned);
    Model { title, purpose, input, output, ..model }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Manifest;
    use super::*;

    #[test]
    fn sentences_are_whole() {
        crate::words::check(ModelsWords::ALL);
    }

    #[test]
    fn every_model_is_described_in_french() {
        for model in Manifest::read().expect("models/manifest.json").models {
            assert_ne!(about(model.clone(), Language::French).purpose, model.purpose, "{}", model.name);
        }
    }
}
