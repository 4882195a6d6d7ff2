//! Trade-offs: of all offers that meet one's own target, the one that the others seem to like best (Faratin, Sierra and
//! Jennings 2002, with learned preferences in place of similarity).
//!
//! Guessed values are weighted sums, so they are the sum of two looked-up numbers: one for the first issues of an
//! outcome, one for the last. That makes a look over all offers that meet the target cheap.

use crate::session::opponent::Frequency;
use crate::session::prepared::Prepared;
use crate::session::protocol::{Act, Turn};

/// One party's guesses at what all others like.
#[derive(Clone, Debug)]
pub struct Trades {
    models: Vec<Guess>,
    /// Turns of the log that were read.
    read: usize,
    /// Outcomes that share their first options.
    block: usize,
    /// Number of the last issues in a block.
    tail: usize,
}

/// A model of one other party, and its values looked up by block and by place in the block.
#[derive(Clone, Debug)]
struct Guess {
    party: usize,
    model: Frequency,
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
        let models = (0..prepared.parties())
            .filter(|&other| other != party)
            .map(|other| Guess::new(other, Frequency::new(domain), tail))
            .collect();
        Trades {
            models,
            read: 0,
            block,
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
            if let Some(guess) = self.models.iter_mut().find(|g| g.party == step.party) {
                guess.model.see(domain, offer);
                guess.tabulate(self.tail);
            }
        }
        self.read = turn.log.len();
    }

    /// How much the party that seems to like an outcome least seems to like it, from 0 to 1.
    pub fn liking(&self, outcome: u32) -> f64 {
        let (first, last) = (outcome as usize / self.block, outcome as usize % self.block);
        self.models
            .iter()
            .map(|guess| guess.first[first] + guess.last[last])
            .fold(f64::INFINITY, f64::min)
    }

    /// Of these outcomes, the one liked best; of equal ones, the first.
    pub fn best(&self, outcomes: &[u32]) -> Option<u32> {
        let mut best = None;
        let mut most = f64::NEG_INFINITY;
        for &outcome in outcomes {
            let liking = self.liking(outcome);
            // Beyond rounding, so that equal guesses stay equal.
            if liking > most + 1e-12 {
                most = liking;
                best = Some(outcome);
            }
        }
        best
    }
}

impl Guess {
    fn new(party: usize, model: Frequency, tail: usize) -> Guess {
        let mut guess = Guess {
            party,
            model,
            first: Vec::new(),
            last: Vec::new(),
        };
        guess.tabulate(tail);
        guess
    }

    fn tabulate(&mut self, tail: usize) {
        let terms = self.model.terms();
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
