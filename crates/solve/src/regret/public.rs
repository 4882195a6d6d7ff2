//! Public states, found from the game alone.
//!
//! Every end lies under one sequence of either player. Take all ends under the actions `a` of one group of the
//! first player's information sets and `b` of one group of the second's: where both players' information sets
//! tell apart what both have seen, these ends fall into *connected components* (two ends are neighbours when a
//! player cannot tell them apart), and a component is what an onlooker sees of them: a public end, such as "the
//! second player folded after this betting and this open card". Its rows are the private types of one player,
//! its columns those of the other, its entries the payoffs between them, each times the probability of
//! chance. Everything that follows needs only this factoring, and nothing breaks where a game has none: the
//! components are then single entries, and the matrix is the ordinary sparse sequence form.

use detente_game::Game;
use detente_game::game::{CHANCE, TERMINAL};

use super::treeplex::{Forest, NO_SLOT};

/// Payoffs under one pair of sequences, summed over its ends and weighed by the probability of chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// Last action slot of either player; [`NO_SLOT`] where it has not chosen.
    pub(super) slots: [u32; 2],
    /// Payoff of either player times the probability of chance.
    pub(super) payoffs: [f64; 2],
}

/// One entry per pair of sequences that ends lie under, in the order of these pairs. `shift` is subtracted from
/// the payoffs.
pub(super) fn entries(game: &Game, shift: [f64; 2]) -> Vec<Entry> {
    let mut slots = vec![[NO_SLOT; 2]; game.nodes()];
    let mut chance = vec![1.0; game.nodes()];
    let mut entries: Vec<Entry> = Vec::with_capacity(game.ends());
    for node in 0..game.nodes() {
        let (set, here, weight) = (game.set()[node], slots[node], chance[node]);
        if set == TERMINAL {
            let payoffs = game.payoffs_at(node);
            let payoff = |player: usize| weight * (payoffs[player] - shift[player]);
            if weight > 0.0 {
                entries.push(Entry {
                    slots: here,
                    payoffs: [payoff(0), payoff(1)],
                });
            }
            continue;
        }
        let first = game.first_slot()[node];
        for (slot, child) in (first..).zip(game.children(node)) {
            slots[child] = here;
            chance[child] = weight;
            if set == CHANCE {
                chance[child] *= game.chance()[slot as usize - game.actions()];
            } else {
                let player = usize::from(game.set_player()[set as usize]);
                slots[child][player] = slot;
            }
        }
    }
    entries.sort_by_key(|entry| entry.slots);
    entries.dedup_by(|next, kept| {
        let same = next.slots == kept.slots;
        if same {
            kept.payoffs[0] += next.payoffs[0];
            kept.payoffs[1] += next.payoffs[1];
        }
        same
    });
    entries
}

/// The entries by public ends.
pub(super) struct PublicEnds {
    /// The entries, those of a public end side by side.
    pub(super) entries: Vec<Entry>,
    /// Where each public end begins, and the end of all.
    pub(super) begins: Vec<usize>,
    /// Per information set a number that is the same at sets of the same public state: the first set of its
    /// player that shares a public end with it, directly or through others.
    pub(super) states: Vec<u32>,
}

impl PublicEnds {
    /// Finds the public ends.
    pub(super) fn find(
        game: &Game,
        forests: &[Forest; 2],
        set_of_slot: &[u32],
        mut entries: Vec<Entry>,
    ) -> PublicEnds {
        let set = |slot: u32| set_of_slot.get(slot as usize).copied();
        let classes = classes(game, forests);
        let class = |entry: &Entry| entry.slots.map(|slot| classes.get(slot as usize).copied());
        entries.sort_unstable_by_key(|entry| (class(entry), entry.slots));
        let mut links = Links::new(game.sets());
        for range in entries.chunk_by(|a, b| class(a) == class(b)) {
            links.join_neighbours(range.iter().map(|entry| entry.slots.map(set)));
        }
        let states: Vec<u32> = (0..game.sets() as u32).map(|set| links.root(set)).collect();
        let state = |slot| set(slot).map(|set| states[set as usize]);
        let end = |entry: &Entry| (class(entry), entry.slots.map(state));
        entries.sort_unstable_by_key(|entry| (end(entry), entry.slots));
        let mut begins = vec![0];
        for range in entries.chunk_by(|a, b| end(a) == end(b)) {
            begins.push(begins[begins.len() - 1] + range.len());
        }
        PublicEnds {
            entries,
            begins,
            states,
        }
    }
}

/// Per action slot a number for its action in its group: sequences with the same number are neighbours in the
/// final order.
fn classes(game: &Game, forests: &[Forest; 2]) -> Vec<u32> {
    let mut classes = vec![0; game.actions()];
    let mut next = 0;
    for (_, arity, members) in forests.iter().flat_map(|forest| &forest.groups) {
        for &set in members {
            for (class, slot) in (next..).zip(game.slots(set as usize)) {
                classes[slot] = class;
            }
        }
        next += *arity as u32;
    }
    classes
}

/// Information sets joined to public states (union–find by the smallest member).
struct Links {
    above: Vec<u32>,
    /// Per information set: one of the other player's that it met in the class at hand.
    met: Vec<Option<u32>>,
}

impl Links {
    fn new(sets: usize) -> Links {
        Links {
            above: (0..sets as u32).collect(),
            met: vec![None; sets],
        }
    }

    fn root(&mut self, set: u32) -> u32 {
        let mut at = set;
        while self.above[at as usize] != at {
            let next = self.above[at as usize];
            self.above[at as usize] = self.above[next as usize];
            at = next;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.above[a.max(b) as usize] = a.min(b);
    }

    /// Joins sets of one player that meet the same set of the other in a list of meetings.
    fn join_neighbours(&mut self, meetings: impl Iterator<Item = [Option<u32>; 2]> + Clone) {
        let both = meetings.filter_map(|[row, column]| Some((row?, column?)));
        for (row, column) in both.clone() {
            for (own, other) in [(row, column), (column, row)] {
                match self.met[other as usize] {
                    Some(earlier) => self.join(earlier, own),
                    None => self.met[other as usize] = Some(own),
                }
            }
        }
        for (row, column) in both {
            self.met[row as usize] = None;
            self.met[column as usize] = None;
        }
    }
}
