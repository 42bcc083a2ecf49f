//! A portrait lens: perspective from 75 cm, framing head and shoulders.

use crate::math::{V3, v3};

/// Distance of the lens from the origin of the head, centimetres.
const DISTANCE: f32 = 75.0;
/// Centimetres of subject that the shorter side of the picture shows.
const FIELD: f32 = 27.0;
/// Height of the picture's centre in head space.
const CENTER_Y: f32 = 0.5;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Camera {
    focal: f32,
    center: [f32; 2],
    eye: V3,
}

impl Camera {
    /// For a picture of `width` by `height` pixels.
    pub(crate) fn new(width: f32, height: f32) -> Camera {
        let scale = width.min(height * 0.94) / FIELD;
        Camera {
            focal: scale * (DISTANCE - 3.0),
            center: [width * 0.5, height * 0.5],
            eye: v3(0.0, CENTER_Y, DISTANCE),
        }
    }

    pub(crate) fn eye(&self) -> V3 {
        self.eye
    }

    /// Pixels per centimetre at the depth of the face.
    pub(crate) fn scale(&self) -> f32 {
        self.focal / (DISTANCE - 3.0)
    }

    /// Unit direction through a point of the picture.
    pub(crate) fn ray(&self, x: f32, y: f32) -> V3 {
        v3((x - self.center[0]) / self.focal, (self.center[1] - y) / self.focal, -1.0).unit()
    }

    /// Picture coordinates of a point, and its distance from the lens.
    pub(crate) fn project(&self, p: V3) -> ([f32; 2], f32) {
        let q = p - self.eye;
        let depth = (-q.z).max(1.0);
        let k = self.focal / depth;
        ([self.center[0] + q.x * k, self.center[1] - q.y * k], q.length())
    }
}
