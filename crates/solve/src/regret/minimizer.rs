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
    lanes: Lanes,
}

/// Numbers per information set that is being worked on.
#[derive(Clone, Debug)]
struct Lanes {
    value: [f64; LANES],
    /// Sum of the weights of the actions, then its inverse.
    total: [f64; LANES],
    /// What every action gets where all weights are 0.
    even: [f64; LANES],
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
            lanes: Lanes {
                value: [0.0; LANES],
                total: [0.0; LANES],
                even: [0.0; LANES],
            },
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
                self.value(group, begin, count);
                self.match_regrets(group, begin, count, rule);
                let parents = &treeplex.parent[group.first + begin..];
                for (&parent, value) in parents.iter().zip(&self.lanes.value[..count]) {
                    self.worth[parent as usize] += value;
                }
            }
        }
    }

    /// What neighbouring sets of a group are worth by their mixtures.
    fn value(&mut self, group: &Group, begin: usize, count: usize) {
        let value = &mut self.lanes.value[..count];
        for action in 0..group.arity {
            let here = group.lanes(action, begin, count);
            let both = self.mixture[here.clone()].iter().zip(&self.worth[here]);
            if action == 0 {
                for (value, (p, q)) in value.iter_mut().zip(both) {
                    *value = p * q;
                }
            } else {
                for (value, (p, q)) in value.iter_mut().zip(both) {
                    *value += p * q;
                }
            }
        }
    }

    /// Regret matching there.
    fn match_regrets(&mut self, group: &Group, begin: usize, count: usize, rule: &impl Rule) {
        let Lanes { value, total, even } = &mut self.lanes;
        let (value, total, even) = (&value[..count], &mut total[..count], &mut even[..count]);
        total.fill(0.0);
        for action in 0..group.arity {
            let here = group.lanes(action, begin, count);
            let mixture = self.mixture[here.clone()].iter_mut();
            let regrets = self.regrets[here.clone()].iter_mut();
            let sums = mixture.zip(regrets).zip(&self.worth[here]);
            for (((p, sum), q), (value, total)) in sums.zip(value.iter().zip(&mut *total)) {
                let (next, weight) = rule.observe(*sum, q - value);
                *sum = next;
                *p = weight;
                *total += weight;
            }
        }
        let share = 1.0 / group.arity as f64;
        for (total, even) in total.iter_mut().zip(&mut *even) {
            let none = *total < NOTHING;
            *even = if none { share } else { 0.0 };
            *total = if none { 0.0 } else { 1.0 / *total };
        }
        for action in 0..group.arity {
            let mixture = &mut self.mixture[group.lanes(action, begin, count)];
            for ((p, scale), even) in mixture.iter_mut().zip(&*total).zip(&*even) {
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
                let above = &mut self.lanes.value[..count];
                let parents = &treeplex.parent[group.first + begin..];
                for (above, &parent) in above.iter_mut().zip(parents) {
                    *above = self.plan[parent as usize];
                }
                for action in 0..group.arity {
                    let here = group.lanes(action, begin, count);
                    let plan = self.plan[here.clone()].iter_mut();
                    let average = self.average[here.clone()].iter_mut();
                    let both = plan.zip(average).zip(&self.mixture[here]);
                    for (((x, mean), p), above) in both.zip(&*above) {
                        *x = above * p;
                        *mean = kept * *mean + share * *x;
                    }
                }
            }
        }
    }
}
