//! Trade-offs: of all offers that meet one's own target, the one that the others seem to like best (Faratin, Sierra and
//! Jennings 2002, with learned preferences beside similarity).
//!
//! Guessed values are weighted sums, so they are the sum of two looked-up numbers: one for the first issues of an
//! outcome, one for the last. That makes a look over all offers that meet the target cheap.

use crate::preferences::Preferences;
use crate::session::opponent::Guess;
use crate::session::prepared::Prepared;
use crate::session::protocol::{Act, Turn};

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
    /// Outcomes that share their first options.
    block: u32,
    /// Number of the last issues, which differ in a block.
    tail: usize,
}

/// A guess at one other party, with its values looked up by block and by place in the block.
#[derive(Clone, Debug)]
struct Tabulated {
    party: usize,
    guess: Guess,
    first: Vec<f64>,
    last: Vec<f64>,
}

impl Trades {
    /// For this party, before any offer.
    pub fn new(prepared: &Prepared, party: usize) -> Trades {
        let domain = prepared.space().domain();
        let mut block = 1_usize;
        let mut tail = 0;
        for issue in domain.issues().iter().rev() {
            if block * block >= prepared.outcomes() {
                break;
            }
            block *= issue.options();
            tail += 1;
        }
        let places = places(prepared, &prepared.space().parties()[party]);
        let guesses = (0..prepared.parties())
            .filter(|&other| other != party)
            .map(|other| {
                let mut one = Tabulated {
                    party: other,
                    guess: Guess::new(domain, places.clone()),
                    first: Vec::new(),
                    last: Vec::new(),
                };
                one.tabulate(tail);
                one
            })
            .collect();
        Trades {
            guesses,
            read: 0,
            standing: None,
            // It divides the number of outcomes, which is bounded.
            block: block as u32,
            tail,
        }
    }

    /// Learns from everything that was said since the last call.
    pub fn listen(&mut self, turn: &Turn) {
        let domain = turn.prepared.space().domain();
        for step in &turn.log[self.read..] {
            let Act::Offer(offer) = step.act else {
                continue;
            };
            let refused = self.standing.replace(offer);
            if let Some(one) = self.guesses.iter_mut().find(|g| g.party == step.party) {
                let refused = refused.map(|o| domain.outcome(o as usize));
                one.guess
                    .see(&domain.outcome(offer as usize), refused.as_ref());
                one.tabulate(self.tail);
            }
        }
        self.read = turn.log.len();
    }

    /// How much the party that seems to like an outcome least seems to like it.
    fn liking(&self, outcome: u32) -> f64 {
        let first = (outcome / self.block) as usize;
        let last = (outcome % self.block) as usize;
        self.guesses
            .iter()
            .map(|one| one.first[first] + one.last[last])
            .fold(f64::INFINITY, f64::min)
    }

    /// Whether the others seem to like the first outcome better than the second.
    pub fn likes_better(&self, first: u32, second: u32) -> bool {
        self.liking(first) > self.liking(second) + EQUAL
    }

    /// Of these outcomes, sorted by their value to the party that is to act, the one to offer; of equal ones, the first.
    pub fn best(&self, turn: &Turn, outcomes: &[u32]) -> Option<u32> {
        let own = turn.own();
        let width = own.highest() - own.lowest();
        let keep = if width > 0.0 { KEEP / width } else { 0.0 };
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
}

impl Tabulated {
    fn tabulate(&mut self, tail: usize) {
        let terms = self.guess.terms();
        let (first, last) = terms.split_at(terms.len() - tail);
        self.first = sums(first);
        self.last = sums(last);
    }
}

/// All sums of one term per issue, the last issue running fastest.
fn sums(terms: &[Vec<f64>]) -> Vec<f64> {
    terms.iter().fold(vec![0.0], |sums, terms| {
        let longer = |sum: f64| terms.iter().map(move |term| sum + term);
        sums.into_iter().flat_map(longer).collect()
    })
}

/// The options' places in a party's own order, issue by issue, from its worst to its best; equal ones share a place.
/// Without a weighted sum there is no order of options, and they all share one.
fn places(prepared: &Prepared, party: &Preferences) -> Vec<Vec<f64>> {
    match party.as_additive() {
        Some(additive) => additive.scores.iter().map(|s| ordered(s)).collect(),
        None => {
            let issues = prepared.space().domain().issues().iter();
            issues.map(|issue| vec![0.0; issue.options()]).collect()
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
