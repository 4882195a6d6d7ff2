//! Round numbers for axes, and labels that keep out of each other's way.

use crate::number;

/// A stretch of numbers with round ticks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) ticks: Vec<f64>,
    percent: bool,
}

impl Scale {
    /// Exactly from `low` to `high`, with about `most` ticks inside.
    pub(crate) fn exact(low: f64, high: f64, most: usize, percent: bool) -> Scale {
        let step = round_step((high - low) / most.max(1) as f64);
        let first = (low / step - 1e-9).ceil();
        let count = ((high - first * step) / step + 1e-9).floor().max(0.0) as usize;
        // Counted in steps, so that no tick is 0.30000000000000004.
        let ticks = (0..=count.min(50)).map(|i| rounded((first + i as f64) * step, step));
        Scale {
            low,
            high,
            ticks: ticks.collect(),
            percent,
        }
    }

    /// Probabilities from 0 to 1.
    pub(crate) fn probability() -> Scale {
        Scale {
            low: 0.0,
            high: 1.0,
            ticks: vec![0.0, 0.25, 0.5, 0.75, 1.0],
            percent: true,
        }
    }

    /// Around some numbers, widened to round ones.
    pub(crate) fn around(values: impl Iterator<Item = f64>, most: usize) -> Scale {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let size = low.abs().max(high.abs());
        // No solution is exact enough to tell such numbers apart.
        if high - low <= 1e-6 * size.max(1.0) || high <= low {
            let room = if size > 0.0 { size * 0.5 } else { 1.0 };
            (low, high) = (low - room, high + room);
        }
        let step = round_step((high - low) / most.max(1) as f64);
        let low = rounded((low / step + 1e-9).floor() * step, step);
        let high = rounded((high / step - 1e-9).ceil() * step, step);
        Scale::exact(low, high, most + 1, false)
    }

    /// Where a number lies, 0 at the low end and 1 at the high end.
    pub(crate) fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// A number of this scale in words.
    pub(crate) fn words(&self, value: f64) -> String {
        number::plain(value, self.percent)
    }
}

/// The nearest of 1, 2, 2.5 and 5 times a power of ten that is not smaller.
fn round_step(step: f64) -> f64 {
    if !step.is_finite() || step <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(step.log10().floor());
    let digits = step / power;
    let round = [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .find(|round| digits <= round * (1.0 + 1e-9));
    round.unwrap_or(10.0) * power
}

/// A multiple of a step without the dust of floating point.
fn rounded(value: f64, step: f64) -> f64 {
    let decimals = (2.0 - step.log10().floor()).clamp(0.0, 15.0) as i32;
    let scale = 10f64.powi(decimals);
    (value * scale).round() / scale
}

/// Moves places as little as is needed for neighbours to stand `apart` from each other between `low` and `high`,
/// keeping their order (ties by position in the list). Where there is too little room, they stand closer.
pub(crate) fn spread(places: &[f64], apart: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| places[a].total_cmp(&places[b]).then(a.cmp(&b)));
    let room = (high - low) / places.len().saturating_sub(1).max(1) as f64;
    let apart = apart.min(room);
    // Groups of labels that touch: the sum of where its members would have it start, and their number.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for &i in &order {
        groups.push((places[i], 1));
        while let [.., before, last] = groups[..] {
            let end = start(before, apart, low, high) + before.1 as f64 * apart;
            if start(last, apart, low, high) >= end - 1e-12 {
                break;
            }
            groups.pop();
            groups.pop();
            let shifted = last.0 - last.1 as f64 * before.1 as f64 * apart;
            groups.push((before.0 + shifted, before.1 + last.1));
        }
    }
    let mut moved = vec![0.0; places.len()];
    let mut next = order.into_iter();
    for group in groups {
        let from = start(group, apart, low, high);
        for (k, i) in next.by_ref().take(group.1).enumerate() {
            moved[i] = from + k as f64 * apart;
        }
    }
    moved
}

/// Where the first label of a group stands: at the mean of what its members wish, the k-th of which wishes k × `apart`
/// less than its own place.
fn start((wish, members): (f64, usize), apart: f64, low: f64, high: f64) -> f64 {
    let mean = wish / members as f64;
    let latest = high - (members - 1) as f64 * apart;
    mean.min(latest).max(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let scale = Scale::exact(0.05, 0.95, 5, true);
        assert_eq!(scale.ticks, [0.2, 0.4, 0.6, 0.8]);
        assert_eq!(scale.words(0.6).replace('\u{a0}', " "), "60 %");
        assert_eq!(Scale::exact(0.0, 0.3, 3, false).ticks, [0.0, 0.1, 0.2, 0.3]);
        let around = Scale::around([0.612, 0.847].into_iter(), 4);
        assert!(around.low <= 0.612 && around.high >= 0.847, "{around:?}");
        let level = Scale::around([2.0, 2.0].into_iter(), 4);
        assert!(level.low < 2.0 && level.high > 2.0, "{level:?}");
        let nothing = Scale::around([].into_iter(), 4);
        assert!(nothing.low < nothing.high);
    }

    #[test]
    fn labels_keep_apart_and_in_order() {
        assert_eq!(spread(&[10.0, 50.0], 12.0, 0.0, 100.0), [10.0, 50.0]);
        let moved = spread(&[50.0, 52.0, 51.0], 12.0, 0.0, 100.0);
        assert_eq!(moved, [39.0, 63.0, 51.0]);
        let low = spread(&[0.0, 0.0, 0.0], 10.0, 0.0, 100.0);
        assert_eq!(low, [0.0, 10.0, 20.0]);
        let high = spread(&[100.0, 99.0], 10.0, 0.0, 100.0);
        assert_eq!(high, [100.0, 90.0]);
        let tight = spread(&[5.0, 5.0, 5.0], 10.0, 0.0, 10.0);
        assert_eq!(tight, [0.0, 5.0, 10.0]);
        assert!(spread(&[], 10.0, 0.0, 1.0).is_empty());
    }
}
