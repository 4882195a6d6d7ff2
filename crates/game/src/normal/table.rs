//! The payoffs of all profiles of reduced strategies, in one walk through the tree.
//!
//! At every end its payoffs, times the probabilities of chance on the path, are added to all profiles that
//! lead there.

use std::ops::AddAssign;
use std::rc::Rc;

use num_traits::Num;

use super::Strategies;
use crate::game::{CHANCE, Game, TERMINAL};
use crate::rational::{Rational, exact};

/// The table of [`NormalForm::payoffs`](super::NormalForm::payoffs) in fractions, from those that the game's numbers round to
/// ([`exact`]). Draws whose fractions do not sum to 1 are scaled.
pub fn exact_payoffs(game: &Game, strategies: &[Strategies]) -> Vec<Rational> {
    let fraction =
        |&number: &f64| exact(number).unwrap_or_else(|| Rational::from_integer(0.into()));
    let mut chance: Vec<Rational> = game.chance().iter().map(fraction).collect();
    let payoffs: Vec<Rational> = game.payoffs().iter().map(fraction).collect();
    let one = Rational::from_integer(1.into());
    for node in (0..game.nodes()).filter(|&node| game.set()[node] == CHANCE) {
        let first = game.first_slot()[node] as usize - game.actions();
        let draw = &mut chance[first..first + usize::from(game.arity()[node])];
        let sum: Rational = draw.iter().sum();
        if sum != one {
            draw.iter_mut().for_each(|p| *p /= &sum);
        }
    }
    table(game, strategies, &chance, &payoffs)
}

/// Part of the tree that is still to be walked.
struct Ahead<T> {
    node: usize,
    /// Probability of chance on the path.
    weight: T,
    /// Per player: the strategies that lead here.
    leading: Vec<Rc<Vec<u32>>>,
}

pub(super) fn table<T: Num + Clone + AddAssign>(
    game: &Game,
    strategies: &[Strategies],
    chance: &[T],
    payoffs: &[T],
) -> Vec<T> {
    let players = strategies.len();
    let mut strides = Vec::with_capacity(players);
    let mut profiles = 1;
    for own in strategies {
        strides.push(profiles);
        profiles *= own.count();
    }
    let mut table = vec![T::zero(); profiles * players];
    let everything = |own: &Strategies| Rc::new((0..own.count() as u32).collect());
    let mut open = vec![Ahead {
        node: 0,
        weight: T::one(),
        leading: strategies.iter().map(everything).collect(),
    }];
    while let Some(ahead) = open.pop() {
        let node = ahead.node;
        match game.set()[node] {
            TERMINAL => {
                let row = game.first_child()[node] as usize * players;
                let gains = payoffs[row..row + players].iter();
                let gains: Vec<T> = gains.map(|p| p.clone() * ahead.weight.clone()).collect();
                for profile in combinations(&ahead.leading, &strides) {
                    let cells = &mut table[profile * players..(profile + 1) * players];
                    for (cell, gain) in cells.iter_mut().zip(&gains) {
                        *cell += gain.clone();
                    }
                }
            }
            CHANCE => {
                let first = game.first_slot()[node] as usize - game.actions();
                let drawn = game.children(node).enumerate().rev();
                open.extend(drawn.map(|(k, child)| Ahead {
                    node: child,
                    weight: ahead.weight.clone() * chance[first + k].clone(),
                    leading: ahead.leading.clone(),
                }));
            }
            set => choose(
                game,
                &strategies[usize::from(game.set_player()[set as usize])],
                set,
                &ahead,
                &mut open,
            ),
        }
    }
    table
}

/// Goes on to the children of a decision, each with the strategies that choose it.
fn choose<T: Clone>(
    game: &Game,
    own: &Strategies,
    set: u32,
    ahead: &Ahead<T>,
    open: &mut Vec<Ahead<T>>,
) {
    let place = own.sets().partition_point(|&before| before < set);
    for (k, child) in game.children(ahead.node).enumerate().rev() {
        let here = ahead.leading[own.player()].iter().copied();
        let chooses = |s: &u32| usize::from(own.choices(*s as usize)[place]) == k + 1;
        let leading: Vec<u32> = here.filter(chooses).collect();
        if leading.is_empty() {
            continue;
        }
        let mut all = ahead.leading.clone();
        all[own.player()] = Rc::new(leading);
        open.push(Ahead {
            node: child,
            weight: ahead.weight.clone(),
            leading: all,
        });
    }
}

/// Numbers of all profiles made of these strategies.
fn combinations(leading: &[Rc<Vec<u32>>], strides: &[usize]) -> Vec<usize> {
    let mut profiles = vec![0];
    for (own, stride) in leading.iter().zip(strides).rev() {
        let with = |&profile: &usize| own.iter().map(move |&s| profile + s as usize * stride);
        profiles = profiles.iter().flat_map(with).collect();
    }
    profiles
}
