//! One outcome looked at closely: who gains by it, how far it is from the frontier, and which changes to it everybody
//! would welcome.
//!
//! A trade of concessions on two issues (a logroll: Buchanan and Tullock 1962; "integrative" in Walton and McKersie
//! 1965) helps all although neither of its changes alone would: each party gives way where it cares less.

use crate::domain::Outcome;
use crate::error::DealError;
use crate::frontier::{Frontier, Point};
use crate::solution::gains;
use crate::space::Space;
use crate::statistics::{distance, extremes, scales};
use crate::zone::acceptable;

/// Another option of one issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The issue, by position.
    pub issue: usize,
    /// Its option in the package, by position.
    pub from: u32,
    /// The other option.
    pub to: u32,
}

/// A change of a package that leaves nobody worse off and somebody better.
#[derive(Clone, Debug, PartialEq)]
pub struct Trade {
    /// One switch that everybody likes or does not mind, or two of which each alone would hurt somebody: a logroll.
    pub switches: Vec<Switch>,
    /// What every party gains by it.
    pub gains: Vec<f64>,
}

/// One outcome looked at closely.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// The outcome.
    pub outcome: Outcome,
    /// Its value to every party.
    pub values: Vec<f64>,
    /// Its value less the fallback, to every party.
    pub gains: Vec<f64>,
    /// Whether no party prefers its fallback.
    pub acceptable: bool,
    /// Whether no outcome is better for one party without being worse for another.
    pub efficient: bool,
    /// Euclidean distance to the nearest point of the frontier, in the scale of [`crate::opposition`].
    pub distance: f64,
    /// Of the frontier's points that are worse for nobody, the one with the largest smallest improvement (as shares
    /// of each party's range of values); `None` if the package is efficient.
    pub better: Option<Point>,
    /// Changes that leave nobody worse off, the largest smallest gain first.
    pub trades: Vec<Trade>,
}

/// Looks at one outcome, given the frontier of its space; lists at most `trades` trades.
///
/// # Errors
/// An outcome that does not belong to the domain.
pub fn package(
    space: &Space,
    frontier: &Frontier,
    outcome: &[u32],
    trades: usize,
) -> Result<Package, DealError> {
    if !space.domain().holds(outcome) {
        return Err(DealError::Outcome(format!("{outcome:?}")));
    }
    let values = space.values(outcome);
    let fallbacks = space.fallbacks();
    let scale = scales(&extremes(space));
    let distance = (0..frontier.len())
        .map(|p| distance(frontier.values(p), &values, &scale))
        .reduce(f64::min)
        .unwrap_or(f64::NAN);
    let better = improvement(frontier, &values, &scale);
    let mut all = improving(space, outcome, &values);
    all.truncate(trades);
    Ok(Package {
        outcome: outcome.to_vec(),
        gains: gains(&values, &fallbacks),
        acceptable: acceptable(&values, &fallbacks),
        efficient: better.is_none(),
        distance,
        better,
        trades: all,
        values,
    })
}

/// The point of the frontier that dominates `values` and adds most to whom it adds least.
fn improvement(frontier: &Frontier, values: &[f64], scale: &[f64]) -> Option<Point> {
    let added = |p: usize| -> Vec<f64> {
        let differences = frontier
            .values(p)
            .iter()
            .zip(values)
            .map(|(new, old)| new - old);
        differences
            .zip(scale)
            .map(|(gain, scale)| gain / scale)
            .collect()
    };
    (0..frontier.len())
        .map(|p| (p, added(p)))
        .filter(|(_, gains)| welcome(gains))
        .max_by(|(a, x), (b, y)| order(x, y).then(b.cmp(a)))
        .map(|(p, _)| frontier.point(p))
}

/// Nobody worse off and somebody better.
fn welcome(gains: &[f64]) -> bool {
    gains.iter().all(|gain| *gain >= 0.0) && gains.iter().any(|gain| *gain > 0.0)
}

/// The larger smallest gain, then the larger sum.
fn order(a: &[f64], b: &[f64]) -> std::cmp::Ordering {
    let smallest = |gains: &[f64]| gains.iter().copied().fold(f64::INFINITY, f64::min);
    let sum = |gains: &[f64]| gains.iter().sum::<f64>();
    smallest(a)
        .total_cmp(&smallest(b))
        .then_with(|| sum(a).total_cmp(&sum(b)))
}

/// All single switches that everybody welcomes, and all pairs of switches that are welcome only together.
fn improving(space: &Space, outcome: &[u32], values: &[f64]) -> Vec<Trade> {
    let mut changed = outcome.to_vec();
    let mut gains_of = |switches: &[Switch]| {
        for switch in switches {
            changed[switch.issue] = switch.to;
        }
        let gains = gains(&space.values(&changed), values);
        for switch in switches {
            changed[switch.issue] = switch.from;
        }
        gains
    };
    let mut trades = Vec::new();
    let mut unwelcome = Vec::new();
    for (issue, (&from, options)) in outcome.iter().zip(space.domain().issues()).enumerate() {
        for to in (0..options.options() as u32).filter(|to| *to != from) {
            let switch = Switch { issue, from, to };
            let gains = gains_of(&[switch]);
            if welcome(&gains) {
                trades.push(Trade {
                    switches: vec![switch],
                    gains,
                });
            } else if gains.iter().any(|gain| *gain > 0.0) {
                unwelcome.push(switch);
            }
        }
    }
    for (at, &first) in unwelcome.iter().enumerate() {
        for &second in unwelcome[at + 1..]
            .iter()
            .filter(|s| s.issue != first.issue)
        {
            let gains = gains_of(&[first, second]);
            if welcome(&gains) {
                trades.push(Trade {
                    switches: vec![first, second],
                    gains,
                });
            }
        }
    }
    // Stable: among equals, the first switches in the order of issues and options.
    trades.sort_by(|a, b| order(&b.gains, &a.gains));
    trades
}
