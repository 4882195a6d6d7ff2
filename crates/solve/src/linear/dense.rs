//! Dense partial LU factorisation of one front.

use super::fronts::Matrix;
use crate::parallel::{Crew, cut};

/// Columns that are eliminated before the rest of the front is updated with all of them at once.
const PANEL: usize = 24;
/// A pivot smaller than this share of the largest entry of the front's own rows is replaced by it.
const TINY: f64 = 1e-30;
/// Fewest multiplications that are worth a thread.
const GRAIN: usize = 400_000;

/// Eliminates the own unknowns of a front, with row exchanges among its own rows. Afterwards these hold L (unit
/// diagonal, not stored) and U, the rows below hold the rest of L, and the remainder is the Schur complement.
/// `exchanges[k]` is the row that was exchanged with row k.
pub(super) fn eliminate(matrix: &mut Matrix<'_>, exchanges: &mut [u32], crew: Crew) {
    let (order, pivots) = (matrix.order, matrix.pivots);
    let largest = matrix.own.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let tiny = (largest * TINY).max(f64::MIN_POSITIVE);
    for begin in (0..pivots).step_by(PANEL) {
        let end = (begin + PANEL).min(pivots);
        for k in begin..end {
            let row = largest_in_column(matrix.own, order, k, pivots);
            exchanges[k] = row as u32;
            if row != k {
                let (above, below) = matrix.own.split_at_mut(row * order);
                above[k * order..(k + 1) * order].swap_with_slice(&mut below[..order]);
            }
            let pivot = &mut matrix.own[k * order + k];
            if pivot.abs() < tiny {
                *pivot = tiny.copysign(*pivot);
            }
            eliminate_column(matrix.own, order, k, end);
        }
        finish_panel_rows(matrix.own, order, begin, end);
        update_own_rows(matrix.own, order, begin..end, crew);
    }
    eliminate_below(matrix, crew);
}

fn largest_in_column(own: &[f64], order: usize, k: usize, pivots: usize) -> usize {
    let mut best = k;
    for row in k + 1..pivots {
        if own[row * order + k].abs() > own[best * order + k].abs() {
            best = row;
        }
    }
    best
}

/// Column k of L, and the update of the panel's columns to its right, for all own rows below k.
fn eliminate_column(own: &mut [f64], order: usize, k: usize, end: usize) {
    let (above, below) = own.split_at_mut((k + 1) * order);
    let pivot_row = &above[k * order..];
    let inverse = 1.0 / pivot_row[k];
    for row in below.chunks_exact_mut(order) {
        let factor = row[k] * inverse;
        row[k] = factor;
        if factor != 0.0 {
            for (value, &p) in row[k + 1..end].iter_mut().zip(&pivot_row[k + 1..end]) {
                *value -= factor * p;
            }
        }
    }
}

/// Columns right of the panel for the panel's own rows.
fn finish_panel_rows(own: &mut [f64], order: usize, begin: usize, end: usize) {
    for k in begin..end {
        let (above, below) = own.split_at_mut((k + 1) * order);
        let pivot_row = &above[k * order + end..(k + 1) * order];
        for row in below[..(end - k - 1) * order].chunks_exact_mut(order) {
            let factor = row[k];
            if factor != 0.0 {
                for (value, &p) in row[end..].iter_mut().zip(pivot_row) {
                    *value -= factor * p;
                }
            }
        }
    }
}

/// Columns right of the panel for the own rows below it.
fn update_own_rows(own: &mut [f64], order: usize, panel: std::ops::Range<usize>, crew: Crew) {
    let (above, mut below) = own.split_at_mut(panel.end * order);
    let above = &*above;
    let rows = below.len() / order.max(1);
    let grain = GRAIN / (panel.len() * order).max(1) + 1;
    let mut tasks = Vec::new();
    for piece in crew.pieces(0..rows, grain) {
        tasks.push(cut(&mut below, piece.len() * order));
    }
    crew.each(tasks, |rows| {
        for row in rows.chunks_exact_mut(order) {
            let (factors, rest) = row.split_at_mut(panel.end);
            subtract_product(rest, &factors[panel.start..], |k| {
                let k = panel.start + k;
                &above[k * order + panel.end..(k + 1) * order]
            });
        }
    });
}

/// L for the rows below a front's own, and the remainder, panel by panel.
fn eliminate_below(matrix: &mut Matrix<'_>, crew: Crew) {
    let (order, pivots, rest) = (matrix.order, matrix.pivots, matrix.order - matrix.pivots);
    if rest == 0 {
        return;
    }
    let own = &*matrix.own;
    let (mut below, mut remainder) = (&mut *matrix.below, &mut *matrix.remainder);
    let grain = GRAIN / (pivots * order).max(1) + 1;
    let mut tasks = Vec::new();
    for piece in crew.pieces(0..rest, grain) {
        let below = cut(&mut below, piece.len() * pivots);
        tasks.push((below, cut(&mut remainder, piece.len() * rest)));
    }
    crew.each(tasks, |(below, remainder)| {
        for begin in (0..pivots).step_by(PANEL) {
            let end = (begin + PANEL).min(pivots);
            let rows = below.chunks_exact_mut(pivots);
            for (row, remainder) in rows.zip(remainder.chunks_exact_mut(rest)) {
                if !solve_row(&mut row[begin..end], own, order, begin) {
                    continue;
                }
                let (factors, later) = row.split_at_mut(end);
                let factors = &factors[begin..];
                let own_row = |k: usize| &own[(begin + k) * order..(begin + k + 1) * order];
                subtract_product(later, factors, |k| &own_row(k)[end..pivots]);
                subtract_product(remainder, factors, |k| &own_row(k)[pivots..]);
            }
        }
    });
}

/// One row of L within a panel; false where it is zero.
fn solve_row(row: &mut [f64], own: &[f64], order: usize, begin: usize) -> bool {
    let mut any = false;
    for k in 0..row.len() {
        if row[k] == 0.0 {
            continue;
        }
        any = true;
        let pivot_row = &own[(begin + k) * order + begin..];
        let factor = row[k] / pivot_row[k];
        row[k] = factor;
        let (_, later) = row.split_at_mut(k + 1);
        for (value, &p) in later.iter_mut().zip(&pivot_row[k + 1..]) {
            *value -= factor * p;
        }
    }
    any
}

/// Subtracts the sum of rows, each times its factor, from a row, four at a time.
fn subtract_product<'a>(row: &mut [f64], factors: &[f64], of: impl Fn(usize) -> &'a [f64]) {
    let (fours, tail) = factors.as_chunks::<4>();
    for (k, &four) in fours.iter().enumerate() {
        if four != [0.0; 4] {
            let k = 4 * k;
            subtract_four(row, four, (of(k), of(k + 1), of(k + 2), of(k + 3)));
        }
    }
    for (k, &factor) in tail.iter().enumerate() {
        if factor != 0.0 {
            for (value, &p) in row.iter_mut().zip(of(4 * fours.len() + k)) {
                *value -= factor * p;
            }
        }
    }
}

fn subtract_four(row: &mut [f64], factors: [f64; 4], rows: (&[f64], &[f64], &[f64], &[f64])) {
    let n = row.len();
    let (p, q, r, s) = (&rows.0[..n], &rows.1[..n], &rows.2[..n], &rows.3[..n]);
    let [a, b, c, d] = factors;
    for i in 0..n {
        row[i] -= (a * p[i] + b * q[i]) + (c * r[i] + d * s[i]);
    }
}
