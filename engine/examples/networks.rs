//! The networks as this house runs them: asked in lines, answered in lines.
//!
//! `ours <folder of records> <detector input> <mesh input>`; the inputs are little-endian f32, channel by channel. A line
//! `detector 20` or `mesh 20` runs that network 20 times; the answer is the milliseconds of each, in one line. A third
//! word `module` asks for the Burn module instead of the kernels.

use std::io::{BufRead, Write};
use std::time::Instant;

use engine::{Engine, ModelFiles, Path, cpu};

type Anyhow<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Anyhow<()> {
    let [models, detector, mesh]: [String; 3] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "usage: ours <models> <input> <input>")?;
    let files = ModelFiles::read(|name| std::fs::read(format!("{models}/{name}")))?;
    let engine = Engine::load(&files, &cpu())?;
    let (detector, mesh) = (floats(&detector)?, floats(&mesh)?);
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready {}", engine::instructions())?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let [network, runs, path @ ..] = words.as_slice() else { return Err("a network and a count, please".into()) };
        let path = if path == ["module"] { Path::Module } else { Path::Fastest };
        let once = || match *network {
            "detector" => drop(std::hint::black_box(engine.run_detector(&detector, path))),
            _ => drop(std::hint::black_box(engine.run_mesh(&mesh, path))),
        };
        let times = (0..runs.parse::<usize>()?).map(|_| milliseconds(once));
        let times: Vec<String> = times.map(|ms| ms.to_string()).collect();
        writeln!(out, "{}", times.join(" "))?;
        out.flush()?;
    }
    Ok(())
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e3
}

fn floats(path: &str) -> Anyhow<Vec<f32>> {
    Ok(std::fs::read(path)?.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect())
}
