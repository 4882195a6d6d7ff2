//! Behaviour-dependent concession: tit for tat (Faratin, Sierra and Jennings 1998, behaviour-dependent tactics).
//!
//! The paper moves one issue at a time. With `x` the own last proposal for an issue and `y₀, y₋₁, …` the other side's
//! proposals for it, the latest first, its families are, each kept between the smallest and the largest value allowed,
//!
//! - relative: `x' = x · y₋δ / y₋δ₊₁`, the same proportion, `δ ≥ 1` moves ago,
//! - random absolute: `x' = x + (y₋δ − y₋δ₊₁) + (−1)^s · R(M)`, the same amount, where `R(M)` is a random whole number from
//!   0 to `M` by which imitation may change, and `s` is 0 if the party likes less better and 1 if it likes more better, so
//!   that the random term always concedes,
//! - averaged: `x' = x · y₋γ / y₀`, the same proportion over a window of `γ ≥ 1` moves; with `γ = 1` this is the relative one
//!   with `δ = 1`.
//!
//! Here they are applied to values instead of single issues, as usual where an offer settles all issues at once: a party
//! measures the other side's moves by what they are worth to itself. `y` is then the own value of an offer of the other
//! side and `x` the own target, both as a share of the way from the worst to the best outcome; more is better, so `s = 1`;
//! and `δ = 1`, the last move:
//!
//! - relative: `x' = x · y₋₁ / y₀`,
//! - absolute: `x' = x − (y₀ − y₋₁)`, without the random term,
//! - random absolute: `x' = x − (y₀ − y₋₁) − R(M)`, `R(M)` in hundredths: two who wait for each other get moving. It hangs on
//!   the party's place in the circle and on the number of offers heard alone, so that the same session always draws the
//!   same numbers,
//! - averaged: `x' = x · y₋γ / y₀`.
//!
//! The target stays between the floor and the best value. Before there are two offers to compare, the target is the
//! best value, so that two such parties that both wait never agree. With several other parties, the moves of
//! whichever acted last count.

use crate::session::aspiration::Aspiration;
use crate::session::protocol::{Act, Turn};

/// Which of the families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The same proportion.
    Relative,
    /// The same amount.
    Absolute,
    /// The same amount, and a random one of at most so many hundredths of the way from worst to best besides.
    Random(u32),
    /// The same proportion over this many moves, at least 1.
    Averaged(usize),
}

/// Concession in answer to concessions.
#[derive(Clone, Debug, PartialEq)]
pub struct TitForTat {
    measure: Measure,
    /// The own target as a share of the way from worst to best.
    target: f64,
    /// The same share of the others' offers, in order.
    offers: Vec<f64>,
    read: usize,
}

impl TitForTat {
    /// Before any offer.
    pub fn new(measure: Measure) -> TitForTat {
        TitForTat {
            measure,
            target: 1.0,
            offers: Vec::new(),
            read: 0,
        }
    }

    fn answer(&mut self, place: usize) {
        let window = match self.measure {
            Measure::Averaged(window) => window.max(1),
            Measure::Relative | Measure::Absolute | Measure::Random(_) => 1,
        };
        let Some(&now) = self.offers.last() else {
            return;
        };
        let Some(before) = self
            .offers
            .len()
            .checked_sub(1 + window)
            .map(|at| self.offers[at])
        else {
            return;
        };
        self.target = match self.measure {
            Measure::Absolute => self.target - (now - before),
            Measure::Random(most) => {
                self.target - (now - before) - random(place, self.offers.len(), most)
            }
            // A move from or to nothing has no proportion.
            _ if now <= 0.0 || before <= 0.0 => self.target,
            _ => self.target * before / now,
        }
        .clamp(0.0, 1.0);
    }
}

/// `R(M)`: a whole number of hundredths from 0 to `most`, from a party's place in the circle and the number of offers
/// heard so far (SplitMix64, Steele and others 2014).
fn random(place: usize, heard: usize, most: u32) -> f64 {
    let mut z = (((place as u64) << 32) | heard as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z % (u64::from(most) + 1)) as f64 / 100.0
}

impl Aspiration for TitForTat {
    fn target(&mut self, turn: &Turn) -> f64 {
        let own = turn.own();
        let (worst, best) = (own.lowest(), own.highest());
        let width = best - worst;
        let parties = turn.prepared.parties();
        let opener = turn.log.first().map_or(turn.party, |step| step.party);
        let place = (turn.party + parties - opener) % parties;
        for step in &turn.log[self.read..] {
            if let (Act::Offer(offer), true) = (step.act, step.party != turn.party) {
                let value = turn.prepared.value(turn.party, offer);
                self.offers.push(if width > 0.0 {
                    (value - worst) / width
                } else {
                    1.0
                });
                self.answer(place);
            }
        }
        self.read = turn.log.len();
        let floor = own.floor().min(best);
        let target = (worst + width * self.target).clamp(floor, best);
        self.target = if width > 0.0 {
            (target - worst) / width
        } else {
            1.0
        };
        target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The target after each of these offers of the other side.
    fn targets(measure: Measure, offers: &[f64]) -> Vec<f64> {
        let mut tactic = TitForTat::new(measure);
        let answered = offers.iter().map(|offer| {
            tactic.offers.push(*offer);
            tactic.answer(0);
            tactic.target
        });
        answered.collect()
    }

    #[test]
    fn the_random_term_only_adds_to_the_same_amount() {
        let offers = [0.1, 0.2, 0.25, 0.25, 0.2, 0.4];
        let plain = targets(Measure::Absolute, &offers);
        assert_eq!(plain[0], 1.0);
        assert!((plain[1] - 0.9).abs() < 1e-12 && (plain[2] - 0.85).abs() < 1e-12);
        assert_eq!(targets(Measure::Random(0), &offers), plain);
        let random = targets(Measure::Random(5), &offers);
        assert_eq!(random, targets(Measure::Random(5), &offers));
        for (moved, (now, same)) in (random.iter().zip(&plain)).enumerate() {
            assert!(*now <= same + 1e-12, "{now} {same}");
            assert!(*now >= same - 0.05 * moved as f64 - 1e-12, "{now} {same}");
        }
        assert!(random[5] < plain[5]);
    }

    #[test]
    fn the_random_term_takes_all_its_values_alike() {
        let mut counts = [0; 6];
        for heard in 0..6000 {
            counts[(random(1, heard, 5) * 100.0).round() as usize] += 1;
        }
        assert!(
            counts.iter().all(|count| (850..1150).contains(count)),
            "{counts:?}"
        );
    }
}
