//! Portraits of nobody.
//!
//! A procedural renderer of stylised faces: identity, complexion, hair, pose, expression and light are parameters,
//! and the exact places of the features come with the picture. Samples, tests and benchmarks need no real person.
//!
//! ```
//! let nobody = portrait::Portrait::nobody(7);
//! let drawing = portrait::render(&nobody, 96, 96);
//! assert_eq!(drawing.rgba.len(), 96 * 96 * 4);
//! ```
//!
//! The way of a picture: [`Portrait`] (parameters) → anatomy (curves in centimetres) → form (a signed distance) →
//! trace (what each pixel sees) → shade (light, and its way under the skin) → strands (hair over it) → [`Drawing`].

mod anatomy;
mod camera;
mod clamp;
mod color;
mod dice;
mod eye;
mod fine_hair;
mod form;
mod gallery;
mod group;
mod hair;
mod lamps;
mod landmarks;
mod math;
mod nobody;
mod parallel;
mod parameters;
mod render;
mod scalp;
mod shade;
mod skin;
mod strands;
mod trace;

pub use gallery::{Sample, gallery};
pub use group::{GroupDrawing, group};
pub use landmarks::{Landmark, Landmarks, Side};
pub use parameters::{
    Backdrop, Beard, Expression, Garment, Hair, HairStyle, Identity, Light, Neckline, Portrait, Pose, Rgb,
    Skin,
};
pub use render::{Drawing, MAX_SIDE, MIN_SIDE, render};
