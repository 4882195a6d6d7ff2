//! Solving many points side by side, each from the base solution.

use std::sync::atomic::{AtomicBool, Ordering};

use detente_expand::{Expansion, Limits, expand};
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
    let stop = AtomicBool::new(false);
    let solved = side_by_side(
        points.len(),
        threads,
        &stop,
        progress,
        |at| match solve_point(base, &points[at], &stop) {
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
fn solve_point(base: &Base<'_>, point: &Point, stop: &AtomicBool) -> Option<Tally> {
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
    let solution = qre::resolve_from(&expansion.game, base.solution, &options, &mut watch);
    if !solution.status.is_success() {
        return None;
    }
    tally_of(base, &settings, &expansion, &solution)
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
