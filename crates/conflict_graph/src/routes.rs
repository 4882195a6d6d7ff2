//! Status-quo analysis: how the conflict can get from today's state to others (Li, Kilgour and Hipel 2005).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use serde::Serialize;

use crate::bits::StateSet;
use crate::conflict::Conflict;
use crate::error::{GraphError, present};
use crate::explain::Step;

/// Which moves are made on the way. Nobody moves twice in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowed {
    /// All.
    Any,
    /// Only those that make the mover better off at once.
    Improvements,
}

/// A way from the status quo to a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// The moves, in order.
    pub steps: Vec<Step>,
    /// How many of them do not make the mover better off at once.
    pub reluctant: usize,
}

/// What can become of the status quo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evolution {
    /// Where it starts.
    pub from: usize,
    /// Which moves are made.
    pub allowed: Allowed,
    /// Per state the fewest moves that lead there; `None` if it is out of reach.
    pub moves: Vec<Option<u32>>,
    /// By number of moves, how many states are reached by so many moves or fewer.
    pub reached: Vec<usize>,
}

/// Which states the conflict can get to from `from`, and how fast.
///
/// # Errors
/// No such state; more than 64 actors.
pub fn evolution(
    conflict: &Conflict,
    from: usize,
    allowed: Allowed,
) -> Result<Evolution, GraphError> {
    let from = present("the status quo", "state", from, conflict.size())?;
    few(conflict)?;
    let mut evolution = Evolution {
        from,
        allowed,
        moves: vec![None; conflict.size()],
        reached: vec![1],
    };
    evolution.moves[from] = Some(0);
    // Which movers have arrived at each state, and who arrived last in the round before.
    let mut arrived = vec![0u64; conflict.size()];
    let mut front: BTreeMap<usize, u64> = BTreeMap::from([(from, 0)]);
    let mut count = 1;
    for round in 1.. {
        let mut next: BTreeMap<usize, u64> = BTreeMap::new();
        for (state, movers) in &front {
            for actor in 0..conflict.actors().len() {
                // Somebody else must have made the move before.
                if *movers == 1 << actor {
                    continue;
                }
                each(conflict, actor, *state, allowed, |to| {
                    if arrived[to] >> actor & 1 == 0 {
                        *next.entry(to).or_default() |= 1 << actor;
                    }
                });
            }
        }
        if next.is_empty() {
            return Ok(evolution);
        }
        for (state, movers) in &next {
            arrived[*state] |= movers;
            if evolution.moves[*state].is_none() {
                evolution.moves[*state] = Some(round);
                count += 1;
            }
        }
        evolution.reached.push(count);
        front = next;
    }
    Ok(evolution)
}

fn each(
    conflict: &Conflict,
    actor: usize,
    state: usize,
    allowed: Allowed,
    mut found: impl FnMut(usize),
) {
    let preferences = conflict.preferences(actor);
    conflict.movement(actor).each(state, |to| {
        if allowed == Allowed::Any || preferences.relation(state, to).is_gain() {
            found(to);
        }
        true
    });
}

fn few(conflict: &Conflict) -> Result<(), GraphError> {
    if conflict.actors().len() <= 64 {
        return Ok(());
    }
    Err(GraphError::TooMany {
        what: "actors whose moves are followed".to_owned(),
        found: conflict.actors().len(),
        limit: 64,
        mend: "put actors together",
    })
}

/// All fastest ways to a state, at most `most` of them, in the order of movers and states.
///
/// # Errors
/// No such state.
pub fn fastest(
    conflict: &Conflict,
    evolution: &Evolution,
    to: usize,
    most: usize,
) -> Result<Vec<Route>, GraphError> {
    let to = present("the way", "state", to, conflict.size())?;
    let Some(length) = evolution.moves.get(to).copied().flatten() else {
        return Ok(Vec::new());
    };
    let mut search = Ways {
        conflict,
        allowed: evolution.allowed,
        to,
        left: toward(conflict, to, evolution.allowed, length),
        most,
        found: Vec::new(),
        steps: Vec::new(),
    };
    search.go(evolution.from, None, length);
    let route = |steps: Vec<Step>| Route {
        reluctant: reluctant(conflict, evolution.from, &steps),
        steps,
    };
    Ok(search.found.into_iter().map(route).collect())
}

fn reluctant(conflict: &Conflict, from: usize, steps: &[Step]) -> usize {
    let mut at = from;
    let mut count = 0;
    for step in steps {
        let relation = conflict.preferences(step.actor).relation(at, step.to);
        count += usize::from(!relation.is_gain());
        at = step.to;
    }
    count
}

struct Ways<'a> {
    conflict: &'a Conflict,
    allowed: Allowed,
    to: usize,
    /// Per number of moves left, the states from which so many moves lead to the end, whoever makes them.
    left: Vec<StateSet>,
    most: usize,
    found: Vec<Vec<Step>>,
    steps: Vec<Step>,
}

impl Ways<'_> {
    fn go(&mut self, state: usize, last: Option<usize>, moves: u32) {
        if self.found.len() >= self.most {
            return;
        }
        if moves == 0 {
            if state == self.to {
                self.found.push(self.steps.clone());
            }
            return;
        }
        for actor in (0..self.conflict.actors().len()).filter(|actor| Some(*actor) != last) {
            let mut targets = Vec::new();
            let left = &self.left[moves as usize - 1];
            each(self.conflict, actor, state, self.allowed, |to| {
                if left.contains(to) {
                    targets.push(to);
                }
            });
            targets.sort_unstable();
            for to in targets {
                self.steps.push(Step { actor, to });
                self.go(to, Some(actor), moves - 1);
                self.steps.pop();
            }
        }
    }
}

fn toward(conflict: &Conflict, to: usize, allowed: Allowed, moves: u32) -> Vec<StateSet> {
    let size = conflict.size();
    let mut left = vec![StateSet::of(size, |state| state == to)];
    for k in 0..moves as usize {
        let leads = |state: usize| {
            (0..conflict.actors().len()).any(|actor| {
                let mut found = false;
                each(conflict, actor, state, allowed, |t| {
                    found |= left[k].contains(t)
                });
                found
            })
        };
        left.push(StateSet::of(size, leads));
    }
    left
}

/// Per state the most likely way from `from`: the one with the fewest moves that do not make the mover better off at
/// once, and of these the one with the fewest moves; `None` if the state is out of reach. Ties go to the mover and
/// the state of the lowest number.
///
/// # Errors
/// No such state.
pub fn likeliest(conflict: &Conflict, from: usize) -> Result<Vec<Option<Route>>, GraphError> {
    let from = present("the status quo", "state", from, conflict.size())?;
    let actors = conflict.actors().len();
    // A place is a state and who moved last (`actors` at the start).
    let place = |state: usize, actor: usize| state * (actors + 1) + actor;
    let mut cost: Vec<Option<(usize, usize)>> = vec![None; conflict.size() * (actors + 1)];
    let mut before = vec![usize::MAX; cost.len()];
    let start = place(from, actors);
    cost[start] = Some((0, 0));
    let mut waiting = BinaryHeap::from([Reverse(((0, 0), start))]);
    while let Some(Reverse(((reluctant, length), at))) = waiting.pop() {
        if cost[at] != Some((reluctant, length)) {
            continue;
        }
        let (state, last) = (at / (actors + 1), at % (actors + 1));
        for actor in (0..actors).filter(|actor| *actor != last) {
            let preferences = conflict.preferences(actor);
            for to in conflict.moves(actor, state) {
                let gain = preferences.relation(state, to).is_gain();
                let next = (reluctant + usize::from(!gain), length + 1);
                let there = place(to, actor);
                if cost[there].is_none_or(|known| next < known) {
                    cost[there] = Some(next);
                    before[there] = at;
                    waiting.push(Reverse((next, there)));
                }
            }
        }
    }
    let route = |state: usize| {
        let places = (0..=actors).map(|actor| place(state, actor));
        let best = places
            .filter(|at| cost[*at].is_some())
            .min_by_key(|at| (cost[*at], *at))?;
        let mut steps = Vec::new();
        let mut at = best;
        while before[at] != usize::MAX {
            steps.push(Step {
                actor: at % (actors + 1),
                to: at / (actors + 1),
            });
            at = before[at];
        }
        steps.reverse();
        let (reluctant, _) = cost[best]?;
        Some(Route { steps, reluctant })
    };
    Ok((0..conflict.size()).map(route).collect())
}

/// A state that draws others to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basin {
    /// The state, an equilibrium say.
    pub state: usize,
    /// The states from which moves lead to it, itself among them.
    pub from: StateSet,
    /// The fewest moves from each of them.
    pub moves: Vec<Option<u32>>,
}

/// For each of these states, from where it can be reached (the attractors of the conflict, if they are equilibria and
/// only improvements are made).
///
/// # Errors
/// More than 64 actors.
pub fn basins(
    conflict: &Conflict,
    states: &StateSet,
    allowed: Allowed,
) -> Result<Vec<Basin>, GraphError> {
    few(conflict)?;
    // Moves backwards, once for all.
    let mut back: Vec<Vec<(usize, usize)>> = vec![Vec::new(); conflict.size()];
    for actor in 0..conflict.actors().len() {
        for state in 0..conflict.size() {
            each(conflict, actor, state, allowed, |to| {
                back[to].push((actor, state))
            });
        }
    }
    Ok(states.iter().map(|state| basin(&back, state)).collect())
}

fn basin(back: &[Vec<(usize, usize)>], state: usize) -> Basin {
    let mut moves = vec![None; back.len()];
    moves[state] = Some(0);
    let mut left = vec![0u64; back.len()];
    let mut front: BTreeMap<usize, u64> = BTreeMap::from([(state, 0)]);
    for round in 1.. {
        let mut next: BTreeMap<usize, u64> = BTreeMap::new();
        for (to, movers) in &front {
            for (actor, from) in &back[*to] {
                if *movers != 1 << actor && left[*from] >> actor & 1 == 0 {
                    *next.entry(*from).or_default() |= 1 << actor;
                }
            }
        }
        if next.is_empty() {
            break;
        }
        for (from, movers) in &next {
            left[*from] |= movers;
            moves[*from].get_or_insert(round);
        }
        front = next;
    }
    Basin {
        state,
        from: StateSet::of(back.len(), |s| moves[s].is_some()),
        moves,
    }
}
