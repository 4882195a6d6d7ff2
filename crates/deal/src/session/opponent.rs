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

use crate::domain::{Domain, Outcome};

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
    weights: Vec<f64>,
    /// For every issue, how often each option was asked for, similarity included.
    counts: Vec<Vec<f64>>,
    /// For every issue, the options' places in the observer's own order, from its worst to its best.
    places: Vec<Vec<f64>>,
    /// Different offers made, in order.
    asked: Vec<Outcome>,
    /// Different offers of others refused, in order.
    refused: Vec<Outcome>,
    last: Option<Outcome>,
}

impl Guess {
    /// Before any offer: all issues weigh the same, all options are liked alike. `places` are the options' places in the
    /// observer's own order, issue by issue.
    pub fn new(domain: &Domain, places: Vec<Vec<f64>>) -> Guess {
        let issues = domain.issues().len();
        Guess {
            weights: vec![1.0 / issues as f64; issues],
            counts: places.iter().map(|p| vec![1.0; p.len()]).collect(),
            places,
            asked: Vec::new(),
            refused: Vec::new(),
            last: None,
        }
    }

    /// Learns that the party made an offer, and which standing offer it refused thereby.
    pub fn see(&mut self, offer: &Outcome, refused: Option<&Outcome>) {
        if let Some(refused) = refused.filter(|refused| !self.refused.contains(refused)) {
            self.refused.push(refused.clone());
        }
        match self.last.replace(offer.clone()) {
            None => self.begin(offer),
            Some(last) if last == *offer => return,
            Some(last) => self.weigh(offer, &last),
        }
        for (counts, &k) in self.counts.iter_mut().zip(offer) {
            counts[k as usize] += 1.0;
        }
        if !self.asked.contains(offer) {
            self.asked.push(offer.clone());
        }
    }

    fn begin(&mut self, first: &[u32]) {
        for ((counts, &k), places) in self.counts.iter_mut().zip(first).zip(&self.places) {
            let (favourite, options) = (k as usize, places.len() as f64);
            for (j, count) in counts.iter_mut().enumerate() {
                let apart = (places[j] - places[favourite]).abs();
                // What the observer finds equal is not what was asked for.
                let apart = if j == favourite { 0.0 } else { apart.max(0.5) };
                *count = SIMILARITY * (1.0 - apart / options);
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

    /// What every option of every issue adds to the guessed value of an outcome.
    pub fn terms(&self) -> Vec<Vec<f64>> {
        let mut terms: Vec<Vec<f64>> = self
            .counts
            .iter()
            .zip(&self.weights)
            .map(|(counts, weight)| {
                let most = counts.iter().copied().fold(1.0, f64::max);
                counts.iter().map(|count| weight * count / most).collect()
            })
            .collect();
        for _ in 0..PASSES {
            let mut settled = true;
            for refused in self.refused.iter().rev().take(MEMORY) {
                for asked in self.asked.iter().rev().take(MEMORY) {
                    settled &= !separate(&mut terms, asked, refused);
                }
            }
            if settled {
                break;
            }
        }
        terms
    }
}

/// Moves values so that `asked` is worth more than `refused` by the margin; whether it had to.
fn separate(terms: &mut [Vec<f64>], asked: &[u32], refused: &[u32]) -> bool {
    let mut gap = 0.0;
    let mut differing = 0.0;
    for ((&a, &b), terms) in asked.iter().zip(refused).zip(terms.iter()) {
        if a != b {
            gap += terms[a as usize] - terms[b as usize];
            differing += 1.0;
        }
    }
    if differing == 0.0 || gap >= MARGIN - 1e-12 {
        return false;
    }
    let step = (MARGIN - gap) / (2.0 * differing);
    for ((&a, &b), terms) in asked.iter().zip(refused).zip(terms.iter_mut()) {
        if a != b {
            terms[a as usize] += step;
            terms[b as usize] -= step;
        }
    }
    true
}
