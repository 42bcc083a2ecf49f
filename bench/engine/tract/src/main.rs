//! tract on one thread: answers lines `detector 20` and `mesh 20` with the milliseconds of each run. Arguments: the ONNX file
//! and the input of each network.

use std::io::{BufRead, Write};
use std::time::Instant;

use tract_onnx::prelude::*;

/// A network that is ready to run, and what it looks at.
struct Net {
    plan: Arc<TypedRunnableModel>,
    input: Tensor,
}

fn load(model: &str, picture: &str, side: usize) -> TractResult<Net> {
    let shape = [1, side, side, 3];
    let bytes = std::fs::read(picture)?;
    let values: Vec<f32> =
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
    let input = Tensor::from_shape(&shape, &values)?;
    let plan = tract_onnx::onnx()
        .model_for_path(model)?
        .with_input_fact(0, f32::fact(shape).into())?
        .into_optimized()?
        .into_runnable()?;
    Ok(Net { plan, input })
}

fn main() -> TractResult<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [detector, face, mesh, crop] = arguments.as_slice() else {
        eprintln!("tract-peer <detector.onnx> <detector.f32> <mesh.onnx> <mesh.f32>");
        std::process::exit(2);
    };
    let nets = [load(detector, face, 128)?, load(mesh, crop, 192)?];
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready tract")?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (name, times) = line.split_once(' ').unwrap_or((&line, "1"));
        let net = &nets[usize::from(name == "mesh")];
        for _ in 0..times.trim().parse().unwrap_or(1) {
            let start = Instant::now();
            net.plan.run(tvec!(net.input.clone().into_tvalue()))?;
            write!(out, "{} ", start.elapsed().as_secs_f64() * 1e3)?;
        }
        writeln!(out)?;
        out.flush()?;
    }
    Ok(())
}
