//! What a ranking must be like for a state to be stable: which states must not be better than it.
//!
//! Under Nash, metarational, sequential and simultaneous stability all that counts of an actor's own ranking is which
//! states it likes no better than the state s in question, and the more these are the better: for every move of the
//! actor from s, either the state reached is among them, or some answer's end (with what the actor could still reach
//! from there, in the symmetric concepts) is among them.

use crate::concept::{Concept, Countermoves, Settings};
use crate::conflict::Conflict;
use crate::error::{GraphError, present};
use crate::players::{Others, Player, check_size};

/// For one move: one of these sets of states must be liked no better than s, in whole. Each set is in ascending order;
/// no set holds another.
pub(crate) type Clause = Vec<Vec<usize>>;

/// What is demanded of an actor's ranking; all clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Demand {
    pub actor: usize,
    pub state: usize,
    pub clauses: Vec<Clause>,
}

impl Demand {
    /// # Errors
    /// No such state or actor, another concept, unknown preferences, a conflict that is too large.
    pub fn new(
        conflict: &Conflict,
        state: usize,
        actor: usize,
        concept: Concept,
    ) -> Result<Demand, GraphError> {
        let state = present("the wish", "state", state, conflict.size())?;
        let actor = present("the wish", "actor", actor, conflict.actors().len())?;
        check_size(conflict)?;
        // Unknown preferences of the others matter where these move in their own interest.
        crate::analysis::check(conflict, &[concept], &Settings::default())?;
        let mut demand = Demand {
            actor,
            state,
            clauses: Vec::new(),
        };
        let size = conflict.size();
        let others: Vec<Player> = (0..conflict.actors().len())
            .filter(|j| *j != actor)
            .map(|j| Player::new(conflict, &[j], Settings::default().reading))
            .collect();
        let others: Vec<&Player> = others.iter().collect();
        let others = Others::new(&others, &others, Countermoves::Sequences, size);
        for to in conflict.moves(actor, state) {
            let ends = match concept {
                Concept::Nash => Vec::new(),
                Concept::General | Concept::SymmetricGeneral => others.moves_from(to),
                Concept::Sequential | Concept::SymmetricSequential => others.credible_from(to),
                Concept::Simultaneous => together(conflict, actor, state, to),
                Concept::Limited(_) | Concept::NonMyopic => {
                    return Err(GraphError::Unanswerable {
                        question: format!("which rankings give {} stability", concept.name()),
                        why: "more of the ranking counts than what is better than the state"
                            .to_owned(),
                        mend: "ask for Nash, metarational, sequential or simultaneous stability",
                    });
                }
            };
            let symmetric = matches!(
                concept,
                Concept::SymmetricGeneral | Concept::SymmetricSequential
            );
            let mut clause = vec![vec![to]];
            for end in ends {
                let mut needed = vec![end];
                if symmetric {
                    needed.extend(conflict.moves(actor, end));
                }
                needed.retain(|s| *s != state);
                needed.sort_unstable();
                needed.dedup();
                clause.push(needed);
            }
            demand.clauses.push(smallest(clause));
        }
        // A clause that asks for nothing is kept by every ranking.
        demand
            .clauses
            .retain(|clause| !clause.iter().any(Vec::is_empty));
        Ok(demand)
    }

    /// The states that count, in ascending order.
    pub fn relevant(&self) -> Vec<usize> {
        let mut states: Vec<usize> = self.clauses.iter().flatten().flatten().copied().collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// The first clause that is not met when `low` tells which states are liked no better than s.
    pub fn unmet(&self, low: impl Fn(usize) -> bool) -> Option<&Clause> {
        let met = |clause: &&Clause| clause.iter().any(|set| set.iter().all(|s| low(*s)));
        self.clauses.iter().find(|clause| !met(clause))
    }
}

/// The ends of all combinations of improvements of the others from `state`, put upon the move `to`.
fn together(conflict: &Conflict, actor: usize, state: usize, to: usize) -> Vec<usize> {
    let Some(states) = conflict.states() else {
        return Vec::new();
    };
    let mut ends = vec![(states.bits(to), false)];
    for other in (0..conflict.actors().len()).filter(|other| *other != actor) {
        let own = conflict.own_options(other);
        let improvements = conflict.improvements(other, state);
        let moved = |(bits, _): &(u64, bool)| {
            let with = |t: &usize| (bits & !own | states.bits(*t) & own, true);
            improvements.iter().map(with).collect::<Vec<_>>()
        };
        let moved: Vec<(u64, bool)> = ends.iter().flat_map(moved).collect();
        ends.extend(moved);
    }
    let moved = ends.into_iter().filter(|(_, moved)| *moved);
    let mut found: Vec<usize> = moved.filter_map(|(bits, _)| states.find(bits)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The sets that hold no other, smaller ones first.
fn smallest(mut clause: Clause) -> Clause {
    clause.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    clause.dedup();
    let mut kept: Clause = Vec::new();
    for set in clause {
        let holds = |small: &Vec<usize>| small.iter().all(|s| set.binary_search(s).is_ok());
        if !kept.iter().any(holds) {
            kept.push(set);
        }
    }
    kept
}
