//! Payoffs at the ends times the probability of chance, in integers.
//!
//! With every payoff multiplied by the probability with which chance leads to its end, and by one common
//! denominator per player, the value of a draw is the plain sum over its children and the value of a decision is
//! that of one child. Exact methods then only add and compare integers, and whether fixed-width ones suffice is
//! known before they begin: no sum exceeds that of all sizes.

use std::ops::AddAssign;

use detente_game::Game;
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::rational::{Rational, exact};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Integers that exact passes add and compare.
pub(crate) trait Number:
    Clone + Ord + Zero + Send + Sync + for<'a> AddAssign<&'a Self>
{
}

impl Number for i128 {}
impl Number for BigInt {}

/// Payoffs at the ends, weighted by chance.
#[derive(Clone, Debug)]
pub(crate) struct Weighted<T> {
    /// One row of players per node, zero at nodes that are no ends.
    pub(crate) payoffs: Vec<T>,
}

/// The weighted payoffs and, per player, what they have been multiplied by.
pub(crate) fn weighted(game: &Game) -> (Weighted<BigInt>, Vec<BigInt>) {
    let players = game.players();
    let reach = chance_reach(game);
    let mut fractions = vec![Rational::zero(); game.nodes() * players];
    let mut scale = vec![BigInt::one(); players];
    for node in (0..game.nodes()).filter(|&node| game.set()[node] == TERMINAL) {
        for (player, &payoff) in game.payoffs_at(node).iter().enumerate() {
            let value = exact(payoff).unwrap_or_default() * &reach[node];
            scale[player] = scale[player].lcm(value.denom());
            fractions[node * players + player] = value;
        }
    }
    let payoffs = fractions
        .iter()
        .enumerate()
        .map(|(at, value)| value.numer() * (&scale[at % players] / value.denom()))
        .collect();
    (Weighted { payoffs }, scale)
}

/// Per node: the probability with which chance leads there, as a fraction. Draws whose fractions do not sum to 1
/// are scaled, so that a payoff that is the same however a draw ends is that payoff.
pub(crate) fn chance_reach(game: &Game) -> Vec<Rational> {
    let edges: Vec<Rational> = game
        .chance()
        .iter()
        .map(|&p| exact(p).unwrap_or_default())
        .collect();
    let mut reach = vec![Rational::one(); game.nodes()];
    for node in 0..game.nodes() {
        let children = game.children(node);
        if game.set()[node] != CHANCE {
            for child in children {
                reach[child] = reach[node].clone();
            }
            continue;
        }
        let first = game.first_slot()[node] as usize - game.actions();
        let draw = &edges[first..first + children.len()];
        let sum: Rational = draw.iter().sum();
        for (p, child) in draw.iter().zip(children) {
            reach[child] = &reach[node] * p / &sum;
        }
    }
    reach
}

impl Weighted<BigInt> {
    /// The same in 128 bits, where no sum over ends can leave them.
    pub(crate) fn narrow(&self) -> Option<Weighted<i128>> {
        let total: BigInt = self.payoffs.iter().map(Signed::abs).sum();
        if total.bits() > 126 {
            return None;
        }
        let payoffs = self.payoffs.iter().map(ToPrimitive::to_i128);
        Some(Weighted {
            payoffs: payoffs.collect::<Option<_>>()?,
        })
    }
}
