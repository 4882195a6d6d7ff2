//! Solving many points side by side.

use std::sync::atomic::AtomicBool;

use detente_expand::{Expansion, Limits};
use detente_findings::query::Queries;
use detente_findings::tally::{Tally, tally};
use detente_game::Profile;
use detente_language::eval::Settings;
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_solve::qre::{self, Solution};

use crate::engine::{Engine, Point, Solved, Start};
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

impl<'a> Base<'a> {
    /// The scenario's own queries and those asked beside them.
    fn queries(&self) -> impl Iterator<Item = &'a Expr> + use<'a> {
        let own = self.scenario.asks.iter().map(|ask| &ask.query);
        own.chain(self.asked.iter().map(|asked| &asked.1))
    }

    /// What a profile of the base's own game answers.
    pub(crate) fn tally_of(&self, profile: &Profile) -> Option<Tally> {
        let (scenario, settings) = (self.scenario, self.settings);
        let queries = Queries::new(scenario, settings, self.expansion, self.queries());
        let answered = queries
            .and_then(|queries| tally(scenario, settings, self.expansion, &queries, profile));
        answered.ok()
    }
}

impl<'a> Engine<'a> {
    /// One for the points around a base.
    #[must_use]
    pub fn new(base: &Base<'a>, start: Start<'a>) -> Engine<'a> {
        Engine {
            scenario: base.scenario,
            pinned: base.pinned,
            queries: base.queries().collect(),
            decisions: Vec::new(),
            options: base.options,
            tolerance: 0.0,
            share: 1.0,
            limits: base.limits,
            start,
            anchors: None,
        }
    }
}

/// Called with the number of points done and of all points, from any thread; `false` stops.
pub type Progress<'a> = dyn Fn(usize, usize) -> bool + Sync + 'a;

/// What comes of every point, in order. The result does not depend on the number of threads.
#[must_use]
pub fn solve_points(
    engine: &Engine<'_>,
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
        || engine.worker(),
        |worker, at| worker.solve(&points[at], &stop),
    );
    let skipped = |solved: Option<Solved>| solved.unwrap_or(Solved::Skipped);
    solved.into_iter().map(skipped).collect()
}
