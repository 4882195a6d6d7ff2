//! Whether correlations can be together.

/// Pivots down to this count as 0: numbers that are wholly determined by others.
const ROUNDING: f64 = 1e-9;

/// The lower triangle L with L Lᵀ = a symmetric matrix, given by its rows; none where that is not positive semidefinite,
/// and so no matrix of correlations.
#[must_use]
pub fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let count = matrix.len();
    let mut factor = vec![vec![0.0; count]; count];
    for i in 0..count {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let rest = matrix[i][j] - sum;
            if i == j {
                if rest < -ROUNDING {
                    return None;
                }
                factor[i][i] = if rest <= ROUNDING { 0.0 } else { rest.sqrt() };
            } else if factor[j][j] > 0.0 {
                factor[i][j] = rest / factor[j][j];
            } else if rest.abs() > ROUNDING.sqrt() {
                return None;
            }
        }
    }
    Some(factor)
}
