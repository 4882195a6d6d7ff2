//! What coalitions and misperceptions change.

use serde::Serialize;

use super::{Coalitions, FEW, Question, Subject, coalitional, numbers};
use crate::coalition::{MOST_IN_COALITIONS, analyse_blocks, departures};
use crate::concept::{Concept, Settings};
use crate::conflict::Conflict;
use crate::hypergame::Kind;
use crate::words::state_words;

/// What coalitions change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alliance {
    /// The blocks that act as one, by name; none where all coalitions are looked at.
    pub blocks: Vec<Vec<String>>,
    /// Per concept: its name, and the states that last even so, by number from 1.
    pub equilibria: Vec<(String, Vec<usize>)>,
    /// Equilibria that a coalition leaves for another one: who, from and to, by number from 1.
    pub departures: Vec<Departs>,
}

/// A coalition that leaves an equilibrium.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Departs {
    /// Its members, by name.
    pub members: Vec<String>,
    /// The state that it leaves, by number from 1.
    pub from: usize,
    /// Whither, by number from 1.
    pub to: usize,
    /// Both in words.
    pub words: (String, String),
}

/// Concepts that are defined of coalitions.
fn of_coalitions(concepts: &[Concept]) -> Vec<Concept> {
    let fits = |concept: &Concept| {
        !matches!(
            concept,
            Concept::Simultaneous | Concept::Limited(_) | Concept::NonMyopic
        )
    };
    concepts.iter().copied().filter(fits).collect()
}

pub(super) fn alliance(
    conflict: &Conflict,
    question: &Question,
    settings: &Settings,
    concepts: &[Concept],
    remarks: &mut Vec<String>,
) -> Option<Alliance> {
    let actors = conflict.actors().len();
    let few = (2..=MOST_IN_COALITIONS).contains(&actors) && conflict.size() <= FEW;
    if question.coalitions == Coalitions::IfFew && !few {
        return None;
    }
    let concepts = of_coalitions(concepts);
    let name = |actor: &usize| conflict.actors()[*actor].clone();
    let (blocks, found) = match &question.coalitions {
        Coalitions::Blocks(blocks) => {
            let names = blocks.iter().map(|block| block.iter().map(name).collect());
            let found = analyse_blocks(conflict, blocks, &concepts, settings);
            (names.collect(), found)
        }
        _ => (Vec::new(), coalitional(conflict, &concepts, settings)),
    };
    let found = match found {
        Ok(found) => found,
        Err(why) => {
            remarks.push(why.to_string());
            return None;
        }
    };
    let each = |concept: &Concept| (concept.name(), numbers(&found.equilibria(*concept)));
    let mut alliance = Alliance {
        blocks,
        equilibria: concepts.iter().map(each).collect(),
        departures: Vec::new(),
    };
    if actors <= MOST_IN_COALITIONS
        && let Some(concept) = concepts.last()
        && let Ok(alone) = crate::analysis::analyse(conflict, &[*concept], settings)
        && let Ok(ways) = departures(conflict, &alone.equilibria(*concept), settings)
    {
        let ways = ways.into_iter().filter(|way| way.members.len() > 1);
        alliance.departures = ways
            .map(|way| Departs {
                members: way.members.iter().map(name).collect(),
                from: way.from + 1,
                to: way.to + 1,
                words: (
                    state_words(conflict, way.from),
                    state_words(conflict, way.to),
                ),
            })
            .collect();
    }
    Some(alliance)
}

/// What misperceptions change, under one concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Perceived {
    /// The concept's name.
    pub concept: String,
    /// States that last as everybody sees the conflict, by number from 1.
    pub equilibria: Vec<usize>,
    /// Those that everybody expects.
    pub steady: Vec<usize>,
    /// Those that last only because somebody is wrong.
    pub errors: Vec<usize>,
    /// Equilibria of the real conflict that do not last so.
    pub lost: Vec<usize>,
    /// Per actor the equilibria that it expects, by number from 1.
    pub expected: Vec<Vec<usize>>,
}

pub(super) fn perceived(
    subject: &Subject,
    concepts: &[Concept],
    settings: &Settings,
    remarks: &mut Vec<String>,
) -> Vec<Perceived> {
    let Some(game) = &subject.hypergame else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for concept in concepts {
        match game.outlook(*concept, settings) {
            Err(why) => remarks.push(why.to_string()),
            Ok(outlook) => {
                let of = |fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
                    let states = outlook.equilibria.iter().filter(|state| fits(*state));
                    states.map(|state| state + 1).collect()
                };
                let lost = (outlook.real.iter())
                    .filter(|state| !outlook.equilibria.contains(*state))
                    .map(|state| state + 1);
                all.push(Perceived {
                    concept: concept.name(),
                    equilibria: numbers(&outlook.equilibria),
                    steady: of(&|state| outlook.kind(state) == Some(Kind::Steady)),
                    errors: of(&|state| outlook.rests_on_error(state)),
                    lost: lost.collect(),
                    expected: outlook.expected.iter().map(numbers).collect(),
                });
            }
        }
    }
    remarks.dedup();
    all
}
