//! Whom to challenge: the chance to win with the help of third parties, and what a challenge is worth.

use serde::{Deserialize, Serialize};

use super::options::{Commitment, Options};
use super::view::Cast;
use crate::voting::{Square, Victory, VotingRule};

/// A challenge of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Challenge {
    /// Who challenges, by its place among the actors.
    pub from: usize,
    /// Whom.
    pub to: usize,
    /// The chance to win, as the challenger reckons.
    pub chance: f64,
    /// What it expects to gain over the status quo, as a share of the utility of its ideal.
    pub gain: f64,
}

/// The least strength of a side.
const LEAST: f64 = 1e-10;
/// Smaller gains are none.
const WORTH: f64 = 1e-5;

/// What a viewer reckons of challenges.
pub(super) struct Reckoner<'a> {
    pub cast: &'a Cast,
    pub options: &'a Options,
    /// Position by position, its utility to every actor, as the viewer sees it.
    pub utility: &'a Square,
    /// A copy of the weights, to leave out the two sides.
    pub weight: Vec<f64>,
    /// Room for the votes of third parties.
    pub votes: Vec<f64>,
}

impl Reckoner<'_> {
    /// The utility to `actor` of the position that `holder` holds.
    fn of(&self, actor: usize, holder: usize) -> f64 {
        self.utility.at(holder, actor)
    }

    /// The chance that `i` wins against `j`, and what `k` would gain by that challenge.
    pub fn reckon(&mut self, i: usize, j: usize, k: usize) -> (f64, f64) {
        let chance = self.chance(i, j);
        let (win, lose) = (self.of(k, i), self.of(k, j));
        let status_quo = win + lose;
        let contest = chance * (2.0 * win) + (1.0 - chance) * (2.0 * lose);
        let resist = self.cast.effort[j];
        let challenge = (1.0 - resist) * (2.0 * win) + resist * contest;
        (chance, challenge - status_quo)
    }

    /// The chance that `i` wins against `j`.
    fn chance(&mut self, i: usize, j: usize) -> f64 {
        let (x, y) = self.principals(i, j);
        let (plus, minus) = self.third_parties(i, j, x, y);
        // The program knows only shares of strengths here, whatever model of victory is chosen.
        let victory = if self.options.ktab {
            Victory::Linear
        } else {
            self.options.victory
        };
        victory.chance(x + plus, y + minus)
    }

    /// The strengths that the two sides bring along themselves.
    fn principals(&self, i: usize, j: usize) -> (f64, f64) {
        let vote = |who: usize| {
            let difference = self.of(who, i) - self.of(who, j);
            self.cast.weight[who] * self.options.voting.vote(difference)
        };
        let (a, b) = (vote(i), vote(j));
        (
            LEAST + a.max(0.0) + b.max(0.0),
            LEAST + (-a).max(0.0) + (-b).max(0.0),
        )
    }

    /// What third parties add to either side.
    fn third_parties(&mut self, i: usize, j: usize, x: f64, y: f64) -> (f64, f64) {
        // Without weight, the two sides have no vote as third parties.
        let kept = (self.weight[i], self.weight[j]);
        (self.weight[i], self.weight[j]) = (0.0, 0.0);
        let sums = match (self.options.voting, self.options.ktab) {
            (VotingRule::Proportional, true) => self.votes_with(i, j, x, y, |d| d, ktab_difference),
            (VotingRule::Proportional, false) => self.votes_with(i, j, x, y, |d| d, difference),
            (rule, true) => self.votes_with(i, j, x, y, |d| rule.vote(d), ktab_difference),
            (rule, false) => self.votes_with(i, j, x, y, |d| rule.vote(d), difference),
        };
        (self.weight[i], self.weight[j]) = kept;
        sums
    }

    fn votes_with(
        &mut self,
        i: usize,
        j: usize,
        x: f64,
        y: f64,
        vote: impl Fn(f64) -> f64,
        difference: impl Fn([f64; 2], [f64; 3], f64, Stakes) -> f64,
    ) -> (f64, f64) {
        let stakes = Stakes::of(self.options.commitment);
        let (ui, uj) = (self.utility.row(i), self.utility.row(j));
        let n = self.weight.len();
        for m in 0..n {
            let (w, a, b) = (self.weight[m], ui[m], uj[m]);
            let own = w * vote(a - b);
            let unn = self.utility.values[m * n + m];
            self.votes[m] = w * vote(difference([x, y], [a, b, unn], own, stakes));
        }
        let (mut plus, mut minus) = (0.0, 0.0);
        for v in &self.votes {
            plus += v.max(0.0);
            minus += (-v).max(0.0);
        }
        (plus, minus)
    }
}

/// What a third party ends up with, in parts of (the winner's position, its own position), for the winner it supported
/// and for the winner it opposed. The two sides end at the winner's position in any case.
#[derive(Clone, Copy)]
struct Stakes {
    supported: (f64, f64),
    opposed: (f64, f64),
}

impl Stakes {
    fn of(commitment: Commitment) -> Stakes {
        let (stays, follows) = ((2.0, 1.0), (3.0, 0.0));
        let (supported, opposed) = match commitment {
            Commitment::None => (stays, stays),
            Commitment::Semi => (stays, follows),
            Commitment::Full => (follows, follows),
        };
        Stakes { supported, opposed }
    }
}

/// How much better it is for a third party to side with the first: the expected utility of either choice, each with
/// the chance that it itself brings about.
#[inline]
fn difference([x, y]: [f64; 2], [ui, uj, own]: [f64; 3], vote: f64, stakes: Stakes) -> f64 {
    let help = vote.abs();
    let (with_i, with_j) = ((x + help) / (x + help + y), x / (x + help + y));
    let worth = |stake: (f64, f64), u: f64| stake.0 * u + stake.1 * own;
    let (a, b) = (worth(stakes.supported, ui), worth(stakes.opposed, uj));
    let (c, e) = (worth(stakes.opposed, ui), worth(stakes.supported, uj));
    (with_i * a + (1.0 - with_i) * b) - (with_j * c + (1.0 - with_j) * e)
}

/// The same as KTAB's program reckons it: with one chance for both choices, that of the side it favours. What it does
/// to the outcome then drops out; without and with full commitment nothing is left.
#[inline]
fn ktab_difference([x, y]: [f64; 2], [ui, uj, own]: [f64; 3], vote: f64, stakes: Stakes) -> f64 {
    let (x, y) = (x + vote.max(0.0), y + (-vote).max(0.0));
    let (p, q) = (x / (x + y), y / (x + y));
    let worth = |stake: (f64, f64), u: f64| stake.0 * u + stake.1 * own;
    let (a, b) = (worth(stakes.supported, ui), worth(stakes.opposed, uj));
    let (c, e) = (worth(stakes.opposed, ui), worth(stakes.supported, uj));
    (p * a + q * b) - (p * c + q * e)
}

/// The challenge that is worth most to `i`, if one is worth anything; of equals, of the first target.
pub(super) fn best(reckoner: &mut Reckoner, i: usize) -> Option<Challenge> {
    let mut best: Option<Challenge> = None;
    for j in 0..reckoner.cast.actors {
        if j == i {
            continue;
        }
        // A sure victory is the most that a challenge can bring.
        let most = reckoner.of(i, i) - reckoner.of(i, j);
        let to_beat = best.map_or(WORTH, |challenge| challenge.gain);
        if most + 1e-12 < to_beat && reckoner.of(i, i) >= reckoner.of(i, j) {
            continue;
        }
        let (chance, gain) = reckoner.reckon(i, j, i);
        if gain > to_beat {
            best = Some(Challenge {
                from: i,
                to: j,
                chance,
                gain,
            });
        }
    }
    best
}
