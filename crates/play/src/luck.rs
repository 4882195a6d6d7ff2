//! Draws that depend on the seed and on what is drawn, and on nothing that went before.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// A number in 0..1 for the `time`-th time (from 0) that a path comes to a branch of the program. Each has a random
/// stream of its own, so that what is taken back and done otherwise meets the same luck.
pub(crate) fn uniform(seed: u64, branch: usize, time: usize) -> f64 {
    let place = (branch as u64) << 32 | time as u64 & 0xffff_ffff;
    let key = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ place;
    Pcg64::seed_from_u64(key).random()
}

/// The option on which such a number falls.
pub(crate) fn pick(probabilities: &[f64], uniform: f64) -> usize {
    let total: f64 = probabilities.iter().sum();
    let mut left = uniform * total;
    let mut last = 0;
    for (option, &probability) in probabilities.iter().enumerate() {
        if probability > 0.0 {
            last = option;
            if left < probability {
                break;
            }
            left -= probability;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_follow_their_probabilities() {
        let mut counts = [0; 3];
        for seed in 0..20_000 {
            counts[pick(&[0.2, 0.0, 0.8], uniform(seed, 3, 1))] += 1;
        }
        assert_eq!(counts[1], 0);
        // Four standard deviations of a binomial.
        assert!(
            (f64::from(counts[0]) - 4000.0).abs() < 4.0 * 56.6,
            "{counts:?}"
        );
    }

    #[test]
    fn steps_of_one_seed_are_independent() {
        let mut both = [[0; 2]; 2];
        for seed in 0..10_000 {
            let half = |branch, time| usize::from(uniform(seed, branch, time) < 0.5);
            both[half(0, 0)][half(0, 1)] += 1;
        }
        for count in both.iter().flatten() {
            assert!((f64::from(*count) - 2500.0).abs() < 4.0 * 43.4, "{both:?}");
        }
    }

    #[test]
    fn the_ends_of_the_range_are_possible_options() {
        assert_eq!(pick(&[0.0, 1.0, 0.0], 0.0), 1);
        assert_eq!(pick(&[0.5, 0.5, 0.0], 0.999_999_999_999_999_9), 1);
    }
}
