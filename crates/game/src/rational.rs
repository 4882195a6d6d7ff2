//! Exact rational numbers for solvers that never round.
//!
//! A [`Game`](crate::Game) keeps its numbers as doubles. Files give them as decimals or fractions, and the
//! simplest fraction that rounds to a double is almost always the one that was written: 1/3 read as a double
//! comes back as 1/3, 0.1 as 1/10. [`exact`] finds it.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::game::{CHANCE, Game, TERMINAL};

/// A fraction of integers of any size, in lowest terms.
pub type Rational = num_rational::BigRational;

/// The fraction with the smallest denominator among all that round to this double; none where it is not
/// finite.
///
/// Found in the Stern–Brocot tree between the midpoints to the neighbouring doubles, by continued fractions.
pub fn exact(number: f64) -> Option<Rational> {
    let value = Rational::from_float(number)?;
    if value.is_integer() {
        return Some(value);
    }
    let size = number.abs();
    let half = |neighbour: f64| {
        let neighbour = Rational::from_float(neighbour)?;
        Some((value.abs() + neighbour) / Rational::from_integer(BigInt::from(2)))
    };
    // The interval is taken open, so that no tie between two doubles can be chosen.
    let simplest = simplest_between(&half(size.next_down())?, &half(size.next_up())?);
    Some(if number < 0.0 { -simplest } else { simplest })
}

/// The double nearest to a fraction.
pub fn nearest(fraction: &Rational) -> f64 {
    fraction.to_f64().unwrap_or(f64::NAN)
}

/// Expected payoff of every player at the root under a profile of exact fractions, one per action slot, with the
/// game's numbers taken as [`exact`] gives them; none where the game has a number that is not finite or the
/// profile another length.
pub fn expected(game: &Game, profile: &[Rational]) -> Option<Vec<Rational>> {
    if profile.len() != game.actions() {
        return None;
    }
    let chance = |node: usize| -> Option<Vec<Rational>> {
        let first = game.first_slot()[node] as usize - game.actions();
        let numbers = &game.chance()[first..first + game.children(node).len()];
        let draws: Vec<Rational> = numbers.iter().map(|&p| exact(p)).collect::<Option<_>>()?;
        let sum: Rational = draws.iter().sum();
        Some(draws.into_iter().map(|draw| draw / &sum).collect())
    };
    let mut reach = vec![Rational::zero(); game.nodes()];
    reach[0] = Rational::from_integer(1.into());
    let mut sums = vec![Rational::zero(); game.players()];
    for node in 0..game.nodes() {
        let here = std::mem::take(&mut reach[node]);
        if here.is_zero() {
            continue;
        }
        match game.set()[node] {
            TERMINAL => {
                for (sum, &payoff) in sums.iter_mut().zip(game.payoffs_at(node)) {
                    *sum += &here * exact(payoff)?;
                }
            }
            CHANCE => {
                for (child, p) in game.children(node).zip(chance(node)?) {
                    reach[child] = &here * p;
                }
            }
            set => {
                for (child, slot) in game.children(node).zip(game.slots(set as usize)) {
                    reach[child] = &here * &profile[slot];
                }
            }
        }
    }
    Some(sums)
}

/// The fraction with the smallest denominator strictly between two positive ones.
pub(crate) fn simplest_between(low: &Rational, high: &Rational) -> Rational {
    let mut terms: Vec<BigInt> = Vec::new();
    let (mut low, mut high) = (low.clone(), high.clone());
    let last = loop {
        let floor = low.floor();
        let next: BigInt = floor.to_integer() + 1;
        if Rational::from_integer(next.clone()) < high {
            break next;
        }
        terms.push(floor.to_integer());
        let (below, above) = (&low - &floor, &high - &floor);
        if below.is_zero() {
            // Everything just above `floor` is allowed: the next term is as small as `high` lets it be.
            let inverse = above.recip();
            let (quotient, _) = inverse.numer().div_mod_floor(inverse.denom());
            break quotient + 1;
        }
        low = above.recip();
        high = below.recip();
    };
    terms
        .into_iter()
        .rev()
        .fold(Rational::from_integer(last), |tail, term| {
            Rational::from_integer(term) + tail.recip()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(above: i64, below: i64) -> Rational {
        Rational::new(above.into(), below.into())
    }

    #[test]
    fn written_numbers_come_back() {
        for below in 1..40 {
            for above in -90..90 {
                let number = above as f64 / f64::from(below);
                assert_eq!(exact(number), Some(fraction(above, below.into())));
            }
        }
        assert_eq!(exact(0.1), Some(fraction(1, 10)));
        assert_eq!(exact(12_345.678_9), Some(fraction(123_456_789, 10_000)));
        assert_eq!(exact(1e300), Rational::from_float(1e300));
        assert_eq!(exact(f64::NAN), None);
    }

    #[test]
    fn the_fraction_rounds_to_the_double() {
        for number in [
            1e-9,
            std::f64::consts::PI,
            5e-324,
            1.0 + f64::EPSILON,
            0.1 + 0.2,
        ] {
            let found = exact(number).map(|fraction| nearest(&fraction));
            assert_eq!(found, Some(number));
        }
    }
}
