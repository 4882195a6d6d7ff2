//! Who would accept what in a scenario's negotiation.

use detente_deal::Merge;
use detente_findings::deal::{Asked, scenario};
use detente_language::eval::Settings;
use detente_language::scenario::ParamId;
use detente_sweep::{Doubtful, doubtful, preferences_drawn};

use crate::{Fault, Story};

/// What to ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Draws of the doubtful numbers.
    pub draws: usize,
    /// Most outcomes that are looked at one by one in every draw.
    pub counted: usize,
    /// Seed of everything that is drawn.
    pub seed: u64,
    /// Error that the frontier of a very large space may have, in values; 0 for none.
    pub epsilon: f64,
}

/// The numbers of a story that are doubtful, without those that are set.
///
/// # Errors
/// A range or distribution that makes no sense at its present numbers.
pub fn doubts(
    story: &Story,
    settings: &Settings,
    pinned: &[(ParamId, f64)],
) -> Result<Vec<Doubtful>, Fault> {
    let ids: Vec<ParamId> = pinned.iter().map(|(id, _)| *id).collect();
    doubtful(&story.scenario, settings, &ids).map_err(|error| Fault::asked(&error))
}

/// A story's negotiation and what is asked about it; none where nobody cares about issues.
///
/// # Errors
/// A weight or score that makes no sense, at these numbers or in a draw.
pub fn asked(
    story: &Story,
    settings: &Settings,
    pinned: &[(ParamId, f64)],
    numbers: &[Doubtful],
    question: Question,
) -> Result<Option<Asked>, Fault> {
    let told = &story.scenario;
    if !scenario::negotiates(told) {
        return Ok(None);
    }
    let everybody = scenario::preferences(told, settings).map_err(|fault| story.fault(&fault))?;
    let draws = preferences_drawn(told, pinned, numbers, question.draws, question.seed)
        .map_err(|faults| Fault::told(faults, &story.sources))?;
    let ratifiers = scenario::ratifiers(told);
    let at_home = |seat: &usize| ratifiers.iter().any(|(home, _)| home == seat);
    Ok(Some(Asked {
        title: told.title.clone(),
        domain: scenario::domain(told).map_err(|error| Fault::asked(&error))?,
        colours: (told.values.iter())
            .map(|value| value.actor.index())
            .collect(),
        seats: (0..everybody.len()).filter(|seat| !at_home(seat)).collect(),
        styles: scenario::styles(told),
        everybody,
        packages: scenario::packages(told),
        draws,
        counted: question.counted,
        search: detente_deal::Search {
            merge: Merge {
                epsilon: question.epsilon,
                ..Merge::default()
            },
            seed: question.seed,
            ..detente_deal::Search::default()
        },
        ratifiers,
    }))
}
