//! The numbers that every solve of a scenario gives, whether it is shown alone or is one of hundreds.

use crate::query::{Queries, end_probabilities};
use detente_expand::Expansion;
use detente_game::Profile;
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::Settings;
use detente_language::scenario::Scenario;

/// Endings, values and answers under one profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Probability of each outcome, in the order declared.
    pub endings: Vec<f64>,
    /// Expected payoff of each actor.
    pub actors: Vec<f64>,
    /// Answer to each ask; none where its condition has probability 0.
    pub asks: Vec<Option<f64>>,
}

/// Adds up the ends of a game under a profile.
///
/// # Errors
/// A query whose arithmetic has no finite result.
pub fn tally(
    scenario: &Scenario,
    settings: &Settings,
    expansion: &Expansion,
    queries: &Queries,
    profile: &Profile,
) -> Result<Tally, Box<Diagnostic>> {
    let ends = end_probabilities(&expansion.game, profile);
    let (endings, actors) = totals(scenario, expansion, &ends);
    let asks = queries.answer(scenario, settings, &expansion.game, profile)?;
    Ok(Tally {
        endings,
        actors,
        asks,
    })
}

/// Probability of each outcome and expected payoff of each actor, from the probabilities of the ends.
#[must_use]
pub fn totals(scenario: &Scenario, expansion: &Expansion, ends: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut endings = vec![0.0; scenario.outcomes.len()];
    let mut actors = vec![0.0; scenario.actors.len()];
    for (end, &probability) in ends.iter().enumerate() {
        endings[usize::from(expansion.paths.outcome[end])] += probability;
        for (value, payoff) in actors.iter_mut().zip(expansion.payoffs_of_end(end)) {
            *value += probability * payoff;
        }
    }
    (endings, actors)
}
