//! Where on the face a pixel lies, whatever the pose: places on the canonical face, laid flat.

use super::raster::rasterise;
use crate::topology::Topology;

/// A place on the canonical face, which is one wide and symmetric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// From the middle, 0 to 0.5, the same on both sides.
    pub(super) aside: f32,
    /// From the chin (0.05) over the mouth (0.3), the nose's tip (0.46) and the eyes (0.62) to the hairline (0.89).
    pub(super) up: f32,
}

/// The place of each pixel that the mesh covers, its vertices in pixels; none beside it.
pub(super) fn places(
    topology: &Topology,
    mesh: &[[f32; 3]],
    width: usize,
    height: usize,
) -> Vec<Option<Place>> {
    let mut places = vec![None; width * height];
    rasterise(topology, mesh, width, height, |index, spot| {
        let [u, v] = spot.blend_2d(&topology.uv);
        places[index] = Some(Place { aside: (u - 0.5).abs(), up: v });
    });
    places
}

/// A rectangle of places, on both sides of the face.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zone {
    pub(super) aside: [f32; 2],
    pub(super) up: [f32; 2],
}

impl Zone {
    pub(super) fn holds(&self, place: Place) -> bool {
        let within = |[low, high]: [f32; 2], v: f32| low <= v && v <= high;
        within(self.aside, place.aside) && within(self.up, place.up)
    }

    /// The pixels that lie in it.
    pub(super) fn pixels(&self, places: &[Option<Place>]) -> impl Iterator<Item = usize> {
        (0..places.len()).filter(|&i| places[i].is_some_and(|p| self.holds(p)))
    }

    /// The mean of a plane within it; 0 where the picture does not show it.
    pub(super) fn mean(&self, places: &[Option<Place>], plane: &[f32]) -> f32 {
        let (sum, count) = self.pixels(places).fold((0.0, 0), |(s, n), i| (s + plane[i], n + 1));
        if count == 0 { 0.0 } else { sum / count as f32 }
    }
}

/// An upright ellipse of places, on both sides of the face.
#[derive(Clone, Copy, Debug)]
pub(super) struct Oval {
    pub(super) aside: f32,
    pub(super) up: f32,
    /// Half axes, along `aside` and `up`.
    pub(super) half: [f32; 2],
}

impl Oval {
    pub(super) fn holds(&self, place: Place) -> bool {
        let (x, y) = ((place.aside - self.aside) / self.half[0], (place.up - self.up) / self.half[1]);
        x * x + y * y < 1.0
    }
}

/// The places of a face that fills a square, for tests.
#[cfg(test)]
pub(super) fn square_face(side: usize) -> Vec<Option<Place>> {
    let share = |cell: usize| cell as f32 / side as f32;
    let place = |i: usize| Place { aside: (share(i % side) - 0.5).abs(), up: 0.9 - 0.85 * share(i / side) };
    (0..side * side).map(place).map(Some).collect()
}

/// A pixel at about this place, for tests.
#[cfg(test)]
pub(super) fn pixel_at(places: &[Option<Place>], aside: f32, up: f32) -> Option<usize> {
    let is_near = |p: Place| (p.aside - aside).abs() < 0.01 && (p.up - up).abs() < 0.01;
    places.iter().position(|place| place.is_some_and(is_near))
}
