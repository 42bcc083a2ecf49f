//! A picture in memory, as every part of the engine sees it.

use thiserror::Error;

/// An sRGB picture: 8-bit RGBA, row-major, origin at the top left, at least 1 x 1 pixel.
///
/// Alpha is straight (not premultiplied) and passes through the engine untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

/// Why bytes did not become a picture, or a picture bytes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhotoError {
    /// There are no bytes at all.
    #[error("the photo is empty")]
    Empty,
    /// The file is larger than the limit.
    #[error("the photo has {bytes} bytes, more than the {max_bytes} allowed")]
    TooManyBytes {
        /// Size of the file.
        bytes: usize,
        /// The limit it broke.
        max_bytes: usize,
    },
    /// The first bytes are those of no picture format we read.
    #[error("the file is not a JPEG, PNG or WebP picture")]
    UnknownFormat,
    /// The format is known, but the contents cannot be decoded.
    #[error("the photo is damaged")]
    Damaged,
    /// Decoding would need more pixels than the limit, whatever the file's size.
    #[error("the photo is {width} x {height} pixels, more than allowed")]
    TooManyPixels {
        /// Width the header claims.
        width: u32,
        /// Height the header claims.
        height: u32,
    },
    /// A side is zero.
    #[error("the photo has no pixels")]
    ZeroSize,
    /// The buffer does not hold `width * height` pixels.
    #[error("the photo should have {expected_bytes} bytes of pixels and has {bytes}")]
    SizeMismatch {
        /// `width * height * 4`.
        expected_bytes: u64,
        /// Length of the buffer.
        bytes: usize,
    },
}

impl PhotoError {
    /// The stable code of this error, as it crosses the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "photo_empty",
            Self::TooManyBytes { .. } => "photo_too_large",
            Self::UnknownFormat => "photo_not_an_image",
            Self::TooManyPixels { .. } => "photo_too_many_pixels",
            Self::Damaged | Self::ZeroSize | Self::SizeMismatch { .. } => "photo_damaged",
        }
    }
}

/// One black pixel: memory to be refilled.
impl Default for Photo {
    fn default() -> Self {
        Self { width: 1, height: 1, rgba: vec![0, 0, 0, 255] }
    }
}

impl Photo {
    /// Wraps `width * height` RGBA pixels, row by row from the top left.
    ///
    /// # Errors
    ///
    /// [`PhotoError::ZeroSize`] when a side is zero, [`PhotoError::SizeMismatch`] when the buffer has another
    /// length than `width * height * 4`.
    pub fn from_rgba(width: u32, height: u32, rgba: Vec<u8>) -> Result<Self, PhotoError> {
        if width == 0 || height == 0 {
            return Err(PhotoError::ZeroSize);
        }
        let expected_bytes = (u64::from(width) * u64::from(height)).saturating_mul(4);
        if expected_bytes != rgba.len() as u64 {
            return Err(PhotoError::SizeMismatch { expected_bytes, bytes: rgba.len() });
        }
        Ok(Self { width, height, rgba })
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, 4 bytes each.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// Gives the pixels away without a copy.
    pub fn into_rgba(self) -> Vec<u8> {
        self.rgba
    }

    /// Takes another size and other pixels, in the memory it has: `fill` writes all `width * height * 4` bytes.
    ///
    /// # Errors
    ///
    /// [`PhotoError::ZeroSize`] when a side is zero; the photo stays as it was.
    pub fn refill(
        &mut self,
        width: u32,
        height: u32,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), PhotoError> {
        if width == 0 || height == 0 {
            return Err(PhotoError::ZeroSize);
        }
        (self.width, self.height) = (width, height);
        self.rgba.resize(width as usize * height as usize * 4, 0);
        fill(&mut self.rgba);
        Ok(())
    }

    /// The 4 * `width` bytes of row `y`; `y` must be below the height.
    pub(crate) fn row(&self, y: usize) -> &[u8] {
        let stride = self.width as usize * 4;
        &self.rgba[y * stride..(y + 1) * stride]
    }

    /// The same row, to be changed in place.
    pub(crate) fn row_mut(&mut self, y: usize) -> &mut [u8] {
        let stride = self.width as usize * 4;
        &mut self.rgba[y * stride..(y + 1) * stride]
    }
}
