//! What a player could gain by deviating, on the same vectors as the iterations.

use super::treeplex::Treeplex;

/// The gain of a best response over a plan. `worth` is what the sequences are worth at their own ends against
/// the other's plan, and is lost; `plan` is the player's own.
///
/// With Q(I, a) the worth of an action when only the best is done afterwards, the gain is
/// Σ x(I, a) (max Q(I, ·) − Q(I, a)) over all sequences: a sum of numbers that are not negative, so that small
/// gains come out to full precision.
pub(super) fn best_response_gain(treeplex: &Treeplex, worth: &mut [f64], plan: &[f64]) -> f64 {
    let mut gain = 0.0;
    let mut best = Vec::new();
    for group in treeplex.groups.iter().rev() {
        best.clear();
        best.resize(group.sets, f64::NEG_INFINITY);
        for action in 0..group.arity {
            for (best, &q) in best.iter_mut().zip(&worth[group.action(action)]) {
                *best = if q > *best { q } else { *best };
            }
        }
        for action in 0..group.arity {
            let range = group.action(action);
            let lost = best.iter().zip(&worth[range.clone()]);
            let lost = lost.zip(&plan[range]).map(|((best, q), x)| x * (best - q));
            gain += lost.sum::<f64>();
        }
        let parents = &treeplex.parent[group.first..group.first + group.sets];
        for (&parent, best) in parents.iter().zip(&best) {
            worth[parent as usize] += best;
        }
    }
    gain
}
