//! Packages and who gains: every full agreement over the issues, valued by every actor that has preferences.

use std::collections::HashSet;

use detente_deal::{
    Count, DealError, Domain, Enumerated, Frontier, Issue, Merge, Preferences, Space, acceptable,
    merged, zone_count, zone_of,
};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::Settings;
use detente_language::scenario::{Named, Scenario};

use crate::deal::scenario::{negotiates, preferences};
use crate::model::{PackageActor, PackageIssue, PackagePoint, Packages};

/// Full agreements that are listed one by one; of more, every so-manieth is.
const MOST_LISTED: u64 = 1_500;
/// Full agreements that are looked at one by one; of more, only the scenario's own packages are.
const MOST_LOOKED_AT: usize = 2_000_000;
/// Seed of the sample by which acceptable agreements are counted where they cannot be otherwise.
const SEED: u64 = 1;

/// The outcome space of the issues, if the scenario has any with preferences over them, and numbers that can be
/// reckoned with.
///
/// # Errors
/// A weight or score that has no finite value.
pub fn packages(
    scenario: &Scenario,
    settings: &Settings,
) -> Result<Option<Packages>, Box<Diagnostic>> {
    if !negotiates(scenario) {
        return Ok(None);
    }
    let parties = preferences(scenario, settings)?;
    Ok(listed(scenario, &parties).ok())
}

fn listed(scenario: &Scenario, parties: &[Preferences]) -> Result<Packages, DealError> {
    let space = space(scenario, parties)?;
    let fallbacks = space.fallbacks();
    let all = space.enumerate(MOST_LOOKED_AT).ok();
    let frontier = match &all {
        Some(all) => Frontier::of(space.domain(), all),
        None => merged(&space, &Merge::default())?,
    };
    let acceptable_to_all = match &all {
        Some(all) => Count::Exact(zone_of(all, &fallbacks)),
        None => zone_count(&space, &fallbacks, SEED)?,
    };
    let efficient: HashSet<Vec<u64>> = (0..frontier.len())
        .map(|p| bits(frontier.values(p)))
        .collect();
    let point = |label: Option<String>, choices: Vec<usize>, values: Vec<f64>| PackagePoint {
        label,
        choices,
        acceptable_to_all: acceptable(&values, &fallbacks),
        efficient: efficient.contains(&bits(&values)),
        values,
    };
    let named = scenario.packages.iter().map(|package| {
        let outcome: Vec<u32> = package.choices.iter().map(|k| *k as u32).collect();
        let label = Some(package.name.label.clone());
        point(label, package.choices.clone(), space.values(&outcome))
    });
    let outcomes = space.domain().count();
    Ok(Packages {
        named: named.collect(),
        all: all.map_or_else(Vec::new, |all| some_of(space.domain(), &all, point)),
        actors: actors(scenario, parties),
        issues: issues(scenario),
        count: outcomes as u64,
        acceptable_to_all: acceptable_to_all.value() as u64,
    })
}

/// The space, by the names of the scenario, which are unique where labels need not be. Weights may be negative here:
/// they are taken into the scores.
fn space(scenario: &Scenario, parties: &[Preferences]) -> Result<Space, DealError> {
    let id = |name: &Named| name.id.clone();
    let issues = scenario
        .issues
        .iter()
        .map(|issue| Issue::named(id(&issue.name), issue.options.iter().map(id)));
    let domain = Domain::new(scenario.title.clone(), issues.collect())?;
    let parties = parties.iter().filter_map(|party| {
        let additive = party.as_additive()?;
        let weighted = additive.weights.iter().zip(&additive.scores);
        let worths = weighted.map(|(weight, scores)| scores.iter().map(|s| weight * s).collect());
        let ones = vec![1.0; additive.weights.len()];
        let worths = Preferences::additive(party.party.clone(), ones, worths.collect());
        Some(worths.with_fallback(party.fallback))
    });
    Space::new(domain, parties.collect())
}

/// Every so-manieth agreement, and every efficient one: they are what the list is about.
fn some_of(
    domain: &Domain,
    all: &Enumerated,
    point: impl Fn(Option<String>, Vec<usize>, Vec<f64>) -> PackagePoint,
) -> Vec<PackagePoint> {
    let stride = (all.outcomes() as u64).div_ceil(MOST_LISTED).max(1) as usize;
    let points = (0..all.outcomes()).map(|number| {
        let choices = domain.outcome(number).into_iter().map(|k| k as usize);
        point(None, choices.collect(), all.at(number))
    });
    let points = points.enumerate();
    points
        .filter(|(number, point)| number.is_multiple_of(stride) || point.efficient)
        .map(|(_, point)| point)
        .collect()
}

/// Values as a key. Adding 0 makes a negative zero positive.
fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| (value + 0.0).to_bits()).collect()
}

fn actors(scenario: &Scenario, parties: &[Preferences]) -> Vec<PackageActor> {
    let values = scenario.values.iter().zip(parties);
    let actors = values.map(|(value, party)| {
        let named = &scenario.actors[value.actor.index()];
        PackageActor {
            id: named.id.clone(),
            label: named.label.clone(),
            fallback: party.fallback,
            weights: party
                .as_additive()
                .map_or_else(Vec::new, |additive| additive.weights.clone()),
        }
    });
    actors.collect()
}

fn issues(scenario: &Scenario) -> Vec<PackageIssue> {
    let issues = scenario.issues.iter().map(|issue| PackageIssue {
        id: issue.name.id.clone(),
        label: issue.name.label.clone(),
        options: issue
            .options
            .iter()
            .map(|option| option.label.clone())
            .collect(),
    });
    issues.collect()
}
