//! Scenario discovery (Bryant & Lempert 2010): under which conditions something is mostly so.
//!
//! Boxes are sought only over numbers that can be told from chance, and told only if random halves of the draws mostly
//! find their sides again.

use crate::importance::{FEWEST, weights};
use crate::table::Table;
use detente_findings::headlines::percent;
use detente_findings::model::{BoxLimit, Condition, DoubtBox};
use detente_sensitivity::{Found, Interest, PrimOptions, Region, Sample, discover, reproduced};

/// Draws that are looked at.
const MOST_ROWS: usize = 8_192;
/// Numbers that a search goes over.
const NUMBERS: usize = 8;
/// Endings that are asked about, those that move most.
const ENDINGS: usize = 3;
/// Least movement of an ending that is asked about.
const MOVES: f64 = 0.1;
/// Shares of draws between which something is worth a condition.
const SHARES: std::ops::RangeInclusive<f64> = 0.08..=0.5;
/// Share of a box's draws that must be of interest.
const DENSITY: f64 = 0.6;
/// Draws that a box must hold.
const BOX_ROWS: f64 = 6.0;
/// Halves of the draws, and the share of them that must find a side of a box again.
const HALVES: usize = 30;
const AGAIN: f64 = 0.6;

/// What is asked about, with its 0, 1 or number for every draw.
struct Target {
    what: String,
    output: Option<usize>,
    above: f64,
    column: Vec<f64>,
}

/// Conditions for another ending to be the likeliest, and for the endings that move most to be likely.
pub(crate) fn conditions(
    table: &Table,
    lead: Option<usize>,
    seed: u64,
    threads: usize,
) -> Vec<Condition> {
    if table.rows() < FEWEST {
        return Vec::new();
    }
    let endings = table.endings();
    let mut targets: Vec<Target> = lead
        .and_then(|lead| overtaken(table, &endings, lead))
        .into_iter()
        .collect();
    let mut moving: Vec<usize> = (endings.iter().copied())
        .filter(|&ending| table.moves(ending) >= MOVES)
        .collect();
    moving.sort_by(|&a, &b| table.moves(b).total_cmp(&table.moves(a)).then(a.cmp(&b)));
    moving.truncate(ENDINGS);
    targets.extend(
        moving
            .into_iter()
            .filter_map(|ending| likely(table, ending)),
    );
    let found = targets.into_iter();
    found
        .filter_map(|target| boxes(table, target, seed, threads))
        .collect()
}

/// That the ending which is the likeliest at the best guesses is, or is not, the likeliest: whichever is rarer.
fn overtaken(table: &Table, endings: &[usize], lead: usize) -> Option<Target> {
    let leads: Vec<bool> = (0..table.rows())
        .map(|row| table.likeliest(endings, row) == Some(lead))
        .collect();
    let share = leads.iter().filter(|leads| **leads).count() as f64 / leads.len() as f64;
    let label = &table.outputs[*endings.get(lead)?].label;
    let (what, wanted) = match share > 0.5 {
        true => (
            format!("another ending than “{label}” is the likeliest"),
            false,
        ),
        false => (format!("“{label}” is the likeliest ending"), true),
    };
    Some(Target {
        what,
        output: None,
        above: 0.5,
        column: leads
            .iter()
            .map(|&leads| f64::from(u8::from(leads == wanted)))
            .collect(),
    })
}

/// That an ending is likelier than a round number near its upper quartile.
fn likely(table: &Table, ending: usize) -> Option<Target> {
    let quartile = table.outputs[ending].quantiles?[3];
    let above = [0.1, 0.05, 0.01]
        .map(|step| (quartile / step).round() * step)
        .into_iter()
        .find(|above| {
            let column = &table.values[ending];
            let hits = column.iter().filter(|value| **value > *above).count();
            *above > 0.0 && (0.15..=0.4).contains(&(hits as f64 / column.len() as f64))
        })?;
    Some(Target {
        what: format!(
            "“{}” is above {}",
            table.outputs[ending].label,
            percent(above)
        ),
        output: Some(ending),
        above,
        column: table.values[ending].clone(),
    })
}

fn boxes(table: &Table, target: Target, seed: u64, threads: usize) -> Option<Condition> {
    let rows = target.column.len();
    let hits = target
        .column
        .iter()
        .filter(|value| **value > target.above)
        .count();
    let share = hits as f64 / rows as f64;
    if !SHARES.contains(&share) {
        return None;
    }
    let mut numbers: Vec<usize> = weights(table, &target.column)
        .iter()
        .map(|weight| weight.number)
        .collect();
    numbers.truncate(NUMBERS);
    let sample = thinned(table, &numbers, &target.column)?;
    let options = PrimOptions {
        interest: Interest::Above(target.above),
        density: DENSITY.max(1.5 * share).min(0.9),
        mass: (BOX_ROWS / sample.rows() as f64).max(0.03),
        boxes: 2,
        threads,
        ..PrimOptions::default()
    };
    let discovery = discover(&sample, &options).ok()?;
    let labels = table.labels(&numbers);
    let mut told = Vec::new();
    for found in discovery.boxes {
        let again = reproduced(&sample, &options, found.chosen.coverage, HALVES, seed).ok()?;
        told.extend(sure(&numbers, &found, &again).map(|limits| DoubtBox {
            words: Region::words(&found.chosen.region, &labels),
            limits,
            coverage: found.chosen.coverage,
            density: found.chosen.density,
            rows: found.chosen.rows,
        }));
    }
    (!told.is_empty()).then_some(Condition {
        what: target.what,
        output: target.output,
        above: target.above,
        share,
        rows: sample.rows(),
        boxes: told,
    })
}

/// The sides of a box, if each is mostly found again.
fn sure(numbers: &[usize], found: &Found, again: &[f64]) -> Option<Vec<BoxLimit>> {
    let limits = found.chosen.region.limits.iter().zip(numbers).zip(again);
    let sides: Vec<BoxLimit> = limits
        .filter(|((limits, _), _)| !limits.free())
        .map(|((limits, &number), &again)| BoxLimit {
            number,
            lower: limits.lower,
            upper: limits.upper,
            again,
        })
        .collect();
    let all = sides.iter().all(|side| side.again >= AGAIN);
    (all && !sides.is_empty()).then_some(sides)
}

/// The draws, of very many some that lie evenly among them.
pub(crate) fn thinned(table: &Table, numbers: &[usize], column: &[f64]) -> Option<Sample> {
    if numbers.is_empty() {
        return None;
    }
    let every = column.len().div_ceil(MOST_ROWS).max(1);
    let some: Vec<f64> = (column.iter().enumerate())
        .map(|(at, value)| if at % every == 0 { *value } else { f64::NAN })
        .collect();
    table.sample(numbers, &some)
}
