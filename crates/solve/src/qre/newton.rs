//! Newton's method on the branch: for a point on a plane across the branch, or at a fixed precision.

use super::system::System;

/// Most iterations of one correction.
const MAX_ITERATIONS: usize = 7;

/// A point (v, t) with λ = e^t − 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) v: Vec<f64>,
    pub(super) lambda: f64,
}

/// A direction (dv, dt) of Euclidean length 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Direction {
    pub(super) v: Vec<f64>,
    pub(super) t: f64,
}

/// What is demanded of a correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Demand {
    /// Largest Euclidean length of a change of (v, t).
    pub(super) room: f64,
    /// Largest error left in λv.
    pub(super) tolerance: f64,
    /// Every change must be smaller than the one before by this factor.
    pub(super) contraction: f64,
}

/// How a correction went.
#[derive(Clone, Copy, Debug)]
pub(super) struct Correction {
    /// Ratio of the second change to the first; 0 where one sufficed.
    pub(super) contraction: f64,
    /// Cosine of the angle between the branch's direction before and here, at least 0.
    pub(super) cosine: f64,
    /// Sign of the determinant of ∂F/∂v, where it is known.
    pub(super) sign: Option<f64>,
}

/// What holds the point in place along the branch.
pub(super) enum Across<'a> {
    /// The plane through the starting point with this normal.
    Plane(&'a Direction),
    /// The precision stays.
    Precision,
}

/// Corrects a point onto the branch as exactly as demanded, and leaves the branch's direction
/// there in `tangent`, pointing the way of its former value. None where Newton's method does not converge or
/// wants to move the point too far; the point is then worthless.
pub(super) fn correct(
    system: &mut System,
    point: &mut Point,
    across: &Across<'_>,
    demand: &Demand,
    tangent: &mut Direction,
) -> Option<Correction> {
    let mut sizes: [f64; MAX_ITERATIONS] = [0.0; MAX_ITERATIONS];
    let mut change = vec![0.0; system.unknowns()];
    let mut slope = vec![0.0; system.unknowns()];
    for iteration in 0..MAX_ITERATIONS {
        if !system.evaluate(&point.v, point.lambda) {
            return None;
        }
        system.linearise(&point.v, point.lambda);
        change.clone_from(&system.residual);
        let exactness = (10.0 * demand.tolerance).clamp(1e-11, 1e-3);
        if !system.solve(&mut change, exactness) {
            return None;
        }
        // dv/dt along the branch, from ∂F/∂t = ∂F/∂λ (1 + λ).
        let rate = 1.0 + point.lambda;
        for (s, &f) in slope.iter_mut().zip(&system.by_lambda) {
            *s = -f * rate;
        }
        if !system.solve(&mut slope, exactness) {
            return None;
        }
        let dt = match across {
            Across::Precision => 0.0,
            Across::Plane(normal) => dot(&normal.v, &change) / (normal.t + dot(&normal.v, &slope)),
        };
        let mut largest: f64 = 0.0;
        let mut square = dt * dt;
        for ((v, &d), &s) in point.v.iter_mut().zip(&change).zip(&slope) {
            let step = s * dt - d;
            *v += step;
            largest = largest.max(step.abs());
            square += step * step;
        }
        if square.is_nan() || square > demand.room * demand.room {
            return None;
        }
        if dt != 0.0 {
            point.lambda = (point.lambda + rate * dt.exp_m1()).max(0.0);
        }
        let size = largest * point.lambda.max(1.0) + dt.abs();
        sizes[iteration] = size;
        // Changes as small as the tolerance may be rounding and tell nothing of how well the method does.
        let contraction = if iteration > 0 && sizes[0] > 10.0 * demand.tolerance {
            sizes[1] / sizes[0]
        } else {
            0.0
        };
        // Newton's method squares the error: what is left after this change.
        let left = if iteration > 0 && size < 1.0 {
            size * (size / sizes[iteration - 1]).powi(2)
        } else {
            size
        };
        if left <= demand.tolerance {
            let cosine = turn(tangent, &slope);
            return Some(Correction {
                contraction,
                cosine,
                sign: system.sign(),
            });
        }
        if iteration > 0 && size > demand.contraction * sizes[iteration - 1] {
            return None;
        }
    }
    None
}

/// Sets a direction from dv/dt, keeping its sense; gives the cosine of the angle that it turned by.
fn turn(tangent: &mut Direction, slope: &[f64]) -> f64 {
    let sense = dot(&tangent.v, slope) + tangent.t;
    let length = (1.0 + dot(slope, slope)).sqrt().copysign(sense);
    tangent.t = 1.0 / length;
    for (x, &s) in tangent.v.iter_mut().zip(slope) {
        *x = s / length;
    }
    sense / length
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
