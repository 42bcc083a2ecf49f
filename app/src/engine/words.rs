//! What is said of the engine, on every page that runs it.

use contract::Language;
use contract::studio::SwapReport;

use crate::format;
use crate::words::sentences;

sentences! {
    /// What the engine is doing.
    EngineWords {
        loading: "Loading the engine" | "Chargement du moteur";
        grafting: "Grafting" | "Greffe en cours";
    }
}

/// The end of a graft, in two parts: what happened, and how long it took.
pub(crate) fn done(report: &SwapReport, language: Language) -> (String, String) {
    let time = format::duration(report.elapsed_ms, language);
    match language {
        Language::English => {
            let what = match report.faces {
                1 => "Done here, in your browser,".into(),
                faces => format!("{faces} faces done here, in your browser,"),
            };
            (what, format!(" in {time}"))
        }
        Language::French => {
            let what = match report.faces {
                1 => "Fait ici, dans votre navigateur,".into(),
                faces => format!("{faces} visages faits ici, dans votre navigateur,"),
            };
            (what, format!(" en {time}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_says_where_and_how_long() {
        let report = |faces| SwapReport { faces, elapsed_ms: 41 };
        let joined = |faces| {
            let (what, time) = done(&report(faces), Language::English);
            what + &time
        };
        assert_eq!(joined(1), "Done here, in your browser, in 41 ms");
        assert_eq!(joined(3), "3 faces done here, in your browser, in 41 ms");
    }

    #[test]
    fn french_has_its_comma() {
        let (what, time) = done(&SwapReport { faces: 1, elapsed_ms: 1_340 }, Language::French);
        assert_eq!(what + &time, "Fait ici, dans votre navigateur, en 1,3 s");
    }

    #[test]
    fn sentences_are_whole() {
        crate::words::check(EngineWords::ALL);
    }
}
