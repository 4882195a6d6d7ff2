//! Behaviour-dependent concession: tit for tat (Faratin, Sierra and Jennings 1998, §4.3).
//!
//! The three families of the paper, applied to values instead of single issues, as usual where an offer settles all
//! issues at once: a party measures the other side's moves by what they are worth to itself. With `y` the own value of
//! an offer of the other side and `x` the own target, both as a share of the way from the worst to the best outcome,
//!
//! - relative: `x' = x · y₋₁ / y₀` (equation 6): the same proportion,
//! - absolute: `x' = x − (y₀ − y₋₁)` (equation 7, without its random term): the same amount,
//! - averaged: `x' = x · y₋w / y₀` (equation 8): the same proportion over a window of `w` moves.
//!
//! The target stays between the floor and the best value. Before there are two offers to compare, the target is the
//! best value, so that two such parties that both wait never agree. With several other parties, the moves of
//! whichever acted last count.

use crate::session::aspiration::Aspiration;
use crate::session::protocol::{Act, Turn};

/// Which of the three families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The same proportion.
    Relative,
    /// The same amount.
    Absolute,
    /// The same proportion over this many moves, at least 1.
    Averaged(usize),
}

/// Concession in answer to concessions.
#[derive(Clone, Debug, PartialEq)]
pub struct TitForTat {
    measure: Measure,
    /// The own target as a share of the way from worst to best.
    target: f64,
    /// The same share of the others' offers, in order.
    offers: Vec<f64>,
    read: usize,
}

impl TitForTat {
    /// Before any offer.
    pub fn new(measure: Measure) -> TitForTat {
        TitForTat {
            measure,
            target: 1.0,
            offers: Vec::new(),
            read: 0,
        }
    }

    fn answer(&mut self) {
        let window = match self.measure {
            Measure::Averaged(window) => window.max(1),
            Measure::Relative | Measure::Absolute => 1,
        };
        let Some(&now) = self.offers.last() else {
            return;
        };
        let Some(before) = self
            .offers
            .len()
            .checked_sub(1 + window)
            .map(|at| self.offers[at])
        else {
            return;
        };
        self.target = match self.measure {
            Measure::Absolute => self.target - (now - before),
            // A move from or to nothing has no proportion.
            _ if now <= 0.0 || before <= 0.0 => self.target,
            _ => self.target * before / now,
        }
        .clamp(0.0, 1.0);
    }
}

impl Aspiration for TitForTat {
    fn target(&mut self, turn: &Turn) -> f64 {
        let own = turn.own();
        let (worst, best) = (own.lowest(), own.highest());
        let width = best - worst;
        for step in &turn.log[self.read..] {
            if let (Act::Offer(offer), true) = (step.act, step.party != turn.party) {
                let value = turn.prepared.value(turn.party, offer);
                self.offers.push(if width > 0.0 {
                    (value - worst) / width
                } else {
                    1.0
                });
                self.answer();
            }
        }
        self.read = turn.log.len();
        let floor = own.floor().min(best);
        let target = (worst + width * self.target).clamp(floor, best);
        self.target = if width > 0.0 {
            (target - worst) / width
        } else {
            1.0
        };
        target
    }
}
