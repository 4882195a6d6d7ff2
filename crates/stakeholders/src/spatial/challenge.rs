//! Whom to challenge: the chance to win with the help of third parties, and what a challenge is worth.

use serde::{Deserialize, Serialize};

use super::options::{Commitment, Options};
use super::view::{Cast, View};
use crate::voting::{Victory, VotingRule, positive, split};

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

/// What a viewer reckons of one actor's challenges.
pub(super) struct Reckoner<'a> {
    cast: &'a Cast,
    options: &'a Options,
    view: &'a View,
    /// Who challenges.
    from: usize,
    /// Every actor's attitude to risk, as the viewer sees it.
    attitudes: Vec<f64>,
    /// Every actor's utility of its own position.
    own: Vec<f64>,
    /// Every actor's utility of the challenger's position.
    won: Vec<f64>,
    /// Every actor's utility of the position of whom is challenged.
    lost: Vec<f64>,
    /// A copy of the weights, to leave out the two sides.
    weight: Vec<f64>,
    /// Room for the votes of third parties.
    votes: Vec<f64>,
    /// The most that each target could be worth.
    most: Vec<f64>,
}

impl<'a> Reckoner<'a> {
    /// A reckoner that is to look ([`Reckoner::look`]).
    pub fn new(cast: &'a Cast, options: &'a Options, view: &'a View) -> Reckoner<'a> {
        let room = vec![0.0; cast.actors];
        Reckoner {
            cast,
            options,
            view,
            from: 0,
            attitudes: room.clone(),
            own: room.clone(),
            won: room.clone(),
            lost: room.clone(),
            votes: room.clone(),
            most: room,
            weight: cast.weight.clone(),
        }
    }

    /// Looks at the challenges of `from` with the eyes of `viewer`.
    pub fn look(&mut self, viewer: usize, from: usize) {
        self.from = from;
        self.view
            .attitudes_seen(viewer, self.options, &mut self.attitudes);
        self.view.utilities(from, &self.attitudes, &mut self.won);
        for (m, own) in self.own.iter_mut().enumerate() {
            *own = self.view.utility(m, m, self.attitudes[m]);
        }
    }

    /// Notes for every target the most that the challenger could gain from it, whatever its chance to win. Returns the
    /// target that would be worth most if chances were even.
    fn weigh(&mut self) -> Option<usize> {
        let i = self.from;
        let mut promising: Option<(f64, usize)> = None;
        for j in (0..self.cast.actors).filter(|j| *j != i) {
            let won = self.won[i] - self.view.utility(j, i, self.attitudes[i]);
            let lost = (1.0 - 2.0 * self.cast.effort[j]) * won;
            self.most[j] = won.max(lost);
            if promising.is_none_or(|(even, _)| won + lost > even) {
                promising = Some((won + lost, j));
            }
        }
        promising.map(|(_, j)| j)
    }

    /// The chance that the challenger wins against `j`, and what it would gain by that challenge.
    pub fn reckon(&mut self, j: usize) -> (f64, f64) {
        let i = self.from;
        self.view.utilities(j, &self.attitudes, &mut self.lost);
        let chance = self.chance(i, j);
        let (win, lose) = (self.won[i], self.lost[i]);
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
            let difference = self.won[who] - self.lost[who];
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
        let stakes = Stakes::of(self.options.commitment);
        let rule = self.options.voting;
        match (rule, self.options.ktab) {
            (VotingRule::Proportional, true) => self.vote(|d| d, |t| stakes.ktab(x, y, t)),
            (VotingRule::Proportional, false) => self.vote(|d| d, |t| stakes.better(x, y, t)),
            (_, true) => self.vote(|d| rule.vote(d), |t| stakes.ktab(x, y, t)),
            (_, false) => self.vote(|d| rule.vote(d), |t| stakes.better(x, y, t)),
        }
        (self.weight[i], self.weight[j]) = kept;
        let votes = self.votes.as_slice();
        split(|m| votes[m], votes.len())
    }

    /// Fills in the votes of third parties. The loop is kept free of branches and sums, and its slices of one length, so
    /// that it runs in lanes.
    #[inline]
    fn vote(&mut self, rule: impl Fn(f64) -> f64, better: impl Fn(Third) -> f64) {
        let count = self.votes.len();
        let (weight, own) = (&self.weight[..count], &self.own[..count]);
        let (won, lost) = (&self.won[..count], &self.lost[..count]);
        for (m, vote) in self.votes.iter_mut().enumerate() {
            let third = Third {
                lean: weight[m] * rule(won[m] - lost[m]),
                better: won[m] - lost[m],
                won: won[m] - own[m],
                lost: lost[m] - own[m],
            };
            *vote = weight[m] * rule(better(third));
        }
    }
}

/// A third party's view of two sides.
#[derive(Clone, Copy)]
struct Third {
    /// The vote that it would cast, positive for the first side.
    lean: f64,
    /// How much better the first side's position is to it than the second's.
    better: f64,
    /// The utility of the first side's position less that of its own.
    won: f64,
    /// The same of the second side's.
    lost: f64,
}

/// What a third party has at stake. Whoever wins, three positions are then held: the two sides take the winner's, and
/// the third party takes it too or keeps its own.
#[derive(Clone, Copy)]
struct Stakes {
    /// How many of the three are the winner's if the third party supported it.
    supported: f64,
    /// How many more than if it opposed it.
    loyalty: f64,
}

impl Stakes {
    fn of(commitment: Commitment) -> Stakes {
        let (supported, opposed) = match commitment {
            Commitment::None => (2.0, 2.0),
            Commitment::Semi => (2.0, 3.0),
            Commitment::Full => (3.0, 3.0),
        };
        Stakes {
            supported,
            loyalty: supported - opposed,
        }
    }

    /// How much better it is for a third party to side with the first: the expected utility of either choice, each with
    /// the chance that it itself brings about. `x`, `y`: the strengths of the two sides without it.
    ///
    /// With `h = |lean|`, siding with the first makes its chance `(x + h)/(x + y + h)`, siding with the second
    /// `x/(x + y + h)`; the difference of the two expected utilities is what stands here.
    #[inline]
    fn better(self, x: f64, y: f64, third: Third) -> f64 {
        let help = third.lean.abs();
        let swayed = self.supported * help * third.better;
        let bound = self.loyalty * (x * third.won - y * third.lost);
        (swayed + bound) / (x + y + help)
    }

    /// The same as KTAB's program reckons it: with one chance for both choices, that of the side it favours. What it
    /// does to the outcome then drops out; without and with full commitment nothing is left.
    #[inline]
    fn ktab(self, x: f64, y: f64, third: Third) -> f64 {
        let (x, y) = (x + positive(third.lean), y + positive(-third.lean));
        self.loyalty * (x * third.won - y * third.lost) / (x + y)
    }
}

/// The challenge that is worth most to whom the reckoner looks at, if one is worth anything; of equals, of the first
/// target. What differs by rounding alone is equal: sides that stand alike are worth the same, in whatever order third
/// parties are summed.
pub(super) fn best(reckoner: &mut Reckoner) -> Option<Challenge> {
    let from = reckoner.from;
    let mut most = WORTH;
    let mut worthy: Vec<Challenge> = Vec::new();
    // Most targets cannot be worth what a good one is: that is seen without asking the third parties.
    let first = reckoner.weigh();
    let others = (0..reckoner.cast.actors).filter(|j| *j != from && Some(*j) != first);
    for to in first.into_iter().chain(others) {
        if reckoner.most[to] + ROUNDING < most {
            continue;
        }
        let (chance, gain) = reckoner.reckon(to);
        if gain > WORTH && gain + ROUNDING >= most {
            most = most.max(gain);
            worthy.push(Challenge {
                from,
                to,
                chance,
                gain,
            });
        }
    }
    worthy.retain(|challenge| challenge.gain + ROUNDING >= most);
    worthy.into_iter().min_by_key(|challenge| challenge.to)
}
