//! Ranges over draws.

use super::run::Run;
use crate::backtest::Distribution;

/// Shares below the lower and the upper end of what is shown.
const ENDS: [f64; 2] = [0.05, 0.95];

/// The central 90 % of a distribution.
pub(super) fn central(distribution: &Distribution) -> [f64; 2] {
    ENDS.map(|share| distribution.quantile(share))
}

/// The central 90 % of draws; `None` where there are none.
pub(super) fn range(values: Vec<f64>) -> Option<[f64; 2]> {
    let atoms: Vec<(f64, f64)> = values.into_iter().map(|value| (value, 1.0)).collect();
    (!atoms.is_empty()).then(|| central(&Distribution::new(atoms)))
}

/// Round by round, where every actor stands in 90 of 100 draws. Who settled earlier in a draw stays where it was.
pub(super) fn ribbon(rounds: &[Vec<Option<f64>>], drawn: &[&Run]) -> Vec<Vec<Option<[f64; 2]>>> {
    if drawn.is_empty() {
        return Vec::new();
    }
    let held = |run: &Run, round: usize, actor: usize| -> Option<f64> {
        let at = round.min(run.rounds.len().checked_sub(1)?);
        run.rounds.get(at)?.get(actor).copied().flatten()
    };
    (0..rounds.len())
        .map(|round| {
            let actors = 0..rounds[round].len();
            let spread = actors.map(|actor| {
                let all = drawn.iter().filter_map(|run| held(run, round, actor));
                range(all.collect())
            });
            spread.collect()
        })
        .collect()
}
