//! Numbers that start at a cache line, so that no vector straddles two.

/// A cache line, in numbers.
const LINE: usize = 16;

/// A fixed count of numbers, zero at first, the first at a multiple of 64 bytes.
#[derive(Debug)]
pub(crate) struct Buffer {
    numbers: Vec<f32>,
    start: usize,
    len: usize,
}

impl Buffer {
    pub(crate) fn zeros(len: usize) -> Self {
        let numbers = vec![0.0; len + LINE];
        // Where the address says nothing (as in constant evaluation), an unaligned buffer is only slower.
        let start = numbers.as_ptr().align_offset(LINE * size_of::<f32>());
        Self { start: if start < LINE { start } else { 0 }, numbers, len }
    }

    pub(crate) fn numbers(&self) -> &[f32] {
        &self.numbers[self.start..self.start + self.len]
    }

    pub(crate) fn numbers_mut(&mut self) -> &mut [f32] {
        &mut self.numbers[self.start..self.start + self.len]
    }

    /// The numbers in vectors; a rest that fills none is left out.
    #[inline(always)]
    pub(crate) fn vectors<const W: usize>(&self) -> &[[f32; W]] {
        self.numbers().as_chunks().0
    }

    #[inline(always)]
    pub(crate) fn vectors_mut<const W: usize>(&mut self) -> &mut [[f32; W]] {
        self.numbers_mut().as_chunks_mut().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_zero_aligned_and_as_long_as_asked() {
        for len in [0, 1, 7, 64, 1000] {
            let mut buffer = Buffer::zeros(len);
            assert!(buffer.numbers().iter().all(|&n| n == 0.0) && buffer.numbers_mut().len() == len);
            assert_eq!(buffer.vectors::<4>().len(), len / 4);
            assert_eq!(buffer.numbers().as_ptr() as usize % 64, 0);
        }
    }
}
