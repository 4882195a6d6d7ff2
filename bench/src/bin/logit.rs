//! Times the logit solver on games: `logit [--to LAMBDA] [--tolerance GAIN] [--raw] [--free] [--threads N] FILE…`, one line each.

use std::process::ExitCode;
use std::time::Instant;

use detente_bench::{expanded, loaded};
use detente_game::{Game, efg, nfg};
use detente_solve::qre::{self, Algebra, Options, Quiet};

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let mut options = Options {
        path_points: 0,
        ..Options::default()
    };
    let mut arguments = std::env::args().skip(1);
    println!(
        "game nodes sets actions status lambda gain seconds steps rejected passes factorisations krylov values"
    );
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--to" => options.precision = arguments.next().and_then(|word| word.parse().ok()),
            "--tolerance" => options.tolerance = number(arguments.next(), options.tolerance),
            "--threads" => options.threads = number(arguments.next(), options.threads),
            "--raw" => options.raw_payoffs = true,
            "--free" => options.algebra = Algebra::MatrixFree,
            path => match read(path) {
                Ok(game) => line(path, &game, &options),
                Err(error) => {
                    eprintln!("{path}: {error}");
                    return ExitCode::FAILURE;
                }
            },
        }
    }
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout)]
fn line(path: &str, game: &Game, options: &Options) {
    let begun = Instant::now();
    let solution = qre::solve(game, options, &mut Quiet);
    let seconds = begun.elapsed().as_secs_f64();
    let values: Vec<f64> = solution
        .certificate
        .players
        .iter()
        .map(|p| p.value)
        .collect();
    let work = solution.work;
    println!(
        "{} {} {} {} {} {:.4} {:.2e} {seconds:.4} {} {} {} {} {} {values:.8?}",
        path.rsplit('/').next().unwrap_or(path),
        game.nodes(),
        game.sets(),
        game.actions(),
        solution.status.word(),
        solution.lambda,
        solution.certificate.largest_relative_gain,
        work.steps,
        work.rejected,
        work.passes,
        work.factorisations,
        work.krylov,
    );
}

fn number<T: std::str::FromStr>(word: Option<String>, otherwise: T) -> T {
    word.and_then(|word| word.parse().ok()).unwrap_or(otherwise)
}

fn read(path: &str) -> Result<Game, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    if path.ends_with(".detente") {
        let (scenario, settings) = loaded(&text);
        return expanded(&scenario, &settings)
            .map(|expansion| expansion.game)
            .map_err(|error| error.to_string());
    }
    let read = if path.ends_with(".nfg") {
        nfg::read(&text).map(|read| read.game)
    } else {
        efg::read(&text).map(|read| read.game)
    };
    read.map_err(|remarks| format!("{remarks:?}"))
}
