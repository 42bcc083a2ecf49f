//! A two-dimensional discrete Fourier transform of small squares (Cooley and Tukey 1965, radix 2).

use std::f64::consts::TAU;

/// Real and imaginary part.
pub(super) type Complex = [f32; 2];

/// Transforms squares of one size.
#[derive(Debug)]
pub(super) struct Fft {
    side: usize,
    /// `exp(-2 pi i k / side)` for `k` below half the side.
    twiddles: Vec<Complex>,
    /// Where each index goes when its bits are read backwards.
    reversed: Vec<usize>,
}

impl Fft {
    /// For squares of `side`, a power of two from 2 on.
    pub(super) fn new(side: usize) -> Self {
        let bits = side.trailing_zeros();
        let twiddles = (0..side / 2).map(|k| {
            let (sin, cos) = (TAU * k as f64 / side as f64).sin_cos();
            [cos as f32, -sin as f32]
        });
        let reversed = (0..side).map(|i| i.reverse_bits() >> (usize::BITS - bits));
        Self { side, twiddles: twiddles.collect(), reversed: reversed.collect() }
    }

    /// From pixels to frequencies, in place, without a factor.
    pub(super) fn forward(&self, square: &mut [Complex]) {
        self.rows(square);
        transpose(square, self.side);
        self.rows(square);
        transpose(square, self.side);
    }

    /// From frequencies to pixels, in place, without a factor: `forward` and this one multiply by the number of pixels.
    pub(super) fn inverse(&self, square: &mut [Complex]) {
        conjugate(square);
        self.forward(square);
        conjugate(square);
    }

    fn rows(&self, square: &mut [Complex]) {
        square.chunks_exact_mut(self.side).for_each(|row| self.row(row));
    }

    fn row(&self, row: &mut [Complex]) {
        for (i, &j) in self.reversed.iter().enumerate() {
            if i < j {
                row.swap(i, j);
            }
        }
        let mut half = 1;
        while half < self.side {
            let step = self.side / (2 * half);
            for block in row.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for ((a, b), t) in low.iter_mut().zip(high).zip(self.twiddles.iter().step_by(step)) {
                    let turned = product(*b, *t);
                    *b = [a[0] - turned[0], a[1] - turned[1]];
                    *a = [a[0] + turned[0], a[1] + turned[1]];
                }
            }
            half *= 2;
        }
    }
}

/// The product of two complex numbers.
#[inline]
pub(super) fn product(a: Complex, b: Complex) -> Complex {
    [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

fn conjugate(square: &mut [Complex]) {
    square.iter_mut().for_each(|value| value[1] = -value[1]);
}

fn transpose(square: &mut [Complex], side: usize) {
    for y in 0..side {
        for x in y + 1..side {
            square.swap(y * side + x, x * side + y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wave_is_one_coefficient_and_comes_back() {
        let side = 16;
        let fft = Fft::new(side);
        let wave = |x: usize, y: usize| ((3 * x + 5 * y) as f64 * TAU / side as f64).cos() as f32;
        let pixels: Vec<Complex> = (0..side * side).map(|i| [wave(i % side, i / side), 0.0]).collect();
        let mut square = pixels.clone();
        fft.forward(&mut square);
        for (i, value) in square.iter().enumerate() {
            let there = [(3, 5), (13, 11)].contains(&(i % side, i / side));
            let expected = if there { 128.0 } else { 0.0 };
            assert!((value[0] - expected).abs() < 1e-3 && value[1].abs() < 1e-3, "{i}: {value:?}");
        }
        fft.inverse(&mut square);
        for (back, before) in square.iter().zip(&pixels) {
            assert!((back[0] / 256.0 - before[0]).abs() < 1e-5);
        }
    }
}
