//! The values of all outcomes, party by party, in the order of the outcomes' numbers.
//!
//! A weighted sum needs one addition per outcome: the sums over the first issues are extended by the next issue's
//! terms, block by block, so that the innermost loop adds one number to a contiguous row.

use crate::error::DealError;
use crate::preferences::Utility;
use crate::space::Space;
use crate::sum::Sum;

/// The values of all outcomes of a space.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumerated {
    values: Vec<Vec<f64>>,
}

impl Enumerated {
    pub(crate) fn new(space: &Space, limit: usize) -> Result<Enumerated, DealError> {
        let domain = space.domain();
        if domain.size().is_none_or(|size| size > limit) {
            return Err(DealError::TooLarge {
                outcomes: domain.count(),
                limit,
            });
        }
        let values = space
            .parties()
            .iter()
            .enumerate()
            .map(|(p, party)| match (space.sum(p), &party.utility) {
                (Some(sum), _) => sums(sum),
                (None, Utility::Table(values)) => values.clone(),
                (None, Utility::Additive(additive)) => sums(&Sum::of(additive)),
            })
            .collect();
        Ok(Enumerated { values })
    }

    /// Number of outcomes.
    pub fn outcomes(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// Number of parties.
    pub fn parties(&self) -> usize {
        self.values.len()
    }

    /// The values of all outcomes to one party.
    pub fn of(&self, party: usize) -> &[f64] {
        &self.values[party]
    }

    /// The values to the first parties only.
    pub(crate) fn first(mut self, parties: usize) -> Enumerated {
        self.values.truncate(parties);
        self
    }

    /// The values of one outcome to all parties.
    pub fn at(&self, outcome: usize) -> Vec<f64> {
        self.values.iter().map(|values| values[outcome]).collect()
    }
}

/// All sums of one term per issue, the last issue running fastest; added from the first issue to the last.
fn sums(sum: &Sum) -> Vec<f64> {
    let mut sums = vec![0.0];
    for issue in 0..sum.issues() {
        let mut longer = Vec::new();
        sum.extend(&mut longer, &sums, sum.terms(issue));
        sums = longer;
    }
    if sum.ceiling < f64::INFINITY {
        for value in &mut sums {
            *value = value.min(sum.ceiling);
        }
    }
    sums
}
