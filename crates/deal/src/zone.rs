//! The zone of possible agreement: the outcomes that every party finds at least as good as its fallback, counted.
//!
//! Spaces of additive preferences need no enumeration. Partial sums are carried issue by issue with the number of
//! ways to reach each; a sum that can no longer fail, or no longer succeed, is settled at once, and equal sums are
//! merged. Where too many different sums remain, the share of acceptable outcomes is estimated from random ones.

use crate::domain::Domain;
use crate::enumerate::Enumerated;
use crate::error::DealError;
use crate::space::Space;
use crate::sum::Sum;

/// A number of outcomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    /// Counted (exact up to 2⁵³, rounded above).
    Exact(f64),
    /// Estimated from a random sample of all outcomes.
    Estimated {
        /// The estimate.
        count: f64,
        /// Its standard error.
        standard_error: f64,
        /// How many outcomes were drawn.
        sample: u32,
    },
}

impl Count {
    /// The number, exact or estimated.
    pub fn value(self) -> f64 {
        match self {
            Count::Exact(count) | Count::Estimated { count, .. } => count,
        }
    }
}

/// Whether every party gets at least its fallback.
pub fn acceptable(values: &[f64], fallbacks: &[f64]) -> bool {
    values.iter().zip(fallbacks).all(|(value, d)| value >= d)
}

/// How many outcomes of an enumerated space every party finds at least as good as its fallback.
pub fn zone_of(all: &Enumerated, fallbacks: &[f64]) -> f64 {
    let mut inside = vec![true; all.outcomes()];
    for (party, d) in fallbacks.iter().enumerate() {
        for (inside, value) in inside.iter_mut().zip(all.of(party)) {
            *inside &= value >= d;
        }
    }
    inside.iter().filter(|inside| **inside).count() as f64
}

/// Most different partial sums carried before counting gives way to sampling.
const CARRIED: usize = 100_000;

/// Random outcomes of a sample.
const SAMPLE: u32 = 1_000_000;

/// How many outcomes of a space with additive preferences every party finds at least as good as its fallback. `seed`
/// starts the sample, where one is needed.
///
/// # Errors
/// Preferences that are not additive.
pub fn zone_count(space: &Space, fallbacks: &[f64], seed: u64) -> Result<Count, DealError> {
    let sums = space.all_sums()?;
    // A bound on values below the fallback leaves nothing, whatever the sums.
    if sums.iter().zip(fallbacks).any(|(sum, d)| sum.ceiling < *d) {
        return Ok(Count::Exact(0.0));
    }
    Ok(match exact(&sums, fallbacks) {
        Some(count) => Count::Exact(count),
        None => estimate(space, fallbacks, seed),
    })
}

/// What the remaining issues add at least and at most, party by party.
struct Rest {
    least: Vec<f64>,
    most: Vec<f64>,
    outcomes: f64,
}

/// Before every issue, the rest from it on; at the end, nothing.
fn rests(sums: &[&Sum]) -> Vec<Rest> {
    let issues = sums.first().map_or(0, |sum| sum.issues());
    let extreme = |issue: usize, start: f64, pick: fn(f64, f64) -> f64| {
        move |sum: &&Sum| sum.terms(issue).iter().copied().fold(start, pick)
    };
    let mut rests = vec![Rest {
        least: vec![0.0; sums.len()],
        most: vec![0.0; sums.len()],
        outcomes: 1.0,
    }];
    for issue in (0..issues).rev() {
        let last = &rests[rests.len() - 1];
        let added = |sofar: &[f64], extremes: Vec<f64>| -> Vec<f64> {
            sofar.iter().zip(extremes).map(|(a, b)| a + b).collect()
        };
        let lows = sums.iter().map(extreme(issue, f64::INFINITY, f64::min));
        let highs = sums.iter().map(extreme(issue, f64::NEG_INFINITY, f64::max));
        let options = sums.first().map_or(0, |sum| sum.terms(issue).len());
        rests.push(Rest {
            least: added(&last.least, lows.collect()),
            most: added(&last.most, highs.collect()),
            outcomes: last.outcomes * options as f64,
        });
    }
    rests.reverse();
    rests
}

/// The count, unless more than [`CARRIED`] different sums are undecided after some issue.
fn exact(sums: &[&Sum], fallbacks: &[f64]) -> Option<f64> {
    let width = sums.len();
    let rests = rests(sums);
    // Bounds are sums in another order: they decide only beyond what rounding could do.
    let slack: Vec<f64> = (rests[0].least.iter().zip(&rests[0].most))
        .map(|(least, most)| 1e-10 * least.abs().max(most.abs()))
        .collect();
    let mut count = 0.0;
    let mut rows = vec![0.0; width];
    let mut ways = vec![1.0];
    for (issue, rest) in rests[1..].iter().enumerate() {
        let mut next: Vec<(Vec<f64>, f64)> = Vec::new();
        let done = issue + 2 == rests.len();
        for (row, ways) in rows.chunks_exact(width).zip(&ways) {
            for k in 0..sums[0].terms(issue).len() {
                let point: Vec<f64> = row
                    .iter()
                    .zip(sums)
                    .map(|(value, sum)| sum.add(*value, sum.terms(issue)[k]))
                    .collect();
                match decided(&point, rest, fallbacks, &slack, done) {
                    Some(true) => count += ways * rest.outcomes,
                    Some(false) => {}
                    None => next.push((point, *ways)),
                }
            }
        }
        (rows, ways) = merge_equal(next);
        if ways.len() > CARRIED {
            return None;
        }
    }
    Some(count)
}

/// Whether all outcomes that continue a sum are acceptable (`Some(true)`), none is (`Some(false)`), or neither is
/// certain.
fn decided(
    point: &[f64],
    rest: &Rest,
    fallbacks: &[f64],
    slack: &[f64],
    done: bool,
) -> Option<bool> {
    if done {
        return Some(acceptable(point, fallbacks));
    }
    let mut all = true;
    for p in 0..point.len() {
        if point[p] + rest.most[p] < fallbacks[p] - slack[p] {
            return Some(false);
        }
        all &= point[p] + rest.least[p] >= fallbacks[p] + slack[p];
    }
    all.then_some(true)
}

fn merge_equal(mut points: Vec<(Vec<f64>, f64)>) -> (Vec<f64>, Vec<f64>) {
    points.sort_unstable_by(|a, b| {
        let orders = a.0.iter().zip(&b.0).map(|(x, y)| x.total_cmp(y));
        orders
            .into_iter()
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut rows: Vec<f64> = Vec::new();
    let mut ways: Vec<f64> = Vec::new();
    for (point, count) in points {
        match ways.last_mut() {
            Some(last) if rows.ends_with(&point) => *last += count,
            _ => {
                rows.extend(point);
                ways.push(count);
            }
        }
    }
    (rows, ways)
}

fn estimate(space: &Space, fallbacks: &[f64], seed: u64) -> Count {
    let mut state = seed;
    let mut outcome = vec![0_u32; space.domain().issues().len()];
    let mut hits = 0_u32;
    for _ in 0..SAMPLE {
        random_outcome(space.domain(), &mut state, &mut outcome);
        let accepted = (0..fallbacks.len()).all(|p| space.value(p, &outcome) >= fallbacks[p]);
        hits += u32::from(accepted);
    }
    let share = f64::from(hits) / f64::from(SAMPLE);
    // Laplace's rule keeps the error of a share of 0 or 1 above 0.
    let smoothed = f64::from(hits + 1) / f64::from(SAMPLE + 2);
    let outcomes = space.domain().count();
    Count::Estimated {
        count: share * outcomes,
        standard_error: (smoothed * (1.0 - smoothed) / f64::from(SAMPLE)).sqrt() * outcomes,
        sample: SAMPLE,
    }
}

/// A random outcome, every option of an issue equally likely.
pub(crate) fn random_outcome(domain: &Domain, state: &mut u64, outcome: &mut [u32]) {
    for (k, issue) in outcome.iter_mut().zip(domain.issues()) {
        // The high half of a product spreads a random word evenly over the options.
        *k = ((u128::from(random(state)) * issue.options() as u128) >> 64) as u32;
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
