//! GMRES with restarts and right preconditioning (Saad & Schultz 1986; Saad 2003, algorithm 9.5).

/// Vectors of the Krylov space before a restart.
const RESTART: usize = 60;
/// Most restarts.
const MAX_RESTARTS: usize = 4;

/// Bytes that a solve for this many unknowns takes at most.
pub(crate) fn gmres_bytes(unknowns: usize) -> usize {
    (RESTART + 6) * unknowns * size_of::<f64>()
}

/// How a solve went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Krylov {
    /// Applications of the matrix.
    pub(crate) iterations: usize,
    /// Whether the residual fell below the tolerance.
    pub(crate) converged: bool,
}

/// Solves A x = b in place of b, to a residual of `tolerance` times |b|. `apply(x, y)` puts A x into y,
/// `precondition(x)` replaces x by M⁻¹ x.
pub(crate) fn gmres(
    b: &mut [f64],
    tolerance: f64,
    mut apply: impl FnMut(&[f64], &mut [f64]),
    mut precondition: impl FnMut(&mut [f64]),
) -> Krylov {
    let wanted = tolerance * norm(b);
    let mut x = vec![0.0; b.len()];
    let mut image = vec![0.0; b.len()];
    let mut krylov = Krylov {
        iterations: 0,
        converged: wanted == 0.0,
    };
    for _ in 0..MAX_RESTARTS {
        if krylov.converged {
            break;
        }
        let mut residual = b.to_vec();
        if krylov.iterations > 0 {
            apply(&x, &mut image);
            residual.iter_mut().zip(&image).for_each(|(r, y)| *r -= y);
        }
        let mut space = Space::new(residual);
        while space.error > wanted && space.steps() < RESTART {
            let mut next = space.last().to_vec();
            precondition(&mut next);
            apply(&next, &mut image);
            krylov.iterations += 1;
            if !space.extend(image.clone()) {
                break;
            }
        }
        krylov.converged = space.error <= wanted;
        let mut change = space.combination();
        precondition(&mut change);
        x.iter_mut().zip(&change).for_each(|(x, d)| *x += d);
        if space.steps() == 0 {
            break;
        }
    }
    b.copy_from_slice(&x);
    krylov
}

/// An orthonormal basis of the Krylov space, and the least-squares problem on it.
struct Space {
    basis: Vec<Vec<f64>>,
    /// Columns of the Hessenberg matrix, made triangular by rotations.
    columns: Vec<Vec<f64>>,
    rotations: Vec<(f64, f64)>,
    /// Right side of the least-squares problem.
    right: Vec<f64>,
    /// Norm of the residual.
    error: f64,
}

impl Space {
    fn new(residual: Vec<f64>) -> Space {
        let error = norm(&residual);
        let first = residual.iter().map(|r| r / error).collect();
        Space {
            basis: vec![first],
            columns: Vec::new(),
            rotations: Vec::new(),
            right: vec![error],
            error,
        }
    }

    fn steps(&self) -> usize {
        self.columns.len()
    }

    fn last(&self) -> &[f64] {
        &self.basis[self.basis.len() - 1]
    }

    /// Adds the image of the last vector; false where it brings nothing new.
    fn extend(&mut self, mut image: Vec<f64>) -> bool {
        let mut column = Vec::with_capacity(self.basis.len() + 1);
        for vector in &self.basis {
            let share = dot(vector, &image);
            image
                .iter_mut()
                .zip(vector)
                .for_each(|(y, v)| *y -= share * v);
            column.push(share);
        }
        let length = norm(&image);
        if !length.is_finite() {
            return false;
        }
        let mut next = length;
        for (k, &(c, s)) in self.rotations.iter().enumerate() {
            let (a, b) = (column[k], column[k + 1]);
            column[k] = c * a + s * b;
            column[k + 1] = c * b - s * a;
        }
        let k = self.columns.len();
        let diagonal = column[k].hypot(next);
        if diagonal == 0.0 {
            return false;
        }
        let (c, s) = (column[k] / diagonal, next / diagonal);
        column[k] = diagonal;
        self.rotations.push((c, s));
        self.columns.push(column);
        let old = self.right[k];
        self.right[k] = c * old;
        next = -s * old;
        self.right.push(next);
        self.error = next.abs();
        if length > 0.0 {
            image.iter_mut().for_each(|y| *y /= length);
            self.basis.push(image);
        }
        length > 0.0
    }

    /// The combination of the basis with the smallest residual.
    fn combination(&self) -> Vec<f64> {
        let steps = self.steps();
        let mut weights = self.right[..steps].to_vec();
        for k in (0..steps).rev() {
            weights[k] /= self.columns[k][k];
            for j in 0..k {
                weights[j] -= self.columns[k][j] * weights[k];
            }
        }
        let mut sum = vec![0.0; self.basis[0].len()];
        for (&weight, vector) in weights.iter().zip(&self.basis) {
            sum.iter_mut()
                .zip(vector)
                .for_each(|(s, v)| *s += weight * v);
        }
        sum
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_a_small_system() {
        let a = [[4.0, 1.0, 0.0], [-2.0, 3.0, 1.0], [0.5, 0.0, 2.0]];
        let x = [1.0, -2.0, 3.0];
        let product = |x: &[f64], y: &mut [f64]| {
            for (y, row) in y.iter_mut().zip(&a) {
                *y = dot(row, x);
            }
        };
        let mut b = vec![0.0; 3];
        product(&x, &mut b);
        let krylov = gmres(&mut b, 1e-13, product, |x| {
            x.iter_mut().zip([4.0, 3.0, 2.0]).for_each(|(x, d)| *x /= d);
        });
        assert!(krylov.converged && krylov.iterations <= 3);
        for (found, expected) in b.iter().zip(x) {
            assert!((found - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_is_solved_by_nothing() {
        let mut b = vec![0.0; 4];
        let krylov = gmres(&mut b, 1e-10, |x, y| y.copy_from_slice(x), |_| {});
        assert_eq!(
            krylov,
            Krylov {
                iterations: 0,
                converged: true
            }
        );
        assert_eq!(b, [0.0; 4]);
    }
}
