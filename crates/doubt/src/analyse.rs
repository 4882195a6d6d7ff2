//! What a table of draws says.

use crate::conditions::conditions;
use crate::importance::{FEWEST, importance};
use crate::table::Table;
use crate::tipping::largest;
use crate::tree::tree;
use detente_findings::model::Doubt;

/// How a table is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// The ending that is the likeliest at the best guesses, as its place among the endings.
    pub lead: Option<usize>,
    /// Whether the rows fill the space of the numbers, so that it can be told which matter.
    pub fills: bool,
    /// Seed of resamples.
    pub seed: u64,
    /// Threads; the results do not depend on it.
    pub threads: usize,
}

/// Writes down what the draws say: quantiles, importance, conditions, a tree, rows for pictures.
pub fn analyse(doubt: &mut Doubt, mut table: Table, analysis: Analysis) {
    let Analysis { seed, threads, .. } = analysis;
    table.spread();
    let endings = table.endings();
    doubt.most_likely = vec![0.0; endings.len()];
    let rows = table.rows();
    for row in 0..rows {
        if let Some(first) = table.likeliest(&endings, row) {
            doubt.most_likely[first] += 1.0;
        }
    }
    for share in &mut doubt.most_likely {
        *share /= rows.max(1) as f64;
    }
    // Without an answer at the best guesses, the ending that is the likeliest most often.
    let lead = analysis.lead.or_else(|| largest(&doubt.most_likely));
    if analysis.fills && rows >= FEWEST {
        doubt.importance = importance(&table, seed, threads);
        doubt.conditions = conditions(&table, lead, seed, threads);
        doubt.tree = tree(&table, threads);
    }
    doubt.rows = table.shown();
    doubt.numbers = table.numbers;
    doubt.outputs = table.outputs;
}
