//! CIEDE2000, the difference of two colours as the eye has it; 1 is just noticeable.
//!
//! G. Sharma, W. Wu and E. Dalal, "The CIEDE2000 color-difference formula: implementation notes, supplementary test
//! data, and mathematical observations" (2005), whose data are the test. All weights are 1.

/// White of sRGB (D65, 2 degrees).
const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];
/// 25 to the power of 7.
const TWENTY_FIVE_7: f64 = 6_103_515_625.0;

/// CIE L*a*b* of an sRGB colour in `0..=1`.
pub(super) fn lab_from_srgb(srgb: [f32; 3]) -> [f64; 3] {
    let decode = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    let [r, g, b] = srgb.map(|v| decode(f64::from(v)));
    let xyz = [
        0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b,
        0.212_672_9 * r + 0.715_152_2 * g + 0.072_175 * b,
        0.019_333_9 * r + 0.119_192 * g + 0.950_304_1 * b,
    ];
    let root = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let [x, y, z] = [0, 1, 2].map(|k| root(xyz[k] / WHITE[k]));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The difference of two colours in L*a*b*.
pub(super) fn ciede2000(one: [f64; 3], two: [f64; 3]) -> f64 {
    let mean_chroma = (one[1].hypot(one[2]) + two[1].hypot(two[2])) / 2.0;
    let stretch = 1.5 - 0.5 * seventh(mean_chroma).sqrt();
    let polar = |[lightness, a, b]: [f64; 3]| {
        let a = a * stretch;
        let hue = if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
        (lightness, a.hypot(b), hue)
    };
    let ((l1, c1, h1), (l2, c2, h2)) = (polar(one), polar(two));
    let is_grey = c1 * c2 == 0.0;
    let turn = if is_grey { 0.0 } else { (h2 - h1 + 540.0).rem_euclid(360.0) - 180.0 };
    let hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (lightness, chroma) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let mean_hue = if is_grey { h1 + h2 } else { h1 + turn / 2.0 };

    let cos = |times: f64, shift: f64| (times * mean_hue + shift).to_radians().cos();
    let t =
        1.0 - 0.17 * cos(1.0, -30.0) + 0.24 * cos(2.0, 0.0) + 0.32 * cos(3.0, 6.0) - 0.2 * cos(4.0, -63.0);
    let from_grey = (lightness - 50.0) * (lightness - 50.0);
    let [dl, dc, dh] = [
        (l2 - l1) / (1.0 + 0.015 * from_grey / (20.0 + from_grey).sqrt()),
        (c2 - c1) / (1.0 + 0.045 * chroma),
        hue / (1.0 + 0.015 * chroma * t),
    ];
    let blue = (mean_hue.rem_euclid(360.0) - 275.0) / 25.0;
    let rotation = -2.0 * seventh(chroma).sqrt() * (60.0 * (-blue * blue).exp()).to_radians().sin();
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).max(0.0).sqrt()
}

/// `c^7 / (c^7 + 25^7)`.
fn seventh(c: f64) -> f64 {
    let power = c.powi(7);
    power / (power + TWENTY_FIVE_7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two colours and their difference, from table 1 of the paper.
    const PAPER: [([f64; 3], [f64; 3], f64); 16] = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
        ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];

    #[test]
    fn the_papers_colours_are_as_far_apart_as_it_says() {
        for (one, two, wanted) in PAPER {
            assert!((ciede2000(one, two) - wanted).abs() < 6e-5, "{one:?} {two:?}: {}", ciede2000(one, two));
            assert!((ciede2000(two, one) - wanted).abs() < 6e-5, "it is symmetric");
        }
    }

    #[test]
    fn white_is_white_and_red_is_red() {
        let near = |srgb: [f32; 3], lab: [f64; 3]| {
            let got = lab_from_srgb(srgb);
            assert!((0..3).all(|k| (got[k] - lab[k]).abs() < 0.02), "{got:?} is not {lab:?}");
        };
        near([1.0; 3], [100.0, 0.0, 0.0]);
        near([1.0, 0.0, 0.0], [53.24, 80.09, 67.20]);
        near([0.0; 3], [0.0; 3]);
    }
}
