//! The cooperative solutions: the points of the frontier that the axioms of bargaining theory single out.
//!
//! Only points at least as good as the fallback for every party count. If there is none, there is no solution: losses
//! are never multiplied to a gain, and a fallback is never replaced by the worst outcome.

use std::cmp::Ordering;

use crate::frontier::{Frontier, Point};
use crate::zeuthen::zeuthen;

/// The points of the frontier that solve the bargaining problem, by concept; all `None` if the zone is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Solutions {
    /// The largest product of gains (Nash 1950). Where no point gives everybody a gain: most parties gaining, then
    /// the largest product of theirs.
    pub nash: Option<Point>,
    /// The largest smallest share of the best possible gain (Kalai and Smorodinsky 1975; for finite sets and any
    /// number of parties the lexicographic version of Imai 1983).
    pub kalai_smorodinsky: Option<Point>,
    /// The smallest difference between the largest and the smallest share of the best possible gain: the other
    /// reading of "equal shares" where no point has exactly equal ones.
    pub equal_shares: Option<Point>,
    /// The largest smallest gain (Kalai 1977), then the largest second smallest, and so on (Rawls's difference
    /// principle).
    pub egalitarian: Option<Point>,
    /// The largest sum of values.
    pub utilitarian: Option<Point>,
    /// Where concessions by whoever fears a breakdown more end (Zeuthen 1930; Harsanyi 1956).
    pub zeuthen: Option<Point>,
}

/// The solutions of a space with this frontier and these fallbacks, one per party.
///
/// The best possible gain of a party is the one at its best point, whether others would accept that point or not.
pub fn solutions(frontier: &Frontier, fallbacks: &[f64]) -> Solutions {
    let zone = frontier.rational(fallbacks);
    let gains: Vec<Vec<f64>> = (0..zone.len())
        .map(|p| gains(zone.values(p), fallbacks))
        .collect();
    let best = frontier
        .ideal()
        .map(|ideal| self::gains(&ideal, fallbacks))
        .unwrap_or_default();
    let shares: Vec<Vec<f64>> = gains.iter().map(|gains| shares(gains, &best)).collect();
    let point = |p: Option<usize>| p.map(|p| zone.point(p));
    Solutions {
        nash: point(first_best(zone.len(), |a, b| {
            nash_order(&gains[a], &gains[b])
        })),
        kalai_smorodinsky: point(first_best(zone.len(), |a, b| {
            leximin(&shares[a], &shares[b])
        })),
        equal_shares: point(first_best(zone.len(), |a, b| {
            let gap = |p: usize| spread(&shares[p]);
            gap(b)
                .total_cmp(&gap(a))
                .then_with(|| leximin(&shares[a], &shares[b]))
        })),
        egalitarian: point(first_best(zone.len(), |a, b| leximin(&gains[a], &gains[b]))),
        utilitarian: point(first_best(zone.len(), |a, b| {
            let sum = |p: usize| zone.values(p).iter().sum::<f64>();
            sum(a)
                .total_cmp(&sum(b))
                .then_with(|| leximin(&gains[a], &gains[b]))
        })),
        zeuthen: point(zeuthen(&zone, fallbacks)),
    }
}

/// Values less fallbacks.
pub(crate) fn gains(values: &[f64], fallbacks: &[f64]) -> Vec<f64> {
    values
        .iter()
        .zip(fallbacks)
        .map(|(value, d)| value - d)
        .collect()
}

/// Gains over the best possible ones, of those parties that can gain at all.
fn shares(gains: &[f64], best: &[f64]) -> Vec<f64> {
    gains
        .iter()
        .zip(best)
        .filter(|(_, best)| **best > 0.0)
        .map(|(gain, best)| gain / best)
        .collect()
}

fn spread(shares: &[f64]) -> f64 {
    let largest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let smallest = shares.iter().copied().fold(f64::INFINITY, f64::min);
    if shares.is_empty() {
        0.0
    } else {
        largest - smallest
    }
}

/// More parties gaining first, then the larger product of their gains.
pub(crate) fn nash_order(a: &[f64], b: &[f64]) -> Ordering {
    let gaining = |gains: &[f64]| gains.iter().filter(|gain| **gain > 0.0).count();
    let product = |gains: &[f64]| gains.iter().filter(|gain| **gain > 0.0).product::<f64>();
    gaining(a)
        .cmp(&gaining(b))
        .then_with(|| product(a).total_cmp(&product(b)))
}

/// The larger smallest entry, then the larger second smallest, and so on.
fn leximin(a: &[f64], b: &[f64]) -> Ordering {
    let smallest = |entries: &[f64]| entries.iter().copied().fold(f64::INFINITY, f64::min);
    smallest(a).total_cmp(&smallest(b)).then_with(|| {
        let sorted = |entries: &[f64]| {
            let mut sorted = entries.to_vec();
            sorted.sort_unstable_by(f64::total_cmp);
            sorted
        };
        let (a, b) = (sorted(a), sorted(b));
        a.iter()
            .zip(&b)
            .map(|(x, y)| x.total_cmp(y))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    })
}

/// The first of the greatest of `0..points`.
fn first_best(points: usize, order: impl Fn(usize, usize) -> Ordering) -> Option<usize> {
    (0..points).reduce(|best, p| if order(p, best).is_gt() { p } else { best })
}
