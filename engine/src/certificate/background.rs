//! What became of all that is no face.

use super::face_area::FaceArea;
use crate::photo::Photo;

/// Peak signal-to-noise ratio of two pictures outside the faces, in decibels: `10 log10(255^2 / MSE)` over red, green
/// and blue. None when nothing changed there, or there is nothing.
pub(super) fn psnr_db(before: &Photo, after: &Photo, faces: &[FaceArea]) -> Option<f32> {
    let (mut sum, mut count) = (0f64, 0f64);
    for y in 0..before.height() as usize {
        let pixels = before.row(y).chunks_exact(4).zip(after.row(y).chunks_exact(4));
        for (x, (old, new)) in pixels.enumerate() {
            if faces.iter().any(|face| face.holds(x, y)) {
                continue;
            }
            count += 3.0;
            sum += (0..3).map(|k| f64::from(old[k].abs_diff(new[k])).powi(2)).sum::<f64>();
        }
    }
    (sum > 0.0).then(|| (10.0 * (255.0 * 255.0 * count / sum).log10()) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_change_has_a_known_ratio() {
        let grey = |value: u8| Photo::from_rgba(20, 10, vec![value; 800]).expect("sizes agree");
        assert_eq!(psnr_db(&grey(100), &grey(100), &[]), None);
        // A change of 1 everywhere: 20 log10(255).
        let one = psnr_db(&grey(100), &grey(101), &[]).expect("it changed");
        assert!((one - 48.1308).abs() < 1e-3, "{one}");
        let ten = psnr_db(&grey(100), &grey(110), &[]).expect("it changed");
        assert!((one - ten - 20.0).abs() < 1e-3, "{ten}");
    }
}
