//! Every parameter brought into its documented range, so that no portrait can break the renderer.

use crate::parameters::{Portrait, Rgb};

/// Not-a-number becomes the middle of the range.
fn within(v: &mut f32, low: f32, high: f32) {
    *v = if v.is_nan() { (low + high) * 0.5 } else { v.clamp(low, high) };
}

fn color(c: &mut Rgb) {
    c.iter_mut().for_each(|v| within(v, 0.0, 1.0));
}

impl Portrait {
    /// The same portrait with every parameter inside its range.
    #[must_use]
    pub fn clamped(&self) -> Portrait {
        let mut p = self.clone();
        p.clamp_identity();
        p.clamp_skin_and_hair();
        p.clamp_moment();
        p
    }

    fn clamp_identity(&mut self) {
        let id = &mut self.identity;
        for v in [
            &mut id.face_width,
            &mut id.jaw_width,
            &mut id.chin,
            &mut id.cheekbones,
            &mut id.cheek_fullness,
            &mut id.nose_length,
            &mut id.nose_width,
            &mut id.nose_bridge,
            &mut id.nose_tip,
            &mut id.eye_size,
            &mut id.eye_spacing,
            &mut id.eye_tilt,
            &mut id.lid_fold,
            &mut id.brow_height,
            &mut id.brow_arch,
            &mut id.brow_weight,
            &mut id.mouth_width,
            &mut id.upper_lip,
            &mut id.lower_lip,
            &mut id.neck_width,
        ] {
            within(v, -1.0, 1.0);
        }
        within(&mut id.age, 0.0, 1.0);
        color(&mut id.iris);
    }

    fn clamp_skin_and_hair(&mut self) {
        let (skin, hair) = (&mut self.skin, &mut self.hair);
        within(&mut skin.undertone, -1.0, 1.0);
        within(&mut hair.parting, -1.0, 1.0);
        for v in [
            &mut skin.tone,
            &mut skin.blush,
            &mut skin.freckles,
            &mut skin.shine,
            &mut skin.liner,
            &mut skin.lipstick.1,
            &mut skin.eye_shadow.1,
            &mut hair.curl,
            &mut hair.volume,
            &mut hair.grey,
        ] {
            within(v, 0.0, 1.0);
        }
        for c in [&mut skin.lipstick.0, &mut skin.eye_shadow.0, &mut hair.color, &mut hair.scarf] {
            color(c);
        }
        for c in [&mut self.backdrop.glow, &mut self.backdrop.edge, &mut self.garment.color] {
            color(c);
        }
    }

    fn clamp_moment(&mut self) {
        within(&mut self.pose.yaw_deg, -60.0, 60.0);
        within(&mut self.pose.pitch_deg, -35.0, 35.0);
        within(&mut self.pose.roll_deg, -45.0, 45.0);
        let ex = &mut self.expression;
        for v in [&mut ex.smile, &mut ex.mouth_open, &mut ex.blink] {
            within(v, 0.0, 1.0);
        }
        within(&mut ex.brow_raise, -1.0, 1.0);
        ex.gaze.iter_mut().for_each(|v| within(v, -1.0, 1.0));
        let light = &mut self.light;
        within(&mut light.azimuth_deg, -90.0, 90.0);
        within(&mut light.elevation_deg, -20.0, 80.0);
        within(&mut light.key, 0.0, 2.0);
        within(&mut light.fill, 0.0, 1.0);
        within(&mut light.rim, 0.0, 1.0);
        within(&mut light.warmth, -1.0, 1.0);
    }
}
