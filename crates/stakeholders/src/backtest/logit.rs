//! The choice among places: a conditional logit (McFadden 1974), fitted by penalised likelihood.
//!
//! The chance of place `g` is proportional to `exp(β · f(g))`, with the features of [`Places`]: nearness to the centre
//! first, then the marks. A normal prior shrinks every coefficient towards 0.

use super::places::Places;

/// Standard deviation of the prior of every coefficient.
const PRIOR: f64 = 3.0;
/// Newton's steps at most.
const STEPS: usize = 50;
/// A step shorter than this is the last.
const SMALL: f64 = 1e-8;

/// The chances of all places.
pub(super) fn chances(places: &Places, coefficients: &[f64]) -> Vec<f64> {
    let mut scores: Vec<f64> = places
        .nearness
        .iter()
        .map(|d| coefficients[0] * d)
        .collect();
    for (at, mark) in &places.marks {
        scores[*at] += dot(mark, &coefficients[1..]);
    }
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for score in &mut scores {
        *score = (*score - top).exp();
    }
    let sum: f64 = scores.iter().sum();
    for score in &mut scores {
        *score /= sum;
    }
    scores
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The coefficients under which the chosen places are likeliest; the logarithm of the posterior is concave, so
/// Newton's steps, halved where they overshoot, find it.
pub(super) fn fit(cases: &[(&Places, usize)], size: usize) -> Vec<f64> {
    let mut at = vec![0.0; size];
    let mut value = posterior(cases, &at);
    for _ in 0..STEPS {
        let (gradient, hessian) = slopes(cases, &at);
        let mut step = solve(hessian, gradient);
        let mut next = value;
        for _ in 0..STEPS {
            let moved: Vec<f64> = at.iter().zip(&step).map(|(a, s)| a + s).collect();
            next = posterior(cases, &moved);
            if next >= value {
                at = moved;
                break;
            }
            for s in &mut step {
                *s /= 2.0;
            }
        }
        value = next;
        if step.iter().all(|s| s.abs() < SMALL) {
            break;
        }
    }
    at
}

/// The logarithm of the posterior, up to a constant.
fn posterior(cases: &[(&Places, usize)], coefficients: &[f64]) -> f64 {
    let likelihood: f64 = cases
        .iter()
        .map(|(places, chosen)| {
            chances(places, coefficients)[*chosen]
                .max(f64::MIN_POSITIVE)
                .ln()
        })
        .sum();
    likelihood - dot(coefficients, coefficients) / (2.0 * PRIOR * PRIOR)
}

/// Gradient and minus the matrix of second derivatives, row by row.
fn slopes(cases: &[(&Places, usize)], coefficients: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let size = coefficients.len();
    let precision = 1.0 / (PRIOR * PRIOR);
    let mut gradient: Vec<f64> = coefficients.iter().map(|b| -b * precision).collect();
    let mut hessian = vec![0.0; size * size];
    for k in 0..size {
        hessian[k * size + k] = precision;
    }
    for (places, chosen) in cases {
        let p = chances(places, coefficients);
        // Means and products of features; marks are few.
        let mut mean = vec![0.0; size];
        mean[0] = dot(&p, &places.nearness);
        hessian[0] += p
            .iter()
            .zip(&places.nearness)
            .map(|(p, d)| p * d * d)
            .sum::<f64>();
        gradient[0] += places.nearness[*chosen];
        for (at, mark) in &places.marks {
            for (k, a) in mark.iter().enumerate() {
                mean[1 + k] += p[*at] * a;
                if at == chosen {
                    gradient[1 + k] += a;
                }
                let across = p[*at] * a * places.nearness[*at];
                hessian[1 + k] += across;
                hessian[(1 + k) * size] += across;
                for (l, b) in mark.iter().enumerate() {
                    hessian[(1 + k) * size + 1 + l] += p[*at] * a * b;
                }
            }
        }
        for k in 0..size {
            gradient[k] -= mean[k];
            for l in 0..size {
                hessian[k * size + l] -= mean[k] * mean[l];
            }
        }
    }
    (gradient, hessian)
}

/// Solves `a x = b` for a positive definite `a`, row by row, by elimination.
fn solve(mut a: Vec<f64>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for k in 0..n {
        for i in k + 1..n {
            let factor = a[i * n + k] / a[k * n + k];
            for j in k..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
            b[i] -= factor * b[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| a[k * n + j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k * n + k];
    }
    b
}
