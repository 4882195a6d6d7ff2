//! Latin hypercubes (McKay, Beckman & Conover 1979).

use super::mix::{key, mix, permuted, unit};

const PURPOSE: u64 = 2;

/// Coordinate of point `at` of `count`: each of `count` equal parts of [0, 1) is met by one point.
pub(super) fn coordinate(seed: u64, stream: u64, at: u64, count: u64) -> f64 {
    let key = key(seed, PURPOSE, stream);
    let part = permuted(at, count, key);
    let within = unit(mix(key ^ mix(at)));
    // Rounding must not carry the largest share into the next part.
    ((part as f64 + within) / count as f64).min(((part + 1) as f64 / count as f64).next_down())
}
