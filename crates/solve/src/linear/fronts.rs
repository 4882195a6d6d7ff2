//! The multifrontal LU factorisation (Duff & Reid 1983): fronts are factored from the leaves of the
//! elimination tree to its roots; each adds what remains of it to its parent. Branches of the tree are worked on
//! apart from one another.

use std::sync::Mutex;

use super::dense::eliminate;
use super::symbolic::{Front, Plan, Run, Target};
use crate::parallel::{Crew, cut};

/// Factors of a matrix, and the room to make them. Coefficients are added block by block, front by front.
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    stored: Vec<f64>,
    exchanges: Vec<u32>,
    /// What remains of the fronts whose parents are still to come.
    remainders: Vec<Vec<f64>>,
    /// Room that remainders have given back.
    spare: Vec<Vec<f64>>,
    /// Per front: whether its part of the determinant is negative.
    negative: Vec<bool>,
    /// Right side and solution, front after front.
    locals: Vec<f64>,
}

/// A front's coefficients, and later its factors.
pub(crate) struct Matrix<'a> {
    pub(super) order: usize,
    pub(super) pivots: usize,
    /// Rows of the unknowns that are eliminated here.
    pub(super) own: &'a mut [f64],
    /// The columns of these in the rows below.
    pub(super) below: &'a mut [f64],
    /// All other columns of the rows below.
    pub(super) remainder: &'a mut [f64],
}

/// A range of fronts that are factored one after the other.
struct Part<'a> {
    first: usize,
    stored: &'a mut [f64],
    exchanges: &'a mut [u32],
    remainders: &'a mut [Vec<f64>],
    negative: &'a mut [bool],
    spare: &'a Mutex<Vec<Vec<f64>>>,
}

impl Factors {
    /// Room for the factors of a plan.
    pub(crate) fn new(plan: &Plan) -> Factors {
        Factors {
            stored: vec![0.0; plan.stored],
            exchanges: vec![0; plan.unknowns],
            remainders: vec![Vec::new(); plan.fronts.len()],
            spare: Vec::new(),
            negative: vec![false; plan.fronts.len()],
            locals: vec![0.0; plan.locals],
        }
    }

    /// Factors the matrix: identity plus what `add` puts into the front of a number.
    pub(crate) fn factor(
        &mut self,
        plan: &Plan,
        crew: Crew,
        add: impl Fn(usize, &mut Matrix<'_>) + Sync,
    ) {
        let spare = Mutex::new(std::mem::take(&mut self.spare));
        let stored = along_branches(plan, &mut self.stored, Front::stored);
        let exchanges = along_branches(plan, &mut self.exchanges, |front| front.pivots);
        let remainders = along_branches(plan, &mut self.remainders, |_| 1);
        let negative = along_branches(plan, &mut self.negative, |_| 1);
        let mut tasks = Vec::with_capacity(plan.branches.len());
        let arrays = stored.into_iter().zip(exchanges).zip(remainders);
        for (range, (((stored, exchanges), remainders), negative)) in
            plan.branches.iter().zip(arrays.zip(negative))
        {
            let part = Part {
                first: range.start,
                stored,
                exchanges,
                remainders,
                negative,
                spare: &spare,
            };
            tasks.push((range.clone(), part));
        }
        crew.each(tasks, |(range, mut part)| {
            range.for_each(|number| part.factor(plan, number, Crew::new(1), &add));
        });
        let mut part = Part {
            first: 0,
            stored: &mut self.stored,
            exchanges: &mut self.exchanges,
            remainders: &mut self.remainders,
            negative: &mut self.negative,
            spare: &spare,
        };
        for &number in &plan.trunk {
            part.factor(plan, number as usize, crew, &add);
        }
        self.spare = spare.into_inner().unwrap_or_default();
    }

    /// Sign of the determinant of the matrix that was factored, 1 or −1.
    pub(crate) fn sign(&self) -> f64 {
        let negative = self.negative.iter().filter(|&&negative| negative).count();
        if negative % 2 == 1 { -1.0 } else { 1.0 }
    }

    /// Solves for one right side, in place.
    pub(crate) fn solve(&mut self, plan: &Plan, crew: Crew, x: &mut [f64]) {
        let (stored, exchanges, right) = (&self.stored[..], &self.exchanges[..], &*x);
        let mut tasks = Vec::with_capacity(plan.branches.len());
        let locals = along_branches(plan, &mut self.locals, |front| front.order);
        for (range, locals) in plan.branches.iter().zip(locals) {
            tasks.push((range.clone(), locals));
        }
        crew.each(tasks, |(range, locals)| {
            let base = plan.fronts[range.start].local;
            range.for_each(|number| forward(plan, number, stored, exchanges, right, locals, base));
        });
        for &number in &plan.trunk {
            forward(
                plan,
                number as usize,
                stored,
                exchanges,
                right,
                &mut self.locals,
                0,
            );
        }
        for &number in plan.trunk.iter().rev() {
            backward(plan, number as usize, stored, &mut self.locals, 0);
            hand_down(plan, number as usize, &mut self.locals, 0);
        }
        let mut tasks = Vec::with_capacity(plan.branches.len());
        let locals = along_branches(plan, &mut self.locals, |front| front.order);
        for (range, locals) in plan.branches.iter().zip(locals) {
            tasks.push((range.clone(), locals));
        }
        crew.each(tasks, |(range, locals)| {
            let base = plan.fronts[range.start].local;
            for number in range.rev() {
                backward(plan, number, stored, locals, base);
                hand_down(plan, number, locals, base);
            }
        });
        for front in &plan.fronts {
            let own = front.unknowns[..front.pivots].iter();
            for (&unknown, &value) in own.zip(&self.locals[front.local..]) {
                x[unknown as usize] = value;
            }
        }
    }
}

/// Cuts an array with so many entries per front into those of each branch; those of the trunk are left out.
fn along_branches<'a, T>(
    plan: &Plan,
    array: &'a mut [T],
    entries: impl Fn(&Front) -> usize,
) -> Vec<&'a mut [T]> {
    let mut array = array;
    let mut next = 0;
    let mut pieces = Vec::with_capacity(plan.branches.len());
    for range in &plan.branches {
        let count = |fronts: &[Front]| fronts.iter().map(&entries).sum();
        cut(&mut array, count(&plan.fronts[next..range.start]));
        pieces.push(cut(&mut array, count(&plan.fronts[range.clone()])));
        next = range.end;
    }
    pieces
}

impl Part<'_> {
    /// Assembles and factors a front; what remains of it is kept for its parent.
    fn factor(
        &mut self,
        plan: &Plan,
        number: usize,
        crew: Crew,
        add: &impl Fn(usize, &mut Matrix<'_>),
    ) {
        let (base, front) = (&plan.fronts[self.first], &plan.fronts[number]);
        let (pivots, order, rest) = (front.pivots, front.order, front.rest());
        let at = front.at - base.at;
        let stored = &mut self.stored[at..at + front.stored()];
        let (own, below) = stored.split_at_mut(pivots * order);
        let spare = || self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let mut remainder = spare().unwrap_or_default();
        remainder.clear();
        remainder.resize(rest * rest, 0.0);
        own.fill(0.0);
        below.fill(0.0);
        for k in 0..pivots {
            own[k * order + k] = 1.0;
        }
        let mut matrix = Matrix {
            order,
            pivots,
            own,
            below,
            remainder: &mut remainder,
        };
        add(number, &mut matrix);
        for &child in &front.children {
            let of_child = std::mem::take(&mut self.remainders[child as usize - self.first]);
            let from = &plan.fronts[child as usize];
            matrix.extend_add(&of_child, from.rest(), &from.in_parent);
            if let Ok(mut spare) = self.spare.lock() {
                spare.push(of_child);
            }
        }
        let from = front.pivot - base.pivot;
        let exchanges = &mut self.exchanges[from..from + pivots];
        eliminate(&mut matrix, exchanges, crew);
        let mut negative = false;
        for (k, &row) in exchanges.iter().enumerate() {
            negative ^= (row as usize != k) ^ (matrix.own[k * order + k] < 0.0);
        }
        self.negative[number - self.first] = negative;
        self.remainders[number - self.first] = remainder;
    }
}

impl Matrix<'_> {
    /// Adds a child's remainder, `rest` rows and columns of it, to its parent's front.
    fn extend_add(&mut self, remainder: &[f64], rest: usize, runs: &[Run]) {
        let mut rows = remainder.chunks_exact(rest.max(1));
        for rows_of in runs {
            for (to, row) in
                (rows_of.to as usize..).zip(rows.by_ref().take(rows_of.length as usize))
            {
                for run in runs {
                    let (from, length) = (run.from as usize, run.length as usize);
                    let target = self.entries(to, run.to as usize, length);
                    for (sum, &x) in target.iter_mut().zip(&row[from..from + length]) {
                        *sum += x;
                    }
                }
            }
        }
    }

    /// Entries of a row next to one another, either all of own unknowns or none.
    fn entries(&mut self, row: usize, column: usize, length: usize) -> &mut [f64] {
        let (pivots, order) = (self.pivots, self.order);
        let (array, at) = if row < pivots {
            (&mut *self.own, row * order + column)
        } else if column < pivots {
            (&mut *self.below, (row - pivots) * pivots + column)
        } else {
            let at = (row - pivots) * (order - pivots) + column - pivots;
            (&mut *self.remainder, at)
        };
        &mut array[at..at + length]
    }

    /// Subtracts `scale` times a block (rows of the first group) and a second one (rows of the second group,
    /// given by columns) from a front's coefficients. Either may be absent.
    pub(crate) fn subtract(
        &mut self,
        target: Target,
        scale: f64,
        width: usize,
        above: Option<&[f64]>,
        below: Option<&[f64]>,
    ) {
        let (first, second) = (target.first as usize, target.second as usize);
        for (k, row) in above.unwrap_or_default().chunks_exact(width).enumerate() {
            let entries = self.entries(first + k, second, width);
            for (value, &x) in entries.iter_mut().zip(row) {
                *value -= scale * x;
            }
        }
        let Some(columns) = below else {
            return;
        };
        for j in 0..width {
            let entries = self.entries(second + j, first, columns.len() / width);
            for (value, &x) in entries.iter_mut().zip(columns[j..].iter().step_by(width)) {
                *value -= scale * x;
            }
        }
    }
}

/// Forward substitution within a front; what it takes from later unknowns is left behind its own. `base` is where
/// `locals` begins.
fn forward(
    plan: &Plan,
    number: usize,
    stored: &[f64],
    exchanges: &[u32],
    right: &[f64],
    locals: &mut [f64],
    base: usize,
) {
    let front = &plan.fronts[number];
    let (order, pivots) = (front.order, front.pivots);
    let (earlier, local) = locals.split_at_mut(front.local - base);
    let (own, rest) = local[..order].split_at_mut(pivots);
    for (value, &unknown) in own.iter_mut().zip(&front.unknowns) {
        *value = right[unknown as usize];
    }
    rest.fill(0.0);
    for &child in &front.children {
        let child = &plan.fronts[child as usize];
        let from = &earlier[child.local - base + child.pivots..];
        for run in &child.in_parent {
            let (at, to, length) = (run.from as usize, run.to as usize, run.length as usize);
            let target = if to < pivots {
                &mut own[to..to + length]
            } else {
                &mut rest[to - pivots..to - pivots + length]
            };
            for (sum, x) in target.iter_mut().zip(&from[at..at + length]) {
                *sum += x;
            }
        }
    }
    for (k, &row) in exchanges[front.pivot..front.pivot + pivots]
        .iter()
        .enumerate()
    {
        own.swap(k, row as usize);
    }
    let (upper, lower) = stored[front.at..front.at + front.stored()].split_at(pivots * order);
    for k in 1..pivots {
        own[k] -= dot(&upper[k * order..k * order + k], &own[..k]);
    }
    for (factors, value) in lower.chunks_exact(pivots.max(1)).zip(rest) {
        *value -= dot(factors, own);
    }
}

/// Back substitution within a front whose later unknowns are known.
fn backward(plan: &Plan, number: usize, stored: &[f64], locals: &mut [f64], base: usize) {
    let front = &plan.fronts[number];
    let order = front.order;
    let local = &mut locals[front.local - base..][..order];
    for k in (0..front.pivots).rev() {
        let row = &stored[front.at + k * order..front.at + (k + 1) * order];
        local[k] = (local[k] - dot(&row[k + 1..], &local[k + 1..])) / row[k];
    }
}

/// Tells the fronts above which a front stands the unknowns that they share with it.
fn hand_down(plan: &Plan, number: usize, locals: &mut [f64], base: usize) {
    let front = &plan.fronts[number];
    let (earlier, local) = locals.split_at_mut(front.local - base);
    for &child in &front.children {
        let child = &plan.fronts[child as usize];
        let target = &mut earlier[child.local - base + child.pivots..];
        for run in &child.in_parent {
            let (at, to, length) = (run.from as usize, run.to as usize, run.length as usize);
            target[at..at + length].copy_from_slice(&local[to..to + length]);
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (quads_a, quads_b) = (a.chunks_exact(4), b.chunks_exact(4));
    let tail: f64 = quads_a
        .remainder()
        .iter()
        .zip(quads_b.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in quads_a.zip(quads_b) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + tail
}
