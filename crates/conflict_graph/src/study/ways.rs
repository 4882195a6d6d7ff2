//! From today to where the conflict may end.

use serde::Serialize;

use super::Question;
use crate::StateSet;
use crate::analysis::Analysis;
use crate::concept::Concept;
use crate::conflict::{Conflict, MOST_LISTED};
use crate::error::GraphError;
use crate::routes::{Allowed, Route, basins, evolution, fastest, likeliest};
use crate::words::{move_words, state_words};

/// At most so many states are told how to reach.
const MOST: usize = 24;

/// How far the conflict can go from today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mobility {
    /// By number of moves, how many states are reached by so many or fewer.
    pub any: Vec<usize>,
    /// As before, by improvements only.
    pub improvements: Vec<usize>,
}

/// A move on a way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Who moves.
    pub actor: usize,
    /// To which state, by number from 1.
    pub to: usize,
    /// How, as after "by".
    pub words: String,
    /// Whether the mover likes it better at once.
    pub gain: bool,
}

/// How a state is reached from today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The state, by number from 1.
    pub to: usize,
    /// In words.
    pub words: String,
    /// The fastest way by improvements, if one leads there.
    pub improvements: Option<Vec<Told>>,
    /// The fastest way by any moves.
    pub fastest: Option<Vec<Told>>,
    /// The likeliest way: the fewest moves that do not help the mover at once, then the fewest moves.
    pub likeliest: Option<Vec<Told>>,
    /// From how many states improvements lead here.
    pub basin: Option<usize>,
}

pub(super) fn from(
    conflict: &Conflict,
    today: Option<usize>,
    shown: &[usize],
    concepts: &[Concept],
    found: &Analysis,
    question: &Question,
) -> Result<(Option<Mobility>, Vec<Way>), GraphError> {
    let Some(today) = today else {
        return Ok((None, Vec::new()));
    };
    let by_gain = evolution(conflict, today, Allowed::Improvements)?;
    let by_any = evolution(conflict, today, Allowed::Any)?;
    let telling: Vec<StateSet> = super::telling(concepts)
        .map(|concept| found.equilibria(concept))
        .collect();
    let ends = |state: &&usize| {
        let asked = question.about.contains(state) || question.wishes.contains(state);
        let named = conflict.label(**state).is_some();
        let lasts = telling.iter().any(|set| set.contains(**state));
        **state != today && (asked || named || lasts)
    };
    let ends: Vec<usize> = shown.iter().filter(ends).copied().take(MOST).collect();
    let listed = conflict.size() <= MOST_LISTED;
    let likely = if listed {
        likeliest(conflict, today)?
    } else {
        Vec::new()
    };
    let set = StateSet::of(conflict.size(), |state| ends.contains(&state));
    let basins = if listed {
        basins(conflict, &set, Allowed::Improvements)?
    } else {
        Vec::new()
    };
    let first = |ways: &crate::routes::Evolution, to: usize| -> Result<_, GraphError> {
        let route = fastest(conflict, ways, to, 1)?.into_iter().next();
        Ok(route.map(|route| told(conflict, today, &route)))
    };
    let mut ways = Vec::new();
    for to in ends {
        let basin = basins.iter().find(|basin| basin.state == to);
        ways.push(Way {
            to: to + 1,
            words: state_words(conflict, to),
            improvements: first(&by_gain, to)?,
            fastest: first(&by_any, to)?,
            likeliest: (likely.get(to).and_then(Option::as_ref))
                .map(|route| told(conflict, today, route)),
            basin: basin.map(|basin| basin.from.count()),
        });
    }
    let mobility = Mobility {
        any: by_any.reached,
        improvements: by_gain.reached,
    };
    Ok((Some(mobility), ways))
}

fn told(conflict: &Conflict, from: usize, route: &Route) -> Vec<Told> {
    let mut at = from;
    let step = |step: &crate::explain::Step| {
        let told = Told {
            actor: step.actor,
            to: step.to + 1,
            words: move_words(conflict, at, step.to),
            gain: conflict
                .preferences(step.actor)
                .relation(at, step.to)
                .is_gain(),
        };
        at = step.to;
        told
    };
    route.steps.iter().map(step).collect()
}
