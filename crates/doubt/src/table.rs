//! Draws as columns.

use detente_findings::model::{DoubtNumber, DoubtOutput, DoubtRow, OutputKind, Unit};
use detente_sensitivity::{Form, Label, Sample};

/// Solved draws: what was drawn and what came out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The numbers.
    pub numbers: Vec<DoubtNumber>,
    /// The outputs.
    pub outputs: Vec<DoubtOutput>,
    /// A column for each number, all of one length.
    pub inputs: Vec<Vec<f64>>,
    /// A column for each output, of the same length; NaN where there is no value.
    pub values: Vec<Vec<f64>>,
}

/// Cells of the rows that are kept for pictures.
const CELLS: usize = 60_000;
/// Most rows that are kept for pictures.
const ROWS: usize = 1_000;
/// Significant digits of the numbers kept for pictures.
const DIGITS: usize = 5;

impl Table {
    /// Number of draws.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// The places of the outputs that are endings.
    pub(crate) fn endings(&self) -> Vec<usize> {
        let outputs = self.outputs.iter().enumerate();
        let endings = outputs.filter(|(_, output)| output.kind == OutputKind::Ending);
        endings.map(|(at, _)| at).collect()
    }

    /// Some of the numbers with a column of outputs, as a sample; none where nothing is left of it.
    pub(crate) fn sample(&self, numbers: &[usize], output: &[f64]) -> Option<Sample> {
        let rows = 0..self.rows();
        let points: Vec<f64> = rows
            .flat_map(|row| numbers.iter().map(move |&j| self.inputs[j][row]))
            .collect();
        Sample::new(&points, numbers.len(), output).ok()
    }

    /// The ending that is the likeliest in a draw, the first of several, as its place among the endings.
    pub(crate) fn likeliest(&self, endings: &[usize], row: usize) -> Option<usize> {
        let value = |at: usize| self.values[endings[at]][row];
        let best = |best: usize, at: usize| if value(at) > value(best) { at } else { best };
        (!endings.is_empty()).then(|| (0..endings.len()).fold(0, best))
    }

    /// Counts the values of every output and takes their quantiles.
    pub(crate) fn spread(&mut self) {
        for (output, column) in self.outputs.iter_mut().zip(&self.values) {
            let mut sorted: Vec<f64> = column.iter().copied().filter(|v| !v.is_nan()).collect();
            sorted.sort_by(f64::total_cmp);
            output.solved = sorted.len();
            output.quantiles = (!sorted.is_empty())
                .then(|| [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| quantile(&sorted, share)));
        }
    }

    /// How far an output moves over the draws, from its 5 % to its 95 % quantile.
    pub(crate) fn moves(&self, output: usize) -> f64 {
        let quantiles = self.outputs[output].quantiles;
        quantiles.map_or(0.0, |q| q[4] - q[0])
    }

    /// Whether an output moves enough to be worth a word: half a percentage point, or more than rounding.
    pub(crate) fn stirs(&self, output: usize) -> bool {
        let floor = match (self.outputs[output].unit, self.outputs[output].quantiles) {
            (Unit::Probability, _) => 0.005,
            (Unit::Number, Some(q)) => 1e-3 * q[2].abs(),
            (Unit::Number, None) => 0.0,
        };
        self.moves(output) > floor
    }

    /// Rows for pictures: all, or some that lie evenly among them.
    pub(crate) fn shown(&self) -> Vec<DoubtRow> {
        let width = (self.numbers.len() + self.outputs.len()).max(1);
        let all = self.rows();
        let most = (CELLS / width).clamp(100, ROWS).min(all);
        let row = |k: usize| {
            let at = k * all / most.max(1);
            DoubtRow {
                numbers: self.inputs.iter().map(|column| short(column[at])).collect(),
                outputs: (self.values.iter())
                    .map(|column| Some(short(column[at])).filter(|value| !value.is_nan()))
                    .collect(),
            }
        };
        (0..most).map(row).collect()
    }

    /// How numbers are called and written.
    pub(crate) fn labels(&self, numbers: &[usize]) -> Vec<Label> {
        let label = |&j: &usize| {
            let number = &self.numbers[j];
            let form = if number.percent {
                Form::Percent
            } else {
                Form::Number
            };
            Label::new(number.id.replace('_', " "))
                .form(form)
                .range(number.low, number.high)
        };
        numbers.iter().map(label).collect()
    }
}

/// A quantile with linear interpolation (Hyndman & Fan 1996, definition 7); of at least one value.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (at - at.floor()) * (above - below)
}

/// A number with a few digits.
fn short(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}
