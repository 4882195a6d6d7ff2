//! Regret matching at all information sets of one player.
//!
//! Counterfactual regret minimization (Zinkevich, Johanson, Bowling & Piccione 2007) gives each information set
//! its own regret minimizer. The worth of an action there, Q(I, a), is what its ends give plus the value of the
//! own information sets after it, all weighed by how chance and the other lead there; its regret is what
//! it is worth more than the mixture. One pass from the last sets to the first updates them all, one pass back
//! turns the new mixtures into a plan: the probability that the player's own choices lead to each sequence.

use super::treeplex::{Group, Treeplex};

/// Information sets that are worked on together: their numbers fit into the nearest cache.
const LANES: usize = 64;

/// Weights of actions that sum to less than this are none at all: their shares would be made of lost digits.
const NOTHING: f64 = 1e-290;

/// How regrets are summed up, and what is mixed from them.
pub(super) trait Rule {
    /// From the sum so far and the regret of this iteration: the new sum, and the weight of the action in
    /// the next mixture, at least 0.
    fn observe(&self, sum: f64, regret: f64) -> (f64, f64);
}

/// What is positive of a number.
pub(super) fn positive(number: f64) -> f64 {
    if number > 0.0 { number } else { 0.0 }
}

/// The state of one player; all vectors are over its sequences.
#[derive(Clone, Debug)]
pub(super) struct Minimizer {
    /// Regrets summed up.
    regrets: Vec<f64>,
    /// The mixture at every information set.
    pub(super) mixture: Vec<f64>,
    /// Probability that own choices lead to the sequence, by the mixtures.
    pub(super) plan: Vec<f64>,
    /// Weighed average of the plans so far.
    pub(super) average: Vec<f64>,
    /// What each sequence is worth: before an update at its own ends, afterwards in all.
    pub(super) worth: Vec<f64>,
}

impl Minimizer {
    /// No regrets, every action equally likely.
    pub(super) fn new(treeplex: &Treeplex) -> Minimizer {
        let zero = vec![0.0; treeplex.sequences()];
        let mut minimizer = Minimizer {
            regrets: zero.clone(),
            mixture: zero.clone(),
            plan: zero.clone(),
            average: zero.clone(),
            worth: zero,
        };
        for group in &treeplex.groups {
            let share = 1.0 / group.arity as f64;
            for action in 0..group.arity {
                minimizer.mixture[group.action(action)].fill(share);
            }
        }
        minimizer.unfold(treeplex, 1.0);
        minimizer
    }

    /// Updates all regrets and mixtures from `worth`.
    pub(super) fn observe(&mut self, treeplex: &Treeplex, rule: &impl Rule) {
        for group in treeplex.groups.iter().rev() {
            for begin in (0..group.sets).step_by(LANES) {
                let count = LANES.min(group.sets - begin);
                let mut values = [0.0; LANES];
                let values = &mut values[..count];
                self.match_regrets(group, begin, values, rule);
                let place = group.first + begin;
                for (&parent, value) in treeplex.parent[place..].iter().zip(&*values) {
                    self.worth[parent as usize] += value;
                }
            }
        }
    }

    /// Regret matching at neighbouring sets of a group; leaves what the sets are worth in `values`.
    fn match_regrets(&mut self, group: &Group, begin: usize, values: &mut [f64], rule: &impl Rule) {
        let count = values.len();
        let lanes = |action: usize| {
            let first = group.first_sequence + action * group.sets + begin;
            first..first + count
        };
        for action in 0..group.arity {
            let mixture = &self.mixture[lanes(action)];
            let worth = &self.worth[lanes(action)];
            for ((value, p), q) in values.iter_mut().zip(mixture).zip(worth) {
                *value += p * q;
            }
        }
        let mut totals = [0.0; LANES];
        let totals = &mut totals[..count];
        for action in 0..group.arity {
            let mixture = &mut self.mixture[lanes(action)];
            let sums = &mut self.regrets[lanes(action)];
            let worth = &self.worth[lanes(action)];
            for ((((total, value), p), sum), q) in totals
                .iter_mut()
                .zip(&*values)
                .zip(mixture)
                .zip(sums)
                .zip(worth)
            {
                let (next, weight) = rule.observe(*sum, q - value);
                *sum = next;
                *p = weight;
                *total += weight;
            }
        }
        let share = 1.0 / group.arity as f64;
        let mut even = [0.0; LANES];
        let even = &mut even[..count];
        for (total, even) in totals.iter_mut().zip(&mut *even) {
            let none = *total < NOTHING;
            *even = if none { share } else { 0.0 };
            *total = if none { 0.0 } else { 1.0 / *total };
        }
        for action in 0..group.arity {
            let mixture = &mut self.mixture[lanes(action)];
            for ((p, scale), even) in mixture.iter_mut().zip(&*totals).zip(&*even) {
                *p = *p * scale + even;
            }
        }
    }

    /// The plan of the mixtures; goes into the average with a share of the whole.
    pub(super) fn unfold(&mut self, treeplex: &Treeplex, share: f64) {
        let kept = 1.0 - share;
        self.plan[0] = 1.0;
        self.average[0] = 1.0;
        for group in &treeplex.groups {
            for begin in (0..group.sets).step_by(LANES) {
                let count = LANES.min(group.sets - begin);
                let mut above = [0.0; LANES];
                let above = &mut above[..count];
                let place = group.first + begin;
                for (above, &parent) in above.iter_mut().zip(&treeplex.parent[place..]) {
                    *above = self.plan[parent as usize];
                }
                for action in 0..group.arity {
                    let first = group.first_sequence + action * group.sets + begin;
                    let plan = &mut self.plan[first..first + count];
                    let mixture = &self.mixture[first..first + count];
                    let mean = &mut self.average[first..first + count];
                    for (((above, x), p), mean) in above.iter().zip(plan).zip(mixture).zip(mean) {
                        *x = above * p;
                        *mean = kept * *mean + share * *x;
                    }
                }
            }
        }
    }
}
