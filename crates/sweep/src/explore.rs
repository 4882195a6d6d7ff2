//! Solving many points side by side, each from the base solution.

use std::sync::atomic::{AtomicBool, Ordering};

use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_findings::query::Queries;
use detente_findings::tally::{Tally, tally};
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_solve::qre::{self, Next, Solution};

use crate::pool::side_by_side;

/// The solved scenario around which doubt is explored.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Parameters that the caller pinned.
    pub pinned: &'a [(ParamId, f64)],
    /// Its numbers.
    pub settings: &'a Settings,
    /// Its game.
    pub expansion: &'a Expansion,
    /// Its solution.
    pub solution: &'a Solution,
    /// Its answers.
    pub tally: &'a Tally,
    /// Queries asked beside those of the scenario, as written; answered after them.
    pub asked: &'a [(String, Expr)],
    /// How points are solved.
    pub options: &'a qre::Options,
    /// How large a game may grow.
    pub limits: Limits,
}

/// Parameters that differ from the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Which, and their values.
    pub overrides: Vec<(ParamId, f64)>,
}

/// What came of a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Solved {
    /// Its answers.
    Answers(Tally),
    /// It could not be solved to the wanted precision.
    Failed,
    /// The caller stopped before its turn.
    Skipped,
}

impl Solved {
    /// The answers, if there are any.
    #[must_use]
    pub fn answers(&self) -> Option<&Tally> {
        match self {
            Solved::Answers(tally) => Some(tally),
            Solved::Failed | Solved::Skipped => None,
        }
    }
}

/// Called with the number of points done and of all points, from any thread; `false` stops.
pub type Progress<'a> = dyn Fn(usize, usize) -> bool + Sync + 'a;

/// What comes of every point, in order.
///
/// The result does not depend on the number of threads: every point is solved from the base alone.
#[must_use]
pub fn solve_points(
    base: &Base<'_>,
    points: &[Point],
    threads: usize,
    progress: &Progress<'_>,
) -> Vec<Solved> {
    solve_all(base, points, Start::Base, threads, progress)
}

/// Where the solution of a point begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// At the base's solution, which it continues.
    Base,
    /// At random play, as a solution of the point by itself.
    Afresh,
}

/// [`solve_points`] with a choice of where to start.
pub(crate) fn solve_all(
    base: &Base<'_>,
    points: &[Point],
    start: Start,
    threads: usize,
    progress: &Progress<'_>,
) -> Vec<Solved> {
    let stop = AtomicBool::new(false);
    let solved = side_by_side(
        points.len(),
        threads,
        &stop,
        progress,
        |at| match solve_point(base, &points[at], start, &stop) {
            Some(tally) => Solved::Answers(tally),
            None if stop.load(Ordering::Relaxed) => Solved::Skipped,
            None => Solved::Failed,
        },
    );
    let skipped = |solved: Option<Solved>| solved.unwrap_or(Solved::Skipped);
    solved.into_iter().map(skipped).collect()
}

/// Binds, expands and solves one point, starting from the base's solution where the game has kept its shape,
/// afresh where it has not.
fn solve_point(base: &Base<'_>, point: &Point, start: Start, stop: &AtomicBool) -> Option<Tally> {
    let overrides: Vec<_> = base
        .pinned
        .iter()
        .chain(&point.overrides)
        .copied()
        .collect();
    let settings = bind(base.scenario, &overrides).ok()?;
    let expansion = expand(base.scenario, &settings, base.limits, &mut |_, _| {
        !stop.load(Ordering::Relaxed)
    })
    .ok()?;
    let mut watch = |_: f64, _: f64, _: f64| {
        if stop.load(Ordering::Relaxed) {
            Next::Stop
        } else {
            Next::Continue
        }
    };
    // The points share out the threads.
    let options = qre::Options {
        threads: 1,
        ..base.options.clone()
    };
    let game = &expansion.game;
    let solution = match start {
        Start::Base => qre::resolve_from(game, base.solution, &options, &mut watch),
        Start::Afresh => qre::solve(game, &options, &mut watch),
    };
    if !solution.status.is_success() {
        return None;
    }
    tally_of(base, &settings, &expansion, &solution)
}

/// Why a point cannot be solved, in a sentence.
pub(crate) fn reason(base: &Base<'_>, point: &Point) -> String {
    let pinned = base.pinned.iter().chain(&point.overrides);
    let overrides: Vec<_> = pinned.copied().collect();
    let settings = match bind(base.scenario, &overrides) {
        Ok(settings) => settings,
        Err(faults) => {
            return faults
                .first()
                .map_or_else(String::new, |f| f.message.clone());
        }
    };
    match expand(base.scenario, &settings, base.limits, &mut |_, _| true) {
        Ok(_) => "not solved to the precision wanted".to_owned(),
        Err(ExpandError::Scenario(fault) | ExpandError::Limit(fault)) => fault.message,
        Err(other) => other.to_string(),
    }
}

/// What a solution answers to the scenario's asks and those asked beside them.
pub(crate) fn tally_of(
    base: &Base<'_>,
    settings: &Settings,
    expansion: &Expansion,
    solution: &Solution,
) -> Option<Tally> {
    let own = base.scenario.asks.iter().map(|ask| &ask.query);
    let asks = own.chain(base.asked.iter().map(|asked| &asked.1));
    let queries = Queries::new(base.scenario, settings, expansion, asks).ok()?;
    tally(
        base.scenario,
        settings,
        expansion,
        &queries,
        &solution.profile,
    )
    .ok()
}
