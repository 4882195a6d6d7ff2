//! Why a state is stable for an actor, or not: which improvement, which answer.

use std::collections::{HashMap, VecDeque};

use serde::Serialize;

use crate::analysis::check;
use crate::concept::{Concept, Countermoves, Settings};
use crate::conflict::Conflict;
use crate::error::{GraphError, present};
use crate::judge::{credible, hurts, tempts};
use crate::limited::Foresight;
use crate::simultaneous;

/// One move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Who moves.
    pub actor: usize,
    /// The state it moves to.
    pub to: usize,
}

/// How others answer an improvement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Their moves, one after another; under simultaneous sanctioning those that they make from the first state at the
    /// same time.
    pub steps: Vec<Step>,
    /// Where that ends.
    pub end: usize,
}

/// What becomes of an improvement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Reply {
    /// It is answered: the end deters the actor.
    Answered(Answer),
    /// The others have no countermove of the kind that the concept allows.
    NoCountermove,
    /// They have, but none that deters.
    NoneHurts,
    /// They have some that would, but the actor could get away; the answer that comes first, and the way out.
    Escape {
        /// The answer.
        answer: Answer,
        /// Whither the actor could then go.
        to: usize,
    },
    /// Looking ahead, the actor expects play to end there, to its gain (limited-move stability).
    Ends {
        /// The state.
        end: usize,
    },
}

/// An improvement, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Improvement {
    /// The state that the actor would move to.
    pub to: usize,
    /// What becomes of it.
    pub reply: Reply,
}

/// Why a state is stable for an actor, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The actor.
    pub actor: usize,
    /// The state.
    pub state: usize,
    /// The concept.
    pub concept: Concept,
    /// Whether it is stable.
    pub stable: bool,
    /// If stable, all improvements (best first, where the actor orders all states), each with its answer. If not, those
    /// up to the first that is not answered, which stands last.
    pub improvements: Vec<Improvement>,
}

/// Explains the stability of a state for an actor. Of answers the one with the fewest moves is told.
///
/// # Errors
/// No such state or actor; non-myopic stability, of which no single move is the reason; otherwise as for
/// [`crate::analyse`].
pub fn explain(
    conflict: &Conflict,
    state: usize,
    actor: usize,
    concept: Concept,
    settings: &Settings,
) -> Result<Explanation, GraphError> {
    let state = present("the question", "state", state, conflict.size())?;
    let actor = present("the question", "actor", actor, conflict.actors().len())?;
    check(conflict, &[concept], settings)?;
    if concept == Concept::NonMyopic {
        return Err(GraphError::Unanswerable {
            question: "why a state is non-myopically stable".to_owned(),
            why: "it rests on all horizons at once".to_owned(),
            mend: "ask about limited-move stability with a horizon",
        });
    }
    if let Concept::Limited(horizon) = concept {
        return foreseen(conflict, state, actor, horizon);
    }
    let preferences = conflict.preferences(actor);
    let mut tempting = conflict.moves(actor, state);
    tempting.retain(|to| tempts(settings.reading, preferences.relation(state, *to)));
    if let Some(order) = preferences.order() {
        tempting.sort_by_key(|to| std::cmp::Reverse(order.ranks()[*to]));
    }
    let question = Question {
        conflict,
        state,
        actor,
        concept,
        settings,
    };
    let mut explanation = Explanation {
        actor,
        state,
        concept,
        stable: true,
        improvements: Vec::new(),
    };
    for to in tempting {
        let reply = question.reply(to);
        explanation.stable = matches!(reply, Reply::Answered(_));
        explanation.improvements.push(Improvement { to, reply });
        if !explanation.stable {
            break;
        }
    }
    Ok(explanation)
}

fn foreseen(
    conflict: &Conflict,
    state: usize,
    actor: usize,
    horizon: u32,
) -> Result<Explanation, GraphError> {
    let foresight = Foresight::new(conflict)?;
    let before = (1..horizon).fold(foresight.start(), |ends, _| foresight.longer(&ends));
    let step = foresight.step(actor, state, &before);
    let improvement = step.map(|(to, end)| Improvement {
        to,
        reply: Reply::Ends { end },
    });
    Ok(Explanation {
        actor,
        state,
        concept: Concept::Limited(horizon),
        stable: improvement.is_none(),
        improvements: improvement.into_iter().collect(),
    })
}

struct Question<'a> {
    conflict: &'a Conflict,
    state: usize,
    actor: usize,
    concept: Concept,
    settings: &'a Settings,
}

/// A state on the way, and what bars movers: the last one, or the set of those that have moved.
type Place = (usize, u64);

impl Question<'_> {
    fn reply(&self, to: usize) -> Reply {
        match self.concept {
            Concept::Nash => Reply::NoCountermove,
            Concept::Simultaneous => self.at_the_same_time(to),
            _ => self.afterwards(to),
        }
    }

    fn deterred_by(&self, end: usize) -> bool {
        let relation = self
            .conflict
            .preferences(self.actor)
            .relation(self.state, end);
        hurts(self.settings.reading, relation)
    }

    fn at_the_same_time(&self, to: usize) -> Reply {
        let (conflict, settings) = (self.conflict, self.settings);
        let found = simultaneous::sanction(conflict, self.actor, self.state, to, settings);
        if let Some((moves, end)) = found {
            let steps = moves.into_iter().map(|(actor, to)| Step { actor, to });
            return Reply::Answered(Answer {
                steps: steps.collect(),
                end,
            });
        }
        let others = (0..conflict.actors().len()).filter(|j| *j != self.actor);
        let moves = |j: usize| {
            let preferences = conflict.preferences(j);
            let moves = conflict.moves(j, self.state).into_iter();
            moves.filter(move |t| credible(settings.reading, preferences.relation(self.state, *t)))
        };
        if others.flat_map(moves).next().is_some() {
            Reply::NoneHurts
        } else {
            Reply::NoCountermove
        }
    }

    /// Looks through the others' sequences of moves, the shorter first.
    fn afterwards(&self, to: usize) -> Reply {
        let symmetric = matches!(
            self.concept,
            Concept::SymmetricGeneral | Concept::SymmetricSequential
        );
        let start = (to, 0);
        let mut parents: HashMap<Place, (Place, usize)> = HashMap::new();
        let mut queue = VecDeque::from([start]);
        let mut escape = None;
        while let Some(place) = queue.pop_front() {
            for (next, mover) in self.next(place) {
                if parents.contains_key(&next) {
                    continue;
                }
                parents.insert(next, (place, mover));
                queue.push_back(next);
                let end = next.0;
                if !self.deterred_by(end) {
                    continue;
                }
                let answer = || Answer {
                    steps: path(&parents, start, next),
                    end,
                };
                match self.way_out(end).filter(|_| symmetric) {
                    None => return Reply::Answered(answer()),
                    Some(to) if escape.is_none() => {
                        escape = Some(Reply::Escape {
                            answer: answer(),
                            to,
                        });
                    }
                    Some(_) => {}
                }
            }
        }
        match escape {
            Some(escape) => escape,
            None if parents.is_empty() => Reply::NoCountermove,
            None => Reply::NoneHurts,
        }
    }

    fn way_out(&self, end: usize) -> Option<usize> {
        let mut moves = self.conflict.moves(self.actor, end).into_iter();
        moves.find(|to| !self.deterred_by(*to))
    }

    fn next(&self, (state, barred): Place) -> Vec<(Place, usize)> {
        let careful = matches!(
            self.concept,
            Concept::Sequential | Concept::SymmetricSequential
        );
        let once = self.settings.countermoves == Countermoves::Once;
        let mut found = Vec::new();
        for mover in (0..self.conflict.actors().len()).filter(|j| *j != self.actor) {
            // Without `once`, the last mover's number plus 1.
            let (bar, now) = if once {
                (barred >> mover & 1 == 1, barred | 1 << mover)
            } else {
                (barred == mover as u64 + 1, mover as u64 + 1)
            };
            if bar {
                continue;
            }
            let preferences = self.conflict.preferences(mover);
            for to in self.conflict.moves(mover, state) {
                let relation = || preferences.relation(state, to);
                if !careful || credible(self.settings.reading, relation()) {
                    found.push(((to, now), mover));
                }
            }
        }
        found
    }
}

fn path(parents: &HashMap<Place, (Place, usize)>, start: Place, end: Place) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut place = end;
    while place != start {
        let Some((before, actor)) = parents.get(&place) else {
            break;
        };
        steps.push(Step {
            actor: *actor,
            to: place.0,
        });
        place = *before;
    }
    steps.reverse();
    steps
}
