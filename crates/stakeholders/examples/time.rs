//! How long a whole run of the spatial model takes: `cargo run --release --example time -- FILE…`; without files, on
//! drawn tables of 34 and 80 actors.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use detente_stakeholders::spatial::{Options, run};
use detente_stakeholders::{Actor, Issue, StakeholderError, Stakeholders, Stance, read};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

const REPEATS: usize = 15;

fn drawn(actors: usize, issues: usize) -> Result<Stakeholders, StakeholderError> {
    let mut random = Pcg64Mcg::seed_from_u64(1);
    let people = (0..actors).map(|k| Actor {
        name: format!("actor {k}"),
        label: String::new(),
        influence: 1.0 + 99.0 * random.random::<f64>(),
    });
    let people = people.collect();
    let scales = (0..issues).map(|k| Issue::new(format!("issue {k}"), 0.0, 100.0));
    let stances = (0..actors * issues).map(|_| {
        Some(Stance {
            position: 100.0 * random.random::<f64>(),
            salience: (0.1 + 0.9 * random.random::<f64>()) / issues as f64,
        })
    });
    Stakeholders::new(people, scales.collect(), stances.collect())
}

/// Seconds that this thread has had a processor, where Linux tells; else 0.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().map(str::parse::<f64>);
    spent.and_then(Result::ok).unwrap_or(0.0) / 1e9
}

fn time(name: &str, table: &Stakeholders, options: &Options) -> Result<(), StakeholderError> {
    let mut best = f64::INFINITY;
    let worked = processor();
    let mut turns = 0;
    for _ in 0..REPEATS {
        let start = Instant::now();
        turns = run(table, options)?.rounds.len() - 1;
        best = best.min(start.elapsed().as_secs_f64());
    }
    let busy = (processor() - worked) / REPEATS as f64;
    println!(
        "{name}: {turns} turns, at best {:.2} ms, {:.2} ms on the processor on average",
        best * 1e3,
        busy * 1e3
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for (mode, options) in [
        ("as published", Options::default()),
        ("as KTAB", Options::ktab()),
    ] {
        let files: Vec<String> = std::env::args().skip(1).collect();
        for file in &files {
            let table = read::read(&std::fs::read_to_string(file)?, file, None)?;
            let name = format!("{mode}, {file}, {} actors", table.actors().len());
            time(&name, &table, &options)?;
        }
        if files.is_empty() {
            for (actors, issues) in [(34, 1), (80, 1), (80, 3)] {
                let name = format!("{mode}, {actors} actors, {issues} issues");
                time(&name, &drawn(actors, issues)?, &options)?;
            }
        }
    }
    Ok(())
}
