//! Scores of forecasts, and differences of scores with intervals.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;

/// How a model's forecasts compare with what happened. Errors are in units of the scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Cases forecast.
    pub cases: usize,
    /// Mean absolute error.
    pub mean_error: f64,
    /// Median absolute error.
    pub median_error: f64,
    /// Root of the mean squared error.
    pub root_mean_square: f64,
    /// Share of outcomes within 5 of the forecast.
    pub within_5: f64,
    /// Share within 10.
    pub within_10: f64,
    /// Mean continuous ranked probability score.
    pub crps: f64,
    /// Share of outcomes in the central 50 % of the distribution.
    pub coverage_50: f64,
    /// In the central 80 %.
    pub coverage_80: f64,
    /// In the central 95 %.
    pub coverage_95: f64,
}

/// A forecast of a case, and what happened.
pub(super) struct Answer {
    pub group: usize,
    pub point: f64,
    pub distribution: Distribution,
    pub outcome: f64,
}

impl Answer {
    pub fn error(&self) -> f64 {
        (self.point - self.outcome).abs()
    }

    pub fn crps(&self) -> f64 {
        self.distribution.crps(self.outcome)
    }
}

pub(super) fn score(answers: &[&Answer]) -> Score {
    let n = answers.len() as f64;
    let mut errors: Vec<f64> = answers.iter().map(|answer| answer.error()).collect();
    errors.sort_by(f64::total_cmp);
    let share = |good: &dyn Fn(&Answer) -> bool| {
        answers.iter().filter(|answer| good(answer)).count() as f64 / n
    };
    let covered = |width: f64| {
        let part = |answer: &&Answer| answer.distribution.coverage(answer.outcome, width);
        answers.iter().map(part).sum::<f64>() / n
    };
    let half = errors.len() / 2;
    let median = match errors.get(half) {
        None => f64::NAN,
        Some(upper) if errors.len() % 2 == 1 => *upper,
        Some(upper) => f64::midpoint(errors[half - 1], *upper),
    };
    Score {
        cases: answers.len(),
        mean_error: errors.iter().sum::<f64>() / n,
        median_error: median,
        root_mean_square: (errors.iter().map(|e| e * e).sum::<f64>() / n).sqrt(),
        within_5: share(&|answer| answer.error() <= 5.0),
        within_10: share(&|answer| answer.error() <= 10.0),
        crps: answers.iter().map(|answer| answer.crps()).sum::<f64>() / n,
        coverage_50: covered(0.5),
        coverage_80: covered(0.8),
        coverage_95: covered(0.95),
    }
}

/// A mean difference with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The mean difference; negative where the model is better than the one it is compared with.
    pub value: f64,
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// The mean of paired differences, with an interval of bootstrapped groups (Efron 1979): whole groups are drawn, so that
/// cases decided together stay together.
pub(super) fn difference(pairs: &[(usize, f64)], resamples: usize, seed: u64) -> Difference {
    let groups = pairs.iter().map(|(group, _)| group + 1).max().unwrap_or(0);
    let mut sums = vec![(0.0, 0.0); groups];
    for (group, d) in pairs {
        sums[*group].0 += d;
        sums[*group].1 += 1.0;
    }
    sums.retain(|(_, count)| *count > 0.0);
    let mean = |(sum, count): (f64, f64)| sum / count;
    let add = |a: (f64, f64), b: &(f64, f64)| (a.0 + b.0, a.1 + b.1);
    let value = mean(sums.iter().fold((0.0, 0.0), add));
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut drawn: Vec<f64> = (0..resamples)
        .map(|_| {
            let draw = (0..sums.len()).map(|_| &sums[random.random_range(0..sums.len())]);
            mean(draw.fold((0.0, 0.0), add))
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let end = |share: f64| {
        let at = (share * (drawn.len().saturating_sub(1)) as f64).round();
        drawn.get(at as usize).copied().unwrap_or(value)
    };
    Difference {
        value,
        lower: end(0.025),
        upper: end(0.975),
    }
}
