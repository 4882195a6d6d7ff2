//! What two scenarios, or one under two settings, answer differently.

use detente_findings::model::{Decision, Findings, Unit};
use serde::Serialize;

/// Options that are taken more rarely are not counted.
const RARE: f64 = 0.01;

/// A number of both sides; none where a side does not have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Its name: of an ending, an actor or a param, or a query.
    pub id: String,
    /// What it is, in words.
    pub label: String,
    /// What it measures.
    pub unit: Unit,
    /// In the first.
    pub first: Option<f64>,
    /// In the second.
    pub second: Option<f64>,
}

impl Pair {
    /// By how much the second is larger, where both have the number.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        Some(self.second? - self.first?)
    }
}

/// A decision of which the kind changes: other options are taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionChange {
    /// The actor's name.
    pub actor: String,
    /// The information set in words.
    pub name: String,
    /// Options taken in the first, each with its probability, likeliest first.
    pub first: Vec<(String, f64)>,
    /// Options taken in the second.
    pub second: Vec<(String, f64)>,
}

/// What was found in both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answers {
    /// Parameters whose values differ.
    pub numbers: Vec<Pair>,
    /// All endings.
    pub endings: Vec<Pair>,
    /// All asks.
    pub asks: Vec<Pair>,
    /// What the play is worth to each actor.
    pub actors: Vec<Pair>,
    /// Decisions that both come to and decide otherwise.
    pub decisions: Vec<DecisionChange>,
    /// Decisions that only the first, and only the second comes to.
    pub reached_by_one: [usize; 2],
    /// Whether each side's solution is that of an equilibrium.
    pub trustworthy: [bool; 2],
}

/// Compares what was found.
#[must_use]
pub fn answers(first: &Findings, second: &Findings) -> Answers {
    let endings = |findings: &Findings| {
        let endings = findings.endings.iter();
        endings
            .map(|e| row(&e.id, &e.label, Unit::Probability, Some(e.probability)))
            .collect::<Vec<_>>()
    };
    let asks = |findings: &Findings| {
        let asks = findings.asks.iter();
        asks.map(|a| row(&a.query, &a.question, a.unit, a.value))
            .collect::<Vec<_>>()
    };
    let actors = |findings: &Findings| {
        let actors = findings.actors.iter();
        actors
            .map(|a| row(&a.id, &a.label, Unit::Number, Some(a.value)))
            .collect::<Vec<_>>()
    };
    let (decisions, reached_by_one) = decisions(&first.decisions, &second.decisions);
    Answers {
        numbers: numbers(first, second),
        endings: paired(endings(first), endings(second)),
        asks: paired(asks(first), asks(second)),
        actors: paired(actors(first), actors(second)),
        decisions,
        reached_by_one,
        trustworthy: [first, second].map(|findings| findings.certificate.trustworthy),
    }
}

fn row(id: &str, label: &str, unit: Unit, first: Option<f64>) -> Pair {
    Pair {
        id: id.to_owned(),
        label: label.to_owned(),
        unit,
        first,
        second: None,
    }
}

/// Rows of the first with the numbers of the second, then rows that only the second has.
fn paired(first: Vec<Pair>, second: Vec<Pair>) -> Vec<Pair> {
    let mut rows = first;
    for other in second {
        match rows.iter_mut().find(|row| row.id == other.id) {
            Some(row) => row.second = other.first,
            None => rows.push(Pair {
                second: other.first,
                first: None,
                ..other
            }),
        }
    }
    rows
}

/// Parameters of both whose values differ.
fn numbers(first: &Findings, second: &Findings) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for number in &second.assumptions {
        let before = first.assumptions.iter().find(|known| known.id == number.id);
        if let Some(before) = before.filter(|before| before.value != number.value) {
            pairs.push(Pair {
                id: number.id.clone(),
                label: number.source.clone(),
                unit: if number.percent {
                    Unit::Probability
                } else {
                    Unit::Number
                },
                first: Some(before.value),
                second: Some(number.value),
            });
        }
    }
    pairs
}

/// Decisions of both of which the kind changes, and how many only one side comes to.
fn decisions(first: &[Decision], second: &[Decision]) -> (Vec<DecisionChange>, [usize; 2]) {
    let same = |a: &Decision, b: &Decision| a.actor == b.actor && a.name == b.name;
    let mut changes = Vec::new();
    for before in first {
        let Some(after) = second.iter().find(|other| same(before, other)) else {
            continue;
        };
        let (was, is) = (taken(before), taken(after));
        let names = |options: &[(String, f64)]| {
            let mut names: Vec<String> = options.iter().map(|option| option.0.clone()).collect();
            names.sort();
            names
        };
        if names(&was) != names(&is) {
            changes.push(DecisionChange {
                actor: before.actor.clone(),
                name: before.name.clone(),
                first: was,
                second: is,
            });
        }
    }
    let alone = |of: &[Decision], other: &[Decision]| {
        of.iter()
            .filter(|a| !other.iter().any(|b| same(a, b)))
            .count()
    };
    (changes, [alone(first, second), alone(second, first)])
}

/// The options that are taken, likeliest first.
fn taken(decision: &Decision) -> Vec<(String, f64)> {
    let options = decision.options.iter();
    let mut taken: Vec<(String, f64)> = options
        .filter(|option| option.probability >= RARE)
        .map(|option| (option.label.clone(), option.probability))
        .collect();
    taken.sort_by(|a, b| b.1.total_cmp(&a.1));
    taken
}
