//! What the sequences of one player are worth against the other's plan: a matrix product, public end by public
//! end.
//!
//! At a public end the product is one of a small matrix, private types by private types, with a slice of the
//! other's plan. The same matrix stands at many ends up to a factor (the pot of a poker game), so each is kept
//! once. Where neighbouring rows of a large matrix differ at few places, as those of a showdown between ranked
//! hands do, it is kept as these differences and the product takes time proportional to their number, not
//! to its area (what Johanson, Waugh, Bowling & Zinkevich 2011 do for poker by its rules). What is left is an
//! ordinary sparse matrix.

use std::collections::HashMap;

use super::public::PublicEnds;

/// An entry of the matrix: row, column, value.
type Triple = (u32, u32, f64);

/// How far an entry of a shared matrix may be from its own value, as a share: what rounding does.
const SAME: f64 = 1e-15;
/// Digits by which matrices are looked up: 40 bits of the fraction.
const LOOKED_UP: u64 = !0xfff;
/// A public end is best kept as a matrix where at least this share of its area is filled.
pub(super) const FILLED: f64 = 0.3;
/// Matrices of at least this area are looked at for rows that differ little,
const LARGE: usize = 144;
/// and kept as differences where there are fewer of these than this share of their area.
const FEW: f64 = 0.25;
/// Rows that are worked on together.
const LANES: usize = 8;

/// The payoffs of one player, own sequences by those of the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Payoffs {
    /// Distinct matrices, each with its places.
    matrices: Vec<Matrix>,
    sparse: Sparse,
}

/// A matrix that stands at several places up to a factor.
#[derive(Clone, Debug)]
struct Matrix {
    rows: usize,
    columns: usize,
    kernel: Kernel,
    /// Its entries, row by row.
    entries: Vec<f64>,
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    row: u32,
    column: u32,
    factor: f64,
}

#[derive(Clone, Debug)]
enum Kernel {
    /// Panels of [`LANES`] rows (the last may have fewer), column by column within each.
    Dense(Vec<f64>),
    /// Per row and one more where its differences from the row above begin; column and difference of each.
    Steps(Vec<u32>, Vec<(u32, f64)>),
}

#[derive(Clone, Debug, Default)]
struct Sparse {
    rows: Vec<u32>,
    /// Per entry of `rows` and one more.
    begins: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<f64>,
}

impl Payoffs {
    /// The payoffs of a player. `sequence_of` tells the sequence of an action slot, player by player. Public
    /// ends are kept as matrices where at least a share `filled` of their area is.
    pub(super) fn new(
        ends: &PublicEnds,
        player: usize,
        sequence_of: [&[u32]; 2],
        filled: f64,
    ) -> Payoffs {
        let sequence = |player: usize, slot: u32| {
            let known = sequence_of[player].get(slot as usize);
            known.copied().unwrap_or(0)
        };
        let mut payoffs = Payoffs::default();
        let mut known = HashMap::new();
        let mut loose: Vec<Triple> = Vec::new();
        for range in ends.begins.windows(2) {
            let mut here: Vec<Triple> = ends.entries[range[0]..range[1]]
                .iter()
                .map(|entry| {
                    let [row, column] = [player, 1 - player].map(|p| sequence(p, entry.slots[p]));
                    (row, column, entry.payoffs[player])
                })
                .collect();
            here.sort_unstable_by_key(|&(row, column, _)| (row, column));
            match Block::bounding(&here, filled) {
                Some(block) => payoffs.place(&block, &mut known),
                None => loose.extend(here.iter().filter(|(_, _, value)| *value != 0.0)),
            }
        }
        loose.sort_unstable_by_key(|&(row, column, _)| (row, column));
        payoffs.sparse = Sparse::new(&loose);
        payoffs
    }

    /// Puts a block at its place, with a matrix that is there already where there is one.
    fn place(&mut self, block: &Block, known: &mut HashMap<(usize, usize, Vec<u64>), usize>) {
        let factor = block.factor();
        if factor == 0.0 {
            return;
        }
        let unit: Vec<f64> = block.entries.iter().map(|entry| entry / factor).collect();
        let digits = unit.iter().map(|x| (x + 0.0).to_bits() & LOOKED_UP);
        let key = (block.rows, block.columns, digits.collect());
        let fresh = self.matrices.len();
        let found = known.get(&key).copied().filter(|&at| {
            let shared = self.matrices[at].entries.iter();
            let near = |(u, e): (&f64, &f64)| (u * factor - e).abs() <= SAME * e.abs();
            shared.zip(&block.entries).all(near)
        });
        let at = found.unwrap_or(fresh);
        if at == fresh {
            known.insert(key, fresh);
            self.matrices.push(Matrix {
                rows: block.rows,
                columns: block.columns,
                kernel: Kernel::new(&unit, block.rows, block.columns),
                entries: unit,
                places: Vec::new(),
            });
        }
        self.matrices[at].places.push(Place {
            row: block.row,
            column: block.column,
            factor,
        });
    }

    /// What every own sequence is worth at the ends right under it, times the probability with which chance and
    /// the other lead there: the product with the other's plan.
    pub(super) fn product(&self, plan: &[f64], worth: &mut [f64]) {
        worth.fill(0.0);
        self.sparse.product(plan, worth);
        for matrix in &self.matrices {
            matrix.product(plan, worth);
        }
    }

    /// Number of places and of distinct matrices.
    pub(super) fn shared(&self) -> (usize, usize) {
        let places = self.matrices.iter().map(|matrix| matrix.places.len());
        (places.sum(), self.matrices.len())
    }
}

/// A public end as a full matrix.
struct Block {
    row: u32,
    column: u32,
    rows: usize,
    columns: usize,
    entries: Vec<f64>,
}

impl Block {
    /// The smallest rectangle around the entries; none where it is not filled well enough.
    fn bounding(triples: &[Triple], filled: f64) -> Option<Block> {
        let row = triples.first()?.0;
        let rows = (triples.last()?.0 - row + 1) as usize;
        let column = triples.iter().map(|triple| triple.1).min()?;
        let columns = (triples.iter().map(|triple| triple.1).max()? - column + 1) as usize;
        let area = rows.checked_mul(columns)?;
        if triples.len() < 3 || (triples.len() as f64) < filled * area as f64 {
            return None;
        }
        let mut entries = vec![0.0; area];
        for &(r, c, value) in triples {
            entries[(r - row) as usize * columns + (c - column) as usize] = value;
        }
        Some(Block {
            row,
            column,
            rows,
            columns,
            entries,
        })
    }

    /// The entry of largest size.
    fn factor(&self) -> f64 {
        let larger = |a: f64, &b: &f64| if b.abs() > a.abs() { b } else { a };
        self.entries.iter().fold(0.0, larger)
    }
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
    fn product(&self, plan: &[f64], worth: &mut [f64]) {
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

impl Sparse {
    /// From entries sorted by row.
    fn new(triples: &[Triple]) -> Sparse {
        let mut sparse = Sparse::default();
        for range in triples.chunk_by(|a, b| a.0 == b.0) {
            sparse.rows.push(range[0].0);
            sparse.begins.push(sparse.columns.len() as u32);
            sparse.columns.extend(range.iter().map(|triple| triple.1));
            sparse.values.extend(range.iter().map(|triple| triple.2));
        }
        sparse.begins.push(sparse.columns.len() as u32);
        sparse
    }

    fn product(&self, plan: &[f64], worth: &mut [f64]) {
        for (&row, range) in self.rows.iter().zip(self.begins.windows(2)) {
            let range = range[0] as usize..range[1] as usize;
            let entries = self.columns[range.clone()].iter().zip(&self.values[range]);
            worth[row as usize] += entries.map(|(&c, v)| v * plan[c as usize]).sum::<f64>();
        }
    }
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
        let kernel = Kernel::new(&unit, rows, columns);
        assert_eq!(matches!(kernel, Kernel::Steps(..)), differences);
        let matrix = Matrix {
            rows,
            columns,
            kernel,
            entries: unit.clone(),
            places: vec![Place {
                row: 2,
                column: 1,
                factor: -3.0,
            }],
        };
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
