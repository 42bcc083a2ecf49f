//! Times the engine, step by step, on two drawn portraits.

use std::io::Write;
use std::time::Instant;

use contract::swaps::{LabelOptions, OutputFormat, SwapOptions};
use engine::Engine;
use engine::codec::encode_jpeg;
use platform::clock::Clock;
use provenance::{Claim, Identity, Ingredient, Role, SEED_BYTES};
use studio::Opened;

use crate::cli::samples::drawn;
use crate::ports::SystemClock;

/// JPEG quality of the pictures that are swapped.
const SAMPLE_QUALITY: u8 = 92;

/// What is timed, by its name.
type Step<'a> = (&'a str, Box<dyn Fn() + 'a>);

/// Runs each step `runs` times on pictures of `side_px` by `side_px` pixels, and prints what they took.
pub(super) fn run(engine: &Engine, runs: usize, side_px: u32) -> anyhow::Result<()> {
    let gallery = portrait::gallery();
    let files = gallery.iter().take(2).map(|sample| {
        let photo = drawn(&sample.portrait, side_px)?;
        Ok(encode_jpeg(&photo, SAMPLE_QUALITY)?)
    });
    let files: Vec<Vec<u8>> = files.collect::<anyhow::Result<_>>()?;
    let [source, target] = files.as_slice() else {
        anyhow::bail!("the gallery has fewer than two portraits")
    };
    let (source, target) = (Opened::read(engine, source)?, Opened::read(engine, target)?);
    let sources = std::slice::from_ref(&source);
    let swapped = studio::swap(engine, sources, &target, &SwapOptions::default()).map_err(|f| f.code)?;

    let marked = swapped.clone().marked(&LabelOptions::default(), 1);
    let jpeg = marked.encode(OutputFormat::Jpeg)?;
    let identity = identity()?;
    let of = [
        Ingredient { role: Role::Target, file: &files[1] },
        Ingredient { role: Role::Source, file: &files[0] },
    ];
    let claim = Claim { id: 1, made_at_ms: SystemClock.now_ms(), ingredients: &of };
    provenance::sign(&jpeg, &claim, &identity)?;
    let steps: [Step<'_>; 8] = [
        (
            "decode JPEG",
            Box::new(|| drop(engine::codec::decode(&files[1], &engine::codec::Limits::default()))),
        ),
        ("find faces", Box::new(|| drop(engine.find_faces(target.photo())))),
        ("swap", Box::new(|| drop(studio::swap(engine, sources, &target, &SwapOptions::default())))),
        ("label and mark", Box::new(|| drop(swapped.clone().marked(&LabelOptions::default(), 1)))),
        ("encode JPEG", Box::new(|| drop(marked.encode(OutputFormat::Jpeg)))),
        ("encode PNG", Box::new(|| drop(marked.encode(OutputFormat::Png)))),
        ("sign manifest", Box::new(|| drop(provenance::sign(&jpeg, &claim, &identity)))),
        (
            "read the mark",
            Box::new(|| {
                let _ = engine::watermark::detect(marked.photo());
            }),
        ),
    ];
    let mut out = std::io::stdout().lock();
    writeln!(out, "{side} x {side} px, one face, one thread, {runs} runs, milliseconds", side = side_px)?;
    writeln!(out, "{:<14}{:>10}{:>10}{:>10}", "step", "least", "median", "most")?;
    for (name, step) in steps {
        let [least, median, most] = timed(runs, &step);
        writeln!(out, "{name:<14}{least:>10.2}{median:>10.2}{most:>10.2}")?;
    }
    Ok(())
}

/// A signer of this run's own.
fn identity() -> anyhow::Result<Identity> {
    Ok(Identity::new("mog bench", [1; SEED_BYTES], [2; SEED_BYTES], SystemClock.now_ms())?)
}

/// Least, median and most of the milliseconds that `runs` calls took.
#[expect(clippy::disallowed_methods, reason = "a stopwatch is what this command is")]
fn timed(runs: usize, step: &dyn Fn()) -> [f64; 3] {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            step();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    [times[0], times[runs / 2], times[runs - 1]]
}
