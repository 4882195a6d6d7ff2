//! One possible exchange, and what becomes of it when others are made.

use crate::error::StakeholderError;
use crate::simple::{Weight, weighed};
use crate::table::Stakeholders;

/// What holds for a round; positions in hundredths of the scale.
pub(super) struct Floor {
    pub actors: usize,
    pub issues: usize,
    /// Actor by actor.
    pub positions: Vec<Option<f64>>,
    pub salience: Vec<f64>,
    /// Influence times salience.
    weight: Vec<f64>,
    /// Per issue, the sum of weights.
    sums: Vec<f64>,
    /// Per issue, the outcome without exchanges.
    outcomes: Vec<f64>,
}

impl Floor {
    pub fn new(table: &Stakeholders) -> Result<Floor, StakeholderError> {
        let (actors, issues) = (table.actors().len(), table.issues().len());
        for issue in 0..issues {
            weighed(table, issue, Weight::Both)?;
        }
        let all = (0..actors * issues).map(|at| (at / issues, at % issues));
        let position = |(a, k): (usize, usize)| {
            table
                .stance(a, k)
                .map(|stance| 100.0 * table.issues()[k].share(stance.position))
        };
        let salience = |(a, k): (usize, usize)| table.stance(a, k).map_or(0.0, |s| s.salience);
        let mut floor = Floor {
            actors,
            issues,
            positions: all.clone().map(position).collect(),
            salience: all.clone().map(salience).collect(),
            weight: all
                .map(|at| table.actors()[at.0].influence * salience(at))
                .collect(),
            sums: Vec::new(),
            outcomes: Vec::new(),
        };
        floor.sums = (0..issues)
            .map(|k| floor.weight.iter().skip(k).step_by(issues).sum())
            .collect();
        floor.reckon();
        Ok(floor)
    }

    /// Finds the outcomes without exchanges.
    pub fn reckon(&mut self) {
        self.outcomes = (0..self.issues)
            .map(|k| self.outcome(k, &self.positions))
            .collect();
    }

    /// The compromise on an issue.
    pub fn outcome(&self, issue: usize, positions: &[Option<f64>]) -> f64 {
        let held = positions.iter().skip(issue).step_by(self.issues);
        let weights = self.weight.iter().skip(issue).step_by(self.issues);
        let sum: f64 = held.zip(weights).map(|(x, w)| x.unwrap_or(0.0) * w).sum();
        sum / self.sums[issue]
    }

    /// Whether an actor has a stance, and weight, on an issue.
    pub fn stands(&self, actor: usize, issue: usize) -> bool {
        let at = actor * self.issues + issue;
        self.positions[at].is_some() && self.weight[at] > 0.0
    }

    /// Whether it stands left of the outcome.
    pub fn left(&self, actor: usize, issue: usize) -> bool {
        self.position(actor, issue) < self.outcomes[issue]
    }

    fn position(&self, actor: usize, issue: usize) -> f64 {
        self.positions[actor * self.issues + issue].unwrap_or(0.0)
    }

    fn salience(&self, actor: usize, issue: usize) -> f64 {
        self.salience[actor * self.issues + issue]
    }

    /// How far a unit's move of an actor shifts the outcome of an issue.
    fn leverage(&self, actor: usize, issue: usize) -> f64 {
        self.weight[actor * self.issues + issue] / self.sums[issue]
    }
}

/// One side of a possible exchange.
#[derive(Clone, Debug)]
pub(super) struct Party {
    pub actor: usize,
    /// Where it gives way.
    pub supply: usize,
    /// Where it is given way.
    demand: usize,
    /// Where it stands on the issue it supplies, after exchanges already made there.
    pub from: f64,
    /// Where it would vote.
    pub vote: f64,
    /// Its move; also the moves it planned before, which later ones must not turn against.
    moves: Vec<f64>,
}

/// A possible exchange.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub sides: [Party; 2],
    pub gain: f64,
    pub valid: bool,
    /// Votes of third actors on the two issues that exchanges with one of this pair have brought about.
    updates: Vec<(usize, usize, f64)>,
}

/// Moves and gains below this are none.
const NOTHING: f64 = 1e-10;
/// What rounding may add to a position.
const ROUNDING: f64 = 1e-9;

impl Pair {
    /// The exchange of actors `i` and `j` on issues `p` and `q`: who cares relatively more for `p` demands it.
    pub fn new(floor: &Floor, i: usize, j: usize, p: usize, q: usize) -> Pair {
        let ratio = |a: usize| floor.salience(a, p) / floor.salience(a, q);
        let (first, second) = if ratio(i) < ratio(j) { (j, i) } else { (i, j) };
        let party = |actor: usize, supply: usize, demand: usize| Party {
            actor,
            supply,
            demand,
            from: floor.position(actor, supply),
            vote: floor.position(actor, supply),
            moves: Vec::new(),
        };
        let mut pair = Pair {
            sides: [party(first, q, p), party(second, p, q)],
            gain: 0.0,
            valid: true,
            updates: Vec::new(),
        };
        pair.reckon(floor);
        pair
    }

    /// Where the other side of `side` wants the issue that `side` supplies.
    fn wanted(&self, floor: &Floor, side: usize) -> f64 {
        floor.position(self.sides[1 - side].actor, self.sides[side].supply)
    }

    /// What both sides together give for a unit of shift on the issue that `side` supplies, in units of the other.
    fn rate(&self, floor: &Floor, side: usize) -> f64 {
        let (own, other) = (&self.sides[side], &self.sides[1 - side]);
        let sum =
            |issue: usize| floor.salience(own.actor, issue) + floor.salience(other.actor, issue);
        sum(own.supply) / sum(own.demand)
    }

    /// Moves `side` by a length, and the other side by as much as makes gains equal.
    fn balance(&self, floor: &Floor, side: usize, length: f64) -> [f64; 2] {
        let (own, other) = (&self.sides[side], &self.sides[1 - side]);
        let shift = length * floor.leverage(own.actor, own.supply);
        let back = shift * self.rate(floor, side) / floor.leverage(other.actor, other.supply);
        let mut lengths = [back; 2];
        lengths[side] = length;
        lengths
    }

    /// Finds moves, votes, the gain, and whether the exchange can be made.
    fn reckon(&mut self, floor: &Floor) {
        let far = [0, 1].map(|side| (self.wanted(floor, side) - self.sides[side].from).abs());
        // The second side goes all the way, unless the first would then have to go too far.
        let mut lengths = self.balance(floor, 1, far[1]);
        if lengths[0].abs() > far[0] {
            lengths = self.balance(floor, 0, far[0]);
        }
        self.plan(floor, lengths, false);
        self.valid = self.moves_hold() && self.gain >= NOTHING;
        for side in 0..2 {
            if self.valid {
                self.not_beyond(floor, side);
            }
        }
    }

    /// Sets moves of given lengths, in place of the last ones planned or after them.
    fn plan(&mut self, floor: &Floor, lengths: [f64; 2], again: bool) {
        let wanted = [0, 1].map(|side| self.wanted(floor, side));
        for ((party, length), wanted) in self.sides.iter_mut().zip(lengths).zip(wanted) {
            let step = if party.from > wanted { -length } else { length };
            if again {
                party.moves.pop();
            }
            party.moves.push(step);
            party.vote = party.from + step;
        }
        let first = &self.sides[0];
        let shift = |side: usize| {
            let party = &self.sides[side];
            lengths[side] * floor.leverage(party.actor, party.supply)
        };
        let gives = shift(0) * floor.salience(first.actor, first.supply);
        let gets = shift(1) * floor.salience(first.actor, first.demand);
        self.gain = (gives - gets).abs();
    }

    fn moves_hold(&self) -> bool {
        self.sides.iter().all(|party| {
            let step = party.moves.last().copied().unwrap_or(0.0);
            let on_scale = (-ROUNDING..=100.0 + ROUNDING).contains(&(party.from + step));
            let one_way =
                party.moves.iter().all(|m| *m > 0.0) || party.moves.iter().all(|m| *m < 0.0);
            let total: f64 = party.moves.iter().sum();
            step.abs() > NOTHING
                && step.abs() <= 100.0 + ROUNDING
                && on_scale
                && one_way
                && total <= 100.0 + ROUNDING
        })
    }

    /// Shortens the moves where that of `side` would push the outcome beyond what the other side wants.
    fn not_beyond(&mut self, floor: &Floor, side: usize) {
        let (from, vote) = (self.sides[side].from, self.sides[side].vote);
        let (before, after) = (
            self.outcome(floor, side, from),
            self.outcome(floor, side, vote),
        );
        let wanted = self.wanted(floor, side);
        let (a, b) = (wanted - before, wanted - after);
        if (a >= 0.0 && b >= 0.0) || (a <= 0.0 && b <= 0.0) {
            return;
        }
        let party = &self.sides[side];
        let length = (a / floor.leverage(party.actor, party.supply)).abs();
        let lengths = self.balance(floor, side, length);
        self.plan(floor, lengths, true);
        self.valid = self.moves_hold();
    }

    /// The outcome of the issue that `side` supplies, with it at `position` and others where the pair knows them.
    fn outcome(&self, floor: &Floor, side: usize, position: f64) -> f64 {
        let (actor, issue) = (self.sides[side].actor, self.sides[side].supply);
        let mut outcome = floor.outcomes[issue];
        outcome += (position - floor.position(actor, issue)) * floor.leverage(actor, issue);
        for (who, what, vote) in &self.updates {
            if *what == issue && *who != actor {
                outcome += (vote - floor.position(*who, issue)) * floor.leverage(*who, issue);
            }
        }
        outcome
    }

    /// Reckons anew if `done` has moved one of the sides, or has given one of them what it demands here too.
    pub fn after(&mut self, floor: &Floor, done: &Pair) {
        let mut again = false;
        for party in &mut self.sides {
            let same = |side: &&Party| side.actor == party.actor && side.supply == party.supply;
            if let Some(side) = done.sides.iter().find(same) {
                party.from = side.vote;
                party.moves.extend(side.moves.last());
                again = true;
            }
        }
        for side in [1, 0] {
            let (taker, giver) = (&done.sides[side], &done.sides[1 - side]);
            let gets = |party: &Party| party.actor == taker.actor && party.demand == taker.demand;
            if self.sides.iter().any(gets) {
                self.update(floor, giver);
                again = true;
            }
        }
        if again {
            for party in &mut self.sides {
                party.moves.pop();
            }
            self.reckon(floor);
        }
    }

    /// Notes the vote of a third actor; of several, the one nearest to where it stood.
    fn update(&mut self, floor: &Floor, giver: &Party) {
        let start = floor.position(giver.actor, giver.supply);
        let known = self
            .updates
            .iter_mut()
            .find(|(who, what, _)| *who == giver.actor && *what == giver.supply);
        match known {
            Some((_, _, vote)) => {
                *vote = if start <= *vote {
                    vote.min(giver.vote)
                } else {
                    vote.max(giver.vote)
                };
            }
            None => self.updates.push((giver.actor, giver.supply, giver.vote)),
        }
    }
}
