//! A domain and the preferences of the parties over it.

use crate::domain::Domain;
use crate::enumerate::Enumerated;
use crate::error::DealError;
use crate::preferences::{Additive, Preferences, Utility};

/// A domain with the preferences of at least one party, checked against one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    domain: Domain,
    parties: Vec<Preferences>,
}

impl Space {
    /// Joins a domain and preferences over it.
    ///
    /// # Errors
    /// No party, or preferences that do not fit the domain.
    pub fn new(domain: Domain, parties: Vec<Preferences>) -> Result<Space, DealError> {
        if parties.is_empty() {
            return Err(DealError::Parties {
                needed: 1,
                found: 0,
            });
        }
        for party in &parties {
            party.check(&domain)?;
        }
        Ok(Space { domain, parties })
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
        match &self.parties[party].utility {
            Utility::Additive(additive) => additive.value(outcome),
            Utility::Table(values) => self
                .domain
                .index(outcome)
                .map_or(f64::NAN, |index| values[index]),
        }
    }

    /// The value of an outcome to every party. The outcome must be one of the domain.
    pub fn values(&self, outcome: &[u32]) -> Vec<f64> {
        (0..self.parties.len())
            .map(|party| self.value(party, outcome))
            .collect()
    }

    /// The weighted sums of all parties.
    ///
    /// # Errors
    /// A party whose preferences are not one.
    pub fn additive(&self) -> Result<Vec<&Additive>, DealError> {
        self.parties
            .iter()
            .map(|party| {
                party.as_additive().ok_or_else(|| DealError::NotAdditive {
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
