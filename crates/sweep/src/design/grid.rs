//! Grids: every combination of values.

/// The number of combinations, if it is one that fits.
pub(super) fn count(values: &[Vec<f64>]) -> Option<u64> {
    values.iter().try_fold(1_u64, |count, values| {
        count.checked_mul(values.len() as u64)
    })
}

/// Combination `at`; the last number changes fastest.
pub(super) fn row(values: &[Vec<f64>], at: u64) -> Vec<f64> {
    let mut rest = at;
    let mut row = vec![f64::NAN; values.len()];
    for (number, values) in row.iter_mut().zip(values).rev() {
        let count = (values.len() as u64).max(1);
        if let Some(value) = values.get((rest % count) as usize) {
            *number = *value;
        }
        rest /= count;
    }
    row
}
