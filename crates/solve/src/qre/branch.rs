//! Following the principal branch from λ = 0 by predictor and corrector (Turocy 2005, 2010; Allgower & Georg
//! 1990).
//!
//! The branch is parametrised by arc length in (v, t) with t = ln(1 + λ), so that it can turn back in λ. Where
//! it does not turn, v is nearly linear in 1/(1 + λ) once choices have settled; the predictor follows that.

use super::newton::{Across, Correction, Demand, Direction, Point, correct};
use super::solution::Event;
use super::system::System;

/// First step.
const FIRST_STEP: f64 = 0.1;
/// Smaller steps than this make no headway.
const SMALLEST_STEP: f64 = 1e-9;
/// Longer steps than this could leave the branch for another, where most of its turns are and farther on.
const LONGEST_STEP: f64 = 0.5;
const LONGEST_STEP_FAR: f64 = 1.0;
/// Precision (of payoffs that span 1) that counts as far.
const FAR: f64 = 1e3;
/// Contraction of Newton's method that the step length aims at.
const WISHED_CONTRACTION: f64 = 0.05;
/// A worse contraction than this calls for a shorter step.
const WORST_CONTRACTION: f64 = 0.3;
/// The direction may turn as far as this cosine in one step.
const LEAST_COSINE: f64 = 0.3;
/// The same where the determinant says that the branch has turned back, or passed a bifurcation; steps there
/// must also be as short as this.
const STRAIGHT: f64 = 0.95;
const SHORT: f64 = 0.03;
/// Error of λv that is accepted on the way.
const ON_THE_WAY: f64 = 1e-4;
/// Change of v that can be rounding, where it cannot be made smaller.
const NOISE: f64 = 1e-5;
/// Share of a step's length by which its end may be corrected.
const ROOM: f64 = 0.4;
/// What is demanded where the point is returned.
const AT_THE_END: Demand = Demand {
    room: f64::INFINITY,
    tolerance: 1e-10,
    contraction: WORST_CONTRACTION,
    noise: 0.0,
};

/// What is demanded of a point that is on the branch already.
const ON_THE_SPOT: Demand = Demand {
    room: f64::INFINITY,
    tolerance: ON_THE_WAY,
    contraction: WORST_CONTRACTION,
    noise: NOISE,
};

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A new point of the branch was found.
    Taken,
    /// The wanted precision was reached exactly.
    Arrived,
    /// The step was too long; it was shortened.
    Shortened,
    /// The step would have to be too small.
    Stuck,
    /// The way leads back to random play, where the branch cannot end: it was left for another.
    Lost,
}

/// A point that moves along the branch.
pub(super) struct Branch {
    pub(super) point: Point,
    pub(super) tangent: Direction,
    /// Change of the direction per length, on the last step.
    pub(super) bend: Direction,
    pub(super) length: f64,
    /// 1 where t rises with a positive determinant; changes at bifurcations.
    pub(super) sense: f64,
    /// Shortens all steps: 1, or less after the branch was lost.
    pub(super) caution: f64,
    /// Precisions at which something happened to the branch.
    pub(super) events: Vec<(f64, Event)>,
}

/// A point where a step landed.
struct Landing {
    point: Point,
    tangent: Direction,
    correction: Correction,
}

/// A point where Newton's method has settled.
pub(super) struct Settled {
    /// Sign of the determinant of ∂F/∂v, where it is known.
    pub(super) sign: Option<f64>,
}

impl Branch {
    /// Random play, λ = 0, where v = U(uniform) solves the equation; none where values are not finite. All
    /// steps are to be shortened by the factor `caution`.
    pub(super) fn begin(system: &mut System, caution: f64) -> Option<Branch> {
        let count = system.unknowns();
        let mut point = Point {
            v: vec![0.0; count],
            lambda: 0.0,
        };
        if !system.evaluate(&point.v, 0.0) {
            return None;
        }
        point
            .v
            .iter_mut()
            .zip(&system.residual)
            .for_each(|(v, r)| *v = -r);
        let mut tangent = ahead(count);
        correct(
            system,
            &mut point,
            &Across::Precision,
            &AT_THE_END,
            &mut tangent,
        )?;
        Some(Branch {
            point,
            tangent,
            bend: straight(count),
            length: FIRST_STEP * caution,
            sense: 1.0,
            caution,
            events: Vec::new(),
        })
    }

    /// A branch that has come to where it should, at a point with this sign of the determinant.
    pub(super) fn standing(point: Point, sign: Option<f64>) -> Branch {
        let count = point.v.len();
        Branch {
            point,
            tangent: ahead(count),
            bend: straight(count),
            length: FIRST_STEP,
            sense: sign.unwrap_or(1.0),
            caution: 1.0,
            events: Vec::new(),
        }
    }

    /// A branch that goes on from a point on it towards higher precision.
    pub(super) fn resume(system: &mut System, mut point: Point) -> Option<Branch> {
        let count = system.unknowns();
        let mut tangent = ahead(count);
        let correction = correct(
            system,
            &mut point,
            &Across::Precision,
            &ON_THE_SPOT,
            &mut tangent,
        )?;
        Some(Branch {
            point,
            tangent,
            bend: straight(count),
            length: FIRST_STEP,
            sense: correction.sign.unwrap_or(1.0),
            caution: 1.0,
            events: Vec::new(),
        })
    }

    /// Tries one step, at most to precision `goal`.
    pub(super) fn step(&mut self, system: &mut System, goal: Option<f64>) -> Step {
        let ahead = self.predict(self.length);
        if ahead.lambda <= 0.0 && self.tangent.t < 0.0 {
            return Step::Lost;
        }
        let goal = goal.filter(|&goal| self.point.lambda < goal);
        let passes = |point: &Point| goal.is_some_and(|goal| point.lambda >= goal);
        let mut arrives = passes(&ahead);
        let mut found = if arrives {
            None
        } else {
            self.land(system, ahead, &Across::Plane(&self.tangent))
        };
        // The correction may pass the goal although the prediction did not.
        arrives |= found.as_ref().is_some_and(|found| passes(&found.point));
        if let (true, Some(goal)) = (arrives, goal) {
            found = self.land(system, self.predict_at(goal), &Across::Precision);
        }
        let Some(found) = found else {
            system.work.rejected += 1;
            self.length *= 0.4;
            return if self.length < SMALLEST_STEP {
                Step::Stuck
            } else {
                Step::Shortened
            };
        };
        system.work.steps += 1;
        let before = std::mem::replace(&mut self.tangent, found.tangent);
        self.bend = self.bend_since(&before, self.length);
        self.point = found.point;
        self.note(&before, found.correction.sign);
        self.lengthen(found.correction.contraction);
        if arrives { Step::Arrived } else { Step::Taken }
    }

    /// Notes whether the branch turned back or went through a bifurcation on the last step.
    fn note(&mut self, before: &Direction, sign: Option<f64>) {
        let lambda = self.point.lambda;
        if before.t * self.tangent.t < 0.0 {
            self.events.push((lambda, Event::Turn));
        }
        if let Some(sign) = sign {
            let sense = (sign * self.tangent.t).signum();
            if sense != self.sense {
                self.events.push((lambda, Event::Bifurcation));
            }
            self.sense = sense;
        }
    }

    /// Corrects a predicted point; none where that fails or the result cannot be trusted.
    fn land(&self, system: &mut System, mut point: Point, across: &Across<'_>) -> Option<Landing> {
        let demand = Demand {
            room: ROOM * self.length,
            tolerance: ON_THE_WAY,
            contraction: WORST_CONTRACTION * self.caution,
            noise: NOISE,
        };
        let mut tangent = self.tangent.clone();
        let correction = correct(system, &mut point, across, &demand, &mut tangent)?;
        self.plausible(&correction, &tangent).then_some(Landing {
            point,
            tangent,
            correction,
        })
    }

    /// Chooses the next step by how well Newton's method did: its contraction grows with the square of the
    /// step (Den Heijer & Rheinboldt 1981).
    fn lengthen(&mut self, contraction: f64) {
        let wished = WISHED_CONTRACTION * self.caution;
        let growth = (wished / contraction.max(1e-6)).sqrt().clamp(0.4, 2.0);
        let longest = if self.point.lambda < FAR {
            LONGEST_STEP
        } else {
            LONGEST_STEP_FAR
        };
        let longest = longest * self.caution / self.tangent.t.abs().max(1e-3);
        self.length = (self.length * growth).min(longest);
    }

    /// Whether a corrected point can lie on the same stretch of the branch: the direction has not turned far,
    /// and the sense of t is that of the determinant's sign, as it is between bifurcations. Where the branch
    /// runs straight through a bifurcation, the sign changes and the direction does not; since a jump to
    /// another branch can look the same, the step must then be short.
    fn plausible(&self, correction: &Correction, tangent: &Direction) -> bool {
        let same_sense = correction
            .sign
            .is_none_or(|sign| sign * tangent.t * self.sense > 0.0);
        if same_sense {
            correction.cosine >= LEAST_COSINE
        } else {
            correction.cosine >= STRAIGHT && self.length <= SHORT * self.caution
        }
    }

    /// Solves the equation at the present precision as exactly as doubles allow. Gives the sign of the
    /// determinant there; none where Newton's method does not settle, and the point stays as it was.
    pub(super) fn polish(&mut self, system: &mut System) -> Option<Settled> {
        let modest = Demand {
            tolerance: AT_THE_END.tolerance.sqrt(),
            ..AT_THE_END
        };
        for demand in [AT_THE_END, modest] {
            let mut point = self.point.clone();
            let mut tangent = self.tangent.clone();
            if let Some(done) = correct(
                system,
                &mut point,
                &Across::Precision,
                &demand,
                &mut tangent,
            ) {
                self.point = point;
                self.tangent = tangent;
                return Some(Settled { sign: done.sign });
            }
        }
        None
    }

    /// Length of the next step in t.
    pub(super) fn reach_in_t(&self) -> f64 {
        self.length * self.tangent.t
    }

    /// The point at a precision, if the branch runs on as it does.
    fn predict_at(&self, goal: f64) -> Point {
        let length = (goal.ln_1p() - self.point.lambda.ln_1p()) / self.tangent.t;
        Point {
            lambda: goal,
            ..self.predict(length.clamp(-self.length, self.length))
        }
    }

    /// The point at a distance along the branch, from its direction and how that bent on the last step.
    fn predict(&self, length: f64) -> Point {
        let half_square = 0.5 * length * length;
        let dt = length * self.tangent.t + half_square * self.bend.t;
        let share = settling(length, self.tangent.t);
        let v = self
            .point
            .v
            .iter()
            .zip(self.tangent.v.iter().zip(&self.bend.v))
            .map(|(v, (d, b))| v + share * d + half_square * b)
            .collect();
        let lambda = (self.point.lambda + (1.0 + self.point.lambda) * dt.exp_m1()).max(0.0);
        Point { v, lambda }
    }

    /// How the direction changed from `before` over a step, beyond what [`settling`] accounts for.
    fn bend_since(&self, before: &Direction, length: f64) -> Direction {
        let left = (-(length * before.t).abs()).exp();
        let v = self
            .tangent
            .v
            .iter()
            .zip(&before.v)
            .map(|(now, then)| (now - left * then) / length)
            .collect();
        Direction {
            v,
            t: (self.tangent.t - before.t) / length,
        }
    }
}

/// The direction in which precision alone changes.
pub(super) fn ahead(count: usize) -> Direction {
    Direction {
        v: vec![0.0; count],
        t: 1.0,
    }
}

/// No bend.
fn straight(count: usize) -> Direction {
    Direction {
        v: vec![0.0; count],
        t: 0.0,
    }
}

/// How far v goes on a step along its direction: it moves with 1/(1 + λ) = e^−t rather than with t.
fn settling(length: f64, t: f64) -> f64 {
    let dt = (length * t).abs();
    if dt < 1e-12 {
        length
    } else {
        -(-dt).exp_m1() / t.abs()
    }
}
