//! What can be said of a space as a whole: best and worst values, opposition, ranks, rationality.

use crate::enumerate::Enumerated;
use crate::frontier::Frontier;
use crate::space::Space;

/// The largest and the smallest value of any outcome to every party.
#[derive(Clone, Debug, PartialEq)]
pub struct Extremes {
    /// The ideal point: every party at its best outcome.
    pub ideal: Vec<f64>,
    /// Every party at its worst outcome.
    pub worst: Vec<f64>,
}

/// The largest and the smallest value of any outcome to every party. Needs no enumeration.
pub fn extremes(space: &Space) -> Extremes {
    let parties = 0..space.parties().len();
    Extremes {
        ideal: parties
            .clone()
            .map(|p| extreme(space, p, f64::max))
            .collect(),
        worst: parties.map(|p| extreme(space, p, f64::min)).collect(),
    }
}

fn extreme(space: &Space, party: usize, pick: fn(f64, f64) -> f64) -> f64 {
    use crate::preferences::Utility;
    if let Utility::Table(values) = &space.parties()[party].utility {
        return values.iter().copied().reduce(pick).unwrap_or(f64::NAN);
    }
    space.sum(party).map_or(f64::NAN, |sum| {
        let total = (0..sum.issues()).fold(0.0, |total, issue| {
            let term = sum.terms(issue).iter().copied().reduce(pick);
            sum.add(total, term.unwrap_or_default())
        });
        total.min(sum.ceiling)
    })
}

/// How far the nearest point of a frontier stays from the ideal point: 0 if one outcome is best for all; `None` for an
/// empty frontier. Take the whole frontier, or only its points at least as good as the fallbacks.
///
/// The distance is Euclidean. Values between 0 and 1 are taken as shares of the party's best one, as GENIUS and NegMAS
/// do; otherwise every party's are first stretched so that its worst outcome is 0 and its best is 1. No outcome is
/// nearer than the nearest of the frontier.
pub fn opposition(frontier: &Frontier, extremes: &Extremes) -> Option<f64> {
    let scale: Vec<f64> = scales(extremes);
    (0..frontier.len())
        .map(|p| distance(frontier.values(p), &extremes.ideal, &scale))
        .reduce(f64::min)
}

/// By how much to divide each party's values before distances are taken.
pub(crate) fn scales(extremes: &Extremes) -> Vec<f64> {
    let unit = extremes.worst.iter().all(|worst| *worst >= 0.0)
        && extremes.ideal.iter().all(|ideal| *ideal <= 1.0);
    extremes
        .ideal
        .iter()
        .zip(&extremes.worst)
        .map(|(ideal, worst)| if unit { *ideal } else { ideal - worst })
        .map(|scale| if scale > 0.0 { scale } else { 1.0 })
        .collect()
}

/// The Euclidean distance between two points after scaling.
pub(crate) fn distance(a: &[f64], b: &[f64], scale: &[f64]) -> f64 {
    a.iter()
        .zip(b)
        .zip(scale)
        .map(|((a, b), scale)| ((a - b) / scale).powi(2))
        .sum::<f64>()
        .sqrt()
}

/// The rank of every outcome to one party: 1 for the best; equal outcomes share the best of their ranks.
pub fn ranks(values: &[f64]) -> Vec<u32> {
    // Whole numbers in the reverse order of the values sort faster than the values.
    let mut keyed: Vec<(u64, u32)> = values
        .iter()
        .zip(0..)
        .map(|(value, at)| (!ordered(*value), at))
        .collect();
    sort_by_key(&mut keyed);
    let mut ranks = vec![0; values.len()];
    let mut rank = 0;
    let mut last = None;
    for (place, (key, at)) in keyed.into_iter().enumerate() {
        if last != Some(key) {
            rank = place as u32 + 1;
            last = Some(key);
        }
        ranks[at as usize] = rank;
    }
    ranks
}

/// From here on, distributing by digits beats comparing.
const MANY: usize = 4096;

/// Sorts by key: by the lowest sixteen bits first, keeping the order of equal ones, then by the next, up to the highest.
fn sort_by_key(keyed: &mut Vec<(u64, u32)>) {
    if keyed.len() < MANY {
        keyed.sort_unstable();
        return;
    }
    let mut spare = vec![(0, 0); keyed.len()];
    for shift in [0, 16, 32, 48] {
        let digit = |key: u64| (key >> shift) as usize & 0xffff;
        let mut starts = vec![0_u32; 0x1_0000];
        for (key, _) in keyed.iter() {
            starts[digit(*key)] += 1;
        }
        if starts[digit(keyed[0].0)] as usize == keyed.len() {
            continue;
        }
        let mut start = 0;
        for entry in &mut starts {
            start += std::mem::replace(entry, start);
        }
        for item in keyed.iter() {
            let place = &mut starts[digit(item.0)];
            spare[*place as usize] = *item;
            *place += 1;
        }
        std::mem::swap(keyed, &mut spare);
    }
}

/// A whole number that compares as the finite number does.
fn ordered(value: f64) -> u64 {
    // Adding 0 makes a negative zero positive.
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 0 {
        bits | 1 << 63
    } else {
        !bits
    }
}

/// Whether the parties' fallbacks leave them anything to agree on.
#[derive(Clone, Debug, PartialEq)]
pub struct Rationality {
    /// The share of outcomes at least as good as its fallback, of every party.
    pub each: Vec<f64>,
    /// The share of outcomes that are so for every party.
    pub all: f64,
}

/// The shares of outcomes of an enumerated space that parties find at least as good as their fallbacks.
pub fn rationality(all: &Enumerated, fallbacks: &[f64]) -> Rationality {
    let outcomes = all.outcomes() as f64;
    let share = |party: usize| {
        let values = all.of(party).iter();
        values.filter(|value| **value >= fallbacks[party]).count() as f64 / outcomes
    };
    Rationality {
        each: (0..all.parties()).map(share).collect(),
        all: crate::zone::zone_of(all, fallbacks) / outcomes,
    }
}
