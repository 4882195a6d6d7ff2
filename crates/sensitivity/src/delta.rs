//! The moment-independent measure δ (Borgonovo 2007) from given data (Plischke, Borgonovo & Smith 2013), and
//! first-order indices by the same classes.
//!
//! An input's values are cut into classes of equally many rows. δ is half the area between the density of the output
//! overall and in a class, on average: 0 where the input does not matter, 1 where it decides everything.

use crate::columns::{extent, mean, order};
use crate::error::SensitivityError;
use crate::kernel::{Grid, POINTS, half_area_between};
use crate::parallel;
use crate::resample::{Estimate, check_confidence, counts, half_width, stream};
use crate::sample::Sample;

/// How δ is estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct DeltaOptions {
    /// Bootstrap resamples, which correct the bias and tell the intervals; 0 for neither.
    pub resamples: usize,
    /// Confidence of the intervals, between 0 and 1.
    pub confidence: f64,
    /// Seed of the resamples.
    pub seed: u64,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for DeltaOptions {
    fn default() -> Self {
        Self {
            resamples: 100,
            confidence: 0.95,
            seed: 1,
            threads: 1,
        }
    }
}

/// What the output's distribution owes to one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delta {
    /// δ without its bias: twice the raw estimate less the mean of the resampled ones (Plischke et al. 2013, eq. 30).
    /// Noise can put it a little below 0. (SALib 1.6 takes the first of these from a resample too, not from the sample, so that
    /// its corrected values lie higher.)
    pub delta: Estimate,
    /// δ as first estimated (eq. 26); noise puts it above 0 for any input.
    pub raw: f64,
    /// First-order index: variance of the classes' means over the variance.
    pub first: Estimate,
}

/// δ and first-order indices of every input; constant inputs have 0. All inputs share the resamples.
///
/// # Errors
/// Fewer than ten rows, a constant output, a confidence outside 0 … 1.
pub fn delta(sample: &Sample, options: &DeltaOptions) -> Result<Vec<Delta>, SensitivityError> {
    check_confidence(options.confidence)?;
    let prepared = Prepared::of(sample, options.threads)?;
    let ones = vec![1; sample.rows()];
    let base = prepared.measures(&ones);
    let resampled = parallel::map(options.resamples, options.threads, |r| {
        prepared.measures(&counts(sample.rows(), &mut stream(options.seed, r)))
    });
    let estimate = |raw: f64, resampled: &[f64], correct: bool| Estimate {
        value: if correct && !resampled.is_empty() {
            2.0 * raw - mean(resampled)
        } else {
            raw
        },
        half_width: half_width(resampled, options.confidence),
    };
    Ok((base.iter().enumerate())
        .map(|(input, base)| {
            let deltas: Vec<f64> = resampled.iter().map(|r| r[input].delta).collect();
            let firsts: Vec<f64> = resampled.iter().map(|r| r[input].first).collect();
            Delta {
                delta: estimate(base.delta, &deltas, true),
                raw: base.delta,
                first: estimate(base.first, &firsts, false),
            }
        })
        .collect())
}

/// δ of every input as first estimated, without resamples.
///
/// # Errors
/// As [`delta`].
pub fn delta_raw(sample: &Sample, threads: usize) -> Result<Vec<f64>, SensitivityError> {
    let prepared = Prepared::of(sample, threads)?;
    let measures = prepared.measures(&vec![1; sample.rows()]);
    Ok(measures.iter().map(|measure| measure.delta).collect())
}

/// First-order indices of every input from given data, without resamples.
///
/// # Errors
/// As [`delta`].
pub fn first_order_raw(sample: &Sample, threads: usize) -> Result<Vec<f64>, SensitivityError> {
    let prepared = Prepared::of(sample, threads)?;
    let measures = prepared.measures(&vec![1; sample.rows()]);
    Ok(measures.iter().map(|measure| measure.first).collect())
}

struct Measures {
    delta: f64,
    first: f64,
}

/// What all resamples share.
struct Prepared<'a> {
    output: &'a [f64],
    grid: Grid,
    /// Rows in rising order of each input; none for a constant one.
    orders: Vec<Option<Vec<u32>>>,
    /// The last rank of every class.
    ends: Vec<usize>,
}

impl<'a> Prepared<'a> {
    fn of(sample: &'a Sample, threads: usize) -> Result<Self, SensitivityError> {
        sample.varied(10)?;
        let (low, high) = extent(sample.output());
        let orders = parallel::map(sample.inputs(), threads, |input| {
            let (least, most) = extent(sample.input(input));
            (least < most).then(|| order(sample.input(input)))
        });
        Ok(Self {
            output: sample.output(),
            grid: Grid::between(low, high),
            orders,
            ends: ends(sample.rows()),
        })
    }

    /// The measures of every input where each row occurs so often.
    fn measures(&self, times: &[u32]) -> Vec<Measures> {
        let all: Vec<(f64, f64)> = (self.output.iter().zip(times))
            .filter(|(_, times)| **times > 0)
            .map(|(value, times)| (*value, f64::from(*times)))
            .collect();
        let overall = self.grid.density(&all);
        let (mean, variance) = moments(&all);
        let of = |order: &Option<Vec<u32>>| match (order, &overall) {
            (Some(order), Some(density)) => self.input(order, times, density, mean, variance),
            _ => Measures {
                delta: 0.0,
                first: 0.0,
            },
        };
        self.orders.iter().map(of).collect()
    }

    /// The measures of one input: its rows in order fill one class after another.
    fn input(
        &self,
        order: &[u32],
        times: &[u32],
        overall: &[f64; POINTS],
        mean: f64,
        variance: f64,
    ) -> Measures {
        let rows = self.output.len() as f64;
        let mut found = Measures {
            delta: 0.0,
            first: 0.0,
        };
        let mut class: Vec<(f64, f64)> = Vec::new();
        let (mut rank, mut next) = (0, order.iter());
        // What of the present row is left over for the next class.
        let (mut value, mut left) = (0.0, 0);
        for &end in &self.ends {
            class.clear();
            while rank < end {
                if left == 0 {
                    let Some(&row) = next.next() else { break };
                    value = self.output[row as usize];
                    left = times[row as usize] as usize;
                    continue;
                }
                let taken = left.min(end - rank);
                class.push((value, taken as f64));
                left -= taken;
                rank += taken;
            }
            if class.is_empty() {
                continue;
            }
            let (class_mean, _) = moments(&class);
            let share = class.iter().map(|(_, times)| times).sum::<f64>() / rows;
            found.first += share * (class_mean - mean).powi(2) / variance;
            if let Some(density) = self.grid.density(&class) {
                found.delta += share * half_area_between(overall, &density, self.grid.step);
            }
        }
        found
    }
}

/// The last rank of every class: as many classes of equal size as Plischke et al. (2013) advise for so many rows.
fn ends(rows: usize) -> Vec<usize> {
    let n = rows as f64;
    let exponent = 2.0 / (7.0 + ((1500.0 - n) / 500.0).tanh());
    let classes = n.powf(exponent).ceil().min(48.0) as usize;
    let size = n / classes as f64;
    (1..=classes)
        .map(|class| {
            if class == classes {
                rows
            } else {
                (class as f64 * size) as usize
            }
        })
        .collect()
}

/// Mean and mean squared distance from it.
fn moments(values: &[(f64, f64)]) -> (f64, f64) {
    let (count, mean, squares) = crate::kernel::moments(values);
    (mean, squares / count)
}
