//! What the points of a run say ([`detente_sweep::run`]): by the design where it has indices of its own, and as any
//! table of draws.
//!
//! Columns are read one after the other, and of very many points some that lie evenly among them, so that memory does
//! not grow with the run.

use crate::analyse::{Analysis, analyse};
use crate::information::{Choice, information};
use crate::table::Table;
use detente_findings::model::{
    Doubt, DoubtNumber, DoubtOutput, ElementaryEffects, OutputKind, Reason, Unit, VarianceShares,
};
use detente_language::check::load;
use detente_language::scenario::{ExprKind, Scenario};
use detente_language::source::Loader;
use detente_sensitivity::{MorrisOptions, SobolOptions, morris, rows_per_base_point, sobol};
use detente_sweep::design::Design;
use detente_sweep::run::{Column, Plan, Role, RunError, Summary, columns, summary};
use serde::Serialize;
use std::path::Path;

/// Cells of the table that is held in memory, and its most rows.
const CELLS: usize = 8_000_000;
const ROWS: usize = 65_536;
/// Most points of which an index of the design is taken, one output at a time.
const POINTS: u64 = 4_000_000;
/// Pairs of numbers that are told.
const PAIRS: usize = 10;
/// Reasons that are told.
const REASONS: usize = 10;

/// A run and what its points say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swept {
    /// The scenario's title.
    pub title: String,
    /// Its file, without folders.
    pub file: String,
    /// Version of the program that solved the points.
    pub version: String,
    /// The design's name.
    pub design: String,
    /// Seed of all draws.
    pub seed: u64,
    /// All points of the design.
    pub planned: u64,
    /// Points in complete shards.
    pub points: u64,
    /// Those of them that failed.
    pub failed: u64,
    /// Whether points are draws, so that shares of points are probabilities.
    pub draws: bool,
    /// What a reader should know about how the points were made.
    pub notes: Vec<String>,
    /// What the answers hang on.
    pub doubt: Doubt,
}

/// Reads the complete shards of a run and tells what its points say.
///
/// # Errors
/// There is no run in the folder, or a file cannot be read.
pub fn swept(folder: &Path, plan: &Plan, threads: usize) -> Result<Swept, RunError> {
    let told = summary(folder)?;
    let scenario = load(&plan.file, &plan.scenario, &Included(plan)).scenario;
    let frame = Frame::new(folder, plan, scenario.as_ref(), threads);
    let (table, choices) = frame.table()?;
    let solved = table.rows();
    let mut doubt = Doubt {
        draws: solved,
        failed: told.failed as usize,
        why: told.reason.as_ref().map(|(why, _)| why.clone()),
        method: plan.design.name().to_owned(),
        reasons: reasons(&told),
        ..Doubt::default()
    };
    let fills = !matches!(
        plan.design,
        Design::Morris { .. } | Design::OneAtATime { .. }
    );
    let analysis = Analysis {
        lead: None,
        fills,
        seed: plan.seed,
        threads,
    };
    // Only draws are weighed as they are likely.
    if draws(&plan.design) {
        doubt.information = information(&table, &choices, plan.seed, threads);
    }
    let stirring = table.clone();
    analyse(&mut doubt, table, analysis);
    let moving = |at: &usize| moves(&stirring.values[*at]);
    let outputs: Vec<usize> = (0..doubt.outputs.len()).filter(moving).collect();
    match plan.design {
        Design::Saltelli { second_order, .. } => {
            doubt.variance = frame.shares(&outputs, second_order)?;
        }
        Design::Morris { levels, .. } => doubt.effects = frame.effects(&outputs, levels)?,
        _ => {}
    }
    Ok(Swept {
        title: plan.title.clone(),
        file: plan.file.clone(),
        version: plan.version.clone(),
        design: plan.design.name().to_owned(),
        seed: plan.seed,
        planned: plan.points,
        points: told.points,
        failed: told.failed,
        draws: draws(&plan.design),
        notes: plan.notes.clone(),
        doubt,
    })
}

/// Whether the rows of the table are draws.
fn draws(design: &Design) -> bool {
    design.draws() || matches!(design, Design::Saltelli { .. })
}

fn reasons(told: &Summary) -> Vec<Reason> {
    let some = told.reasons.iter().take(REASONS);
    some.map(|(words, points)| Reason {
        words: words.clone(),
        points: *points,
    })
    .collect()
}

/// Whether a column has two different values.
fn moves(column: &[f64]) -> bool {
    let mut known = column.iter().filter(|value| !value.is_nan());
    let first = known.next();
    known.any(|value| Some(value) != first)
}

/// The files that the plan's scenario includes, by their names.
struct Included<'a>(&'a Plan);

impl Loader for Included<'_> {
    fn load(&self, path: &str, _: &str) -> Result<(String, String), String> {
        let name = Path::new(path).file_name().unwrap_or_default();
        let mut texts = self.0.included.iter();
        let text = texts.find(|text| *text.file == *name);
        text.map(|text| (text.file.clone(), text.text.clone()))
            .ok_or_else(|| "it does not belong to the run".to_owned())
    }
}

/// A run, and where its columns stand.
struct Frame<'a> {
    folder: &'a Path,
    plan: &'a Plan,
    numbers: Vec<(usize, DoubtNumber)>,
    outputs: Vec<(usize, DoubtOutput)>,
    threads: usize,
}

impl<'a> Frame<'a> {
    fn new(folder: &'a Path, plan: &'a Plan, scenario: Option<&Scenario>, threads: usize) -> Self {
        let place = |name: &str, precision: bool| {
            let role = if precision {
                Role::Precision
            } else {
                Role::Input
            };
            let mut columns = plan.columns_of(role);
            columns
                .find(|(_, column)| precision || column.of == name)
                .map(|(at, _)| at)
        };
        let numbers = plan.inputs.iter().filter_map(|input| {
            let about = scenario.and_then(|scenario| {
                let mut known = scenario.parameters.iter();
                known
                    .find(|known| known.id == input.name)
                    .map(|known| known.source.clone())
            });
            let number = DoubtNumber {
                id: input.name.clone(),
                about: about.unwrap_or_default(),
                percent: input.percent,
                base: input.base,
                low: input.low.unwrap_or(f64::NAN),
                high: input.high.unwrap_or(f64::NAN),
            };
            Some((place(&input.name, input.varies_precision)?, number))
        });
        let asks = scenario.map_or(0, |scenario| scenario.asks.len());
        let is_probability = |at: usize, column: &Column| match scenario {
            Some(scenario) if at < asks => {
                matches!(scenario.asks[at].query.kind, ExprKind::Probability(..))
            }
            _ => {
                let text = column.of.trim();
                text.starts_with("p(") && text.find(')') == Some(text.len() - 1)
            }
        };
        let of = |role, kind: OutputKind| {
            let columns: Vec<(usize, &Column)> = plan.columns_of(role).collect();
            let output = |(k, (at, column)): (usize, &(usize, &Column))| {
                let probability = kind == OutputKind::Ending
                    || (kind == OutputKind::Ask && is_probability(k, column));
                let unit = if probability {
                    Unit::Probability
                } else {
                    Unit::Number
                };
                let output = DoubtOutput {
                    kind,
                    label: column.label.clone(),
                    unit,
                    best: None,
                    solved: 0,
                    quantiles: None,
                };
                (*at, output)
            };
            columns.iter().enumerate().map(output).collect::<Vec<_>>()
        };
        let outputs = [
            of(Role::Ending, OutputKind::Ending),
            of(Role::Ask, OutputKind::Ask),
            of(Role::Actor, OutputKind::Actor),
        ];
        Frame {
            folder,
            plan,
            numbers: numbers.collect(),
            outputs: outputs.concat(),
            threads,
        }
    }

    /// The points that were solved, of very many some, as a table; and what the options of decisions bring in them.
    fn table(&self) -> Result<(Table, Vec<Choice>), RunError> {
        let mut places: Vec<usize> = self.numbers.iter().map(|(at, _)| *at).collect();
        places.extend(self.outputs.iter().map(|(at, _)| *at));
        let (reach, options) = (self.places_of(Role::Reach), self.places_of(Role::Option));
        places.extend(reach.iter().chain(&options));
        let mut sorted = places.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let most = (CELLS / sorted.len().max(1)).clamp(1_000, ROWS) as u64;
        let inputs = self.plan.inputs.len();
        let wanted: Box<dyn Fn(u64) -> bool> = match self.plan.design {
            // Of each base point the two that are drawn; the others share numbers with them.
            Design::Saltelli { base, second_order } => {
                let block = rows_per_base_point(inputs, second_order) as u64;
                let every = (2 * base).div_ceil(most).max(1);
                Box::new(move |point| {
                    let within = point % block;
                    (point / block).is_multiple_of(every) && (within == 0 || within + 1 == block)
                })
            }
            _ => {
                let every = self.plan.points.div_ceil(most).max(1);
                Box::new(move |point| point.is_multiple_of(every))
            }
        };
        let read = columns(self.folder, self.plan, &sorted, &wanted)?;
        let column = |place: usize| {
            let at = sorted.binary_search(&place).unwrap_or_default();
            &read.columns[at]
        };
        let first = self.outputs.first().map(|(at, _)| column(*at));
        let whole = |row: &usize| {
            let solved = first.is_some_and(|first| !first[*row].is_nan());
            solved
                && self
                    .numbers
                    .iter()
                    .all(|(at, _)| column(*at)[*row].is_finite())
        };
        let rows: Vec<usize> = (0..read.points.len()).filter(whole).collect();
        let take =
            |place: usize| -> Vec<f64> { rows.iter().map(|&row| column(place)[row]).collect() };
        let mut table = Table {
            numbers: self
                .numbers
                .iter()
                .map(|(_, number)| number.clone())
                .collect(),
            outputs: self
                .outputs
                .iter()
                .map(|(_, output)| output.clone())
                .collect(),
            inputs: self.numbers.iter().map(|(at, _)| take(*at)).collect(),
            values: self.outputs.iter().map(|(at, _)| take(*at)).collect(),
        };
        let mut options = options.into_iter();
        let choices = self.plan.decisions.iter().zip(reach);
        let choices = choices.map(|(decision, reach)| {
            let count = decision.options.len();
            let columns: Vec<Vec<f64>> = options.by_ref().take(count).map(&take).collect();
            let row = |row: usize| columns.iter().map(move |column| column[row]);
            Choice {
                actor: decision.actor,
                label: decision.label.clone(),
                decision: decision.decision.clone(),
                options: decision.options.clone(),
                reach: take(reach),
                values: (0..rows.len()).flat_map(row).collect(),
            }
        });
        let choices: Vec<Choice> = choices.collect();
        // Numbers of a file of points may lie anywhere.
        for (number, column) in table.numbers.iter_mut().zip(&table.inputs) {
            let low = column.iter().copied().fold(f64::INFINITY, f64::min);
            let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if !(number.low <= low && high <= number.high) && low <= high {
                (number.low, number.high) = (low, high);
            }
        }
        Ok((table, choices))
    }

    fn places_of(&self, role: Role) -> Vec<usize> {
        let columns = self.plan.columns_of(role);
        columns.map(|(at, _)| at).collect()
    }

    /// An output at the first points, `block` by `block`; NaN where a point is missing or failed.
    fn output(&self, output: usize, block: u64) -> Result<Vec<f64>, RunError> {
        let count = self.plan.points.min(POINTS) / block * block;
        let (place, _) = &self.outputs[output];
        let read = columns(self.folder, self.plan, &[*place], &|point| point < count)?;
        let mut values = vec![f64::NAN; count as usize];
        for (point, value) in read.points.iter().zip(&read.columns[0]) {
            values[*point as usize] = *value;
        }
        Ok(values)
    }

    /// Sobol' indices of some outputs.
    fn shares(
        &self,
        outputs: &[usize],
        second_order: bool,
    ) -> Result<Vec<VarianceShares>, RunError> {
        let inputs = self.plan.inputs.len();
        let block = rows_per_base_point(inputs, second_order) as u64;
        let options = SobolOptions {
            second_order,
            seed: self.plan.seed,
            threads: self.threads,
            ..SobolOptions::default()
        };
        let mut told = Vec::new();
        for &output in outputs {
            let values = self.output(output, block)?;
            // Too few whole base points, or nothing that varies: nothing to tell.
            let Ok(found) = sobol(&values, inputs, &options) else {
                continue;
            };
            let mut pairs = Vec::new();
            for a in 0..inputs {
                for b in a + 1..inputs {
                    let pair = found.pair(a, b);
                    let clear = pair.filter(|pair| pair.value > pair.half_width.max(0.01));
                    pairs.extend(clear.map(|pair| (a, b, pair.value, pair.half_width)));
                }
            }
            pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
            pairs.truncate(PAIRS);
            let both = |of: &[detente_sensitivity::Estimate]| {
                of.iter().map(|one| (one.value, one.half_width)).collect()
            };
            told.push(VarianceShares {
                output,
                base_points: found.base_points,
                dropped: found.dropped,
                first: both(&found.first),
                total: both(&found.total),
                pairs,
            });
        }
        Ok(told)
    }

    /// Elementary effects on some outputs.
    fn effects(&self, outputs: &[usize], levels: u64) -> Result<Vec<ElementaryEffects>, RunError> {
        let inputs = self.plan.inputs.len();
        let block = inputs as u64 + 1;
        let count = self.plan.points.min(POINTS) / block * block;
        let mut sorted: Vec<usize> = self.numbers.iter().map(|(at, _)| *at).collect();
        sorted.sort_unstable();
        let read = columns(self.folder, self.plan, &sorted, &|point| point < count)?;
        // Trajectories of shards that are missing are left out.
        let mut points = vec![0.0; count as usize * inputs];
        for (row, point) in read.points.iter().enumerate() {
            for (j, (place, _)) in self.numbers.iter().enumerate() {
                let at = sorted.binary_search(place).unwrap_or_default();
                points[*point as usize * inputs + j] = read.columns[at][row];
            }
        }
        let options = MorrisOptions {
            levels: levels as usize,
            seed: self.plan.seed,
            threads: self.threads,
            ..MorrisOptions::default()
        };
        let mut told = Vec::new();
        for &output in outputs {
            let values = self.output(output, block)?;
            // A number in coarse steps can stand still in a step of a trajectory, and then there are no effects.
            let Ok(found) = morris(&points, inputs, &values, &options) else {
                continue;
            };
            told.push(ElementaryEffects {
                output,
                trajectories: found.first().map_or(0, |one| one.trajectories),
                dropped: found.first().map_or(0, |one| one.dropped),
                effects: (found.iter())
                    .map(|one| (one.mu, one.mu_star.value, one.mu_star.half_width, one.sigma))
                    .collect(),
            });
        }
        Ok(told)
    }
}
