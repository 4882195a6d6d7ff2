//! Orders, ranks and moments of a column of numbers.

/// The rows in rising order of their value; rows of equal value keep their order.
pub(crate) fn order(column: &[f64]) -> Vec<u32> {
    let mut keyed: Vec<(f64, u32)> = column.iter().copied().zip(0..).collect();
    keyed.sort_unstable_by(|(a, i), (b, j)| a.total_cmp(b).then(i.cmp(j)));
    keyed.into_iter().map(|(_, row)| row).collect()
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
