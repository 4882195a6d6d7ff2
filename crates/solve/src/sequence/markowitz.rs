//! The kernel of a sparse elimination: pivots by Markowitz's rule (1957) among the columns with fewest entries,
//! with a threshold against growth, as in Suhl & Suhl (1990).

use super::lu::Sparse;

/// Entries smaller than this are rounding.
const TINY: f64 = 1e-13;
/// Smallest pivot as a share of the largest entry of its column.
const THRESHOLD: f64 = 0.1;
/// Columns looked at for the pivot that makes the least fill.
const CANDIDATES: usize = 4;

/// An elimination under way.
pub(super) struct Kernel {
    /// Per row: its entries by column, while it is not a pivot's.
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
    /// Row, column and value of the pivots.
    pub(super) pivots: Vec<(u32, u32, f64)>,
    /// Per pivot: multipliers by row.
    pub(super) lower: Vec<Vec<(u32, f64)>>,
    /// Per pivot: the rest of its row, by column.
    pub(super) upper: Vec<Vec<(u32, f64)>>,
}

impl Kernel {
    /// The part of a matrix whose rows and columns are not done.
    pub(super) fn new(matrix: &Sparse, done_row: &[bool], done_column: &[bool]) -> Kernel {
        let size = matrix.columns();
        let mut rows: Vec<Vec<(u32, f64)>> = vec![Vec::new(); size];
        let mut columns = vec![Vec::new(); size];
        let mut widest = 0;
        for k in (0..size).filter(|&k| !done_column[k]) {
            for (row, value) in matrix.column(k) {
                if value != 0.0 && !done_row[row] {
                    rows[row].push((k as u32, value));
                    columns[k].push(row as u32);
                }
            }
            widest = widest.max(columns[k].len());
        }
        let mut buckets = vec![Vec::new(); widest + 1];
        for k in (0..size).filter(|&k| !done_column[k]) {
            buckets[columns[k].len()].push(k as u32);
        }
        let lone = |row: &u32| rows[*row as usize].len() == 1;
        Kernel {
            lone_rows: (0..size as u32).filter(lone).collect(),
            rows,
            columns,
            done_row: done_row.to_vec(),
            done_column: done_column.to_vec(),
            buckets,
            place: vec![u32::MAX; size],
            pivots: Vec::new(),
            lower: Vec::new(),
            upper: Vec::new(),
        }
    }

    /// Eliminates all that can be; none where a pivot vanishes.
    pub(super) fn run(&mut self) -> Option<()> {
        while let Some((row, column)) = self.choose() {
            self.eliminate(row, column)?;
        }
        Some(())
    }

    /// The next pivot: a lone column, a lone row, else the one of a few short columns that can fill least.
    fn choose(&mut self) -> Option<(u32, u32)> {
        if let Some(column) = self.shortest(1) {
            let row = self.columns[column as usize].first();
            return row.map(|&row| (row, column));
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
            let hopeless = best.is_some_and(|(cost, ..)| cost <= (count - 1) * (count - 1));
            if hopeless || seen >= CANDIDATES {
                break;
            }
            if self.shortest(count).is_none() {
                continue;
            }
            for &column in self.buckets[count].iter().rev().take(4 * CANDIDATES) {
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
                    break;
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
        while let Some(&column) = self.buckets.get(count)?.last() {
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
        let others = self.rows[row as usize].len() - 1;
        Some((others * (rows.len() - 1), row))
    }

    fn entry(&self, row: u32, column: u32) -> f64 {
        let mut entries = self.rows[row as usize].iter();
        let found = entries.find(|entry| entry.0 == column);
        found.map_or(0.0, |entry| entry.1)
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
        let mut lower = Vec::new();
        for other in std::mem::take(&mut self.columns[column as usize]) {
            if other != row {
                let factor = self.entry(other, column) / pivot;
                lower.push((other, factor));
                self.combine(other, column, factor, &own);
            }
        }
        for &(k, _) in &own {
            let count = self.columns[k as usize].len();
            if count >= self.buckets.len() {
                self.buckets.resize(count + 1, Vec::new());
            }
            self.buckets[count].push(k);
        }
        self.pivots.push((row, column, pivot));
        self.lower.push(lower);
        self.upper.push(own);
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
}
