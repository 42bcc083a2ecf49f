//! The photos in their two places, as the page knows them.

use contract::assets::SampleView;
use contract::studio::Slot;
use contract::swaps::{FaceView, PhotoView};

/// Where a photo came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// One of the gallery's, by its name.
    Sample(String),
    /// A file of the visitor's.
    Own,
}

/// A photo in one of the two places.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Photo {
    /// Where it came from.
    pub(crate) origin: Origin,
    /// What to call it.
    pub(crate) title: String,
    /// Its address: the server's for a sample, an object URL for a file.
    pub(crate) url: String,
    /// Several sizes for a browser to choose from, where there are.
    pub(crate) sizes: Option<String>,
    /// The address of a small one, or the same again.
    pub(crate) thumbnail: String,
    /// What the engine found, once it has looked.
    pub(crate) view: Option<PhotoView>,
}

impl Photo {
    /// A sample that the engine has not seen yet.
    pub(crate) fn of_sample(sample: &SampleView) -> Self {
        Self {
            origin: Origin::Sample(sample.name.clone()),
            title: sample.title.clone(),
            url: sample.picture.url.clone(),
            sizes: Some(sample.sizes()),
            thumbnail: sample.thumbnail.url.clone(),
            view: None,
        }
    }

    /// Whether the visitor brought it.
    pub(crate) fn is_own(&self) -> bool {
        self.origin == Origin::Own
    }

    /// Whether it is the sample of this name.
    pub(crate) fn is_sample(&self, name: &str) -> bool {
        matches!(&self.origin, Origin::Sample(own) if own == name)
    }

    /// The faces that were found, none before the engine has looked.
    pub(crate) fn faces(&self) -> &[FaceView] {
        self.view.as_ref().map_or(&[], |view| &view.faces)
    }
}

/// The places for dropped, pasted or picked files: pairs of a slot and the file's number.
///
/// Two files fill both places, the face first. One file goes where it was dropped; else to the place that has no photo
/// of the visitor's yet, the face first; else to the place touched last.
pub(crate) fn slots_for(
    files: usize,
    over: Option<Slot>,
    own: impl Fn(Slot) -> bool,
    last: Slot,
) -> Vec<(Slot, usize)> {
    match files {
        0 => vec![],
        1 => {
            let free = [Slot::Source, Slot::Target].into_iter().find(|&slot| !own(slot));
            vec![(over.or(free).unwrap_or(last), 0)]
        }
        _ => vec![(Slot::Source, 0), (Slot::Target, 1)],
    }
}

/// A square around a face with air about it, inside the photo where it fits: `x y side side` of an SVG view box.
pub(crate) fn square_around(bounds: [f32; 4], width: u32, height: u32) -> String {
    let [left, top, right, bottom] = bounds;
    let side = (1.5 * (right - left).max(bottom - top)).min(width.min(height) as f32).max(1.0);
    let place = |middle: f32, length: u32| (middle - side / 2.0).clamp(0.0, (length as f32 - side).max(0.0));
    let (x, y) = (place((left + right) / 2.0, width), place((top + bottom) / 2.0, height));
    format!("{x:.1} {y:.1} {side:.1} {side:.1}")
}

/// What a saved result is called: after the picture it was made in.
pub(crate) fn download_name(title: &str, extension: &str) -> String {
    let stem = title.rsplit_once('.').map_or(title, |(stem, _)| stem);
    let kept: String =
        stem.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect();
    let kept = kept.trim_matches('-');
    if kept.is_empty() { format!("grafted.{extension}") } else { format!("{kept}-grafted.{extension}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_fill_both_places_wherever_they_fall() {
        let both = vec![(Slot::Source, 0), (Slot::Target, 1)];
        assert_eq!(slots_for(2, Some(Slot::Target), |_| true, Slot::Target), both);
        assert_eq!(slots_for(5, None, |_| false, Slot::Source), both);
        assert_eq!(slots_for(0, None, |_| false, Slot::Source), vec![]);
    }

    #[test]
    fn one_file_goes_where_it_falls_then_where_there_is_room_then_where_the_hand_was() {
        assert_eq!(slots_for(1, Some(Slot::Target), |_| false, Slot::Source), vec![(Slot::Target, 0)]);
        assert_eq!(slots_for(1, None, |_| false, Slot::Target), vec![(Slot::Source, 0)]);
        assert_eq!(slots_for(1, None, |slot| slot == Slot::Source, Slot::Source), vec![(Slot::Target, 0)]);
        assert_eq!(slots_for(1, None, |_| true, Slot::Target), vec![(Slot::Target, 0)]);
    }

    #[test]
    fn the_square_stays_inside_the_photo() {
        assert_eq!(square_around([100.0, 100.0, 200.0, 200.0], 1000, 1000), "75.0 75.0 150.0 150.0");
        assert_eq!(square_around([0.0, 0.0, 100.0, 100.0], 1000, 1000), "0.0 0.0 150.0 150.0");
        assert_eq!(square_around([10.0, 10.0, 290.0, 390.0], 300, 400), "0.0 50.0 300.0 300.0");
    }

    #[test]
    fn saved_files_are_named_after_the_picture() {
        assert_eq!(download_name("Holiday in Rome.jpeg", "png"), "Holiday-in-Rome-grafted.png");
        assert_eq!(download_name("../..", "jpg"), "grafted.jpg");
    }
}
