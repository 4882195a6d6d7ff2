//! Times solving again near a known solution, beside solving cold: `resolve [--draws N] [--most M] [--every K]
//! FILE…`. The points are the ends of all ranges and N draws, as `detente run` takes them, at most M of each kind, spread
//! evenly; every K-th of them is solved cold as well.

use std::process::ExitCode;
use std::time::Instant;

use detente_bench::{expanded, loaded};
use detente_game::Game;
use detente_language::eval::bind;
use detente_solve::qre::{self, Options, Quiet, Solution};
use detente_sweep::{POINT_TOLERANCE, Point, doubtful, sample, tornado};

/// Sums over the points of one kind.
#[derive(Default)]
struct Sums {
    points: usize,
    continued: usize,
    failed: usize,
    warm: f64,
    passes: usize,
    factorisations: usize,
    cold_points: usize,
    cold: f64,
    /// Points whose values are those of the cold solution within 1e-6 of the payoff range.
    same: usize,
    /// The same among those that were continued.
    continued_cold: usize,
    continued_same: usize,
}

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let (mut draws, mut most, mut every) = (60, usize::MAX, 1);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--draws" => draws = number(arguments.next(), draws),
            "--most" => most = number(arguments.next(), most),
            "--every" => every = number(arguments.next(), every),
            path => {
                if let Err(error) = file(path, draws, most, every) {
                    eprintln!("{path}: {error}");
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout)]
fn file(path: &str, draws: usize, most: usize, every: usize) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let (scenario, settings) = loaded(&text);
    let game = |point: &Point| -> Result<Game, String> {
        let settings = bind(&scenario, &point.overrides).map_err(|faults| format!("{faults:?}"))?;
        let expansion = expanded(&scenario, &settings).map_err(|error| error.to_string())?;
        Ok(expansion.game)
    };
    let base = expanded(&scenario, &settings).map_err(|error| error.to_string())?;
    let options = Options {
        tolerance: POINT_TOLERANCE,
        path_points: 0,
        ..Options::default()
    };
    let near = qre::solve(&base.game, &options, &mut Quiet);
    let options = Options {
        precision: Some(near.lambda),
        ..options
    };
    let numbers = doubtful(&scenario, &settings, &[]).map_err(|error| error.to_string())?;
    println!("{path}: λ = {:.1}, {:.4} s", near.lambda, near.seconds);
    for (kind, points) in [
        ("ends", tornado(&numbers)),
        ("draws", sample(&numbers, draws, 1)),
    ] {
        let mut sums = Sums::default();
        let apart = points.len().div_ceil(most.max(1)).max(1);
        for (at, point) in points.iter().step_by(apart).enumerate() {
            let game = game(point)?;
            sums.add(&game, &near, &options, at % every == 0);
        }
        sums.show(kind);
    }
    Ok(())
}

impl Sums {
    fn add(&mut self, game: &Game, near: &Solution, options: &Options, cold_too: bool) {
        let begun = Instant::now();
        let warm = qre::resolve_from(game, near, options, &mut Quiet);
        self.warm += begun.elapsed().as_secs_f64();
        self.points += 1;
        self.continued += usize::from(warm.continued);
        self.failed += usize::from(!warm.status.is_success());
        self.passes += warm.work.passes;
        self.factorisations += warm.work.factorisations;
        if !cold_too {
            return;
        }
        let begun = Instant::now();
        let cold = qre::solve(game, options, &mut Quiet);
        self.cold += begun.elapsed().as_secs_f64();
        self.cold_points += 1;
        let pairs = warm
            .certificate
            .players
            .iter()
            .zip(&cold.certificate.players);
        let same = pairs
            .enumerate()
            .all(|(player, (a, b))| (a.value - b.value).abs() <= 1e-6 * game.payoff_range(player));
        self.same += usize::from(same);
        self.continued_cold += usize::from(warm.continued);
        self.continued_same += usize::from(same && warm.continued);
    }

    #[allow(clippy::print_stdout)]
    fn show(&self, kind: &str) {
        let per = |sum: f64, count: usize| sum / count.max(1) as f64;
        println!(
            "  {kind}: {} points, {} continued, {} failed; {:.4} s each ({:.1} passes, {:.1} factorisations), cold {:.4} s; as cold: {} of {}, {} of {} continued",
            self.points,
            self.continued,
            self.failed,
            per(self.warm, self.points),
            per(self.passes as f64, self.points),
            per(self.factorisations as f64, self.points),
            per(self.cold, self.cold_points),
            self.same,
            self.cold_points,
            self.continued_same,
            self.continued_cold,
        );
    }
}

fn number(word: Option<String>, otherwise: usize) -> usize {
    word.and_then(|word| word.parse().ok()).unwrap_or(otherwise)
}
