//! Gaussian kernel densities on a grid of equal steps (Silverman 1986), as `scipy.stats.gaussian_kde` has them.
//!
//! A kernel's values on the grid are exp(−t²/2) uᵐ exp(−m² s²/2) with t the distance to the nearest grid point and s the
//! grid's step, both in bandwidths, u = exp(t s), and m the steps from there (Greengard & Lee 2004): one table for
//! all kernels, two exponentials for each.

/// Where a density is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    low: f64,
    pub(crate) step: f64,
}

/// Points of the grid.
pub(crate) const POINTS: usize = 100;
/// Kernels are below 1e-17 of their height beyond so many bandwidths.
const REACH: f64 = 8.9;

impl Grid {
    pub(crate) fn between(low: f64, high: f64) -> Self {
        let step = (high - low) / (POINTS - 1) as f64;
        Self { low, step }
    }

    /// The density of values that occur so often each, with Silverman's bandwidth; none where they are all equal.
    pub(crate) fn density(&self, values: &[(f64, f64)]) -> Option<[f64; POINTS]> {
        let first = values.first()?.0;
        if values.iter().all(|(value, _)| *value == first) {
            return None;
        }
        let (count, _, squares) = moments(values);
        let bandwidth = (squares / (count - 1.0)).sqrt() * (count * 0.75).powf(-0.2);
        let mut sums = [0.0; POINTS];
        if self.step <= bandwidth {
            self.narrow(values, bandwidth, &mut sums);
        } else {
            self.wide(values, bandwidth, &mut sums);
        }
        let height = 1.0 / (count * bandwidth * std::f64::consts::TAU.sqrt());
        Some(sums.map(|sum| sum * height))
    }

    /// The grid point nearest to a value, and how far the value lies from it.
    fn nearest(&self, value: f64) -> (usize, f64) {
        let at = ((value - self.low) / self.step).round();
        let at = at.clamp(0.0, (POINTS - 1) as f64);
        (at as usize, value - (self.low + at * self.step))
    }

    /// Steps of the grid that are narrow beside the kernels.
    fn narrow(&self, values: &[(f64, f64)], bandwidth: f64, sums: &mut [f64; POINTS]) {
        let s = self.step / bandwidth;
        let reach = ((REACH / s) as usize + 1).min(POINTS - 1);
        let table: [f64; POINTS] = std::array::from_fn(|m| (-0.5 * (m as f64 * s).powi(2)).exp());
        for &(value, times) in values {
            let (at, distance) = self.nearest(value);
            let t = distance / bandwidth;
            let height = times * (-0.5 * t * t).exp();
            let up = (t * s).exp();
            let (below, above) = sums.split_at_mut(at);
            spread(above.iter_mut().zip(&table[..=reach]), height, up);
            let down = up.recip();
            let steps = below.iter_mut().rev().zip(&table[1..=reach]);
            spread(steps, height * down, down);
        }
    }

    /// Steps that are wide beside the kernels: few values of each kernel matter.
    fn wide(&self, values: &[(f64, f64)], bandwidth: f64, sums: &mut [f64; POINTS]) {
        let reach = (REACH * bandwidth / self.step) as usize + 1;
        for &(value, times) in values {
            let (at, _) = self.nearest(value);
            let last = (at + reach).min(POINTS - 1);
            let from = at.saturating_sub(reach);
            for (m, sum) in sums[from..=last].iter_mut().enumerate() {
                let t = (self.low + (from + m) as f64 * self.step - value) / bandwidth;
                *sum += times * (-0.5 * t * t).exp();
            }
        }
    }
}

/// Adds height × ratioᵐ × table\[m\] to the m-th sum.
#[inline]
fn spread<'a>(steps: impl Iterator<Item = (&'a mut f64, &'a f64)>, height: f64, ratio: f64) {
    let mut height = height;
    for (sum, table) in steps {
        *sum += height * table;
        height *= ratio;
    }
}

/// Half the area between two densities on the grid, by the trapezoidal rule.
pub(crate) fn half_area_between(a: &[f64; POINTS], b: &[f64; POINTS], step: f64) -> f64 {
    let gap = |k: usize| (a[k] - b[k]).abs();
    let inner: f64 = (1..POINTS - 1).map(gap).sum();
    0.5 * step * (inner + 0.5 * (gap(0) + gap(POINTS - 1)))
}

/// How many values there are that occur so often each, their mean, and the sum of squared distances from it.
pub(crate) fn moments(values: &[(f64, f64)]) -> (f64, f64, f64) {
    let count: f64 = values.iter().map(|(_, times)| times).sum();
    let sum: f64 = values.iter().map(|(value, times)| value * times).sum();
    let mean = sum / count;
    let apart = values
        .iter()
        .map(|(value, times)| times * (value - mean).powi(2));
    (count, mean, apart.sum())
}
