//! The live page's sentences.

use contract::Language;

use crate::words::sentences;

sentences! {
    /// What the live page says.
    LiveWords {
        title: "Live · MOG AI" | "En direct · MOG AI";
        description: "Wear another face on your camera, live, in your browser. No picture leaves your device." | "Portez un autre visage devant votre caméra, en direct, dans votre navigateur. Aucune image ne quitte votre appareil.";
        line: "Wear a face, as you move." | "Portez un visage, en mouvement.";
        promise: "The camera’s picture is changed on this device, and never sent. What you record says that it was made." | "L’image de la caméra est changée sur cet appareil, jamais envoyée. Ce que vous enregistrez dit que c’est fabriqué.";
        without_script: "The live camera needs JavaScript. The studio works without it." | "La caméra en direct a besoin de JavaScript. Le studio s’en passe.";
        picture: "Your camera’s picture, with another face" | "L’image de votre caméra, avec un autre visage";
        start: "Turn the camera on" | "Allumer la caméra";
        stop: "Stop" | "Arrêter";
        invitation: "Your camera, another face." | "Votre caméra, un autre visage.";
        before: "Your browser will ask you first. The picture stays on this device." | "Votre navigateur vous demandera d’abord. L’image reste sur cet appareil.";
        no_face: "No face in view. Come closer, into even light." | "Aucun visage en vue. Approchez, dans une lumière égale.";
        waiting_for_two: "Two people are needed in view." | "Il faut deux personnes en vue.";
        wearing: "Wearing it" | "Vous le portez";
        snapshot: "Take a snapshot" | "Prendre un instantané";
        record: "Record" | "Enregistrer";
        end_recording: "End the recording" | "Finir l’enregistrement";
        no_recording: "This browser cannot record a canvas. Take a snapshot instead." | "Ce navigateur ne peut pas enregistrer un canevas. Prenez un instantané.";
        how: "How" | "Comment";
        mirror: "Mirror" | "Miroir";
        exchange: "Swap the two faces in view" | "Échanger les deux visages en vue";
        device: "Camera" | "Caméra";
        unnamed: "Camera without a name" | "Caméra sans nom";
        clip: "Your recording" | "Votre enregistrement";
        clip_note: "Measured on this device while it was recorded." | "Mesuré sur cet appareil pendant l’enregistrement.";
        clip_unmeasured: "It was too short, or showed no face: there is nothing to measure." | "Trop court, ou sans visage : il n’y a rien à mesurer.";
        speed: "Speed" | "Vitesse";
    }
}

/// What the engine is made for, as the display of figures has it.
pub(super) const fn path_name(relaxed: bool) -> &'static str {
    if relaxed { "relaxed SIMD" } else { "SIMD" }
}

/// Pictures a second, and how long each took from the camera to the screen.
pub(super) fn speed(per_second: u32, latency_ms: u32, language: Language) -> String {
    match language {
        Language::English => format!("{per_second} fps · {latency_ms} ms"),
        Language::French => format!("{per_second} i/s · {latency_ms} ms"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_are_whole() {
        crate::words::check(super::LiveWords::ALL);
    }
}
