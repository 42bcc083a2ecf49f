//! A Gaussian-like blur whose cost does not depend on its radius: three box blurs in a row.

/// Blurs one plane in place; the border is extended outwards.
pub(crate) fn blur(plane: &mut [f32], width: usize, height: usize, radius: usize) {
    if radius == 0 || width == 0 || height == 0 {
        return;
    }
    let mut scratch = vec![0f32; width * height];
    for _ in 0..3 {
        for (row, out) in plane.chunks_exact(width).zip(scratch.chunks_exact_mut(width)) {
            blur_row(row, out, radius);
        }
        blur_columns(&scratch, plane, width, height, radius);
    }
}

/// A running sum; in double precision, so that it does not drift over a long row.
fn blur_row(row: &[f32], out: &mut [f32], radius: usize) {
    let last = row.len() - 1;
    let at = |i: usize| f64::from(row[i.saturating_sub(radius).min(last)]);
    let scale = 1.0 / (2 * radius + 1) as f64;
    // Indices are shifted by the radius, so that they never go below zero.
    let mut sum: f64 = (0..=2 * radius).map(at).sum();
    for (x, value) in out.iter_mut().enumerate() {
        *value = (sum * scale) as f32;
        sum += at(x + 2 * radius + 1) - at(x);
    }
}

fn blur_columns(from: &[f32], out: &mut [f32], width: usize, height: usize, radius: usize) {
    let row = |y: usize| {
        let start = y.saturating_sub(radius).min(height - 1) * width;
        &from[start..start + width]
    };
    let scale = 1.0 / (2 * radius + 1) as f64;
    let mut sums = vec![0f64; width];
    for y in 0..=2 * radius {
        for (sum, &value) in sums.iter_mut().zip(row(y)) {
            *sum += f64::from(value);
        }
    }
    for y in 0..height {
        let (entering, leaving) = (row(y + 2 * radius + 1), row(y));
        let line = &mut out[y * width..(y + 1) * width];
        for x in 0..width {
            line[x] = (sums[x] * scale) as f32;
            sums[x] += f64::from(entering[x]) - f64::from(leaving[x]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_away_from_the_border_keeps_its_sum() {
        let mut plane = vec![0f32; 60 * 50];
        plane[25 * 60 + 30] = 100.0;
        blur(&mut plane, 60, 50, 4);
        assert!((plane.iter().sum::<f32>() - 100.0).abs() < 1e-3);
        assert!((plane[25 * 60 + 26] - plane[25 * 60 + 34]).abs() < 1e-5, "symmetric");
        assert!((plane[21 * 60 + 30] - plane[25 * 60 + 34]).abs() < 1e-5, "the same along x and y");
    }

    #[test]
    fn a_constant_stays_whatever_the_radius() {
        for radius in [1, 3, 40] {
            let mut plane = vec![0.75f32; 17 * 9];
            blur(&mut plane, 17, 9, radius);
            assert!(plane.iter().all(|v| (v - 0.75).abs() < 1e-6));
        }
    }
}
