//! Times what an output hangs on: `doubt TASK --threads N FOLDER`, one JSON object.
//!
//! The folder holds raw little-endian doubles: `x` (points, row by row), `y` (outputs, or payoffs), and `shape.json`
//! with `{"inputs": d, …}`. Times are the smallest wall-clock seconds of several runs, without the reading.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use detente_sensitivity::{
    DeltaOptions, Estimate, InformationOptions, Interest, MorrisOptions, PrimOptions, Sample,
    SobolOptions, TreeOptions, delta, delta_raw, first_order_raw, morris, pawn, prim, regression,
    sobol, tree, value_of_information,
};
use serde_json::{Value, json};

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [task, flag, threads, folder] = words.as_slice() else {
        eprintln!("doubt TASK --threads N FOLDER");
        return ExitCode::FAILURE;
    };
    let (true, Ok(threads)) = (flag == "--threads", threads.parse()) else {
        eprintln!("doubt TASK --threads N FOLDER");
        return ExitCode::FAILURE;
    };
    match timed(task, threads, Path::new(folder)) {
        Ok(found) => {
            println!("{found}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn timed(task: &str, threads: usize, folder: &Path) -> Result<Value, Box<dyn Error>> {
    let shape: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("shape.json"))?)?;
    let inputs = shape["inputs"].as_u64().ok_or("no inputs")? as usize;
    let y = doubles(&folder.join("y"))?;
    if task == "sobol" {
        return Ok(indices(&y, inputs, threads)?);
    }
    let x = doubles(&folder.join("x"))?;
    match task {
        "morris" => {
            let options = MorrisOptions {
                threads,
                ..MorrisOptions::default()
            };
            let (seconds, found) = best(5, || morris(&x, inputs, &y, &options))?;
            let values = found.iter().map(|e| [e.mu, e.mu_star.value, e.sigma]);
            Ok(json!({ "seconds": seconds, "values": values.collect::<Vec<_>>() }))
        }
        "information" => {
            let choices = shape["choices"].as_u64().ok_or("no choices")? as usize;
            let options = InformationOptions {
                threads,
                ..InformationOptions::default()
            };
            let run = || value_of_information(&x, inputs, &y, choices, &options);
            let (seconds, found) = best(5, run)?;
            let values: Vec<f64> = found.inputs.iter().map(|worth| worth.evppi).collect();
            Ok(json!({ "seconds": seconds, "evpi": found.evpi, "values": values }))
        }
        _ => given(task, &Sample::new(&x, inputs, &y)?, threads),
    }
}

fn indices(
    y: &[f64],
    inputs: usize,
    threads: usize,
) -> Result<Value, detente_sensitivity::SensitivityError> {
    let options = SobolOptions {
        threads,
        ..SobolOptions::default()
    };
    let (seconds, found) = best(3, || sobol(y, inputs, &options))?;
    let values = |all: &[Estimate]| all.iter().map(|e| e.value).collect::<Vec<_>>();
    let widths = |all: &[Estimate]| all.iter().map(|e| e.half_width).collect::<Vec<_>>();
    Ok(json!({
        "seconds": seconds,
        "values": [values(&found.first), values(&found.total), values(&found.second)],
        "half_widths": [widths(&found.first), widths(&found.total), widths(&found.second)],
    }))
}

/// Measures of any sample.
fn given(task: &str, sample: &Sample, threads: usize) -> Result<Value, Box<dyn Error>> {
    match task {
        "delta" => {
            let options = DeltaOptions {
                threads,
                ..DeltaOptions::default()
            };
            let (seconds, found) = best(1, || delta(sample, &options))?;
            let corrected: Vec<f64> = found.iter().map(|d| d.delta.value).collect();
            let raw = [
                delta_raw(sample, threads)?,
                first_order_raw(sample, threads)?,
            ];
            Ok(json!({ "seconds": seconds, "values": raw, "corrected": corrected }))
        }
        "pawn" => {
            let (seconds, found) = best(5, || pawn(sample, 10, threads))?;
            let values = found
                .iter()
                .map(|p| [p.minimum, p.mean, p.median, p.maximum, p.variation]);
            Ok(json!({ "seconds": seconds, "values": values.collect::<Vec<_>>() }))
        }
        "regression" => {
            let (seconds, found) = best(5, || regression(sample, threads))?;
            let values = found
                .coefficients
                .iter()
                .map(|c| [c.src, c.srrc, c.pcc, c.prcc, c.spearman]);
            Ok(json!({ "seconds": seconds, "values": values.collect::<Vec<_>>() }))
        }
        "prim" => {
            let options = PrimOptions {
                interest: Interest::Above(0.5),
                threads,
                ..PrimOptions::default()
            };
            let (seconds, found) = best(3, || prim(sample, &options))?;
            let values = found
                .trajectory
                .iter()
                .map(|p| [p.coverage, p.density, p.mass]);
            let limits = found.trajectory.iter().map(|p| {
                let all = p.region.limits.iter().map(|l| [l.lower, l.upper]);
                all.collect::<Vec<_>>()
            });
            Ok(json!({
                "seconds": seconds,
                "values": values.collect::<Vec<_>>(),
                "limits": limits.collect::<Vec<_>>(),
            }))
        }
        "tree" => {
            let options = TreeOptions {
                threads,
                complexity: 0.0,
                ..TreeOptions::default()
            };
            let (seconds, found) = best(3, || tree(sample, &options))?;
            let leaves = found.leaves();
            let values = leaves.iter().map(|leaf| [leaf.rows as f64, leaf.mean]);
            Ok(json!({ "seconds": seconds, "values": values.collect::<Vec<_>>() }))
        }
        other => Err(format!("there is no task {other}").into()),
    }
}

/// The smallest time of several runs, and what they found.
fn best<T, E>(runs: usize, run: impl Fn() -> Result<T, E>) -> Result<(f64, T), E> {
    let begun = Instant::now();
    let mut found = run()?;
    let mut smallest = begun.elapsed().as_secs_f64();
    for _ in 1..runs {
        let begun = Instant::now();
        found = run()?;
        smallest = smallest.min(begun.elapsed().as_secs_f64());
    }
    Ok((smallest, found))
}

fn doubles(path: &Path) -> std::io::Result<Vec<f64>> {
    let bytes = std::fs::read(path)?;
    let (eights, _) = bytes.as_chunks::<8>();
    Ok(eights
        .iter()
        .map(|eight| f64::from_le_bytes(*eight))
        .collect())
}
