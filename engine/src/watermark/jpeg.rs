//! What JPEG of quality 75 leaves of a picture's brightness (ITU-T T.81), without the file.

use std::f32::consts::PI;
use std::sync::LazyLock;

const SIDE: usize = 8;
/// The steps of brightness at quality 50 (T.81, table K.1); at 75 they are half of it.
const STEPS: [[u8; SIDE]; SIDE] = [
    [16, 11, 10, 16, 24, 40, 51, 61],
    [12, 12, 14, 19, 26, 58, 60, 55],
    [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62],
    [18, 22, 37, 56, 68, 109, 103, 77],
    [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101],
    [72, 92, 95, 98, 112, 100, 103, 99],
];
const QUALITY_75: f32 = 0.5;

type Block = [[f32; SIDE]; SIDE];

/// The discrete cosine transform: one row for each frequency.
static COSINES: LazyLock<Block> = LazyLock::new(|| {
    std::array::from_fn(|k| {
        let scale = if k == 0 { 0.125f32 } else { 0.25 }.sqrt();
        std::array::from_fn(|x| scale * ((2 * x + 1) as f32 * k as f32 * PI / 16.0).cos())
    })
});

/// Rounds each square of 8 by 8 pixels as JPEG does; what is left over at the right and below stays as it is.
pub(super) fn compress(values: &mut [f32], width: usize) {
    let forward = &*COSINES;
    let back = transposed(forward);
    for rows in values.chunks_exact_mut(SIDE * width) {
        for x in (0..width / SIDE).map(|column| column * SIDE) {
            let mut block: Block =
                std::array::from_fn(|y| std::array::from_fn(|i| rows[y * width + x + i] - 128.0));
            block = product(&product(forward, &block), &back);
            for (line, steps) in block.iter_mut().zip(&STEPS) {
                for (value, step) in line.iter_mut().zip(steps) {
                    let step = (f32::from(*step) * QUALITY_75 + 0.5).floor();
                    *value = (*value / step).round() * step;
                }
            }
            block = product(&product(&back, &block), forward);
            for (y, line) in block.iter().enumerate() {
                let out = &mut rows[y * width + x..][..SIDE];
                out.iter_mut().zip(line).for_each(|(out, value)| *out = value + 128.0);
            }
        }
    }
}

fn product(a: &Block, b: &Block) -> Block {
    let mut out = [[0.0; SIDE]; SIDE];
    for (out, a) in out.iter_mut().zip(a) {
        for (a, b) in a.iter().zip(b) {
            out.iter_mut().zip(b).for_each(|(out, b)| *out += a * b);
        }
    }
    out
}

fn transposed(block: &Block) -> Block {
    std::array::from_fn(|i| std::array::from_fn(|j| block[j][i]))
}
