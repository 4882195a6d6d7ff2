//! Fingerprints of observation sequences.
//!
//! Two lanes of 64 bits, each a chain of folded multiplications with its own constants. With n information
//! sets the probability that two different sequences share both lanes is about n² / 2¹²⁹: for a billion
//! information sets less than 10⁻²⁰.

/// Fingerprint of everything that an actor has observed, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub u64, pub u64);

impl Fingerprint {
    /// The fingerprint after one more observation.
    #[inline]
    #[must_use]
    pub fn then(self, observed: u64) -> Fingerprint {
        Fingerprint(
            folded(
                self.0 ^ observed ^ 0x243f_6a88_85a3_08d3,
                0x9e37_79b9_7f4a_7c15,
            ),
            folded(
                self.1 ^ observed.rotate_left(32) ^ 0x1319_8a2e_0370_7344,
                0xd1b5_4a32_d192_ed03,
            ),
        )
    }
}

/// High half of the product added to its low half; the additions keep zero from being a fixed point.
#[inline]
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a.wrapping_add(0xa076_1d64_78bd_642f)) * u128::from(b);
    let [low, high] = [product as u64, (product >> 64) as u64];
    (low ^ high).wrapping_mul(0xe703_7ed1_a0b4_28db) ^ high.rotate_left(29) ^ a
}

/// A hasher for keys that are fingerprints already.
#[derive(Clone, Copy, Default)]
pub struct Already(u64);

impl std::hash::Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, lane: u64) {
        self.0 = self.0.rotate_left(1) ^ lane;
    }
}

/// A map from fingerprints.
pub type FingerprintMap<V> =
    std::collections::HashMap<Fingerprint, V, std::hash::BuildHasherDefault<Already>>;
