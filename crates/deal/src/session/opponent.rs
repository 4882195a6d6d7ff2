//! What a party believes that another likes, from what it asks for and what it refuses.
//!
//! The core is the frequency model of HardHeaded (van Krimpen, Looije and Hajizadeh 2013, §3.2), like that of Agent Smith
//! (van Galen Last 2012): an option counts for as much as it was asked for, relative to the option of its issue asked
//! for most; an issue gains weight whenever the other side makes a new offer without moving on it. Three things are
//! added, because a session is often decided before frequencies say much:
//!
//! - Counts do not start alike: the first offer of the other side shows its favourite option of every issue, and the
//!   other options start with less the farther they lie from it in the observer's own order (the similarity of Faratin,
//!   Sierra and Jennings 2002).
//! - Whoever answers an offer by one of its own prefers its own: guessed values are moved, as little as possible, until
//!   what was asked for is worth more than what was refused by a margin (the passive-aggressive rule of Crammer and
//!   others 2006).
//! - An offer that only repeats the one before it teaches nothing.

use crate::domain::Domain;

/// How much weight an issue gains per offer that leaves it unchanged, divided by the number of issues.
const LEARNING: f64 = 0.2;

/// For how many offers the similarity to the first offer counts.
const SIMILARITY: f64 = 20.0;

/// By how much an offer made must be worth more than an offer refused; all values lie about between 0 and 1.
const MARGIN: f64 = 0.2;

/// How often all comparisons are gone through.
const PASSES: usize = 5;

/// Only so many of the latest offers, made and refused, are compared.
const MEMORY: usize = 30;

/// A guess at another party's preferences: a weighted sum over issues.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Where the options of every issue begin in the lists over all options.
    begins: Vec<usize>,
    weights: Vec<f64>,
    /// How often each option was asked for, similarity included.
    counts: Vec<f64>,
    /// The options' places in the observer's own order, issue by issue, from its worst to its best.
    places: Vec<f64>,
    /// What each option adds to the guessed value of an outcome.
    terms: Vec<f64>,
    /// Different offers made, in order.
    asked: Offers,
    /// Different offers of others refused, in order.
    refused: Offers,
    last: Option<u32>,
}

/// Different offers: their numbers, and their options as positions in the lists over all options.
#[derive(Clone, Debug, Default, PartialEq)]
struct Offers {
    numbers: Vec<u32>,
    options: Vec<u32>,
}

impl Offers {
    /// Adds an offer, if it is new.
    fn add(&mut self, number: u32, options: &[u32]) {
        if !self.numbers.contains(&number) {
            self.numbers.push(number);
            self.options.extend(options);
        }
    }

    /// The latest offers, the last one first, each of so many issues.
    fn latest(&self, issues: usize) -> impl Iterator<Item = &[u32]> {
        self.options.chunks_exact(issues).rev().take(MEMORY)
    }
}

impl Guess {
    /// Before any offer: all issues weigh the same, all options are liked alike. `places` are the options' places in the
    /// observer's own order, issue by issue.
    pub fn new(domain: &Domain, places: &[f64]) -> Guess {
        let issues = domain.issues().len();
        let mut options = 0;
        let begins = domain.issues().iter().map(|issue| {
            options += issue.options();
            options - issue.options()
        });
        let begins = begins.collect();
        let mut guess = Guess {
            begins,
            weights: vec![1.0 / issues as f64; issues],
            counts: vec![1.0; options],
            places: places.to_vec(),
            terms: vec![0.0; options],
            asked: Offers::default(),
            refused: Offers::default(),
            last: None,
        };
        guess.add_up();
        guess
    }

    /// Learns that the party made an offer, and which standing offer it refused thereby. Guessed values follow with
    /// [`settle`](Guess::settle).
    pub fn see(&mut self, domain: &Domain, offer: u32, refused: Option<u32>) {
        let options = self.options(domain, offer);
        if let Some(refused) = refused {
            let options = self.options(domain, refused);
            self.refused.add(refused, &options);
        }
        match self.last.replace(offer) {
            None => self.begin(&options),
            Some(last) if last != offer => {
                let last = self.options(domain, last);
                self.weigh(&options, &last);
            }
            // A repeated offer teaches only what it refuses.
            Some(_) => return,
        }
        for &k in &options {
            self.counts[k as usize] += 1.0;
        }
        self.asked.add(offer, &options);
    }

    /// Brings guessed values up to date with everything seen.
    pub fn settle(&mut self) {
        self.add_up();
        self.compare();
    }

    /// Learns that the party likes one outcome at least as much as another, by guessed values moved as little as possible
    /// until they say so. It holds until guessed values are brought up to date anew.
    pub fn prefers(&mut self, domain: &Domain, better: u32, worse: u32) {
        let (better, worse) = (self.options(domain, better), self.options(domain, worse));
        separate(&mut self.terms, &better, &worse, 0.0);
    }

    /// What every option of every issue adds to the guessed value of an outcome, issue by issue.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = &[f64]> + ExactSizeIterator {
        (0..self.begins.len()).map(|issue| &self.terms[self.range(issue)])
    }

    fn range(&self, issue: usize) -> std::ops::Range<usize> {
        let end = self.begins.get(issue + 1).copied();
        self.begins[issue]..end.unwrap_or(self.terms.len())
    }

    fn options(&self, domain: &Domain, outcome: u32) -> Vec<u32> {
        let mut options = domain.outcome(outcome as usize);
        for (k, begin) in options.iter_mut().zip(&self.begins) {
            *k += *begin as u32;
        }
        options
    }

    fn begin(&mut self, first: &[u32]) {
        for (issue, &favourite) in first.iter().enumerate() {
            let range = self.range(issue);
            let options = range.len() as f64;
            for j in range {
                let apart = (self.places[j] - self.places[favourite as usize]).abs();
                // What the observer finds equal is not what was asked for.
                let apart = if j == favourite as usize {
                    0.0
                } else {
                    apart.max(0.5)
                };
                self.counts[j] = SIMILARITY * (1.0 - apart / options);
            }
        }
    }

    fn weigh(&mut self, offer: &[u32], before: &[u32]) {
        let gain = LEARNING / self.weights.len() as f64;
        for (weight, (new, old)) in self.weights.iter_mut().zip(offer.iter().zip(before)) {
            if new == old {
                *weight += gain;
            }
        }
        let sum: f64 = self.weights.iter().sum();
        self.weights.iter_mut().for_each(|weight| *weight /= sum);
    }

    fn add_up(&mut self) {
        for issue in 0..self.begins.len() {
            let range = self.range(issue);
            let most = self.counts[range.clone()]
                .iter()
                .copied()
                .fold(1.0, f64::max);
            let share = self.weights[issue] / most;
            for j in range {
                self.terms[j] = share * self.counts[j];
            }
        }
    }

    /// Moves values until the latest offers asked for are worth more than the latest ones refused.
    fn compare(&mut self) {
        let issues = self.begins.len();
        let terms = &mut self.terms;
        for _ in 0..PASSES {
            let mut settled = true;
            for refused in self.refused.latest(issues) {
                for asked in self.asked.latest(issues) {
                    settled &= !separate(terms, asked, refused, MARGIN);
                }
            }
            if settled {
                break;
            }
        }
    }
}

/// Moves values so that `asked` is worth more than `refused` by this margin; whether it had to.
fn separate(terms: &mut [f64], asked: &[u32], refused: &[u32], margin: f64) -> bool {
    let mut gap = 0.0;
    let mut differing = 0.0;
    for (&a, &b) in asked.iter().zip(refused) {
        gap += terms[a as usize] - terms[b as usize];
        differing += if a == b { 0.0 } else { 1.0 };
    }
    if differing == 0.0 || gap >= margin - 1e-12 {
        return false;
    }
    let step = (margin - gap) / (2.0 * differing);
    for (&a, &b) in asked.iter().zip(refused) {
        if a != b {
            terms[a as usize] += step;
            terms[b as usize] -= step;
        }
    }
    true
}
