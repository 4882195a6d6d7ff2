//! What a party believes that another likes, from how often it asks for what.
//!
//! The frequency model of HardHeaded (van Krimpen, Looije and Hajizadeh 2013, §3.2), like that of Agent Smith (van Galen
//! Last 2012): an option counts for as much as it was asked for, relative to the option of its issue asked for most;
//! an issue gains weight whenever the other side makes a new offer without moving on it. An offer that only repeats
//! the one before it teaches nothing.

use crate::domain::Domain;

/// How much weight an issue gains per offer that leaves it unchanged, divided by the number of issues.
const LEARNING: f64 = 0.2;

/// A guess at another party's preferences: a weighted sum over issues.
#[derive(Clone, Debug, PartialEq)]
pub struct Frequency {
    weights: Vec<f64>,
    /// For every issue, how often each option was asked for, plus one.
    counts: Vec<Vec<f64>>,
    last: Option<u32>,
}

impl Frequency {
    /// Before any offer: all issues weigh the same, all options are liked alike.
    pub fn new(domain: &Domain) -> Frequency {
        let issues = domain.issues();
        Frequency {
            weights: vec![1.0 / issues.len() as f64; issues.len()],
            counts: issues
                .iter()
                .map(|issue| vec![1.0; issue.options()])
                .collect(),
            last: None,
        }
    }

    /// Learns from an offer, given by the number of its outcome.
    pub fn see(&mut self, domain: &Domain, offer: u32) {
        if self.last == Some(offer) {
            return;
        }
        let options = domain.outcome(offer as usize);
        if let Some(last) = self.last {
            let gain = LEARNING / self.weights.len() as f64;
            let before = domain.outcome(last as usize);
            for (weight, (new, old)) in self.weights.iter_mut().zip(options.iter().zip(&before)) {
                if new == old {
                    *weight += gain;
                }
            }
            let sum: f64 = self.weights.iter().sum();
            self.weights.iter_mut().for_each(|weight| *weight /= sum);
        }
        for (counts, &k) in self.counts.iter_mut().zip(&options) {
            counts[k as usize] += 1.0;
        }
        self.last = Some(offer);
    }

    /// What every option of every issue adds to the guessed value of an outcome, which lies between 0 and 1.
    pub fn terms(&self) -> Vec<Vec<f64>> {
        self.counts
            .iter()
            .zip(&self.weights)
            .map(|(counts, weight)| {
                let most = counts.iter().copied().fold(1.0, f64::max);
                counts.iter().map(|count| weight * count / most).collect()
            })
            .collect()
    }
}
