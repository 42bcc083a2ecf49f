//! What the certificate says, apart from how it is shown.

use contract::Language;
use contract::quality::{Grade, Measure};

use crate::format::decimal;
use crate::words::sentences;

sentences! {
    /// What stands on the certificate; `docs/QUALITY.md` has the definitions.
    QualityWords {
        quality: "Quality" | "Qualité";
        title: "Quality of this result" | "Qualité de ce résultat";
        measuring: "Measuring the result" | "Mesure du résultat";
        note: "Measured on this device, beside the picture it was made in. Whose face it is plays no part." | "Mesuré sur cet appareil, à côté de l’image d’origine. L’identité du visage n’y joue aucun rôle.";
        all_good: "Nobody will notice." | "Personne ne le remarquera.";
        all_fair: "Whoever looks for it will see it." | "Qui le cherche le verra.";
        all_poor: "Anybody will see it: try another face, or a picture with a similar pose and light." | "Tout le monde le verra : essayez un autre visage, ou une image avec une pose et une lumière proches.";
        good: "good" | "bon";
        fair: "fair" | "moyen";
        poor: "poor" | "faible";
        pose: "Pose" | "Pose";
        pose_about: "How far the head turned away from the picture’s" | "De combien la tête s’est écartée de celle de l’image";
        expression: "Expression" | "Expression";
        expression_about: "How far eyes, brows and mouth moved" | "De combien les yeux, les sourcils et la bouche ont bougé";
        seam: "Seam" | "Raccord";
        seam_about: "Colour step along the graft’s rim; 1 is just visible" | "Écart de couleur au bord de la greffe ; 1 est à peine visible";
        sharpness: "Sharpness" | "Netteté";
        sharpness_about: "Beside the picture’s own" | "Par rapport à celle de l’image";
        background: "Everything else" | "Tout le reste";
        background_about: "What is no face should not change" | "Ce qui n’est pas un visage ne doit pas changer";
        untouched: "untouched" | "intact";
        swap_rate: "Faces changed" | "Visages changés";
        swap_rate_about: "Of the pictures that show a face" | "Parmi les images qui montrent un visage";
        jitter: "Steadiness" | "Stabilité";
        jitter_about: "Trembling beside the input’s; 1 is as still" | "Tremblement par rapport à l’entrée ; 1 est aussi stable";
    }
}

/// What all of it comes to.
pub(super) const fn verdict(grade: Grade, language: Language) -> &'static str {
    let words = QualityWords::of(language);
    match grade {
        Grade::Good => words.all_good,
        Grade::Fair => words.all_fair,
        Grade::Poor => words.all_poor,
    }
}

/// A grade in a word.
pub(super) const fn grade_name(grade: Grade, language: Language) -> &'static str {
    let words = QualityWords::of(language);
    match grade {
        Grade::Good => words.good,
        Grade::Fair => words.fair,
        Grade::Poor => words.poor,
    }
}

/// What a measure is called, and what it is about.
pub(super) const fn measure_name(measure: Measure, language: Language) -> (&'static str, &'static str) {
    let words = QualityWords::of(language);
    match measure {
        Measure::PoseError => (words.pose, words.pose_about),
        Measure::ExpressionError => (words.expression, words.expression_about),
        Measure::Seam => (words.seam, words.seam_about),
        Measure::Sharpness => (words.sharpness, words.sharpness_about),
        Measure::Background => (words.background, words.background_about),
        Measure::SwapRate => (words.swap_rate, words.swap_rate_about),
        Measure::Jitter => (words.jitter, words.jitter_about),
    }
}

/// A value with its unit.
pub(super) fn value_text(measure: Measure, value: f32, language: Language) -> String {
    // Where nothing changed there is no noise to compare with.
    if value.is_infinite() {
        return QualityWords::of(language).untouched.into();
    }
    let number = decimal(value, language);
    match measure {
        Measure::PoseError => format!("{number}°"),
        Measure::ExpressionError | Measure::SwapRate => percent(&number, language),
        Measure::Sharpness => percent(&((100.0 * value).round() as u32).to_string(), language),
        Measure::Seam => format!("ΔE {number}"),
        Measure::Jitter => format!("× {number}"),
        Measure::Background => format!("{number} dB"),
    }
}

fn percent(number: &str, language: Language) -> String {
    match language {
        Language::English => format!("{number}%"),
        Language::French => format!("{number}\u{a0}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_units() {
        let text = |measure, value| value_text(measure, value, Language::English);
        assert_eq!(text(Measure::PoseError, 0.84), "0.8°");
        assert_eq!(text(Measure::Seam, 1.0), "ΔE 1.0");
        assert_eq!(text(Measure::Sharpness, 0.964), "96%");
        assert_eq!(text(Measure::Background, f32::INFINITY), "untouched");
        assert_eq!(value_text(Measure::ExpressionError, 2.26, Language::French), "2,3\u{a0}%");
    }

    #[test]
    fn sentences_are_whole() {
        crate::words::check(QualityWords::ALL);
    }
}
