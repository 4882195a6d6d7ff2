//! Sobol' indices from a Saltelli design: which share of an output's variance each input answers for.
//!
//! For base point i the design has the points A, `AB_1` … `AB_d` (A with column j taken from B), for second order
//! also `BA_1` … `BA_d`, and B: the row order of `SALib`.

use crate::error::SensitivityError;
use crate::parallel;
use crate::resample::{Estimate, check_confidence, counts, half_width, stream};
use crate::sample::{check_outputs, enough};

/// Which estimator of first-order indices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstOrder {
    /// Mean of B (`AB_j` − A) over the variance (Saltelli et al. 2010, Table 2, eq. (b)).
    #[default]
    Saltelli,
    /// One less the mean of (B − `AB_j`)² over twice the variance (Jansen 1999; Saltelli et al. 2010, Table 2, eq. (c)).
    Jansen,
}

/// How Sobol' indices are estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolOptions {
    /// Whether the design has the `BA` points, and second-order indices are wanted.
    pub second_order: bool,
    /// The estimator of first-order indices.
    pub first_order: FirstOrder,
    /// Bootstrap resamples for the intervals; 0 for none.
    pub resamples: usize,
    /// Confidence of the intervals, between 0 and 1.
    pub confidence: f64,
    /// Seed of the resamples.
    pub seed: u64,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for SobolOptions {
    fn default() -> Self {
        Self {
            second_order: true,
            first_order: FirstOrder::Saltelli,
            resamples: 100,
            confidence: 0.95,
            seed: 1,
            threads: 1,
        }
    }
}

/// Shares of the output's variance.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// Of each input by itself.
    pub first: Vec<Estimate>,
    /// Of each input with everything it takes part in.
    pub total: Vec<Estimate>,
    /// Of each pair together, beyond what each does by itself: inputs j < k in the order (0, 1), (0, 2), …, (1, 2), …;
    /// empty unless asked for. See [`Indices::pair`].
    pub second: Vec<Estimate>,
    /// Base points used.
    pub base_points: usize,
    /// Base points left out because one of their rows failed.
    pub dropped: usize,
}

impl Indices {
    /// The second-order index of two different inputs, in any order.
    #[must_use]
    pub fn pair(&self, one: usize, other: usize) -> Option<Estimate> {
        let (j, k, d) = (one.min(other), one.max(other), self.first.len());
        if j == k || k >= d {
            return None;
        }
        self.second
            .get(j * (2 * d - j - 1) / 2 + k - j - 1)
            .copied()
    }
}

/// Rows of the design for each base point.
#[must_use]
pub fn rows_per_base_point(inputs: usize, second_order: bool) -> usize {
    if second_order {
        inputs.saturating_mul(2).saturating_add(2)
    } else {
        inputs.saturating_add(2)
    }
}

/// Sobol' indices of first order, total (Jansen 1999) and, if asked for, second order (Saltelli 2002) from the outputs
/// of a Saltelli design in the row order of this module. Outputs are first centred and divided by their standard
/// deviation. A base point with a failed row (NaN) is left out whole.
///
/// # Errors
/// No inputs, rows that are not whole blocks, infinite outputs, fewer than two base points, a constant output, a
/// confidence outside 0 … 1.
pub fn sobol(
    outputs: &[f64],
    inputs: usize,
    options: &SobolOptions,
) -> Result<Indices, SensitivityError> {
    check_confidence(options.confidence)?;
    let block = rows_per_base_point(inputs, options.second_order);
    let (values, dropped) = usable(outputs, inputs, block)?;
    let layout = Layout {
        inputs,
        block,
        pairs: options.second_order,
        first_order: options.first_order,
    };
    let base_points = values.len() / block;
    let ones = vec![1; base_points];
    let point = layout.estimates(&values, &[ones]).pop().unwrap_or_default();

    let groups = options.resamples.div_ceil(GROUP);
    let resampled = parallel::map(groups, options.threads, |group| {
        let members = group * GROUP..((group + 1) * GROUP).min(options.resamples);
        let drawn: Vec<Vec<u32>> = members
            .map(|r| counts(base_points, &mut stream(options.seed, r)))
            .collect();
        layout.estimates(&values, &drawn)
    });
    let resampled: Vec<Vec<f64>> = resampled.into_iter().flatten().collect();
    let all: Vec<Estimate> = (point.iter().enumerate())
        .map(|(i, &value)| {
            let draws: Vec<f64> = resampled.iter().map(|resample| resample[i]).collect();
            Estimate {
                value,
                half_width: half_width(&draws, options.confidence),
            }
        })
        .collect();
    Ok(Indices {
        first: all[..inputs].to_vec(),
        total: all[inputs..2 * inputs].to_vec(),
        second: all[2 * inputs..].to_vec(),
        base_points,
        dropped,
    })
}

/// The outputs of whole blocks, centred and scaled, and the number of blocks that failed.
fn usable(
    outputs: &[f64],
    inputs: usize,
    block: usize,
) -> Result<(Vec<f64>, usize), SensitivityError> {
    if inputs == 0 {
        return Err(SensitivityError::NoInputs);
    }
    let rows = outputs.len();
    if !rows.is_multiple_of(block) {
        return Err(SensitivityError::Blocks { rows, block });
    }
    check_outputs(outputs)?;
    let mut values: Vec<f64> = outputs
        .chunks_exact(block)
        .filter(|rows| !rows.iter().any(|value| value.is_nan()))
        .flatten()
        .copied()
        .collect();
    enough("base points", values.len() / block, 2)?;
    let dropped = (rows - values.len()) / block;
    let first = values[0];
    if values.iter().all(|value| *value == first) {
        return Err(SensitivityError::Constant { value: first });
    }
    let mean = crate::columns::mean(&values);
    let deviation = crate::columns::variance(&values).sqrt();
    for value in &mut values {
        *value = (*value - mean) / deviation;
    }
    Ok((values, dropped))
}

/// Resamples whose sums are taken in one pass over the outputs.
const GROUP: usize = 8;
/// Base points whose products are held at a time; they stay in the fastest cache.
const CHUNK: usize = 64;

/// Where things stand in a block of outputs, and which sums the estimators need.
///
/// All estimators are ratios of sums over base points of products that do not change between resamples: a resample
/// only weighs the base points. Hence one matrix product, weights × products.
struct Layout {
    inputs: usize,
    block: usize,
    pairs: bool,
    first_order: FirstOrder,
}

impl Layout {
    fn products(&self) -> usize {
        let d = self.inputs;
        let pairs = if self.pairs { 1 + d * (d - 1) / 2 } else { 0 };
        2 + 2 * d + pairs
    }

    /// The products of one base point: sum and sum of squares of A and B, first order and total of every input, then
    /// A B and `BA_j` `AB_k` of every pair.
    fn fill(&self, rows: &[f64], products: &mut [f64]) {
        let d = self.inputs;
        let (a, b) = (rows[0], rows[self.block - 1]);
        products[0] = a + b;
        products[1] = a * a + b * b;
        let (first, rest) = products[2..].split_at_mut(d);
        let (total, pairs) = rest.split_at_mut(d);
        for (j, &ab) in rows[1..=d].iter().enumerate() {
            first[j] = match self.first_order {
                FirstOrder::Saltelli => b * (ab - a),
                FirstOrder::Jansen => (b - ab) * (b - ab),
            };
            total[j] = (a - ab) * (a - ab);
        }
        if let Some((both, pairs)) = pairs.split_first_mut() {
            *both = a * b;
            let mut rest = pairs;
            for j in 1..d {
                let (here, later) = rest.split_at_mut(d - j);
                let ba = rows[d + j];
                for (product, ab) in here.iter_mut().zip(&rows[j + 1..]) {
                    *product = ba * ab;
                }
                rest = later;
            }
        }
    }

    /// First order, total and second order under each weighting of the base points.
    fn estimates(&self, values: &[f64], weights: &[Vec<u32>]) -> Vec<Vec<f64>> {
        let width = self.products();
        let mut sums = vec![vec![0.0; width]; weights.len()];
        let mut products = vec![0.0; CHUNK * width];
        for (chunk, rows) in values.chunks(CHUNK * self.block).enumerate() {
            let blocks = rows.chunks_exact(self.block);
            for (block, products) in blocks.zip(products.chunks_exact_mut(width)) {
                self.fill(block, products);
            }
            for (weights, sums) in weights.iter().zip(&mut sums) {
                let weights = weights[chunk * CHUNK..].iter();
                for (&weight, products) in weights.zip(products.chunks_exact(width)) {
                    add(sums, f64::from(weight), products);
                }
            }
        }
        let base_points = (values.len() / self.block) as f64;
        sums.iter()
            .map(|sums| self.indices(sums, base_points))
            .collect()
    }

    fn indices(&self, sums: &[f64], base_points: f64) -> Vec<f64> {
        let d = self.inputs;
        let mean = |at: usize| sums[at] / base_points;
        let variance = mean(1) / 2.0 - (mean(0) / 2.0).powi(2);
        // A resample may draw base points of one value only: nothing varies there, and nothing hangs on anything.
        let share = |part: f64| {
            if variance > f64::EPSILON {
                part / variance
            } else {
                0.0
            }
        };
        let first = (0..d).map(|j| match self.first_order {
            FirstOrder::Saltelli => share(mean(2 + j)),
            FirstOrder::Jansen => share(variance - 0.5 * mean(2 + j)),
        });
        let mut found: Vec<f64> = first.collect();
        found.extend((0..d).map(|j| share(0.5 * mean(2 + d + j))));
        if self.pairs {
            let both = mean(2 + 2 * d);
            let mut at = 3 + 2 * d;
            for j in 0..d {
                for k in j + 1..d {
                    found.push(share(mean(at) - both) - found[j] - found[k]);
                    at += 1;
                }
            }
        }
        found
    }
}

#[inline]
fn add(sums: &mut [f64], weight: f64, products: &[f64]) {
    if weight == 0.0 {
        return;
    }
    for (sum, product) in sums.iter_mut().zip(products) {
        *sum += weight * product;
    }
}
