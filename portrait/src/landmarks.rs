//! Ground truth: where the model's own feature points fall in the picture.

use crate::camera::Camera;
use crate::eye::converged;
use crate::form::Form;
use crate::math::{V3, v3};

/// Half of the features that come in pairs; sides are those of the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The left of the image: the person's right.
    Left,
    /// The right of the image: the person's left.
    Right,
}

/// A feature point of the face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Landmark {
    /// Outer corner of an eye.
    EyeOuter(Side),
    /// Inner corner of an eye.
    EyeInner(Side),
    /// Middle of the upper lid's edge.
    LidUpper(Side),
    /// Middle of the lower lid's edge.
    LidLower(Side),
    /// Middle of the eye opening.
    EyeCenter(Side),
    /// Centre of the iris.
    Iris(Side),
    /// Upper edge of a brow at its inner end.
    BrowInner(Side),
    /// Upper edge of a brow at its peak.
    BrowPeak(Side),
    /// Outer end of a brow.
    BrowOuter(Side),
    /// Between the eyes, on the nose.
    NoseBridge,
    /// Foremost point of the nose.
    NoseTip,
    /// Widest point of a nostril's wing.
    Ala(Side),
    /// Where the nose meets the upper lip.
    Subnasale,
    /// Corner of the mouth.
    MouthCorner(Side),
    /// Upper edge of the upper lip, middle.
    LipUpperOuter,
    /// Lower edge of the upper lip, middle.
    LipUpperInner,
    /// Upper edge of the lower lip, middle.
    LipLowerInner,
    /// Lower edge of the lower lip, middle.
    LipLowerOuter,
    /// Lowest point of the chin.
    Chin,
    /// Corner of the jaw.
    Jaw(Side),
    /// Upper end of the forehead, below the hair line.
    Forehead,
}

impl Landmark {
    /// The MediaPipe FaceMesh vertex (of 468) at the same place, where there is one.
    #[must_use]
    pub fn mesh_index(self) -> Option<usize> {
        use Landmark as L;
        use Side::{Left, Right};
        Some(match self {
            L::EyeOuter(Left) => 33,
            L::EyeOuter(Right) => 263,
            L::EyeInner(Left) => 133,
            L::EyeInner(Right) => 362,
            L::LidUpper(Left) => 159,
            L::LidUpper(Right) => 386,
            L::LidLower(Left) => 145,
            L::LidLower(Right) => 374,
            L::BrowInner(Left) => 107,
            L::BrowInner(Right) => 336,
            L::BrowPeak(Left) => 105,
            L::BrowPeak(Right) => 334,
            L::BrowOuter(Left) => 70,
            L::BrowOuter(Right) => 300,
            L::NoseBridge => 168,
            L::NoseTip => 1,
            L::Ala(Left) => 129,
            L::Ala(Right) => 358,
            L::Subnasale => 2,
            L::MouthCorner(Left) => 61,
            L::MouthCorner(Right) => 291,
            L::LipUpperOuter => 0,
            L::LipUpperInner => 13,
            L::LipLowerInner => 14,
            L::LipLowerOuter => 17,
            L::Chin => 152,
            L::Jaw(Left) => 58,
            L::Jaw(Right) => 288,
            L::Forehead => 10,
            L::EyeCenter(_) | L::Iris(_) => return None,
        })
    }
}

/// One point of the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    landmark: Landmark,
    at: [f32; 2],
    visible: bool,
}

/// All feature points of one face, in pixels of the picture (x right, y down, pixel centres at .5).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Landmarks {
    points: Vec<Point>,
}

impl Landmarks {
    /// Every landmark with its position and whether nothing of the head hides it.
    pub fn iter(&self) -> impl Iterator<Item = (Landmark, [f32; 2], bool)> + '_ {
        self.points.iter().map(|p| (p.landmark, p.at, p.visible))
    }

    /// Position of one landmark.
    #[must_use]
    pub fn get(&self, landmark: Landmark) -> Option<[f32; 2]> {
        self.points.iter().find(|p| p.landmark == landmark).map(|p| p.at)
    }

    /// Distance between the centres of the eyes, pixels; 0 for a picture without landmarks.
    #[must_use]
    pub fn eye_distance(&self) -> f32 {
        match (self.get(Landmark::EyeCenter(Side::Left)), self.get(Landmark::EyeCenter(Side::Right))) {
            (Some(a), Some(b)) => ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt(),
            _ => 0.0,
        }
    }

    /// The same points in a picture of which this one is a part, its corner at `offset`.
    pub(crate) fn moved(mut self, offset: [f32; 2]) -> Landmarks {
        for p in &mut self.points {
            p.at = [p.at[0] + offset[0], p.at[1] + offset[1]];
        }
        self
    }
}

/// Projects the model's own points.
pub(crate) fn locate(form: &Form, camera: &Camera, gaze: V3) -> Landmarks {
    let points = model_points(form, gaze)
        .into_iter()
        .map(|(landmark, h)| {
            let world = form.to_world(h);
            let (at, depth) = camera.project(world);
            Point { landmark, at, visible: is_clear(form, camera, world, depth) }
        })
        .collect();
    Landmarks { points }
}

/// Whether the ray from the lens reaches the point before anything else; half a centimetre of grace.
fn is_clear(form: &Form, camera: &Camera, p: V3, depth: f32) -> bool {
    let ray = (p - camera.eye()).unit();
    let mut t = 40.0;
    while t < depth - 0.5 {
        let d = form.distance(camera.eye() + ray * t);
        if d < 0.01 {
            return false;
        }
        t += (d * 0.8).max(0.03);
    }
    true
}

fn model_points(form: &Form, gaze: V3) -> Vec<(Landmark, V3)> {
    let mut points = middle_points(form);
    for (side, sign) in [(Side::Left, -1.0), (Side::Right, 1.0)] {
        let mirror = |p: V3| v3(p.x * sign, p.y, p.z);
        points.extend(paired_points(form, side).into_iter().map(|(l, p)| (l, mirror(p))));
        let eye = &form.anatomy.eye;
        points.push((Landmark::Iris(side), mirror(eye.center) + converged(gaze, sign) * eye.radius));
    }
    points
}

fn middle_points(form: &Form) -> Vec<(Landmark, V3)> {
    let a = &form.anatomy;
    let mouth = &a.mouth;
    let at = |y: f32| form.front(0.0, y);
    let lift = |y: f32| form.front(0.0, y) + v3(0.0, 0.0, 0.02);
    vec![
        (Landmark::NoseBridge, at(3.25)),
        (Landmark::NoseTip, at(a.nose_tip.y - 0.5)),
        (Landmark::Subnasale, at(a.subnasale_y())),
        (Landmark::LipUpperOuter, at(mouth.upper_outer(0.0))),
        (Landmark::LipUpperInner, lift(mouth.upper_inner(0.0) + 0.02)),
        (Landmark::LipLowerInner, lift(mouth.lower_inner(0.0) - 0.02)),
        (Landmark::LipLowerOuter, at(mouth.lower_outer(0.0))),
        (Landmark::Chin, v3(0.0, a.chin.y - 1.3, a.chin.z + 0.9)),
        (Landmark::Forehead, at(7.65)),
    ]
}

fn paired_points(form: &Form, side: Side) -> Vec<(Landmark, V3)> {
    let a = &form.anatomy;
    let (eye, mouth, brow) = (&a.eye, &a.mouth, &a.brow);
    let at = |x: f32, y: f32| form.front(x, y);
    let (inner, outer) = (eye.center.x - eye.half_width, eye.center.x + eye.half_width);
    let top = |p: [f32; 2], t: f32| at(p[0], p[1] + brow.thickness(t) * 0.5);
    let middle = (eye.upper(eye.center.x) + eye.lower(eye.center.x)) * 0.5;
    vec![
        (Landmark::EyeOuter(side), at(outer, eye.axis(outer))),
        (Landmark::EyeInner(side), at(inner, eye.axis(inner))),
        (Landmark::LidUpper(side), at(eye.center.x, eye.upper(eye.center.x) + 0.03)),
        (Landmark::LidLower(side), at(eye.center.x, eye.lower(eye.center.x) - 0.03)),
        (Landmark::EyeCenter(side), v3(eye.center.x, middle, eye.center.z + eye.radius)),
        (Landmark::BrowInner(side), top(brow.inner, 0.0)),
        (Landmark::BrowPeak(side), top(brow.peak, 0.62)),
        (Landmark::BrowOuter(side), at(brow.outer[0], brow.outer[1])),
        (Landmark::Ala(side), at(a.ala.x + 0.52, a.ala.y + 0.1)),
        (Landmark::MouthCorner(side), at(mouth.half_width, mouth.upper_inner(mouth.half_width))),
        (Landmark::Jaw(side), v3(a.jaw.x + 1.3, a.jaw.y - 0.2, a.jaw.z)),
    ]
}
