//! The visible label: a small pill that says "MOG AI", in a corner.
//!
//! Its letters are lines of ours, drawn as distances to them (a signed distance field, Green 2007), so that it is sharp
//! at any size and needs no typeface. White on a dark glass, which holds 4.5 : 1 (WCAG 2.2, 1.4.3) on any picture.

use crate::numeric::distance_to_line;
use crate::photo::Photo;

/// Where the label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Top left.
    TopLeft,
    /// Top right.
    TopRight,
    /// Bottom left.
    BottomLeft,
    /// Bottom right.
    BottomRight,
}

/// How large it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Just readable.
    Small,
    /// The usual.
    Medium,
    /// For a picture that will be shown small.
    Large,
}

impl Size {
    /// Height as a part of the root of the picture's area.
    const fn part(self) -> f32 {
        match self {
            Self::Small => 0.028,
            Self::Medium => 0.038,
            Self::Large => 0.054,
        }
    }
}

/// The least height in pixels: below, nobody could read it.
const MIN_HEIGHT_PX: f32 = 15.0;
/// The most it may take of a small picture's sides.
const MAX_PART: f32 = 0.9;
/// Opacity of the glass, of the line around it, and of the letters.
const GLASS: f32 = 0.66;
const RIM: f32 = 0.34;
const INK: f32 = 0.97;
/// Of its height: the letters' height, half the thickness of their lines, the room at both ends, and beside each letter.
const LETTER: f32 = 0.42;
const STROKE: f32 = 0.043;
const ENDS: f32 = 0.42;
const GAP: f32 = 0.17;
const WORD_GAP: f32 = 0.36;

type Point = [f32; 2];

/// A letter: lines in a box of height 1 (y down), and the box's width.
struct Letter {
    lines: Vec<Vec<Point>>,
    width: f32,
}

/// The label for pictures of one size.
struct Pill {
    left: f32,
    top: f32,
    long: f32,
    tall: f32,
    /// Its letters, in units of its height.
    lines: Vec<[Point; 2]>,
}

impl Pill {
    fn of(width: f32, height: f32, corner: Corner, size: Size) -> Self {
        let (lines, ratio) = text();
        let wished = ((width * height).sqrt() * size.part()).max(MIN_HEIGHT_PX);
        let tall = wished.min(MAX_PART * width / ratio).min(MAX_PART * height);
        let (long, margin) =
            (tall * ratio, (0.55 * tall).min((width - tall * ratio) / 2.0).min((height - tall) / 2.0));
        let left = match corner {
            Corner::TopLeft | Corner::BottomLeft => margin,
            Corner::TopRight | Corner::BottomRight => width - margin - long,
        };
        let top = match corner {
            Corner::TopLeft | Corner::TopRight => margin,
            Corner::BottomLeft | Corner::BottomRight => height - margin - tall,
        };
        Self { left, top, long, tall, lines }
    }

    /// Left, top, right and bottom of the pixels it touches.
    fn bounds(&self, width: u32, height: u32) -> [usize; 4] {
        let low = |v: f32| v.floor().max(0.0) as usize;
        let high = |v: f32, size: u32| v.ceil().min(size as f32) as usize;
        let (right, bottom) = (self.left + self.long, self.top + self.tall);
        [low(self.left), low(self.top), high(right, width), high(bottom, height)]
    }

    /// Paints one pixel of the picture.
    fn paint(&self, pixel: &mut [u8], x: usize, y: usize) {
        let at = [(x as f32 + 0.5 - self.left) / self.tall, (y as f32 + 0.5 - self.top) / self.tall];
        paint(pixel, at, self.tall, self.long / self.tall, &self.lines);
    }
}

/// Draws the label into a picture.
pub fn draw(photo: &mut Photo, corner: Corner, size: Size) {
    let pill = Pill::of(photo.width() as f32, photo.height() as f32, corner, size);
    let [left, top, right, bottom] = pill.bounds(photo.width(), photo.height());
    for y in top..bottom {
        let row = photo.row_mut(y);
        for x in left..right {
            pill.paint(&mut row[4 * x..4 * x + 3], x, y);
        }
    }
}

/// The label by itself, to be laid over pictures of one size again and again; and where its top left corner goes.
///
/// None where a picture is too small to hold a pixel of it.
pub fn overlay(width: u32, height: u32, corner: Corner, size: Size) -> Option<(Photo, [u32; 2])> {
    let pill = Pill::of(width as f32, height as f32, corner, size);
    let [left, top, right, bottom] = pill.bounds(width, height);
    let mut rgba = Vec::with_capacity((right - left) * (bottom - top) * 4);
    for y in top..bottom {
        for x in left..right {
            rgba.extend(laid_over(|pixel| pill.paint(pixel, x, y)));
        }
    }
    let photo = Photo::from_rgba((right - left) as u32, (bottom - top) as u32, rgba).ok()?;
    Some((photo, [left as u32, top as u32]))
}

/// Colour and straight alpha of what turns black and white into what `paint` makes of them.
fn laid_over(paint: impl Fn(&mut [u8])) -> [u8; 4] {
    let (mut on_black, mut on_white) = ([0], [255]);
    paint(&mut on_black);
    paint(&mut on_white);
    let alpha = 255 - (on_white[0] - on_black[0]);
    let shade = (f32::from(on_black[0]) * 255.0 / f32::from(alpha).max(1.0)).round().min(255.0) as u8;
    [shade, shade, shade, alpha]
}

/// One pixel: glass, its rim, then ink. `at` is in units of the label's height.
fn paint(pixel: &mut [u8], at: Point, tall: f32, ratio: f32, lines: &[[Point; 2]]) {
    let cover = |distance: f32| (0.5 - distance * tall).clamp(0.0, 1.0);
    let spine = [[0.5, 0.5], [ratio - 0.5, 0.5]];
    let outside = distance_to_line(at, spine) - 0.5;
    let ink = lines.iter().map(|line| distance_to_line(at, *line)).fold(f32::MAX, f32::min) - STROKE;
    let thin = (0.6 / tall).max(0.02);
    let (glass, rim, ink) = (cover(outside), cover((outside + thin).abs() - thin), cover(ink));
    for value in pixel {
        let mut shade = f32::from(*value);
        shade += (12.0 - shade) * GLASS * glass;
        shade += (255.0 - shade) * RIM * rim * glass;
        shade += (255.0 - shade) * INK * ink;
        *value = (shade + 0.5) as u8;
    }
}

/// The lines of all letters in units of the label's height, and the label's width.
fn text() -> (Vec<[Point; 2]>, f32) {
    let words = [vec![letter_m(), letter_o(), letter_g()], vec![letter_a(), letter_i()]];
    let mut lines = Vec::new();
    let mut x = ENDS;
    for (i, word) in words.iter().enumerate() {
        x += if i > 0 { WORD_GAP - GAP } else { 0.0 };
        for letter in word {
            let place = |p: &Point| [x + LETTER * p[0], 0.5 + LETTER * (p[1] - 0.5)];
            let parts = letter.lines.iter().flat_map(|line| line.windows(2));
            lines.extend(parts.map(|pair| [place(&pair[0]), place(&pair[1])]));
            x += LETTER * letter.width + GAP;
        }
    }
    (lines, x - GAP + ENDS)
}

fn letter_m() -> Letter {
    let line = vec![[0.0, 1.0], [0.0, 0.0], [0.46, 0.72], [0.92, 0.0], [0.92, 1.0]];
    Letter { lines: vec![line], width: 0.92 }
}

fn letter_o() -> Letter {
    Letter { lines: vec![arc(0.0, 360.0)], width: 1.0 }
}

fn letter_g() -> Letter {
    let bar = vec![[0.56, 0.54], [0.96, 0.54], [0.96, 0.72]];
    Letter { lines: vec![arc(40.0, 318.0), bar], width: 0.97 }
}

fn letter_a() -> Letter {
    let sides = vec![[0.0, 1.0], [0.42, 0.0], [0.84, 1.0]];
    Letter { lines: vec![sides, vec![[0.15, 0.66], [0.69, 0.66]]], width: 0.84 }
}

fn letter_i() -> Letter {
    Letter { lines: vec![vec![[0.0, 0.0], [0.0, 1.0]]], width: 0.0 }
}

/// Part of the circle that fills a letter's box, clockwise from its right.
fn arc(from_deg: f32, to_deg: f32) -> Vec<Point> {
    const PARTS: usize = 24;
    let at = |i: usize| {
        let turn = (from_deg + (to_deg - from_deg) * i as f32 / PARTS as f32).to_radians();
        [0.5 + 0.5 * turn.cos(), 0.5 + 0.5 * turn.sin()]
    };
    (0..=PARTS).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32, value: u8) -> Photo {
        Photo::from_rgba(width, height, vec![value; (width * height * 4) as usize]).expect("sizes agree")
    }

    /// Left, top, right and bottom of what was changed.
    fn changed(photo: &Photo, value: u8) -> [usize; 4] {
        let width = photo.width() as usize;
        let at = photo.rgba().chunks_exact(4).enumerate().filter(|(_, p)| p[..3] != [value; 3]);
        at.fold([usize::MAX, usize::MAX, 0, 0], |[l, t, r, b], (i, _)| {
            [l.min(i % width), t.min(i / width), r.max(i % width), b.max(i / width)]
        })
    }

    #[test]
    fn it_stands_in_its_corner_and_is_as_large_as_asked() {
        let mut last = 0;
        for size in [Size::Small, Size::Medium, Size::Large] {
            let mut photo = grey(800, 600, 128);
            draw(&mut photo, Corner::BottomRight, size);
            let [left, top, right, bottom] = changed(&photo, 128);
            assert!(left > 400 && top > 300 && right < 799 && bottom < 599);
            assert!(bottom - top > last);
            last = bottom - top;
        }
        let mut photo = grey(800, 600, 128);
        draw(&mut photo, Corner::TopLeft, Size::Medium);
        let [left, top, right, bottom] = changed(&photo, 128);
        assert!(left > 0 && top > 0 && right < 400 && bottom < 300);
    }

    #[test]
    fn its_letters_can_be_read_on_black_and_on_white() {
        for value in [0, 128, 255] {
            let mut photo = grey(900, 900, value);
            draw(&mut photo, Corner::BottomRight, Size::Medium);
            let luminance = |value: u8| (f32::from(value) / 255.0).powf(2.2);
            let glass = photo.rgba()[4 * (900 * 850 + 880)..][0].min(value);
            let brightest = photo.rgba()[4 * 900 * 840..].chunks_exact(4).map(|p| p[0]).max().unwrap_or(0);
            assert!((luminance(brightest) + 0.05) / (luminance(glass.min(95)) + 0.05) > 4.5, "on {value}");
        }
    }

    #[test]
    fn laid_over_a_picture_it_is_as_if_drawn() {
        let mut drawn = grey(640, 360, 77);
        draw(&mut drawn, Corner::BottomRight, Size::Medium);
        let (label, [left, top]) = overlay(640, 360, Corner::BottomRight, Size::Medium).expect("it fits");
        for (i, over) in label.rgba().chunks_exact(4).enumerate() {
            let (x, y) =
                (left as usize + i % label.width() as usize, top as usize + i / label.width() as usize);
            let alpha = f32::from(over[3]) / 255.0;
            let shade = 77.0 * (1.0 - alpha) + f32::from(over[0]) * alpha;
            assert!((shade - f32::from(drawn.rgba()[4 * (y * 640 + x)])).abs() < 2.0, "at {x}, {y}");
        }
    }

    #[test]
    fn small_and_narrow_pictures_hold_it() {
        for (width, height) in [(1, 1), (20, 900), (900, 4), (40, 40)] {
            draw(&mut grey(width, height, 90), Corner::TopRight, Size::Large);
        }
    }
}
