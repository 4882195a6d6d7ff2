//! Chances, utilities and expectations.

use super::Options;
use crate::table::Stance;

/// What everybody reckons in a round.
pub(super) struct Reckoning<'a> {
    stances: &'a [Stance],
    /// Influence times salience.
    weights: &'a [f64],
    /// The range of the first positions.
    range: f64,
    /// The weighted median of positions.
    center: f64,
    risks: &'a [f64],
    pub options: &'a Options,
    /// The votes of all on all pairs of positions, which the program divides by; 0 where it is not needed.
    all_votes: f64,
}

impl<'a> Reckoning<'a> {
    pub fn new(
        stances: &'a [Stance],
        weights: &'a [f64],
        range: f64,
        center: f64,
        risks: &'a [f64],
        options: &'a Options,
    ) -> Reckoning<'a> {
        let mut reckoning = Reckoning {
            stances,
            weights,
            range,
            center,
            risks,
            options,
            all_votes: 0.0,
        };
        if options.scholz {
            reckoning.all_votes = reckoning.votes_on_all_pairs();
        }
        reckoning
    }

    pub fn actors(&self) -> usize {
        self.stances.len()
    }

    pub fn position(&self, i: usize) -> f64 {
        self.stances[i].position
    }

    /// `k`'s vote for `x` against `y`: its weight times how much nearer `x` is.
    fn vote(&self, k: usize, x: f64, y: f64) -> f64 {
        let at = self.position(k);
        let loss = |z: f64| {
            let share = (at - z).abs() / self.range;
            // The program bends distances by the voter's attitude.
            if self.options.scholz {
                share.powf(self.risks[k])
            } else {
                share
            }
        };
        self.weights[k] * (loss(y) - loss(x))
    }

    fn votes_on_all_pairs(&self) -> f64 {
        let n = self.actors();
        let mut sum = 0.0;
        for k in 0..n {
            for a in 0..n {
                for b in 0..a {
                    sum += 2.0 * self.vote(k, self.position(a), self.position(b)).abs();
                }
            }
        }
        sum
    }

    /// P: the chance that `i` wins against `j`, the share of the votes for it.
    fn chance(&self, i: usize, j: usize) -> f64 {
        let (x, y) = (self.position(i), self.position(j));
        if x == y {
            return 0.0;
        }
        let votes = (0..self.actors()).map(|k| self.vote(k, x, y));
        let (mut plus, mut all) = (0.0, 0.0);
        for vote in votes {
            plus += vote.max(0.0);
            all += vote.abs();
        }
        if self.options.scholz {
            all = self.all_votes;
        }
        if all > 0.0 { plus / all } else { 0.5 }
    }

    /// E: what `i` can expect of challenging `j`, as `viewer` sees it.
    pub fn expected(&self, viewer: usize, i: usize, j: usize) -> f64 {
        let r = self.risks[viewer];
        let apart = (self.position(i) - self.position(j)).abs() / self.range;
        let utility = |share: f64| 2.0 - 4.0 * share.max(0.0).powf(r);
        let (success, failure) = (utility(0.5 - 0.5 * apart), utility(0.5 + 0.5 * apart));
        let shift = 0.25 * ((self.position(i) - self.center).abs() / self.range + apart);
        let (better, worse) = (utility(0.5 - shift), utility(0.5 + shift));
        let p = self.chance(i, j);
        let resists = self.stances[j].salience;
        let (q, t) = (self.options.lasting, self.options.better);
        resists * (p * success + (1.0 - p) * failure) + (1.0 - resists) * success
            - q * utility(0.5)
            - (1.0 - q) * (t * better + (1.0 - t) * worse)
    }
}

/// Attitudes to risk `r`: those whose position invites challenges more than others' do dare more.
pub(super) fn risks(
    stances: &[Stance],
    weights: &[f64],
    range: f64,
    center: f64,
    options: &Options,
) -> Vec<f64> {
    let neutral = vec![1.0; stances.len()];
    let reckoning = Reckoning::new(stances, weights, range, center, &neutral, options);
    let exposure = |i: usize| -> f64 {
        let others = (0..stances.len()).filter(|j| *j != i);
        others.map(|j| reckoning.expected(i, j, i)).sum()
    };
    let exposures: Vec<f64> = (0..stances.len()).map(exposure).collect();
    let most = exposures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = exposures.iter().copied().fold(f64::INFINITY, f64::min);
    let attitude = |exposure: &f64| {
        if most <= least {
            return 1.0;
        }
        let risk = (2.0 * exposure - most - least) / (most - least);
        (1.0 - risk / 3.0) / (1.0 + risk / 3.0)
    };
    exposures.iter().map(attitude).collect()
}
