//! Zeuthen's concessions over the frontier (Zeuthen 1930; Harsanyi 1956; as a protocol: Rosenschein and Zlotkin 1994,
//! chapter 4).
//!
//! Every party first asks for its best point. As long as no demand satisfies all, the party that would risk least for
//! its demand concedes. For two parties, its risk limit `Zᵢ = (uᵢ(xᵢ) − uᵢ(xⱼ)) / (uᵢ(xᵢ) − dᵢ)` is the smaller one if
//! and only if the product of gains at its demand is, so concessions end at the largest product. For more parties the
//! product takes the place of the risk limit (Endriss 2006, the product-increasing strategy).

use std::cmp::Ordering;

use crate::frontier::Frontier;
use crate::solution::{gains, nash_order};

/// The point of a rational frontier where concessions end; `None` if it has no point.
pub(crate) fn zeuthen(zone: &Frontier, fallbacks: &[f64]) -> Option<usize> {
    if zone.is_empty() {
        return None;
    }
    let gains: Vec<Vec<f64>> = (0..zone.len())
        .map(|p| gains(zone.values(p), fallbacks))
        .collect();
    let product = |a: usize, b: usize| nash_order(&gains[a], &gains[b]);
    let paths: Vec<Vec<usize>> = (0..zone.parties())
        .map(|party| concessions(zone, party, product))
        .collect();
    let mut at = vec![0_usize; zone.parties()];
    loop {
        let demands: Vec<usize> = paths.iter().zip(&at).map(|(path, &k)| path[k]).collect();
        if let Some(agreed) = satisfying(zone, &demands, product) {
            return Some(agreed);
        }
        let concedes = (0..at.len())
            .filter(|&party| at[party] + 1 < paths[party].len())
            .min_by(|&a, &b| product(demands[a], demands[b]).then(a.cmp(&b)));
        match concedes {
            Some(party) => at[party] += 1,
            // Every demand has the largest product; parties that differ then agree on the first.
            None => {
                return demands
                    .into_iter()
                    .reduce(|a, b| if product(b, a).is_gt() { b } else { a });
            }
        }
    }
}

/// What a party demands in turn: its best point, then always the best for itself of those with a larger product.
pub(crate) fn concessions(
    zone: &Frontier,
    party: usize,
    product: impl Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..zone.len()).collect();
    order.sort_unstable_by(|&a, &b| {
        zone.values(b)[party]
            .total_cmp(&zone.values(a)[party])
            .then_with(|| product(b, a))
            .then(a.cmp(&b))
    });
    let mut path: Vec<usize> = Vec::new();
    for p in order {
        if path.last().is_none_or(|last| product(p, *last).is_gt()) {
            path.push(p);
        }
    }
    path
}

/// A demand that gives every party at least what it demands itself; of several, the one with the largest product.
fn satisfying(
    zone: &Frontier,
    demands: &[usize],
    product: impl Fn(usize, usize) -> Ordering,
) -> Option<usize> {
    let satisfies = |x: usize| {
        demands
            .iter()
            .enumerate()
            .all(|(party, &own)| zone.values(x)[party] >= zone.values(own)[party])
    };
    demands
        .iter()
        .copied()
        .filter(|&x| satisfies(x))
        .reduce(|best, x| if product(x, best).is_gt() { x } else { best })
}
