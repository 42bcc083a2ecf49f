//! What hides a face: something over its eyes or its mouth, or the picture's border.

use super::view::FaceView;
use crate::face::size_px;
use crate::graft::texture_places;
use crate::numeric::bounds;
use crate::photo::Photo;
use crate::topology::Topology;

/// Heights on the canonical texture between which the eyes' region lies, and those that a mask does not reach.
const EYES: [f32; 2] = [0.56, 0.68];
const EYES_ABOVE_MASK: [f32; 2] = [0.62, 0.68];
/// Distances from the middle at which it lies.
const EYES_ASIDE: [f32; 2] = [0.05, 0.25];
/// Nose, lips and the cheeks beside them.
const MOUTH: [f32; 2] = [0.24, 0.44];
const MOUTH_ASIDE: [f32; 2] = [0.0, 0.18];
/// Size of the face on which its area is counted, in pixels.
const COUNTED_PX: f32 = 128.0;

/// Per cent of the eyes' and of the mouth's region that something covers.
pub(super) fn measure(view: &FaceView) -> [f32; 2] {
    let eyes = if view.seen.wears_mask { EYES_ABOVE_MASK } else { EYES };
    [covered_percent(view, EYES_ASIDE, eyes), covered_percent(view, MOUTH_ASIDE, MOUTH)]
}

fn covered_percent(view: &FaceView, aside: [f32; 2], up: [f32; 2]) -> f32 {
    let within = |[low, high]: [f32; 2], v: f32| low <= v && v <= high;
    let is_there =
        |uv: &Option<[f32; 2]>| uv.is_some_and(|[u, v]| within(aside, (u - 0.5).abs()) && within(up, v));
    let there = view.seen.texture.iter().zip(&view.seen.over).filter(|(uv, _)| is_there(uv));
    let (sum, count) = there.fold((0.0, 0), |(sum, count), (_, over)| (sum + over, count + 1));
    100.0 * sum / (count as f32).max(1.0)
}

/// Per cent of the face's area beyond the photo's border.
pub(super) fn cut_percent(topology: &Topology, photo: &Photo, landmarks: &[[f32; 3]]) -> f32 {
    let scale = COUNTED_PX / size_px(landmarks);
    let [left, top, right, bottom] = bounds(landmarks);
    let mesh: Vec<[f32; 3]> =
        landmarks.iter().map(|p| [(p[0] - left) * scale, (p[1] - top) * scale, p[2] * scale]).collect();
    let side = |low: f32, high: f32| ((high - low) * scale).ceil() as usize;
    let (width, height) = (side(left, right), side(top, bottom));
    let face = texture_places(topology, &mesh, [width, height]);
    let is_inside = |i: usize| {
        let x = left + ((i % width) as f32 + 0.5) / scale;
        let y = top + ((i / width) as f32 + 0.5) / scale;
        (0.0..photo.width() as f32).contains(&x) && (0.0..photo.height() as f32).contains(&y)
    };
    let area = || (0..face.len()).filter(|&i| face[i].is_some());
    let cut = area().filter(|&i| !is_inside(i)).count();
    100.0 * cut as f32 / area().count().max(1) as f32
}
