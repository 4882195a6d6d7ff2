//! A domain and the preferences of the parties over it.

use crate::domain::Domain;
use crate::enumerate::Enumerated;
use crate::error::DealError;
use crate::preferences::{Preferences, Utility};
use crate::sum::{Rounding, Sum};

/// A domain with the preferences of at least one party, checked against one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    domain: Domain,
    parties: Vec<Preferences>,
    /// Of every party, the sum or nothing where the preferences are a table.
    sums: Vec<Option<Sum>>,
}

impl Space {
    /// Joins a domain and preferences over it. Values are kept to twelve digits of each party's scale, so that
    /// outcomes that are worth the same on paper are worth the same.
    ///
    /// # Errors
    /// No party, or preferences that do not fit the domain.
    pub fn new(domain: Domain, mut parties: Vec<Preferences>) -> Result<Space, DealError> {
        if parties.is_empty() {
            return Err(DealError::Parties {
                needed: 1,
                found: 0,
            });
        }
        for party in &mut parties {
            party.check(&domain)?;
            if let Utility::Table(values) = &mut party.utility {
                let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
                let rounding = Rounding::of(largest);
                for value in values {
                    *value = rounding.round(*value);
                }
            }
        }
        let sums = parties
            .iter()
            .map(|party| party.as_additive().map(Sum::of))
            .collect();
        Ok(Space {
            domain,
            parties,
            sums,
        })
    }

    /// The issues.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    /// The parties, in the order in which all arrays over parties run.
    pub fn parties(&self) -> &[Preferences] {
        &self.parties
    }

    /// What every party gets without a deal: the point of disagreement.
    pub fn fallbacks(&self) -> Vec<f64> {
        self.parties.iter().map(|party| party.fallback).collect()
    }

    /// The value of an outcome to one party. The outcome must be one of the domain.
    pub fn value(&self, party: usize, outcome: &[u32]) -> f64 {
        match (&self.sums[party], &self.parties[party].utility) {
            (Some(sum), _) => sum.value(outcome),
            (None, Utility::Table(values)) => self
                .domain
                .index(outcome)
                .map_or(f64::NAN, |index| values[index]),
            (None, Utility::Additive(additive)) => Sum::of(additive).value(outcome),
        }
    }

    /// The value of an outcome to every party. The outcome must be one of the domain.
    pub fn values(&self, outcome: &[u32]) -> Vec<f64> {
        (0..self.parties.len())
            .map(|party| self.value(party, outcome))
            .collect()
    }

    /// The sum of a party whose preferences are one.
    pub(crate) fn sum(&self, party: usize) -> Option<&Sum> {
        self.sums[party].as_ref()
    }

    /// The weighted sums of all parties.
    ///
    /// # Errors
    /// A party whose preferences are not one.
    pub(crate) fn all_sums(&self) -> Result<Vec<&Sum>, DealError> {
        self.sums
            .iter()
            .zip(&self.parties)
            .map(|(sum, party)| {
                sum.as_ref().ok_or_else(|| DealError::NotAdditive {
                    party: party.party.clone(),
                })
            })
            .collect()
    }

    /// The values of all outcomes.
    ///
    /// # Errors
    /// More than `limit` outcomes.
    pub fn enumerate(&self, limit: usize) -> Result<Enumerated, DealError> {
        Enumerated::new(self, limit)
    }
}
