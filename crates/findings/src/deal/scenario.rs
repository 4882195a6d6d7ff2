//! The negotiation that a scenario tells with `issue`, `value`, `ratifier` and `package`.

use detente_deal::session::Style;
use detente_deal::{DealError, Domain, Issue, Outcome, Preferences};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{Settings, constant};
use detente_language::scenario::{Named, Scenario};

/// Whether a scenario tells a negotiation: it has issues, and somebody cares about them.
pub fn negotiates(scenario: &Scenario) -> bool {
    !scenario.issues.is_empty() && !scenario.values.is_empty()
}

/// The issues of a scenario, by their labels.
///
/// # Errors
/// Two issues, or two options of one, with the same label.
pub fn domain(scenario: &Scenario) -> Result<Domain, DealError> {
    let named = |name: &Named| name.label.clone();
    let issues = scenario
        .issues
        .iter()
        .map(|issue| Issue::named(named(&issue.name), issue.options.iter().map(named)));
    Domain::new(scenario.title.clone(), issues.collect())
}

/// What every actor with a `value` makes of the options, at these numbers, in the order of `scenario.values`.
///
/// # Errors
/// A weight or score that has no finite value, with its place.
pub fn preferences(
    scenario: &Scenario,
    settings: &Settings,
) -> Result<Vec<Preferences>, Box<Diagnostic>> {
    scenario
        .values
        .iter()
        .map(|value| {
            let mut weights = Vec::new();
            let mut scores = Vec::new();
            for ((weight, of_options), issue) in value.issues.iter().zip(&scenario.issues) {
                let mut row = of_options
                    .iter()
                    .map(|score| constant(scenario, settings, score))
                    .collect::<Result<Vec<_>, _>>()?;
                // An issue that the actor does not mention has no scores: it is worth nothing whatever is agreed.
                row.resize(issue.options.len(), 0.0);
                weights.push(constant(scenario, settings, weight)?);
                scores.push(row);
            }
            let actor = value.actor.index();
            let label = scenario.actors[actor].label.clone();
            Ok(Preferences::additive(label, weights, scores)
                .with_fallback(settings.fallback[actor]))
        })
        .collect()
}

/// The `ratifier`s of a scenario and of whom they are, by the positions of their preferences.
pub fn ratifiers(scenario: &Scenario) -> Vec<(usize, usize)> {
    let seat = |actor| scenario.values.iter().position(|v| v.actor == actor);
    let all = scenario.ratifiers.iter();
    all.filter_map(|ratifier| Some((seat(ratifier.actor)?, seat(ratifier.of)?)))
        .collect()
}

/// The style in which every actor with a `value` bargains, where the scenario says so.
pub fn styles(scenario: &Scenario) -> Vec<Option<Style>> {
    let written =
        (scenario.values.iter()).map(|value| scenario.styles[value.actor.index()].as_deref());
    written
        .map(|style| style.and_then(|style| Style::parse(style).ok()))
        .collect()
}

/// The packages of a scenario, by their labels.
pub fn packages(scenario: &Scenario) -> Vec<(String, Outcome)> {
    let packages = scenario.packages.iter().map(|package| {
        let outcome = package.choices.iter().map(|k| *k as u32).collect();
        (package.name.label.clone(), outcome)
    });
    packages.collect()
}
