//! Simultaneous sanctioning: improvements of several actors made at the same time from the same state.

use std::collections::HashMap;

use crate::bits::StateSet;
use crate::concept::Settings;
use crate::conflict::Conflict;
use crate::judge::{credible, hurts, tempts};
use crate::ordinal::{Ordinal, deters};
use crate::states::States;

/// The improvements of the others from a state: per actor, the options it would then have, and which are its own.
struct Others<'a> {
    own: u64,
    /// Lists of states.
    lists: Vec<&'a [u32]>,
}

/// The stable states where everybody orders all states.
pub(crate) fn ordinal(ordinal: &Ordinal<'_>, actor: usize, settings: &Settings) -> StateSet {
    let conflict = ordinal.conflict;
    let Some(states) = conflict.states() else {
        return StateSet::empty(conflict.size());
    };
    let order = ordinal.orders[actor];
    let rank = order.ranks();
    let own = conflict.own_options(actor);
    let floor = floors(states, own, rank);
    StateSet::of(conflict.size(), |state| {
        if ordinal.is_still(actor, state) {
            return true;
        }
        let now = rank[state];
        let above = |j: usize| {
            let members = &ordinal.climbs[j].members;
            let spans = ordinal
                .improvements(j, state)
                .filter(|span| !span.is_empty());
            spans.map(|span| &members[span]).collect::<Vec<_>>()
        };
        let others: Vec<Others> = (0..ordinal.orders.len())
            .filter(|j| *j != actor)
            .map(|j| Others {
                own: conflict.own_options(j),
                lists: above(j),
            })
            .collect();
        if others.iter().all(|other| other.lists.is_empty()) {
            return false;
        }
        above(actor).into_iter().flatten().all(|to| {
            let bits = states.bits(*to as usize);
            // No state at all in which the actor has these options deters it.
            if !deters(order, settings.reading, floor[&(bits & own)], now) {
                return false;
            }
            let hit = |end: usize| deters(order, settings.reading, rank[end], now);
            combined(states, bits, &others, false, &hit)
        })
    })
}

/// Per setting of the actor's own options, the lowest rank of any state with it.
fn floors(states: &States, own: u64, rank: &[u32]) -> HashMap<u64, u32> {
    let mut floors = HashMap::new();
    for (state, bits) in states.all().iter().enumerate() {
        let floor = floors.entry(bits & own).or_insert(u32::MAX);
        *floor = rank[state].min(*floor);
    }
    floors
}

/// Whether some combination of the others' improvements, at least one, put upon `bits`, is feasible and `hit`.
fn combined(
    states: &States,
    bits: u64,
    others: &[Others<'_>],
    moved: bool,
    hit: &impl Fn(usize) -> bool,
) -> bool {
    let Some((first, rest)) = others.split_first() else {
        return moved && states.find(bits).is_some_and(hit);
    };
    let mut moves = first.lists.iter().copied().flatten();
    let and_then = |with: &u32| {
        let with = bits & !first.own | states.bits(*with as usize) & first.own;
        combined(states, with, rest, true, hit)
    };
    moves.any(and_then) || combined(states, bits, rest, moved, hit)
}

/// The improvements of the others that together with the improvement `to` deter the actor: who moves whither.
/// Works for all kinds of preferences; `None` also where there are no options.
pub(crate) fn sanction(
    conflict: &Conflict,
    actor: usize,
    state: usize,
    to: usize,
    settings: &Settings,
) -> Option<(Vec<(usize, usize)>, usize)> {
    let states = conflict.states()?;
    let others: Vec<(usize, Vec<usize>)> = (0..conflict.actors().len())
        .filter(|j| *j != actor)
        .map(|j| {
            let preferences = conflict.preferences(j);
            let mut moves = conflict.moves(j, state);
            moves.retain(|t| credible(settings.reading, preferences.relation(state, *t)));
            (j, moves)
        })
        .collect();
    let preferences = conflict.preferences(actor);
    let hit = |end: usize| hurts(settings.reading, preferences.relation(state, end));
    let mut taken = Vec::new();
    let bits = states.bits(to);
    let end = together(conflict, bits, &others, &mut taken, &hit)?;
    Some((taken, end))
}

fn together(
    conflict: &Conflict,
    bits: u64,
    others: &[(usize, Vec<usize>)],
    taken: &mut Vec<(usize, usize)>,
    hit: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let states = conflict.states()?;
    let Some(((mover, moves), rest)) = others.split_first() else {
        let end = states.find(bits)?;
        return (!taken.is_empty() && hit(end)).then_some(end);
    };
    let own = conflict.own_options(*mover);
    for to in moves {
        let with = bits & !own | states.bits(*to) & own;
        taken.push((*mover, *to));
        if let Some(end) = together(conflict, with, rest, taken, hit) {
            return Some(end);
        }
        taken.pop();
    }
    together(conflict, bits, rest, taken, hit)
}

/// The stable states for preferences of any kind.
pub(crate) fn any(conflict: &Conflict, actor: usize, settings: &Settings) -> StateSet {
    let preferences = conflict.preferences(actor);
    StateSet::of(conflict.size(), |state| {
        let tempted = |to: &usize| tempts(settings.reading, preferences.relation(state, *to));
        conflict
            .moves(actor, state)
            .into_iter()
            .filter(tempted)
            .all(|to| sanction(conflict, actor, state, to, settings).is_some())
    })
}
