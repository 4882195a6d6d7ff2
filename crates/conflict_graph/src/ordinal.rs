//! Stability where everybody orders all states and moves are changes of options: every concept in a few searches.

use std::ops::Range;

use crate::bits::StateSet;
use crate::concept::{Concept, Reading, Settings};
use crate::conflict::Conflict;
use crate::moves::{Cosets, NONE};
use crate::relation::Order;
use crate::search::{Climb, Mover, ascending, first_reached, highest};
use crate::{simultaneous, simultaneous_dense};

/// From so many states on, threads share the work of one actor.
const MANY: usize = 1 << 12;
/// In so many parts.
const PARTS: usize = 4;

/// A conflict made ready for searches.
pub(crate) struct Ordinal<'a> {
    pub conflict: &'a Conflict,
    pub orders: Vec<&'a Order>,
    pub cosets: Vec<&'a Cosets>,
    pub climbs: Vec<Climb<'a>>,
}

impl<'a> Ordinal<'a> {
    /// The conflict, if it is of this kind.
    pub fn new(conflict: &'a Conflict) -> Option<Ordinal<'a>> {
        let actors = 0..conflict.actors().len();
        let orders: Vec<&Order> = actors
            .clone()
            .map(|i| conflict.preferences(i).order())
            .collect::<Option<_>>()?;
        let cosets: Vec<&Cosets> = actors
            .map(|i| conflict.movement(i).cosets())
            .collect::<Option<_>>()?;
        let pairs = cosets.iter().zip(&orders);
        let climbs = pairs
            .map(|(c, order)| Climb::new(c, order.ranks()))
            .collect();
        Some(Ordinal {
            conflict,
            orders,
            cosets,
            climbs,
        })
    }

    fn any(&self, actor: usize) -> Mover<'_> {
        Mover {
            cosets: self.cosets[actor],
            climb: None,
        }
    }

    fn improving(&self, actor: usize) -> Mover<'_> {
        Mover {
            cosets: self.cosets[actor],
            climb: Some(&self.climbs[actor]),
        }
    }

    /// In how many parts the judgement of a concept is best done.
    pub fn parts(&self, concept: Concept, actor: usize) -> usize {
        let many = self.conflict.size() >= MANY && concept == Concept::Simultaneous;
        if many && simultaneous_dense::fits(self, actor) {
            PARTS
        } else {
            1
        }
    }

    /// The states that are stable for an actor; of some concepts only a part, to be united with the others.
    pub fn stable(
        &self,
        actor: usize,
        concept: Concept,
        settings: &Settings,
        part: (usize, usize),
    ) -> StateSet {
        let size = self.conflict.size();
        match concept {
            Concept::Nash => StateSet::of(size, |state| self.is_still(actor, state)),
            Concept::General => self.deterred(actor, settings, false, false),
            Concept::SymmetricGeneral => self.deterred(actor, settings, false, true),
            Concept::Sequential => self.deterred(actor, settings, true, false),
            Concept::SymmetricSequential => self.deterred(actor, settings, true, true),
            Concept::Simultaneous => match self.conflict.states() {
                Some(states) if simultaneous_dense::fits(self, actor) => {
                    simultaneous_dense::stable(self, states, actor, settings, part)
                }
                _ => simultaneous::ordinal(self, actor, settings),
            },
            // Looked at for all actors at once, elsewhere.
            Concept::Limited(_) | Concept::NonMyopic => StateSet::empty(size),
        }
    }

    /// Whether the actor has no improvement from a state.
    pub fn is_still(&self, actor: usize, state: usize) -> bool {
        self.improvements(actor, state).all(|span| span.is_empty())
    }

    /// Where an actor's improvements from a state stand among the members of its climb, class by class.
    pub fn improvements(
        &self,
        actor: usize,
        state: usize,
    ) -> impl Iterator<Item = Range<usize>> + '_ {
        let (cosets, climb) = (self.cosets[actor], &self.climbs[actor]);
        cosets
            .above(state)
            .map(move |class| climb.over(cosets, class, state))
    }

    /// The states whose every improvement for the actor is answered by the others. `credible`: the others make
    /// improvements only; `symmetric`: the answer must hold against one more move of the actor.
    fn deterred(
        &self,
        actor: usize,
        settings: &Settings,
        credible: bool,
        symmetric: bool,
    ) -> StateSet {
        let size = self.conflict.size();
        let order = self.orders[actor];
        let (rank, tiers) = (order.ranks(), order.tiers());
        // The rank that the actor gets out of a state at best, if it may move once more.
        let outcome: Vec<u32> = if symmetric {
            let best = highest(self.any(actor), rank, tiers);
            let after = |(rank, best): (&u32, &u32)| (*rank).max(best.saturating_sub(1));
            rank.iter().zip(&best).map(after).collect()
        } else {
            rank.to_vec()
        };
        let others: Vec<Mover> = (0..self.orders.len())
            .filter(|other| *other != actor)
            .map(|other| {
                if credible {
                    self.improving(other)
                } else {
                    self.any(other)
                }
            })
            .collect();
        let worst_first = ascending(&outcome, tiers);
        let worst = first_reached(&others, &worst_first, size);
        // What the actor has to fear after an improvement; `tiers` if nothing.
        let fear = |state: u32| match worst[state as usize] {
            NONE => tiers as u32,
            to => outcome[to as usize],
        };
        let fears: Vec<u32> = (0..size as u32).map(fear).collect();
        let boldest = highest(self.improving(actor), &fears, tiers + 1);
        StateSet::of(size, |state| match boldest[state].checked_sub(1) {
            None => true,
            Some(fear) => {
                (fear as usize) < tiers && deters(order, settings.reading, fear, rank[state])
            }
        })
    }
}

/// Whether ending at rank `end` deters an actor that stands at rank `now`.
pub(crate) fn deters(order: &Order, reading: Reading, end: u32, now: u32) -> bool {
    match reading {
        Reading::Strong => order.band(end) < order.band(now),
        _ => end <= now,
    }
}
