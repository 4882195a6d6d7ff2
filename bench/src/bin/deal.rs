//! Times the analysis of outcome spaces: `deal (--all | --merge EPSILON) FILE…`, one JSON line each.
//!
//! A file holds `{"shape": [options of each issue], "parties": [{"weights": […], "scores": [[…], …]}, …]}`. Times are
//! the smallest wall-clock seconds of several runs on one thread.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use detente_deal::{
    Domain, Enumerated, Frontier, Issue, Merge, Preferences, Space, extremes, merged, opposition,
    ranks, rationality, solutions,
};
use serde_json::{Value, json};

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let mut merge = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--all" => merge = None,
            "--merge" => {
                merge = arguments
                    .next()
                    .and_then(|word| word.parse().ok())
                    .map(|epsilon| Merge {
                        epsilon,
                        ..Merge::default()
                    });
            }
            path => match timed(path, merge.as_ref()) {
                Ok(line) => println!("{line}"),
                Err(error) => {
                    eprintln!("{path}: {error}");
                    return ExitCode::FAILURE;
                }
            },
        }
    }
    ExitCode::SUCCESS
}

fn timed(path: &str, merge: Option<&Merge>) -> Result<Value, Box<dyn std::error::Error>> {
    let space = read(&serde_json::from_str(&std::fs::read_to_string(path)?)?)?;
    let d = space.fallbacks();
    let merging = |merge: &Merge| -> Result<_, detente_deal::DealError> {
        let frontier = merged(&space, merge)?;
        let found = solutions(&frontier, &d);
        Ok((frontier, found))
    };
    if let Some(merge) = merge {
        let begun = Instant::now();
        let (frontier, found) = merging(merge)?;
        let seconds = begun.elapsed().as_secs_f64();
        return Ok(json!({
            "outcomes": space.domain().count(),
            "merging": seconds,
            "points": frontier.len(),
            "epsilon": frontier.epsilon(),
            "nash": found.nash.map(|point| point.values),
        }));
    }
    let exact = Merge::default();
    let (frontier, found) = merging(&exact)?;
    let statistics = |all: &Enumerated| {
        let extremes = extremes(&space);
        let ranks: Vec<Vec<u32>> = (0..all.parties()).map(|p| ranks(all.of(p))).collect();
        let frontier = Frontier::of(space.domain(), all);
        (
            ranks,
            rationality(all, &d),
            opposition(&frontier, &extremes),
        )
    };
    Ok(json!({
        "outcomes": space.domain().count(),
        "points": frontier.len(),
        "nash": found.nash.map(|point| point.values),
        "enumerating": best(|| {
            let all = space.enumerate(usize::MAX)?;
            let frontier = Frontier::of(space.domain(), &all);
            Ok(solutions(&frontier, &d))
        })?,
        "merging": best(|| merging(&exact))?,
        "statistics": best(|| Ok(statistics(&space.enumerate(usize::MAX)?)))?,
    }))
}

/// The smallest time of seven runs.
fn best<T>(
    run: impl Fn() -> Result<T, detente_deal::DealError>,
) -> Result<f64, detente_deal::DealError> {
    let mut smallest = f64::INFINITY;
    for _ in 0..7 {
        let begun = Instant::now();
        black_box(run()?);
        smallest = smallest.min(begun.elapsed().as_secs_f64());
    }
    Ok(smallest)
}

fn read(value: &Value) -> Result<Space, Box<dyn std::error::Error>> {
    let shape: Vec<u32> = serde_json::from_value(value["shape"].clone())?;
    let issues = shape.iter().enumerate().map(|(i, options)| {
        Issue::named(format!("issue {i}"), (0..*options).map(|k| k.to_string()))
    });
    let domain = Domain::new("bench", issues.collect())?;
    let parties = value["parties"].as_array().ok_or("no parties")?;
    let parties = parties
        .iter()
        .map(|party| {
            Ok(Preferences::additive(
                "party",
                serde_json::from_value(party["weights"].clone())?,
                serde_json::from_value(party["scores"].clone())?,
            ))
        })
        .collect::<Result<_, serde_json::Error>>()?;
    Ok(Space::new(domain, parties)?)
}
