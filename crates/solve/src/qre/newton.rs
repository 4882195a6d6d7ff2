//! Newton's method on the branch: for a point on a plane across the branch, or at a fixed precision.

use super::system::System;

/// Most iterations of one correction.
const MAX_ITERATIONS: usize = 16;
/// Values of F that may be rounding.
const ROUNDING: f64 = 1e-9;
/// Changes with an old derivative that are worth as much as a new one.
const CHORDS: i32 = 3;

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
    /// The second change must be smaller than the first by this factor.
    pub(super) contraction: f64,
    /// Changes of v as small as this count as rounding where they do not shrink although F all but vanishes: at
    /// high precision, what actions are worth that nobody comes to is known to a few digits of λv only.
    pub(super) noise: f64,
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
///
/// The derivative is kept from one iteration to the next for as long as that converges quickly (the chord method;
/// Kelley 1995, section 5.4.1): an evaluation costs a small part of a factorisation.
pub(super) fn correct(
    system: &mut System,
    point: &mut Point,
    across: &Across<'_>,
    demand: &Demand,
    tangent: &mut Direction,
) -> Option<Correction> {
    let mut change = vec![0.0; system.unknowns()];
    let mut slope = vec![0.0; system.unknowns()];
    let exactness = (10.0 * demand.tolerance).clamp(1e-11, 1e-3);
    let mut pace = Pace::new(demand);
    for _ in 0..MAX_ITERATIONS {
        if !system.evaluate(&point.v, point.lambda) {
            return None;
        }
        let rate = 1.0 + point.lambda;
        if pace.stale {
            system.linearise(&point.v, point.lambda);
            // dv/dt along the branch, from ∂F/∂t = ∂F/∂λ (1 + λ).
            for (s, &f) in slope.iter_mut().zip(&system.by_lambda) {
                *s = -f * rate;
            }
            if !system.solve(&mut slope, exactness) {
                return None;
            }
        }
        change.clone_from(&system.residual);
        if !system.solve(&mut change, exactness) {
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
        match pace.judge(
            largest * point.lambda.max(1.0) + dt.abs(),
            largest,
            system.error(),
        ) {
            Verdict::Settled => {
                let mut dt = 1.0;
                if pace.chords > 1 {
                    let mut missing = system.missing(&slope, point, exactness)?;
                    // What is missing must not move the direction along itself: at a turning point dv/dt has no bounds.
                    let ahead = tangent.t + dot(&tangent.v, &slope);
                    let along = -dot(&tangent.v, &missing) / ahead;
                    dt += along;
                    for (m, s) in missing.iter_mut().zip(&slope) {
                        *m += s * dt;
                    }
                    slope = missing;
                }
                return Some(Correction {
                    contraction: pace.first_contraction,
                    cosine: turn(tangent, &slope, dt),
                    sign: system.sign(),
                });
            }
            Verdict::Diverging => return None,
            Verdict::GoOn => {}
        }
    }
    None
}

/// How the changes of a correction shrink, and what follows from it.
struct Pace {
    tolerance: f64,
    /// Largest change of v that is put down to rounding.
    noise: f64,
    /// Largest ratio of the second change to the first.
    worst: f64,
    /// Changes made.
    changes: usize,
    /// Changes made with the present derivative.
    chords: usize,
    /// Size of the last change.
    last: f64,
    /// Size of the first change with the present derivative.
    base: f64,
    /// Ratio of the second change to the first; 0 while it tells nothing.
    first_contraction: f64,
    /// The error after a change with a new derivative, as a multiple of the square of that change.
    curvature: f64,
    /// Whether the derivative must be computed at the next point.
    stale: bool,
}

enum Verdict {
    Settled,
    Diverging,
    GoOn,
}

impl Pace {
    fn new(demand: &Demand) -> Pace {
        Pace {
            tolerance: demand.tolerance,
            noise: demand.noise,
            worst: demand.contraction,
            changes: 0,
            chords: 0,
            last: f64::INFINITY,
            base: f64::INFINITY,
            first_contraction: 0.0,
            curvature: f64::INFINITY,
            stale: true,
        }
    }

    /// Judges by the size of a change, the largest change of v in it and the largest |F| before it. The change was made with the derivative at the point where it began or, unless
    /// that was stale, an earlier one.
    fn judge(&mut self, size: f64, largest: f64, error: f64) -> Verdict {
        if std::mem::replace(&mut self.stale, false) {
            self.base = size;
            self.chords = 0;
        }
        let ratio = size / self.last;
        self.changes += 1;
        self.chords += 1;
        if self.changes == 2 {
            self.curvature = ratio / self.last;
            // Changes as small as the tolerance may be rounding and tell nothing of how well the method does.
            if self.last > 10.0 * self.tolerance {
                self.first_contraction = ratio;
            }
        }
        self.last = size;
        // With the derivative of this very point the method squares the error; with that of an earlier one, every
        // change leaves a share that grows with the distance from there.
        let chord = (2.0 * self.curvature * self.base).min(1.0);
        let share = match (self.changes, self.chords) {
            (1, _) => 1.0,
            (_, 1) => (self.curvature * size).min(1.0),
            (2, _) => chord,
            _ => chord.max(ratio),
        };
        let left = size * share;
        if left <= self.tolerance {
            return Verdict::Settled;
        }
        if self.changes > 1 && ratio > 0.1 && error <= ROUNDING && largest <= self.noise {
            self.first_contraction = 0.0;
            return Verdict::Settled;
        }
        if (self.changes == 2 && ratio > self.worst) || (self.changes > 2 && ratio > 1.0) {
            return Verdict::Diverging;
        }
        // More changes with this derivative than a new one would cost.
        self.stale = self.changes > 1 && left * chord.max(share).powi(CHORDS) > self.tolerance;
        Verdict::GoOn
    }
}

/// Sets a direction to that of (dv, dt), keeping its sense; gives the cosine of the angle that it turned by.
fn turn(tangent: &mut Direction, dv: &[f64], dt: f64) -> f64 {
    let sense = dot(&tangent.v, dv) + tangent.t * dt;
    let length = (dt * dt + dot(dv, dv)).sqrt().copysign(sense);
    tangent.t = dt / length;
    for (x, &d) in tangent.v.iter_mut().zip(dv) {
        *x = d / length;
    }
    sense / length
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
