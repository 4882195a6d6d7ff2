//! Times solving again near a known solution, beside solving cold: `resolve [--draws N] [--whole W] [--most M]
//! [--every K] [--precision λ] FILE…`. The points are the ends of all ranges and N draws, as `detente run` takes them, at most M of each kind, spread
//! evenly; every K-th of them is solved cold as well. Then W whole points are bound, expanded, solved and answered, on
//! one thread and on two.

use std::process::ExitCode;
use std::time::Instant;

use detente_bench::{expanded, loaded};
use detente_expand::Limits;
use detente_findings::query::Queries;
use detente_findings::tally::tally;
use detente_game::Game;
use detente_language::eval::bind;
use detente_solve::qre::{self, Options, Quiet, Resolver};
use detente_sweep::{
    Base, Engine, POINT_TOLERANCE, Point, Solved, Start, correlations, doubtful, sample,
    solve_points, tornado,
};

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
    let (mut draws, mut whole, mut most, mut every) = (60, 100, usize::MAX, 1);
    let mut precision = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--draws" => draws = number(arguments.next(), draws),
            "--whole" => whole = number(arguments.next(), whole),
            "--precision" => {
                precision = arguments.next().and_then(|word| word.parse().ok());
            }
            "--most" => most = number(arguments.next(), most),
            "--every" => every = number(arguments.next(), every),
            path => {
                if let Err(error) = file(path, [draws, whole, most, every], precision) {
                    eprintln!("{path}: {error}");
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout)]
fn file(
    path: &str,
    [draws, whole, most, every]: [usize; 4],
    precision: Option<f64>,
) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let (scenario, settings) = loaded(&text);
    let game = |point: &Point| -> Result<Game, String> {
        let settings = bind(&scenario, &point.overrides).map_err(|faults| format!("{faults:?}"))?;
        let expansion = expanded(&scenario, &settings).map_err(|error| error.to_string())?;
        Ok(expansion.game)
    };
    let base = expanded(&scenario, &settings).map_err(|error| error.to_string())?;
    let options = Options {
        precision,
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
    let drawn = |draws: usize, seed: u64| {
        let drawn = sample(&numbers, &correlations(&scenario), draws, seed);
        drawn
            .map(|drawn| drawn.points)
            .map_err(|error| error.to_string())
    };
    for (kind, points) in [("ends", tornado(&numbers)), ("draws", drawn(draws, 1)?)] {
        let mut sums = Sums::default();
        let mut resolver = Resolver::new(&near);
        let apart = points.len().div_ceil(most.max(1)).max(1);
        for (at, point) in points.iter().step_by(apart).enumerate() {
            let game = game(point)?;
            sums.add(&game, &mut resolver, &options, at % every == 0);
        }
        sums.show(kind);
    }
    let queries = Queries::new(
        &scenario,
        &settings,
        &base,
        scenario.asks.iter().map(|ask| &ask.query),
    );
    let queries = queries.map_err(|fault| fault.message.clone())?;
    let tally = tally(&scenario, &settings, &base, &queries, &near.profile)
        .map_err(|fault| fault.message.clone())?;
    let base = Base {
        scenario: &scenario,
        pinned: &[],
        settings: &settings,
        expansion: &base,
        solution: &near,
        tally: &tally,
        asked: &[],
        options: &options,
        limits: Limits::default(),
    };
    for (name, start) in [("continued", Start::From(&near)), ("afresh", Start::Afresh)] {
        for threads in [1, 2] {
            rate(&Engine::new(&base, start), name, &drawn(whole, 2)?, threads);
        }
    }
    Ok(())
}

/// Whole points a second: bound, expanded, solved, certified, answered.
#[allow(clippy::print_stdout)]
fn rate(engine: &Engine<'_>, name: &str, points: &[Point], threads: usize) {
    let begun = Instant::now();
    let solved = solve_points(engine, points, threads, &|_, _| true);
    let seconds = begun.elapsed().as_secs_f64();
    let answered = solved
        .iter()
        .filter(|solved| matches!(solved, Solved::Answers(_)))
        .count();
    println!(
        "  whole points, {name}, {threads} threads: {:.1} a second ({answered} of {} answered)",
        points.len() as f64 / seconds,
        points.len(),
    );
}

impl Sums {
    fn add(&mut self, game: &Game, resolver: &mut Resolver, options: &Options, cold_too: bool) {
        let begun = Instant::now();
        let warm = resolver.solve(game, options, &mut Quiet);
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
