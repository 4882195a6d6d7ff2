//! The one search behind all concepts: of targets in an order of urgency, which is the first that each state reaches?
//!
//! Targets are taken one after another, and marked backwards along moves. A state is marked once per mover, classes
//! that are marked are not looked at again, so that a search takes time in proportion to the states, not to the moves.

use std::ops::Range;

use crate::bits::StateSet;
use crate::moves::{Cosets, NONE};

/// One who moves.
#[derive(Clone, Copy)]
pub(crate) struct Mover<'a> {
    /// Its moves.
    pub cosets: &'a Cosets,
    /// If only improvements are made: the states class by class, worst first.
    pub climb: Option<&'a Climb<'a>>,
}

/// The states of each class by rank.
pub(crate) struct Climb<'a> {
    pub rank: &'a [u32],
    pub members: Vec<u32>,
    /// Per state, where in its own class those that are ranked above it begin.
    after: Vec<u32>,
}

impl<'a> Climb<'a> {
    pub fn new(cosets: &Cosets, rank: &'a [u32]) -> Climb<'a> {
        let mut members = cosets.all_members().to_vec();
        for class in 0..cosets.classes() {
            members[cosets.span(class)].sort_unstable_by_key(|s| (rank[*s as usize], *s));
        }
        let mut after = vec![0; rank.len()];
        for class in 0..cosets.classes() {
            let span = cosets.span(class);
            let mut above = span.end;
            for at in span.rev() {
                let state = members[at] as usize;
                if at + 1 < above && rank[members[at + 1] as usize] > rank[state] {
                    above = at + 1;
                }
                after[state] = above as u32;
            }
        }
        Climb {
            rank,
            members,
            after,
        }
    }

    /// Where in a class, into which the actor can move from a state, those stand that are ranked above it.
    pub fn over(&self, cosets: &Cosets, class: usize, state: usize) -> Range<usize> {
        let span = cosets.span(class);
        if cosets.class(state) == Some(class) {
            return self.after[state] as usize..span.end;
        }
        let rank = self.rank[state];
        let members = &self.members[span.clone()];
        span.start + members.partition_point(|s| self.rank[*s as usize] <= rank)..span.end
    }
}

/// Nothing in the class is marked.
const FRESH: u32 = u32::MAX - 1;
/// All of it is.
const DONE: u32 = u32::MAX;

/// What a mover has marked: for all moves, the one state of the class that is left, `FRESH` or `DONE`; for
/// improvements, where in the class the next state to be marked stands.
struct Marks<'a> {
    mover: Mover<'a>,
    left: Vec<u32>,
    /// The states whose predecessors have been marked.
    spread: StateSet,
}

impl<'a> Marks<'a> {
    fn new(mover: Mover<'a>, size: usize) -> Marks<'a> {
        let classes = mover.cosets.classes();
        let left = match mover.climb {
            None => vec![FRESH; classes],
            Some(_) => (0..classes)
                .map(|class| mover.cosets.span(class).start as u32)
                .collect(),
        };
        Marks {
            mover,
            left,
            spread: StateSet::empty(size),
        }
    }

    /// Marks all states from which the mover can move to `target`, as far as they are not marked.
    fn spread(&mut self, target: u32, mut mark: impl FnMut(u32)) {
        let cosets = self.mover.cosets;
        for class in cosets.below(target as usize) {
            match self.mover.climb {
                None => spread_all(cosets, &mut self.left[class], class, target, &mut mark),
                Some(climb) => {
                    let rank = climb.rank[target as usize];
                    let end = cosets.span(class).end;
                    let mut at = self.left[class] as usize;
                    while at < end && climb.rank[climb.members[at] as usize] < rank {
                        mark(climb.members[at]);
                        at += 1;
                    }
                    self.left[class] = at as u32;
                }
            }
        }
    }
}

/// A state does not move to itself: the first target leaves itself unmarked, the second marks that too.
fn spread_all(
    cosets: &Cosets,
    left: &mut u32,
    class: usize,
    target: u32,
    mark: &mut impl FnMut(u32),
) {
    match *left {
        DONE => {}
        FRESH => {
            *left = DONE;
            for state in cosets.members(class) {
                if *state == target {
                    *left = target;
                } else {
                    mark(*state);
                }
            }
        }
        last if last != target => {
            *left = DONE;
            mark(last);
        }
        _ => {}
    }
}

/// Per state the first of `targets` that it reaches by sequences of the movers' moves in which nobody moves twice in a
/// row; `NONE` if there is none.
pub(crate) fn first_reached(movers: &[Mover<'_>], targets: &[u32], size: usize) -> Vec<u32> {
    let mut marks: Vec<Marks> = movers.iter().map(|m| Marks::new(*m, size)).collect();
    let mut reached = vec![NONE; size];
    // Where predecessors are to be marked next, and by whom.
    let mut waiting: Vec<(u32, usize)> = Vec::new();
    let mut marked: Vec<u32> = Vec::new();
    // How many markings may still come: each mover marks each state once.
    let mut open: usize = movers.iter().map(|m| m.cosets.all_members().len()).sum();
    for target in targets {
        if open == 0 {
            break;
        }
        waiting.extend((0..movers.len()).map(|mover| (*target, mover)));
        while let Some((state, mover)) = waiting.pop() {
            if !marks[mover].spread.insert(state as usize) {
                continue;
            }
            marks[mover].spread(state, |found| marked.push(found));
            open -= marked.len();
            for found in marked.drain(..) {
                if reached[found as usize] == NONE {
                    reached[found as usize] = *target;
                }
                let others = (0..movers.len()).filter(|other| *other != mover);
                let fresh = others.filter(|m| !marks[*m].spread.contains(found as usize));
                waiting.extend(fresh.map(|other| (found, other)));
            }
        }
    }
    reached
}

/// Per state 1 + the largest key (below `keys`) of the states that one move of the mover reaches; 0 if it has none.
pub(crate) fn highest(mover: Mover<'_>, key: &[u32], keys: usize) -> Vec<u32> {
    let cosets = mover.cosets;
    if !cosets.is_plain() {
        let reached = first_reached(&[mover], &descending(key, keys), key.len());
        let found = reached.iter().map(|to| {
            if *to == NONE {
                0
            } else {
                key[*to as usize] + 1
            }
        });
        return found.collect();
    }
    let mut found = vec![0; key.len()];
    for class in 0..cosets.classes() {
        match mover.climb {
            Some(climb) => highest_above(climb, cosets.span(class), key, &mut found),
            None => highest_elsewhere(cosets.members(class), key, &mut found),
        }
    }
    found
}

/// Among those of a class that are ranked above.
fn highest_above(climb: &Climb<'_>, span: Range<usize>, key: &[u32], found: &mut [u32]) {
    // The largest among those passed, and where those that are not ranked above the present one begin.
    let (mut largest, mut passed) = (0, span.end);
    for at in span.rev() {
        let state = climb.members[at] as usize;
        let after = climb.after[state] as usize;
        while passed > after {
            passed -= 1;
            largest = largest.max(key[climb.members[passed] as usize] + 1);
        }
        found[state] = largest;
    }
}

/// Among the others of a class.
fn highest_elsewhere(members: &[u32], key: &[u32], found: &mut [u32]) {
    let (mut first, mut second, mut holder) = (0, 0, NONE);
    for state in members {
        let key = key[*state as usize] + 1;
        if key > first {
            (first, second, holder) = (key, first, *state);
        } else {
            second = second.max(key);
        }
    }
    for state in members {
        found[*state as usize] = if *state == holder { second } else { first };
    }
}

/// The states by a key below `keys`, smallest first; equals in the order of their numbers.
pub(crate) fn ascending(key: &[u32], keys: usize) -> Vec<u32> {
    let mut start = vec![0u32; keys + 1];
    for k in key {
        start[*k as usize + 1] += 1;
    }
    for k in 1..start.len() {
        start[k] += start[k - 1];
    }
    let mut sorted = vec![0; key.len()];
    for (state, k) in (0u32..).zip(key) {
        let place = &mut start[*k as usize];
        sorted[*place as usize] = state;
        *place += 1;
    }
    sorted
}

/// The same, largest first.
pub(crate) fn descending(key: &[u32], keys: usize) -> Vec<u32> {
    let turned: Vec<u32> = key.iter().map(|k| keys as u32 - 1 - k).collect();
    ascending(&turned, keys)
}
