//! Small operations on areas of a picture: planes where 1 is inside and 0 outside.

use super::skin::View;
use crate::blur::blur;

/// Adds what a plane marks as joined to a seed, within a part of the picture.
pub(super) fn grow(
    view: &View<'_>,
    plane: &[f32],
    [seed, joined]: [f32; 2],
    is_seed: impl Fn(usize) -> bool,
    is_part: impl Fn(usize) -> bool,
    area: &mut [f32],
) {
    let mut seen: Vec<bool> = (0..plane.len()).map(|i| plane[i] > seed && is_seed(i)).collect();
    let mut open: Vec<usize> = (0..plane.len()).filter(|&i| seen[i]).collect();
    while let Some(i) = open.pop() {
        area[i] = 1.0;
        for j in neighbours(i, view.width, view.height) {
            if !seen[j] && plane[j] > joined && is_part(j) {
                seen[j] = true;
                open.push(j);
            }
        }
    }
}

fn neighbours(i: usize, width: usize, height: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (i % width, i / width);
    let left = (x > 0).then(|| i - 1);
    let right = (x + 1 < width).then(|| i + 1);
    let up = (y > 0).then(|| i - width);
    let down = (y + 1 < height).then(|| i + width);
    [left, right, up, down].into_iter().flatten()
}

/// Adds the inside of a closed line, its points in pixels.
pub(super) fn fill(view: &View<'_>, line: &[[f32; 2]], area: &mut [f32]) {
    for (y, row) in area.chunks_exact_mut(view.width).enumerate() {
        let level = y as f32 + 0.5;
        let ends = line.iter().zip(line.iter().cycle().skip(1));
        let mut crossings: Vec<f32> = ends
            .filter(|(a, b)| (a[1] > level) != (b[1] > level))
            .map(|(a, b)| a[0] + (level - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
            .collect();
        crossings.sort_by(f32::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let [from, to] = [pair[0], pair[1]].map(|x| (x.max(0.0) as usize).min(view.width));
            row[from..to].fill(1.0);
        }
    }
}

/// Adds gaps and seams narrower than a share of the face.
pub(super) fn close(view: &View<'_>, share: f32, area: &mut [f32]) {
    let mut wide = area.to_vec();
    blur(&mut wide, view.width, view.height, view.radius(share));
    for (inside, wide) in area.iter_mut().zip(wide) {
        *inside = inside.max(crate::numeric::smoothstep(0.4, 0.6, wide));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(width: usize, height: usize) -> View<'static> {
        View { width, height, lab: &[], face_px: 100.0, places: &[] }
    }

    #[test]
    fn only_what_is_joined_grows() {
        let plane = [1.0, 0.5, 0.5, 0.0, 0.5, 0.5];
        let mut area = [0.0; 6];
        grow(&view(6, 1), &plane, [0.7, 0.3], |_| true, |i| i != 2, &mut area);
        assert_eq!(area, [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn a_square_line_is_filled_exactly_even_beyond_the_picture() {
        let mut area = [0.0; 100];
        fill(&view(10, 10), &[[2.0, 3.0], [40.0, 3.0], [40.0, 7.0], [2.0, 7.0]], &mut area);
        let inside = |i: usize| i % 10 >= 2 && (3..7).contains(&(i / 10));
        assert!((0..100).all(|i| (area[i] > 0.0) == inside(i)));
    }

    #[test]
    fn a_seam_closes() {
        let mut area: Vec<f32> = (0..400).map(|i| if i % 20 == 10 { 0.0 } else { 1.0 }).collect();
        close(&view(20, 20), 0.03, &mut area);
        assert!(area.iter().all(|&a| a > 0.9));
    }
}
