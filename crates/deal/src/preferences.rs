//! What a party makes of every outcome, and what it gets without a deal.

use crate::domain::Domain;
use crate::error::DealError;

/// A weighted sum over issues: `u(o) = min(ceiling, Σᵢ weightᵢ · scoreᵢ(oᵢ))` (Keeney and Raiffa 1976, §3.5).
#[derive(Clone, Debug, PartialEq)]
pub struct Additive {
    /// One weight per issue.
    pub weights: Vec<f64>,
    /// For every issue, the score of each option.
    pub scores: Vec<Vec<f64>>,
    /// No outcome is worth more than this; infinite where there is no such bound. GENIUS bounds at 1.
    pub ceiling: f64,
}

/// Values of outcomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Utility {
    /// A weighted sum over issues.
    Additive(Additive),
    /// A value per outcome, in the order of their numbers.
    Table(Vec<f64>),
}

/// A party's values of outcomes and of no deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Who.
    pub party: String,
    /// Values of outcomes.
    pub utility: Utility,
    /// What the party gets without a deal: its fallback, or reservation value.
    pub fallback: f64,
    /// What a value is multiplied by per unit of time (a GENIUS session's whole length); 1 for no hurry.
    pub discount: f64,
}

impl Preferences {
    /// Additive preferences without ceiling, fallback 0, no discount.
    pub fn additive(
        party: impl Into<String>,
        weights: Vec<f64>,
        scores: Vec<Vec<f64>>,
    ) -> Preferences {
        Preferences {
            party: party.into(),
            utility: Utility::Additive(Additive {
                weights,
                scores,
                ceiling: f64::INFINITY,
            }),
            fallback: 0.0,
            discount: 1.0,
        }
    }

    /// A value per outcome, in the order of their numbers; fallback 0, no discount.
    pub fn table(party: impl Into<String>, values: Vec<f64>) -> Preferences {
        Preferences {
            party: party.into(),
            utility: Utility::Table(values),
            fallback: 0.0,
            discount: 1.0,
        }
    }

    /// The same preferences with another fallback.
    #[must_use]
    pub fn with_fallback(mut self, fallback: f64) -> Preferences {
        self.fallback = fallback;
        self
    }

    /// The weighted sum, where the preferences are one.
    pub fn as_additive(&self) -> Option<&Additive> {
        match &self.utility {
            Utility::Additive(additive) => Some(additive),
            Utility::Table(_) => None,
        }
    }

    /// Whether these are preferences over `domain`.
    ///
    /// # Errors
    /// Arrays that do not fit the domain; numbers that are not finite; a negative weight; a discount outside (0, 1].
    pub fn check(&self, domain: &Domain) -> Result<(), DealError> {
        if !self.fallback.is_finite() {
            return Err(self.number("the fallback".to_owned(), self.fallback, "finite"));
        }
        if !(self.discount > 0.0 && self.discount <= 1.0) {
            let range = "above 0 and at most 1";
            return Err(self.number("the discount".to_owned(), self.discount, range));
        }
        match &self.utility {
            Utility::Additive(additive) => self.check_additive(additive, domain),
            Utility::Table(values) => {
                self.length(
                    "the table of values",
                    domain.size().unwrap_or(usize::MAX),
                    values.len(),
                )?;
                match values.iter().position(|value| !value.is_finite()) {
                    Some(at) => {
                        Err(self.number(format!("the value of outcome {at}"), values[at], "finite"))
                    }
                    None => Ok(()),
                }
            }
        }
    }

    fn check_additive(&self, additive: &Additive, domain: &Domain) -> Result<(), DealError> {
        let issues = domain.issues();
        self.length("the list of weights", issues.len(), additive.weights.len())?;
        self.length("the list of scores", issues.len(), additive.scores.len())?;
        if additive.ceiling.is_nan() {
            return Err(self.number("the ceiling".to_owned(), additive.ceiling, "a number"));
        }
        for ((issue, weight), scores) in issues.iter().zip(&additive.weights).zip(&additive.scores)
        {
            if !(weight.is_finite() && *weight >= 0.0) {
                let what = format!("the weight of `{}`", issue.name);
                return Err(self.number(what, *weight, "finite and not negative"));
            }
            self.length(
                &format!("the list of scores of `{}`", issue.name),
                issue.options(),
                scores.len(),
            )?;
            if let Some(k) = scores.iter().position(|score| !score.is_finite()) {
                let what = format!("the score of `{}` in `{}`", issue.label(k), issue.name);
                return Err(self.number(what, scores[k], "finite"));
            }
        }
        Ok(())
    }

    fn number(&self, what: String, value: f64, range: &'static str) -> DealError {
        DealError::Number {
            party: self.party.clone(),
            what,
            value,
            range,
        }
    }

    fn length(&self, what: &str, expected: usize, found: usize) -> Result<(), DealError> {
        if expected == found {
            return Ok(());
        }
        Err(DealError::Length {
            party: self.party.clone(),
            what: what.to_owned(),
            expected,
            found,
        })
    }
}
