//! Comparative statics: the answers against one parameter, or over two.
//!
//! Every point is solved for itself from random play, so that it says what the scenario says when the parameter is
//! set to that value. Between two points the answers may jump, where one equilibrium gives way to another. Such
//! places are looked for by halving ([`jumps`]), so that no line is drawn across them.

mod jumps;

use std::sync::atomic::{AtomicBool, Ordering};

use detente_expand::{ExpandError, Limits, expand};
use detente_findings::query::Queries;
use detente_findings::tally::{Tally, tally};
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{Expr, ExprKind, LetId, ParamId, Scenario};
use detente_solve::qre::{self, Next};

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
    /// Whether it counts something (rounds), so that only whole numbers make sense.
    pub whole: bool,
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
        if !self.whole {
            return even.collect();
        }
        let mut whole: Vec<f64> = even
            .map(f64::round)
            .filter(|value| (self.low..=self.high).contains(value))
            .collect();
        whole.dedup();
        whole
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
    let answered = side_by_side(values.len(), study.threads, &stop, progress, |at| {
        solve(study, &[(axis.parameter, values[at])], &stop)
    });
    let samples = values.iter().zip(answered).map(|(&at, answered)| Sample {
        at,
        answered: answered.unwrap_or(Err(Missing::Stopped)),
        even: true,
    });
    let samples: Vec<Sample> = samples.collect();
    if axis.whole || stop.load(Ordering::Relaxed) {
        return Curve {
            samples,
            jumps: Vec::new(),
        };
    }
    let width = accuracy * (axis.high - axis.low);
    let at = |value: f64| solve(study, &[(axis.parameter, value)], &stop);
    jumps::locate(samples, width, study.threads, &stop, progress, at)
}

/// The answers at every pair of values of two parameters.
#[must_use]
pub fn map(study: &Study<'_>, x: &Axis, y: &Axis, progress: &Progress<'_>) -> Map {
    let (xs, ys) = (x.values(), y.values());
    let stop = AtomicBool::new(false);
    let count = xs.len() * ys.len();
    let cells = side_by_side(count, study.threads, &stop, progress, |at| {
        let (column, row) = (at % xs.len(), at / xs.len());
        let point = [(x.parameter, xs[column]), (y.parameter, ys[row])];
        solve(study, &point, &stop)
    });
    let stopped = |cell: Option<Answered>| cell.unwrap_or(Err(Missing::Stopped));
    Map {
        cells: cells.into_iter().map(stopped).collect(),
        xs,
        ys,
    }
}

/// Binds, expands and solves one point from random play, and answers the queries.
fn solve(study: &Study<'_>, point: &[(ParamId, f64)], stop: &AtomicBool) -> Answered {
    let stopped = || stop.load(Ordering::Relaxed);
    let values: Vec<_> = study.pinned.iter().chain(point).copied().collect();
    let failed = |words: &str| Missing::Failed(words.to_owned());
    let settings = bind(study.scenario, &values).map_err(|faults| {
        let first = faults.first().map_or("", |fault| &fault.message);
        failed(first)
    })?;
    let expansion = expand(study.scenario, &settings, study.limits, &mut |_, _| {
        !stopped()
    });
    let expansion = expansion.map_err(|error| match error {
        ExpandError::Interrupted(_) => Missing::Stopped,
        error => failed(&error.to_string()),
    })?;
    let mut watch = |_: f64, _: f64, _: f64| match stopped() {
        true => Next::Stop,
        false => Next::Continue,
    };
    let solution = qre::solve(&expansion.game, study.options, &mut watch);
    let near = study.options.precision.is_none()
        && solution.certificate.largest_relative_gain <= study.tolerance;
    if !solution.status.is_success() && (stopped() || !near) {
        return Err(match stopped() {
            true => Missing::Stopped,
            false => failed(solution.status.sentence()),
        });
    }
    answers(study, &settings, &expansion, &solution.profile).map_err(|words| failed(&words))
}

fn answers(
    study: &Study<'_>,
    settings: &Settings,
    expansion: &detente_expand::Expansion,
    profile: &detente_game::Profile,
) -> Result<Tally, String> {
    let queries = Queries::new(study.scenario, settings, expansion, study.queries);
    queries
        .and_then(|queries| tally(study.scenario, settings, expansion, &queries, profile))
        .map_err(|fault| fault.message.clone())
}
