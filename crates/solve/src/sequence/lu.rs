//! A sparse LU factorisation of a basis, and its updates in product form.
//!
//! Columns and rows with a single entry are pivots first: that factors all but a small kernel of a basis of the
//! sequence form without any fill ([`super::markowitz`] does the kernel). When a column of the basis is
//! replaced, an elementary matrix is appended (Dantzig & Orchard-Hays 1954).

use super::markowitz::Kernel;

/// Entries of pivots smaller than this are rounding.
const TINY: f64 = 1e-13;
/// So many times the entries of a factorisation make updates dearer than a new one.
const STALE: usize = 8;

/// A square matrix, column by column.
#[derive(Clone, Debug)]
pub(super) struct Sparse {
    first: Vec<usize>,
    row: Vec<u32>,
    value: Vec<f64>,
}

impl Sparse {
    /// A matrix without columns yet.
    pub(super) fn new(columns: usize, entries: usize) -> Sparse {
        let mut first = Vec::with_capacity(columns + 1);
        first.push(0);
        Sparse {
            first,
            row: Vec::with_capacity(entries),
            value: Vec::with_capacity(entries),
        }
    }

    /// Adds an entry to the last column.
    pub(super) fn push(&mut self, row: usize, value: f64) {
        self.row.push(row as u32);
        self.value.push(value);
    }

    /// Ends the last column.
    pub(super) fn close(&mut self) {
        self.first.push(self.row.len());
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        self.first.len() - 1
    }

    /// Rows and values of a column.
    pub(super) fn column(&self, k: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.first[k]..self.first[k + 1];
        let rows = self.row[range.clone()].iter().map(|&row| row as usize);
        rows.zip(self.value[range].iter().copied())
    }

    /// The same row by row.
    fn transposed(&self) -> Sparse {
        let size = self.columns();
        let mut first = vec![0usize; size + 1];
        for &row in &self.row {
            first[row as usize + 1] += 1;
        }
        for row in 0..size {
            first[row + 1] += first[row];
        }
        let mut next = first.clone();
        let mut row = vec![0u32; self.row.len()];
        let mut value = vec![0.0; self.row.len()];
        for k in 0..size {
            for (at, entry) in self.column(k) {
                row[next[at]] = k as u32;
                value[next[at]] = entry;
                next[at] += 1;
            }
        }
        Sparse { first, row, value }
    }
}

/// Sparse vectors, one after the other.
#[derive(Clone, Debug)]
struct Lists {
    first: Vec<usize>,
    at: Vec<u32>,
    value: Vec<f64>,
}

impl Lists {
    fn new(entries: usize) -> Lists {
        Lists {
            first: vec![0],
            at: Vec::with_capacity(entries),
            value: Vec::with_capacity(entries),
        }
    }

    fn extend(&mut self, entries: &[(u32, f64)]) {
        for &(at, value) in entries {
            self.push(at, value);
        }
    }

    fn close(&mut self) {
        self.first.push(self.at.len());
    }

    fn push(&mut self, at: u32, value: f64) {
        self.at.push(at);
        self.value.push(value);
    }

    fn subtract(&self, list: usize, factor: f64, from: &mut [f64]) {
        let range = self.first[list]..self.first[list + 1];
        for (&at, &value) in self.at[range.clone()].iter().zip(&self.value[range]) {
            from[at as usize] -= factor * value;
        }
    }
}

/// A factorised basis.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    /// Row and column of every pivot.
    pivots: Vec<(u32, u32)>,
    /// Value of every pivot.
    values: Vec<f64>,
    /// Per pivot: multipliers by row.
    lower: Lists,
    /// Per pivot: entries above it, by row.
    upper: Lists,
    /// Per update: entries beside the pivot, by column.
    updates: Lists,
    /// Per update: its column and its pivot.
    replaced: Vec<(u32, f64)>,
}

impl Factor {
    /// Factorises a matrix; none where it is singular.
    pub(super) fn new(matrix: &Sparse) -> Option<Factor> {
        let mut singletons = Singletons::new(matrix);
        singletons.run()?;
        let mut kernel = Kernel::new(matrix, &singletons.done_row, &singletons.done_column);
        kernel.run()?;
        singletons.join(kernel)
    }

    /// Solves B z = b; `b` is overwritten.
    pub(super) fn solve(&self, b: &mut [f64], z: &mut [f64]) {
        for (step, &(row, _)) in self.pivots.iter().enumerate() {
            let here = b[row as usize];
            if here != 0.0 {
                self.lower.subtract(step, here, b);
            }
        }
        for (step, &(row, column)) in self.pivots.iter().enumerate().rev() {
            let here = b[row as usize];
            if here == 0.0 {
                z[column as usize] = 0.0;
            } else {
                let value = here / self.values[step];
                z[column as usize] = value;
                self.upper.subtract(step, value, b);
            }
        }
        for (update, &(column, pivot)) in self.replaced.iter().enumerate() {
            let here = z[column as usize];
            if here != 0.0 {
                let value = here / pivot;
                self.updates.subtract(update, value, z);
                z[column as usize] = value;
            }
        }
    }

    /// Replaces a column of the basis by one that the basis makes of `entering`.
    /// Later solutions are right in the first `wanted` entries.
    pub(super) fn replace(&mut self, column: usize, entering: &[f64], wanted: usize) {
        for at in (0..wanted).filter(|&at| at != column) {
            if entering[at] != 0.0 {
                self.updates.push(at as u32, entering[at]);
            }
        }
        self.updates.close();
        self.replaced.push((column as u32, entering[column]));
    }

    /// Columns replaced since the factorisation.
    pub(super) fn age(&self) -> usize {
        self.replaced.len()
    }

    /// Whether the updates have become dearer than a new factorisation would be.
    pub(super) fn is_stale(&self) -> bool {
        let fresh = self.lower.at.len() + self.upper.at.len() + 2 * self.pivots.len();
        self.age() >= 200 || self.age() >= 20 && self.updates.at.len() > STALE * fresh
    }
}

/// The elimination of rows and columns with a single entry.
struct Singletons<'a> {
    matrix: &'a Sparse,
    by_row: Sparse,
    row_count: Vec<u32>,
    column_count: Vec<u32>,
    done_row: Vec<bool>,
    done_column: Vec<bool>,
    factor: Factor,
}

impl<'a> Singletons<'a> {
    fn new(matrix: &'a Sparse) -> Singletons<'a> {
        let size = matrix.columns();
        let by_row = matrix.transposed();
        let counts = |lists: &Sparse| {
            let ends = lists.first.windows(2);
            ends.map(|ends| (ends[1] - ends[0]) as u32).collect()
        };
        let entries = matrix.row.len();
        Singletons {
            row_count: counts(&by_row),
            column_count: counts(matrix),
            matrix,
            by_row,
            done_row: vec![false; size],
            done_column: vec![false; size],
            factor: Factor {
                pivots: Vec::with_capacity(size),
                values: Vec::with_capacity(size),
                lower: Lists::new(entries / 2),
                upper: Lists::new(entries),
                updates: Lists::new(0),
                replaced: Vec::new(),
            },
        }
    }

    /// Takes out single entries as long as there are any; none where one vanishes.
    fn run(&mut self) -> Option<()> {
        let single = |counts: &[u32]| -> Vec<u32> {
            let all = 0..counts.len() as u32;
            all.filter(|&k| counts[k as usize] == 1).collect()
        };
        let mut columns = single(&self.column_count);
        let mut rows = single(&self.row_count);
        loop {
            let pivot = if let Some(column) = columns.pop() {
                let alive = |entry: &(usize, f64)| !self.done_row[entry.0];
                let found = self.matrix.column(column as usize).find(alive);
                found.map(|entry| (entry.0, column as usize))
            } else if let Some(row) = rows.pop() {
                let alive = |entry: &(usize, f64)| !self.done_column[entry.0];
                let found = self.by_row.column(row as usize).find(alive);
                found.map(|entry| (row as usize, entry.0))
            } else {
                return Some(());
            };
            if let Some((row, column)) = pivot
                && !self.done_row[row]
                && !self.done_column[column]
            {
                self.take(row, column, &mut rows, &mut columns)?;
            }
        }
    }

    fn take(
        &mut self,
        row: usize,
        column: usize,
        rows: &mut Vec<u32>,
        columns: &mut Vec<u32>,
    ) -> Option<()> {
        let entries = self.matrix.column(column);
        let pivot = entries
            .filter(|entry| entry.0 == row)
            .map(|entry| entry.1)
            .sum::<f64>();
        if pivot.abs() <= TINY {
            return None;
        }
        self.done_row[row] = true;
        self.done_column[column] = true;
        for (other, value) in self.matrix.column(column).filter(|entry| entry.0 != row) {
            if self.done_row[other] {
                self.factor.upper.push(other as u32, value);
                continue;
            }
            self.factor.lower.push(other as u32, value / pivot);
            self.row_count[other] -= 1;
            if self.row_count[other] == 1 {
                rows.push(other as u32);
            }
        }
        for (other, _) in self.by_row.column(row) {
            self.column_count[other] -= 1;
            if self.column_count[other] == 1 && !self.done_column[other] {
                columns.push(other as u32);
            }
        }
        self.factor.lower.close();
        self.factor.upper.close();
        self.factor.pivots.push((row as u32, column as u32));
        self.factor.values.push(pivot);
        Some(())
    }

    /// Appends the kernel; none where some rows found no pivot.
    fn join(self, kernel: Kernel) -> Option<Factor> {
        let mut factor = self.factor;
        let size = self.matrix.columns();
        if factor.pivots.len() + kernel.pivots.len() < size {
            return None;
        }
        let mut step_of = vec![0u32; size];
        for (step, pivot) in kernel.pivots.iter().enumerate() {
            step_of[pivot.1 as usize] = step as u32;
        }
        let mut above: Vec<Vec<(u32, f64)>> = vec![Vec::new(); kernel.pivots.len()];
        for (pivot, row) in kernel.pivots.iter().zip(&kernel.upper) {
            for &(column, value) in row {
                above[step_of[column as usize] as usize].push((pivot.0, value));
            }
        }
        for (step, &(row, column, value)) in kernel.pivots.iter().enumerate() {
            for (other, entry) in self.matrix.column(column as usize) {
                if self.done_row[other] {
                    factor.upper.push(other as u32, entry);
                }
            }
            factor.upper.extend(&above[step]);
            factor.lower.extend(&kernel.lower[step]);
            factor.lower.close();
            factor.upper.close();
            factor.pivots.push((row, column));
            factor.values.push(value);
        }
        Some(factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sparse(columns: &[Vec<(u32, f64)>]) -> Sparse {
        let mut matrix = Sparse::new(columns.len(), 0);
        for column in columns {
            for &(row, value) in column {
                matrix.push(row as usize, value);
            }
            matrix.close();
        }
        matrix
    }

    fn times(columns: &[Vec<(u32, f64)>], z: &[f64]) -> Vec<f64> {
        let mut b = vec![0.0; z.len()];
        for (column, &factor) in columns.iter().zip(z) {
            for &(row, value) in column {
                b[row as usize] += factor * value;
            }
        }
        b
    }

    fn generic(size: u32) -> Vec<Vec<(u32, f64)>> {
        (0..size)
            .map(|k| {
                let rows = [k, (k * 7 + 3) % size, (k * k + 1) % size];
                let mut column: Vec<(u32, f64)> = Vec::new();
                for (place, row) in rows.into_iter().enumerate() {
                    if column.iter().all(|entry| entry.0 != row) {
                        column.push((row, 1.0 + f64::from((k * 13 + place as u32 * 5) % 11)));
                    }
                }
                column
            })
            .collect()
    }

    #[test]
    fn solves_and_updates() {
        let mut columns = generic(60);
        let Some(mut factor) = Factor::new(&sparse(&columns)) else {
            panic!("singular");
        };
        let expected: Vec<f64> = (0..60).map(|k| f64::from(k % 7) - 3.0).collect();
        let mut z = vec![0.0; 60];
        for replaced in [5, 17, 5, 42] {
            factor.solve(&mut times(&columns, &expected), &mut z);
            for (found, expected) in z.iter().zip(&expected) {
                assert!((found - expected).abs() < 1e-9, "{found} {expected}");
            }
            let column = vec![(replaced as u32, 3.0), (1, -1.5), (30, 0.5)];
            let mut b = vec![0.0; 60];
            for &(row, value) in &column {
                b[row as usize] += value;
            }
            factor.solve(&mut b, &mut z);
            factor.replace(replaced, &z, 60);
            columns[replaced] = column;
        }
        assert_eq!(factor.age(), 4);
    }

    #[test]
    fn says_when_singular() {
        let columns = vec![vec![(0, 1.0), (1, 2.0)], vec![(0, 2.0), (1, 4.0)]];
        assert!(Factor::new(&sparse(&columns)).is_none());
        assert!(Factor::new(&sparse(&[vec![(0, 1.0)], vec![]])).is_none());
    }
}
