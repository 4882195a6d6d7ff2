//! One matrix of payoffs between private types, and fast products with it.
//!
//! Small matrices are unrolled, with the sums in registers. Where neighbouring rows of a large matrix differ at
//! few places, as those of a showdown between ranked hands do, it is kept as these differences and the
//! product takes time proportional to their number, not to its area (what Johanson, Waugh, Bowling & Zinkevich
//! 2011 do for poker by its rules).

/// Matrices of at least this area are looked at for rows that differ little,
const LARGE: usize = 144;
/// and kept as differences where there are fewer of these than this share of their area.
const FEW: f64 = 0.25;
/// Rows that are worked on together.
const LANES: usize = 8;

/// A matrix that stands at several places up to a factor.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    rows: usize,
    columns: usize,
    kernel: Kernel,
    pub(super) places: Vec<Place>,
}

/// Where a matrix stands: its first row and column, and its factor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) factor: f64,
}

#[derive(Clone, Debug)]
enum Kernel {
    /// Panels of [`LANES`] rows (the last may have fewer), column by column within each.
    Dense(Vec<f64>),
    /// Per row and one more where its differences from the row above begin; column and difference of each.
    Steps(Vec<u32>, Vec<(u32, f64)>),
}

impl Kernel {
    fn new(unit: &[f64], rows: usize, columns: usize) -> Kernel {
        if rows * columns >= LARGE
            && let Some(steps) = Kernel::steps(unit, rows, columns)
        {
            return steps;
        }
        let mut panels = Vec::with_capacity(rows * columns);
        for first in (0..rows).step_by(LANES) {
            for column in 0..columns {
                let lanes = first..rows.min(first + LANES);
                panels.extend(lanes.map(|row| unit[row * columns + column]));
            }
        }
        Kernel::Dense(panels)
    }

    /// The rows as differences; none where there are too many, or where sums do not give the entries back
    /// exactly.
    fn steps(unit: &[f64], rows: usize, columns: usize) -> Option<Kernel> {
        let most = (FEW * (rows * columns) as f64) as usize;
        let mut begins = vec![0];
        let mut steps: Vec<(u32, f64)> = Vec::new();
        let mut above = vec![0.0; columns];
        for row in unit.chunks_exact(columns) {
            for (column, (above, &entry)) in above.iter_mut().zip(row).enumerate() {
                if *above != entry {
                    let step = entry - *above;
                    if *above + step != entry {
                        return None;
                    }
                    steps.push((column as u32, step));
                    *above = entry;
                }
            }
            begins.push(steps.len() as u32);
            if steps.len() > most {
                return None;
            }
        }
        Some(Kernel::Steps(begins, steps))
    }
}

impl Matrix {
    /// A matrix that stands nowhere yet; its entries row by row.
    pub(super) fn new(unit: &[f64], rows: usize, columns: usize) -> Matrix {
        Matrix {
            rows,
            columns,
            kernel: Kernel::new(unit, rows, columns),
            places: Vec::new(),
        }
    }

    /// Adds the products with slices of `plan` to slices of `worth`, at every place.
    pub(super) fn product(&self, plan: &[f64], worth: &mut [f64]) {
        match &self.kernel {
            Kernel::Steps(begins, steps) => self.by_steps(begins, steps, plan, worth),
            Kernel::Dense(panels) => match self.rows {
                1 => self.few_rows::<1>(panels, plan, worth),
                2 => self.few_rows::<2>(panels, plan, worth),
                3 => self.few_rows::<3>(panels, plan, worth),
                4 => self.few_rows::<4>(panels, plan, worth),
                5 => self.few_rows::<5>(panels, plan, worth),
                6 => self.few_rows::<6>(panels, plan, worth),
                7 => self.few_rows::<7>(panels, plan, worth),
                LANES => self.few_rows::<LANES>(panels, plan, worth),
                _ => self.many_rows(panels, plan, worth),
            },
        }
    }

    fn by_steps(&self, begins: &[u32], steps: &[(u32, f64)], plan: &[f64], worth: &mut [f64]) {
        for place in &self.places {
            let x = &plan[place.column as usize..place.column as usize + self.columns];
            let y = &mut worth[place.row as usize..place.row as usize + self.rows];
            let mut sum = 0.0;
            for (y, range) in y.iter_mut().zip(begins.windows(2)) {
                for &(column, step) in &steps[range[0] as usize..range[1] as usize] {
                    sum += step * x[column as usize];
                }
                *y += place.factor * sum;
            }
        }
    }

    /// The dense product where all rows are one panel: the same few instructions at every place.
    fn few_rows<const N: usize>(&self, panel: &[f64], plan: &[f64], worth: &mut [f64]) {
        let (columns, _) = panel.as_chunks::<N>();
        let square = <&[[f64; N]; N]>::try_from(columns);
        for place in &self.places {
            let Some(y) = worth[place.row as usize..].first_chunk_mut::<N>() else {
                continue;
            };
            let x = &plan[place.column as usize..];
            let sums = match (square, x.first_chunk::<N>()) {
                (Ok(square), Some(x)) => mixed(square, x),
                _ => mixed(columns, &x[..self.columns]),
            };
            for (y, sum) in y.iter_mut().zip(sums) {
                *y += place.factor * sum;
            }
        }
    }

    fn many_rows(&self, panels: &[f64], plan: &[f64], worth: &mut [f64]) {
        let (full, rest) = (self.rows / LANES, self.rows % LANES);
        let (full, last) = panels.split_at(full * LANES * self.columns);
        let (full, _) = full.as_chunks::<LANES>();
        for place in &self.places {
            let x = &plan[place.column as usize..place.column as usize + self.columns];
            let y = &mut worth[place.row as usize..place.row as usize + self.rows];
            let (lanes, others) = y.as_chunks_mut::<LANES>();
            for (panel, y) in full.chunks_exact(self.columns).zip(lanes) {
                for (y, sum) in y.iter_mut().zip(mixed(panel, x)) {
                    *y += place.factor * sum;
                }
            }
            for (column, x) in last.chunks(rest.max(1)).zip(x) {
                for (y, entry) in others.iter_mut().zip(column) {
                    *y += place.factor * x * entry;
                }
            }
        }
    }
}

/// Columns of a panel times what they are mixed with, the sums in registers.
#[inline(always)]
fn mixed<const N: usize>(columns: &[[f64; N]], x: &[f64]) -> [f64; N] {
    let mut sums = [0.0; N];
    for (column, x) in columns.iter().zip(x) {
        for (sum, entry) in sums.iter_mut().zip(column) {
            *sum += entry * x;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A matrix times a vector, by definition.
    fn by_hand(unit: &[f64], columns: usize, x: &[f64], factor: f64) -> Vec<f64> {
        let row = |row: &[f64]| row.iter().zip(x).map(|(a, x)| a * x).sum::<f64>();
        let rows = unit.chunks_exact(columns).map(row);
        rows.map(|sum| factor * sum).collect()
    }

    fn check(unit: Vec<f64>, rows: usize, columns: usize, differences: bool) {
        let mut matrix = Matrix::new(&unit, rows, columns);
        assert_eq!(matches!(matrix.kernel, Kernel::Steps(..)), differences);
        matrix.places.push(Place {
            row: 2,
            column: 1,
            factor: -3.0,
        });
        let plan: Vec<f64> = (0..columns + 3).map(|k| 1.0 / (k + 2) as f64).collect();
        let mut worth = vec![0.0; rows + 4];
        matrix.product(&plan, &mut worth);
        let expected = by_hand(&unit, columns, &plan[1..], -3.0);
        for (found, expected) in worth[2..].iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-13, "{found} {expected}");
        }
        assert_eq!(worth[..2], [0.0; 2]);
        assert_eq!(worth[rows + 2..], [0.0; 2]);
    }

    #[test]
    fn products_of_all_shapes() {
        for rows in 1..20 {
            for columns in 1..20 {
                let unit = (0..rows * columns).map(|k| ((k * k * 31) % 97) as f64 / 97.0);
                check(unit.collect(), rows, columns, false);
            }
        }
    }

    #[test]
    fn ranked_types_take_time_by_their_number() {
        for types in [12, 13, 40] {
            let cells = (0..types * types).map(|k| (k / types, k % types));
            let showdown = cells.map(|(a, b): (usize, usize)| match a.cmp(&b) {
                std::cmp::Ordering::Less => -1.0,
                std::cmp::Ordering::Equal => 0.0,
                std::cmp::Ordering::Greater => 1.0,
            });
            check(showdown.collect(), types, types, true);
        }
    }
}
