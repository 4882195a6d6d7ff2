//! Which of many points no other point dominates (Kung, Luccio and Preparata 1975).
//!
//! A point dominates another if it is at least as large in every coordinate and larger in one. A coarse grid throws
//! out most points of a large set in two passes; the rest are sorted and swept with a staircase (two and three
//! coordinates) or compared with the survivors so far (more).

use std::cmp::Ordering;

use crate::frontier::grid::survivors;
use crate::frontier::staircase::Staircase;

/// The positions of all undominated points, the largest first coordinate first (then the second, and so on; equal
/// points in the order of their positions). `columns[c][p]` is coordinate `c` of point `p`; all numbers are finite.
pub(crate) fn undominated(columns: &[&[f64]]) -> Vec<usize> {
    let mut order = survivors(columns);
    let compare = |&a: &usize, &b: &usize| descending(columns, a, b).then(a.cmp(&b));
    match columns {
        [] => Vec::new(),
        [only] => {
            let best = order
                .iter()
                .map(|&p| only[p])
                .fold(f64::NEG_INFINITY, f64::max);
            order.retain(|&p| only[p] == best);
            order
        }
        [_, second] => {
            order.sort_unstable_by(compare);
            sweep(columns, order, two(second))
        }
        [_, second, third] => {
            order.sort_unstable_by(compare);
            sweep(columns, order, three(second, third))
        }
        _ => {
            let mut kept = by_sum(columns, order);
            kept.sort_unstable_by(compare);
            kept
        }
    }
}

/// The undominated points, each vector once (the first of those that are equal), with the sum of `outcomes` over the
/// points equal to it.
pub(crate) fn distinct(columns: &[&[f64]], outcomes: impl Fn(usize) -> f64) -> Vec<(usize, f64)> {
    let mut distinct: Vec<(usize, f64)> = Vec::new();
    for p in undominated(columns) {
        match distinct.last_mut() {
            Some((last, count)) if equal(columns, *last, p) => *count += outcomes(p),
            _ => distinct.push((p, outcomes(p))),
        }
    }
    distinct
}

/// The larger point, coordinate by coordinate, first.
fn descending(columns: &[&[f64]], a: usize, b: usize) -> Ordering {
    columns
        .iter()
        .map(|column| column[b].total_cmp(&column[a]))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn equal(columns: &[&[f64]], a: usize, b: usize) -> bool {
    columns.iter().all(|column| column[a] == column[b])
}

/// Keeps the points of a sorted list that `undominated` accepts, and those equal to the last one accepted. In this
/// order, only earlier points can dominate.
fn sweep(
    columns: &[&[f64]],
    mut order: Vec<usize>,
    mut undominated: impl FnMut(usize) -> bool,
) -> Vec<usize> {
    let mut last = None;
    order.retain(|&p| {
        let keep = last.is_some_and(|l| equal(columns, l, p)) || undominated(p);
        if keep {
            last = Some(p);
        }
        keep
    });
    order
}

fn two(second: &[f64]) -> impl FnMut(usize) -> bool {
    let mut best = f64::NEG_INFINITY;
    move |p| {
        let keep = second[p] > best;
        best = best.max(second[p]);
        keep
    }
}

fn three(second: &[f64], third: &[f64]) -> impl FnMut(usize) -> bool {
    let mut stairs = Staircase::default();
    move |p| stairs.insert(second[p], third[p])
}

/// Sort-filter skyline (Chomicki, Godfrey, Gryz and Liang 2003): a point can only be dominated by one whose sum of
/// coordinates is at least as large.
fn by_sum(columns: &[&[f64]], mut order: Vec<usize>) -> Vec<usize> {
    let sum = |p: usize| columns.iter().map(|column| column[p]).sum::<f64>();
    let mut keyed: Vec<(f64, usize)> = order.drain(..).map(|p| (sum(p), p)).collect();
    keyed.sort_unstable_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| descending(columns, a.1, b.1))
    });
    let mut rows: Vec<f64> = Vec::new();
    let mut point = vec![0.0; columns.len()];
    for (_, p) in keyed {
        for (value, column) in point.iter_mut().zip(columns) {
            *value = column[p];
        }
        let dominated = rows
            .chunks_exact(columns.len())
            .position(|row| row.iter().zip(&point).all(|(r, v)| r >= v) && row != point.as_slice());
        match dominated {
            // What dominates one point tends to dominate its neighbours: look at it earlier next time.
            Some(at) if at > 0 => {
                for c in 0..columns.len() {
                    rows.swap(at * columns.len() + c, at / 2 * columns.len() + c);
                }
            }
            Some(_) => {}
            None => {
                rows.extend_from_slice(&point);
                order.push(p);
            }
        }
    }
    order
}
