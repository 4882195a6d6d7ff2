//! Realisation plans of one player: the sequence form (von Stengel 1996).
//!
//! A realisation plan gives every sequence of own choices the probability that the player plays it. Sequences
//! after which the player never moves again, the *last* ones, tell all others: a sequence is as probable as
//! the actions together at any one information set that follows it. Where several follow, their sums are equal,
//! and one last sequence per equation is expressed by the others.

use detente_game::Game;
use detente_game::order::player_recalls;
use num_bigint::BigInt;
use num_traits::{One, Zero};

/// How the sequences of one player hang together. Sequences are told by the slot of their last choice.
pub(super) struct Treeplex {
    /// The last sequences; the empty one (none) if the player never moves.
    pub(super) last: Vec<Option<usize>>,
    /// Per action slot: last sequences (as numbers) that sum up to it; of other players' slots nothing.
    below: Vec<Vec<usize>>,
    /// Last sequences that sum up to the empty sequence.
    all: Vec<usize>,
    /// Per last sequence: coefficients over the free ones, in their order.
    pub(super) expressed: Vec<Vec<BigInt>>,
    /// Last sequences that are not expressed by others.
    pub(super) free: Vec<usize>,
}

impl Treeplex {
    /// `Err` names an information set where the player forgets.
    pub(super) fn new(game: &Game, player: usize) -> Result<Treeplex, usize> {
        let before = player_recalls(game, player)?;
        let own = |&set: &usize| usize::from(game.set_player()[set]) == player;
        let mut following: Vec<Vec<usize>> = vec![Vec::new(); game.actions() + 1];
        for set in (0..game.sets()).filter(own) {
            following[(before[set] as usize).min(game.actions())].push(set);
        }
        let mut tree = Treeplex {
            last: Vec::new(),
            below: vec![Vec::new(); game.actions()],
            all: Vec::new(),
            expressed: Vec::new(),
            free: Vec::new(),
        };
        let order = sequences(game, &following);
        let mut equations = Vec::new();
        for &sequence in order.iter().rev() {
            let sums: Vec<Vec<usize>> = following[sequence]
                .iter()
                .map(|&set| tree.below[game.slots(set)].concat())
                .collect();
            let here = match sums.first() {
                Some(first) => first.clone(),
                None => {
                    tree.last
                        .push((sequence < game.actions()).then_some(sequence));
                    vec![tree.last.len() - 1]
                }
            };
            equations.extend(sums.iter().skip(1).map(|sum| (here.clone(), sum.clone())));
            match tree.below.get_mut(sequence) {
                Some(below) => *below = here,
                None => tree.all = here,
            }
        }
        tree.express(&equations);
        Ok(tree)
    }

    /// Solves the equations, each between two sums of last sequences, for the first of the second sum.
    fn express(&mut self, equations: &[(Vec<usize>, Vec<usize>)]) {
        let n = self.last.len();
        let unit = |at: usize| (0..n).map(|k| BigInt::from(u8::from(k == at))).collect();
        let mut rows: Vec<Vec<BigInt>> = (0..n).map(unit).collect();
        let mut free = vec![true; n];
        for (left, right) in equations {
            let Some((&solved, others)) = right.split_first() else {
                continue;
            };
            let mut row = vec![BigInt::zero(); n];
            left.iter().for_each(|&at| row[at] += 1);
            others.iter().for_each(|&at| row[at] -= 1);
            free[solved] = false;
            for other in &mut rows {
                let factor = std::mem::take(&mut other[solved]);
                if !factor.is_zero() {
                    other
                        .iter_mut()
                        .zip(&row)
                        .for_each(|(a, b)| *a += &factor * b);
                }
            }
        }
        self.free = (0..n).filter(|&at| free[at]).collect();
        let pick = |row: &Vec<BigInt>| self.free.iter().map(|&at| row[at].clone()).collect();
        self.expressed = rows.iter().map(pick).collect();
    }

    /// Last sequences, as numbers, that sum up to a sequence.
    pub(super) fn sum_of(&self, sequence: Option<usize>) -> &[usize] {
        match sequence {
            Some(slot) => &self.below[slot],
            None => &self.all,
        }
    }

    /// Coefficients over the free sequences of a sum over sequences.
    pub(super) fn coefficients(&self, sum: &[(Option<usize>, BigInt)]) -> Vec<BigInt> {
        let mut row = vec![BigInt::zero(); self.free.len()];
        for (sequence, factor) in sum {
            for &last in self.sum_of(*sequence) {
                for (entry, part) in row.iter_mut().zip(&self.expressed[last]) {
                    if part.is_one() {
                        *entry += factor;
                    } else if !part.is_zero() {
                        *entry += factor * part;
                    }
                }
            }
        }
        row
    }
}

/// Sequences of a player by the slot of their last choice (the number of slots for the empty one), each after those
/// that it continues.
fn sequences(game: &Game, following: &[Vec<usize>]) -> Vec<usize> {
    let mut order = vec![game.actions()];
    let mut at = 0;
    while at < order.len() {
        let next = following[order[at]].iter().flat_map(|&set| game.slots(set));
        let next: Vec<usize> = next.collect();
        order.extend(next);
        at += 1;
    }
    order
}
