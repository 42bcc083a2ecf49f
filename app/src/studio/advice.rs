//! What the source gate found, as sentences that say what to do.

use contract::Language;
use contract::gate::{Finding, FindingKind, Severity};
use contract::swaps::FaceView;

use crate::words::sentences;

sentences! {
    /// What may be better about a face. A mild one is in the words of somebody who helps, a severe one says what will come of it.
    AdviceWords {
        good: "Good size, facing you." | "Bonne taille, de face.";
        small: "A little small: come closer, or choose a larger photo." | "Un peu petit : approchez-vous, ou choisissez une photo plus grande.";
        very_small: "Very small: the result will look soft. Come closer, or choose a larger photo." | "Très petit : le résultat sera flou. Approchez-vous, ou choisissez une photo plus grande.";
        blurred: "A little blurred: hold still, and touch the face to focus on it." | "Un peu flou : ne bougez pas, et touchez le visage pour faire la mise au point.";
        very_blurred: "Blurred: the result will be, too. Try a sharper photo." | "Flou : le résultat le sera aussi. Essayez une photo plus nette.";
        turned: "Turn a little to the front." | "Tournez-vous un peu vers l’objectif.";
        very_turned: "Turned far to the side: half of the face is hidden. Look at the camera." | "Très tourné : la moitié du visage est cachée. Regardez l’objectif.";
        looks_up: "Lower your chin a little." | "Baissez un peu le menton.";
        looks_down: "Raise your chin a little." | "Relevez un peu le menton.";
        tilted: "Hold your head a little straighter." | "Tenez la tête un peu plus droite.";
        dark: "A little dark: turn towards a window." | "Un peu sombre : tournez-vous vers une fenêtre.";
        very_dark: "Too dark to see the skin: find more light." | "Trop sombre pour voir la peau : cherchez plus de lumière.";
        bright: "Bright spots on the skin: step out of the glare." | "Des reflets sur la peau : éloignez-vous de la lumière vive.";
        very_bright: "Too bright, the skin has gone white: find softer light." | "Trop clair, la peau est toute blanche : cherchez une lumière plus douce.";
        one_sided: "Light from one side: turn your face towards it." | "Lumière d’un seul côté : tournez-vous vers elle.";
        glasses: "Take your glasses off, if you can." | "Retirez vos lunettes, si vous le pouvez.";
        dark_glasses: "The eyes are hidden: take the dark glasses off." | "Les yeux sont cachés : retirez les lunettes sombres.";
        mouth_covered: "Mouth and nose are hidden: uncover them." | "La bouche et le nez sont cachés : découvrez-les.";
        cut: "The picture cuts the face a little: step back." | "L’image coupe un peu le visage : reculez.";
        very_cut: "The picture cuts off a part of the face: step back." | "L’image coupe une partie du visage : reculez.";
    }
}

/// What is said of a face that is to be the source: the worst that was found, or that all is well.
pub(crate) fn face_advice(face: &FaceView, language: Language) -> &'static str {
    face.findings.first().map_or(AdviceWords::of(language).good, |finding| advice(finding, language))
}

/// What to do about a finding.
pub(crate) const fn advice(finding: &Finding, language: Language) -> &'static str {
    let words = AdviceWords::of(language);
    let is_severe = matches!(finding.severity, Severity::Severe);
    match finding.kind {
        FindingKind::Small if is_severe => words.very_small,
        FindingKind::Small => words.small,
        FindingKind::Blurred if is_severe => words.very_blurred,
        FindingKind::Blurred => words.blurred,
        FindingKind::Turned if is_severe => words.very_turned,
        FindingKind::Turned => words.turned,
        FindingKind::Nodding if finding.value > 0.0 => words.looks_up,
        FindingKind::Nodding => words.looks_down,
        FindingKind::Tilted => words.tilted,
        FindingKind::Dark if is_severe => words.very_dark,
        FindingKind::Dark => words.dark,
        FindingKind::Bright if is_severe => words.very_bright,
        FindingKind::Bright => words.bright,
        FindingKind::OneSided => words.one_sided,
        FindingKind::EyesCovered if is_severe => words.dark_glasses,
        FindingKind::EyesCovered => words.glasses,
        FindingKind::MouthCovered => words.mouth_covered,
        FindingKind::Cut if is_severe => words.very_cut,
        FindingKind::Cut => words.cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(findings: &[(FindingKind, Severity, f32)]) -> FaceView {
        let finding = |&(kind, severity, value)| Finding { kind, severity, value };
        FaceView { bounds: [0.0; 4], outline: vec![], findings: findings.iter().map(finding).collect() }
    }

    #[test]
    fn the_first_finding_is_said_and_none_is_praise() {
        let english = |findings: &[_]| face_advice(&face(findings), Language::English);
        assert!(english(&[]).starts_with("Good"));
        let (turned, small) =
            ((FindingKind::Turned, Severity::Mild, -27.0), (FindingKind::Small, Severity::Severe, 20.0));
        assert_eq!(english(&[turned, small]), "Turn a little to the front.");
        assert!(english(&[small, turned]).starts_with("Very small"));
    }

    #[test]
    fn a_chin_is_sent_the_other_way() {
        let nodding = |pitch_deg| face(&[(FindingKind::Nodding, Severity::Mild, pitch_deg)]);
        assert!(face_advice(&nodding(25.0), Language::English).starts_with("Lower"));
        assert!(face_advice(&nodding(-25.0), Language::English).starts_with("Raise"));
    }

    #[test]
    fn sentences_are_whole() {
        crate::words::check(AdviceWords::ALL);
    }
}
