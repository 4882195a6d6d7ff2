//! Who can move whither: unilateral moves of one actor.

use crate::states::States;

pub(crate) const NONE: u32 = u32::MAX;

/// The moves of one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Movement {
    /// By changing own options.
    Options(Cosets),
    /// As listed.
    Arcs(Arcs),
}

impl Movement {
    /// Calls `found` for every state that one move from `state` reaches, until it says to stop.
    pub fn each(&self, state: usize, mut found: impl FnMut(usize) -> bool) {
        match self {
            Movement::Arcs(arcs) => {
                for to in arcs.from(state) {
                    if !found(*to as usize) {
                        return;
                    }
                }
            }
            Movement::Options(cosets) => {
                for class in cosets.above(state) {
                    for to in cosets.members(class) {
                        if *to as usize != state && !found(*to as usize) {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// The states that one move from `state` reaches, in ascending order.
    pub fn targets(&self, state: usize) -> Vec<usize> {
        let mut targets = Vec::new();
        self.each(state, |to| {
            targets.push(to);
            true
        });
        targets.sort_unstable();
        targets
    }

    /// The options, if moves are changes of options.
    pub fn cosets(&self) -> Option<&Cosets> {
        match self {
            Movement::Options(cosets) => Some(cosets),
            Movement::Arcs(_) => None,
        }
    }
}

/// Moves as lists of targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arcs {
    start: Vec<u32>,
    to: Vec<u32>,
}

impl Arcs {
    /// From the targets of every state; these are put in order, repetitions and moves that lead nowhere are dropped.
    pub fn new(mut targets: Vec<Vec<u32>>) -> Arcs {
        let (mut start, mut to) = (vec![0], Vec::new());
        for (state, list) in (0u32..).zip(&mut targets) {
            list.sort_unstable();
            list.dedup();
            to.extend(list.iter().copied().filter(|t| *t != state));
            start.push(u32::try_from(to.len()).unwrap_or(NONE));
        }
        Arcs { start, to }
    }

    fn from(&self, state: usize) -> &[u32] {
        &self.to[self.start[state] as usize..self.start[state + 1] as usize]
    }
}

/// States with the same fixed options (those of the others), so that the actor can move among them; within them,
/// classes of states with the same irreversible options of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cosets {
    /// States, class by class.
    members: Vec<u32>,
    /// Per state its class; `NONE` where the actor cannot move at all.
    class_of: Vec<u32>,
    classes: Vec<Class>,
    /// The classes of each coset.
    cosets: Vec<(u32, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Class {
    start: u32,
    end: u32,
    coset: u32,
    /// The irreversible options that are used up: moves lead to supersets only.
    spent: u64,
}

/// Which options an actor can change, as masks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    /// All its options.
    pub own: u64,
    /// Those it can only take up.
    pub forward: u64,
    /// Those it can only give up.
    pub backward: u64,
}

impl Cosets {
    /// The moves among the states for which `sees` holds.
    pub fn new(states: &States, reach: Reach, sees: impl Fn(u64) -> bool) -> Cosets {
        let spent = |bits: u64| (bits ^ reach.backward) & (reach.forward | reach.backward);
        let mut sorted: Vec<(u64, u64, u32)> = (0u32..)
            .zip(states.all())
            .filter(|(_, bits)| sees(**bits))
            .map(|(state, bits)| (bits & !reach.own, spent(*bits), state))
            .collect();
        sorted.sort_unstable();
        let mut cosets = Cosets {
            members: Vec::with_capacity(sorted.len()),
            class_of: vec![NONE; states.len()],
            classes: Vec::new(),
            cosets: Vec::new(),
        };
        let mut last = None;
        for (at, (fixed, spent, state)) in (0u32..).zip(sorted) {
            if last.map(|(f, _)| f) != Some(fixed) {
                let next = cosets.classes.len() as u32;
                cosets.cosets.push((next, next));
            }
            let coset = cosets.cosets.len() - 1;
            if last != Some((fixed, spent)) {
                cosets.classes.push(Class {
                    start: at,
                    end: at,
                    coset: coset as u32,
                    spent,
                });
                cosets.cosets[coset].1 += 1;
            }
            last = Some((fixed, spent));
            let class = cosets.classes.len() - 1;
            cosets.classes[class].end = at + 1;
            cosets.class_of[state as usize] = class as u32;
            cosets.members.push(state);
        }
        cosets
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// Whether no own option is irreversible, so that every class is a coset.
    pub fn is_plain(&self) -> bool {
        self.classes.len() == self.cosets.len()
    }

    /// The class of a state.
    pub fn class(&self, state: usize) -> Option<usize> {
        let class = self.class_of[state];
        (class != NONE).then_some(class as usize)
    }

    /// Where the members of a class stand.
    pub fn span(&self, class: usize) -> std::ops::Range<usize> {
        self.classes[class].start as usize..self.classes[class].end as usize
    }

    /// The states of a class.
    pub fn members(&self, class: usize) -> &[u32] {
        &self.members[self.span(class)]
    }

    /// All states that can move, class by class.
    pub fn all_members(&self) -> &[u32] {
        &self.members
    }

    /// The classes into which a state can move, its own among them.
    pub fn above(&self, state: usize) -> impl Iterator<Item = usize> + '_ {
        self.beside(state)
            .filter(|(own, other, _)| own & !other == 0)
            .map(|(_, _, class)| class)
    }

    /// The classes from which a state can be moved into, its own among them.
    pub fn below(&self, state: usize) -> impl Iterator<Item = usize> + '_ {
        self.beside(state)
            .filter(|(own, other, _)| other & !own == 0)
            .map(|(_, _, class)| class)
    }

    /// The classes of the state's coset: what is spent in its own, what in theirs, and their numbers.
    fn beside(&self, state: usize) -> impl Iterator<Item = (u64, u64, usize)> + '_ {
        let own = self.class(state).map(|class| &self.classes[class]);
        own.into_iter().flat_map(|own| {
            let (start, end) = self.cosets[own.coset as usize];
            (start..end).map(|class| {
                let class = class as usize;
                (own.spent, self.classes[class].spent, class)
            })
        })
    }
}
