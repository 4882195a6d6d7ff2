//! Which states are stable for whom, and for all.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::bits::StateSet;
use crate::concept::{Concept, Countermoves, MOST_ONCE, Settings};
use crate::conflict::Conflict;
use crate::error::GraphError;
use crate::limited::{Foresight, LONGEST_HORIZON};
use crate::ordinal::Ordinal;
use crate::players::{self, Player};
use crate::simultaneous;

/// Which states are stable for whom under which concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    concepts: Vec<Concept>,
    /// Per concept, per actor (or block of actors).
    stable: Vec<Vec<StateSet>>,
    size: usize,
}

impl Analysis {
    pub(crate) fn new(concepts: &[Concept], stable: Vec<Vec<StateSet>>, size: usize) -> Analysis {
        Analysis {
            concepts: concepts.to_vec(),
            stable,
            size,
        }
    }

    /// The concepts asked for.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The states that are stable for an actor (or block of actors); none if the concept was not asked for.
    pub fn stable(&self, concept: Concept, actor: usize) -> StateSet {
        let at = self.concepts.iter().position(|c| *c == concept);
        let found = at.and_then(|at| self.stable[at].get(actor));
        found.cloned().unwrap_or_else(|| StateSet::empty(self.size))
    }

    /// Whether a state is stable for an actor (or block of actors).
    pub fn is_stable(&self, concept: Concept, actor: usize, state: usize) -> bool {
        let at = self.concepts.iter().position(|c| *c == concept);
        let found = at.and_then(|at| self.stable[at].get(actor));
        found.is_some_and(|set| set.contains(state))
    }

    /// The states that are stable for all: the equilibria.
    pub fn equilibria(&self, concept: Concept) -> StateSet {
        let Some(at) = self.concepts.iter().position(|c| *c == concept) else {
            return StateSet::empty(self.size);
        };
        let mut all = StateSet::full(self.size);
        self.stable[at].iter().for_each(|set| all.intersect(set));
        all
    }
}

/// Judges every state for every actor.
///
/// Where all preferences are complete orders and moves are changes of options, this takes time about in proportion to
/// the number of states; otherwise to its square, for at most [`crate::MOST_LISTED`] states. Simultaneous sanctioning
/// looks at combinations of improvements and may take longer.
///
/// # Errors
/// Unknown preferences without an extension that reads them; simultaneous sanctioning without options; limited-move
/// stability without complete preferences, or over more than [`LONGEST_HORIZON`] moves; a conflict that is too large.
pub fn analyse(
    conflict: &Conflict,
    concepts: &[Concept],
    settings: &Settings,
) -> Result<Analysis, GraphError> {
    check(conflict, concepts, settings)?;
    let actors = conflict.actors().len();
    let (far, near): (Vec<Concept>, Vec<Concept>) = concepts.iter().partition(|c| is_far(**c));
    let tasks = near.len() * actors;
    let sequences = settings.countermoves == Countermoves::Sequences;
    let sets = match Ordinal::new(conflict).filter(|_| sequences) {
        Some(ordinal) => {
            let pieces: Vec<(usize, usize, usize)> = (0..tasks)
                .flat_map(|task| {
                    let parts = ordinal.parts(near[task / actors], task % actors);
                    (0..parts).map(move |part| (task, part, parts))
                })
                .collect();
            let found = run(pieces.len(), settings.threads, |piece| {
                let (task, part, parts) = pieces[piece];
                ordinal.stable(task % actors, near[task / actors], settings, (part, parts))
            });
            let mut sets = vec![StateSet::empty(conflict.size()); tasks];
            for ((task, ..), set) in pieces.iter().zip(&found) {
                sets[*task].unite(set);
            }
            sets
        }
        None => {
            players::check_size(conflict)?;
            let players = run(actors, settings.threads, |i| {
                Player::new(conflict, &[i], settings.reading)
            });
            let per_actor = run(actors, settings.threads, |actor| {
                let mut sets = players::single(conflict, &players, actor, &near, settings);
                for (set, concept) in sets.iter_mut().zip(&near) {
                    if *concept == Concept::Simultaneous {
                        *set = simultaneous::any(conflict, actor, settings);
                    }
                }
                sets
            });
            let sets = (0..tasks).map(|task| per_actor[task % actors][task / actors].clone());
            sets.collect()
        }
    };
    let mut near_sets = sets.chunks(actors).map(<[StateSet]>::to_vec);
    let mut far_sets = foresee(conflict, &far)?.into_iter();
    let stable = concepts
        .iter()
        .map(|c| {
            if is_far(*c) {
                far_sets.next()
            } else {
                near_sets.next()
            }
        })
        .map(Option::unwrap_or_default)
        .collect();
    Ok(Analysis::new(concepts, stable, conflict.size()))
}

fn is_far(concept: Concept) -> bool {
    matches!(concept, Concept::Limited(_) | Concept::NonMyopic)
}

fn foresee(conflict: &Conflict, concepts: &[Concept]) -> Result<Vec<Vec<StateSet>>, GraphError> {
    let mut found = Vec::new();
    for concept in concepts {
        let foresight = Foresight::new(conflict)?;
        found.push(match concept {
            Concept::Limited(horizon) => {
                let ends = (0..*horizon).fold(foresight.start(), |ends, _| foresight.longer(&ends));
                let actors = 0..conflict.actors().len();
                actors.map(|actor| foresight.stays(actor, &ends)).collect()
            }
            _ => foresight.non_myopic()?,
        });
    }
    Ok(found)
}

pub(crate) fn check(
    conflict: &Conflict,
    concepts: &[Concept],
    settings: &Settings,
) -> Result<(), GraphError> {
    let actors = 0..conflict.actors().len();
    let mut unsure = actors.filter(|i| conflict.preferences(*i).has_unknown());
    if let Some(actor) = unsure.next().filter(|_| !settings.reading.allows_unknown()) {
        return Err(GraphError::Unanswerable {
            question: "stability".to_owned(),
            why: format!("{} has unknown preferences", conflict.actors()[actor]),
            mend: "choose one of the extensions a to d for unknown preferences",
        });
    }
    let others = conflict.actors().len() - 1;
    if settings.countermoves == Countermoves::Once && others > MOST_ONCE {
        return Err(GraphError::TooMany {
            what: "others of whom each moves at most once".to_owned(),
            found: others,
            limit: MOST_ONCE,
            mend: "let them move in sequences",
        });
    }
    for concept in concepts {
        let why = match concept {
            Concept::Simultaneous if conflict.movement(0).cosets().is_none() => {
                "moves at the same time can be put together only as changes of options"
            }
            Concept::Limited(0) => "at least one move has to be looked at",
            Concept::Limited(horizon) if *horizon > LONGEST_HORIZON => "the horizon is too far",
            _ => continue,
        };
        return Err(GraphError::Unanswerable {
            question: format!("{} stability", concept.name()),
            why: why.to_owned(),
            mend: "ask for another concept or horizon",
        });
    }
    Ok(())
}

/// The results of tasks in their order, worked at by several threads.
pub(crate) fn run<T: Send>(
    tasks: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let threads = threads.clamp(1, tasks.max(1));
    if threads == 1 {
        return (0..tasks).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                return done;
            }
            done.push((task, work(task)));
        }
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let joined = handles.into_iter().map(|handle| match handle.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    });
    done.sort_by_key(|(task, _)| *task);
    done.into_iter().map(|(_, result)| result).collect()
}
