//! The best-response polytopes of a bimatrix game (von Stengel 2002, §2.2), without what they have twice.
//!
//! For payoffs made positive, the first player's polytope is {x ≥ 0, Bᵀx ≤ 1} and the second's {y ≥ 0, A y ≤ 1}. Own
//! strategies that give the opponent the same payoffs are one variable, and opponent's strategies with the same
//! payoffs one constraint; in the reduced normal form of an extensive game most are. A vertex of the small polytope
//! stands for all vertices in which each positive variable is put on any one of its strategies.

use std::collections::HashMap;

use detente_game::rational::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::reverse::Bits;

/// One player's polytope.
pub(super) struct Polytope {
    /// Per variable: the strategies that it stands for.
    pub(super) strategies: Vec<Vec<usize>>,
    /// Per strategy of the opponent: its constraint.
    pub(super) constraint_of: Vec<usize>,
    /// A row per constraint, all entries positive.
    pub(super) matrix: Vec<BigInt>,
}

impl Polytope {
    /// The polytope of the player with `own` strategies; `payoff` is the opponent's, by own and opponent's
    /// strategy.
    pub(super) fn new(
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
            strategies,
            constraint_of,
            matrix: kept.iter().flat_map(|&j| columns[j].clone()).collect(),
        }
    }

    /// Number of variables.
    pub(super) fn variables(&self) -> usize {
        self.strategies.len()
    }

    /// Number of constraints.
    pub(super) fn constraints(&self) -> usize {
        self.matrix.len() / self.variables().max(1)
    }

    /// Whether an opponent's strategy is a best response at a vertex.
    pub(super) fn is_response(&self, zeros: &Bits, strategy: usize) -> bool {
        zeros.contains(self.variables() + self.constraint_of[strategy])
    }

    /// Weights of the variables at a vertex, summing to 1; none if what is 0 there does not tell them.
    pub(super) fn weights(&self, zeros: &Bits) -> Option<Vec<Rational>> {
        let n = self.variables();
        let positive: Vec<usize> = (0..n).filter(|&v| !zeros.contains(v)).collect();
        let tight = (0..self.constraints()).filter(|&c| zeros.contains(n + c));
        let row = |c: usize| {
            let entries = positive.iter().map(|&v| self.matrix[c * n + v].clone());
            entries.chain([BigInt::one()]).collect()
        };
        let solution = solve(tight.map(row).collect(), positive.len())?;
        let sum: Rational = solution.iter().sum();
        let mut weights = vec![Rational::zero(); n];
        for (variable, value) in positive.into_iter().zip(solution) {
            weights[variable] = value / &sum;
        }
        Some(weights)
    }
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
