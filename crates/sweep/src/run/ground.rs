//! The solved scenario on which a run stands.

use crate::POINT_TOLERANCE;
use crate::anchors::Anchors;
use crate::decision::{Decision, first_decisions};
use crate::design::Points;
use crate::engine::{Engine, Start};
use crate::explore::Base;
use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_findings::query::Queries;
use detente_findings::tally::{Tally, tally};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_solve::qre::{self, Next, Solution};

/// Bytes that the solutions of anchors may take; each takes less than its game.
const ROOM_FOR_ANCHORS: usize = 256 << 20;

/// The scenario with its best guesses, solved; every point begins here.
pub struct Ground {
    /// Its numbers.
    pub settings: Settings,
    /// Its game.
    pub expansion: Expansion,
    /// Its solution, at the precision of all points.
    pub solution: Solution,
    /// Its answers.
    pub tally: Tally,
    /// How points are solved.
    pub options: qre::Options,
    /// How large a game may grow.
    pub limits: Limits,
}

/// Why the scenario with its best guesses has no solution.
#[derive(Debug, thiserror::Error)]
pub enum GroundError {
    /// Something wrong with the scenario at these numbers.
    #[error("{}", .0.message)]
    Scenario(Box<Diagnostic>),
    /// A limit, or a game that makes no sense.
    #[error("{0}")]
    Expand(ExpandError),
    /// The solver did not get there.
    #[error("the scenario with its best guesses cannot be solved: {0}")]
    Solve(String),
}

/// Solves the scenario with its best guesses. Where no precision is asked for, it is the one at which the relative
/// gain from deviating is at most [`POINT_TOLERANCE`], and all points are solved at the same precision.
///
/// `watch` is called with a share between 0 and 1 and may say stop.
///
/// # Errors
/// What is wrong with the scenario at these numbers, limits, or why it is not solved.
pub fn ground(
    scenario: &Scenario,
    pinned: &[(ParamId, f64)],
    asked: &[(String, Expr)],
    options: &qre::Options,
    limits: Limits,
    watch: &mut dyn FnMut(f64) -> Next,
) -> Result<Ground, GroundError> {
    let settings = bind(scenario, pinned).map_err(|faults| {
        let first = faults.into_iter().next();
        first.map_or_else(
            || GroundError::Solve("its numbers make no sense".to_owned()),
            |fault| GroundError::Scenario(Box::new(fault)),
        )
    })?;
    let expansion = expand(scenario, &settings, limits, &mut |_, _| {
        matches!(watch(0.0), Next::Continue)
    })
    .map_err(|error| match error {
        ExpandError::Scenario(fault) => GroundError::Scenario(fault),
        error => GroundError::Expand(error),
    })?;
    let mut options = qre::Options {
        tolerance: options.tolerance.max(POINT_TOLERANCE),
        path_points: 0,
        ..options.clone()
    };
    let mut progress = |_: f64, _: f64, done: f64| watch(done);
    let solution = qre::solve(&expansion.game, &options, &mut progress);
    if !solution.status.is_success() {
        return Err(GroundError::Solve(solution.status.sentence().to_owned()));
    }
    options.precision = options.precision.or(Some(solution.lambda));
    options.threads = 1;
    let asks = scenario.asks.iter().map(|ask| &ask.query);
    let asks = asks.chain(asked.iter().map(|asked| &asked.1));
    let tally = Queries::new(scenario, &settings, &expansion, asks)
        .and_then(|queries| tally(scenario, &settings, &expansion, &queries, &solution.profile))
        .map_err(GroundError::Scenario)?;
    Ok(Ground {
        settings,
        expansion,
        solution,
        tally,
        options,
        limits,
    })
}

impl Ground {
    /// The first decision of every actor, whose options can be weighed at points around it.
    #[must_use]
    pub fn decisions(&self, scenario: &Scenario) -> Vec<Decision> {
        first_decisions(scenario, &self.expansion, &self.solution.profile)
    }

    /// The anchors of a design around it, as many as there is room for.
    #[must_use]
    pub fn anchors(&self, points: &Points) -> Anchors {
        let most = ROOM_FOR_ANCHORS / self.expansion.game.bytes().max(1);
        Anchors::of(points, &self.settings, most as u64)
    }

    /// An engine for the points around it; `afresh` if every point is to be solved from random play.
    #[must_use]
    pub fn engine<'a>(
        &'a self,
        scenario: &'a Scenario,
        pinned: &'a [(ParamId, f64)],
        asked: &'a [(String, Expr)],
        afresh: bool,
    ) -> Engine<'a> {
        let start = match afresh {
            true => Start::Afresh,
            false => Start::From(&self.solution),
        };
        Engine::new(&self.base(scenario, pinned, asked), start)
    }

    /// What doubt is explored around.
    #[must_use]
    pub fn base<'a>(
        &'a self,
        scenario: &'a Scenario,
        pinned: &'a [(ParamId, f64)],
        asked: &'a [(String, Expr)],
    ) -> Base<'a> {
        Base {
            scenario,
            pinned,
            settings: &self.settings,
            expansion: &self.expansion,
            solution: &self.solution,
            tally: &self.tally,
            asked,
            options: &self.options,
            limits: self.limits,
        }
    }
}
