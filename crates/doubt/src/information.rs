//! What it would be worth to actors to know the numbers before they decide (Raiffa & Schlaifer 1961; Felli & Hazen 1998;
//! Strong, Oakley & Brennan 2014).
//!
//! An actor stands at a decision and takes one option whatever the numbers are; the others, and the actor afterwards,
//! act as each draw's solution says. What its best option brings in each draw, less what the option that is best on
//! average brings, is what knowing all numbers would be worth. Draws count by the probability that the decision is
//! reached in them, which is what the actor learns from standing there.

use crate::importance::FEWEST;
use crate::table::Table;
use detente_findings::model::{Information, Instead, NumberWorth, OptionWorth, OutputKind};
use detente_sensitivity::{InformationOptions, value_of_information};

/// Random orders that a number's worth must beat.
const SHUFFLES: usize = 99;
/// Least probability of coming to a decision for which anything is told.
const REACHED: f64 = 0.05;
/// Knowing everything is worth nothing where it is less than this share of all that is at stake: solutions are not more
/// exact.
const NOTHING: f64 = 1e-3;
/// Share of a number's worth that one limit must tell.
const TELLS: f64 = 0.6;

/// A decision, and what its options bring in each draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The actor, by its place.
    pub actor: usize,
    /// The actor's label.
    pub label: String,
    /// The decision in words.
    pub decision: String,
    /// Labels of its options.
    pub options: Vec<String>,
    /// Probability of coming to it, for each draw of the table.
    pub reach: Vec<f64>,
    /// For each draw what every option brings given that it comes to the decision; NaN where there is none.
    pub values: Vec<f64>,
}

/// What knowing the numbers would be worth at each of these decisions; those that the play hardly comes to are left out.
#[must_use]
pub fn information(
    table: &Table,
    choices: &[Choice],
    seed: u64,
    threads: usize,
) -> Vec<Information> {
    if table.rows() < FEWEST {
        return Vec::new();
    }
    let each = choices.iter();
    each.filter_map(|choice| worth(table, choice, seed, threads))
        .collect()
}

fn worth(table: &Table, choice: &Choice, seed: u64, threads: usize) -> Option<Information> {
    let options = choice.options.len();
    let known = |row: &usize| {
        let values = &choice.values[row * options..(row + 1) * options];
        // Where it never comes to the decision, the options make no difference.
        let reach = choice.reach[*row];
        reach == 0.0 || (reach.is_finite() && values.iter().all(|value| value.is_finite()))
    };
    let rows: Vec<usize> = (0..table.rows()).filter(known).collect();
    if rows.len() < FEWEST {
        return None;
    }
    let reached = rows.iter().map(|&row| choice.reach[row]).sum::<f64>() / rows.len() as f64;
    if reached < REACHED {
        return None;
    }
    // Given that it comes to the decision.
    let weights: Vec<f64> = rows
        .iter()
        .map(|&row| choice.reach[row] / reached)
        .collect();
    let payoffs: Vec<f64> = (rows.iter().zip(&weights))
        .flat_map(|(row, &weight)| {
            let values = &choice.values[row * options..(row + 1) * options];
            values.iter().map(move |value| match weight > 0.0 {
                true => weight * value,
                false => 0.0,
            })
        })
        .collect();
    let inputs = table.inputs.len();
    let points: Vec<f64> = (rows.iter())
        .flat_map(|&row| table.inputs.iter().map(move |column| column[row]))
        .collect();
    let how = InformationOptions {
        shuffles: SHUFFLES,
        seed,
        threads,
        ..InformationOptions::default()
    };
    let found = value_of_information(&points, inputs, &payoffs, options, &how).ok()?;
    let chooser = Chooser {
        payoffs: &payoffs,
        options,
        best: found.best,
    };
    let best_in = chooser.best_in(&weights);
    // Options between which the actor is indifferent lie close together although much is at stake.
    let stake = spread(&payoffs).max(value_spread(table, choice.actor));
    let matters = found.evpi > NOTHING * stake && found.evpi > 0.0;
    let mut numbers: Vec<NumberWorth> = (found.inputs.iter().enumerate())
        .filter(|(_, worth)| matters && worth.told_from_chance())
        .map(|(number, worth)| {
            let column: Vec<f64> = rows.iter().map(|&row| table.inputs[number][row]).collect();
            let cut = chooser.cut(&column);
            let tells = |(gain, _): &(f64, Instead)| *gain >= TELLS * worth.beyond_noise();
            NumberWorth {
                number,
                worth: worth.beyond_noise().min(found.evpi),
                instead: cut.filter(tells).map(|(_, instead)| instead),
            }
        })
        .filter(|number| number.worth > NOTHING * found.evpi)
        .collect();
    numbers.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.number.cmp(&b.number)));
    let labels = choice.options.iter().zip(&found.expected).zip(best_in);
    Some(Information {
        actor: choice.actor,
        label: choice.label.clone(),
        decision: choice.decision.clone(),
        reached,
        rows: rows.len(),
        options: labels
            .map(|((label, &expected), best_in)| OptionWorth {
                label: label.clone(),
                expected,
                best_in,
            })
            .collect(),
        best: found.best,
        stake,
        evpi: if matters { found.evpi } else { 0.0 },
        numbers,
    })
}

/// How far the value of the whole play to an actor moves over the draws.
fn value_spread(table: &Table, actor: usize) -> f64 {
    let outputs = table.outputs.iter().zip(&table.values);
    let mut actors = outputs.filter(|(output, _)| output.kind == OutputKind::Actor);
    let column = actors.nth(actor);
    column.map_or(0.0, |(_, column)| spread(column).max(0.0))
}

/// From the lowest to the highest of some numbers.
fn spread(values: &[f64]) -> f64 {
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
    highest - lowest
}

/// Who chooses among options, row by row.
struct Chooser<'a> {
    payoffs: &'a [f64],
    options: usize,
    /// The best on average.
    best: usize,
}

impl Chooser<'_> {
    /// The weighted share of rows in which each option is the best; where others are no better than the best on average,
    /// it is that.
    fn best_in(&self, weights: &[f64]) -> Vec<f64> {
        let mut shares = vec![0.0; self.options];
        for (row, weight) in self.payoffs.chunks(self.options).zip(weights) {
            let least = 1e-6 * spread(row);
            let mut best = self.best;
            for (option, value) in row.iter().enumerate() {
                if *value > row[best] + least {
                    best = option;
                }
            }
            shares[best] += weight;
        }
        let all: f64 = weights.iter().sum();
        shares.iter().map(|share| share / all.max(1e-300)).collect()
    }

    /// The one limit and option beyond it that bring most, and how much on average over all rows.
    fn cut(&self, column: &[f64]) -> Option<(f64, Instead)> {
        let mut order: Vec<usize> = (0..column.len()).collect();
        order.sort_by(|&a, &b| column[a].total_cmp(&column[b]).then(a.cmp(&b)));
        let ahead = |row: usize, option: usize| {
            let row = &self.payoffs[row * self.options..(row + 1) * self.options];
            row[option] - row[self.best]
        };
        let mut found: Option<(f64, Instead)> = None;
        for option in (0..self.options).filter(|&option| option != self.best) {
            let all: f64 = order.iter().map(|&row| ahead(row, option)).sum();
            let mut below = 0.0;
            for pair in order.windows(2) {
                below += ahead(pair[0], option);
                let (here, next) = (column[pair[0]], column[pair[1]]);
                if here == next {
                    continue;
                }
                for (gain, above) in [(below, false), (all - below, true)] {
                    let gain = gain / column.len() as f64;
                    if gain > 0.0 && found.is_none_or(|(most, _)| gain > most) {
                        let limit = f64::midpoint(here, next);
                        let instead = Instead {
                            option,
                            above,
                            limit,
                        };
                        found = Some((gain, instead));
                    }
                }
            }
        }
        found
    }
}
