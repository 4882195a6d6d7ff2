//! Solving in exact fractions: a dense tableau of integers with a common denominator (Edmonds 1967; von Stengel
//! 2002, section 2.4), which never rounds.

use detente_game::Game;
use detente_game::rational::{Rational, exact, nearest};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::form::{Form, Pair};
use super::path::{End, Step, Tableau, follow};
use super::plan::{self, Behaviour, Leading};
use super::system::{Number, System, Variable, prior};
use super::{Problem, Solved};
use crate::{Budget, Equilibrium, Status};

/// Priors to try: one that makes two different actions exactly as good is no start.
const PRIORS: u64 = 8;

impl Number for Rational {
    fn whole(number: u32) -> Rational {
        Rational::from_integer(number.into())
    }

    fn is_negligible(&self) -> bool {
        self.is_zero()
    }
}

/// Follows the path exactly.
pub(super) fn solve(game: &Game, form: &Form, problem: Problem, budget: &Budget<'_>) -> Solved {
    let mut solved = Solved {
        equilibrium: None,
        status: Status::NumericalTrouble,
        pivots: 0,
        classes: None,
    };
    let Some(pairs) = payoff_pairs(game, form, problem) else {
        return solved;
    };
    let scale = vec![Rational::one(); form.sets()];
    for seed in 0..PRIORS {
        let system = System::new(form, &pairs, &scale, &prior(form, seed));
        let mut tableau = Integers::new(&system);
        let (end, pivots) = follow(&system, &mut tableau, (usize::MAX, usize::MAX), budget);
        solved.pivots += pivots;
        match end {
            End::Home => {
                solved.equilibrium = equilibrium(game, form, &tableau.plans());
                return solved;
            }
            End::Tied => {}
            End::Stopped(status) => {
                solved.status = status;
                if tableau.is_near() {
                    solved.equilibrium = equilibrium(game, form, &tableau.plans());
                }
                return solved;
            }
        }
    }
    solved
}

/// The payoff matrix in whole numbers, each player's payoffs from 0 up, or opposite ones.
fn payoff_pairs(game: &Game, form: &Form, problem: Problem) -> Option<Vec<Pair<Rational>>> {
    let fractions = |numbers: &[f64]| -> Option<Vec<Rational>> {
        numbers.iter().map(|&number| exact(number)).collect()
    };
    let chance = fractions(game.chance())?;
    let mut payoffs = fractions(game.payoffs())?;
    let least = [exact(game.payoff_min(0))?, exact(game.payoff_min(1))?];
    for row in payoffs.chunks_exact_mut(2) {
        for (payoff, least) in row.iter_mut().zip(&least) {
            *payoff -= least;
        }
        if problem == Problem::ConstantSum {
            row[1] = -row[0].clone();
        }
    }
    let mut pairs = form.pairs(game, &chance, &payoffs);
    for player in 0..2 {
        let denominators = pairs.iter().map(|pair| pair.payoffs[player].denom());
        let common = denominators.fold(BigInt::one(), |common, next| common.lcm(next));
        for pair in &mut pairs {
            pair.payoffs[player] *= &common;
        }
    }
    Some(pairs)
}

/// The limit of the plans with trembles, certified.
fn equilibrium(game: &Game, form: &Form, above: &[Vec<Rational>]) -> Option<Equilibrium> {
    let plans = above.iter().enumerate();
    let leading: Vec<Leading<Rational>> = plans
        .map(|(k, above)| plan::leading(form, k, above, Rational::is_zero))
        .collect();
    let behaviour = plan::behaviour(form, &leading);
    let trembles = behaviour.tremble.iter().map(|tremble| Leading {
        order: tremble.order,
        coefficient: nearest(&tremble.coefficient),
    });
    let rounded = Behaviour {
        probability: behaviour.probability.iter().map(nearest).collect(),
        tremble: trembles.collect(),
    };
    let mut fractions = vec![Rational::zero(); game.actions()];
    for (sequence, probability) in behaviour.probability.into_iter().enumerate() {
        fractions[form.slot(game, sequence)] = probability;
    }
    Some(Equilibrium {
        exact: Some(fractions),
        ..Equilibrium::new(game, plan::profile(game, form, &rounded)?)
    })
}

/// The rows of the basic variables with a sign: x_B + (N / D) x_N = b / D, in whole numbers.
struct Integers<'a> {
    system: &'a System<Rational>,
    /// Basic variables by row, and the others by column.
    basis: Vec<Variable>,
    others: Vec<Variable>,
    /// N, and b for every power of ε after it.
    rows: Vec<Vec<BigInt>>,
    /// D.
    denominator: BigInt,
}

impl<'a> Integers<'a> {
    fn new(system: &'a System<Rational>) -> Integers<'a> {
        let n = system.sequences;
        let slack: Vec<Variable> = (n..2 * n).collect();
        // Rows of plans begin with no variable of their own.
        let nobody = system.z() + 1;
        let mut basis = slack;
        basis.resize(system.rows(), nobody);
        let others: Vec<Variable> = (0..n).chain(2 * n..=system.z()).collect();
        let width = others.len() + system.orders;
        let mut rows = vec![vec![BigInt::zero(); width]; system.rows()];
        let units = units(system);
        for (column, &variable) in others.iter().enumerate() {
            let unit = if variable == system.z() {
                units.0.clone()
            } else {
                BigInt::one()
            };
            system.column(variable, |row, value| {
                rows[row][column] = (value * &unit).to_integer();
            });
        }
        for (row, entries) in rows.iter_mut().enumerate() {
            for (order, value) in system.rhs_at(row).iter().enumerate() {
                let last = order + 1 == system.orders;
                let unit = if last { units.1.clone() } else { BigInt::one() };
                entries[others.len() + order] = (value * unit).to_integer();
            }
        }
        let mut tableau = Integers {
            system,
            basis,
            others,
            rows,
            denominator: BigInt::one(),
        };
        tableau.bring_in();
        tableau
    }

    /// Brings p and the best responses to the prior into the basis, then forgets the rows of p, which has no
    /// sign, and the columns of nobody.
    fn bring_in(&mut self) {
        let (system, n) = (self.system, self.system.sequences);
        for sequence in (0..n).filter(|&sequence| system.chosen[sequence]) {
            let set = system.set_of(sequence);
            for (entering, row) in [(2 * n + set, sequence), (sequence, n + set)] {
                if let Some(column) = self.column_of(entering) {
                    self.pivot(row, column);
                }
            }
        }
        let keep: Vec<bool> = self.others.iter().map(|&k| k <= system.z()).collect();
        for row in &mut self.rows {
            let mut column = 0;
            row.retain(|_| {
                column += 1;
                keep.get(column - 1).copied().unwrap_or(true)
            });
        }
        self.others.retain(|&variable| variable <= system.z());
        let signed: Vec<bool> = self.basis.iter().map(|&k| !system.is_free(k)).collect();
        let mut keep = signed.iter();
        self.rows.retain(|_| keep.next().copied().unwrap_or(true));
        self.basis.retain(|&variable| !system.is_free(variable));
    }

    fn column_of(&self, variable: Variable) -> Option<usize> {
        self.others.iter().position(|&other| other == variable)
    }

    /// Exchanges the basic variable of a row for that of a column.
    fn pivot(&mut self, row: usize, column: usize) -> Variable {
        let mut own = std::mem::take(&mut self.rows[row]);
        let pivot = own[column].clone();
        for entries in self.rows.iter_mut().filter(|entries| !entries.is_empty()) {
            let factor = std::mem::take(&mut entries[column]);
            for (entry, own) in entries.iter_mut().zip(&own) {
                if !entry.is_zero() {
                    *entry *= &pivot;
                }
                if !factor.is_zero() && !own.is_zero() {
                    *entry -= &factor * own;
                }
                if !entry.is_zero() && !self.denominator.is_one() {
                    *entry /= &self.denominator;
                }
            }
            entries[column] = -factor;
        }
        own[column] = std::mem::replace(&mut self.denominator, pivot);
        self.rows[row] = own;
        if self.denominator.is_negative() {
            self.denominator = -std::mem::take(&mut self.denominator);
            for entry in self.rows.iter_mut().flatten() {
                *entry = -std::mem::take(entry);
            }
        }
        std::mem::swap(&mut self.basis[row], &mut self.others[column]);
        self.others[column]
    }

    /// The row whose variable vanishes first as a column, times `sign`, is subtracted: lexicographically
    /// smallest ratio.
    fn first_to_vanish(&self, column: usize, falls: bool) -> Option<usize> {
        let wanted = |row: &usize| {
            let entry = &self.rows[*row][column];
            if falls {
                entry.is_positive()
            } else {
                entry.is_negative()
            }
        };
        (0..self.rows.len()).filter(wanted).reduce(|best, row| {
            if self.vanishes_before(row, best, column) {
                row
            } else {
                best
            }
        })
    }

    /// Whether a row's ratio is lexicographically smaller than another one's, by absolute entries.
    fn vanishes_before(&self, row: usize, other: usize, column: usize) -> bool {
        let (here, there) = (&self.rows[row], &self.rows[other]);
        let (own, its) = (here[column].abs(), there[column].abs());
        for order in self.others.len()..here.len() {
            let (left, right) = (&here[order] * &its, &there[order] * &own);
            if left != right {
                return left < right;
            }
        }
        false
    }

    fn lexicographic(&self, row: usize) -> Option<&BigInt> {
        let mut right = self.rows[row][self.others.len()..].iter();
        right.find(|value| !value.is_zero())
    }

    fn is_feasible(&self) -> bool {
        let mut rows = 0..self.rows.len();
        rows.all(|row| self.lexicographic(row).is_none_or(BigInt::is_positive))
    }

    /// x′ of every sequence, one number per power of ε that has a meaning.
    fn plans(&self) -> Vec<Vec<Rational>> {
        let orders = self.system.orders - 1;
        let mut plans = vec![vec![Rational::zero(); orders]; self.system.sequences];
        for (row, &variable) in self.basis.iter().enumerate() {
            if let Some(plan) = plans.get_mut(variable) {
                let right = &self.rows[row][self.others.len()..];
                for (value, entry) in plan.iter_mut().zip(right) {
                    *value = Rational::new(entry.clone(), self.denominator.clone());
                }
            }
        }
        plans
    }
}

/// What makes the column of z₀ and the generic power of ε whole.
fn units(system: &System<Rational>) -> (BigInt, BigInt) {
    let common = |numbers: &mut dyn Iterator<Item = &Rational>| {
        numbers.fold(BigInt::one(), |common, next| common.lcm(next.denom()))
    };
    let mut last = system
        .rhs
        .iter()
        .skip(system.orders - 1)
        .step_by(system.orders);
    (common(&mut system.covering.iter()), common(&mut last))
}

impl Tableau for Integers<'_> {
    fn begin(&mut self) -> Step {
        let Some(column) = self.column_of(self.system.z()) else {
            return Step::Lost;
        };
        // z₀ where a variable vanishes: not above 0 if it never does on the way there.
        let row = self.first_to_vanish(column, false);
        let row = row.filter(|&row| self.lexicographic(row).is_some_and(BigInt::is_negative));
        let step = row.map_or(Step::Home, |row| Step::Left(self.pivot(row, column)));
        if self.is_feasible() { step } else { Step::Tied }
    }

    fn enter(&mut self, variable: Variable) -> Step {
        let Some(column) = self.column_of(variable) else {
            return Step::Lost;
        };
        match self.first_to_vanish(column, true) {
            Some(row) => Step::Left(self.pivot(row, column)),
            None => Step::Lost,
        }
    }

    fn is_near(&self) -> bool {
        let row = self.basis.iter().position(|&k| k == self.system.z());
        row.is_some_and(|row| self.rows[row][self.others.len()].is_zero())
    }
}
