//! Dense partial LU factorisation of one front.

/// Columns that are eliminated before the rest of the front is updated with all of them at once.
const PANEL: usize = 24;
/// A pivot smaller than this share of the front's largest entry is replaced by it.
const TINY: f64 = 1e-13;

/// Eliminates the first `pivots` unknowns of a square matrix of order `order` (row after row), with row
/// exchanges among the first `pivots` rows. Afterwards the first `pivots` rows hold L (unit diagonal, not
/// stored) and U, the rest of the first `pivots` columns holds L, and what remains is the Schur complement.
/// `exchanges[k]` is the row that was exchanged with row k.
pub(super) fn eliminate(matrix: &mut [f64], order: usize, pivots: usize, exchanges: &mut [u32]) {
    let largest = matrix[..pivots * order]
        .iter()
        .fold(0.0, |a: f64, b| a.max(b.abs()));
    let tiny = (largest * TINY).max(f64::MIN_POSITIVE);
    let mut begin = 0;
    while begin < pivots {
        let end = (begin + PANEL).min(pivots);
        for k in begin..end {
            let row = largest_in_column(matrix, order, k, pivots);
            exchanges[k] = row as u32;
            if row != k {
                let (above, below) = matrix.split_at_mut(row * order);
                above[k * order..(k + 1) * order].swap_with_slice(&mut below[..order]);
            }
            let pivot = &mut matrix[k * order + k];
            if pivot.abs() < tiny {
                *pivot = tiny.copysign(*pivot);
            }
            eliminate_column(matrix, order, k, end);
        }
        finish_panel_rows(matrix, order, begin, end);
        update_rest(matrix, order, begin, end);
        begin = end;
    }
}

fn largest_in_column(matrix: &[f64], order: usize, k: usize, pivots: usize) -> usize {
    let mut best = k;
    for row in k + 1..pivots {
        if matrix[row * order + k].abs() > matrix[best * order + k].abs() {
            best = row;
        }
    }
    best
}

/// Column k of L, and the update of the panel's columns to its right, for all rows below k.
fn eliminate_column(matrix: &mut [f64], order: usize, k: usize, end: usize) {
    let (above, below) = matrix.split_at_mut((k + 1) * order);
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
fn finish_panel_rows(matrix: &mut [f64], order: usize, begin: usize, end: usize) {
    for k in begin..end {
        let (above, below) = matrix.split_at_mut((k + 1) * order);
        let pivot_row = &above[k * order + end..(k + 1) * order];
        for row in below[..(end - k - 1) * order].chunks_exact_mut(order) {
            let factor = row[k];
            for (value, &p) in row[end..].iter_mut().zip(pivot_row) {
                *value -= factor * p;
            }
        }
    }
}

/// Columns right of the panel for all rows below it: subtracts L times U, four pivots at a time.
fn update_rest(matrix: &mut [f64], order: usize, begin: usize, end: usize) {
    let (above, below) = matrix.split_at_mut(end * order);
    let pivot_row = |k: usize| &above[k * order + end..(k + 1) * order];
    for row in below.chunks_exact_mut(order) {
        let (factors, rest) = row.split_at_mut(end);
        let mut k = begin;
        while k + 4 <= end {
            let [a, b, c, d] = [factors[k], factors[k + 1], factors[k + 2], factors[k + 3]];
            if a != 0.0 || b != 0.0 || c != 0.0 || d != 0.0 {
                let rows = (
                    pivot_row(k),
                    pivot_row(k + 1),
                    pivot_row(k + 2),
                    pivot_row(k + 3),
                );
                subtract_four(rest, [a, b, c, d], rows);
            }
            k += 4;
        }
        for (&factor, row) in factors[k..end].iter().zip((k..end).map(pivot_row)) {
            for (value, &p) in rest.iter_mut().zip(row) {
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
