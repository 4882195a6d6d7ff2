//! What would have to change for a wished state to last.

use serde::Serialize;

use super::Question;
use crate::concept::{Concept, Settings};
use crate::conflict::Conflict;
use crate::goal::seek;
use crate::inverse::inverse;
use crate::words::state_words;

/// Conditions on rankings that are told.
const MOST: usize = 6;

/// What would have to change for a wished state to last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wish {
    /// The state, by number from 1.
    pub state: usize,
    /// In words.
    pub words: String,
    /// Under which concept.
    pub concept: String,
    /// The smallest changes, for each actor who would have to change its mind.
    pub changes: Vec<Change>,
    /// For whom the state would not last even so.
    pub unstable_for: Vec<usize>,
    /// Per actor, which of all rankings make the state stable for it.
    pub possible: Vec<Possible>,
}

/// The smallest change of an actor's ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Whose.
    pub actor: usize,
    /// States that it would have to like less than the wished one, by number from 1.
    pub lowered: Vec<usize>,
    /// The same in words.
    pub words: Vec<String>,
    /// How many pairs of states change places.
    pub swaps: usize,
    /// Whether nothing smaller would do.
    pub proven: bool,
}

/// Which rankings of an actor make the state stable for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Possible {
    /// Whose.
    pub actor: usize,
    /// Their share of all strict rankings.
    pub share: f64,
    /// The standard error of the share; 0 if counted.
    pub standard_error: f64,
    /// Their number and that of all, as decimal digits, where they can be counted.
    pub count: Option<(String, String)>,
    /// The state is stable for the actor just if it ranks one of these sets in whole below it; by number from 1.
    pub conditions: Vec<Vec<usize>>,
    /// Whether these are all such sets.
    pub complete: bool,
}

pub(super) fn wishes(
    conflict: &Conflict,
    question: &Question,
    concepts: &[Concept],
    settings: &Settings,
    remarks: &mut Vec<String>,
) -> Vec<Wish> {
    let asked = match question.concepts.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let usual = concepts
        .contains(&Concept::Sequential)
        .then_some(Concept::Sequential);
    let Some(concept) = asked.or(usual).or(concepts.first().copied()) else {
        return Vec::new();
    };
    let everybody: Vec<usize> = (0..conflict.actors().len()).collect();
    let willing = match question.willing.as_slice() {
        [] => &everybody,
        _ => &question.willing,
    };
    let mut found = Vec::new();
    for state in &question.wishes {
        match seek(conflict, *state, willing, concept, settings) {
            Err(why) => remarks.push(why.to_string()),
            Ok(goal) => {
                let changes = goal.changes.into_iter().map(|change| Change {
                    actor: change.actor,
                    words: (change.lowered.iter())
                        .map(|state| state_words(conflict, *state))
                        .collect(),
                    lowered: change.lowered.iter().map(|state| state + 1).collect(),
                    swaps: change.swaps,
                    proven: change.proven,
                });
                let possible = everybody
                    .iter()
                    .filter_map(|actor| possible(conflict, *state, *actor, concept));
                found.push(Wish {
                    state: state + 1,
                    words: state_words(conflict, *state),
                    concept: concept.name(),
                    changes: changes.collect(),
                    unstable_for: goal.unstable_for,
                    possible: possible.collect(),
                });
            }
        }
    }
    found
}

fn possible(conflict: &Conflict, state: usize, actor: usize, concept: Concept) -> Option<Possible> {
    let found = inverse(conflict, state, actor, concept, MOST).ok()?;
    let numbers = |states: &Vec<usize>| states.iter().map(|state| state + 1).collect();
    Some(Possible {
        actor,
        share: found.share,
        standard_error: found.standard_error,
        count: found
            .count
            .map(|(some, all)| (some.to_string(), all.to_string())),
        conditions: found.conditions.iter().map(numbers).collect(),
        complete: found.complete,
    })
}
