//! Curves of logit equilibria, followed by pseudo-arclength (Keller 1977).
//!
//! A point is a pair (v, θ) with v = U(σ(z)), z = λ v + τ g: everybody responds to the values v with precision λ,
//! and leans by τ g. Two courses lead through these points:
//! *precision* keeps τ and lets λ grow from 0, so that play leads from the prior exp(τ g) to the limit of
//! exact best responses (the principal branch of McKelvey & Palfrey 1995, 1998 where τ g = 0; with other
//! priors, in the spirit of Harsanyi's tracing, other equilibria);
//! *lean* keeps λ and lets τ/λ fall from where the lean alone decides to where its opposite does, and meets
//! equilibria of the game itself wherever it passes 0, one after the other with alternating index. This is the
//! global Newton method of Govindan & Wilson (2003), on the smooth graph of logit equilibria.

use detente_game::Profile;

use super::elimination::solve;
use super::response::{Response, by_exponents};

/// Most Newton iterations of a correction.
const ITERATIONS: usize = 7;
/// A step is longer than the last by at most this factor.
const GROWTH: f64 = 1.7;
/// Smallest step before the curve counts as lost.
const SHORTEST: f64 = 1e-9;
/// Smallest cosine of the angle by which the curve may turn in one step.
const STRAIGHT: f64 = 0.9;
/// Largest correction as a share of the step.
const NEAR: f64 = 0.5;

/// Which way through the logit equilibria.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Course {
    /// θ = ln(1 + λ), at this τ.
    Precision(f64),
    /// θ = τ/λ, at this λ.
    Lean(f64),
}

impl Course {
    /// λ and τ at θ.
    fn at(self, theta: f64) -> (f64, f64) {
        match self {
            Course::Precision(tau) => (theta.exp_m1(), tau),
            Course::Lean(lambda) => (lambda, lambda * theta),
        }
    }

    /// Their derivatives by θ.
    fn slope(self, theta: f64) -> (f64, f64) {
        match self {
            Course::Precision(_) => (theta.exp(), 0.0),
            Course::Lean(lambda) => (0.0, lambda),
        }
    }
}

/// A curve and the point on it.
pub(super) struct Curve<'a> {
    response: &'a Response<'a>,
    lean: &'a [f64],
    course: Course,
    /// Values v, then θ.
    x: Vec<f64>,
    tangent: Vec<f64>,
    step: f64,
}

/// Residual and Jacobian at a point.
struct Linear {
    residual: Vec<f64>,
    /// n rows of n + 1: ∂F/∂v, ∂F/∂θ.
    rows: Vec<f64>,
}

impl<'a> Curve<'a> {
    /// Begins at the equilibrium near the values `v` at θ, towards rising θ or falling θ (`towards` = ±1). None
    /// where Newton's method finds none.
    pub(super) fn begin(
        response: &'a Response<'a>,
        lean: &'a [f64],
        course: Course,
        v: Vec<f64>,
        theta: f64,
        towards: f64,
    ) -> Option<Curve<'a>> {
        let n = v.len();
        let mut x = v;
        x.push(theta);
        let mut along = vec![0.0; n + 1];
        along[n] = towards;
        let mut curve = Curve {
            response,
            lean,
            course,
            x,
            tangent: along.clone(),
            step: 0.05,
        };
        curve.x = curve.corrected(curve.x.clone(), &along, f64::INFINITY)?.0;
        let linear = curve.linear(&curve.x)?;
        curve.tangent = tangent(&linear, &along)?;
        Some(curve)
    }

    /// θ of the point.
    pub(super) fn theta(&self) -> f64 {
        self.x[self.x.len() - 1]
    }

    /// λ of the point.
    pub(super) fn lambda(&self) -> f64 {
        self.course.at(self.theta()).0
    }

    /// Values of the point.
    pub(super) fn values(&self) -> &[f64] {
        &self.x[..self.x.len() - 1]
    }

    /// Profile of the point.
    pub(super) fn profile(&self) -> Option<Profile> {
        self.profile_at(&self.x)
    }

    /// Takes one step along the curve; none where it is lost.
    pub(super) fn advance(&mut self) -> Option<()> {
        while self.step > SHORTEST {
            let ahead = self.x.iter().zip(&self.tangent);
            let guess: Vec<f64> = ahead.map(|(x, t)| x + self.step * t).collect();
            if let Some((x, iterations)) = self.corrected(guess, &self.tangent, NEAR * self.step)
                && let Some(linear) = self.linear(&x)
                && let Some(next) = tangent(&linear, &self.tangent)
                && dot(&next, &self.tangent) > STRAIGHT
            {
                self.x = x;
                self.tangent = next;
                if iterations <= 3 {
                    self.step = (self.step * GROWTH).min(1.0);
                } else if iterations > 5 {
                    self.step *= 0.7;
                }
                return Some(());
            }
            self.step *= 0.4;
        }
        None
    }

    /// The equilibrium at θ exactly, near the point where the way from the last point `from` passes it.
    pub(super) fn crossing(&self, from: &[f64], from_theta: f64, theta: f64) -> Option<Vec<f64>> {
        let n = from.len();
        let share = (theta - from_theta) / (self.theta() - from_theta);
        let ends = from.iter().zip(self.values());
        let mut guess: Vec<f64> = ends.map(|(a, b)| a + share * (b - a)).collect();
        guess.push(theta);
        let mut along = vec![0.0; n + 1];
        along[n] = 1.0;
        let (mut x, _) = self.corrected(guess, &along, f64::INFINITY)?;
        x.truncate(n);
        Some(x)
    }

    /// Newton's method on F(x) = 0 in the plane through `x` across `along`; none where it does not converge or
    /// leads farther than `within`. With the number of iterations.
    fn corrected(&self, mut x: Vec<f64>, along: &[f64], within: f64) -> Option<(Vec<f64>, usize)> {
        let n = x.len() - 1;
        let (mut moved, mut last) = (0.0, f64::INFINITY);
        for iteration in 0..ITERATIONS {
            let linear = self.linear(&x)?;
            let (mut matrix, mut delta) = bordered(&linear, along);
            for (value, r) in delta.iter_mut().zip(&linear.residual) {
                *value = -r;
            }
            delta[n] = 0.0;
            solve(&mut matrix, &mut delta)?;
            let size = norm(&delta);
            moved += size;
            let exact = exactness(self.course.at(x[n]).0);
            if moved > within || (size > 2.0 * last && last > 100.0 * exact) {
                return None;
            }
            for (value, d) in x.iter_mut().zip(&delta) {
                *value += d;
            }
            if size < exact {
                return Some((x, iteration + 1));
            }
            last = size;
        }
        let exact = exactness(self.course.at(x[n]).0);
        (last < 10.0 * exact).then_some((x, ITERATIONS))
    }

    fn profile_at(&self, x: &[f64]) -> Option<Profile> {
        let n = x.len() - 1;
        let (lambda, tau) = self.course.at(x[n]);
        let z: Vec<f64> = match self.lean {
            [] => x[..n].iter().map(|v| lambda * v).collect(),
            lean => x[..n]
                .iter()
                .zip(lean)
                .map(|(v, g)| lambda * v + tau * g)
                .collect(),
        };
        self.response.softmax(&z)
    }

    fn linear(&self, x: &[f64]) -> Option<Linear> {
        let n = x.len() - 1;
        let profile = self.profile_at(x)?;
        let worth = self.response.worth(&profile);
        let residual: Vec<f64> = x.iter().zip(&worth.u).map(|(v, u)| v - u).collect();
        let mut by = self.response.by_logs(&profile, &worth);
        by_exponents(self.response.game, &profile, &mut by);
        let (lambda, _) = self.course.at(x[n]);
        let (faster, leaning) = self.course.slope(x[n]);
        let drift: Vec<f64> = (0..n)
            .map(|k| faster * x[k] + leaning * self.lean.get(k).copied().unwrap_or(0.0))
            .collect();
        let mut rows = Vec::with_capacity(n * (n + 1));
        for (i, row) in by.chunks_exact(n.max(1)).enumerate() {
            rows.extend(row.iter().map(|m| -lambda * m));
            rows[i * (n + 1) + i] += 1.0;
            rows.push(-dot(row, &drift));
        }
        Some(Linear { residual, rows })
    }
}

/// Length of a correction below which Newton's method has converged: probabilities are then exact to six digits, as
/// far as doubles allow.
fn exactness(lambda: f64) -> f64 {
    (1e-6 / (1.0 + lambda)).clamp(3e-13, 1e-8)
}

/// The system with one more row, `along`.
fn bordered(linear: &Linear, along: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut matrix = linear.rows.clone();
    matrix.extend_from_slice(along);
    (matrix, vec![0.0; along.len()])
}

/// The unit vector along the curve that points like `like`.
fn tangent(linear: &Linear, like: &[f64]) -> Option<Vec<f64>> {
    let (mut matrix, mut t) = bordered(linear, like);
    t[like.len() - 1] = 1.0;
    solve(&mut matrix, &mut t)?;
    let size = norm(&t);
    t.iter_mut().for_each(|value| *value /= size);
    Some(t)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}
