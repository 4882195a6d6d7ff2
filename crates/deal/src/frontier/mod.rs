//! The Pareto frontier of a space: by enumeration, or by merging issue by issue where preferences are additive.

mod dominance;
mod grid;
mod merge;
mod staircase;
mod trim;

use crate::domain::{Domain, Outcome};
use crate::enumerate::Enumerated;
use dominance::distinct;

pub(crate) use merge::Sums;
pub use merge::{Merge, merged};

/// An outcome and what it is worth to every party.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The outcome.
    pub outcome: Outcome,
    /// Its value to every party.
    pub values: Vec<f64>,
}

/// The vectors of values that no outcome improves for one party without loss to another, each once, with an outcome
/// that gives it; the largest value to the first party first (then the second, and so on).
#[derive(Clone, Debug, PartialEq)]
pub struct Frontier {
    pub(crate) parties: usize,
    pub(crate) issues: usize,
    /// Row by row: the values of a point to all parties.
    pub(crate) values: Vec<f64>,
    /// Row by row: the options of a point's outcome, the first in the numbering of those with its values.
    pub(crate) options: Vec<u32>,
    /// How many outcomes give a point.
    pub(crate) outcomes: Vec<f64>,
    /// For every outcome some point is worth at least as much, less this, to every party; 0 for the exact frontier.
    pub(crate) epsilon: f64,
}

impl Frontier {
    /// The frontier of an enumerated space.
    pub fn of(domain: &Domain, all: &Enumerated) -> Frontier {
        Frontier::among(domain, all, None)
    }

    /// The frontier of those outcomes of an enumerated space whose numbers are given (all, if `None`).
    pub(crate) fn among(domain: &Domain, all: &Enumerated, some: Option<&[usize]>) -> Frontier {
        let picked: Vec<Vec<f64>> = match some {
            None => Vec::new(),
            Some(some) => (0..all.parties())
                .map(|party| some.iter().map(|&at| all.of(party)[at]).collect())
                .collect(),
        };
        let columns: Vec<&[f64]> = match some {
            None => (0..all.parties()).map(|party| all.of(party)).collect(),
            Some(_) => picked.iter().map(Vec::as_slice).collect(),
        };
        let mut frontier = Frontier {
            parties: columns.len(),
            issues: domain.issues().len(),
            values: Vec::new(),
            options: Vec::new(),
            outcomes: Vec::new(),
            epsilon: 0.0,
        };
        for (p, outcomes) in distinct(&columns, |_| 1.0) {
            frontier
                .values
                .extend(columns.iter().map(|column| column[p]));
            let number = some.map_or(p, |some| some[p]);
            frontier.options.extend(domain.outcome(number));
            frontier.outcomes.push(outcomes);
        }
        frontier
    }

    /// Number of points: of distinct vectors of values.
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether there is no point. Only a frontier restricted to a zone can be empty.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// Number of parties.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// The values of a point to all parties.
    pub fn values(&self, point: usize) -> &[f64] {
        &self.values[point * self.parties..(point + 1) * self.parties]
    }

    /// The outcome of a point, as options by position.
    pub fn outcome(&self, point: usize) -> &[u32] {
        &self.options[point * self.issues..(point + 1) * self.issues]
    }

    /// How many outcomes give exactly the values of a point (for merged frontiers: up to the rounding of sums).
    pub fn outcomes_at(&self, point: usize) -> f64 {
        self.outcomes[point]
    }

    /// How many outcomes are on the frontier, equal ones counted.
    pub fn outcomes(&self) -> f64 {
        self.outcomes.iter().sum()
    }

    /// A point with its outcome.
    pub fn point(&self, point: usize) -> Point {
        Point {
            outcome: self.outcome(point).to_vec(),
            values: self.values(point).to_vec(),
        }
    }

    /// All points, in order.
    pub fn points(&self) -> impl ExactSizeIterator<Item = Point> + '_ {
        (0..self.len()).map(|point| self.point(point))
    }

    /// For every outcome of the space, some point is worth at least as much, less this, to every party: 0 where the
    /// frontier is exact.
    pub fn epsilon(&self) -> f64 {
        self.epsilon
    }

    /// The points that `keep` accepts by their values.
    #[must_use]
    pub fn restricted(&self, keep: impl Fn(&[f64]) -> bool) -> Frontier {
        let mut restricted = Frontier {
            values: Vec::new(),
            options: Vec::new(),
            outcomes: Vec::new(),
            ..self.clone_shape()
        };
        for point in (0..self.len()).filter(|&point| keep(self.values(point))) {
            restricted.values.extend_from_slice(self.values(point));
            restricted.options.extend_from_slice(self.outcome(point));
            restricted.outcomes.push(self.outcomes[point]);
        }
        restricted
    }

    /// The points at least as good as the fallback for every party.
    #[must_use]
    pub fn rational(&self, fallbacks: &[f64]) -> Frontier {
        self.restricted(|values| values.iter().zip(fallbacks).all(|(value, d)| value >= d))
    }

    /// The frontier of the same outcomes in the values of the first parties alone. How many outcomes give a point counts
    /// only those that were on this frontier.
    pub(crate) fn of_first(&self, parties: usize) -> Frontier {
        let columns: Vec<Vec<f64>> = (0..parties)
            .map(|party| (0..self.len()).map(|p| self.values(p)[party]).collect())
            .collect();
        let views: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut first = Frontier {
            parties,
            ..self.clone_shape()
        };
        for (p, outcomes) in distinct(&views, |p| self.outcomes[p]) {
            first.values.extend(&self.values(p)[..parties]);
            first.options.extend_from_slice(self.outcome(p));
            first.outcomes.push(outcomes);
        }
        first
    }

    /// The largest value to every party on this frontier; `None` if it is empty.
    pub fn ideal(&self) -> Option<Vec<f64>> {
        if self.is_empty() {
            return None;
        }
        let mut ideal = vec![f64::NEG_INFINITY; self.parties];
        for values in self.values.chunks_exact(self.parties) {
            for (best, value) in ideal.iter_mut().zip(values) {
                *best = best.max(*value);
            }
        }
        Some(ideal)
    }

    fn clone_shape(&self) -> Frontier {
        Frontier {
            parties: self.parties,
            issues: self.issues,
            values: Vec::new(),
            options: Vec::new(),
            outcomes: Vec::new(),
            epsilon: self.epsilon,
        }
    }
}
