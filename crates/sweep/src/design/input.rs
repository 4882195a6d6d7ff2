//! What is varied: doubtful numbers, and maybe the precision.

use crate::draw::Doubtful;
use detente_language::scenario::ParamId;

/// Quantiles are taken between this and 1 minus it where a distribution has no end.
const EDGE: f64 = 1e-9;
/// The name of the precision among the inputs.
pub(super) const PRECISION: &str = "precision";

/// A number that is varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The parameter's name, or `precision`.
    pub name: String,
    /// What it stands for.
    pub of: Of,
}

/// What an input stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// A doubtful number of the scenario.
    Number(Doubtful),
    /// A parameter that only a file of points gives values to.
    Given(ParamId),
    /// The precision λ, log-uniform between two ends above 0.
    Precision(f64, f64),
}

impl Input {
    /// The precision, log-uniform between two ends above 0.
    #[must_use]
    pub fn precision(low: f64, high: f64) -> Input {
        Input {
            name: PRECISION.to_owned(),
            of: Of::Precision(low, high),
        }
    }

    /// The parameter, if it is one.
    #[must_use]
    pub fn parameter(&self) -> Option<ParamId> {
        match &self.of {
            Of::Number(number) => Some(number.parameter),
            Of::Given(parameter) => Some(*parameter),
            Of::Precision(..) => None,
        }
    }

    /// What its random numbers hang on: another input more or less changes no other's.
    pub(super) fn stream(&self) -> u64 {
        self.parameter()
            .map_or(u64::MAX, |parameter| u64::from(parameter.0))
    }

    /// The ends of its range; NaN where it has none.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        match &self.of {
            Of::Number(number) => (number.low, number.high),
            Of::Given(_) => (f64::NAN, f64::NAN),
            Of::Precision(low, high) => (*low, *high),
        }
    }

    /// Its distribution in words.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.of {
            Of::Number(number) => number.words(),
            Of::Given(_) => "as given".to_owned(),
            Of::Precision(..) => "log-uniform".to_owned(),
        }
    }

    /// Its best guess; none for the precision, which is that of the best guesses' solution.
    #[must_use]
    pub fn base(&self) -> Option<f64> {
        match &self.of {
            Of::Number(number) => Some(number.base),
            Of::Given(_) | Of::Precision(..) => None,
        }
    }

    /// The value below which a share `q` of its distribution lies, 0 ≤ q ≤ 1; finite.
    pub(super) fn quantile(&self, q: f64) -> f64 {
        match &self.of {
            Of::Number(number) => {
                let value = number.quantile(q);
                match value.is_finite() {
                    true => value,
                    false => number.quantile(q.clamp(EDGE, 1.0 - EDGE)),
                }
            }
            Of::Given(_) => f64::NAN,
            Of::Precision(low, high) => (low * (high / low).powf(q)).clamp(*low, *high),
        }
    }

    /// The value at a level between 0 and 1, both met: of a distribution without ends, from its 5 % to its 95 %
    /// quantile.
    pub(super) fn level(&self, level: f64) -> f64 {
        match &self.of {
            Of::Number(number)
                if !(number.quantile(0.0).is_finite() && number.quantile(1.0).is_finite()) =>
            {
                number.quantile(0.05 + 0.9 * level)
            }
            _ => self.quantile(level),
        }
    }

    /// `count` values spread evenly over its range, fewer where it goes in steps; of a discrete distribution, its
    /// values.
    pub(super) fn spread(&self, count: u64) -> Vec<f64> {
        match &self.of {
            Of::Number(number) => number.spread(count),
            Of::Given(_) => Vec::new(),
            Of::Precision(..) => shares(count).map(|share| self.quantile(share)).collect(),
        }
    }
}

/// `count` shares from 0 to 1; the middle where there is one only.
pub(crate) fn shares(count: u64) -> impl Iterator<Item = f64> {
    (0..count).map(move |i| match count {
        1 => 0.5,
        _ => i as f64 / (count - 1) as f64,
    })
}
