//! The sample gallery: ten people who do not exist, tuned by eye.

mod facing;
mod moods;

use crate::parameters::{Backdrop, Expression, Light, Portrait, Pose};

/// One portrait of the gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Name for files and addresses: lower case, no spaces.
    pub name: &'static str,
    /// Caption: a colour or a mood, never a person's name.
    pub title: &'static str,
    /// The portrait.
    pub portrait: Portrait,
}

/// The gallery, in the order in which it is shown. The first two are the landing page's swap, source and target: both
/// face the camera, with smooth skin and no hair over it.
#[must_use]
pub fn gallery() -> Vec<Sample> {
    let sample = |name, title, portrait| Sample { name, title, portrait };
    vec![
        sample("laughter", "Laughter", moods::laughter()),
        sample("amber", "Amber", facing::amber()),
        sample("umber", "Umber", facing::umber()),
        sample("porcelain", "Porcelain", facing::porcelain()),
        sample("saffron", "Saffron", facing::saffron()),
        sample("indigo", "Indigo", facing::indigo()),
        sample("cedar", "Cedar", moods::cedar()),
        sample("silver", "Silver", moods::silver()),
        sample("copper", "Copper", moods::copper()),
        sample("jade", "Jade", moods::jade()),
    ]
}

fn even(azimuth_deg: f32, warmth: f32) -> Light {
    Light { azimuth_deg, elevation_deg: 32.0, key: 1.0, fill: 0.75, rim: 0.6, warmth }
}

fn backdrop(glow: [f32; 3], edge: [f32; 3]) -> Backdrop {
    Backdrop { glow, edge }
}

fn smiling(smile: f32) -> Expression {
    Expression { smile, ..Expression::default() }
}

fn turned(yaw_deg: f32, pitch_deg: f32, roll_deg: f32) -> Pose {
    Pose { yaw_deg, pitch_deg, roll_deg }
}
