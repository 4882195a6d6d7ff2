//! The tableau in floating point: a factorised basis and the values of its variables.

use super::lu::Factor;
use super::path::{Step, Tableau};
use super::system::{Number, System, Variable};

/// A coefficient of a power of ε below this is 0.
const ZERO: f64 = 1e-10;
/// An entry of a column below this is no pivot.
const PIVOT: f64 = 1e-9;
/// Ratios that differ by less than this are tied.
const TIE: f64 = 1e-10;

impl Number for f64 {
    fn whole(number: u32) -> f64 {
        f64::from(number)
    }

    fn is_negligible(&self) -> bool {
        self.abs() <= 1e-11
    }
}

/// A basis with its values.
pub(super) struct Revised<'a> {
    system: &'a System<f64>,
    basis: Vec<Variable>,
    factor: Factor,
    /// Values of the basic variables, row after row, one number per power of ε.
    values: Vec<f64>,
    /// The entering column as the basis makes it.
    column: Vec<f64>,
    scratch: Vec<f64>,
    candidates: Vec<usize>,
}

impl<'a> Revised<'a> {
    /// The basis at which the path starts; none where it is singular.
    pub(super) fn new(system: &'a System<f64>) -> Option<Revised<'a>> {
        let basis = system.first_basis();
        let rows = system.rows();
        let mut revised = Revised {
            system,
            factor: Factor::new(&columns_of(system, &basis))?,
            basis,
            values: vec![0.0; rows * system.orders],
            column: vec![0.0; rows],
            scratch: vec![0.0; rows],
            candidates: Vec::new(),
        };
        revised.evaluate();
        Some(revised)
    }

    /// Basic variables by row.
    pub(super) fn basis(&self) -> &[Variable] {
        &self.basis
    }

    /// Values of the basic variables from a fresh factorisation, once refined; none where the basis is
    /// singular.
    pub(super) fn refined_values(&mut self) -> Option<Vec<f64>> {
        self.refactor()?;
        let orders = self.system.orders;
        for order in 0..orders {
            self.scratch.fill(0.0);
            for row in 0..self.basis.len() {
                self.scratch[row] += self.system.rhs_at(row)[order];
                let value = self.values[row * orders + order];
                if value != 0.0 {
                    let rest = &mut self.scratch;
                    self.system
                        .column(self.basis[row], |at, entry| rest[at] -= value * entry);
                }
            }
            self.factor.solve(&mut self.scratch, &mut self.column);
            for (row, correction) in self.column.iter().enumerate() {
                self.values[row * orders + order] += correction;
            }
        }
        Some(self.values.clone())
    }

    fn refactor(&mut self) -> Option<()> {
        self.factor = Factor::new(&columns_of(self.system, &self.basis))?;
        self.evaluate();
        Some(())
    }

    /// Values from the right-hand sides.
    fn evaluate(&mut self) {
        let orders = self.system.orders;
        for order in 0..orders {
            for (row, b) in self.scratch.iter_mut().enumerate() {
                *b = self.system.rhs_at(row)[order];
            }
            self.factor.solve(&mut self.scratch, &mut self.column);
            for (row, &value) in self.column.iter().enumerate() {
                self.values[row * orders + order] = value;
            }
        }
    }

    fn load(&mut self, variable: Variable) {
        self.scratch.fill(0.0);
        let scratch = &mut self.scratch;
        self.system
            .column(variable, |row, value| scratch[row] = *value);
        self.factor.solve(&mut self.scratch, &mut self.column);
        for entry in &mut self.column {
            if entry.abs() < 1e-14 {
                *entry = 0.0;
            }
        }
    }

    /// The row whose variable vanishes first as the loaded column, times `sign`, is subtracted:
    /// lexicographically smallest ratio, largest pivot among what is left of a tie.
    fn first_to_vanish(&mut self, sign: f64) -> Option<usize> {
        let orders = self.system.orders;
        self.candidates.clear();
        for (row, &entry) in self.column.iter().enumerate() {
            if sign * entry > PIVOT && !self.system.is_free(self.basis[row]) {
                self.candidates.push(row);
            }
        }
        for order in 0..orders {
            if self.candidates.len() <= 1 {
                break;
            }
            let ratio = |row: usize| self.values[row * orders + order] / (sign * self.column[row]);
            let ratios = self.candidates.iter().map(|&row| ratio(row));
            let least = ratios.fold(f64::INFINITY, f64::min);
            let (values, column) = (&self.values, &self.column);
            self.candidates.retain(|&row| {
                values[row * orders + order] / (sign * column[row]) <= least + TIE
            });
        }
        let size = |row: usize| self.column[row].abs();
        let candidates = self.candidates.iter().copied();
        candidates.max_by(|&a, &b| size(a).total_cmp(&size(b)).then(b.cmp(&a)))
    }

    /// Exchanges the basic variable of a row for the one whose column is loaded.
    fn exchange(&mut self, row: usize, entering: Variable) -> Step {
        let orders = self.system.orders;
        let pivot = self.column[row];
        let own: Vec<f64> = self.values[row * orders..(row + 1) * orders]
            .iter()
            .map(|value| value / pivot)
            .collect();
        for (k, &entry) in self.column.iter().enumerate() {
            if entry == 0.0 {
                continue;
            }
            let here = &mut self.values[k * orders..(k + 1) * orders];
            for (value, step) in here.iter_mut().zip(&own) {
                *value -= entry * step;
            }
        }
        self.values[row * orders..(row + 1) * orders].copy_from_slice(&own);
        self.factor.replace(row, &self.column);
        let leaving = std::mem::replace(&mut self.basis[row], entering);
        if self.factor.is_stale() && self.refactor().is_none() {
            return Step::Lost;
        }
        Step::Left(leaving)
    }

    /// Whether all values with a sign are at least 0 for small ε.
    fn is_feasible(&self) -> bool {
        let rows = self.values.chunks_exact(self.system.orders);
        rows.zip(&self.basis)
            .all(|(value, &variable)| self.system.is_free(variable) || lexicographic(value) >= 0.0)
    }
}

/// The first coefficient that is not 0.
fn lexicographic(polynomial: &[f64]) -> f64 {
    let found = polynomial.iter().find(|value| value.abs() > ZERO);
    found.copied().unwrap_or(0.0)
}

fn columns_of(system: &System<f64>, basis: &[Variable]) -> Vec<Vec<(u32, f64)>> {
    let column = |&variable: &Variable| {
        let mut list = Vec::new();
        system.column(variable, |row, value| list.push((row as u32, *value)));
        list
    };
    basis.iter().map(column).collect()
}

impl Tableau for Revised<'_> {
    fn begin(&mut self) -> Step {
        let orders = self.system.orders;
        self.load(self.system.z());
        for row in 0..self.basis.len() {
            self.values[row * orders] -= self.column[row];
        }
        let row = self.first_to_vanish(-1.0);
        for row in 0..self.basis.len() {
            self.values[row * orders] += self.column[row];
        }
        let Some(row) = row else {
            return if self.is_feasible() { Step::Home } else { Step::Tied };
        };
        // z₀ where the row vanishes: negative if it never does on the way to 0.
        let value = &self.values[row * orders..(row + 1) * orders];
        if lexicographic(value) > 0.0 {
            return if self.is_feasible() { Step::Home } else { Step::Tied };
        }
        let step = self.exchange(row, self.system.z());
        if self.is_feasible() { step } else { Step::Tied }
    }

    fn enter(&mut self, variable: Variable) -> Step {
        self.load(variable);
        match self.first_to_vanish(1.0) {
            Some(row) => self.exchange(row, variable),
            None => Step::Lost,
        }
    }
}
