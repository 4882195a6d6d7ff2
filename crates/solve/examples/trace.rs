//! Follows the logit branch of an `.efg` file and prints what it took:
//! `cargo run --release -p detente-solve --example trace -- FILE [--raw] [--precision L] [--path]`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use detente_game::efg;
use detente_solve::qre::{self, Next, Options};

fn main() -> ExitCode {
    let mut options = Options {
        path_points: 0,
        ..Options::default()
    };
    let mut files = Vec::new();
    let mut show_path = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--raw" => options.raw_payoffs = true,
            "--path" => show_path = true,
            "--precision" => {
                options.precision = arguments.next().and_then(|text| text.parse().ok())
            }
            "--tolerance" => {
                options.tolerance = arguments
                    .next()
                    .and_then(|text| text.parse().ok())
                    .unwrap_or(options.tolerance);
            }
            file => files.push(file.to_owned()),
        }
    }
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else {
            eprintln!("cannot read {file}");
            return ExitCode::FAILURE;
        };
        let game = match efg::read(&text) {
            Ok(read) => read.game,
            Err(remarks) => {
                for remark in remarks {
                    eprintln!("{file}:{remark}");
                }
                return ExitCode::FAILURE;
            }
        };
        let mut show = |lambda: f64, gain: f64, done: f64| {
            if show_path {
                println!("  lambda {lambda:.6} gain {gain:.3e} done {done:.3}");
            }
            Next::Continue
        };
        let solution = qre::solve(&game, &options, &mut show);
        let certificate = &solution.certificate;
        let values: Vec<f64> = certificate
            .players
            .iter()
            .map(|player| player.value)
            .collect();
        println!(
            "{file} nodes {} actions {} {} lambda {:.6e} values {values:?} gain {:.2e} at sets {:.2e} residual {:.1e} {:?} {:.4} s",
            game.nodes(),
            game.actions(),
            solution.status.word(),
            solution.lambda,
            certificate.largest_relative_gain,
            certificate.largest_relative_gain_at_sets,
            solution.residual,
            solution.work,
            solution.seconds,
        );
    }
    ExitCode::SUCCESS
}
