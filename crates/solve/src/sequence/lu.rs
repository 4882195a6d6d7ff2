//! A sparse LU factorisation of a basis, and its updates in product form.
//!
//! Pivots are chosen by Markowitz's rule (1957) among the columns with fewest entries, with a threshold against
//! growth, as in Suhl & Suhl (1990): singletons first, which factor all but a small kernel of a basis of the
//! sequence form without any fill. When a column of the basis is replaced, an elementary matrix is appended
//! (Dantzig & Orchard-Hays 1954).

/// Entries smaller than this are rounding.
const TINY: f64 = 1e-13;
/// Smallest pivot as a share of the largest entry of its column.
const THRESHOLD: f64 = 0.1;
/// Columns looked at for the pivot that makes the least fill.
const CANDIDATES: usize = 4;

/// Sparse vectors, one after the other.
#[derive(Clone, Debug, Default)]
struct Lists {
    first: Vec<usize>,
    at: Vec<u32>,
    value: Vec<f64>,
}

impl Lists {
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
    /// Factorises the matrix whose columns are given as rows and values; none where it is singular.
    pub(super) fn new(columns: &[Vec<(u32, f64)>]) -> Option<Factor> {
        let mut elimination = Elimination::new(columns);
        while let Some((row, column)) = elimination.choose() {
            elimination.eliminate(row, column)?;
        }
        elimination.finish()
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
    pub(super) fn replace(&mut self, column: usize, entering: &[f64]) {
        for (at, &value) in entering.iter().enumerate() {
            if value != 0.0 && at != column {
                self.updates.push(at as u32, value);
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
        self.age() >= 100 || self.age() >= 20 && self.updates.at.len() > 2 * fresh
    }
}

/// A factorisation under way.
struct Elimination {
    rows: Vec<Vec<(u32, f64)>>,
    /// Per column: rows with an entry in it.
    columns: Vec<Vec<u32>>,
    done_row: Vec<bool>,
    done_column: Vec<bool>,
    /// Rows with one entry.
    lone_rows: Vec<u32>,
    /// Columns by number of entries; some have moved on.
    buckets: Vec<Vec<u32>>,
    /// Scratch: per column its place in the row at work.
    place: Vec<u32>,
    factor: Factor,
    upper_rows: Vec<Vec<(u32, f64)>>,
}

impl Elimination {
    fn new(given: &[Vec<(u32, f64)>]) -> Elimination {
        let size = given.len();
        let mut rows: Vec<Vec<(u32, f64)>> = vec![Vec::new(); size];
        let mut columns = vec![Vec::new(); size];
        for (k, column) in given.iter().enumerate() {
            for &(row, value) in column.iter().filter(|entry| entry.1 != 0.0) {
                rows[row as usize].push((k as u32, value));
                columns[k].push(row);
            }
        }
        let mut buckets = vec![Vec::new(); size + 1];
        for (k, column) in columns.iter().enumerate() {
            buckets[column.len()].push(k as u32);
        }
        let lone = |row: &u32| rows[*row as usize].len() == 1;
        Elimination {
            lone_rows: (0..size as u32).filter(lone).collect(),
            rows,
            columns,
            done_row: vec![false; size],
            done_column: vec![false; size],
            buckets,
            place: vec![u32::MAX; size],
            factor: Factor {
                pivots: Vec::with_capacity(size),
                values: Vec::with_capacity(size),
                lower: Lists {
                    first: vec![0],
                    ..Lists::default()
                },
                upper: Lists::default(),
                updates: Lists {
                    first: vec![0],
                    ..Lists::default()
                },
                replaced: Vec::new(),
            },
            upper_rows: Vec::with_capacity(size),
        }
    }

    /// The next pivot: a lone column, a lone row, else the one of a few short columns that can fill least.
    fn choose(&mut self) -> Option<(u32, u32)> {
        while let Some(column) = self.shortest(1) {
            self.buckets[1].pop();
            if let Some(&row) = self.columns[column as usize].first() {
                return Some((row, column));
            }
        }
        while let Some(row) = self.lone_rows.pop() {
            if let [(column, _)] = self.rows[row as usize][..]
                && !self.done_row[row as usize]
            {
                return Some((row, column));
            }
        }
        let mut best: Option<(usize, u32, u32)> = None;
        let mut seen = 0;
        for count in 2..self.buckets.len() {
            if best.is_some_and(|(cost, ..)| cost <= (count - 1) * (count - 1)) {
                break;
            }
            if self.shortest(count).is_none() {
                continue;
            }
            for &column in self.buckets[count].iter().rev() {
                if self.moved(column, count) {
                    continue;
                }
                if let Some((cost, row)) = self.cheapest_row(column)
                    && best.is_none_or(|(least, ..)| cost < least)
                {
                    best = Some((cost, row, column));
                }
                seen += 1;
                if seen >= CANDIDATES {
                    return best.map(|(_, row, column)| (row, column));
                }
            }
        }
        best.map(|(_, row, column)| (row, column))
    }

    fn moved(&self, column: u32, count: usize) -> bool {
        self.done_column[column as usize] || self.columns[column as usize].len() != count
    }

    /// A column with so many entries; those that have moved on are dropped from the end of the bucket.
    fn shortest(&mut self, count: usize) -> Option<u32> {
        while let Some(&column) = self.buckets[count].last() {
            if !self.moved(column, count) {
                return Some(column);
            }
            self.buckets[count].pop();
        }
        None
    }

    /// The shortest row of a column whose entry is large enough.
    fn cheapest_row(&self, column: u32) -> Option<(usize, u32)> {
        let rows = &self.columns[column as usize];
        let size = |row: u32| self.entry(row, column).abs();
        let largest = rows.iter().map(|&row| size(row)).fold(0.0, f64::max);
        let row = rows
            .iter()
            .copied()
            .filter(|&row| size(row) >= THRESHOLD * largest)
            .min_by_key(|&row| (self.rows[row as usize].len(), row))?;
        Some((
            (self.rows[row as usize].len() - 1) * (rows.len() - 1),
            row,
        ))
    }

    fn entry(&self, row: u32, column: u32) -> f64 {
        let entries = self.rows[row as usize].iter();
        let mut found = entries.filter(|entry| entry.0 == column);
        found.next().map_or(0.0, |entry| entry.1)
    }

    /// Takes a pivot out of the matrix; none where it vanishes.
    fn eliminate(&mut self, row: u32, column: u32) -> Option<()> {
        let pivot = self.entry(row, column);
        if pivot.abs() <= TINY {
            return None;
        }
        let mut own = std::mem::take(&mut self.rows[row as usize]);
        own.retain(|entry| entry.0 != column);
        for &(k, _) in &own {
            self.columns[k as usize].retain(|&other| other != row);
        }
        for other in std::mem::take(&mut self.columns[column as usize]) {
            if other != row {
                let factor = self.entry(other, column) / pivot;
                self.factor.lower.push(other, factor);
                self.combine(other, column, factor, &own);
            }
        }
        for &(k, _) in &own {
            let count = self.columns[k as usize].len();
            self.buckets[count].push(k);
        }
        self.factor.lower.close();
        self.factor.pivots.push((row, column));
        self.factor.values.push(pivot);
        self.upper_rows.push(own);
        self.done_row[row as usize] = true;
        self.done_column[column as usize] = true;
        Some(())
    }

    /// Subtracts a multiple of the pivot row from another one, whose entry in the pivot column goes.
    fn combine(&mut self, other: u32, column: u32, factor: f64, pivot_row: &[(u32, f64)]) {
        let row = &mut self.rows[other as usize];
        row.retain(|entry| entry.0 != column);
        if !pivot_row.is_empty() {
            for (place, entry) in row.iter().enumerate() {
                self.place[entry.0 as usize] = place as u32;
            }
            for &(k, value) in pivot_row {
                match row.get_mut(self.place[k as usize] as usize) {
                    Some(entry) => entry.1 -= factor * value,
                    None => {
                        row.push((k, -factor * value));
                        self.columns[k as usize].push(other);
                    }
                }
            }
            for entry in row.iter() {
                self.place[entry.0 as usize] = u32::MAX;
            }
        }
        if row.len() == 1 {
            self.lone_rows.push(other);
        }
    }

    fn finish(mut self) -> Option<Factor> {
        let size = self.rows.len();
        if self.factor.pivots.len() < size {
            return None;
        }
        let mut step_of = vec![0u32; size];
        for (step, &(_, column)) in self.factor.pivots.iter().enumerate() {
            step_of[column as usize] = step as u32;
        }
        let mut first = vec![0usize; size + 1];
        for &(column, _) in self.upper_rows.iter().flatten() {
            first[step_of[column as usize] as usize + 1] += 1;
        }
        for step in 0..size {
            first[step + 1] += first[step];
        }
        let mut next = first.clone();
        let mut at = vec![0u32; first[size]];
        let mut value = vec![0.0; first[size]];
        for (step, row) in self.upper_rows.iter().enumerate() {
            for &(column, entry) in row {
                let place = &mut next[step_of[column as usize] as usize];
                at[*place] = self.factor.pivots[step].0;
                value[*place] = entry;
                *place += 1;
            }
        }
        self.factor.upper = Lists { first, at, value };
        Some(self.factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut factor = Factor::new(&columns).expect("regular");
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
            factor.replace(replaced, &z);
            columns[replaced] = column;
        }
        assert_eq!(factor.age(), 4);
    }

    #[test]
    fn says_when_singular() {
        let columns = vec![vec![(0, 1.0), (1, 2.0)], vec![(0, 2.0), (1, 4.0)]];
        assert!(Factor::new(&columns).is_none());
        assert!(Factor::new(&[vec![(0, 1.0)], vec![]]).is_none());
    }
}
