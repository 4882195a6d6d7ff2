//! Elementary effects (Morris 1991; Campolongo, Cariboni & Saltelli 2007): what one step of one input does, at many
//! places.

use crate::columns::{dot, mean, variance};
use crate::error::{SensitivityError, within};
use crate::parallel;
use crate::resample::{Estimate, check_confidence, counts, half_width, stream};
use crate::sample::{check_outputs, checked, enough};

/// How elementary effects are summed up.
#[derive(Clone, Debug, PartialEq)]
pub struct MorrisOptions {
    /// Levels p of the grid on which the trajectories walk, an even number; their step is p / (2 (p − 1)) of an
    /// input's range, and effects are told per whole range.
    pub levels: usize,
    /// Bootstrap resamples for the intervals; 0 for none.
    pub resamples: usize,
    /// Confidence of the intervals, between 0 and 1.
    pub confidence: f64,
    /// Seed of the resamples.
    pub seed: u64,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for MorrisOptions {
    fn default() -> Self {
        Self {
            levels: 4,
            resamples: 100,
            confidence: 0.95,
            seed: 1,
            threads: 1,
        }
    }
}

/// The elementary effects of one input, in units of the output per whole range of the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// Their mean μ.
    pub mu: f64,
    /// The mean of their sizes μ*.
    pub mu_star: Estimate,
    /// Their standard deviation σ: how much the effect hangs on where it is taken.
    pub sigma: f64,
    /// Trajectories used.
    pub trajectories: usize,
    /// Trajectories left out because one of their rows failed.
    pub dropped: usize,
}

/// The elementary effects of every input from trajectories of `inputs` + 1 points that follow one another; each step
/// changes one input, each input once. A trajectory with a failed row (NaN) is left out whole.
///
/// # Errors
/// No inputs, ragged or unequal arrays, inputs that are not finite, infinite outputs, rows that are not whole
/// trajectories, a step that changes several inputs or one for the second time, fewer than two trajectories, odd
/// levels, a confidence outside 0 … 1.
pub fn morris(
    points: &[f64],
    inputs: usize,
    outputs: &[f64],
    options: &MorrisOptions,
) -> Result<Vec<Effects>, SensitivityError> {
    check_confidence(options.confidence)?;
    let levels = options.levels;
    let even = levels >= 2 && levels.is_multiple_of(2);
    within("levels", levels as f64, even, "an even number from 2")?;
    let rows = checked(points, inputs)?;
    if rows != outputs.len() {
        return Err(SensitivityError::Unequal {
            points: rows,
            outputs: outputs.len(),
        });
    }
    check_outputs(outputs)?;
    enough("rows", rows, 2)?;
    let size = inputs + 1;
    if !rows.is_multiple_of(size) {
        return Err(SensitivityError::Blocks { rows, block: size });
    }
    let step = levels as f64 / (2.0 * (levels - 1) as f64);
    // Trajectory by trajectory, one effect of each input.
    let mut effects = Vec::with_capacity(rows / size * inputs);
    let mut dropped = 0;
    let trajectories = points
        .chunks_exact(size * inputs)
        .zip(outputs.chunks_exact(size));
    for (trajectory, (points, outputs)) in trajectories.enumerate() {
        if outputs.iter().any(|output| output.is_nan()) {
            dropped += 1;
            continue;
        }
        let begun = effects.len();
        effects.resize(begun + inputs, f64::NAN);
        walk(trajectory, points, outputs, step, &mut effects[begun..])?;
    }
    let count = effects.len() / inputs;
    enough("trajectories", count, 2)?;
    // From here on input by input: sums over all trajectories then run through memory in order.
    let by_input = |j: usize| effects.iter().skip(j).step_by(inputs).copied();
    let sizes: Vec<Vec<f64>> = (0..inputs)
        .map(|j| by_input(j).map(f64::abs).collect())
        .collect();
    // Resamples draw whole trajectories, the same for all inputs.
    let resampled = parallel::map(options.resamples, options.threads, |r| {
        let drawn = counts(count, &mut stream(options.seed, r));
        let times: Vec<f64> = drawn.into_iter().map(f64::from).collect();
        let mean_size = |sizes: &Vec<f64>| dot(sizes, &times) / count as f64;
        sizes.iter().map(mean_size).collect::<Vec<f64>>()
    });
    let effects_of = |(j, sizes): (usize, &Vec<f64>)| {
        let of_input: Vec<f64> = by_input(j).collect();
        let draws: Vec<f64> = resampled.iter().map(|stars| stars[j]).collect();
        Effects {
            mu: mean(&of_input),
            mu_star: Estimate {
                value: mean(sizes),
                half_width: half_width(&draws, options.confidence),
            },
            sigma: (variance(&of_input) * count as f64 / (count as f64 - 1.0)).sqrt(),
            trajectories: count,
            dropped,
        }
    };
    Ok(sizes.iter().enumerate().map(effects_of).collect())
}

/// Fills in the effects that one trajectory tells; they are NaN before.
fn walk(
    trajectory: usize,
    points: &[f64],
    outputs: &[f64],
    step: f64,
    effects: &mut [f64],
) -> Result<(), SensitivityError> {
    let inputs = effects.len();
    for at in 0..inputs {
        let (from, to) = points[at * inputs..(at + 2) * inputs].split_at(inputs);
        let mut changed = (0..inputs).filter(|&j| from[j] != to[j]);
        match (changed.next(), changed.next()) {
            (Some(j), None) if effects[j].is_nan() => {
                let rise = (outputs[at + 1] - outputs[at]) / step;
                effects[j] = if to[j] > from[j] { rise } else { -rise };
            }
            _ => {
                return Err(SensitivityError::Trajectory {
                    trajectory: trajectory + 1,
                    step: at + 1,
                });
            }
        }
    }
    Ok(())
}
