//! Numbers at the ends of their ranges, one at a time.

use crate::table::Table;
use detente_findings::model::{TornadoRow, Unit};
use detente_findings::tally::Tally;
use detente_language::scenario::Scenario;
use detente_sensitivity::regression;
use detente_sweep::{Doubtful, Solved, variation};

/// The numbers to set to their ends, as places: all of them, or, where that is more than `ends`, those with which the
/// endings go most closely over the draws (by squared rank correlation times the ending's variance).
pub(crate) fn screened(table: &Table, numbers: usize, ends: usize) -> Vec<usize> {
    let most = ends / 2;
    let mut order: Vec<usize> = (0..numbers).collect();
    if numbers <= most {
        return order;
    }
    let endings = table.endings();
    let variances: Vec<f64> = endings
        .iter()
        .map(|&e| variance(&table.values[e]))
        .collect();
    let score = |number: usize| -> f64 {
        let each = endings.iter().zip(&variances).filter(|(_, v)| **v > 0.0);
        each.map(|(&ending, variance)| {
            let sample = table.sample(&[number], &table.values[ending]);
            let known = sample.and_then(|sample| regression(&sample, 1).ok());
            known.map_or(0.0, |known| {
                known.coefficients[0].spearman.powi(2) * variance
            })
        })
        .sum()
    };
    let scores: Vec<f64> = order.iter().map(|&number| score(number)).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    order.truncate(most);
    order.sort_unstable();
    order
}

fn variance(column: &[f64]) -> f64 {
    let count = column.len().max(1) as f64;
    let mean = column.iter().sum::<f64>() / count;
    column
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / count
}

/// By so much a probability must lie beyond both ends for it to be told.
const BEYOND: f64 = 0.02;

/// The endings, and the asks for probabilities, of which the base's answer lies beyond those at both ends.
fn one_sided(base: &Tally, low: &Tally, high: &Tally, asks: &[Unit]) -> Vec<usize> {
    let endings = (0..base.endings.len()).map(|i| Some([base, low, high].map(|t| t.endings[i])));
    let asks = asks.iter().enumerate().map(|(i, unit)| {
        let at = |tally: &Tally| tally.asks.get(i).copied().flatten();
        let known = [at(base)?, at(low)?, at(high)?];
        (*unit == Unit::Probability).then_some(known)
    });
    let beyond = |[base, low, high]: [f64; 3]| {
        base < low.min(high) - BEYOND || base > low.max(high) + BEYOND
    };
    let each = endings.chain(asks).enumerate();
    each.filter(|(_, values)| values.is_some_and(beyond))
        .map(|(at, _)| at)
        .collect()
}

/// The rows of the tornado, the widest swing first; `solved` has both ends of each number, `units` what each ask
/// measures.
pub(crate) fn rows(
    scenario: &Scenario,
    base: &Tally,
    numbers: &[&Doubtful],
    solved: &[Solved],
    units: &[Unit],
) -> Vec<TornadoRow> {
    let rows = numbers.iter().zip(solved.chunks(2)).map(|(number, ends)| {
        let parameter = &scenario.parameters[number.parameter.index()];
        let [low, high] = [0, 1].map(|end| ends.get(end).and_then(Solved::tally));
        let endings = |tally: Option<&Tally>| tally.map(|tally| tally.endings.clone());
        let asks = |tally: Option<&Tally>| tally.map(|tally| tally.asks.clone());
        TornadoRow {
            param: parameter.id.clone(),
            base: number.base,
            low: number.low,
            high: number.high,
            percent: parameter.percent,
            at_low: endings(low),
            at_high: endings(high),
            asks_at_low: asks(low),
            asks_at_high: asks(high),
            one_sided: match (low, high) {
                (Some(low), Some(high)) => one_sided(base, low, high, units),
                _ => Vec::new(),
            },
            // An end that was not solved counts as the base.
            swing: variation(low.unwrap_or(base), high.unwrap_or(base)),
        }
    });
    // A number of which neither end was solved says nothing.
    let mut rows: Vec<TornadoRow> = rows
        .filter(|row| row.at_low.is_some() || row.at_high.is_some())
        .collect();
    rows.sort_by(|a, b| {
        b.swing
            .total_cmp(&a.swing)
            .then_with(|| a.param.cmp(&b.param))
    });
    rows
}
