//! Integers for pivoting: 64 bits, 128 bits, any size.
//!
//! A pivot in integers (Edmonds 1967; Bareiss 1968) replaces an entry by (a·p − b·c)/d, where the division leaves no
//! remainder. It is then a multiplication by the inverse of d's odd part modulo the word (Jebelean 1993), which
//! costs a fraction of a division. Whether the quotient fits is checked; the caller goes on in wider numbers
//! where it does not.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An entry of a dictionary.
pub(super) trait Entry: Clone + PartialEq {
    /// A divisor made ready.
    type Divisor;
    /// Makes a positive divisor ready.
    fn divisor(&self) -> Self::Divisor;
    /// (a·p − b·c)/d, known to be an integer; none where it does not fit.
    fn cross(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self::Divisor) -> Option<Self>;
    /// Compares a·b with c·d.
    fn compare(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;
    /// Compares with zero.
    fn sign(&self) -> Ordering;
    /// The number with the other sign; none where it does not fit.
    fn negated(&self) -> Option<Self>;
    /// From an integer of any size; none where it does not fit.
    fn from_big(value: &BigInt) -> Option<Self>;
    /// As an integer of any size.
    fn to_big(&self) -> BigInt;
}

/// An odd number's inverse modulo the word, and the twos that were taken out of it.
pub(super) struct OddInverse<T> {
    odd: T,
    inverse: T,
    twos: u32,
}

impl Entry for i64 {
    type Divisor = OddInverse<i64>;

    fn divisor(&self) -> OddInverse<i64> {
        let twos = self.trailing_zeros();
        let odd = self >> twos;
        // An odd number is its own inverse modulo 8; every step of Newton's doubles the bits that are right.
        let mut inverse = odd;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2i64.wrapping_sub(odd.wrapping_mul(inverse)));
        }
        OddInverse { odd, inverse, twos }
    }

    fn cross(a: &i64, p: &i64, b: &i64, c: &i64, d: &OddInverse<i64>) -> Option<i64> {
        let above = i128::from(*a) * i128::from(*p) - i128::from(*b) * i128::from(*c);
        let above = above >> d.twos;
        let bound = i128::from(d.odd) << 63;
        let fits = -bound < above && above < bound;
        fits.then(|| (above as i64).wrapping_mul(d.inverse))
    }

    fn compare(a: &i64, b: &i64, c: &i64, d: &i64) -> Ordering {
        (i128::from(*a) * i128::from(*b)).cmp(&(i128::from(*c) * i128::from(*d)))
    }

    fn sign(&self) -> Ordering {
        self.cmp(&0)
    }

    fn negated(&self) -> Option<i64> {
        self.checked_neg()
    }

    fn from_big(value: &BigInt) -> Option<i64> {
        value.to_i64()
    }

    fn to_big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

/// A product of two 128-bit numbers: high and low half.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Double {
    high: i128,
    low: u128,
}

impl Double {
    fn product(a: i128, b: i128) -> Double {
        const HALF: u128 = u64::MAX as u128;
        let (x, y) = (a as u128, b as u128);
        let (x0, x1, y0, y1) = (x & HALF, x >> 64, y & HALF, y >> 64);
        let low = x0 * y0;
        let middle = x1 * y0 + (low >> 64);
        let other = x0 * y1 + (middle & HALF);
        let unsigned = x1 * y1 + (middle >> 64) + (other >> 64);
        // Read as unsigned, a negative factor is too large by 2¹²⁸.
        let mut high = unsigned as i128;
        if a < 0 {
            high = high.wrapping_sub(b);
        }
        if b < 0 {
            high = high.wrapping_sub(a);
        }
        Double {
            high,
            low: (other << 64) | (low & HALF),
        }
    }

    fn minus(self, other: Double) -> Double {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.wrapping_sub(other.high);
        Double {
            high: high.wrapping_sub(i128::from(borrow)),
            low,
        }
    }

    fn shifted(self, twos: u32) -> Double {
        if twos == 0 {
            return self;
        }
        Double {
            high: self.high >> twos,
            low: (self.low >> twos) | ((self.high as u128) << (128 - twos)),
        }
    }
}

/// Products of numbers below this size, and their differences, stay within 256 bits with room for the sign.
const WIDEST: i128 = 1 << 126;

impl Entry for i128 {
    type Divisor = OddInverse<i128>;

    fn divisor(&self) -> OddInverse<i128> {
        let twos = self.trailing_zeros();
        let odd = self >> twos;
        let mut inverse = odd;
        for _ in 0..6 {
            inverse = inverse.wrapping_mul(2i128.wrapping_sub(odd.wrapping_mul(inverse)));
        }
        OddInverse { odd, inverse, twos }
    }

    fn cross(a: &i128, p: &i128, b: &i128, c: &i128, d: &OddInverse<i128>) -> Option<i128> {
        let above = Double::product(*a, *p).minus(Double::product(*b, *c));
        let above = above.shifted(d.twos);
        let single = above.high == (above.low as i128) >> 127;
        let fits = single || above.high.unsigned_abs() < (d.odd >> 2).unsigned_abs();
        let quotient = (above.low as i128).wrapping_mul(d.inverse);
        (fits && -WIDEST < quotient && quotient < WIDEST).then_some(quotient)
    }

    fn compare(a: &i128, b: &i128, c: &i128, d: &i128) -> Ordering {
        Double::product(*a, *b).cmp(&Double::product(*c, *d))
    }

    fn sign(&self) -> Ordering {
        self.cmp(&0)
    }

    fn negated(&self) -> Option<i128> {
        self.checked_neg()
    }

    fn from_big(value: &BigInt) -> Option<i128> {
        value.to_i128().filter(|v| (-WIDEST..WIDEST).contains(v))
    }

    fn to_big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

impl Entry for BigInt {
    type Divisor = BigInt;

    fn divisor(&self) -> BigInt {
        self.clone()
    }

    fn cross(a: &BigInt, p: &BigInt, b: &BigInt, c: &BigInt, d: &BigInt) -> Option<BigInt> {
        let above = a * p - b * c;
        Some(if d.is_one() { above } else { above / d })
    }

    fn compare(a: &BigInt, b: &BigInt, c: &BigInt, d: &BigInt) -> Ordering {
        (a * b).cmp(&(c * d))
    }

    fn sign(&self) -> Ordering {
        if self.is_zero() {
            Ordering::Equal
        } else if self.is_positive() {
            Ordering::Greater
        } else {
            Ordering::Less
        }
    }

    fn negated(&self) -> Option<BigInt> {
        Some(-self)
    }

    fn from_big(value: &BigInt) -> Option<BigInt> {
        Some(value.clone())
    }

    fn to_big(&self) -> BigInt {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn agrees<T: Entry + std::fmt::Debug>(a: &BigInt, p: &BigInt, b: &BigInt, d: &BigInt) {
        // c is chosen so that d divides a·p − b·c: c = a·p + d·k with b = 1 modulo d.
        let b = b * d + BigInt::one();
        let c = a * p - d * BigInt::from(3);
        let exact = (a * p - &b * &c) / d;
        let all = [a, p, &b, &c, d].map(T::from_big);
        if let [Some(a), Some(p), Some(b), Some(c), Some(d)] = all {
            if let Some(found) = T::cross(&a, &p, &b, &c, &d.divisor()) {
                assert_eq!(found.to_big(), exact);
            } else {
                assert!(T::from_big(&(exact * 8)).is_none());
            }
            let products = (a.to_big() * p.to_big()).cmp(&(b.to_big() * c.to_big()));
            assert_eq!(T::compare(&a, &p, &b, &c), products);
        }
    }

    proptest! {
        #[test]
        fn exact_division_agrees_with_large_integers(
            a in any::<i64>(), p in any::<i64>(), b in -40i64..40, d in 1i64..1 << 40, small in 0u32..60,
        ) {
            let (a, p) = (BigInt::from(a >> small), BigInt::from(p >> small));
            let (b, d) = (BigInt::from(b), BigInt::from(d));
            agrees::<i64>(&a, &p, &b, &d);
            agrees::<i128>(&a, &p, &b, &d);
            let wide = BigInt::from(1u64 << 50);
            agrees::<i128>(&(&a * &wide), &p, &b, &(&d * &wide));
        }
    }
}
