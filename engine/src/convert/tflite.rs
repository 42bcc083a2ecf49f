//! TFLite files: constants and which operator uses them. The graph itself is not run, only read.
//!
//! Field numbers are those of `tensorflow/compiler/mlir/lite/schema/schema.fbs`.

use std::collections::HashMap;

use half::f16;

use super::flatbuffer::{FlatError, Table};

/// The operator that widens float16 constants.
const DEQUANTIZE: usize = 6;
const FLOAT32: u8 = 0;
const FLOAT16: u8 = 1;

/// A constant tensor.
#[derive(Clone, Debug)]
pub(super) struct Constant {
    pub(super) shape: Vec<usize>,
    pub(super) values: Vec<f32>,
}

/// A model's operators and constants.
#[derive(Debug)]
pub(super) struct Tflite {
    /// Inputs of each operator, by the name of its first output.
    operators: HashMap<String, Vec<i32>>,
    /// Codes of the operators and names of their first outputs, as they run.
    order: Vec<(usize, String)>,
    /// Constants by tensor number; widened ones also under the number of their widened tensor.
    constants: HashMap<i32, Constant>,
}

struct Tensor<'a> {
    name: String,
    shape: Vec<usize>,
    kind: u8,
    data: &'a [u8],
}

impl Tflite {
    /// Reads the first subgraph.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, FlatError> {
        if bytes.get(4..8) != Some(b"TFL3") {
            return Err(FlatError("no TFLite file"));
        }
        let model = Table::root(bytes)?;
        let codes = model.tables(1)?.iter().map(operator_code).collect::<Result<Vec<_>, _>>()?;
        let buffers = model.tables(4)?;
        let graph = *model.tables(2)?.first().ok_or(FlatError("no subgraph"))?;
        let tensors = graph.tables(0)?.iter().map(|t| tensor(t, &buffers)).collect::<Result<Vec<_>, _>>()?;
        let mut file = Self { operators: HashMap::new(), order: Vec::new(), constants: constants(&tensors)? };
        for operator in graph.tables(3)? {
            let code = codes.get(operator.u32(0)?).ok_or(FlatError("an operator without code"))?;
            file.add(*code, operator.i32s(1)?, &operator.i32s(2)?, &tensors)?;
        }
        Ok(file)
    }

    fn add(
        &mut self,
        code: usize,
        inputs: Vec<i32>,
        outputs: &[i32],
        tensors: &[Tensor<'_>],
    ) -> Result<(), FlatError> {
        let output = *outputs.first().ok_or(FlatError("an operator without output"))?;
        if code == DEQUANTIZE {
            let widened = inputs.first().and_then(|i| self.constants.get(i)).cloned();
            if let Some(constant) = widened {
                self.constants.insert(output, constant);
            }
            return Ok(());
        }
        let tensor = usize::try_from(output).ok().and_then(|i| tensors.get(i));
        let name = tensor.ok_or(FlatError("an output that is no tensor"))?.name.clone();
        self.order.push((code, name.clone()));
        self.operators.insert(name, inputs);
        Ok(())
    }

    /// The names of the operators with that code, in the order in which they run.
    pub(super) fn in_order(&self, code: usize) -> impl Iterator<Item = &str> {
        self.order.iter().filter(move |(own, _)| *own == code).map(|(_, name)| name.as_str())
    }

    /// Constant number `input` of the operator whose output has that name.
    pub(super) fn constant(&self, operator: &str, input: usize) -> Result<&Constant, String> {
        let inputs = self.operators.get(operator).ok_or_else(|| format!("no operator {operator}"))?;
        inputs
            .get(input)
            .and_then(|i| self.constants.get(i))
            .ok_or_else(|| format!("{operator} has no constant input {input}"))
    }
}

/// The code moved to a wider field when it outgrew 8 bits; whichever is larger is meant.
fn operator_code(table: &Table<'_>) -> Result<usize, FlatError> {
    Ok(usize::from(table.u8(0)?).max(table.u32(3)?))
}

fn tensor<'a>(table: &Table<'a>, buffers: &[Table<'a>]) -> Result<Tensor<'a>, FlatError> {
    let side = |&n: &i32| usize::try_from(n).map_err(|_| FlatError("a negative dimension"));
    let buffer = buffers.get(table.u32(2)?).ok_or(FlatError("a tensor without buffer"))?;
    Ok(Tensor {
        name: table.string(3)?,
        shape: table.i32s(0)?.iter().map(side).collect::<Result<_, _>>()?,
        kind: table.u8(1)?,
        data: buffer.bytes(0)?,
    })
}

/// Float constants only; integers here are paddings and shapes, which the architecture already says.
fn constants(tensors: &[Tensor<'_>]) -> Result<HashMap<i32, Constant>, FlatError> {
    let mut found = HashMap::new();
    for (number, tensor) in (0i32..).zip(tensors) {
        let values: Vec<f32> = match tensor.kind {
            _ if tensor.data.is_empty() => continue,
            FLOAT32 => tensor.data.as_chunks::<4>().0.iter().map(|&c| f32::from_le_bytes(c)).collect(),
            FLOAT16 => {
                tensor.data.as_chunks::<2>().0.iter().map(|&c| f16::from_le_bytes(c).to_f32()).collect()
            }
            _ => continue,
        };
        let expected = tensor.shape.iter().try_fold(1usize, |n, &side| n.checked_mul(side));
        if expected != Some(values.len()) {
            return Err(FlatError("a constant's data does not fill its shape"));
        }
        found.insert(number, Constant { shape: tensor.shape.clone(), values });
    }
    Ok(found)
}
