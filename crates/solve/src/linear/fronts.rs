//! The multifrontal LU factorisation (Duff & Reid 1983): fronts are factored from the leaves of the
//! elimination tree to its roots; each adds what remains of it to its parent.

use super::dense::eliminate;
use super::symbolic::{Plan, Run, Target};

/// Factors of a matrix, and the room to make them. Coefficients are added block by block, front by front.
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    stored: Vec<f64>,
    exchanges: Vec<u32>,
    /// The front being worked on.
    front: Vec<f64>,
    /// What remains of the fronts whose parents are still to come.
    remainders: Vec<Vec<f64>>,
    /// Room that remainders have given back.
    spare: Vec<Vec<f64>>,
    /// Whether the determinant is negative.
    negative: bool,
}

impl Factors {
    /// Room for the factors of a plan.
    pub(crate) fn new(plan: &Plan) -> Factors {
        Factors {
            stored: vec![0.0; plan.stored],
            exchanges: vec![0; plan.unknowns],
            front: vec![0.0; plan.largest * plan.largest],
            remainders: vec![Vec::new(); plan.fronts.len()],
            spare: Vec::new(),
            negative: false,
        }
    }

    /// Factors the matrix: identity plus what `add` puts into each front. `add` gets the number of the
    /// front, its order, and its coefficients row after row.
    pub(crate) fn factor(&mut self, plan: &Plan, mut add: impl FnMut(usize, usize, &mut [f64])) {
        let mut first_exchange = 0;
        self.negative = false;
        for (number, front) in plan.fronts.iter().enumerate() {
            let (order, pivots) = (front.order, front.pivots);
            let matrix = &mut self.front[..order * order];
            matrix.fill(0.0);
            for k in 0..pivots {
                matrix[k * order + k] = 1.0;
            }
            add(number, order, matrix);
            for &child in &front.children {
                let remainder = std::mem::take(&mut self.remainders[child as usize]);
                let from = &plan.fronts[child as usize];
                extend_add(
                    matrix,
                    order,
                    &remainder,
                    from.order - from.pivots,
                    &from.in_parent,
                );
                self.spare.push(remainder);
            }
            let exchanges = &mut self.exchanges[first_exchange..first_exchange + pivots];
            first_exchange += pivots;
            eliminate(matrix, order, pivots, exchanges);
            for (k, &row) in exchanges.iter().enumerate() {
                self.negative ^= (row as usize != k) ^ (matrix[k * order + k] < 0.0);
            }
            let (upper, lower) = matrix.split_at(pivots * order);
            let stored = &mut self.stored[front.at..front.at + pivots * (2 * order - pivots)];
            stored[..pivots * order].copy_from_slice(upper);
            if order > pivots {
                let mut remainder = self.spare.pop().unwrap_or_default();
                remainder.clear();
                let factors = stored[pivots * order..].chunks_exact_mut(pivots.max(1));
                for (row, factors) in lower.chunks_exact(order).zip(factors) {
                    factors.copy_from_slice(&row[..pivots]);
                    remainder.extend_from_slice(&row[pivots..]);
                }
                self.remainders[number] = remainder;
            }
        }
    }

    /// Sign of the determinant of the matrix that was factored, 1 or −1.
    pub(crate) fn sign(&self) -> f64 {
        if self.negative { -1.0 } else { 1.0 }
    }

    /// Solves for one right side, in place.
    pub(crate) fn solve(&self, plan: &Plan, x: &mut [f64]) {
        let mut local = vec![0.0; plan.largest];
        let mut first_exchange = 0;
        for front in &plan.fronts {
            let (order, pivots) = (front.order, front.pivots);
            let (own, rest) = front.unknowns.split_at(pivots);
            let (upper, lower) = self.stored[front.at..].split_at(pivots * order);
            for (value, &unknown) in local.iter_mut().zip(own) {
                *value = x[unknown as usize];
            }
            for k in 0..pivots {
                local.swap(k, self.exchanges[first_exchange + k] as usize);
            }
            first_exchange += pivots;
            for k in 1..pivots {
                local[k] -= dot(&upper[k * order..k * order + k], &local[..k]);
            }
            for (factors, &unknown) in lower.chunks_exact(pivots.max(1)).zip(rest) {
                x[unknown as usize] -= dot(factors, &local[..pivots]);
            }
            for (&value, &unknown) in local.iter().zip(own) {
                x[unknown as usize] = value;
            }
        }
        for front in plan.fronts.iter().rev() {
            let (order, pivots) = (front.order, front.pivots);
            for (value, &unknown) in local.iter_mut().zip(&front.unknowns) {
                *value = x[unknown as usize];
            }
            for k in (0..pivots).rev() {
                let row = &self.stored[front.at + k * order..front.at + (k + 1) * order];
                local[k] = (local[k] - dot(&row[k + 1..], &local[k + 1..order])) / row[k];
            }
            for (&value, &unknown) in local.iter().zip(&front.unknowns[..pivots]) {
                x[unknown as usize] = value;
            }
        }
    }
}

/// Adds a child's remainder, `rest` rows and columns of it, to its parent's front.
fn extend_add(matrix: &mut [f64], order: usize, remainder: &[f64], rest: usize, runs: &[Run]) {
    let mut rows = remainder.chunks_exact(rest.max(1));
    for rows_of in runs {
        for (to, row) in (rows_of.to as usize..).zip(rows.by_ref().take(rows_of.length as usize)) {
            let target = &mut matrix[to * order..(to + 1) * order];
            for run in runs {
                let (from, to, length) = (run.from as usize, run.to as usize, run.length as usize);
                for (sum, &x) in target[to..to + length]
                    .iter_mut()
                    .zip(&row[from..from + length])
                {
                    *sum += x;
                }
            }
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

impl Target {
    /// Subtracts `scale` times a block (rows of the first group) and a second one (rows of the second group,
    /// given by columns) from a front's coefficients.
    pub(crate) fn subtract(
        &self,
        matrix: &mut [f64],
        order: usize,
        scale: f64,
        width: usize,
        above: &[f64],
        below: &[f64],
    ) {
        let (first, second) = (self.first as usize, self.second as usize);
        for (k, (row, column)) in above
            .chunks_exact(width)
            .zip(below.chunks_exact(width))
            .enumerate()
        {
            let at = (first + k) * order + second;
            for (value, &x) in matrix[at..at + width].iter_mut().zip(row) {
                *value -= scale * x;
            }
            for (j, &x) in column.iter().enumerate() {
                matrix[(second + j) * order + first + k] -= scale * x;
            }
        }
    }
}
