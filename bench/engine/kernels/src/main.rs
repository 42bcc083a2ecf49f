//! `kernels` answers lines: `detector 20` or `mesh 20` runs that network 20 times and prints the milliseconds of each.
//! `kernels count <detector|mesh>` runs it ten times, for callgrind to count.

use std::io::{BufRead, Write};
use std::time::Instant;

fn which(name: &str) -> usize {
    usize::from(name == "mesh")
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [count, name] = arguments.as_slice()
        && count == "count"
    {
        kernels::run(which(name), 10);
        return Ok(());
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready {}", kernels::instructions())?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (name, times) = line.split_once(' ').unwrap_or((&line, "1"));
        for _ in 0..times.trim().parse().unwrap_or(1) {
            let start = Instant::now();
            kernels::run(which(name), 1);
            write!(out, "{} ", start.elapsed().as_secs_f64() * 1e3)?;
        }
        writeln!(out)?;
        out.flush()?;
    }
    Ok(())
}
