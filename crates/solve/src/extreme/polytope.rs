//! The best-response polytopes of a two-player game (von Stengel 2002, §2.2).
//!
//! For payoffs made positive, the first player's polytope is {x ≥ 0, Bᵀx ≤ 1} and the second's {y ≥ 0, A y ≤ 1}: its
//! points are strategies divided by what the opponent's best response gets. In the strategic form x is a mixed
//! strategy. Own strategies that give the opponent the same payoffs are one variable there, and opponent's
//! strategies with the same payoffs one constraint; in the reduced normal form of an extensive game most are. A vertex
//! stands for all vertices in which each positive variable is put on any one of its strategies. In the sequence form
//! x is a realisation plan, and has as many dimensions less as realisation-equivalent mixtures are the same plan.

use std::collections::HashMap;

use detente_game::game::TERMINAL;
use detente_game::normal::Strategies;
use detente_game::rational::{Rational, exact};
use detente_game::{Game, GameError, normal};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::reverse::Bits;
use super::treeplex::Treeplex;
use crate::Budget;
use crate::weighted::chance_reach;

/// One player's polytope {z ≥ 0, M z ≤ b}, where b is 1 or 0.
pub(super) struct Polytope {
    /// Per atom, which is a group of strategies or a last sequence: the strategies in which it is played.
    pub(super) strategies: Vec<Vec<usize>>,
    /// Per atom: the inequality that says that it is not negative; variables are numbered first, then constraints.
    label: Vec<usize>,
    /// Per strategy of the opponent: its constraint.
    pub(super) constraint_of: Vec<usize>,
    /// A row per constraint.
    pub(super) matrix: Vec<BigInt>,
    /// Per constraint: whether its right side is 1.
    pub(super) right: Vec<bool>,
    /// Number of variables z.
    pub(super) variables: usize,
    /// Atoms whose weights sum to 1, once scaled.
    whole: Vec<usize>,
    /// The realisation plans, in the sequence form.
    plans: Option<Treeplex>,
}

impl Polytope {
    /// The polytope of mixed strategies of the player with `own` strategies; `payoff` is the opponent's, by own and
    /// opponent's strategy.
    pub(super) fn strategic(
        own: usize,
        others: usize,
        payoff: impl Fn(usize, usize) -> Rational,
    ) -> Polytope {
        let table: Vec<Vec<BigInt>> = positive(own, others, payoff);
        let (variable_of, firsts) = classes(&table);
        let columns: Vec<Vec<BigInt>> = (0..others)
            .map(|j| firsts.iter().map(|&i| table[i][j].clone()).collect())
            .collect();
        let (constraint_of, kept) = classes(&columns);
        let mut strategies = vec![Vec::new(); firsts.len()];
        for (strategy, &variable) in variable_of.iter().enumerate() {
            strategies[variable].push(strategy);
        }
        Polytope {
            variables: firsts.len(),
            label: (0..firsts.len()).collect(),
            whole: (0..firsts.len()).collect(),
            strategies,
            constraint_of,
            right: vec![true; kept.len()],
            matrix: kept.iter().flat_map(|&j| columns[j].clone()).collect(),
            plans: None,
        }
    }

    /// The polytope of a player's realisation plans; none where time runs out. `Err` names an information set where
    /// the player forgets.
    pub(super) fn sequence(
        game: &Game,
        player: usize,
        strategies: &[Strategies],
        budget: &Budget<'_>,
    ) -> Result<Option<Polytope>, usize> {
        let plans = Treeplex::new(game, player)?;
        let opponent = &strategies[1 - player];
        let sums = opponent_payoffs(game, player);
        let row = |strategy: usize| {
            let mut sum: Vec<(Option<usize>, BigInt)> = vec![(None, BigInt::one())];
            for (answer, part) in &sums {
                if answer.is_none_or(|slot| plays(game, opponent, strategy, slot)) {
                    sum.extend(part.iter().cloned());
                }
            }
            (!budget.late()).then(|| plans.coefficients(&sum))
        };
        let rows: Option<Vec<Vec<BigInt>>> = (0..opponent.count()).map(row).collect();
        let Some(rows) = rows else {
            return Ok(None);
        };
        let (constraint_of, kept) = classes(&rows);
        let mut matrix: Vec<BigInt> = kept.iter().flat_map(|&j| rows[j].clone()).collect();
        let mut right = vec![true; kept.len()];
        let mut label = vec![0; plans.last.len()];
        for (at, expressed) in plans.expressed.iter().enumerate() {
            label[at] = match plans.free.iter().position(|&free| free == at) {
                Some(variable) => variable,
                None => {
                    matrix.extend(expressed.iter().map(|a| -a));
                    right.push(false);
                    plans.free.len() + right.len() - 1
                }
            };
        }
        let own = &strategies[player];
        let with = |last: &Option<usize>| {
            let all = 0..own.count();
            all.filter(|&s| last.is_none_or(|slot| plays(game, own, s, slot)))
                .collect()
        };
        Ok(Some(Polytope {
            strategies: plans.last.iter().map(with).collect(),
            label,
            constraint_of,
            matrix,
            right,
            variables: plans.free.len(),
            whole: plans.sum_of(None).to_vec(),
            plans: Some(plans),
        }))
    }

    /// Number of atoms.
    pub(super) fn atoms(&self) -> usize {
        self.strategies.len()
    }

    /// The atoms that are positive at a vertex.
    pub(super) fn played(&self, zeros: &Bits) -> impl Iterator<Item = usize> {
        (0..self.atoms()).filter(|&atom| !zeros.contains(self.label[atom]))
    }

    /// Whether an opponent's strategy is a best response at a vertex.
    pub(super) fn is_response(&self, zeros: &Bits, strategy: usize) -> bool {
        zeros.contains(self.variables + self.constraint_of[strategy])
    }

    /// Whether a vertex stands for realisation plans.
    pub(super) fn has_plans(&self) -> bool {
        self.plans.is_some()
    }

    /// Weights of the atoms at a vertex; none if what is 0 there does not tell them.
    pub(super) fn weights(&self, zeros: &Bits) -> Option<Vec<Rational>> {
        let n = self.variables;
        let positive: Vec<usize> = (0..n).filter(|&v| !zeros.contains(v)).collect();
        let tight = (0..self.right.len()).filter(|&c| zeros.contains(n + c));
        let row = |c: usize| {
            let entries = positive.iter().map(|&v| self.matrix[c * n + v].clone());
            entries
                .chain([BigInt::from(u8::from(self.right[c]))])
                .collect()
        };
        let solution = solve(tight.map(row).collect(), positive.len())?;
        let mut z = vec![Rational::zero(); n];
        positive
            .into_iter()
            .zip(solution)
            .for_each(|(v, value)| z[v] = value);
        let value = |&label: &usize| match label.checked_sub(n) {
            None => z[label].clone(),
            Some(c) => {
                let row = &self.matrix[c * n..(c + 1) * n];
                -row.iter().zip(&z).map(|(a, z)| z * a).sum::<Rational>()
            }
        };
        let values: Vec<Rational> = self.label.iter().map(value).collect();
        let sum: Rational = self.whole.iter().map(|&atom| &values[atom]).sum();
        Some(values.into_iter().map(|value| value / &sum).collect())
    }

    /// Realisation probability per own action slot from the weights of the last sequences, 0 at other players' slots.
    pub(super) fn realisation(&self, game: &Game, weights: &[Rational]) -> Vec<Rational> {
        let probability = |slot| {
            let last = self.plans.iter().flat_map(|plans| plans.sum_of(Some(slot)));
            last.map(|&at| &weights[at]).sum()
        };
        (0..game.actions()).map(probability).collect()
    }
}

/// Whether a reduced strategy plays a sequence, told by its last slot.
fn plays(game: &Game, own: &Strategies, strategy: usize, slot: usize) -> bool {
    let set = game
        .set_first_slot()
        .partition_point(|&first| first as usize <= slot)
        - 1;
    let place = own
        .sets()
        .partition_point(|&before| (before as usize) < set);
    let choice = own.choices(strategy)[place];
    usize::from(choice) == slot - game.slots(set).start + 1
}

/// A sum over own sequences, each told by its last slot.
type Sum = Vec<(Option<usize>, BigInt)>;

/// The opponent's payoffs over its least, times chance, in integers: per sequence of the opponent a sum over own
/// sequences.
fn opponent_payoffs(game: &Game, player: usize) -> Vec<(Option<usize>, Sum)> {
    let reach = chance_reach(game);
    let least = exact(game.payoff_min(1 - player)).unwrap_or_default();
    let mut last = vec![[None; 2]; game.nodes()];
    let mut cells: HashMap<(Option<usize>, Option<usize>), Rational> = HashMap::new();
    for node in 0..game.nodes() {
        let set = game.set()[node];
        if set == TERMINAL {
            let payoff = exact(game.payoffs_at(node)[1 - player]).unwrap_or_default();
            let [own, answer] = [last[node][player], last[node][1 - player]];
            *cells.entry((answer, own)).or_default() += (payoff - &least) * &reach[node];
        }
        for (k, child) in game.children(node).enumerate() {
            last[child] = last[node];
            if let Some(&owner) = game.set_player().get(set as usize) {
                last[child][usize::from(owner)] = Some(game.first_slot()[node] as usize + k);
            }
        }
    }
    cells.retain(|_, value| !value.is_zero());
    let denominator = cells
        .values()
        .fold(BigInt::one(), |lcm, v| lcm.lcm(v.denom()));
    let divisor = cells.values().fold(BigInt::zero(), |gcd, value| {
        gcd.gcd(&(value.numer() * (&denominator / value.denom())))
    });
    let mut all: Vec<_> = cells.into_iter().collect();
    all.sort();
    let mut sums: Vec<(Option<usize>, Sum)> = Vec::new();
    for ((answer, own), value) in all {
        let value = value.numer() * (&denominator / value.denom()) / &divisor;
        match sums.last_mut() {
            Some((same, sum)) if *same == answer => sum.push((own, value)),
            _ => sums.push((answer, vec![(own, value)])),
        }
    }
    sums
}

/// Behaviour strategies from realisation plans or mixed strategies of both players.
pub(super) fn behaviour(
    game: &Game,
    strategies: &[Strategies],
    both: [&Vec<Rational>; 2],
    plans: bool,
) -> Result<Vec<Rational>, GameError> {
    if !plans {
        return normal::exact_behaviour(game, strategies, &both.map(Clone::clone));
    }
    let mut behaviour = vec![Rational::zero(); game.actions()];
    for set in 0..game.sets() {
        let here = game.slots(set);
        let plan = &both[usize::from(game.set_player()[set])][here.clone()];
        let sum: Rational = plan.iter().sum();
        let equal = Rational::new(BigInt::one(), BigInt::from(here.len()));
        for (probability, part) in behaviour[here].iter_mut().zip(plan) {
            *probability = if sum.is_zero() {
                equal.clone()
            } else {
                part / &sum
            };
        }
    }
    Ok(behaviour)
}

/// Payoffs as small positive integers: shifted and scaled, which changes no best response.
fn positive(
    own: usize,
    others: usize,
    payoff: impl Fn(usize, usize) -> Rational,
) -> Vec<Vec<BigInt>> {
    let table: Vec<Vec<Rational>> = (0..own)
        .map(|i| (0..others).map(|j| payoff(i, j)).collect())
        .collect();
    let all = || table.iter().flatten();
    let Some(least) = all().min().cloned() else {
        return vec![Vec::new(); own];
    };
    let denominator = all().fold(BigInt::one(), |lcm, value| {
        lcm.lcm((value - &least).denom())
    });
    let integer = |value: &Rational| {
        let above = value - &least;
        above.numer() * (&denominator / above.denom())
    };
    let integers: Vec<Vec<BigInt>> = table
        .iter()
        .map(|row| row.iter().map(integer).collect())
        .collect();
    let divisor = integers
        .iter()
        .flatten()
        .fold(BigInt::zero(), |gcd, value| gcd.gcd(value));
    let divisor = divisor.max(BigInt::one());
    let reduced = |row: &Vec<BigInt>| row.iter().map(|value| value / &divisor + 1).collect();
    integers.iter().map(reduced).collect()
}

/// Numbers equal rows: per row its class, per class its first row.
fn classes(rows: &[Vec<BigInt>]) -> (Vec<usize>, Vec<usize>) {
    let mut known: HashMap<&Vec<BigInt>, usize> = HashMap::new();
    let mut firsts = Vec::new();
    let mut class_of = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let class = *known.entry(row).or_insert_with(|| {
            firsts.push(at);
            firsts.len() - 1
        });
        class_of.push(class);
    }
    (class_of, firsts)
}

/// The solution of linear equations, each a row with its constant last, that have exactly one; by elimination
/// without fractions (Bareiss 1968).
fn solve(mut rows: Vec<Vec<BigInt>>, unknowns: usize) -> Option<Vec<Rational>> {
    let mut last = BigInt::one();
    for at in 0..unknowns {
        let pivot = (at..rows.len()).find(|&row| !rows[row][at].is_zero())?;
        rows.swap(at, pivot);
        let (above, below) = rows.split_at_mut(at + 1);
        let pivot = &above[at];
        for row in below {
            let factor = std::mem::take(&mut row[at]);
            for (entry, across) in row.iter_mut().zip(pivot).skip(at + 1) {
                *entry = (&*entry * &pivot[at] - &factor * across) / &last;
            }
        }
        last = rows[at][at].clone();
    }
    let mut solution = vec![Rational::zero(); unknowns];
    for at in (0..unknowns).rev() {
        let row = &rows[at];
        let mut value = Rational::from_integer(row[unknowns].clone());
        for (entry, known) in row.iter().zip(&solution).take(unknowns).skip(at + 1) {
            value -= known * entry;
        }
        solution[at] = value / Rational::from_integer(row[at].clone());
    }
    Some(solution)
}
