//! One half of a basis. The values p of a player's information sets, its r and the other player's x′ stand in
//! other rows than the same of the players exchanged; only z₀ stands in both.

use super::lu::{Factor, Sparse};
use super::system::{System, Variable};

/// An entry of a solution below this is rounding.
const ROUNDING: f64 = 1e-14;

/// What both halves share.
pub(super) struct Frame<'a> {
    /// The problem.
    pub(super) system: &'a System<f64>,
    /// Per row of the problem: its place in its half.
    pub(super) place: Vec<u32>,
    /// The column of z₀, by row of the problem.
    pub(super) covering: Vec<f64>,
}

impl Frame<'_> {
    /// Calls `entry` with the places and values of the column of a variable, as far as it is in a half.
    pub(super) fn column(
        &self,
        half: usize,
        variable: Variable,
        mut entry: impl FnMut(usize, f64),
    ) {
        if variable == self.system.z() {
            for (row, &value) in self.covering.iter().enumerate() {
                if value != 0.0 && self.system.half_of_row(row) == half {
                    entry(self.place[row] as usize, value);
                }
            }
        } else {
            let place = &self.place;
            self.system
                .column(variable, |row, value| entry(place[row] as usize, *value));
        }
    }
}

/// The basic variables of one half, with their values.
pub(super) struct Half {
    /// Which half it is.
    number: usize,
    /// Rows of the problem.
    rows: Vec<u32>,
    /// Basic variables by position; those without a sign come last.
    pub(super) basis: Vec<Variable>,
    /// Number of variables with a sign.
    pub(super) signed: usize,
    factor: Factor,
    /// Values of the variables, one number per power of ε each.
    pub(super) values: Vec<f64>,
    /// The column of z₀ as the basis makes it.
    pub(super) covering: Vec<f64>,
    /// The column at work as the basis makes it.
    pub(super) column: Vec<f64>,
    scratch: Vec<f64>,
}

impl Half {
    /// The half with these rows and basic variables; none where the basis is singular.
    pub(super) fn new(
        frame: &Frame<'_>,
        number: usize,
        rows: Vec<u32>,
        mut basis: Vec<Variable>,
    ) -> Option<Half> {
        let system = frame.system;
        let free = |variable: &Variable| system.is_free(*variable);
        basis.sort_by_key(free);
        let size = rows.len();
        let mut half = Half {
            number,
            signed: basis.iter().position(free).unwrap_or(basis.len()),
            factor: Factor::new(&matrix(frame, number, &basis))?,
            values: vec![0.0; size * system.orders],
            covering: vec![0.0; size],
            column: vec![0.0; size],
            scratch: vec![0.0; size],
            rows,
            basis,
        };
        half.evaluate(system);
        Some(half)
    }

    /// Value of the variable at a position.
    pub(super) fn value(&self, orders: usize, position: usize) -> &[f64] {
        &self.values[position * orders..(position + 1) * orders]
    }

    /// Makes the column of a variable.
    pub(super) fn load(&mut self, frame: &Frame<'_>, variable: Variable) {
        self.scratch.fill(0.0);
        let scratch = &mut self.scratch;
        frame.column(self.number, variable, |place, value| scratch[place] = value);
        self.solve();
    }

    fn solve(&mut self) {
        self.factor.solve(&mut self.scratch, &mut self.column);
        for entry in &mut self.column {
            if entry.abs() < ROUNDING {
                *entry = 0.0;
            }
        }
    }

    /// Makes the column of z₀, which is not in this half.
    pub(super) fn load_covering(&mut self, frame: &Frame<'_>) {
        self.load(frame, frame.system.z());
        self.covering.copy_from_slice(&self.column);
    }

    /// Subtracts `step` times the column from the values.
    pub(super) fn subtract(&mut self, step: &[f64]) {
        let rows = self.values.chunks_exact_mut(step.len());
        for (value, &entry) in rows.zip(&self.column[..self.signed]) {
            if entry != 0.0 {
                for (value, step) in value.iter_mut().zip(step) {
                    *value -= entry * step;
                }
            }
        }
    }

    /// Puts a variable of this value, whose column is loaded, in place of another one, which is returned.
    pub(super) fn exchange(
        &mut self,
        position: usize,
        entering: Variable,
        value: &[f64],
    ) -> Variable {
        let orders = value.len();
        self.values[position * orders..(position + 1) * orders].copy_from_slice(value);
        self.factor.replace(position, &self.column, self.signed);
        let share = self.covering[position] / self.column[position];
        if share != 0.0 {
            for (covering, entry) in self.covering.iter_mut().zip(&self.column) {
                *covering -= share * entry;
            }
            self.covering[position] = share;
        }
        std::mem::replace(&mut self.basis[position], entering)
    }

    /// Whether a new factorisation would pay.
    pub(super) fn is_stale(&self) -> bool {
        self.factor.is_stale()
    }

    /// Factorises afresh; none where the basis is singular.
    pub(super) fn refactor(&mut self, frame: &Frame<'_>) -> Option<()> {
        self.factor = Factor::new(&matrix(frame, self.number, &self.basis))?;
        self.evaluate(frame.system);
        Some(())
    }

    /// Values from the right-hand sides, at z₀ = 0 where z₀ is not in this half.
    pub(super) fn evaluate(&mut self, system: &System<f64>) {
        let orders = system.orders;
        for order in 0..orders {
            for (b, &row) in self.scratch.iter_mut().zip(&self.rows) {
                *b = system.rhs_at(row as usize)[order];
            }
            self.solve();
            for (value, &entry) in self
                .values
                .iter_mut()
                .skip(order)
                .step_by(orders)
                .zip(&self.column)
            {
                *value = entry;
            }
        }
    }

    /// Takes what rounding left of the right-hand sides into the values, once.
    pub(super) fn refine(&mut self, frame: &Frame<'_>) {
        let orders = frame.system.orders;
        for order in 0..orders {
            for (b, &row) in self.scratch.iter_mut().zip(&self.rows) {
                *b = frame.system.rhs_at(row as usize)[order];
            }
            for (position, &variable) in self.basis.iter().enumerate() {
                let value = self.values[position * orders + order];
                if value != 0.0 {
                    let rest = &mut self.scratch;
                    frame.column(self.number, variable, |place, entry| {
                        rest[place] -= value * entry
                    });
                }
            }
            self.factor.solve(&mut self.scratch, &mut self.column);
            let values = self.values.iter_mut().skip(order).step_by(orders);
            for (value, correction) in values.zip(&self.column) {
                *value += correction;
            }
        }
    }

    /// Adds to a covering column, by row of the problem, what makes each of these positions rise with z₀.
    pub(super) fn cover(&self, frame: &Frame<'_>, positions: &[usize], covering: &mut [f64]) {
        for &position in positions {
            frame.column(self.number, self.basis[position], |place, entry| {
                covering[self.rows[place] as usize] -= entry;
            });
        }
    }
}

fn matrix(frame: &Frame<'_>, half: usize, basis: &[Variable]) -> Sparse {
    let mut matrix = Sparse::new(basis.len(), 8 * basis.len());
    for &variable in basis {
        frame.column(half, variable, |place, value| matrix.push(place, value));
        matrix.close();
    }
    matrix
}
