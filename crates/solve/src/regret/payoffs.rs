//! What the sequences of one player are worth against the other's plan: a matrix product, public end by public
//! end.
//!
//! At a public end the product is one of a small matrix, private types by private types, with a slice of the
//! other's plan. The same matrix stands at many ends up to a factor (the pot of a poker game), so each is kept
//! once. What is left is an ordinary sparse matrix.

use std::collections::HashMap;

use super::matrix::{Matrix, Place};
use super::public::PublicEnds;

/// An entry of the matrix: row, column, value.
type Triple = (u32, u32, f64);

/// How far an entry of a shared matrix may be from its own value, as a share: what rounding does.
const SAME: f64 = 1e-15;
/// Digits by which matrices are looked up: 40 bits of the fraction.
const LOOKED_UP: u64 = !0xfff;
/// A public end is best kept as a matrix where at least this share of its area is filled.
pub(super) const FILLED: f64 = 0.3;

/// The payoffs of one player, own sequences by those of the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Payoffs {
    /// Distinct matrices, each with its places.
    matrices: Vec<Matrix>,
    sparse: Sparse,
}

/// Entries that fill no matrix, row by row.
#[derive(Clone, Debug, Default)]
struct Sparse {
    /// Rows that have any.
    rows: Vec<u32>,
    /// Where each of them begins, and the end of all.
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
        sequence_of: &[Vec<u32>; 2],
        filled: f64,
    ) -> Payoffs {
        let sequence = |player: usize, slot: u32| {
            let known = sequence_of[player].get(slot as usize);
            known.copied().unwrap_or(0)
        };
        let mut payoffs = Payoffs::default();
        let mut known = Known::default();
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
    fn place(&mut self, block: &Block, known: &mut Known) {
        let factor = block.factor();
        if factor == 0.0 {
            return;
        }
        let unit: Vec<f64> = block.entries.iter().map(|entry| entry / factor).collect();
        let at = known.find(block, factor, &unit).unwrap_or_else(|| {
            self.matrices
                .push(Matrix::new(&unit, block.rows, block.columns));
            known.add(block, unit)
        });
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

/// The matrices that there are, while they are being found.
#[derive(Default)]
struct Known {
    /// Number of a matrix by its shape and a hash of its entries.
    numbers: HashMap<(usize, usize, u64), usize>,
    /// Entries of each, row by row.
    units: Vec<Vec<f64>>,
}

impl Known {
    fn key(block: &Block, unit: &[f64]) -> (usize, usize, u64) {
        let digits = unit.iter().map(|entry| (entry + 0.0).to_bits() & LOOKED_UP);
        // Fowler, Noll & Vo's hash, a double at a time.
        let mix = |hash: u64, digits: u64| {
            (hash ^ digits)
                .wrapping_mul(0x0100_0000_01b3)
                .rotate_left(23)
        };
        (
            block.rows,
            block.columns,
            digits.fold(0xcbf2_9ce4_8422_2325, mix),
        )
    }

    /// The matrix that gives the block when multiplied with the factor.
    fn find(&self, block: &Block, factor: f64, unit: &[f64]) -> Option<usize> {
        let at = *self.numbers.get(&Known::key(block, unit))?;
        let same = |(u, e): (&f64, &f64)| (u * factor - e).abs() <= SAME * e.abs();
        let mut both = self.units[at].iter().zip(&block.entries);
        both.all(same).then_some(at)
    }

    fn add(&mut self, block: &Block, unit: Vec<f64>) -> usize {
        let fresh = self.units.len();
        self.numbers.insert(Known::key(block, &unit), fresh);
        self.units.push(unit);
        fresh
    }
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
