//! The sequence form of a two-player game with perfect recall (von Stengel 1996; Koller, Megiddo & von
//! Stengel 1996).
//!
//! A *sequence* is a list of own choices; with perfect recall it is told by its last action. The empty
//! sequence is left out everywhere: its probability is 1. A *realisation plan* gives every sequence the
//! product of the behaviour probabilities along it; it is one iff the actions of every information set sum to
//! the sequence that leads there. Sequences and information sets are numbered through, those of the first
//! player first, and information sets after the ones that their player comes through before.

use std::ops::{AddAssign, Mul, Range};

use detente_game::Game;
use detente_game::game::CHANCE;
use detente_game::order::player_recalls;

use crate::{Unfit, need_recall};

/// In place of a sequence: the empty one.
pub(super) const EMPTY: u32 = u32::MAX;

/// Sequences and information sets of both players.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// Per information set of the form: the one of the game.
    pub(super) game_set: Vec<u32>,
    /// Per information set, and one more: its first sequence.
    pub(super) first: Vec<u32>,
    /// Per information set: the sequence that leads there, or [`EMPTY`].
    pub(super) before: Vec<u32>,
    /// Per sequence: its information set.
    pub(super) set_of: Vec<u32>,
    /// Per sequence: its number of choices, at least 1.
    pub(super) length: Vec<u32>,
    /// Per sequence, and one more: where the information sets right after it begin in `after`.
    pub(super) after_first: Vec<u32>,
    /// Information sets right after the sequences.
    pub(super) after: Vec<u32>,
    /// Number of sequences of the first player.
    pub(super) split: usize,
    /// Per action slot of the game: its sequence.
    sequence_of_slot: Vec<u32>,
}

/// What a pair of sequences that some end has contributes to the players' expected payoffs when both are
/// played.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair<N> {
    /// Sequence of the first player, or [`EMPTY`].
    pub(super) row: u32,
    /// Sequence of the second player, or [`EMPTY`].
    pub(super) column: u32,
    /// Σ over the ends of the pair: probability of chance times payoff, for both players.
    pub(super) payoffs: [N; 2],
}

impl Form {
    /// The sequence form of a game of two players.
    ///
    /// # Errors
    /// [`Unfit::Recall`] where a player forgets.
    pub(super) fn new(game: &Game, method: &'static str) -> Result<Form, Unfit> {
        need_recall(game, method)?;
        let mut form = Form {
            game_set: Vec::with_capacity(game.sets()),
            first: vec![0],
            before: Vec::with_capacity(game.sets()),
            set_of: Vec::with_capacity(game.actions()),
            length: Vec::with_capacity(game.actions()),
            after_first: Vec::new(),
            after: Vec::new(),
            split: 0,
            sequence_of_slot: vec![EMPTY; game.actions()],
        };
        for player in 0..2 {
            // Recall was checked for both.
            let before = player_recalls(game, player).unwrap_or_default();
            form.add_player(game, player, &before);
            if player == 0 {
                form.split = form.set_of.len();
            }
        }
        form.link();
        Ok(form)
    }

    /// Adds the information sets of a player in the order of their first nodes, which puts every one after
    /// those that its player comes through before.
    fn add_player(&mut self, game: &Game, player: usize, slot_before: &[u32]) {
        let own = |set: &usize| usize::from(game.set_player()[*set]) == player;
        let mut sets: Vec<usize> = (0..game.sets()).filter(own).collect();
        sets.sort_by_key(|&set| game.members()[game.member_range(set).start]);
        for set in sets {
            let here = self.game_set.len() as u32;
            let slot = slot_before[set] as usize;
            let before = self.sequence_of_slot.get(slot).copied().unwrap_or(EMPTY);
            let length = self.length.get(before as usize).map_or(1, |l| l + 1);
            self.game_set.push(set as u32);
            self.before.push(before);
            for slot in game.slots(set) {
                self.sequence_of_slot[slot] = self.set_of.len() as u32;
                self.set_of.push(here);
                self.length.push(length);
            }
            self.first.push(self.set_of.len() as u32);
        }
    }

    fn link(&mut self) {
        let mut counts = vec![0u32; self.sequences() + 1];
        for &before in self.before.iter().filter(|&&before| before != EMPTY) {
            counts[before as usize + 1] += 1;
        }
        for sequence in 0..self.sequences() {
            counts[sequence + 1] += counts[sequence];
        }
        let mut next = counts.clone();
        self.after = vec![0; counts[self.sequences()] as usize];
        for (set, &before) in self.before.iter().enumerate() {
            if before != EMPTY {
                self.after[next[before as usize] as usize] = set as u32;
                next[before as usize] += 1;
            }
        }
        self.after_first = counts;
    }

    /// The form whose information sets are classes of this one's, and the class of every sequence. Members of a
    /// class are alike in their player's tree; actions at the same place become one.
    pub(super) fn merged(&self, class_of_set: &[u32], classes: usize) -> (Form, Vec<u32>) {
        let mut form = Form {
            game_set: Vec::with_capacity(classes),
            first: vec![0],
            before: Vec::with_capacity(classes),
            set_of: Vec::new(),
            length: Vec::new(),
            after_first: Vec::new(),
            after: Vec::new(),
            split: 0,
            sequence_of_slot: Vec::new(),
        };
        // The first member of a class stands for it, so that the order of information sets holds.
        let mut standing = vec![EMPTY; classes];
        let mut class = vec![EMPTY; self.sequences()];
        for set in 0..self.sets() {
            let here = &mut standing[class_of_set[set] as usize];
            let actions = self.at(set);
            if *here == EMPTY {
                *here = form.game_set.len() as u32;
                form.game_set.push(self.game_set[set]);
                let before = class.get(self.before[set] as usize);
                form.before.push(before.copied().unwrap_or(EMPTY));
                form.set_of.extend(actions.clone().map(|_| *here));
                form.length.extend(&self.length[actions.clone()]);
                form.first.push(form.set_of.len() as u32);
                if actions.start < self.split {
                    form.split = form.set_of.len();
                }
            }
            let first = form.first[*here as usize];
            for (place, action) in actions.enumerate() {
                class[action] = first + place as u32;
            }
        }
        form.link();
        (form, class)
    }

    /// Number of sequences of both players.
    pub(super) fn sequences(&self) -> usize {
        self.set_of.len()
    }

    /// Number of information sets of both players.
    pub(super) fn sets(&self) -> usize {
        self.before.len()
    }

    /// Sequences that end at an information set.
    pub(super) fn at(&self, set: usize) -> Range<usize> {
        self.first[set] as usize..self.first[set + 1] as usize
    }

    /// Number of information sets of the first player.
    pub(super) fn set_split(&self) -> usize {
        self.first
            .partition_point(|&first| (first as usize) < self.split)
    }

    /// Information sets right after a sequence.
    pub(super) fn after(&self, sequence: usize) -> &[u32] {
        let begin = self.after_first[sequence] as usize;
        &self.after[begin..self.after_first[sequence + 1] as usize]
    }

    /// The action slot of the game that a sequence ends with.
    pub(super) fn slot(&self, game: &Game, sequence: usize) -> usize {
        let set = self.set_of[sequence] as usize;
        game.slots(self.game_set[set] as usize).start + sequence - self.first[set] as usize
    }

    /// Most choices that a player makes in one play.
    pub(super) fn longest(&self) -> usize {
        self.length.iter().copied().max().unwrap_or(0) as usize
    }

    /// The payoff matrix: one entry per pair of sequences that some end has, in ascending order.
    ///
    /// `chance` holds the probabilities of the slots of chance, `payoffs` two values per row of payoffs.
    pub(super) fn pairs<N>(&self, game: &Game, chance: &[N], payoffs: &[N]) -> Vec<Pair<N>>
    where
        N: Clone + AddAssign + for<'a> Mul<&'a N, Output = N>,
    {
        let mut pairs: Vec<Pair<N>> = Vec::with_capacity(game.ends());
        let mut last = vec![[EMPTY; 2]; game.nodes()];
        // `None` is 1: no draw yet.
        let mut weight: Vec<Option<N>> = vec![None; game.nodes()];
        for node in 0..game.nodes() {
            let first = game.first_slot()[node] as usize;
            let draw = game.set()[node] == CHANCE;
            for (slot, child) in (first..).zip(game.children(node)) {
                last[child] = last[node];
                if draw {
                    let here = &chance[slot - game.actions()];
                    weight[child] = Some(match weight[node].clone() {
                        Some(above) => above * here,
                        None => here.clone(),
                    });
                } else {
                    let sequence = self.sequence_of_slot[slot];
                    last[child][usize::from(sequence as usize >= self.split)] = sequence;
                    weight[child] = weight[node].clone();
                }
            }
            if game.arity()[node] == 0 {
                let row = game.first_child()[node] as usize * 2;
                let [row_of, column] = last[node];
                let times = |value: &N| match weight[node].clone() {
                    Some(weight) => weight * value,
                    None => value.clone(),
                };
                pairs.push(Pair {
                    row: row_of,
                    column,
                    payoffs: [times(&payoffs[row]), times(&payoffs[row + 1])],
                });
            }
        }
        merge(pairs)
    }
}

/// Pairs in ascending order, equal ones added up.
pub(super) fn merge<N: AddAssign>(mut pairs: Vec<Pair<N>>) -> Vec<Pair<N>> {
    pairs.sort_by_key(|pair| (pair.row, pair.column));
    let mut merged: Vec<Pair<N>> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match merged.last_mut() {
            Some(last) if (last.row, last.column) == (pair.row, pair.column) => {
                for (sum, payoff) in last.payoffs.iter_mut().zip(pair.payoffs) {
                    *sum += payoff;
                }
            }
            _ => merged.push(pair),
        }
    }
    merged
}
