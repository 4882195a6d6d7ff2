//! PAWN (Pianosi & Wagener 2018): how far the output's distribution moves when one input is held in a slice of its
//! range, as Kolmogorov–Smirnov distances.

use crate::columns::{mean, order, sorted, variance};
use crate::error::{SensitivityError, within};
use crate::parallel;
use crate::sample::Sample;

/// Kolmogorov–Smirnov distances, 0 … 1, between the output in each slice of one input and the output overall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pawn {
    /// The smallest.
    pub minimum: f64,
    /// Their mean.
    pub mean: f64,
    /// Their median, the usual index.
    pub median: f64,
    /// The largest.
    pub maximum: f64,
    /// Their standard deviation over their mean.
    pub variation: f64,
    /// Slices that hold rows; fewer than asked for where an input has few values.
    pub slices: usize,
}

/// PAWN indices of every input over `slices` slices that hold equally many rows. As in `SALib`, a slice runs from one
/// quantile (included) to the next (left out), hence the rows at an input's largest value belong to none.
///
/// # Errors
/// No slices, fewer rows than slices, a constant output.
pub fn pawn(sample: &Sample, slices: usize, threads: usize) -> Result<Vec<Pawn>, SensitivityError> {
    within(
        "the number of slices",
        slices as f64,
        slices > 0,
        "at least 1",
    )?;
    sample.varied(slices.max(2))?;
    let by_output = order(sample.output());
    Ok(parallel::map(sample.inputs(), threads, |input| {
        let slice = sliced(sample.input(input), slices);
        summary(distances(sample.output(), &by_output, &slice, slices))
    }))
}

/// The slice of every row; `slices` where it belongs to none.
fn sliced(column: &[f64], slices: usize) -> Vec<usize> {
    let sorted = sorted(column);
    let step = 1.0 / slices as f64;
    let edges: Vec<f64> = (0..=slices)
        .map(|s| quantile(&sorted, (s as f64 * step).min(1.0)))
        .collect();
    column
        .iter()
        .map(|value| match edges.partition_point(|edge| edge <= value) {
            0 => slices,
            above => above - 1,
        })
        .collect()
}

/// The quantile with linear interpolation (Hyndman & Fan 1996, definition 7), interpolated from the nearer end.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = (at.floor() as usize).min(sorted.len() - 1);
    let value = |at: usize| sorted[at.min(sorted.len() - 1)];
    let (low, high, t) = (value(below), value(below + 1), at - at.floor());
    if t >= 0.5 {
        high - (high - low) * (1.0 - t)
    } else {
        low + (high - low) * t
    }
}

/// The distance of every slice that holds rows.
///
/// Between two outputs of a slice its own distribution function stands still while that of all rows rises, so that
/// the distance is largest just before or at an output of the slice.
fn distances(output: &[f64], by_output: &[u32], slice: &[usize], slices: usize) -> Vec<f64> {
    let mut sizes = vec![0_usize; slices + 1];
    for &s in slice {
        sizes[s] += 1;
    }
    let all = output.len() as f64;
    let mut seen = vec![0_usize; slices + 1];
    let mut largest = vec![0.0_f64; slices + 1];
    let apart = |s: usize, seen: usize, rows: usize| {
        (seen as f64 / sizes[s] as f64 - rows as f64 / all).abs()
    };
    let mut first = 0;
    while first < by_output.len() {
        let value = output[by_output[first] as usize];
        let same = by_output[first..]
            .iter()
            .take_while(|&&row| output[row as usize] == value)
            .count();
        let group = &by_output[first..first + same];
        // Before any of the group is counted …
        for &row in group {
            let s = slice[row as usize];
            largest[s] = largest[s].max(apart(s, seen[s], first));
        }
        for &row in group {
            seen[slice[row as usize]] += 1;
        }
        // … and once all of it is.
        for &row in group {
            let s = slice[row as usize];
            largest[s] = largest[s].max(apart(s, seen[s], first + same));
        }
        first += same;
    }
    (0..slices)
        .filter(|&s| sizes[s] > 0)
        .map(|s| largest[s])
        .collect()
}

fn summary(mut distances: Vec<f64>) -> Pawn {
    // An input of one value has no slice with rows: nothing can be held apart.
    if distances.is_empty() {
        distances.push(0.0);
        return Pawn {
            slices: 0,
            ..summary(distances)
        };
    }
    distances.sort_unstable_by(f64::total_cmp);
    let count = distances.len();
    let middle = (distances[(count - 1) / 2] + distances[count / 2]) / 2.0;
    let average = mean(&distances);
    Pawn {
        minimum: distances[0],
        mean: average,
        median: middle,
        maximum: distances[count - 1],
        variation: if average > 0.0 {
            variance(&distances).sqrt() / average
        } else {
            0.0
        },
        slices: count,
    }
}
