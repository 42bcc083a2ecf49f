//! One contact sheet: pairs in two columns, each three pictures over a line of figures.

use anyhow::Context;
use engine::Photo;
use engine::certificate::{Grade, Reading};
use image::imageops::{FilterType, crop_imm, overlay, resize};
use image::{ImageFormat, Rgb, RgbImage};

/// Pairs on a page, and side by side.
pub(super) const PAIRS: usize = 8;
const COLUMNS: usize = 2;
/// Side of a picture, and height of the line under it, in pixels.
const SIDE: u32 = 256;
const LINE: u32 = 22;
/// Room around a face, as a share of its box.
const ROOM: f32 = 0.35;
/// Pixels of a figure's dot.
const DOT: u32 = 2;

const GROUND: Rgb<u8> = Rgb([24, 24, 26]);
const WHITE: Rgb<u8> = Rgb([235, 235, 235]);

/// Figures in three columns of five dots, the uppermost row first, a bit for each dot.
const FIGURES: [(char, u16); 11] = [
    ('0', 0b111_101_101_101_111),
    ('1', 0b010_110_010_010_111),
    ('2', 0b111_001_111_100_111),
    ('3', 0b111_001_111_001_111),
    ('4', 0b101_101_111_001_001),
    ('5', 0b111_100_111_001_111),
    ('6', 0b111_100_111_101_111),
    ('7', 0b111_001_010_010_010),
    ('8', 0b111_101_111_101_111),
    ('9', 0b111_101_111_001_111),
    ('.', 0b000_000_000_000_010),
];

/// A page that fills up pair by pair.
pub(super) struct Page {
    picture: RgbImage,
    pairs: usize,
}

impl Page {
    pub(super) fn new(pairs: usize) -> Self {
        let (columns, rows) = (pairs.min(COLUMNS), pairs.div_ceil(COLUMNS));
        let size = [3 * SIDE * columns as u32, (SIDE + LINE) * rows as u32];
        Self { picture: RgbImage::from_pixel(size[0], size[1], GROUND), pairs: 0 }
    }

    /// Adds source, target and result; under them the pair's number, and each figure in the colour of its grade.
    pub(super) fn add(&mut self, number: usize, pictures: &[RgbImage; 3], readings: &[Reading; 4]) {
        let left = 3 * SIDE * (self.pairs % COLUMNS) as u32;
        let top = (SIDE + LINE) * (self.pairs / COLUMNS) as u32;
        for (i, picture) in pictures.iter().enumerate() {
            overlay(&mut self.picture, picture, i64::from(left + SIDE * i as u32), i64::from(top));
        }
        let [line, step] = [top + SIDE + (LINE - 5 * DOT) / 2, 3 * SIDE / 5];
        self.write(left + 4 * DOT, line, &number.to_string(), WHITE);
        for (i, reading) in readings.iter().enumerate() {
            let figure = format!("{:.2}", reading.value);
            self.write(left + step * (i as u32 + 1), line, &figure, colour(reading.grade));
        }
        self.pairs += 1;
    }

    fn write(&mut self, left: u32, top: u32, text: &str, colour: Rgb<u8>) {
        for (at, character) in text.chars().enumerate() {
            let dots = FIGURES.iter().find(|(figure, _)| *figure == character).map_or(0, |(_, dots)| *dots);
            for dot in (0..15u32).filter(|dot| dots >> (14 - dot) & 1 == 1) {
                let (x, y) = (left + DOT * (4 * at as u32 + dot % 3), top + DOT * (dot / 3));
                for i in 0..DOT * DOT {
                    self.picture.put_pixel(x + i % DOT, y + i / DOT, colour);
                }
            }
        }
    }

    pub(super) fn encode(&self) -> anyhow::Result<Vec<u8>> {
        let mut file = std::io::Cursor::new(Vec::new());
        self.picture.write_to(&mut file, ImageFormat::Png)?;
        Ok(file.into_inner())
    }
}

const fn colour(grade: Grade) -> Rgb<u8> {
    match grade {
        Grade::Good => Rgb([120, 220, 140]),
        Grade::Fair => Rgb([240, 200, 90]),
        Grade::Poor => Rgb([255, 110, 100]),
    }
}

/// A square around a face with room about it, as large as the sheet has it; what lies beyond the photo is left out.
pub(super) fn cropped(photo: &Photo, [left, top, right, bottom]: [f32; 4]) -> anyhow::Result<RgbImage> {
    let rgb = photo.rgba().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let picture =
        RgbImage::from_raw(photo.width(), photo.height(), rgb).context("a photo has all its pixels")?;
    let half = (right - left).max(bottom - top) * (0.5 + ROOM);
    let edge = |v: f32, size: u32| (v.max(0.0) as u32).min(size);
    let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
    let [x0, x1] = [x - half, x + half].map(|v| edge(v, photo.width()));
    let [y0, y1] = [y - half, y + half].map(|v| edge(v, photo.height()));
    let (width, height) = ((x1 - x0).max(1), (y1 - y0).max(1));
    let scale = SIDE as f32 / width.max(height) as f32;
    let scaled = |side: u32| ((side as f32 * scale) as u32).clamp(1, SIDE);
    let crop = crop_imm(&picture, x0, y0, width, height).to_image();
    Ok(resize(&crop, scaled(width), scaled(height), FilterType::Triangle))
}

#[cfg(test)]
mod tests {
    use engine::certificate::Measure;

    use super::*;

    #[test]
    fn figures_have_the_colour_of_their_grade() {
        let reading = |grade| Reading { measure: Measure::Seam, value: 1.25, grade };
        let mut page = Page::new(1);
        let black = RgbImage::new(SIDE, SIDE);
        let grades = [Grade::Good, Grade::Good, Grade::Fair, Grade::Poor];
        page.add(7, &[black.clone(), black.clone(), black], &grades.map(reading));
        for grade in [Grade::Good, Grade::Fair, Grade::Poor] {
            assert!(page.picture.pixels().any(|pixel| *pixel == colour(grade)), "{grade:?}");
        }
        assert_eq!(page.picture.dimensions(), (3 * SIDE, SIDE + LINE));
    }

    #[test]
    fn a_face_at_the_border_is_cropped_within_the_photo() {
        let photo = Photo::from_rgba(100, 50, vec![9; 20_000]).expect("sizes agree");
        let crop = cropped(&photo, [-20.0, -10.0, 30.0, 40.0]).expect("a crop");
        assert!(crop.width() <= SIDE && crop.height() <= SIDE && crop.width().max(crop.height()) == SIDE);
    }
}
