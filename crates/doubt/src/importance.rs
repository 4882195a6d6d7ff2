//! Which numbers an output hangs on, told apart from chance.
//!
//! Spearman's rank correlation asks nothing of the shape but that it rises or falls, and is known for any draws, even
//! fewer than numbers. Its interval is Fisher's with the variance of Fieller, Hartley & Pearson (1957). Of many
//! numbers some go with the output by luck: those are kept whose chance is small enough that, on average, no more than
//! one in ten of the kept is there by luck (Benjamini & Hochberg 1995). With draws enough Borgonovo's δ joins them, which
//! also sees what neither rises nor falls.

use crate::table::Table;
use detente_findings::model::{Importance, OutputKind, Weight};
use detente_sensitivity::{Delta, DeltaOptions, Sample, delta, delta_raw, regression};
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Fewest draws of which anything is said.
pub(crate) const FEWEST: usize = 20;
/// Share of the kept numbers that may be there by luck.
const LUCK: f64 = 0.1;
/// Standard normal quantile of a two-sided 90 % interval.
const NORMAL_95: f64 = 1.644_853_626_951_472_6;
/// Draws from which on δ is told, and to which it is held.
const DELTA_ROWS: (usize, usize) = (200, 2_000);
/// Random orders of the outputs that tell what chance can do.
const SHUFFLES: u128 = 39;
/// δ below this is not worth a word.
const DELTA_LEAST: f64 = 0.05;

/// The importance of all numbers for every output that moves.
#[must_use]
pub fn importance(table: &Table, seed: u64, threads: usize) -> Vec<Importance> {
    let outputs = (0..table.outputs.len()).filter(|&output| table.stirs(output));
    let of = |output: usize| {
        let column = &table.values[output];
        let mut found = weights(table, column);
        if table.outputs[output].kind == OutputKind::Ending {
            add_delta(table, column, &mut found, seed, threads);
        }
        let rows = column.iter().filter(|value| !value.is_nan()).count();
        (!found.is_empty()).then_some(Importance {
            output,
            rows,
            found,
        })
    };
    outputs.filter_map(of).collect()
}

/// The numbers that go with a column of outputs, the strongest first.
pub(crate) fn weights(table: &Table, column: &[f64]) -> Vec<Weight> {
    let rows = column.iter().filter(|value| !value.is_nan()).count();
    if rows < FEWEST {
        return Vec::new();
    }
    let rank = |number: usize| {
        let sample = table.sample(&[number], column)?;
        let known = regression(&sample, 1).ok()?;
        known.coefficients.first().map(|known| known.spearman)
    };
    let ranks = (0..table.numbers.len()).filter_map(|number| Some((number, rank(number)?)));
    let mut tested: Vec<(usize, f64, f64)> = ranks
        .map(|(number, rank)| (number, rank, by_luck(rank, rows)))
        .collect();
    tested.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)));
    let all = table.numbers.len() as f64;
    let kept = tested
        .iter()
        .enumerate()
        .filter(|(k, (_, _, p))| *p <= LUCK * (*k as f64 + 1.0) / all)
        .map(|(k, _)| k + 1)
        .max()
        .unwrap_or(0);
    let mut found: Vec<Weight> = tested[..kept]
        .iter()
        .map(|&(number, rank, _)| weight(number, rank, rows))
        .collect();
    strongest_first(&mut found);
    found
}

/// The chance that a rank correlation is as far from 0 where there is none (Student's t).
fn by_luck(rank: f64, rows: usize) -> f64 {
    let freedom = rows as f64 - 2.0;
    let t = rank.abs() * (freedom / (1.0 - rank * rank).max(f64::MIN_POSITIVE)).sqrt();
    StudentsT::new(0.0, 1.0, freedom).map_or(1.0, |student| 2.0 * student.sf(t))
}

fn weight(number: usize, rank: f64, rows: usize) -> Weight {
    let half = NORMAL_95 * (1.06 / (rows as f64 - 3.0)).sqrt();
    // Beyond this Fisher's transformation has no finite value.
    let middle = rank.clamp(-1.0 + 1e-12, 1.0 - 1e-12).atanh();
    Weight {
        number,
        rank,
        low: (middle - half).tanh(),
        high: (middle + half).tanh(),
        delta: None,
    }
}

fn strongest_first(found: &mut [Weight]) {
    let strength = |weight: &Weight| {
        let delta = weight.delta.map_or(0.0, |delta| delta.0);
        weight.rank.abs().max(delta)
    };
    found.sort_by(|a, b| {
        strength(b)
            .total_cmp(&strength(a))
            .then(a.number.cmp(&b.number))
    });
}

/// δ of the kept numbers, and those that it alone sees.
fn add_delta(table: &Table, column: &[f64], found: &mut Vec<Weight>, seed: u64, threads: usize) {
    let rows = column.len();
    if rows < DELTA_ROWS.0 {
        return;
    }
    let every = rows.div_ceil(DELTA_ROWS.1);
    let some: Vec<f64> = (column.iter().enumerate())
        .map(|(at, value)| if at % every == 0 { *value } else { f64::NAN })
        .collect();
    let all: Vec<usize> = (0..table.numbers.len()).collect();
    let options = DeltaOptions {
        seed,
        threads,
        ..DeltaOptions::default()
    };
    let Some(measured) = table
        .sample(&all, &some)
        .and_then(|sample| delta(&sample, &options).ok())
    else {
        return;
    };
    let told = |delta: &Delta| (delta.delta.value.max(0.0), delta.delta.half_width);
    for weight in found.iter_mut() {
        weight.delta = measured.get(weight.number).map(told);
    }
    let Some(luck) = table
        .sample(&all, &some)
        .and_then(|sample| by_luck_alone(&sample, seed, threads))
    else {
        return;
    };
    let used = some.iter().filter(|value| !value.is_nan()).count();
    for (number, delta) in measured.iter().enumerate() {
        let known = found.iter().any(|weight| weight.number == number);
        if known || delta.raw <= luck || delta.delta.value < DELTA_LEAST {
            continue;
        }
        let rank = (table.sample(&[number], column))
            .and_then(|sample| regression(&sample, 1).ok())
            .map_or(0.0, |known| known.coefficients[0].spearman);
        found.push(Weight {
            delta: Some(told(delta)),
            ..weight(number, rank, used)
        });
    }
    strongest_first(found);
}

/// The largest δ that any number gets where outputs are dealt out at random, over some random orders: what chance
/// alone can do.
fn by_luck_alone(sample: &Sample, seed: u64, threads: usize) -> Option<f64> {
    let (rows, inputs) = (sample.rows(), sample.inputs());
    let points: Vec<f64> = (0..rows)
        .flat_map(|row| (0..inputs).map(move |j| sample.input(j)[row]))
        .collect();
    let largest = (0..SHUFFLES).map(|k| {
        let mut output = sample.output().to_vec();
        output.shuffle(&mut Pcg64::new(u128::from(seed), k));
        let dealt = Sample::new(&points, inputs, &output).ok()?;
        Some(
            delta_raw(&dealt, threads)
                .ok()?
                .into_iter()
                .fold(0.0, f64::max),
        )
    });
    largest
        .collect::<Option<Vec<f64>>>()
        .map(|all| all.into_iter().fold(0.0, f64::max))
}
