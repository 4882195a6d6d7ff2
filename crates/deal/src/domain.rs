//! The issues on the table, the options of each, and the numbering of outcomes.
//!
//! Outcomes are numbered in mixed radix with the last issue running fastest, the order in which GENIUS and NegMAS
//! enumerate them.

use std::collections::HashSet;

use crate::error::DealError;

/// Most options that one issue may have.
pub(crate) const MAX_OPTIONS: u64 = 1 << 24;

/// One option of every issue, in the order of the issues: positions from 0.
pub type Outcome = Vec<u32>;

/// What an issue may be settled at.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Named options.
    Named(Vec<String>),
    /// All whole numbers between two ends, both included.
    Integers {
        /// Lower end.
        lower: i64,
        /// Upper end.
        upper: i64,
    },
    /// A real interval, cut into `steps` equal parts: `steps + 1` points, both ends included.
    Grid {
        /// Lower end.
        lower: f64,
        /// Upper end.
        upper: f64,
        /// Number of equal parts.
        steps: u32,
    },
}

/// One issue on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Its name, unique in the domain.
    pub name: String,
    /// Its options.
    pub values: Values,
}

/// The issues on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    name: String,
    issues: Vec<Issue>,
}

impl Issue {
    /// An issue with named options.
    pub fn named<S: Into<String>>(
        name: impl Into<String>,
        options: impl IntoIterator<Item = S>,
    ) -> Issue {
        Issue {
            name: name.into(),
            values: Values::Named(options.into_iter().map(Into::into).collect()),
        }
    }

    /// Number of options.
    pub fn options(&self) -> usize {
        // Checked against MAX_OPTIONS when a domain is built.
        self.options_wide() as usize
    }

    fn options_wide(&self) -> u64 {
        match &self.values {
            Values::Named(options) => options.len() as u64,
            Values::Integers { lower, upper } => {
                (i128::from(*upper) - i128::from(*lower) + 1).clamp(0, i128::from(u64::MAX)) as u64
            }
            Values::Grid { steps, .. } => u64::from(*steps) + 1,
        }
    }

    /// The number at which option `k` settles the issue; `None` for named options.
    pub fn number(&self, k: usize) -> Option<f64> {
        match &self.values {
            Values::Named(_) => None,
            Values::Integers { lower, .. } => Some((*lower as i128 + k as i128) as f64),
            Values::Grid {
                lower,
                upper,
                steps,
            } => Some(match *steps {
                0 => *lower,
                n if k as u32 == n => *upper,
                n => lower + (upper - lower) * (k as f64 / f64::from(n)),
            }),
        }
    }

    /// What option `k` is called.
    pub fn label(&self, k: usize) -> String {
        match &self.values {
            Values::Named(options) => options.get(k).cloned().unwrap_or_default(),
            Values::Integers { lower, .. } => (i128::from(*lower) + k as i128).to_string(),
            Values::Grid { .. } => self.number(k).unwrap_or_default().to_string(),
        }
    }

    /// The option called `label`; for ranges, the one whose number it is, however written (for a grid: the nearest point, if the
    /// number lies in the interval).
    pub fn position(&self, label: &str) -> Option<usize> {
        match &self.values {
            Values::Named(options) => options.iter().position(|option| option == label),
            Values::Integers { lower, upper } => {
                let whole = |value: f64| {
                    (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i64)
                };
                let value: i64 = match label.trim().parse() {
                    Ok(value) => value,
                    Err(_) => label.trim().parse().ok().and_then(whole)?,
                };
                (*lower..=*upper)
                    .contains(&value)
                    .then(|| (i128::from(value) - i128::from(*lower)) as usize)
            }
            Values::Grid {
                lower,
                upper,
                steps,
            } => {
                let value: f64 = label.trim().parse().ok()?;
                let width = upper - lower;
                (*lower..=*upper).contains(&value).then(|| {
                    if width == 0.0 {
                        0
                    } else {
                        ((value - lower) / width * f64::from(*steps)).round() as usize
                    }
                })
            }
        }
    }

    fn check(&self) -> Result<(), DealError> {
        let range = |lower: f64, upper: f64| DealError::Range {
            issue: self.name.clone(),
            lower,
            upper,
        };
        match &self.values {
            Values::Named(options) => {
                let mut seen = HashSet::new();
                for option in options {
                    if !seen.insert(option) {
                        return Err(DealError::Twice {
                            name: option.clone(),
                            place: format!("in the issue `{}`", self.name),
                        });
                    }
                }
            }
            Values::Integers { lower, upper } if lower > upper => {
                return Err(range(*lower as f64, *upper as f64));
            }
            Values::Grid { lower, upper, .. }
                if !((upper - lower).is_finite() && lower <= upper) =>
            {
                return Err(range(*lower, *upper));
            }
            _ => {}
        }
        let options = self.options_wide();
        if !(1..=MAX_OPTIONS).contains(&options) {
            return Err(DealError::Options {
                issue: self.name.clone(),
                options,
            });
        }
        Ok(())
    }
}

impl Domain {
    /// A domain of these issues, in this order.
    ///
    /// # Errors
    /// No issue; an issue without options, with too many, or with a bad range; a name used twice.
    pub fn new(name: impl Into<String>, issues: Vec<Issue>) -> Result<Domain, DealError> {
        if issues.is_empty() {
            return Err(DealError::NoIssue);
        }
        let mut seen = HashSet::new();
        for issue in &issues {
            issue.check()?;
            if !seen.insert(issue.name.as_str()) {
                return Err(DealError::Twice {
                    name: issue.name.clone(),
                    place: "among the issues".to_owned(),
                });
            }
        }
        Ok(Domain {
            name: name.into(),
            issues,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its issues.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Number of outcomes: exact up to 2⁵³, rounded above.
    pub fn count(&self) -> f64 {
        self.issues
            .iter()
            .map(|issue| issue.options() as f64)
            .product()
    }

    /// Number of outcomes where a machine word holds it.
    pub fn size(&self) -> Option<usize> {
        self.issues
            .iter()
            .try_fold(1_usize, |size, issue| size.checked_mul(issue.options()))
    }

    /// The number of an outcome; `None` if it does not belong to the domain or the domain is too large for numbers.
    pub fn index(&self, outcome: &[u32]) -> Option<usize> {
        self.size()?;
        if !self.holds(outcome) {
            return None;
        }
        Some(
            self.issues
                .iter()
                .zip(outcome)
                .fold(0, |index, (issue, &k)| index * issue.options() + k as usize),
        )
    }

    /// The outcome with this number (taken modulo the number of outcomes).
    pub fn outcome(&self, mut index: usize) -> Outcome {
        let mut outcome = vec![0; self.issues.len()];
        for (k, issue) in outcome.iter_mut().zip(&self.issues).rev() {
            *k = (index % issue.options()) as u32;
            index /= issue.options();
        }
        outcome
    }

    /// Whether this is an outcome of the domain: an option of every issue.
    pub fn holds(&self, outcome: &[u32]) -> bool {
        outcome.len() == self.issues.len()
            && outcome
                .iter()
                .zip(&self.issues)
                .all(|(&k, issue)| (k as usize) < issue.options())
    }

    /// The labels of an outcome's options, in the order of the issues.
    pub fn labels(&self, outcome: &[u32]) -> Vec<String> {
        self.issues
            .iter()
            .zip(outcome)
            .map(|(issue, &k)| issue.label(k as usize))
            .collect()
    }

    /// The outcome whose options have these labels, in the order of the issues.
    ///
    /// # Errors
    /// A label that its issue does not know, or a wrong number of labels.
    pub fn find<S: AsRef<str>>(&self, labels: &[S]) -> Result<Outcome, DealError> {
        if labels.len() != self.issues.len() {
            return Err(DealError::Outcome(format!(
                "it has {} options for {} issues",
                labels.len(),
                self.issues.len()
            )));
        }
        self.issues
            .iter()
            .zip(labels)
            .map(|(issue, label)| {
                let label = label.as_ref();
                issue.position(label).map(|k| k as u32).ok_or_else(|| {
                    DealError::Outcome(format!("`{}` has no option `{label}`", issue.name))
                })
            })
            .collect()
    }
}
