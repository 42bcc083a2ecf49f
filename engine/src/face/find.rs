//! All faces of a photo: detect in the whole and in parts, measure each with the mesh, drop what is none.

use super::detect::{self, Detection, decode, sigmoid, suppress};
use super::roi::Roi;
use super::{Face, crop};
use crate::image_f32::{Patch, Rect};
use crate::nets::{Candidates, DETECTOR_INPUT_PX, Detector, Input, MESH_INPUT_PX, Measured, Mesh, Refined};
use crate::photo::Photo;
use crate::topology::VERTICES;

/// Detection works on a photo reduced to this long side; finer detail could not show in 128 pixels anyway.
const DETECTION_SIDE_PX: u32 = 2048;
/// Parts are looked at when a face found so far is narrower than this share of the square it was found in: the
/// short-range detector was made for faces of a fifth of the picture and more.
const SMALL_FACE: f32 = 0.25;
/// Parts smaller than this show no face large enough to swap.
const MIN_TILE_PX: f32 = 160.0;
/// Levels of parts: halves, then quarters of the long side.
const TILE_LEVELS: i32 = 2;
/// How far to step back when the photo shows no face: one that fills the frame is too large to be seen as such.
const STEP_BACK: f32 = 1.25;
/// The mesh's verdict from which a candidate is a face.
const MIN_FACE_SCORE: f32 = 0.5;
/// Meshes that overlap more are the same face.
const SAME_FACE_IOU: f32 = 0.4;
/// Most candidates measured, so that a photo of confetti takes no minutes.
const MAX_CANDIDATES: usize = 64;

/// The networks.
#[derive(Debug)]
pub(crate) struct FaceFinder {
    pub(crate) detector: Detector,
    pub(crate) mesh: Mesh,
    /// Measures eyes and lips of photos, if there is one; pictures that run have no time for it.
    pub(crate) refined: Option<Refined>,
    /// The mesh's mirror image: for each vertex, the one on the other half of the face.
    pub(crate) mirror: Vec<usize>,
}

/// What a look at a face found, kept from frame to frame.
#[derive(Debug, Default)]
pub(crate) struct MeshReading {
    raw: Measured,
    crop: crop::Scratch,
    /// 468 points in photo pixels.
    pub(crate) landmarks: Vec<[f32; 3]>,
}

/// The part of the next picture that [`FaceFinder::follow`] looks at: left, top, right, bottom in pixels.
pub(crate) fn part_to_follow(before: &[[f32; 3]]) -> [f32; 4] {
    Roi::of_landmarks(before).bounds()
}

impl FaceFinder {
    /// All faces, the largest first.
    pub(crate) fn find(&self, photo: &Photo) -> Vec<Face> {
        let reduced = reduce(photo);
        let (seen, factor) = match &reduced {
            Some((small, factor)) => (small, *factor),
            None => (photo, [1.0, 1.0]),
        };
        let mut faces = self.measure_all(photo, &self.candidates(seen), factor);
        if faces.is_empty() {
            let whole = Roi::around(0.0, 0.0, seen.width() as f32, seen.height() as f32);
            let from_afar = self.detect(seen, Roi { size: whole.size * STEP_BACK, ..whole });
            faces = self.measure_all(photo, &from_afar, factor);
        }
        faces.iter_mut().for_each(|face| self.look_closer(photo, face));
        faces
    }

    /// The candidates that are faces, each once, the largest first; `factor` leads to the photo's own pixels.
    fn measure_all(&self, photo: &Photo, candidates: &[Detection], factor: [f32; 2]) -> Vec<Face> {
        let mut faces: Vec<Face> = Vec::new();
        for candidate in candidates.iter().take(MAX_CANDIDATES).map(|c| enlarge(c, factor)) {
            let Some(face) = self.measure_twice(photo, candidate.roi()) else { continue };
            let bounds = face.bounds();
            match faces.iter_mut().find(|f| detect::iou(&f.bounds(), &bounds) > SAME_FACE_IOU) {
                Some(known) if known.score < face.score => *known = face,
                Some(_) => {}
                None => faces.push(face),
            }
        }
        faces.sort_by(|a, b| b.size_px().total_cmp(&a.size_px()));
        faces
    }

    /// The mesh again, from a face's own landmarks: how the picture reads after a swap.
    pub(crate) fn remeasure(&self, photo: &Photo, landmarks: &[[f32; 3]]) -> Option<Face> {
        let mut face = self.measure(photo, Roi::of_landmarks(landmarks))?;
        self.look_closer(photo, &mut face);
        Some(face)
    }

    /// Measures a face of a running picture again, from where it was in the frame before; whether it is still one.
    pub(crate) fn follow(&self, photo: &Photo, before: &[[f32; 3]], reading: &mut MeshReading) -> bool {
        let roi = Roi::of_landmarks(before);
        if !roi.is_usable() {
            return false;
        }
        let side = MESH_INPUT_PX as f32;
        let fill = |input: &mut Input<'_>| {
            crop::draw_quickly(photo, roi, MESH_INPUT_PX, &mut reading.crop, |x, y, rgb| {
                input.set(x, y, rgb)
            });
        };
        self.mesh.run(fill, &mut reading.raw);
        reading.landmarks.clear();
        let points = reading.raw.landmarks.chunks_exact(3);
        reading.landmarks.extend(points.map(|p| roi.to_photo([p[0], p[1], p[2]], side)));
        let score = reading.raw.flag.first().map_or(0.0, |&flag| sigmoid(flag));
        let is_whole = reading.landmarks.len() == VERTICES;
        is_whole && score >= MIN_FACE_SCORE && reading.landmarks.iter().flatten().all(|v| v.is_finite())
    }

    /// The faces of a running picture: those that one look at the whole of it shows.
    pub(crate) fn look(&self, photo: &Photo) -> Vec<Face> {
        let whole = Roi::around(0.0, 0.0, photo.width() as f32, photo.height() as f32);
        let mut found = Candidates::default();
        let fill = |input: &mut Input<'_>| {
            let set = |x, y, rgb: [f32; 3]| input.set(x, y, rgb.map(|v| v * 2.0 - 1.0));
            crop::draw_quickly(photo, whole, DETECTOR_INPUT_PX, &mut crop::Scratch::default(), set);
        };
        self.detector.run(fill, &mut found);
        self.measure_all(photo, &decode(&found.boxes, &found.scores, whole), [1.0, 1.0])
    }

    /// The second pass looks at a square fitted to the first pass's landmarks, which is what the mesh was trained on.
    fn measure_twice(&self, photo: &Photo, roi: Roi) -> Option<Face> {
        let first = self.measure(photo, roi)?;
        let second = self.measure(photo, Roi::of_landmarks(&first.landmarks))?;
        (second.score >= MIN_FACE_SCORE).then_some(second)
    }

    fn measure(&self, photo: &Photo, roi: Roi) -> Option<Face> {
        if !roi.is_usable() {
            return None;
        }
        let mut found = Measured::default();
        self.mesh.run(|input| draw(photo, roi, input), &mut found);
        let landmarks = to_photo(&found, roi).filter(|points| points.len() == VERTICES)?;
        let score = found.flag.first().map_or(0.0, |&flag| sigmoid(flag));
        Some(Face { score, landmarks, irises: Vec::new(), hands: Vec::new() })
    }

    /// The whole photo first, then its parts while faces are missing or small.
    fn candidates(&self, seen: &Photo) -> Vec<Detection> {
        let (width, height) = (seen.width() as f32, seen.height() as f32);
        let mut found = self.detect(seen, Roi::around(0.0, 0.0, width, height));
        let mut side = width.max(height);
        for _ in 0..TILE_LEVELS {
            let is_small = |d: &Detection| d.width() < SMALL_FACE * side;
            let searched = !found.is_empty() && !found.iter().any(is_small);
            side /= 2.0;
            if searched || side < MIN_TILE_PX {
                break;
            }
            for tile in tiles(width, height, side) {
                let whole = self.detect(seen, tile).into_iter().filter(|d| is_whole(d, tile, width, height));
                found.extend(whole);
            }
            found = suppress(found);
        }
        found
    }

    fn detect(&self, photo: &Photo, roi: Roi) -> Vec<Detection> {
        let mut found = Candidates::default();
        let fill = |input: &mut Input<'_>| {
            crop::draw(photo, roi, DETECTOR_INPUT_PX, |x, y, rgb| {
                input.set(x, y, rgb.map(|v| v * 2.0 - 1.0))
            });
        };
        self.detector.run(fill, &mut found);
        decode(&found.boxes, &found.scores, roi)
    }
}

/// What a mesh looks at.
fn draw(photo: &Photo, roi: Roi, input: &mut Input<'_>) {
    crop::draw(photo, roi, MESH_INPUT_PX, |x, y, rgb| input.set(x, y, rgb));
}

/// The measured points in photo pixels; none when one of them is no number.
pub(super) fn to_photo(found: &Measured, roi: Roi) -> Option<Vec<[f32; 3]>> {
    let points = found.landmarks.chunks_exact(3);
    let points: Vec<_> = points.map(|p| roi.to_photo([p[0], p[1], p[2]], MESH_INPUT_PX as f32)).collect();
    points.iter().flatten().all(|v| v.is_finite()).then_some(points)
}

/// A smaller copy for detection and the photo's pixels per pixel of it; none if the photo is small enough.
fn reduce(photo: &Photo) -> Option<(Photo, [f32; 2])> {
    let long = photo.width().max(photo.height());
    if long <= DETECTION_SIDE_PX {
        return None;
    }
    let rect = Rect { x0: 0, y0: 0, x1: photo.width() as usize, y1: photo.height() as usize };
    let patch = Patch::cut(photo, rect, DETECTION_SIDE_PX as f32 / long as f32);
    let byte = |v: f32| (v * 255.0 + 0.5) as u8;
    let rgba = patch.image.pixels.iter().flat_map(|p| [byte(p[0]), byte(p[1]), byte(p[2]), 255]).collect();
    let small = Photo::from_rgba(patch.image.width as u32, patch.image.height as u32, rgba).ok()?;
    Some((small, patch.scale.map(|s| 1.0 / s)))
}

fn enlarge(d: &Detection, factor: [f32; 2]) -> Detection {
    let [fx, fy] = factor;
    let [left, top, right, bottom] = d.bounds;
    Detection {
        score: d.score,
        bounds: [left * fx, top * fy, right * fx, bottom * fy],
        points: d.points.map(|[x, y]| [x * fx, y * fy]),
    }
}

/// Squares of that side over the photo, overlapping by about half so that each face lies whole in one of them.
fn tiles(width: f32, height: f32, side: f32) -> impl Iterator<Item = Roi> {
    let starts = move |length: f32| {
        let count = ((length - side) / (side / 2.0)).ceil().max(0.0) as usize;
        let step = if count > 0 { (length - side) / count as f32 } else { 0.0 };
        (0..=count).map(move |i| i as f32 * step)
    };
    starts(height).flat_map(move |top| starts(width).map(move |left| Roi::around(left, top, side, side)))
}

/// Whether a face found in a tile is not cut by a border that the photo itself does not have.
fn is_whole(d: &Detection, tile: Roi, width: f32, height: f32) -> bool {
    let [left, top, right, bottom] = tile.bounds();
    let [x0, y0, x1, y1] = d.bounds;
    (x0 >= left || left <= 1.0)
        && (y0 >= top || top <= 1.0)
        && (x1 <= right || right >= width - 1.0)
        && (y1 <= bottom || bottom >= height - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_photo_and_stay_inside() {
        for (width, height) in [(1000.0, 1000.0), (1000.0, 300.0), (400.0, 1000.0)] {
            let all: Vec<[f32; 4]> = tiles(width, height, 500.0).map(|t| t.bounds()).collect();
            for (x, y) in [(1.0, 1.0), (width - 1.0, height - 1.0), (width / 2.0, height / 3.0)] {
                assert!(all.iter().any(|t| t[0] <= x && x <= t[2] && t[1] <= y && y <= t[3]), "{x} {y}");
            }
            assert!(all.iter().all(|t| t[0] >= -0.1 && t[2] <= width.max(500.0) + 0.1));
        }
    }
}
