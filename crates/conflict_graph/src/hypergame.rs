//! Misperceptions: every actor plays the game that it sees (hypergames of the first level; Bennett 1980; Wang, Hipel and
//! Fraser 1988).

use crate::analysis::analyse;
use crate::bits::StateSet;
use crate::concept::{Concept, Settings};
use crate::conflict::Conflict;
use crate::error::GraphError;

/// The real conflict, and what each actor takes for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypergame {
    real: Conflict,
    views: Vec<Conflict>,
    /// Per view and real state, the state that the actor believes to be in; `None` if it thinks that impossible.
    seen: Vec<Vec<Option<usize>>>,
}

/// What the hypergame comes to under one concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The concept.
    pub concept: Concept,
    /// Equilibria of the real conflict, if everybody saw it as it is.
    pub real: StateSet,
    /// Per actor, the real states that it takes for equilibria of the game that it sees: what it expects.
    pub expected: Vec<StateSet>,
    /// Real states that every actor, in the game that it sees, would not leave: the equilibria of the hypergame. Where
    /// an actor thinks the state impossible it has no plan to leave it.
    pub equilibria: StateSet,
}

/// What kind of equilibrium of the hypergame a state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everybody expects it: what happens teaches nobody better.
    Steady,
    /// Somebody is surprised by it and may see the game anew.
    Unsteady,
}

impl Outlook {
    /// What kind of equilibrium a state is; `None` if it is none.
    pub fn kind(&self, state: usize) -> Option<Kind> {
        let all = self.expected.iter().all(|set| set.contains(state));
        let kind = if all { Kind::Steady } else { Kind::Unsteady };
        self.equilibria.contains(state).then_some(kind)
    }

    /// Whether a state is an equilibrium only because somebody sees the game wrongly.
    pub fn rests_on_error(&self, state: usize) -> bool {
        self.equilibria.contains(state) && !self.real.contains(state)
    }
}

impl Hypergame {
    /// A hypergame of conflicts in option form; `views` holds one per actor, in the order of the real conflict, each with
    /// the same actors. Options are the same if they have the same name and owner: an option that a view lacks is not
    /// seen, one that the real conflict lacks is imagined, and not chosen so far.
    ///
    /// # Errors
    /// A wrong number of views, other actors in a view, conflicts without options.
    pub fn new(real: Conflict, views: Vec<Conflict>) -> Result<Hypergame, GraphError> {
        let expected = real.actors().len();
        if views.len() != expected {
            return Err(GraphError::Length {
                place: "the list of views".to_owned(),
                what: "actor",
                expected,
                found: views.len(),
            });
        }
        let seen = views
            .iter()
            .enumerate()
            .map(|(i, view)| seen(&real, i, view));
        let seen = seen.collect::<Result<_, _>>()?;
        Ok(Hypergame { real, views, seen })
    }

    /// The real conflict.
    pub fn real(&self) -> &Conflict {
        &self.real
    }

    /// The game that an actor sees.
    pub fn view(&self, actor: usize) -> &Conflict {
        &self.views[actor]
    }

    /// In which state of its own game an actor believes to be; `None` if it thinks the real state impossible.
    pub fn seen(&self, actor: usize, state: usize) -> Option<usize> {
        self.seen[actor][state]
    }

    /// Judges the real states.
    ///
    /// # Errors
    /// As for [`analyse`], of the real conflict and of every view.
    pub fn outlook(&self, concept: Concept, settings: &Settings) -> Result<Outlook, GraphError> {
        let size = self.real.size();
        let real = analyse(&self.real, &[concept], settings)?.equilibria(concept);
        let mut expected = Vec::new();
        let mut equilibria = StateSet::full(size);
        for (actor, view) in self.views.iter().enumerate() {
            let found = analyse(view, &[concept], settings)?;
            let (own, all) = (found.stable(concept, actor), found.equilibria(concept));
            let seen = &self.seen[actor];
            expected.push(StateSet::of(size, |s| {
                seen[s].is_some_and(|s| all.contains(s))
            }));
            let stays = |s: usize| seen[s].is_none_or(|s| own.contains(s));
            equilibria.intersect(&StateSet::of(size, stays));
        }
        Ok(Outlook {
            concept,
            real,
            expected,
            equilibria,
        })
    }
}

fn seen(real: &Conflict, actor: usize, view: &Conflict) -> Result<Vec<Option<usize>>, GraphError> {
    let fault = |why: String| GraphError::Unanswerable {
        question: format!("what {} sees", real.actors()[actor]),
        why,
        mend: "give every view the same actors in the same order, and options",
    };
    if real.actors() != view.actors() {
        return Err(fault("its view has other actors".to_owned()));
    }
    // States that were put together, or moves that are listed, have no parts that could be unseen.
    let in_options = |conflict: &Conflict| conflict.movement(0).cosets().is_some();
    let both = in_options(real) && in_options(view);
    let (Some(states), Some(imagined), true) = (real.states(), view.states(), both) else {
        return Err(fault(
            "a conflict without options has no parts to see".to_owned(),
        ));
    };
    let place = |option: &crate::conflict::Choice| {
        let same = |other: &crate::conflict::Choice| {
            other.name == option.name && other.owner == option.owner
        };
        view.options().iter().position(same)
    };
    let places: Vec<Option<usize>> = real.options().iter().map(place).collect();
    let project = |bits: &u64| {
        let chosen = |k: &usize| bits >> k & 1 == 1;
        let seen = (0..places.len()).filter(chosen).filter_map(|k| places[k]);
        imagined.find(seen.fold(0u64, |state, k| state | 1 << k))
    };
    Ok(states.all().iter().map(project).collect())
}
