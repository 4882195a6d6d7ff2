//! Random numbers that are looked up, not drawn in turn: the same for the same place, whoever asks, in any order.

use rand_pcg::Pcg64;

/// Stafford's mixer 13, the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
pub(super) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A key for one of many uses of a seed.
pub(super) fn key(seed: u64, purpose: u64, stream: u64) -> u64 {
    mix(mix(mix(seed) ^ purpose) ^ stream)
}

/// Random numbers of their own for a key. Seeds as well as streams differ: streams of a congruential generator that
/// begin at the same seed run alongside one another.
pub(super) fn random(key: u64) -> Pcg64 {
    let state = (u128::from(mix(key)) << 64) | u128::from(mix(key ^ 1));
    Pcg64::new(state, u128::from(key))
}

/// The share of the unit interval that the upper 53 bits make, in [0, 1).
pub(super) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// Where `at` (below `count`) goes in a random permutation of 0, 1, …, `count` − 1: a Feistel network of four rounds
/// (Luby & Rackoff 1988) over the next even number of bits, walked on where it leaves the range.
pub(super) fn permuted(at: u64, count: u64, key: u64) -> u64 {
    let bits = 64 - count.saturating_sub(1).leading_zeros();
    let half = bits.div_ceil(2).max(1);
    let mask = (1_u64 << half) - 1;
    let mut value = at;
    loop {
        let (mut left, mut right) = (value >> half, value & mask);
        for round in 0..4 {
            let turned = left ^ (mix(key ^ mix(right ^ (round << 56))) & mask);
            (left, right) = (right, turned);
        }
        value = (left << half) | right;
        if value < count {
            return value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::permuted;

    #[test]
    fn a_permutation_meets_everything_once() {
        for count in [1_u64, 2, 3, 7, 64, 100, 1025] {
            let mut met: Vec<u64> = (0..count).map(|at| permuted(at, count, 5)).collect();
            met.sort_unstable();
            assert!(met.into_iter().eq(0..count), "{count}");
        }
    }
}
