//! Whom to challenge: the chance to win with the help of third parties, and what a challenge is worth.

use serde::{Deserialize, Serialize};

use super::options::{Commitment, Options};
use super::view::Cast;
use crate::voting::{Square, Victory, VotingRule, positive, split};

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
/// What rounding may add to a gain.
const ROUNDING: f64 = 1e-12;

/// What a viewer reckons of challenges.
pub(super) struct Reckoner<'a> {
    cast: &'a Cast,
    options: &'a Options,
    /// Position by position, its utility to every actor, as the viewer sees it.
    utility: &'a Square,
    /// Every actor's utility of its own position.
    own: Vec<f64>,
    /// A copy of the weights, to leave out the two sides.
    weight: Vec<f64>,
    /// Room for the votes of third parties.
    votes: Vec<f64>,
}

impl<'a> Reckoner<'a> {
    /// A viewer's reckoning: `utility` holds, position by position, its utility to every actor as the viewer sees it.
    pub fn new(cast: &'a Cast, options: &'a Options, utility: &'a Square) -> Reckoner<'a> {
        Reckoner {
            cast,
            options,
            utility,
            own: (0..cast.actors).map(|m| utility.at(m, m)).collect(),
            weight: cast.weight.clone(),
            votes: vec![0.0; cast.actors],
        }
    }

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
        let sides = [x, y];
        let rule = self.options.voting;
        match (rule, self.options.ktab) {
            (VotingRule::Proportional, true) => {
                self.vote(i, j, |d| d, |a, v, s| ktab(sides, a, v, s))
            }
            (VotingRule::Proportional, false) => {
                self.vote(i, j, |d| d, |a, v, s| better(sides, a, v, s))
            }
            (_, true) => self.vote(i, j, |d| rule.vote(d), |a, v, s| ktab(sides, a, v, s)),
            (_, false) => self.vote(i, j, |d| rule.vote(d), |a, v, s| better(sides, a, v, s)),
        }
        (self.weight[i], self.weight[j]) = kept;
        split(|k| self.votes[k], self.votes.len())
    }

    /// Fills in the votes of third parties on `i` against `j`.
    fn vote(
        &mut self,
        i: usize,
        j: usize,
        rule: impl Fn(f64) -> f64,
        better: impl Fn([f64; 3], f64, &Stakes) -> f64,
    ) {
        let stakes = Stakes::of(self.options.commitment);
        let utilities = self
            .utility
            .row(i)
            .iter()
            .zip(self.utility.row(j))
            .zip(&self.own);
        for ((vote, w), ((ui, uj), own)) in self.votes.iter_mut().zip(&self.weight).zip(utilities) {
            let lean = w * rule(ui - uj);
            *vote = w * rule(better([*ui, *uj, *own], lean, &stakes));
        }
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
/// the chance that it itself brings about. `[x, y]`: the strengths of the two sides; utilities of the first's, the
/// second's and the own position; the vote that would be cast.
#[inline]
fn better([x, y]: [f64; 2], [ui, uj, own]: [f64; 3], vote: f64, stakes: &Stakes) -> f64 {
    let help = vote.abs();
    let worth = |stake: (f64, f64), u: f64| stake.0 * u + stake.1 * own;
    let first = (x + help) * worth(stakes.supported, ui) + y * worth(stakes.opposed, uj);
    let second = x * worth(stakes.opposed, ui) + (y + help) * worth(stakes.supported, uj);
    (first - second) / (x + y + help)
}

/// The same as KTAB's program reckons it: with one chance for both choices, that of the side it favours. What it does
/// to the outcome then drops out; without and with full commitment nothing is left.
#[inline]
fn ktab([x, y]: [f64; 2], [ui, uj, own]: [f64; 3], vote: f64, stakes: &Stakes) -> f64 {
    let (x, y) = (x + positive(vote), y + positive(-vote));
    let p = x / (x + y);
    let gain = |u: f64| {
        (stakes.supported.0 - stakes.opposed.0) * u + (stakes.supported.1 - stakes.opposed.1) * own
    };
    p * gain(ui) - (1.0 - p) * gain(uj)
}

/// The challenge that is worth most to `i`, if one is worth anything; of equals, of the first target. `order` is room
/// for the targets.
pub(super) fn best(
    reckoner: &mut Reckoner,
    i: usize,
    order: &mut Vec<(f64, usize)>,
) -> Option<Challenge> {
    // Whatever the chance, a challenge brings no more than the difference of the two positions: the most promising
    // targets first, and no further than another could be better.
    order.clear();
    let most = |j: usize| (reckoner.of(i, i) - reckoner.of(i, j)).abs();
    order.extend(
        (0..reckoner.cast.actors)
            .filter(|j| *j != i)
            .map(|j| (most(j), j)),
    );
    let mut best: Option<Challenge> = None;
    while let Some((most, j)) = take_largest(order) {
        let to_beat = best.map_or(WORTH, |challenge| challenge.gain);
        if most + ROUNDING < to_beat {
            break;
        }
        let (chance, gain) = reckoner.reckon(i, j, i);
        let first = best.is_some_and(|challenge| gain == challenge.gain && j < challenge.to);
        if gain > to_beat || first {
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

/// Takes out the largest; few are taken of many, so they are not sorted.
fn take_largest(order: &mut Vec<(f64, usize)>) -> Option<(f64, usize)> {
    let mut largest = 0;
    for (at, (most, _)) in order.iter().enumerate() {
        if *most > order[largest].0 {
            largest = at;
        }
    }
    (!order.is_empty()).then(|| order.swap_remove(largest))
}
