//! Weighted sums ready for adding: the terms of all options, and the rounding that keeps equal sums equal.
//!
//! In binary arithmetic 0.1 + 0.2 is not 0.3, and two outcomes that are worth the same on paper may seem to dominate
//! one another. After every addition a sum is therefore rounded to twelve digits of the party's scale. Enumeration,
//! merging and the value of a single outcome add in the same order, so that they agree to the last bit.

use crate::preferences::Additive;

/// Digits kept.
const DIGITS: i32 = 12;

/// Adding and subtracting this rounds a number of smaller size to a whole one (to the even one of two).
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// Whole numbers up to here are rounded correctly by it.
const LARGEST: f64 = 2_251_799_813_685_248.0;

/// Rounds numbers to a decimal place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rounding {
    /// To multiples of one over this power of ten.
    To(f64),
    /// Not at all: the numbers are too large.
    Off,
}

impl Rounding {
    /// For numbers of at most this size.
    pub(crate) fn of(bound: f64) -> Rounding {
        let place = if bound > 0.0 {
            DIGITS - bound.log10().ceil() as i32
        } else {
            DIGITS
        };
        // Powers of ten are exact between these.
        let scale = 10_f64.powi(place.clamp(0, 22));
        if bound * scale < LARGEST {
            Rounding::To(scale)
        } else {
            Rounding::Off
        }
    }

    #[inline]
    pub(crate) fn round(self, x: f64) -> f64 {
        match self {
            Rounding::To(scale) => to_multiple(x, scale),
            Rounding::Off => x,
        }
    }
}

#[inline]
fn to_multiple(x: f64, scale: f64) -> f64 {
    ((x * scale + WHOLE) - WHOLE) / scale
}

/// A weighted sum: what every option of every issue adds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sum {
    /// For every issue, the term of each option.
    terms: Vec<Vec<f64>>,
    rounding: Rounding,
    /// No sum counts for more.
    pub(crate) ceiling: f64,
}

impl Sum {
    pub(crate) fn of(additive: &Additive) -> Sum {
        let terms: Vec<Vec<f64>> = additive
            .scores
            .iter()
            .zip(&additive.weights)
            .map(|(scores, weight)| scores.iter().map(|score| weight * score).collect())
            .collect();
        let largest = |terms: &Vec<f64>| terms.iter().map(|term| term.abs()).fold(0.0, f64::max);
        Sum {
            rounding: Rounding::of(terms.iter().map(largest).sum()),
            terms,
            ceiling: additive.ceiling,
        }
    }

    /// What the options of an issue add.
    pub(crate) fn terms(&self, issue: usize) -> &[f64] {
        &self.terms[issue]
    }

    pub(crate) fn issues(&self) -> usize {
        self.terms.len()
    }

    /// A sum and one more term.
    #[inline]
    pub(crate) fn add(&self, sum: f64, term: f64) -> f64 {
        self.rounding.round(sum + term)
    }

    /// Appends to `into` every sum with every term of `terms`, the terms running fastest.
    pub(crate) fn extend(&self, into: &mut Vec<f64>, sums: &[f64], terms: &[f64]) {
        into.reserve_exact(sums.len() * terms.len());
        match self.rounding {
            Rounding::To(scale) => {
                for &sum in sums {
                    into.extend(terms.iter().map(|term| to_multiple(sum + term, scale)));
                }
            }
            Rounding::Off => {
                for &sum in sums {
                    into.extend(terms.iter().map(|term| sum + term));
                }
            }
        }
    }

    /// The value of an outcome.
    pub(crate) fn value(&self, outcome: &[u32]) -> f64 {
        let sum = self
            .terms
            .iter()
            .zip(outcome)
            .fold(0.0, |sum, (terms, &k)| self.add(sum, terms[k as usize]));
        sum.min(self.ceiling)
    }
}
