//! Plain Monte Carlo.

use super::mix::{key, random};
use rand::RngExt;

const PURPOSE: u64 = 1;

/// Coordinate of point `at`: uniform in [0, 1), independent of all others.
pub(super) fn coordinate(seed: u64, stream: u64, at: u64) -> f64 {
    let mut numbers = random(key(seed, PURPOSE, stream));
    numbers.advance(u128::from(at));
    numbers.random()
}
