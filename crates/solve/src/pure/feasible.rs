//! Feasible points of small systems of linear inequalities, in fractions.

use detente_game::rational::Rational;
use num_traits::{One, Signed, Zero};

/// A system a·z ≥ b, z ≥ 0.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    unknowns: usize,
    /// Per inequality its coefficients and, last, its right side.
    rows: Vec<Vec<Rational>>,
}

impl System {
    pub(super) fn new(unknowns: usize) -> System {
        System {
            unknowns,
            rows: Vec::new(),
        }
    }

    /// Demands a·z ≥ b.
    pub(super) fn at_least(&mut self, mut coefficients: Vec<Rational>, right: Rational) {
        coefficients.push(right);
        self.rows.push(coefficients);
    }

    /// Number of inequalities.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Takes back all inequalities after the first so many.
    pub(super) fn truncate(&mut self, len: usize) {
        self.rows.truncate(len);
    }

    /// A solution, if there is one: phase one of the simplex method with one artificial variable
    /// (Chvátal 1983, ch. 3) and the rule of Bland (1977), which never cycles.
    pub(super) fn solution(&self) -> Option<Vec<Rational>> {
        let worst = self.rows.iter().enumerate();
        let worst = worst.max_by(|a, b| {
            a.1[self.unknowns]
                .cmp(&b.1[self.unknowns])
                .then(b.0.cmp(&a.0))
        });
        match worst {
            Some((row, inequality)) if inequality[self.unknowns].is_positive() => {
                Tableau::new(self, row).solve(self.unknowns)
            }
            _ => Some(vec![Rational::zero(); self.unknowns]),
        }
    }
}

/// Basic variables as affine functions of the others: B_r = b_r + Σ_s a_rs·N_s. Variables are numbered z first, then
/// the slacks, and the artificial one last.
struct Tableau {
    basic: Vec<usize>,
    others: Vec<usize>,
    /// Per basic variable: coefficients and, last, the constant.
    rows: Vec<Vec<Rational>>,
    artificial: usize,
}

impl Tableau {
    /// Slack = a·z − b + artificial, with the artificial variable brought in where the constant is smallest.
    fn new(system: &System, worst: usize) -> Tableau {
        let (n, m) = (system.unknowns, system.rows.len());
        let artificial = n + m;
        let rows = system.rows.iter().map(|row| {
            let mut new = row[..n].to_vec();
            new.push(Rational::one());
            new.push(-&row[n]);
            new
        });
        let mut tableau = Tableau {
            basic: (n..n + m).collect(),
            others: (0..n).chain([artificial]).collect(),
            rows: rows.collect(),
            artificial,
        };
        tableau.pivot(worst, n);
        tableau
    }

    fn solve(mut self, unknowns: usize) -> Option<Vec<Rational>> {
        while let Some(objective) = self.basic.iter().position(|&v| v == self.artificial) {
            // The artificial variable is basic; it falls along columns with a negative coefficient.
            let falls = self.others.iter().zip(&self.rows[objective]).enumerate();
            let falls = falls.filter(|(_, (_, a))| a.is_negative());
            let (column, _) = falls.min_by_key(|(_, (variable, _))| **variable)?;
            let row = self.leaving(column)?;
            self.pivot(row, column);
        }
        let mut solution = vec![Rational::zero(); unknowns];
        for (&variable, row) in self.basic.iter().zip(&self.rows) {
            if let Some(place) = solution.get_mut(variable) {
                place.clone_from(&row[self.others.len()]);
            }
        }
        Some(solution)
    }

    /// The row that limits a column most; the artificial variable wins ties, then the smallest number.
    fn leaving(&self, column: usize) -> Option<usize> {
        let last = self.others.len();
        let limits = (0..self.rows.len()).filter(|&row| self.rows[row][column].is_negative());
        limits
            .map(|row| {
                let ratio = -&self.rows[row][last] / &self.rows[row][column];
                let rank = match self.basic[row] {
                    variable if variable == self.artificial => 0,
                    variable => variable + 1,
                };
                (ratio, rank, row)
            })
            .min()
            .map(|(_, _, row)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let inverse = self.rows[row][column].recip();
        let mut pivot = std::mem::take(&mut self.rows[row]);
        // N_s = (B_r − b_r − Σ others)/a_rs
        for (at, entry) in pivot.iter_mut().enumerate() {
            *entry = if at == column {
                inverse.clone()
            } else {
                -(&*entry * &inverse)
            };
        }
        for other in self.rows.iter_mut().filter(|other| !other.is_empty()) {
            let factor = std::mem::take(&mut other[column]);
            if factor.is_zero() {
                continue;
            }
            for (entry, across) in other.iter_mut().zip(&pivot) {
                *entry += &factor * across;
            }
        }
        self.rows[row] = pivot;
        std::mem::swap(&mut self.basic[row], &mut self.others[column]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(number: i64) -> Rational {
        Rational::from_integer(number.into())
    }

    #[test]
    fn contradictions_are_seen() {
        let mut system = System::new(1);
        system.at_least(vec![whole(1)], whole(2));
        assert_eq!(system.solution(), Some(vec![whole(2)]));
        system.at_least(vec![whole(-1)], whole(-1));
        assert_eq!(system.solution(), None);
    }

    proptest! {
        #[test]
        fn solutions_solve(rows in proptest::collection::vec(proptest::collection::vec(-5i64..6, 4), 1..7),
                           point in proptest::collection::vec(0i64..5, 3)) {
            // Right sides that `point` meets, so that there is a solution.
            let mut system = System::new(3);
            for row in &rows {
                let value: i64 = row.iter().zip(&point).map(|(a, z)| a * z).sum();
                system.at_least(row[..3].iter().map(|&a| whole(a)).collect(), whole(value - row[3].abs()));
            }
            let found = system.solution();
            prop_assert!(found.is_some());
            for (row, z) in system.rows.iter().zip(std::iter::repeat(found.unwrap_or_default())) {
                let value: Rational = row[..3].iter().zip(&z).map(|(a, z)| a * z).sum();
                prop_assert!(value >= row[3]);
                prop_assert!(z.iter().all(|z| !z.is_negative()));
            }
        }
    }
}
