//! Where a head points: the canonical head fitted to the landmarks that do not move with expression.

use crate::similarity::Similarity;

/// Angles of a head, in degrees; all zero when it looks straight into the camera.
///
/// The rotation is roll about the camera's axis, after yaw about the vertical, after pitch (Tait-Bryan, z-y-x).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// Positive when the nose points to the picture's right.
    pub yaw_deg: f32,
    /// Positive when the nose points up.
    pub pitch_deg: f32,
    /// Positive when the head tilts clockwise in the picture.
    pub roll_deg: f32,
}

impl Pose {
    /// Euclidean distance of the three angles, in degrees.
    pub fn distance_deg(&self, other: &Pose) -> f32 {
        let turns =
            [self.yaw_deg - other.yaw_deg, self.pitch_deg - other.pitch_deg, self.roll_deg - other.roll_deg];
        turns.iter().map(|&t| wrap_deg(t) * wrap_deg(t)).sum::<f32>().sqrt()
    }
}

/// An angle's equal within -180..180.
fn wrap_deg(angle: f32) -> f32 {
    angle - 360.0 * (angle / 360.0).round()
}

/// Points of brow, eyes, nose and temples: landmark number and place on MediaPipe's canonical head, in centimetres,
/// x to the picture's right, y up, z towards the camera.
const RIGID: [(usize, [f32; 3]); 18] = [
    (33, [-4.446, 2.664, 3.173]),
    (133, [-1.856, 2.585, 3.758]),
    (362, [1.856, 2.585, 3.758]),
    (263, [4.446, 2.664, 3.173]),
    (168, [0.0, 3.271, 5.236]),
    (6, [0.0, 2.473, 5.789]),
    (4, [0.0, -0.463, 7.587]),
    (10, [0.0, 8.262, 4.482]),
    (151, [0.0, 6.545, 5.027]),
    (9, [0.0, 4.886, 5.385]),
    (54, [-6.279, 6.615, 1.426]),
    (284, [6.279, 6.615, 1.426]),
    (67, [-3.524, 8.006, 3.729]),
    (297, [3.524, 8.006, 3.729]),
    (116, [-6.465, 0.937, 1.690]),
    (345, [6.465, 0.937, 1.690]),
    (127, [-7.743, 2.365, -2.005]),
    (356, [7.743, 2.365, -2.005]),
];

/// Fits the canonical head to 468 landmarks; all zeros if they are a single spot or no numbers.
pub(super) fn estimate(landmarks: &[[f32; 3]]) -> Pose {
    // Photo axes have y down and z away from the camera, so the canonical head is turned about x first.
    let head = RIGID.map(|(_, [x, y, z])| [x, -y, -z]);
    let seen = RIGID.map(|(i, _)| landmarks[i]);
    let Some(fit) = Similarity::between(&head, &seen) else { return Pose::default() };
    let r = fit.rotation.map(|row| row.map(f64::from));
    let degrees = |radians: f64| radians.to_degrees() as f32;
    Pose {
        yaw_deg: degrees(r[2][0].clamp(-1.0, 1.0).asin()),
        pitch_deg: degrees(-r[2][1].atan2(r[2][2])),
        roll_deg: degrees(r[1][0].atan2(r[0][0])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The canonical head, turned about one axis; other landmarks are not looked at.
    fn head(turn: impl Fn([f32; 3]) -> [f32; 3]) -> Vec<[f32; 3]> {
        let mut landmarks = vec![[0.0; 3]; 468];
        for (i, [x, y, z]) in RIGID {
            let [x, y, z] = turn([x, -y, -z]);
            landmarks[i] = [300.0 + 20.0 * x, 200.0 + 20.0 * y, 20.0 * z];
        }
        landmarks
    }

    fn assert_pose(pose: Pose, yaw: f32, pitch: f32, roll: f32) {
        let expected = Pose { yaw_deg: yaw, pitch_deg: pitch, roll_deg: roll };
        assert!(pose.distance_deg(&expected) < 0.05, "{pose:?} is not {expected:?}");
    }

    #[test]
    fn each_angle_has_its_sign() {
        let (s, c) = 20f32.to_radians().sin_cos();
        assert_pose(estimate(&head(|p| p)), 0.0, 0.0, 0.0);
        // The nose is at negative z: turning it towards positive x looks to the picture's right.
        assert_pose(estimate(&head(|[x, y, z]| [x * c - z * s, y, x * s + z * c])), 20.0, 0.0, 0.0);
        assert_pose(estimate(&head(|[x, y, z]| [x, y * c + z * s, -y * s + z * c])), 0.0, 20.0, 0.0);
        assert_pose(estimate(&head(|[x, y, z]| [x * c - y * s, x * s + y * c, z])), 0.0, 0.0, 20.0);
    }

    #[test]
    fn a_turn_past_half_a_circle_is_short() {
        let a = Pose { roll_deg: 179.0, ..Pose::default() };
        let b = Pose { roll_deg: -179.0, ..Pose::default() };
        assert!((a.distance_deg(&b) - 2.0).abs() < 1e-3);
    }
}
