//! Correlated draws: a Gaussian copula.
//!
//! Independent coordinates become normal quantiles, are blended by the Cholesky factor of their correlation matrix,
//! and go back to the unit interval. A rank correlation r (Spearman's) asks for the normal correlation 2 sin(π r / 6)
//! (Pearson 1907). Every point is blended for itself, unlike in Iman & Conover (1982), who reorder a whole sample.

use super::DesignError;
use detente_language::correlation::cholesky;
use statrs::distribution::{ContinuousCDF, Normal};

/// How coordinates hang together.
#[derive(Clone, Debug)]
pub(super) struct Copula {
    normal: Normal,
    /// Lower triangle by rows.
    factor: Vec<Vec<f64>>,
    /// By how much the correlations were shrunk, where that was needed.
    pub(super) shrunk: Option<f64>,
}

impl Copula {
    /// Blends coordinates with these rank correlations (a symmetric matrix with ones on its diagonal).
    pub(super) fn new(ranks: &[Vec<f64>]) -> Result<Copula, DesignError> {
        if cholesky(ranks).is_none() {
            return Err(DesignError::Impossible);
        }
        let normal = Normal::new(0.0, 1.0).map_err(|_| DesignError::Impossible)?;
        let wanted = |share: f64| {
            matrix(ranks, |r| {
                2.0 * (std::f64::consts::PI * r / 6.0).sin() * share
            })
        };
        if let Some(factor) = cholesky(&wanted(1.0)) {
            return Ok(Copula {
                normal,
                factor,
                shrunk: None,
            });
        }
        // Rank correlations that are possible need not be those of any Gaussian copula: the nearest that are, towards
        // independence.
        let (mut possible, mut impossible) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = f64::midpoint(possible, impossible);
            match cholesky(&wanted(middle)) {
                Some(_) => possible = middle,
                None => impossible = middle,
            }
        }
        let factor = cholesky(&wanted(possible)).ok_or(DesignError::Impossible)?;
        Ok(Copula {
            normal,
            factor,
            shrunk: Some(possible),
        })
    }

    /// Blends independent coordinates in (0, 1).
    pub(super) fn blend(&self, cube: &mut [f64]) {
        let open = |u: f64| u.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        let normals: Vec<f64> = cube
            .iter()
            .map(|&u| self.normal.inverse_cdf(open(u)))
            .collect();
        for ((u, &own), row) in cube.iter_mut().zip(&normals).zip(&self.factor) {
            let alone = row.iter().filter(|weight| **weight != 0.0).count() == 1;
            let blended: f64 = row.iter().zip(&normals).map(|(weight, z)| weight * z).sum();
            // What is correlated with nothing before it keeps its own coordinate to the last digit.
            if !(alone && blended.total_cmp(&own).is_eq()) {
                *u = self.normal.cdf(blended);
            }
        }
    }
}

fn matrix(ranks: &[Vec<f64>], of: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    let row = |(i, row): (usize, &Vec<f64>)| {
        let entry = |(j, r): (usize, &f64)| if i == j { 1.0 } else { of(*r) };
        row.iter().enumerate().map(entry).collect()
    };
    ranks.iter().enumerate().map(row).collect()
}
