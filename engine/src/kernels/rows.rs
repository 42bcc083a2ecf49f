//! A feature map of which only the last few rows are kept: what the next layer still looks at.

use super::buffer::Buffer;

/// Rows of a map, each with a pixel of zeros to the left and to the right, in a ring.
#[derive(Debug)]
pub(crate) struct Rows<const W: usize> {
    numbers: Buffer,
    /// Pixels of a row, and rows of the whole map.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Vectors of channels of a pixel.
    pub(crate) vectors: usize,
    /// Rows that are kept.
    kept: usize,
    /// Rows that were written since the start of this inference.
    pub(crate) filled: usize,
}

impl<const W: usize> Rows<W> {
    /// Nothing written yet; borders, and the row above and below the map, are zero and stay so.
    pub(crate) fn new(width: usize, height: usize, vectors: usize, kept: usize) -> Self {
        let kept = kept.min(height);
        let numbers = Buffer::zeros((kept + 1) * (width + 2) * vectors * W);
        Self { numbers, width, height, vectors, kept, filled: 0 }
    }

    fn row_len(&self) -> usize {
        (self.width + 2) * self.vectors
    }

    /// A row with its border; zeros outside the map. Only rows that are still kept mean anything.
    #[inline(always)]
    pub(crate) fn row(&self, y: Option<usize>) -> &[[f32; W]] {
        let slot = match y {
            Some(y) if y < self.height => y % self.kept,
            _ => self.kept,
        };
        &self.numbers.vectors()[slot * self.row_len()..][..self.row_len()]
    }

    /// A row without its border.
    #[inline(always)]
    pub(crate) fn inner(&self, y: usize) -> &[[f32; W]] {
        &self.row(Some(y))[self.vectors..][..self.width * self.vectors]
    }

    /// A row without its border, to be written.
    #[inline(always)]
    pub(crate) fn inner_mut(&mut self, y: usize) -> &mut [[f32; W]] {
        let start = y % self.kept * self.row_len() + self.vectors;
        let len = self.width * self.vectors;
        &mut self.numbers.vectors_mut()[start..][..len]
    }

    /// Numbers from one row's beginning to the next one's.
    pub(crate) fn row_step(&self) -> usize {
        self.row_len() * W
    }

    /// The whole map from its first pixel on, if all of it is kept: no number otherwise.
    pub(crate) fn whole(&self) -> &[f32] {
        let whole = if self.kept == self.height { self.numbers.numbers() } else { &[] };
        whole.get(self.vectors * W..).unwrap_or_default()
    }
}
