//! Bootstrap resamples, and intervals from them (Efron 1979; normal approximation as in Archer, Saltelli & Sobol' 1997).

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use statrs::function::erf::erf_inv;

use crate::error::{SensitivityError, within};

/// An estimate with its interval: `value` ± `half_width`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Half the width of its confidence interval; 0 without resamples.
    pub half_width: f64,
}

/// The random numbers of one resample: they depend on the seed and the resample's number alone.
pub(crate) fn stream(seed: u64, resample: usize) -> Pcg64Mcg {
    // Odd multiples of the golden ratio keep the streams' seeds apart.
    let apart = (resample as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Pcg64Mcg::seed_from_u64(seed ^ apart)
}

/// How often each of `rows` rows is drawn in `rows` draws with replacement.
pub(crate) fn counts(rows: usize, random: &mut Pcg64Mcg) -> Vec<u32> {
    let mut counts = vec![0; rows];
    for _ in 0..rows {
        counts[random.random_range(0..rows)] += 1;
    }
    counts
}

/// Half the width of a normal interval in standard deviations.
pub(crate) fn quantile(confidence: f64) -> f64 {
    std::f64::consts::SQRT_2 * erf_inv(confidence)
}

/// Half the width of the interval that resampled values tell.
pub(crate) fn half_width(resampled: &[f64], confidence: f64) -> f64 {
    if resampled.len() < 2 {
        return 0.0;
    }
    let n = resampled.len() as f64;
    let mean = resampled.iter().sum::<f64>() / n;
    let squares: f64 = resampled.iter().map(|value| (value - mean).powi(2)).sum();
    quantile(confidence) * (squares / (n - 1.0)).sqrt()
}

pub(crate) fn check_confidence(confidence: f64) -> Result<(), SensitivityError> {
    let good = confidence > 0.0 && confidence < 1.0;
    within("the confidence", confidence, good, "between 0 and 1")
}
