//! Minimizes regret on a known game or an `.efg` file and prints what it took:
//! `cargo run --release -p detente-solve --example regret -- kuhn:3|leduc:3x2|dice:6|FILE
//! [--variant cfr|cfr+|dcfr|pcfr+] [--averaging POWER] [--iterations N] [--tolerance T] [--path]`.
//!
//! A variant is run as its authors do unless `--averaging` says otherwise; without one the defaults are run.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use detente_game::{Game, efg, generate};
use detente_solve::Budget;
use detente_solve::regret::{self, Options, Solution, Variant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    let variant = value("--variant").and_then(|word| {
        let mut all = Variant::ALL.into_iter();
        all.find(|variant| variant.word() == word)
    });
    let mut options = variant.map_or_else(Options::default, Options::of);
    let number = |name: &str| value(name).and_then(|text| text.parse::<f64>().ok());
    options.averaging = number("--averaging").or(options.averaging);
    options.tolerance = number("--tolerance").unwrap_or(options.tolerance);
    options.iterations = number("--iterations").map_or(options.iterations, |n| n as u64);
    let game = match arguments.first().map(|name| read(name)) {
        Some(Ok(game)) => game,
        Some(Err(message)) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
        None => {
            eprintln!("which game?");
            return ExitCode::FAILURE;
        }
    };
    let budget = Budget::unlimited();
    match regret::solve(&game, &options, &budget) {
        Ok(solution) => {
            let path = arguments.iter().any(|argument| argument == "--path");
            print(&game, &options, &solution, path);
            ExitCode::SUCCESS
        }
        Err(unfit) => {
            eprintln!("{unfit}");
            ExitCode::FAILURE
        }
    }
}

fn read(name: &str) -> Result<Game, String> {
    let sizes = |text: &str| -> Vec<usize> {
        let parts = text.split('x').map(str::parse);
        parts.filter_map(Result::ok).collect()
    };
    let generated = match name.split_once(':').map(|(kind, size)| (kind, sizes(size))) {
        Some(("kuhn", size)) if size.len() == 1 => generate::kuhn_poker(size[0]),
        Some(("leduc", size)) if size.len() == 2 => generate::leduc_poker(size[0], size[1]),
        Some(("dice", size)) if size.len() == 1 => generate::liars_dice(size[0]),
        _ => {
            let text = std::fs::read_to_string(name).map_err(|error| format!("{name}: {error}"))?;
            return match efg::read(&text) {
                Ok(read) => Ok(read.game),
                Err(remarks) => Err(format!("{name}: {remarks:?}")),
            };
        }
    };
    generated.map_err(|error| format!("{name}: {error}"))
}

fn print(game: &Game, options: &Options, solution: &Solution, path: bool) {
    let found = &solution.equilibria;
    println!(
        "{} nodes, {} information sets; {} averaged by t^{}: {} iterations, {:.4} s, {}",
        game.nodes(),
        game.sets(),
        options.variant.word(),
        options.averaging.unwrap_or(options.variant.averaging()),
        solution.iterations,
        found.seconds,
        found.status.word()
    );
    for equilibrium in &found.equilibria {
        println!(
            "payoffs {:?}, sum of gains {:.3e}",
            equilibrium.payoffs(),
            equilibrium.certificate.total_gain
        );
    }
    for remark in &found.remarks {
        println!("{remark}");
    }
    for digits in (2..=14).step_by(2) {
        let reached = |point: &&regret::Point| point.exploitability() <= 10f64.powi(-digits);
        if let Some(point) = solution.path.iter().find(reached) {
            println!(
                "half the sum of gains below 1e-{digits} at iteration {} after {:.4} s",
                point.iteration, point.seconds
            );
        }
    }
    for point in solution.path.iter().filter(|_| path) {
        println!("{} {:e}", point.iteration, point.exploitability());
    }
}
