//! One number at a time: the best guesses, then each number at each of its values.

/// Rows of the design.
pub(super) fn count(values: &[Vec<f64>]) -> u64 {
    1 + values.iter().map(|values| values.len() as u64).sum::<u64>()
}

/// Row `at`; NaN for a precision that is that of the best guesses' solution.
pub(super) fn row(base: &[Option<f64>], values: &[Vec<f64>], at: u64) -> Vec<f64> {
    let mut row: Vec<f64> = base.iter().map(|base| base.unwrap_or(f64::NAN)).collect();
    let Some(mut rest) = at.checked_sub(1) else {
        return row;
    };
    for (number, values) in row.iter_mut().zip(values) {
        match usize::try_from(rest).ok().and_then(|rest| values.get(rest)) {
            Some(value) => {
                *number = *value;
                return row;
            }
            None => rest -= values.len() as u64,
        }
    }
    row
}
