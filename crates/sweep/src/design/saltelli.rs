//! Saltelli's design for Sobol' indices (Saltelli 2002; Saltelli et al. 2010), in SALib's order of rows.

/// What a row takes from the two samples A and B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blend {
    /// A as it is.
    A,
    /// A, with this number from B.
    Ab(usize),
    /// B, with this number from A.
    Ba(usize),
    /// B as it is.
    B,
}

/// Rows for each point of the base sample.
pub(super) fn rows(dimensions: usize, second_order: bool) -> u64 {
    match second_order {
        true => 2 * dimensions as u64 + 2,
        false => dimensions as u64 + 2,
    }
}

/// Base point and blend of a row: A, AB of every number, BA of every number where second-order indices are wanted, B.
pub(super) fn row(at: u64, dimensions: usize, second_order: bool) -> (u64, Blend) {
    let rows = rows(dimensions, second_order);
    let within = (at % rows) as usize;
    let blend = match within {
        0 => Blend::A,
        k if k <= dimensions => Blend::Ab(k - 1),
        k if second_order && k <= 2 * dimensions => Blend::Ba(k - 1 - dimensions),
        _ => Blend::B,
    };
    (at / rows, blend)
}

impl Blend {
    /// Whether a number is taken from B.
    pub(super) fn is_of_b(self, dimension: usize) -> bool {
        match self {
            Blend::A => false,
            Blend::B => true,
            Blend::Ab(other) => dimension == other,
            Blend::Ba(other) => dimension != other,
        }
    }
}
