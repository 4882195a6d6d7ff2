//! Trade-offs: of all offers that meet one's own target, the one that the others seem to like best (Faratin, Sierra and
//! Jennings 2002, with learned preferences beside similarity).
//!
//! Guessed values are weighted sums, so they are the sum of two looked-up numbers: one for the first issues of an
//! outcome, one for the last. Where the own values are sums too and there is one other party, halves of outcomes are
//! searched instead of outcomes.

use crate::preferences::Preferences;
use crate::session::halves::{Halves, Split};
use crate::session::opponent::Guess;
use crate::session::prepared::Prepared;
use crate::session::protocol::{Act, Step, Turn};
use crate::space::Space;

/// How much of the other's guessed range must be gained for the whole of the own range: what is given away for less is
/// kept, since guesses err.
const KEEP: f64 = 0.2;

/// Guessed values closer than this are equal.
const EQUAL: f64 = 1e-9;

/// One party's guesses at what all others like.
#[derive(Clone, Debug)]
pub struct Trades {
    guesses: Vec<Tabulated>,
    /// Turns of the log that were read.
    read: usize,
    /// The offer that stood after them.
    standing: Option<u32>,
    split: Split,
    /// For a number of the party's best last halves, which of them is worth most to offer, and how much.
    tops: Vec<(f64, u32)>,
}

/// A guess at one other party, with its values looked up by both halves of an outcome.
#[derive(Clone, Debug)]
struct Tabulated {
    party: usize,
    guess: Guess,
    first: Vec<f64>,
    last: Vec<f64>,
    /// Whether something was learned that is not yet looked up.
    stale: bool,
}

impl Trades {
    /// For this party, before any offer.
    pub fn new(prepared: &Prepared, party: usize) -> Trades {
        let domain = prepared.space().domain();
        let split = prepared.split();
        let places = prepared.seat(party).places();
        let guesses = (0..prepared.parties()).filter(|&other| other != party);
        let mut trades = Trades {
            guesses: guesses
                .map(|other| Tabulated {
                    party: other,
                    guess: Guess::new(domain, places),
                    first: Vec::new(),
                    last: Vec::new(),
                    stale: false,
                })
                .collect(),
            read: 0,
            standing: None,
            split,
            tops: Vec::new(),
        };
        for one in &mut trades.guesses {
            one.tabulate(split);
        }
        trades.order(prepared, party);
        trades
    }

    /// Learns from everything that was said since the last call.
    pub fn listen(&mut self, prepared: &Prepared, party: usize, log: &[Step]) {
        let domain = prepared.space().domain();
        for step in &log[self.read..] {
            let Act::Offer(offer) = step.act else {
                continue;
            };
            let refused = self.standing.replace(offer);
            if let Some(one) = self.guesses.iter_mut().find(|g| g.party == step.party) {
                one.guess.see(domain, offer, refused);
                one.stale = true;
            }
        }
        self.read = log.len();
        let mut learned = false;
        for one in self.guesses.iter_mut().filter(|one| one.stale) {
            one.guess.settle();
            one.tabulate(self.split);
            one.stale = false;
            learned = true;
        }
        if learned {
            self.order(prepared, party);
        }
    }

    /// Learns whether another party likes a proposal at least as much as what is agreed.
    pub(crate) fn learn(
        &mut self,
        prepared: &Prepared,
        other: usize,
        proposal: u32,
        agreed: u32,
        likes: bool,
    ) {
        let domain = prepared.space().domain();
        if let Some(one) = self.guesses.iter_mut().find(|one| one.party == other) {
            let (better, worse) = if likes {
                (proposal, agreed)
            } else {
                (agreed, proposal)
            };
            one.guess.prefers(domain, better, worse);
            one.stale = true;
        }
    }

    /// The `count` outcomes that the others seem to like best of those worth at least `needed` to a party and better than
    /// what is agreed for it or, as it seems, for the others; the best first.
    pub(crate) fn improvements(
        &mut self,
        (prepared, party, agreed): (&Prepared, usize, u32),
        needed: f64,
        count: usize,
    ) -> Vec<u32> {
        for one in self.guesses.iter_mut().filter(|one| one.stale) {
            one.tabulate(self.split);
            one.stale = false;
        }
        let keep = keep(prepared, party);
        let liked = self.liking(agreed) + EQUAL;
        let mut found: Vec<(f64, u32)> = Vec::new();
        for &outcome in prepared.seat(party).at_least(needed) {
            let (liking, own) = (self.liking(outcome), prepared.value(party, outcome));
            if own > needed || liking > liked {
                found.push((liking + keep * own, outcome));
            }
        }
        let order = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if (1..found.len()).contains(&count) {
            found.select_nth_unstable_by(count, order);
        }
        found.truncate(count);
        found.sort_unstable_by(order);
        found.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// How much the party that seems to like an outcome least seems to like it.
    fn liking(&self, outcome: u32) -> f64 {
        let (first, last) = self.split.parts(outcome);
        self.guesses
            .iter()
            .map(|one| one.first[first] + one.last[last])
            .fold(f64::INFINITY, f64::min)
    }

    /// Whether the others seem to like the first outcome better than the second.
    pub fn likes_better(&self, first: u32, second: u32) -> bool {
        self.liking(first) > self.liking(second) + EQUAL
    }

    /// Of these outcomes, the one to offer for the party that is to act; of equal ones, the first.
    pub fn best(&self, turn: &Turn, outcomes: &[u32]) -> Option<u32> {
        let keep = keep(turn.prepared, turn.party);
        let mut best = None;
        let mut most = f64::NEG_INFINITY;
        for &outcome in outcomes {
            let worth = self.liking(outcome) + keep * turn.prepared.value(turn.party, outcome);
            if worth > most + EQUAL {
                most = worth;
                best = Some(outcome);
            }
        }
        best
    }

    /// Of all outcomes worth at least `target` to the party that is to act, the one to offer.
    pub fn best_above(&self, turn: &Turn, target: f64) -> Option<u32> {
        let own = turn.own();
        let found = match (own.halves(), self.guesses.as_slice()) {
            (Some(halves), [guess]) => self.meet(turn, halves, guess, target),
            _ => None,
        };
        // Sums of halves are rounded otherwise than sums of issues: what just misses the target is no answer.
        match found.filter(|&outcome| turn.prepared.value(turn.party, outcome) >= target) {
            Some(outcome) => Some(outcome),
            None => self.best(turn, own.at_least(target)),
        }
    }

    /// The same from halves: the worse the first half, the fewer last halves still meet the target with it.
    fn meet(&self, turn: &Turn, halves: &Halves, guess: &Tabulated, target: f64) -> Option<u32> {
        let keep = keep(turn.prepared, turn.party);
        let mut count = halves.last.len();
        let mut best = None;
        let mut most = f64::NEG_INFINITY;
        for &(own, first) in &halves.first {
            let needed = target - own - halves.slack;
            while count > 0 && halves.last[count - 1].0 < needed {
                count -= 1;
            }
            if count == 0 {
                break;
            }
            let (top, last) = self.tops[count - 1];
            let worth = guess.first[first as usize] + keep * own + top;
            if worth > most + EQUAL {
                most = worth;
                best = Some(first * self.split.block + last);
            }
        }
        best
    }

    /// Finds the last halves worth most to offer anew.
    fn order(&mut self, prepared: &Prepared, party: usize) {
        let (Some(halves), [guess]) = (prepared.seat(party).halves(), self.guesses.as_slice())
        else {
            return;
        };
        let keep = keep(prepared, party);
        let mut top = (f64::NEG_INFINITY, 0);
        self.tops.clear();
        self.tops.extend(halves.last.iter().map(|&(own, last)| {
            let worth = guess.last[last as usize] + keep * own;
            if worth > top.0 + EQUAL {
                top = (worth, last);
            }
            top
        }));
    }
}

/// What one unit of own value weighs beside what the others seem to like.
fn keep(prepared: &Prepared, party: usize) -> f64 {
    let own = prepared.seat(party);
    let width = own.highest() - own.lowest();
    if width > 0.0 { KEEP / width } else { 0.0 }
}

impl Tabulated {
    fn tabulate(&mut self, split: Split) {
        let terms = self.guess.terms();
        let tail = terms.len() - split.head;
        sums(&mut self.first, self.guess.terms().take(split.head));
        sums(&mut self.last, terms.rev().take(tail).rev());
    }
}

/// All sums of one term per issue, the last issue running fastest.
fn sums<'a>(sums: &mut Vec<f64>, terms: impl Iterator<Item = &'a [f64]>) {
    sums.clear();
    sums.push(0.0);
    for terms in terms {
        // From the back, so that no sum is overwritten before it is read.
        let before = sums.len();
        sums.resize(before * terms.len(), 0.0);
        for row in (0..before).rev() {
            let sum = sums[row];
            for (k, term) in terms.iter().enumerate().rev() {
                sums[row * terms.len() + k] = sum + term;
            }
        }
    }
}

/// The options' places in a party's own order, issue by issue, from its worst to its best; equal ones share a place.
/// Without a weighted sum there is no order of options, and they all share one.
pub(crate) fn places(space: &Space, party: &Preferences) -> Vec<f64> {
    match party.as_additive() {
        Some(additive) => additive.scores.iter().flat_map(|s| ordered(s)).collect(),
        None => {
            let issues = space.domain().issues().iter();
            vec![0.0; issues.map(|issue| issue.options()).sum()]
        }
    }
}

fn ordered(scores: &[f64]) -> Vec<f64> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    scores
        .iter()
        .map(|score| {
            let below = sorted.partition_point(|s| s < score);
            let up_to = sorted.partition_point(|s| s <= score);
            (below + up_to - 1) as f64 / 2.0
        })
        .collect()
}
