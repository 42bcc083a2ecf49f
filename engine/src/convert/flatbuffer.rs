//! A reader of FlatBuffers that answers damaged bytes with errors.
//!
//! Format: <https://flatbuffers.dev/internals/>. A table starts with a signed offset back to its vtable, which lists
//! where in the table each field lies; strings, vectors and tables are reached by offsets.

use thiserror::Error;

/// The bytes are not the FlatBuffers structure expected of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("FlatBuffers: {0}")]
pub(super) struct FlatError(pub(super) &'static str);

const OUTSIDE: FlatError = FlatError("an offset points outside the file");

/// A table somewhere in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    position: usize,
}

fn array<const N: usize>(bytes: &[u8], position: usize) -> Result<[u8; N], FlatError> {
    let end = position.checked_add(N).ok_or(OUTSIDE)?;
    bytes.get(position..end).and_then(|s| s.try_into().ok()).ok_or(OUTSIDE)
}

fn u32_at(bytes: &[u8], position: usize) -> Result<usize, FlatError> {
    Ok(u32::from_le_bytes(array(bytes, position)?) as usize)
}

/// Follows the offset stored at `position`.
fn follow(bytes: &[u8], position: usize) -> Result<usize, FlatError> {
    position.checked_add(u32_at(bytes, position)?).filter(|&p| p < bytes.len()).ok_or(OUTSIDE)
}

impl<'a> Table<'a> {
    /// The file's root table.
    pub(super) fn root(bytes: &'a [u8]) -> Result<Self, FlatError> {
        Ok(Self { bytes, position: follow(bytes, 0)? })
    }

    /// Where field `index` lies; none when the table leaves it at its default.
    fn field(&self, index: usize) -> Result<Option<usize>, FlatError> {
        let back = i64::from(i32::from_le_bytes(array(self.bytes, self.position)?));
        let vtable = usize::try_from(self.position as i64 - back).map_err(|_| OUTSIDE)?;
        let size = usize::from(u16::from_le_bytes(array(self.bytes, vtable)?));
        let entry = 4 + 2 * index;
        if entry + 2 > size {
            return Ok(None);
        }
        let offset = usize::from(u16::from_le_bytes(array(self.bytes, vtable + entry)?));
        Ok((offset != 0).then_some(self.position + offset))
    }

    /// An unsigned 32-bit field, 0 by default.
    pub(super) fn u32(&self, index: usize) -> Result<usize, FlatError> {
        self.field(index)?.map_or(Ok(0), |p| u32_at(self.bytes, p))
    }

    /// An 8-bit field, 0 by default.
    pub(super) fn u8(&self, index: usize) -> Result<u8, FlatError> {
        self.field(index)?.map_or(Ok(0), |p| array::<1>(self.bytes, p).map(|b| b[0]))
    }

    /// A vector's first byte and length; `element_bytes` bounds it against the file.
    fn vector(&self, index: usize, element_bytes: usize) -> Result<(usize, usize), FlatError> {
        let Some(position) = self.field(index)? else { return Ok((0, 0)) };
        let start = follow(self.bytes, position)?;
        let length = u32_at(self.bytes, start)?;
        let end = length.checked_mul(element_bytes).and_then(|n| n.checked_add(start + 4));
        match end {
            Some(end) if end <= self.bytes.len() => Ok((start + 4, length)),
            _ => Err(OUTSIDE),
        }
    }

    /// A vector of bytes, empty by default.
    pub(super) fn bytes(&self, index: usize) -> Result<&'a [u8], FlatError> {
        let (start, length) = self.vector(index, 1)?;
        Ok(&self.bytes[start..start + length])
    }

    /// A string; bytes that are not UTF-8 are replaced.
    pub(super) fn string(&self, index: usize) -> Result<String, FlatError> {
        Ok(String::from_utf8_lossy(self.bytes(index)?).into_owned())
    }

    /// A vector of signed 32-bit numbers, empty by default.
    pub(super) fn i32s(&self, index: usize) -> Result<Vec<i32>, FlatError> {
        let (start, length) = self.vector(index, 4)?;
        (0..length).map(|i| Ok(i32::from_le_bytes(array(self.bytes, start + 4 * i)?))).collect()
    }

    /// A vector of tables, empty by default.
    pub(super) fn tables(&self, index: usize) -> Result<Vec<Table<'a>>, FlatError> {
        let (start, length) = self.vector(index, 4)?;
        let table = |i: usize| Ok(Table { bytes: self.bytes, position: follow(self.bytes, start + 4 * i)? });
        (0..length).map(table).collect()
    }
}
