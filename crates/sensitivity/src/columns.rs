//! Orders, ranks and moments of a column of numbers.

/// The rows in rising order of their value; rows of equal value keep their order.
pub(crate) fn order(column: &[f64]) -> Vec<u32> {
    // Value and row in one whole number: comparing these is what sorting does fastest.
    let keyed = column.iter().zip(0_u32..);
    let mut keyed: Vec<u128> = keyed
        .map(|(value, row)| u128::from(rising(*value)) << 32 | u128::from(row))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|key| key as u32).collect()
}

/// A whole number that rises with the value, and is the same for both zeros.
fn rising(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    }
}

/// The values in rising order.
pub(crate) fn sorted(column: &[f64]) -> Vec<f64> {
    let mut sorted = column.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// Ranks from 1; equal values share the mean of their ranks.
pub(crate) fn ranks(column: &[f64]) -> Vec<f64> {
    let order = order(column);
    let mut ranks = vec![0.0; column.len()];
    let mut first = 0;
    while first < order.len() {
        let value = column[order[first] as usize];
        let same = order[first..]
            .iter()
            .take_while(|&&row| column[row as usize] == value);
        let last = first + same.count();
        for &row in &order[first..last] {
            ranks[row as usize] = (first + last + 1) as f64 / 2.0;
        }
        first = last;
    }
    ranks
}

/// Σ aᵢ bᵢ, in eight sums side by side, so that none waits for the last.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    for (a, b) in a.iter().zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean squared distance from the mean.
pub(crate) fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / values.len() as f64
}

/// The smallest and the largest value.
pub(crate) fn extent(values: &[f64]) -> (f64, f64) {
    values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
}
