//! Zeuthen's concessions over the frontier (Zeuthen 1930; Harsanyi 1956; as a protocol: Rosenschein and Zlotkin 1994,
//! chapter 4).
//!
//! Every party first asks for its best point. As long as no demand satisfies all, the party with the least to lose by
//! conceding, compared with a breakdown, moves to its next point: the one whose risk limit
//! `Zᵢ = (uᵢ(xᵢ) − minⱼ uᵢ(xⱼ)) / (uᵢ(xᵢ) − dᵢ)` is smallest. For two parties `Z₁ < Z₂` if and only if the product of
//! gains at `x₁` is smaller than at `x₂`, so concessions end at the largest product.

use crate::frontier::Frontier;

/// The point of a rational frontier where concessions end; `None` if it has no point.
pub(crate) fn zeuthen(zone: &Frontier, fallbacks: &[f64]) -> Option<usize> {
    if zone.is_empty() {
        return None;
    }
    let orders: Vec<Vec<usize>> = (0..zone.parties())
        .map(|party| order_of(zone, party))
        .collect();
    let mut at = vec![0_usize; zone.parties()];
    loop {
        let demands: Vec<usize> = orders.iter().zip(&at).map(|(order, &k)| order[k]).collect();
        if let Some(agreed) = satisfying(zone, &demands) {
            return Some(agreed);
        }
        let concedes = (0..at.len())
            .filter(|&party| at[party] + 1 < orders[party].len())
            .map(|party| (risk_limit(zone, fallbacks, &demands, party), party))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        at[concedes.1] += 1;
    }
}

/// The points in the order in which a party demands them: own value, then the larger sum of the others' values.
fn order_of(zone: &Frontier, party: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..zone.len()).collect();
    let others = |p: usize| {
        let values = zone.values(p).iter().enumerate();
        values
            .filter(|(other, _)| *other != party)
            .map(|(_, value)| value)
            .sum::<f64>()
    };
    order.sort_unstable_by(|&a, &b| {
        zone.values(b)[party]
            .total_cmp(&zone.values(a)[party])
            .then_with(|| others(b).total_cmp(&others(a)))
            .then(a.cmp(&b))
    });
    order
}

/// A demand that gives every party at least what it demands itself. Of several, the one with the largest sum.
fn satisfying(zone: &Frontier, demands: &[usize]) -> Option<usize> {
    let sum = |p: usize| zone.values(p).iter().sum::<f64>();
    demands
        .iter()
        .copied()
        .filter(|&x| {
            demands
                .iter()
                .enumerate()
                .all(|(party, &own)| zone.values(x)[party] >= zone.values(own)[party])
        })
        .reduce(|best, x| if sum(x) > sum(best) { x } else { best })
}

/// The largest chance of a breakdown that a party would risk rather than take the worst of the others' demands.
fn risk_limit(zone: &Frontier, fallbacks: &[f64], demands: &[usize], party: usize) -> f64 {
    let own = zone.values(demands[party])[party];
    let worst = demands
        .iter()
        .map(|&x| zone.values(x)[party])
        .fold(f64::INFINITY, f64::min);
    let stake = own - fallbacks[party];
    if stake > 0.0 {
        (own - worst) / stake
    } else {
        // Nothing left to lose: the party would as soon have no deal.
        1.0
    }
}
