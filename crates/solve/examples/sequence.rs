//! Solves files of two players by their sequence form and prints what it took:
//! `cargo run --release -p detente-solve --example sequence -- [--exact | --float] [--lp | --lcp] [--limit S] FILE...`.
//!
//! The processor's seconds (Linux) are the mean of several solves, without the reading of the file.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::time::Duration;

use detente_game::{Game, read_game};
use detente_solve::{Budget, Equilibria, Unfit, sequence};

/// Seconds that make a mean, and repeats that do as well.
const ENOUGH: f64 = 0.5;
const REPEATS: f64 = 1000.0;

struct Task {
    options: sequence::Options,
    linear: Option<bool>,
    limit: Option<Duration>,
}

fn main() {
    let mut task = Task {
        options: sequence::Options::default(),
        linear: None,
        limit: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--exact" => task.options.arithmetic = sequence::Arithmetic::Exact,
            "--float" => task.options.arithmetic = sequence::Arithmetic::Float,
            "--lp" => task.linear = Some(true),
            "--lcp" => task.linear = Some(false),
            "--limit" => {
                let seconds = arguments.next().and_then(|text| text.parse().ok());
                task.limit = seconds.map(Duration::from_secs_f64);
            }
            file => {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                match read_game(&text) {
                    Ok(read) => show(file, &read.game, &task),
                    Err(remarks) => eprintln!("{file}: {remarks:?}"),
                }
            }
        }
    }
}

fn show(file: &str, game: &Game, task: &Task) {
    for linear in [true, false] {
        if task.linear.is_some_and(|only| only != linear) {
            continue;
        }
        let name = if linear { "lp" } else { "lcp" };
        match timed(game, linear, task) {
            Ok((found, seconds)) => {
                let (nodes, status) = (game.nodes(), found.status.word());
                let remarks = found.remarks.join(" ");
                println!("{file} ({nodes} nodes) {name}: {status}, {seconds:.4} s; {remarks}");
                for equilibrium in &found.equilibria {
                    let certificate = &equilibrium.certificate;
                    println!(
                        "  payoffs {:?}, relative gain {:.1e}, at sets {:.1e}",
                        equilibrium.payoffs(),
                        certificate.largest_relative_gain,
                        certificate.largest_relative_gain_at_sets
                    );
                }
            }
            Err(unfit) => println!("{file} {name}: {unfit}"),
        }
    }
}

fn timed(game: &Game, linear: bool, task: &Task) -> Result<(Equilibria, f64), Unfit> {
    let solve = if linear { sequence::lp } else { sequence::lcp };
    let begun = processor_seconds();
    let mut repeats = 0.0;
    loop {
        let budget = Budget::new(task.limit, &|_| true);
        let found = solve(game, &task.options, &budget)?;
        repeats += 1.0;
        let seconds = processor_seconds() - begun;
        if seconds > ENOUGH || repeats >= REPEATS {
            return Ok((found, seconds / repeats));
        }
    }
}

/// Seconds on the processor so far.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let first = text.split_whitespace().next();
    first.map_or(f64::NAN, |ns| ns.parse().unwrap_or(f64::NAN)) / 1e9
}
