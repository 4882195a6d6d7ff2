//! Solves files of two players by their sequence form and prints what it took:
//! `cargo run --release -p detente-solve --example sequence -- [--exact | --float] [--lp | --lcp] FILE...`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use detente_game::read_game;
use detente_solve::{Budget, sequence};

fn main() {
    let mut options = sequence::Options::default();
    let mut only = None;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--exact" => options.arithmetic = sequence::Arithmetic::Exact,
            "--float" => options.arithmetic = sequence::Arithmetic::Float,
            "--lp" => only = Some(true),
            "--lcp" => only = Some(false),
            file => {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                match read_game(&text) {
                    Ok(read) => show(file, &read.game, &options, only),
                    Err(remarks) => eprintln!("{file}: {remarks:?}"),
                }
            }
        }
    }
}

fn show(file: &str, game: &detente_game::Game, options: &sequence::Options, only: Option<bool>) {
    for (name, linear) in [("lp", true), ("lcp", false)] {
        if only.is_some_and(|only| only != linear) {
            continue;
        }
        let solve = if linear { sequence::lp } else { sequence::lcp };
        let mut least = f64::INFINITY;
        for _ in 0..20 {
            let begun = cpu_seconds();
            let _ = solve(game, options, &Budget::unlimited());
            least = least.min(cpu_seconds() - begun);
            if least > 0.5 {
                break;
            }
        }
        println!("CPU {least:.4} s");
        let found = match solve(game, options, &Budget::unlimited()) {
            Ok(found) => found,
            Err(unfit) => {
                println!("{file} {name}: {unfit}");
                continue;
            }
        };
        let status = found.status.word();
        println!(
            "{file} {} nodes, {name}: {status} in {:.4} s; {}",
            game.nodes(),
            found.seconds,
            found.remarks.join(" ")
        );
        for equilibrium in &found.equilibria {
            println!(
                "  payoffs {:?}, relative gain {:.1e}, at sets {:.1e}",
                equilibrium.payoffs(),
                equilibrium.certificate.largest_relative_gain,
                equilibrium.certificate.largest_relative_gain_at_sets
            );
        }
    }
}

/// Seconds on the processor so far (Linux).
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let first = text.split_whitespace().next();
    first
        .and_then(|ns| ns.parse::<f64>().ok())
        .unwrap_or(f64::NAN)
        / 1e9
}
