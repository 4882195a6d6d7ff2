//! Simultaneous sanctioning over many states: combinations of the others' improvements tested many at a time.
//!
//! The states are laid out by the options of the actor, then of the others, last of the one among them with the most
//! options. States are taken worst first, so that the states that would deter are those met so far, kept as bits in
//! that layout; what the last one can do at the same time is then a mask, and 64 combinations are one operation.

use std::ops::Range;

use crate::bits::StateSet;
use crate::concept::{Reading, Settings};
use crate::ordinal::Ordinal;
use crate::search::ascending;
use crate::states::States;

/// The most options for which all combinations are laid out.
const MOST_LAID_OUT: usize = 26;
/// The most options of the last actor for which a mask is made.
const MOST_MASKED: u32 = 12;

/// Where states stand in the layout for one actor.
struct Layout {
    /// Whose part is last; the others but the actor come before it.
    last: usize,
    outer: Vec<usize>,
    /// Per actor and state, what its options contribute to the place.
    part: Vec<Vec<u32>>,
    /// The same in the order of the actor's climb.
    climb: Vec<Vec<u32>>,
    /// The number of words of the last part.
    width: usize,
    places: usize,
}

/// Whether the states can be laid out for an actor.
pub(crate) fn fits(ordinal: &Ordinal<'_>, actor: usize) -> bool {
    let conflict = ordinal.conflict;
    let options = conflict.options().len();
    let counts = others(ordinal, actor).map(|j| conflict.own_options(j).count_ones());
    // With fewer than six options the last part is padded to a word.
    let last = counts.max().unwrap_or(0);
    let padded = options + 6usize.saturating_sub(last as usize);
    last <= MOST_MASKED && padded <= MOST_LAID_OUT && conflict.actors().len() > 1
}

fn others(ordinal: &Ordinal<'_>, actor: usize) -> impl Iterator<Item = usize> {
    (0..ordinal.orders.len()).filter(move |j| *j != actor)
}

impl Layout {
    fn new(ordinal: &Ordinal<'_>, actor: usize, states: &States) -> Layout {
        let conflict = ordinal.conflict;
        let own = |j: usize| conflict.own_options(j);
        let last = others(ordinal, actor)
            .max_by_key(|j| (own(*j).count_ones(), *j))
            .unwrap_or(actor);
        let outer: Vec<usize> = others(ordinal, actor).filter(|j| *j != last).collect();
        let mut part = vec![Vec::new(); ordinal.orders.len()];
        let mut shift = own(last).count_ones().max(6);
        part[last] = compressed(states, own(last), 0);
        for j in outer.iter().copied().chain([actor]) {
            part[j] = compressed(states, own(j), shift);
            shift += own(j).count_ones();
        }
        let climb = ordinal.climbs.iter().zip(&part).map(|(climb, part)| {
            let members = climb.members.iter();
            members.map(|state| part[*state as usize]).collect()
        });
        Layout {
            climb: climb.collect(),
            width: 1 << (own(last).count_ones().max(6) - 6),
            last,
            outer,
            part,
            places: 1 << shift,
        }
    }

    fn place(&self, state: usize) -> usize {
        self.part.iter().map(|part| part[state] as usize).sum()
    }
}

/// Per state, the bits of a mask put side by side, and shifted.
fn compressed(states: &States, mask: u64, shift: u32) -> Vec<u32> {
    let bits: Vec<u32> = (0..64).filter(|k| mask >> k & 1 == 1).collect();
    let compress = |state: &u64| {
        let mut part = 0u32;
        for (to, from) in bits.iter().enumerate() {
            part |= ((state >> from & 1) as u32) << to;
        }
        part << shift
    };
    states.all().iter().map(compress).collect()
}

/// The stable states among the `part`-th of `parts` of all states by rank.
pub(crate) fn stable(
    ordinal: &Ordinal<'_>,
    states: &States,
    actor: usize,
    settings: &Settings,
    (part, parts): (usize, usize),
) -> StateSet {
    let size = states.len();
    let order = ordinal.orders[actor];
    let rank = order.ranks();
    let sorted = ascending(rank, order.tiers());
    let range = size * part / parts..size * (part + 1) / parts;
    let layout = Layout::new(ordinal, actor, states);
    let mut sweep = Sweep::new(ordinal, actor, &layout);
    let mut found = StateSet::empty(size);
    let mut met = 0;
    for state in &sorted[range] {
        let state = *state as usize;
        let now = rank[state];
        let deters = |end: u32| match settings.reading {
            Reading::Strong => order.band(rank[end as usize]) < order.band(now),
            _ => rank[end as usize] <= now,
        };
        while met < size && deters(sorted[met]) {
            let place = layout.place(sorted[met] as usize);
            sweep.low[place / 64] |= 1 << (place % 64);
            met += 1;
        }
        if sweep.all_answered(state) {
            found.insert(state);
        }
    }
    found
}

struct Sweep<'a> {
    ordinal: &'a Ordinal<'a>,
    actor: usize,
    layout: &'a Layout,
    /// The places of the states that deter.
    low: Vec<u64>,
    /// The improvements of the last actor, with and without the part of where it stands.
    moving: Vec<u64>,
    either: Vec<u64>,
    /// The improvements of the others before it.
    outer: Vec<Vec<u32>>,
}

impl<'a> Sweep<'a> {
    fn new(ordinal: &'a Ordinal<'a>, actor: usize, layout: &'a Layout) -> Sweep<'a> {
        Sweep {
            ordinal,
            actor,
            layout,
            low: vec![0; layout.places.div_ceil(64)],
            moving: vec![0; layout.width],
            either: vec![0; layout.width],
            outer: vec![Vec::new(); layout.outer.len()],
        }
    }

    /// Whether every improvement of the actor, if there is any, meets a deterring combination.
    fn all_answered(&mut self, state: usize) -> bool {
        let (layout, ordinal) = (self.layout, self.ordinal);
        if ordinal.is_still(self.actor, state) {
            return true;
        }
        self.moving.fill(0);
        let mut moves = 0;
        for span in ordinal.improvements(layout.last, state) {
            moves += span.len();
            for at in &layout.climb[layout.last][span] {
                self.moving[*at as usize / 64] |= 1 << (at % 64);
            }
        }
        self.either.copy_from_slice(&self.moving);
        let here = layout.part[layout.last][state] as usize;
        self.either[here / 64] |= 1 << (here % 64);
        for (places, j) in self.outer.iter_mut().zip(&layout.outer) {
            places.clear();
            for span in ordinal.improvements(*j, state) {
                places.extend_from_slice(&layout.climb[*j][span]);
            }
            moves += places.len();
        }
        let answered = |span: Range<usize>| {
            let mut places = layout.climb[self.actor][span].iter();
            places.all(|to| self.hit(state, *to as usize, 0, false))
        };
        moves > 0 && ordinal.improvements(self.actor, state).all(answered)
    }

    /// Whether some combination of the others from the `depth`-th on, put upon `place`, deters.
    fn hit(&self, state: usize, place: usize, depth: usize, moved: bool) -> bool {
        let Some(places) = self.outer.get(depth) else {
            let mask = if moved { &self.either } else { &self.moving };
            let low = &self.low[place / 64..place / 64 + self.layout.width];
            return low.iter().zip(mask).any(|(low, mask)| low & mask != 0);
        };
        let stay = self.layout.part[self.layout.outer[depth]][state] as usize;
        self.hit(state, place + stay, depth + 1, moved)
            || places
                .iter()
                .any(|to| self.hit(state, place + *to as usize, depth + 1, true))
    }
}
