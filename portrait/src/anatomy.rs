//! An identity and an expression turned into centimetres: the curves of lids, lips and brows.
//!
//! Head space: x to the right of the image, y up, z towards the camera, origin between eyes and mouth; the scale is
//! that of an adult whose eyes' outer corners are 8.9 cm apart. Features are given for x > 0 and mirrored.

use crate::math::{V3, bell, lerp, pow, smoothstep, v3};
use crate::parameters::{Expression, Identity};

/// The eye opening, between two lid curves that meet in the corners.
#[derive(Clone, Debug)]
pub(crate) struct Eye {
    pub(crate) center: V3,
    pub(crate) radius: f32,
    pub(crate) half_width: f32,
    /// Rise of the outer corner over the inner one, per centimetre.
    pub(crate) slant: f32,
    upper: f32,
    lower: f32,
    /// Height of the corners, below the middle of the eyeball: the upper lid rests on the iris.
    corners_y: f32,
    /// Distance of the crease over the upper lid's edge.
    pub(crate) crease: f32,
    /// How deep the crease is cut, 0..1.
    pub(crate) fold: f32,
}

impl Eye {
    fn new(id: &Identity, ex: &Expression) -> Eye {
        let open =
            (1.0 - ex.blink) * (1.0 - 0.14 * ex.smile) * (1.0 + 0.12 * ex.brow_raise) * (1.0 - 0.12 * id.age);
        let size = 1.0 + 0.14 * id.eye_size;
        let shut = 1.0 - ex.blink;
        Eye {
            center: v3(3.12 + 0.24 * id.eye_spacing, 2.60, 2.62),
            radius: 1.5,
            half_width: 1.60 + 0.13 * id.eye_size,
            corners_y: 2.40,
            slant: 0.06 + 0.12 * id.eye_tilt,
            upper: lerp(-0.30, 0.75 * size * open, shut),
            lower: lerp(0.36, 0.50 * size * (1.0 - 0.35 * ex.smile), shut),
            crease: 0.36 + 0.07 * id.lid_fold,
            fold: smoothstep(-1.0, 0.4, id.lid_fold),
        }
    }

    /// Position along the eye: -1 inner corner, 1 outer corner.
    pub(crate) fn along(&self, x: f32) -> f32 {
        (x - self.center.x) / self.half_width
    }

    /// Height of the line through both corners.
    pub(crate) fn axis(&self, x: f32) -> f32 {
        self.corners_y + (x - self.center.x) * self.slant
    }

    /// Height of the upper lid's edge.
    pub(crate) fn upper(&self, x: f32) -> f32 {
        let u = self.along(x).clamp(-1.0, 1.0);
        self.axis(x) + self.upper * pow(1.0 - u * u, 0.85) * (1.0 - 0.13 * u)
    }

    /// Height of the lower lid's edge.
    pub(crate) fn lower(&self, x: f32) -> f32 {
        let u = self.along(x).clamp(-1.0, 1.0);
        self.axis(x) - self.lower * (1.0 - u * u) * (1.0 + 0.25 * u)
    }

    /// Signed distance (about, in the face's plane) to the opening; negative inside.
    pub(crate) fn opening(&self, x: f32, y: f32) -> f32 {
        let lids = (y - self.upper(x)).max(self.lower(x) - y) * 0.85;
        lids.max((self.along(x).abs() - 1.0) * self.half_width)
    }
}

/// The mouth: a line, the gap in it, and the red of two lips.
#[derive(Clone, Debug)]
pub(crate) struct Mouth {
    pub(crate) half_width: f32,
    middle: f32,
    corner: f32,
    gap_up: f32,
    gap_down: f32,
    pub(crate) upper_height: f32,
    pub(crate) lower_height: f32,
    /// How far the jaw is dropped.
    pub(crate) drop: f32,
}

impl Mouth {
    fn new(id: &Identity, ex: &Expression) -> Mouth {
        let parted = smoothstep(0.5, 1.0, ex.smile);
        let drop = 2.3 * ex.mouth_open + 0.25 * parted;
        Mouth {
            half_width: 2.26 + 0.32 * id.mouth_width + 0.48 * ex.smile - 0.25 * ex.mouth_open,
            middle: -3.92 + 0.05 * ex.smile,
            corner: -3.98 + 0.85 * ex.smile - 0.35 * ex.mouth_open,
            gap_up: 0.22 * parted + 0.20 * ex.mouth_open,
            gap_down: 0.42 * parted + 0.9 * drop * ex.mouth_open.min(1.0),
            upper_height: (0.70 + 0.30 * id.upper_lip - 0.10 * id.age) * (1.0 - 0.16 * ex.smile),
            lower_height: (0.92 + 0.34 * id.lower_lip - 0.10 * id.age) * (1.0 - 0.14 * ex.smile),
            drop,
        }
    }

    /// Whether anything shows between the lips.
    pub(crate) fn is_open(&self) -> bool {
        self.gap_up + self.gap_down > 0.01
    }

    /// Height of the furrow between lower lip and chin.
    pub(crate) fn chin_fold(&self) -> f32 {
        self.middle - self.gap_down - self.lower_height - 0.8
    }

    /// -1..1 from corner to corner.
    pub(crate) fn along(&self, x: f32) -> f32 {
        x / self.half_width
    }

    /// Where the lips would meet.
    fn line(&self, x: f32) -> f32 {
        let u = self.along(x).clamp(-1.0, 1.0);
        lerp(self.middle, self.corner, u * u) - 0.05 * bell(u / 0.3) + 0.05 * bell((u.abs() - 0.45) / 0.35)
    }

    /// Lower edge of the upper lip.
    pub(crate) fn upper_inner(&self, x: f32) -> f32 {
        let u = self.along(x).clamp(-1.0, 1.0);
        self.line(x) + self.gap_up * (1.0 - u * u)
    }

    /// Upper edge of the lower lip.
    pub(crate) fn lower_inner(&self, x: f32) -> f32 {
        let u = self.along(x).clamp(-1.0, 1.0);
        self.line(x) - self.gap_down * pow(1.0 - u * u, 0.8)
    }

    /// Upper edge of the upper lip, with its bow.
    pub(crate) fn upper_outer(&self, x: f32) -> f32 {
        let u = self.along(x).abs().min(1.0);
        let bow = 1.0 - 0.13 * bell(u / 0.2) + 0.06 * bell((u - 0.28) / 0.25);
        self.upper_inner(x) + self.upper_height * bow * pow(1.0 - u, 0.72) * (1.0 + 0.45 * u)
    }

    /// Lower edge of the lower lip.
    pub(crate) fn lower_outer(&self, x: f32) -> f32 {
        let u = self.along(x).abs().min(1.0);
        self.lower_inner(x) - self.lower_height * pow(1.0 - u * u, 0.68)
    }

    /// Signed distance (about) to the gap between the lips; negative inside.
    pub(crate) fn gap(&self, x: f32, y: f32) -> f32 {
        let lips = (y - self.upper_inner(x)).max(self.lower_inner(x) - y) * 0.85;
        lips.max((self.along(x).abs() - 1.0) * self.half_width)
    }
}

/// One brow: a band between two curves.
#[derive(Clone, Debug)]
pub(crate) struct Brow {
    pub(crate) inner: [f32; 2],
    pub(crate) peak: [f32; 2],
    pub(crate) outer: [f32; 2],
    /// Thickness at the inner third.
    pub(crate) weight: f32,
}

impl Brow {
    fn new(id: &Identity, ex: &Expression) -> Brow {
        let y = 4.34 + 0.28 * id.brow_height + 0.42 * ex.brow_raise - 0.15 * id.age * 0.5;
        let arch = 0.30 * id.brow_arch - 0.06;
        let frown = (-ex.brow_raise).max(0.0);
        Brow {
            inner: [1.30 - 0.15 * frown + 0.1 * id.eye_spacing, y - 0.12 - 0.25 * frown],
            peak: [4.05, y + 0.22 + arch],
            outer: [5.62, y - 0.52 + 0.12 * id.eye_tilt],
            weight: 0.92 + 0.30 * id.brow_weight,
        }
    }

    /// Center line at `t` from 0 (inner) to 1 (outer): a quadratic through the three points.
    pub(crate) fn at(&self, t: f32) -> [f32; 2] {
        let tp = 0.62;
        let (a, b, c) =
            ((t - tp) * (t - 1.0) / tp, t * (t - 1.0) / (tp * (tp - 1.0)), t * (t - tp) / (1.0 - tp));
        [0, 1].map(|k| self.inner[k] * a + self.peak[k] * b + self.outer[k] * c)
    }

    /// Thickness at `t`.
    pub(crate) fn thickness(&self, t: f32) -> f32 {
        self.weight * (0.74 + 0.5 * t - 0.98 * t * t).max(0.12)
    }
}

/// Every measured feature of one head.
#[derive(Clone, Debug)]
pub(crate) struct Anatomy {
    pub(crate) id: Identity,
    pub(crate) smile: f32,
    pub(crate) eye: Eye,
    pub(crate) mouth: Mouth,
    pub(crate) brow: Brow,
    /// Scale of x for the whole head.
    pub(crate) breadth: f32,
    pub(crate) jaw: V3,
    pub(crate) chin: V3,
    pub(crate) nose_tip: V3,
    pub(crate) ala: V3,
    pub(crate) bridge_z: f32,
}

impl Anatomy {
    pub(crate) fn new(id: &Identity, ex: &Expression) -> Anatomy {
        let mouth = Mouth::new(id, ex);
        let nose_drop = -0.42 * id.nose_length;
        Anatomy {
            eye: Eye::new(id, ex),
            brow: Brow::new(id, ex),
            breadth: 0.935 + 0.085 * id.face_width,
            jaw: v3(4.25 + 0.85 * id.jaw_width, -3.8 - 0.3 * mouth.drop, -1.7),
            chin: v3(0.0, -6.55 - 0.75 * id.chin - 0.9 * mouth.drop, 3.30 + 0.25 * id.chin),
            nose_tip: v3(
                0.0,
                -0.62 + nose_drop + 0.22 * id.nose_tip,
                6.55 + 0.2 * id.nose_tip + 0.1 * id.nose_length,
            ),
            ala: v3(1.02 + 0.38 * id.nose_width + 0.1 * ex.smile, -0.98 + nose_drop, 5.35),
            bridge_z: 4.5 + 0.3 * id.nose_bridge,
            mouth,
            smile: ex.smile,
            id: id.clone(),
        }
    }

    /// Height of the nose's foot on the upper lip.
    pub(crate) fn subnasale_y(&self) -> f32 {
        self.ala.y - 0.86
    }
}
