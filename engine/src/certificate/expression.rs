//! How far two faces' expressions are apart: openings and heights that muscles move, each in eye distances.

use crate::face::{eye_centre, eye_distance_px};
use crate::landmarks::{BROWS, EYELIDS, EYES, INNER_LIP_BOTTOM, INNER_LIP_TOP, MOUTH_CORNERS, NOSE_TIP};
use crate::numeric::{norm, sub};

/// Opening of each eye, height of each brow over its eye, the mouth's opening and width, and the distance of each of
/// its corners from the nose's tip.
const MEASURES: usize = 8;

/// Mean difference of the measures, in per cent of the eye distance.
pub(super) fn error_percent(a: &[[f32; 3]], b: &[[f32; 3]]) -> f32 {
    let differences = measures(a).into_iter().zip(measures(b)).map(|(a, b)| (a - b).abs());
    100.0 * differences.sum::<f32>() / MEASURES as f32
}

/// Distances in depth too, so that a turned head reads as a straight one.
fn measures(landmarks: &[[f32; 3]]) -> [f32; MEASURES] {
    let scale = 1.0 / eye_distance_px(landmarks).max(1e-3);
    let between = |i: usize, j: usize| norm(sub(landmarks[i], landmarks[j])) * scale;
    let brow = |side: usize| norm(sub(landmarks[BROWS[side]], eye_centre(landmarks, EYES[side]))) * scale;
    let [left, right] = MOUTH_CORNERS;
    [
        between(EYELIDS[0][0], EYELIDS[0][1]),
        between(EYELIDS[1][0], EYELIDS[1][1]),
        brow(0),
        brow(1),
        between(INNER_LIP_TOP, INNER_LIP_BOTTOM),
        between(left, right),
        between(left, NOSE_TIP),
        between(right, NOSE_TIP),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A flat face whose eyes are 100 apart.
    fn face() -> Vec<[f32; 3]> {
        let mut landmarks = vec![[100.0, 150.0, 0.0]; 468];
        let mut set = |i: usize, x: f32, y: f32| landmarks[i] = [x, y, 0.0];
        for (side, [outer, inner]) in EYES.into_iter().enumerate() {
            let (x, out) = ([50.0, 150.0][side], [-20.0, 20.0][side]);
            set(outer, x + out, 100.0);
            set(inner, x - out, 100.0);
            set(EYELIDS[side][0], x, 94.0);
            set(EYELIDS[side][1], x, 106.0);
            set(BROWS[side], x, 70.0);
        }
        set(INNER_LIP_TOP, 100.0, 210.0);
        set(INNER_LIP_BOTTOM, 100.0, 210.0);
        set(MOUTH_CORNERS[0], 60.0, 210.0);
        set(MOUTH_CORNERS[1], 140.0, 210.0);
        landmarks
    }

    #[test]
    fn a_known_change_has_a_known_error() {
        let still = face();
        assert_eq!(error_percent(&still, &still), 0.0);
        let mut open = face();
        open[INNER_LIP_BOTTOM][1] += 24.0;
        // 24 per cent in one of eight measures.
        assert!((error_percent(&still, &open) - 3.0).abs() < 1e-4);
        let mut blink = face();
        blink[EYELIDS[0][0]][1] += 8.0;
        assert!((error_percent(&still, &blink) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn neither_size_nor_place_is_an_expression() {
        let larger: Vec<[f32; 3]> = face().iter().map(|p| p.map(|v| 3.0 * v + 40.0)).collect();
        assert!(error_percent(&face(), &larger) < 1e-3);
    }
}
