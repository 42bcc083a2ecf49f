//! MediaPipe's geometry metadata: `GeometryPipelineMetadata { 1: Mesh3d { 3: float vertex_buffer, 4: uint32
//! index_buffer } }`, in the protobuf wire format (<https://protobuf.dev/programming-guides/encoding/>).

use thiserror::Error;

/// The bytes are not the message expected of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("protobuf: {0}")]
pub(super) struct ProtoError(&'static str);

const SHORT: ProtoError = ProtoError("the message ends too early");

/// The mesh in the message.
#[derive(Debug, Default)]
pub(super) struct Mesh {
    pub(super) vertex_buffer: Vec<f32>,
    pub(super) index_buffer: Vec<u32>,
}

/// One field of a message.
enum Field<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
    Fixed64,
}

/// What is left of a message.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ProtoError> {
        let (head, rest) = self.0.split_at_checked(length).ok_or(SHORT)?;
        self.0 = rest;
        Ok(head)
    }

    fn varint(&mut self) -> Result<u64, ProtoError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ProtoError("a number that does not end"))
    }

    /// The next field and its number; none at the end.
    fn field(&mut self) -> Result<Option<(u64, Field<'a>)>, ProtoError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let field = match tag & 7 {
            0 => Field::Varint(self.varint()?),
            1 => self.take(8).map(|_| Field::Fixed64)?,
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| SHORT)?;
                Field::Bytes(self.take(length)?)
            }
            5 => Field::Fixed32(self.take(4)?.try_into().map_err(|_| SHORT)?),
            _ => return Err(ProtoError("an unknown kind of field")),
        };
        Ok(Some((tag >> 3, field)))
    }
}

/// Reads the canonical mesh; other fields are passed over.
pub(super) fn parse_mesh(bytes: &[u8]) -> Result<Mesh, ProtoError> {
    let mut message = Reader(bytes);
    while let Some((number, field)) = message.field()? {
        if let (1, Field::Bytes(inner)) = (number, field) {
            return mesh(inner);
        }
    }
    Err(ProtoError("no mesh"))
}

fn mesh(bytes: &[u8]) -> Result<Mesh, ProtoError> {
    let mut mesh = Mesh::default();
    let mut message = Reader(bytes);
    while let Some((number, field)) = message.field()? {
        match (number, field) {
            (3, Field::Fixed32(value)) => mesh.vertex_buffer.push(f32::from_le_bytes(value)),
            (3, Field::Bytes(packed)) => {
                mesh.vertex_buffer.extend(packed.as_chunks::<4>().0.iter().map(|&c| f32::from_le_bytes(c)));
            }
            (4, Field::Varint(value)) => mesh.index_buffer.push(index(value)?),
            (4, Field::Bytes(packed)) => {
                let mut packed = Reader(packed);
                while !packed.0.is_empty() {
                    mesh.index_buffer.push(index(packed.varint()?)?);
                }
            }
            _ => {}
        }
    }
    Ok(mesh)
}

fn index(value: u64) -> Result<u32, ProtoError> {
    u32::try_from(value).map_err(|_| ProtoError("an index beyond 32 bits"))
}
