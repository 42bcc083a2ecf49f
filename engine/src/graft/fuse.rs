//! One to five photos of a face, laid flat on the canonical texture and joined there.
//!
//! A texel takes most from the photo that shows it best: turned to the camera, sharp, inside the picture, bare of hair. What
//! no photo shows is filled from the face's other half. Light that falls from one side is taken out before.

use super::colour::oklab_from_srgb;
use super::local_mean::LocalMean;
use super::places::{Oval, Place};
use super::raster::rasterise;
use super::skin::{View, strangeness};
use super::warp::{Painter, Texture};
use super::{Subject, source_texture};
use crate::blur::blur;
use crate::topology::Topology;

/// Side of the texture, in texels.
pub(crate) const SIDE: usize = 512;
const TEXELS: usize = SIDE * SIDE;
/// Softness of the change from one photo to the next, in texels.
const FEATHER: usize = 6;
/// How decidedly the better photo wins: weights are raised to this power.
const DECISION: i32 = 4;
/// What hair or a thing over the face leaves of a photo's weight.
const COVERED: f32 = 0.1;
/// Eyes and mouth are one photo's alone: two gazes or two smiles make none. What other photos keep of their weight there.
const MOVING: [Oval; 2] = [
    Oval { aside: 0.157, up: 0.622, half: [0.12, 0.06] },
    Oval { aside: 0.0, up: 0.305, half: [0.17, 0.09] },
];
const ELSEWHERE: f32 = 0.2;
/// Detail finer than this says how sharp a photo is, in texels.
const DETAIL: usize = 2;
/// Least sharpness counted, as a share of the sharpest photo's.
const MIN_SHARPNESS: f32 = 0.2;
/// What counts as light, as a share of the face, how much of it is evened out, and its largest change in lightness.
const BROAD: f32 = 0.14;
const EVENED: f32 = 0.6;
const MOST_LIGHT: f32 = 0.15;

/// A face laid flat.
#[derive(Clone, Debug)]
pub(crate) struct Flat {
    /// What lies on each texel of the [`SIDE`] x [`SIDE`] square; none beside the face.
    pub(crate) texels: Vec<Option<Texel>>,
}

/// A spot of the face's surface.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texel {
    /// Oklab.
    pub(crate) lab: [f32; 3],
    /// How far the colour is known, 0 to 1.
    pub(crate) trust: f32,
    /// How far it faced the camera in the photo that shows it best: 1 straight on, 0 edge-on.
    pub(crate) facing: f32,
}

/// Fuses the photos; also says which of them is the best. None when the face lies outside of all of them.
pub(crate) fn fuse(topology: &Topology, sources: &[Subject<'_>]) -> Option<(Flat, usize)> {
    let places = places(topology);
    let mut layers: Vec<(usize, Layer)> = Vec::new();
    for (number, &source) in sources.iter().enumerate() {
        layers.extend(Layer::lay(topology, source).map(|layer| (number, layer)));
    }
    // A photo alone is taken as it is.
    if layers.len() > 1 {
        let sharpness: Vec<f32> = layers.iter().map(|(_, layer)| layer.sharpness()).collect();
        let sharpest = sharpness.iter().copied().fold(1e-6, f32::max);
        for ((_, layer), sharpness) in layers.iter_mut().zip(sharpness) {
            layer.weigh(&places, (sharpness / sharpest).max(MIN_SHARPNESS));
        }
    }
    layers.sort_by(|(_, a), (_, b)| b.shown().total_cmp(&a.shown()));
    let best = layers.first()?.0;
    let layers: Vec<Layer> = layers.into_iter().map(|(_, layer)| layer).collect();
    let mut seen = join(layers, &places);
    even_light(&mut seen);
    Some((Flat { texels: fill(&seen, &places) }, best))
}

/// Where on the face each texel lies.
fn places(topology: &Topology) -> Vec<Option<Place>> {
    super::places::places(topology, &flat_mesh(topology), SIDE, SIDE)
}

fn flat_mesh(topology: &Topology) -> Vec<[f32; 3]> {
    topology.uv.iter().map(|uv| [uv[0] * SIDE as f32, uv[1] * SIDE as f32, 0.0]).collect()
}

/// The texel at the same place of the face's other half.
fn mirror(i: usize) -> usize {
    i / SIDE * SIDE + SIDE - 1 - i % SIDE
}

/// One photo, laid flat.
struct Layer {
    lab: Vec<[f32; 3]>,
    /// How far each texel faces the camera.
    facing: Vec<f32>,
    /// How well the photo shows it: 0 when turned away or outside the picture.
    shown: Vec<f32>,
    /// How far it lies inside the picture.
    inside: Vec<f32>,
    /// How much it counts beside other photos.
    weight: Vec<f32>,
}

impl Layer {
    fn lay(topology: &Topology, source: Subject<'_>) -> Option<Self> {
        let texture: Texture = source_texture(source, SIDE as f32)?;
        let painter = Painter::new(topology, &texture);
        let mut layer = Self {
            lab: vec![[0.0; 3]; TEXELS],
            facing: vec![0.0; TEXELS],
            shown: vec![0.0; TEXELS],
            inside: vec![0.0; TEXELS],
            weight: vec![0.0; TEXELS],
        };
        rasterise(topology, &flat_mesh(topology), SIDE, SIDE, |i, spot| {
            let seen = painter.see(spot);
            layer.lab[i] = oklab_from_srgb(seen.colour);
            layer.facing[i] = seen.facing;
            (layer.shown[i], layer.inside[i]) = (seen.shown, seen.inside);
        });
        Some(layer)
    }

    /// The mean contrast of the finest detail, where the photo shows the face.
    fn sharpness(&self) -> f32 {
        let mut smooth: Vec<f32> = self.lab.iter().map(|lab| lab[0]).collect();
        blur(&mut smooth, SIDE, SIDE, DETAIL);
        let gaps = self.lab.iter().zip(&smooth).zip(&self.shown);
        let sum: f32 = gaps.map(|((lab, smooth), shown)| (lab[0] - smooth).abs() * shown).sum();
        sum / self.shown.iter().sum::<f32>().max(1.0)
    }

    /// Fills `weight`.
    fn weigh(&mut self, places: &[Option<Place>], sharpness: f32) {
        let strange =
            strangeness(&View { width: SIDE, height: SIDE, lab: &self.lab, face_px: SIDE as f32, places });
        for (i, weight) in self.weight.iter_mut().enumerate() {
            let bare = 1.0 - (1.0 - COVERED) * strange[i];
            *weight = (self.facing[i].max(0.0) * self.inside[i] * bare * sharpness).powi(DECISION);
        }
        blur(&mut self.weight, SIDE, SIDE, FEATHER);
    }

    /// How much of the face the photo shows, and how well.
    fn shown(&self) -> f32 {
        self.weight.iter().sum()
    }
}

/// All photos in the light and tone of the first, each texel the mean of those that show it.
fn join(mut layers: Vec<Layer>, places: &[Option<Place>]) -> Layer {
    let mut joined = layers.remove(0);
    let moving = |i: usize| places[i].is_some_and(|p| MOVING.iter().any(|oval| oval.holds(p)));
    for mut layer in layers {
        match_light(&mut layer, &joined);
        for i in 0..TEXELS {
            let share = if moving(i) { ELSEWHERE } else { 1.0 };
            let weight = layer.weight[i] * share;
            let sum = joined.weight[i] + weight;
            if sum > 0.0 && layer.shown[i] > 0.0 {
                let known = if joined.shown[i] > 0.0 { weight / sum } else { 1.0 };
                joined.lab[i] = crate::image_f32::lerp3(joined.lab[i], layer.lab[i], known);
            }
            joined.weight[i] = sum;
            joined.facing[i] = joined.facing[i].max(layer.facing[i]);
            joined.shown[i] = joined.shown[i].max(layer.shown[i]);
            joined.inside[i] = joined.inside[i].max(layer.inside[i]);
        }
    }
    joined
}

/// Gives a photo the broad light and tone of what is there already, as both show it nearby, or else on the whole face.
fn match_light(layer: &mut Layer, joined: &Layer) {
    let both: Vec<f32> = (0..TEXELS).map(|i| layer.shown[i] * joined.shown[i]).collect();
    let gap = |i: usize| crate::numeric::sub(joined.lab[i], layer.lab[i]);
    let (mut sum, mut weight) = ([0f32; 3], 1e-6);
    for (i, &shown) in both.iter().enumerate() {
        weight += shown;
        sum = core::array::from_fn(|k| sum[k] + gap(i)[k] * shown);
    }
    let whole = sum.map(|s| s / weight);
    let radius = (BROAD * SIDE as f32) as usize;
    let near = LocalMean::new([SIDE, SIDE], radius, (whole, 0.02), |i| (gap(i), both[i]));
    for (i, lab) in layer.lab.iter_mut().enumerate() {
        let shift = near.at(i % SIDE, i / SIDE);
        *lab = core::array::from_fn(|k| lab[k] + shift[k]);
    }
}

/// Makes both halves of the face about as light as each other.
fn even_light(layer: &mut Layer) {
    let radius = (BROAD * SIDE as f32) as usize;
    let light = LocalMean::new([SIDE, SIDE], radius, ([0.0; 3], 1e-6), |i| {
        ([layer.lab[i][0] * layer.shown[i], layer.shown[i], 0.0], 1.0)
    });
    let at = |i: usize| light.at(i % SIDE, i / SIDE);
    for i in 0..TEXELS {
        let (here, there) = (at(i), at(mirror(i)));
        let even = (here[0] + there[0]) / (here[1] + there[1]).max(1e-3);
        let change = (even - here[0] / here[1].max(1e-3)) * EVENED;
        layer.lab[i][0] += change.clamp(-MOST_LIGHT, MOST_LIGHT);
    }
}

/// What no photo shows is taken from the face's other half.
fn fill(layer: &Layer, places: &[Option<Place>]) -> Vec<Option<Texel>> {
    let texel = |i: usize| {
        let other = mirror(i);
        let (shown, mirrored) = (layer.shown[i], layer.shown[other]);
        let share = shown / (shown + (1.0 - shown) * mirrored + 1e-6);
        Texel {
            lab: crate::image_f32::lerp3(layer.lab[other], layer.lab[i], share),
            trust: layer.inside[i].max(layer.inside[other]),
            facing: layer.facing[i].max(layer.facing[other]),
        }
    };
    places.iter().enumerate().map(|(i, place)| place.map(|_| texel(i))).collect()
}
