//! The frontier of weighted sums without enumeration: issue by issue, only undominated sums are carried on.
//!
//! If one sum over the first issues dominates another, it does so whatever the remaining issues add (Nemhauser and
//! Ullmann 1969, for the knapsack problem). For two parties with terms in general position the number of sums carried
//! is polynomial in expectation (Beier and Vöcking 2004), so 10²⁰ outcomes are no harder than their issues. Where the
//! sets still grow too large, they are thinned within a guaranteed error.

use crate::error::DealError;
use crate::frontier::Frontier;
use crate::frontier::dominance::{distinct, undominated};
use crate::frontier::trim::trim;
use crate::space::Space;
use crate::sum::Sum;

/// How sums are merged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// Error that thinning may cost in all: for every outcome, the frontier has a point worth at least as much, less
    /// this, to every party. 0 for the exact frontier.
    pub epsilon: f64,
    /// Sets up to this size are not thinned.
    pub exact_up_to: usize,
    /// Most sums compared in one step.
    pub limit: usize,
}

impl Default for Merge {
    fn default() -> Self {
        Merge {
            epsilon: 0.0,
            exact_up_to: 20_000,
            limit: 20_000_000,
        }
    }
}

/// The frontier of additive preferences, merged issue by issue.
///
/// # Errors
/// Preferences that are not additive; more sums in a step than `merge.limit`.
pub fn merged(space: &Space, merge: &Merge) -> Result<Frontier, DealError> {
    let utilities = space.all_sums()?;
    let issues: Vec<usize> = (0..space.domain().issues().len()).collect();
    let sums = Sums::over(&utilities, &issues, merge)?;
    Ok(sums.into_frontier(&utilities))
}

/// Where a sum came from: a sum over one issue fewer, and an option of the issue added.
struct Origin {
    from: u32,
    option: u32,
}

/// Undominated sums over some issues, in the lexicographic order of the outcomes that give them.
pub(crate) struct Sums {
    /// Coordinate by coordinate.
    pub(crate) columns: Vec<Vec<f64>>,
    /// How many outcomes give each sum.
    outcomes: Vec<f64>,
    /// For every issue merged, the origins of its sums.
    layers: Vec<Vec<Origin>>,
    /// Error spent on thinning.
    pub(crate) epsilon: f64,
}

impl Sums {
    /// Merges the terms of `issues`, in this order.
    pub(crate) fn over(
        utilities: &[&Sum],
        issues: &[usize],
        merge: &Merge,
    ) -> Result<Sums, DealError> {
        let mut sums = Sums::empty(utilities.len());
        sums.merge(utilities, issues, merge)?;
        Ok(sums)
    }

    /// The sum over no issue.
    pub(crate) fn empty(parties: usize) -> Sums {
        Sums {
            columns: vec![vec![0.0]; parties],
            outcomes: vec![1.0],
            layers: Vec::new(),
            epsilon: 0.0,
        }
    }

    /// These sums with the terms of further issues; where the sums came from is forgotten.
    pub(crate) fn with(
        &self,
        utilities: &[&Sum],
        issues: &[usize],
        merge: &Merge,
    ) -> Result<Sums, DealError> {
        let mut sums = Sums {
            columns: self.columns.clone(),
            outcomes: self.outcomes.clone(),
            layers: Vec::new(),
            epsilon: self.epsilon,
        };
        sums.merge(utilities, issues, merge)?;
        Ok(sums)
    }

    fn merge(
        &mut self,
        utilities: &[&Sum],
        issues: &[usize],
        merge: &Merge,
    ) -> Result<(), DealError> {
        self.layers.reserve(issues.len());
        for (done, &issue) in issues.iter().enumerate() {
            self.extend(utilities, &Terms::of(utilities, issue), merge)?;
            let allowance = (merge.epsilon - self.epsilon) / (issues.len() - done) as f64;
            if allowance > 0.0 && self.len() > merge.exact_up_to {
                self.thin(allowance);
            }
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.outcomes.len()
    }

    fn extend(
        &mut self,
        utilities: &[&Sum],
        terms: &Terms,
        merge: &Merge,
    ) -> Result<(), DealError> {
        let options = terms.options.len();
        let pairs = self.len().saturating_mul(options);
        if pairs > merge.limit.min(u32::MAX as usize) {
            return Err(DealError::FrontierTooLarge {
                issue: self.layers.len() + 1,
                sums: pairs,
                limit: merge.limit,
            });
        }
        let candidates: Vec<Vec<f64>> = self
            .columns
            .iter()
            .zip(&terms.columns)
            .zip(utilities)
            .map(|((column, terms), utility)| {
                let mut sums = Vec::new();
                utility.extend(&mut sums, column, terms);
                sums
            })
            .collect();
        let columns: Vec<&[f64]> = candidates.iter().map(Vec::as_slice).collect();
        let mut kept = distinct(&columns, |p| self.outcomes[p / options]);
        kept.sort_unstable_by_key(|&(p, _)| p);
        self.layers.push(
            kept.iter()
                .map(|&(p, _)| Origin {
                    from: (p / options) as u32,
                    option: terms.options[p % options] as u32,
                })
                .collect(),
        );
        self.columns = columns
            .iter()
            .map(|column| kept.iter().map(|&(p, _)| column[p]).collect())
            .collect();
        self.outcomes = kept.into_iter().map(|(_, outcomes)| outcomes).collect();
        Ok(())
    }

    fn thin(&mut self, allowance: f64) {
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        let (mut kept, error) = trim(&columns, allowance);
        kept.sort_unstable();
        self.epsilon += error;
        for column in &mut self.columns {
            *column = kept.iter().map(|&p| column[p]).collect();
        }
        self.outcomes = kept.iter().map(|&p| self.outcomes[p]).collect();
        if let Some(layer) = self.layers.last_mut() {
            *layer = kept
                .iter()
                .map(|&p| Origin {
                    from: layer[p].from,
                    option: layer[p].option,
                })
                .collect();
        }
    }

    /// The options by which a sum came about, in the order in which issues were merged.
    pub(crate) fn trace(&self, mut sum: usize) -> Vec<u32> {
        let mut options: Vec<u32> = self
            .layers
            .iter()
            .rev()
            .map(|layer| {
                let origin = &layer[sum];
                sum = origin.from as usize;
                origin.option
            })
            .collect();
        options.reverse();
        options
    }

    /// The frontier, once all issues are merged in their order.
    pub(crate) fn into_frontier(mut self, utilities: &[&Sum]) -> Frontier {
        for (column, utility) in self.columns.iter_mut().zip(utilities) {
            for value in column {
                *value = value.min(utility.ceiling);
            }
        }
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        let mut frontier = Frontier {
            parties: utilities.len(),
            issues: self.layers.len(),
            values: Vec::new(),
            options: Vec::new(),
            outcomes: Vec::new(),
            epsilon: self.epsilon,
        };
        for (p, outcomes) in distinct(&columns, |p| self.outcomes[p]) {
            frontier
                .values
                .extend(columns.iter().map(|column| column[p]));
            frontier.options.extend(self.trace(p));
            frontier.outcomes.push(outcomes);
        }
        frontier
    }
}

/// What the undominated options of one issue add, coordinate by coordinate, in the order of the options.
struct Terms {
    options: Vec<usize>,
    columns: Vec<Vec<f64>>,
}

impl Terms {
    fn of(utilities: &[&Sum], issue: usize) -> Terms {
        let all: Vec<&[f64]> = utilities.iter().map(|sum| sum.terms(issue)).collect();
        let mut options = undominated(&all);
        options.sort_unstable();
        let columns = all
            .iter()
            .map(|column| options.iter().map(|&k| column[k]).collect())
            .collect();
        Terms { options, columns }
    }
}
