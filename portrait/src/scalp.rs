//! Where hair grows: the hair line on the skull and the beard on the jaw.

use crate::anatomy::Anatomy;
use crate::dice::noise;
use crate::math::{V3, bell, smoothstep, table};

/// Height of the hair line by depth: nape, behind the ear, sideburn, temple, forehead.
const HAIR_LINE: [(f32, f32); 10] = [
    (-12.0, -4.0),
    (-5.2, -3.5),
    (-4.4, 0.0),
    (-3.4, 1.6),
    (-1.6, 1.2),
    (-0.6, 3.6),
    (1.2, 6.0),
    (2.8, 7.3),
    (3.8, 8.0),
    (5.5, 8.3),
];

/// Height over the hair line, centimetres; negative on bare skin.
pub(crate) fn over_line(h: V3) -> f32 {
    let ragged = 0.16 * noise(h * 1.3) + 0.10 * noise(h * 3.1);
    h.y - table(&HAIR_LINE, h.z) + ragged
}

/// 1 on the scalp, 0 on bare skin, soft at the line.
pub(crate) fn cover(h: V3) -> f32 {
    smoothstep(0.0, 1.25, over_line(h))
}

/// 1 where a beard grows: moustache, chin, jaw and sideburn; soft at its edges.
pub(crate) fn beard(a: &Anatomy, h: V3) -> f32 {
    let m = h.mirrored();
    let mouth = &a.mouth;
    if m.y > 1.6 || m.z < -3.4 {
        return 0.0;
    }
    let edge = table(
        &[
            (0.0, -2.3),
            (1.4, -2.35),
            (2.6, -3.2),
            (3.6, -4.4),
            (5.0, -3.6),
            (6.2, -1.6),
            (6.9, 1.4),
            (8.0, 1.6),
        ],
        m.x,
    );
    let below = smoothstep(0.9, -1.0, m.y - edge + 0.2 * noise(h * 2.0));
    let throat = smoothstep(-11.3, -9.6, m.y) * smoothstep(-3.4, -1.8, m.z);
    let (top, bottom) = (mouth.upper_outer(m.x), mouth.lower_outer(m.x));
    let off_lips =
        smoothstep(0.0, 0.22, (m.y - top).max(bottom - m.y)).max(smoothstep(0.95, 1.15, mouth.along(m.x)));
    let bare = 0.75 * bell((m.x - 1.7) / 0.8) * bell((m.y - bottom + 0.3) / 0.8);
    let off_ears = smoothstep(7.0, 6.4, m.x) * smoothstep(1.6, 0.0, m.y);
    below * throat * off_ears * off_lips * (1.0 - bare)
}
