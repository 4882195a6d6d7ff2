//! Gaussian elimination with row exchanges, for the small dense systems of one curve or one support.

/// A pivot smaller than this share of the largest entry of its matrix is taken for zero.
const ZERO: f64 = 1e-14;

/// Solves `matrix` · x = `rhs` in place (`matrix` row after row, destroyed). Gives the smallest pivot as a
/// share of the largest one, which is small where the matrix is nearly singular; none where it is singular or
/// not finite.
pub(super) fn solve(matrix: &mut [f64], rhs: &mut [f64]) -> Option<f64> {
    let order = rhs.len();
    let largest = matrix.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for k in 0..order {
        let best = (k..order).max_by(|&a, &b| {
            let size = |row: usize| matrix[row * order + k].abs();
            size(a).total_cmp(&size(b))
        })?;
        if best != k {
            let (above, below) = matrix.split_at_mut(best * order);
            above[k * order..(k + 1) * order].swap_with_slice(&mut below[..order]);
            rhs.swap(k, best);
        }
        let pivot = matrix[k * order + k];
        if !pivot.is_finite() || pivot.abs() <= ZERO * largest {
            return None;
        }
        least = least.min(pivot.abs());
        most = most.max(pivot.abs());
        eliminate_below(matrix, rhs, k);
    }
    for k in (0..order).rev() {
        let row = &matrix[k * order..(k + 1) * order];
        let known: f64 = row[k + 1..]
            .iter()
            .zip(&rhs[k + 1..])
            .map(|(a, x)| a * x)
            .sum();
        rhs[k] = (rhs[k] - known) / row[k];
    }
    let finite = rhs.iter().all(|x| x.is_finite());
    finite.then_some(if order == 0 { 1.0 } else { least / most })
}

fn eliminate_below(matrix: &mut [f64], rhs: &mut [f64], k: usize) {
    let order = rhs.len();
    let (above, below) = matrix.split_at_mut((k + 1) * order);
    let pivot_row = &above[k * order + k..];
    for (i, row) in below.chunks_exact_mut(order).enumerate() {
        let factor = row[k] / pivot_row[0];
        if factor != 0.0 {
            for (value, p) in row[k..].iter_mut().zip(pivot_row) {
                *value -= factor * p;
            }
            rhs[k + 1 + i] -= factor * rhs[k];
        }
    }
}

/// The shortest x that solves `matrix` · x = `rhs` in the sense of least squares, by the normal equations with
/// a little damping (Levenberg 1944): for systems that are singular or not square. `rows` is the number of
/// equations, `columns` that of unknowns.
pub(super) fn shortest(matrix: &[f64], rhs: &[f64], columns: usize) -> Option<Vec<f64>> {
    const DAMPING: f64 = 1e-13;
    let rows = rhs.len();
    let row = |i: usize| &matrix[i * columns..(i + 1) * columns];
    let mut normal = vec![0.0; rows * rows];
    for i in 0..rows {
        for j in 0..rows {
            normal[i * rows + j] = row(i).iter().zip(row(j)).map(|(a, b)| a * b).sum();
        }
    }
    let size = (0..rows).map(|i| normal[i * rows + i]).fold(0.0, f64::max);
    for i in 0..rows {
        normal[i * rows + i] += DAMPING * size;
    }
    let mut weights = rhs.to_vec();
    solve(&mut normal, &mut weights)?;
    let mut x = vec![0.0; columns];
    for (i, weight) in weights.iter().enumerate() {
        for (value, a) in x.iter_mut().zip(row(i)) {
            *value += weight * a;
        }
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_with_a_zero_on_the_diagonal() {
        let mut matrix = vec![0.0, 2.0, 1.0, 1.0];
        let mut rhs = vec![4.0, 5.0];
        assert!(solve(&mut matrix, &mut rhs).is_some());
        assert_eq!(rhs, [3.0, 2.0]);
    }

    #[test]
    fn tells_a_singular_matrix() {
        let mut matrix = vec![1.0, 2.0, 2.0, 4.0];
        assert_eq!(solve(&mut matrix, &mut [1.0, 2.0]), None);
        let x = shortest(&[1.0, 2.0, 2.0, 4.0], &[5.0, 10.0], 2).unwrap_or_default();
        assert!(
            (x[0] - 1.0).abs() < 1e-6 && (x[1] - 2.0).abs() < 1e-6,
            "{x:?}"
        );
    }
}
