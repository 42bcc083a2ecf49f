//! The few small formulas that every stage shares.

/// 0 below `low`, 1 above `high`, a smooth cubic between them (Hermite's smoothstep).
#[inline]
pub(crate) fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// `a - b`.
#[inline]
pub(crate) fn sub(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/// Length of a vector.
#[inline]
pub(crate) fn norm(a: [f32; 3]) -> f32 {
    (a[0] * a[0] + a[1] * a[1] + a[2] * a[2]).sqrt()
}

/// Distance in the picture plane.
#[inline]
pub(crate) fn distance_2d(a: [f32; 3], b: [f32; 3]) -> f32 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

/// Distance of a place from the line between two others.
#[inline]
pub(crate) fn distance_to_line(p: [f32; 2], [a, b]: [[f32; 2]; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy).max(1e-9);
    let along = along.clamp(0.0, 1.0);
    (p[0] - a[0] - along * dx).hypot(p[1] - a[1] - along * dy)
}

/// The sides of a polygon.
#[inline]
pub(crate) fn sides(corners: &[[f32; 2]]) -> impl Iterator<Item = [[f32; 2]; 2]> {
    corners.iter().zip(corners.iter().cycle().skip(1)).map(|(&a, &b)| [a, b])
}

/// Whether a place lies within a polygon, by the even-odd rule.
#[inline]
pub(crate) fn is_within(p: [f32; 2], corners: &[[f32; 2]]) -> bool {
    let is_crossed = |[a, b]: &[[f32; 2]; 2]| {
        (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0] + (p[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    };
    sides(corners).filter(is_crossed).count() % 2 == 1
}

/// Sine and cosine, computed in double precision so that native and wasm libraries round to the same value.
pub(crate) fn sin_cos(angle_rad: f32) -> (f32, f32) {
    let (s, c) = f64::from(angle_rad).sin_cos();
    (s as f32, c as f32)
}

/// Angle of the vector (x, y) in radians, in double precision for the same reason.
pub(crate) fn angle(y: f32, x: f32) -> f32 {
    f64::from(y).atan2(f64::from(x)) as f32
}

/// Smallest box around points, as `[left, top, right, bottom]`.
pub(crate) fn bounds(points: &[[f32; 3]]) -> [f32; 4] {
    points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
        [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
    })
}

/// The value below which `share` of the values lie; none without values.
pub(crate) fn quantile(mut values: Vec<f32>, share: f32) -> Option<f32> {
    let last = values.len().checked_sub(1)?;
    let at = ((last as f32 * share) as usize).min(last);
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}

/// Luma of an sRGB colour with Rec. 709's weights; of linear light, its luminance.
#[inline]
pub(crate) fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}
