//! Packages and who gains: every full agreement over the issues, valued by every actor that has preferences.

use crate::model::{PackageActor, PackageIssue, PackagePoint, Packages};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{Settings, constant};
use detente_language::scenario::Scenario;

/// Full agreements that are listed one by one; of more, every so-manieth is.
const MOST_LISTED: u64 = 1_500;
/// Full agreements that are looked at; of more, only the scenario's own packages are.
const MOST_LOOKED_AT: u64 = 2_000_000;

/// Weights and scores as numbers: per actor, per issue, weight × score of each option.
type Worths = Vec<Vec<Vec<f64>>>;

/// The outcome space of the issues, if the scenario has any with preferences over them.
///
/// # Errors
/// A weight or score that has no finite value.
pub fn packages(
    scenario: &Scenario,
    settings: &Settings,
) -> Result<Option<Packages>, Box<Diagnostic>> {
    if scenario.issues.is_empty() || scenario.values.is_empty() {
        return Ok(None);
    }
    let (actors, worths) = preferences(scenario, settings)?;
    let fallbacks: Vec<f64> = actors.iter().map(|actor| actor.fallback).collect();
    let value = |choices: &[usize]| -> Vec<f64> {
        let of_actor =
            |issues: &Vec<Vec<f64>>| issues.iter().zip(choices).map(|(w, &c)| w[c]).sum();
        worths.iter().map(of_actor).collect()
    };
    let sizes: Vec<usize> = scenario
        .issues
        .iter()
        .map(|issue| issue.options.len())
        .collect();
    let count = sizes
        .iter()
        .fold(1_u64, |count, &size| count.saturating_mul(size as u64));
    let looked_at = if count <= MOST_LOOKED_AT { count } else { 0 };
    let mut points: Vec<PackagePoint> = (0..looked_at)
        .map(|index| {
            let choices = choices_of(index, &sizes);
            let values = value(&choices);
            point(None, choices, values, &fallbacks)
        })
        .collect();
    mark_efficient(&mut points);
    let acceptable_to_all = points
        .iter()
        .filter(|point| point.acceptable_to_all)
        .count() as u64;
    let named = scenario.packages.iter().map(|package| {
        let label = Some(package.name.label.clone());
        let mut point = point(
            label,
            package.choices.clone(),
            value(&package.choices),
            &fallbacks,
        );
        point.efficient = points
            .iter()
            .any(|other| other.efficient && other.values == point.values);
        point
    });
    let named = named.collect();
    let stride = count.div_ceil(MOST_LISTED).max(1) as usize;
    let issues = scenario.issues.iter().map(|issue| PackageIssue {
        id: issue.name.id.clone(),
        label: issue.name.label.clone(),
        options: issue
            .options
            .iter()
            .map(|option| option.label.clone())
            .collect(),
    });
    Ok(Some(Packages {
        actors,
        issues: issues.collect(),
        named,
        // Efficient agreements are what the picture is about: they are listed whatever the stride.
        all: points
            .into_iter()
            .enumerate()
            .filter(|(i, p)| i % stride == 0 || p.efficient)
            .map(|(_, p)| p)
            .collect(),
        count,
        acceptable_to_all,
    }))
}

fn preferences(
    scenario: &Scenario,
    settings: &Settings,
) -> Result<(Vec<PackageActor>, Worths), Box<Diagnostic>> {
    let (mut actors, mut worths) = (Vec::new(), Vec::new());
    for preferences in &scenario.values {
        let named = &scenario.actors[preferences.actor.index()];
        let mut weights = Vec::new();
        let mut of_issues = Vec::new();
        for (weight, scores) in &preferences.issues {
            let weight = constant(scenario, settings, weight)?;
            let scores = scores
                .iter()
                .map(|score| Ok(weight * constant(scenario, settings, score)?));
            of_issues.push(scores.collect::<Result<Vec<f64>, Box<Diagnostic>>>()?);
            weights.push(weight);
        }
        // An issue that the actor does not mention has no scores: it is worth nothing whatever is agreed.
        for (issue, worth) in scenario.issues.iter().zip(&mut of_issues) {
            worth.resize(issue.options.len(), 0.0);
        }
        actors.push(PackageActor {
            id: named.id.clone(),
            label: named.label.clone(),
            fallback: settings.fallback[preferences.actor.index()],
            weights,
        });
        worths.push(of_issues);
    }
    Ok((actors, worths))
}

/// The agreement with this number: the options are its digits, the last issue's first.
fn choices_of(mut index: u64, sizes: &[usize]) -> Vec<usize> {
    let mut choices = vec![0; sizes.len()];
    for (choice, &size) in choices.iter_mut().zip(sizes).rev() {
        *choice = (index % size as u64) as usize;
        index /= size as u64;
    }
    choices
}

fn point(
    label: Option<String>,
    choices: Vec<usize>,
    values: Vec<f64>,
    fallbacks: &[f64],
) -> PackagePoint {
    let acceptable_to_all = values
        .iter()
        .zip(fallbacks)
        .all(|(value, fallback)| value >= fallback);
    PackagePoint {
        label,
        choices,
        values,
        acceptable_to_all,
        efficient: false,
    }
}

/// Marks the points that no other dominates: at least as good for all and better for one (Pareto).
fn mark_efficient(points: &mut [PackagePoint]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let total = |point: &PackagePoint| point.values.iter().sum::<f64>();
    // In falling order of sums a point can only be dominated by one that came before it.
    order.sort_by(|&a, &b| {
        total(&points[b])
            .total_cmp(&total(&points[a]))
            .then(a.cmp(&b))
    });
    let mut frontier: Vec<usize> = Vec::new();
    for candidate in order {
        let dominated = frontier.iter().any(|&other| {
            let (a, b) = (&points[other].values, &points[candidate].values);
            a.iter().zip(b).all(|(a, b)| a >= b) && a != b
        });
        if !dominated {
            frontier.push(candidate);
        }
    }
    for index in frontier {
        points[index].efficient = true;
    }
}
