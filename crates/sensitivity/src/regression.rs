//! Regression, partial and rank coefficients: what a straight line says of each input (Saltelli et al. 2008, §1.2;
//! Helton & Davis 2002).

use crate::columns::{mean, ranks, variance};
use crate::error::SensitivityError;
use crate::parallel;
use crate::sample::Sample;

/// Coefficients of one input, each between −1 and 1 where inputs are independent; 0 for a constant input and for one
/// that is a combination of others before it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coefficients {
    /// Standardised regression coefficient: standard deviations of the output per standard deviation of the input.
    pub src: f64,
    /// The same between ranks.
    pub srrc: f64,
    /// Partial correlation: what is left of the correlation when all other inputs are held.
    pub pcc: f64,
    /// The same between ranks.
    pub prcc: f64,
    /// Spearman's rank correlation.
    pub spearman: f64,
}

/// The straight line through a sample, and through its ranks.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// The coefficients of every input.
    pub coefficients: Vec<Coefficients>,
    /// Share of the output's variance that the line tells, R².
    pub r2: f64,
    /// The same between ranks.
    pub rank_r2: f64,
    /// Inputs left out of the line: constant, or a combination of others before them.
    pub aliased: Vec<usize>,
}

/// Coefficients of every input by least squares.
///
/// # Errors
/// Fewer rows than inputs and two more; a constant output.
pub fn regression(sample: &Sample, threads: usize) -> Result<Regression, SensitivityError> {
    sample.varied(sample.inputs() + 2)?;
    let mut columns: Vec<&[f64]> = sample.columns().iter().map(Vec::as_slice).collect();
    columns.push(sample.output());
    let standard = parallel::map(columns.len(), threads, |c| {
        standardised(columns[c].to_vec())
    });
    let ranked = parallel::map(columns.len(), threads, |c| standardised(ranks(columns[c])));
    let plain = Line::through(&standard, threads);
    let rank = Line::through(&ranked, threads);
    let coefficients = (0..sample.inputs())
        .map(|j| Coefficients {
            src: plain.slopes[j],
            srrc: rank.slopes[j],
            pcc: plain.partial[j],
            prcc: rank.partial[j],
            spearman: rank.correlations[j],
        })
        .collect();
    Ok(Regression {
        coefficients,
        r2: plain.r2,
        rank_r2: rank.r2,
        aliased: plain.aliased,
    })
}

/// Mean 0 and variance 1; all 0 for a constant column.
fn standardised(mut column: Vec<f64>) -> Vec<f64> {
    let (mean, deviation) = (mean(&column), variance(&column).sqrt());
    let first = column[0];
    let constant = column.iter().all(|value| *value == first);
    for value in &mut column {
        *value = if constant {
            0.0
        } else {
            (*value - mean) / deviation
        };
    }
    column
}

struct Line {
    slopes: Vec<f64>,
    partial: Vec<f64>,
    correlations: Vec<f64>,
    r2: f64,
    aliased: Vec<usize>,
}

/// Variance of an input that the inputs before it leave, below which it counts as their combination.
const ALIASED: f64 = 1e-10;

impl Line {
    /// The line of the last of some standardised columns over the others.
    fn through(columns: &[Vec<f64>], threads: usize) -> Self {
        let all = columns.len();
        let d = all - 1;
        let correlations = parallel::map(all, threads, |i| -> Vec<f64> {
            (0..=i)
                .map(|j| correlation(&columns[i], &columns[j]))
                .collect()
        });
        let mut matrix: Vec<Vec<f64>> = (0..d)
            .map(|i| (0..d).map(|j| correlations[i.max(j)][i.min(j)]).collect())
            .collect();
        let with_output = correlations[d][..d].to_vec();
        let (inverse, aliased) = inverted(&mut matrix);
        let slopes: Vec<f64> = inverse
            .iter()
            .map(|row| row.iter().zip(&with_output).map(|(a, b)| a * b).sum())
            .collect();
        let r2: f64 = slopes.iter().zip(&with_output).map(|(a, b)| a * b).sum();
        let r2 = r2.clamp(0.0, 1.0);
        // The t statistic of a slope and its partial correlation tell the same: ρ² = t² / (t² + degrees of freedom).
        let partial = slopes.iter().enumerate().map(|(j, slope)| {
            let left = inverse[j][j] * (1.0 - r2);
            match *slope == 0.0 {
                true => 0.0,
                false => slope / (slope * slope + left).sqrt(),
            }
        });
        Self {
            partial: partial.collect(),
            correlations: with_output,
            slopes,
            r2,
            aliased,
        }
    }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / a.len() as f64
}

/// The inverse of a correlation matrix by the sweep operator (Beaton 1964), with zeros for inputs that are combinations of
/// those before them, and which these are.
fn inverted(matrix: &mut [Vec<f64>]) -> (Vec<Vec<f64>>, Vec<usize>) {
    let d = matrix.len();
    let mut aliased = Vec::new();
    for k in 0..d {
        let pivot = matrix[k][k];
        if pivot < ALIASED {
            aliased.push(k);
            continue;
        }
        let row: Vec<f64> = matrix[k].iter().map(|value| value / pivot).collect();
        for (i, line) in matrix.iter_mut().enumerate() {
            if i == k {
                continue;
            }
            let factor = line[k];
            for (value, pivot_value) in line.iter_mut().zip(&row) {
                *value -= factor * pivot_value;
            }
            line[k] = -factor / pivot;
        }
        matrix[k] = row;
        matrix[k][k] = 1.0 / pivot;
    }
    let mut inverse = matrix.to_vec();
    for &gone in &aliased {
        inverse[gone].fill(0.0);
        for row in &mut inverse {
            row[gone] = 0.0;
        }
    }
    (inverse, aliased)
}
