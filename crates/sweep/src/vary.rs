//! Comparative statics: the answers against one parameter, or over two.
//!
//! Every point is solved for itself from random play, so that it says what the scenario says when the parameter is
//! set to that value. Between two points the answers may jump, where one equilibrium gives way to another. Such
//! places are looked for by halving ([`jumps`]), so that no line is drawn across them.

mod jumps;

use std::sync::atomic::{AtomicBool, Ordering};

use detente_expand::Limits;
use detente_findings::tally::Tally;
use detente_language::eval::Steps;
use detente_language::scenario::{Expr, ExprKind, LetId, ParamId, Scenario};
use detente_solve::qre;

use crate::engine::{Engine, Point, Solved, Start, Worker};
use crate::explore::Progress;
use crate::pool::side_by_side;

pub use jumps::Jump;

/// What is studied.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Parameters that keep a value which is not their best guess.
    pub pinned: &'a [(ParamId, f64)],
    /// Queries to answer at every point; the asks of a point's tally are their answers.
    pub queries: &'a [Expr],
    /// How points are solved. Its tolerance is best much smaller than [`Study::tolerance`], since play is spread
    /// over both sides of a jump where the game is solved loosely.
    pub options: &'a qre::Options,
    /// Largest relative gain from deviating that counts as an equilibrium where the solver does not get to the
    /// tolerance of its options.
    pub tolerance: f64,
    /// How large a game may grow.
    pub limits: Limits,
    /// Threads; the results do not depend on it.
    pub threads: usize,
}

impl<'a> Study<'a> {
    /// Solves points from random play.
    fn engine(&self) -> Engine<'a> {
        Engine {
            scenario: self.scenario,
            pinned: self.pinned,
            queries: self.queries.iter().collect(),
            decisions: Vec::new(),
            options: self.options,
            tolerance: self.tolerance,
            share: 1.0,
            limits: self.limits,
            start: Start::Afresh,
            anchors: None,
        }
    }
}

/// A parameter and the values that it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Which.
    pub parameter: ParamId,
    /// First value.
    pub low: f64,
    /// Last value, above the first.
    pub high: f64,
    /// Number of values, evenly spread; at least 2.
    pub points: usize,
    /// The only numbers that make sense, where it goes in steps or counts rounds.
    pub steps: Option<Steps>,
}

impl Axis {
    /// The values in rising order.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let last = self.points.max(2) - 1;
        let even = (0..=last).map(|i| {
            let share = i as f64 / last as f64;
            // Written so that both ends are met exactly.
            self.low * (1.0 - share) + self.high * share
        });
        let Some(steps) = self.steps else {
            return even.collect();
        };
        let mut stepped: Vec<f64> = even
            .map(|value| steps.nearest(value))
            .filter(|value| (self.low..=self.high).contains(value))
            .collect();
        stepped.dedup();
        stepped
    }
}

/// Whether a parameter stands in the number of rounds of a `repeat`, so that it must be a whole number.
#[must_use]
pub fn counts_rounds(scenario: &Scenario, parameter: ParamId) -> bool {
    let counts = scenario.repeats.iter().map(|repeat| &repeat.count);
    counts
        .into_iter()
        .any(|count| depends(scenario, count, parameter, &mut Vec::new()))
}

fn depends(scenario: &Scenario, expr: &Expr, parameter: ParamId, seen: &mut Vec<LetId>) -> bool {
    let mut found = false;
    let mut lets = Vec::new();
    expr.walk(|part| match part.kind {
        ExprKind::Param(id) => found |= id == parameter,
        ExprKind::Let(id) => lets.push(id),
        _ => {}
    });
    found
        || lets.into_iter().any(|id| {
            if seen.contains(&id) {
                return false;
            }
            seen.push(id);
            depends(scenario, &scenario.lets[id.index()].body, parameter, seen)
        })
}

/// What came of a point: its answers, or why there are none.
pub type Answered = Result<Tally, Missing>;

/// Why a point has no answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// It could not be solved, for this reason.
    Failed(String),
    /// The caller stopped before it was solved.
    Stopped,
}

fn answered(solved: Solved) -> Answered {
    match solved {
        Solved::Answers(answer) => Ok(answer.tally),
        Solved::Failed(why) => Err(Missing::Failed(why)),
        Solved::Skipped => Err(Missing::Stopped),
    }
}

/// A value of the parameter and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The parameter's value.
    pub at: f64,
    /// The answers.
    pub answered: Answered,
    /// Whether it is one of the axis' own values and not one beside a jump.
    pub even: bool,
}

/// The answers along one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Points by rising value: those of the axis, and both sides of every jump.
    pub samples: Vec<Sample>,
    /// Where answers jump, by rising value.
    pub jumps: Vec<Jump>,
}

/// The answers over two parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Values of the first parameter.
    pub xs: Vec<f64>,
    /// Values of the second.
    pub ys: Vec<f64>,
    /// What came of each pair, all values of the first for the first value of the second, and so on.
    pub cells: Vec<Answered>,
}

/// Follows the answers along a parameter. Jumps are located to `accuracy`, a share of the axis.
#[must_use]
pub fn vary(study: &Study<'_>, axis: &Axis, accuracy: f64, progress: &Progress<'_>) -> Curve {
    let values = axis.values();
    let stop = AtomicBool::new(false);
    let engine = study.engine();
    let solve = |worker: &mut Worker<'_, '_>, value: f64| {
        let point = Point::new(vec![(axis.parameter, value)]);
        answered(worker.solve(&point, &stop))
    };
    let hire = || engine.worker();
    let solved = side_by_side(
        values.len(),
        study.threads,
        &stop,
        progress,
        hire,
        |worker, at| solve(worker, values[at]),
    );
    let samples = values.iter().zip(solved).map(|(&at, answered)| Sample {
        at,
        answered: answered.unwrap_or(Err(Missing::Stopped)),
        even: true,
    });
    let samples: Vec<Sample> = samples.collect();
    if axis.steps.is_some() || stop.load(Ordering::Relaxed) {
        return Curve {
            samples,
            jumps: Vec::new(),
        };
    }
    let width = accuracy * (axis.high - axis.low);
    let at = |value: f64| solve(&mut engine.worker(), value);
    jumps::locate(samples, width, study.threads, &stop, progress, at)
}

/// The answers at every pair of values of two parameters.
#[must_use]
pub fn map(study: &Study<'_>, x: &Axis, y: &Axis, progress: &Progress<'_>) -> Map {
    let (xs, ys) = (x.values(), y.values());
    let stop = AtomicBool::new(false);
    let count = xs.len() * ys.len();
    let engine = study.engine();
    let solve = |worker: &mut Worker<'_, '_>, at: usize| {
        let (column, row) = (at % xs.len(), at / xs.len());
        let point = vec![(x.parameter, xs[column]), (y.parameter, ys[row])];
        answered(worker.solve(&Point::new(point), &stop))
    };
    let hire = || engine.worker();
    let cells = side_by_side(count, study.threads, &stop, progress, hire, solve);
    let stopped = |cell: Option<Answered>| cell.unwrap_or(Err(Missing::Stopped));
    Map {
        cells: cells.into_iter().map(stopped).collect(),
        xs,
        ys,
    }
}
