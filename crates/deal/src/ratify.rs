//! Agreements that must be ratified at home (Putnam 1988).
//!
//! The negotiators bargain as before, with their own fallbacks, but only over outcomes that every ratifier at home
//! finds at least as good as its own fallback: its win-set. A hawk at home shrinks the zone and may move the agreement
//! towards its negotiator (Schelling 1960; Putnam 1988, p. 440), or leave no agreement at all.

use crate::enumerate::Enumerated;
use crate::error::DealError;
use crate::frontier::{Frontier, Merge, merged};
use crate::preferences::Preferences;
use crate::solution::{Solutions, solutions};
use crate::space::Space;
use crate::zone::{Count, acceptable, zone_count, zone_of};

/// Somebody at home without whose consent a party cannot conclude.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratifier {
    /// The party, by position.
    pub of: usize,
    /// Its preferences and fallback.
    pub preferences: Preferences,
}

/// How spaces are searched: enumerated or merged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Search {
    /// Most outcomes enumerated.
    pub enumerated: usize,
    /// How larger spaces are merged.
    pub merge: Merge,
    /// Seed of samples, where counting needs one.
    pub seed: u64,
}

impl Default for Search {
    fn default() -> Self {
        Search {
            enumerated: 2_000_000,
            merge: Merge::default(),
            seed: 1,
        }
    }
}

/// What one ratifier does to the negotiation, all others left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// How many outcomes it would ratify.
    pub win_set: Count,
    /// How many of the outcomes acceptable to the negotiators it would ratify.
    pub zone: Count,
    /// The solutions if only this ratifier must consent.
    pub solutions: Solutions,
    /// What its veto adds to each party's value of the Nash solution: for its own party, the bargaining power that it
    /// gives. `None` if there is no agreement with it or without it.
    pub shift: Option<Vec<f64>>,
}

/// A negotiation with and without its ratifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratification {
    /// How many outcomes are acceptable to the negotiators.
    pub zone_without: Count,
    /// How many of them all ratifiers would ratify.
    pub zone_with: Count,
    /// The solutions among the negotiators alone.
    pub without: Solutions,
    /// The solutions if all ratifiers must consent.
    pub with: Solutions,
    /// The frontier of what all ratifiers would ratify, in the negotiators' values.
    pub frontier: Frontier,
    /// The effect of each ratifier alone.
    pub each: Vec<Effect>,
}

/// A negotiation with and without its ratifiers.
///
/// # Errors
/// A ratifier of an unknown party or with preferences that do not fit the domain; a space too large to enumerate with
/// preferences that are not additive, or with sets of sums beyond the limit.
pub fn ratification(
    space: &Space,
    ratifiers: &[Ratifier],
    search: &Search,
) -> Result<Ratification, DealError> {
    if let Some(ratifier) = ratifiers.iter().find(|r| r.of >= space.parties().len()) {
        return Err(DealError::Parties {
            needed: ratifier.of + 1,
            found: space.parties().len(),
        });
    }
    let homes: Vec<&Preferences> = ratifiers.iter().map(|r| &r.preferences).collect();
    let fallbacks = space.fallbacks();
    let alone = Home::new(space, &[], search)?;
    let without = solutions(&alone.frontier, &fallbacks);
    let together = Home::new(space, &homes, search)?;
    let each = homes
        .iter()
        .map(|home| {
            let with = Home::new(space, &[home], search)?;
            let solutions = solutions(&with.frontier, &fallbacks);
            Ok(Effect {
                win_set: with.win_set,
                zone: with.zone,
                shift: shift(&without, &solutions),
                solutions,
            })
        })
        .collect::<Result<_, DealError>>()?;
    Ok(Ratification {
        zone_without: alone.zone,
        zone_with: together.zone,
        with: solutions(&together.frontier, &fallbacks),
        without,
        frontier: together.frontier,
        each,
    })
}

/// What each party gets in the Nash solution as one ratifier's fallback takes the values given: how hard a line at
/// home helps its negotiator, and from where on it prevents agreement (`None`).
///
/// # Errors
/// As [`ratification`].
pub fn hardening(
    space: &Space,
    ratifier: &Ratifier,
    fallbacks: &[f64],
    search: &Search,
) -> Result<Vec<Option<Vec<f64>>>, DealError> {
    fallbacks
        .iter()
        .map(|fallback| {
            let hawk = ratifier.preferences.clone().with_fallback(*fallback);
            let with = Home::new(space, &[&hawk], search)?;
            let found = solutions(&with.frontier, &space.fallbacks());
            Ok(found.nash.map(|point| point.values))
        })
        .collect()
}

fn shift(without: &Solutions, with: &Solutions) -> Option<Vec<f64>> {
    let (without, with) = (without.nash.as_ref()?, with.nash.as_ref()?);
    Some(
        with.values
            .iter()
            .zip(&without.values)
            .map(|(with, without)| with - without)
            .collect(),
    )
}

/// What some ratifiers leave of the space.
struct Home {
    win_set: Count,
    zone: Count,
    /// In the values of the negotiators.
    frontier: Frontier,
}

impl Home {
    fn new(space: &Space, homes: &[&Preferences], search: &Search) -> Result<Home, DealError> {
        let parties = space.parties().iter();
        let everyone = Space::new(
            space.domain().clone(),
            parties.chain(homes.iter().copied()).cloned().collect(),
        )?;
        if space
            .domain()
            .size()
            .is_some_and(|size| size <= search.enumerated)
        {
            return Home::enumerated(&everyone, space, search);
        }
        let vetoes: Vec<f64> = homes.iter().map(|home| home.fallback).collect();
        let negotiators = space.parties().len();
        // Below the worst outcome: the negotiators refuse nothing.
        let mut ratified = vec![f64::NEG_INFINITY; negotiators];
        ratified.extend(&vetoes);
        Ok(Home {
            win_set: zone_count(&everyone, &ratified, search.seed)?,
            zone: zone_count(&everyone, &everyone.fallbacks(), search.seed)?,
            frontier: merged(&everyone, &search.merge)?
                .restricted(|values| acceptable(&values[negotiators..], &vetoes))
                .of_first(negotiators),
        })
    }

    fn enumerated(everyone: &Space, space: &Space, search: &Search) -> Result<Home, DealError> {
        let all = everyone.enumerate(search.enumerated)?;
        let negotiators = space.parties().len();
        let vetoes = &everyone.fallbacks()[negotiators..];
        let ratified: Vec<usize> = (0..all.outcomes())
            .filter(|&at| {
                vetoes
                    .iter()
                    .enumerate()
                    .all(|(home, d)| all.of(negotiators + home)[at] >= *d)
            })
            .collect();
        let zone = zone_of(&all, &everyone.fallbacks());
        let own: Enumerated = all.first(negotiators);
        Ok(Home {
            win_set: Count::Exact(ratified.len() as f64),
            zone: Count::Exact(zone),
            frontier: Frontier::among(space.domain(), &own, Some(&ratified)),
        })
    }
}
