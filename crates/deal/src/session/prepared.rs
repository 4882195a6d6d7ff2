//! A space made ready for sessions: what all sessions over it share.
//!
//! Every party's outcomes are sorted once by their value to it, so that "the worst offer that still meets my target"
//! is a binary search. Sessions only read this; any number may run over it at once.

use crate::enumerate::Enumerated;
use crate::error::DealError;
use crate::frontier::Frontier;
use crate::session::halves::{Halves, Split};
use crate::session::trade::places;
use crate::space::Space;

/// Most outcomes of a space in which sessions are played.
pub const MAX_OUTCOMES: usize = 1 << 23;

/// A space of at least two parties, enumerated and sorted.
#[derive(Clone, Debug)]
pub struct Prepared {
    space: Space,
    all: Enumerated,
    frontier: Frontier,
    zone: Frontier,
    seats: Vec<Seat>,
    split: Split,
}

/// What one party knows without any opponent's help: its own values, sorted.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Numbers of all outcomes, the best first; of equal ones the first in numbering first.
    order: Vec<u32>,
    /// Their values, in the same order.
    sorted: Vec<f64>,
    /// For every place in the order, the first outcome in numbering of the same value.
    first: Vec<u32>,
    fallback: f64,
    /// The options' places in the party's own order, issue by issue.
    places: Vec<f64>,
    /// The sums over both halves of the issues, of a party whose values are a sum.
    halves: Option<Halves>,
}

impl Prepared {
    /// Enumerates and sorts a space.
    ///
    /// # Errors
    /// Fewer than two parties, or more than [`MAX_OUTCOMES`] outcomes.
    pub fn new(space: Space) -> Result<Prepared, DealError> {
        let parties = space.parties().len();
        if parties < 2 {
            return Err(DealError::Parties {
                needed: 2,
                found: parties,
            });
        }
        let all = space.enumerate(MAX_OUTCOMES)?;
        let frontier = Frontier::of(space.domain(), &all);
        let fallbacks = space.fallbacks();
        let split = Split::of(space.domain(), all.outcomes());
        let seats = fallbacks
            .iter()
            .enumerate()
            .map(|(party, &fallback)| Seat {
                places: places(&space, &space.parties()[party]),
                halves: space.sum(party).map(|sum| Halves::of(sum, split)),
                ..Seat::new(all.of(party), fallback)
            })
            .collect();
        Ok(Prepared {
            split,
            zone: frontier.rational(&fallbacks),
            frontier,
            space,
            all,
            seats,
        })
    }

    /// The space.
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// Number of parties.
    pub fn parties(&self) -> usize {
        self.seats.len()
    }

    /// Number of outcomes.
    pub fn outcomes(&self) -> usize {
        self.all.outcomes()
    }

    /// The Pareto frontier of the space.
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// The points of the frontier at least as good as the fallback for everybody.
    pub fn zone(&self) -> &Frontier {
        &self.zone
    }

    /// A party's own values.
    pub fn seat(&self, party: usize) -> &Seat {
        &self.seats[party]
    }

    /// The value of an outcome, by its number, to a party.
    pub fn value(&self, party: usize, outcome: u32) -> f64 {
        self.all.of(party)[outcome as usize]
    }

    /// The values of an outcome, by its number, to all parties.
    pub fn values(&self, outcome: u32) -> Vec<f64> {
        self.all.at(outcome as usize)
    }

    /// Whether no outcome gives somebody more and nobody less than this one.
    pub fn is_efficient(&self, outcome: u32) -> bool {
        let values = self.values(outcome);
        (0..self.frontier.len()).any(|point| self.frontier.values(point) == values)
    }

    /// How far an outcome lies from the nearest point of the frontier that is at least as good for everybody: the
    /// Euclidean distance, with each party's values measured from its worst (0) to its best (1) outcome. 0 on the
    /// frontier.
    pub fn distance(&self, outcome: u32) -> f64 {
        let values = self.values(outcome);
        let widths: Vec<f64> = self
            .seats
            .iter()
            .map(|s| s.highest() - s.lowest())
            .collect();
        (0..self.frontier.len())
            .map(|point| self.frontier.values(point))
            .filter(|point| point.iter().zip(&values).all(|(p, v)| p >= v))
            .map(|point| {
                let parts = point.iter().zip(&values).zip(&widths);
                let square = |((p, v), width): ((&f64, &f64), &f64)| {
                    if *width > 0.0 {
                        ((p - v) / width).powi(2)
                    } else {
                        0.0
                    }
                };
                parts.map(square).sum::<f64>().sqrt()
            })
            .fold(f64::INFINITY, f64::min)
    }

    /// How outcome numbers split into halves.
    pub(crate) fn split(&self) -> Split {
        self.split
    }

    /// The number of a point of a frontier of this space.
    pub(crate) fn number(&self, frontier: &Frontier, point: usize) -> u32 {
        self.space
            .domain()
            .index(frontier.outcome(point))
            .map_or(0, |index| index as u32)
    }
}

impl Seat {
    fn new(values: &[f64], fallback: f64) -> Seat {
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| {
            values[b as usize]
                .total_cmp(&values[a as usize])
                .then(a.cmp(&b))
        });
        let sorted: Vec<f64> = order.iter().map(|&o| values[o as usize]).collect();
        let mut first: Vec<u32> = Vec::with_capacity(order.len());
        for (rank, &outcome) in order.iter().enumerate() {
            first.push(if rank > 0 && sorted[rank] == sorted[rank - 1] {
                first[rank - 1]
            } else {
                outcome
            });
        }
        Seat {
            order,
            sorted,
            first,
            fallback,
            places: Vec::new(),
            halves: None,
        }
    }

    /// The largest value of an outcome.
    pub fn highest(&self) -> f64 {
        self.sorted[0]
    }

    /// The smallest value of an outcome.
    pub fn lowest(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }

    /// What the party gets without a deal.
    pub fn fallback(&self) -> f64 {
        self.fallback
    }

    /// The least that a concession may come down to: the fallback, or the worst outcome if that is better.
    pub fn floor(&self) -> f64 {
        self.fallback.max(self.lowest())
    }

    /// Whether any outcome is at least as good as the fallback.
    pub fn can_gain(&self) -> bool {
        self.highest() >= self.fallback
    }

    /// Outcomes worth at least `target`, the best first.
    pub fn at_least(&self, target: f64) -> &[u32] {
        &self.order[..self.sorted.partition_point(|value| *value >= target)]
    }

    /// The options' places in the party's own order, issue by issue, from its worst to its best.
    pub(crate) fn places(&self) -> &[f64] {
        &self.places
    }

    /// The sums over both halves of the issues, of a party whose values are a sum.
    pub(crate) fn halves(&self) -> Option<&Halves> {
        self.halves.as_ref()
    }

    /// The outcome of this rank, the best having 0.
    pub fn ranked(&self, rank: usize) -> Option<(u32, f64)> {
        Some((*self.order.get(rank)?, *self.sorted.get(rank)?))
    }

    /// The outcome worth least of those worth at least `target` (of equal ones the first in numbering); the best
    /// outcome if none is.
    pub fn least_above(&self, target: f64) -> u32 {
        let count = self.sorted.partition_point(|value| *value >= target);
        self.first[count.saturating_sub(1)]
    }
}
