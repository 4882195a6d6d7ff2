//! Morris' trajectories (Morris 1991), in SALib's order of rows: one trajectory after the other, in each of which
//! one number after the other moves by Δ = p / (2 (p − 1)).

use super::mix::{key, random};
use rand::RngExt;
use rand::seq::SliceRandom;

const PURPOSE: u64 = 4;

/// Coordinates of row `at`, on a grid of `levels` (even, at least 2) levels from 0 to 1.
pub(super) fn row(seed: u64, at: u64, dimensions: usize, levels: u64) -> Vec<f64> {
    let rows = dimensions as u64 + 1;
    let (trajectory, moved) = (at / rows, (at % rows) as usize);
    let mut random = random(key(seed, PURPOSE, trajectory));
    let jump = levels / 2;
    let lower: Vec<u64> = (0..dimensions)
        .map(|_| random.random_range(0..jump))
        .collect();
    let rises: Vec<bool> = (0..dimensions).map(|_| random.random()).collect();
    let mut order: Vec<usize> = (0..dimensions).collect();
    order.shuffle(&mut random);
    let mut upper: Vec<bool> = rises.iter().map(|rises| !rises).collect();
    for &number in &order[..moved] {
        upper[number] = rises[number];
    }
    let level = |(lower, upper): (&u64, &bool)| lower + if *upper { jump } else { 0 };
    lower
        .iter()
        .zip(&upper)
        .map(|pair| level(pair) as f64 / (levels - 1) as f64)
        .collect()
}
