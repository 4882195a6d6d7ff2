//! The line from scenario to solution, with progress bars, limits and Ctrl-C.

use std::time::Duration;

use detente_expand::{Expansion, Limits};
use detente_game::Game;
use detente_language::eval::Settings;
use detente_language::scenario::ParamId;
use detente_line::game::TOLERANCE;
use detente_line::{Story, game, numbers};
use detente_solve::qre::{self, Next, Solution};

use crate::args::{SolveArgs, When};
use crate::failure::Failure;
use crate::input::settings;
use crate::progress::{Meter, interrupted};

pub use detente_line::game::{limits, memory_at_hand, threads};

/// A scenario with its numbers, its game and how to solve it.
pub struct Line {
    /// Parameters that the user set.
    pub pinned: Vec<(ParamId, f64)>,
    /// All numbers.
    pub settings: Settings,
    /// The game.
    pub expansion: Expansion,
    /// How to solve.
    pub options: qre::Options,
    /// How large a game may grow.
    pub limits: Limits,
}

/// Binds the numbers of a story and expands it.
///
/// # Errors
/// Everything that is wrong with the settings or shows only on a path; limits; Ctrl-C.
pub fn expanded(
    story: &Story,
    args: &SolveArgs,
    color: When,
    quiet: bool,
) -> Result<Line, Failure> {
    let options = options(args)?;
    let (pinned, settings) = bound(story, &args.set, color)?;
    let limits = limits(args.max_nodes);
    let expansion = expansion(story, &settings, limits, color, quiet)?;
    Ok(Line {
        pinned,
        settings,
        expansion,
        options,
        limits,
    })
}

/// The numbers of a story, with those that the user set.
///
/// # Errors
/// What is wrong with the settings.
pub fn bound(
    story: &Story,
    set: &[String],
    color: When,
) -> Result<(Vec<(ParamId, f64)>, Settings), Failure> {
    let pinned = settings(&story.scenario, set)?;
    let settings = numbers::bound(story, &pinned).map_err(|fault| Failure::of(&fault, color))?;
    Ok((pinned, settings))
}

/// The game of a story.
///
/// # Errors
/// What shows only on a path; limits; Ctrl-C.
pub fn expansion(
    story: &Story,
    settings: &Settings,
    limits: Limits,
    color: When,
    quiet: bool,
) -> Result<Expansion, Failure> {
    let meter = Meter::counted("expanding", "nodes", quiet);
    let mut watch = |nodes: usize, expected: f64| {
        meter.at(nodes as u64, expected as u64, String::new());
        !interrupted()
    };
    game::expansion(story, settings, limits, &mut watch).map_err(|fault| Failure::of(&fault, color))
}

/// How to solve, as the command line says.
///
/// # Errors
/// A number that makes no sense.
pub fn options(args: &SolveArgs) -> Result<qre::Options, Failure> {
    let positive = |name: &str, value: f64| match value.is_finite() && value >= 0.0 {
        true => Ok(value),
        false => Err(Failure::input(format!(
            "`--{name} {value}`: write a number that is not below 0"
        ))),
    };
    Ok(qre::Options {
        precision: args
            .precision
            .map(|precision| positive("precision", precision))
            .transpose()?,
        tolerance: positive("tolerance", args.tolerance.unwrap_or(TOLERANCE))?,
        raw_payoffs: args.raw_payoffs,
        time_limit: match args.time_limit {
            None => None,
            Some(seconds) => {
                Some(Duration::try_from_secs_f64(seconds).map_err(|_| {
                    Failure::input(format!("`--time-limit {seconds}`: write seconds"))
                })?)
            }
        },
        ..qre::Options::default()
    })
}

/// Solves a game; Ctrl-C stops at the last point reached.
pub fn solved(game: &Game, options: &qre::Options, quiet: bool) -> Solution {
    let meter = Meter::share("solving", quiet);
    let mut watch = |lambda: f64, gain: f64, done: f64| {
        let words = format!("precision {lambda:.1}, largest gain {:.3} %", gain * 100.0);
        meter.at((done.clamp(0.0, 1.0) * 1000.0) as u64, 1000, words);
        if interrupted() {
            Next::Stop
        } else {
            Next::Continue
        }
    };
    qre::solve(game, options, &mut watch)
}
