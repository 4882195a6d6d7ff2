//! Points and what came out at each of them.

use crate::error::SensitivityError;

/// A sample of any design: points and one output each, without the rows that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    columns: Vec<Vec<f64>>,
    output: Vec<f64>,
    dropped: usize,
}

impl Sample {
    /// Joins `points` (row by row, `inputs` numbers each) with their outputs. Rows whose output is NaN failed and are
    /// left out; [`Sample::dropped`] counts them. What is said of the rest holds for the rest: rows rarely fail
    /// independently of what is asked.
    ///
    /// # Errors
    /// No inputs, ragged points, unequal numbers of points and outputs, an input that is not finite, an infinite
    /// output, no row left.
    pub fn new(points: &[f64], inputs: usize, outputs: &[f64]) -> Result<Self, SensitivityError> {
        let rows = checked(points, inputs)?;
        if rows != outputs.len() {
            return Err(SensitivityError::Unequal {
                points: rows,
                outputs: outputs.len(),
            });
        }
        check_outputs(outputs)?;
        let kept: Vec<usize> = (0..rows).filter(|&row| !outputs[row].is_nan()).collect();
        if kept.is_empty() {
            return Err(SensitivityError::TooFew {
                what: "rows",
                rows: 0,
                needed: 1,
            });
        }
        let columns = (0..inputs)
            .map(|j| kept.iter().map(|&row| points[row * inputs + j]).collect())
            .collect();
        Ok(Self {
            columns,
            output: kept.iter().map(|&row| outputs[row]).collect(),
            dropped: rows - kept.len(),
        })
    }

    /// Rows that did not fail.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.output.len()
    }

    /// Numbers of a point.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.columns.len()
    }

    /// Rows that failed and were left out.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// One input at every row, counted from 0; empty where there is no such input.
    #[must_use]
    pub fn input(&self, input: usize) -> &[f64] {
        self.columns.get(input).map_or(&[], Vec::as_slice)
    }

    /// The output at every row.
    #[must_use]
    pub fn output(&self) -> &[f64] {
        &self.output
    }

    pub(crate) fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// Some of the rows, in the order given.
    pub(crate) fn part(&self, rows: &[usize]) -> Self {
        let pick = |column: &Vec<f64>| rows.iter().map(|&row| column[row]).collect();
        Self {
            columns: self.columns.iter().map(pick).collect(),
            output: pick(&self.output),
            dropped: self.dropped,
        }
    }

    /// An error if there are fewer rows, or if the output is the same everywhere.
    pub(crate) fn varied(&self, needed: usize) -> Result<(), SensitivityError> {
        enough("rows", self.rows(), needed)?;
        match self.output.iter().all(|value| *value == self.output[0]) {
            true => Err(SensitivityError::Constant {
                value: self.output[0],
            }),
            false => Ok(()),
        }
    }
}

pub(crate) fn enough(
    what: &'static str,
    rows: usize,
    needed: usize,
) -> Result<(), SensitivityError> {
    if rows < needed {
        return Err(SensitivityError::TooFew { what, rows, needed });
    }
    Ok(())
}

/// The number of points, if they are whole and finite.
pub(crate) fn checked(points: &[f64], inputs: usize) -> Result<usize, SensitivityError> {
    if inputs == 0 {
        return Err(SensitivityError::NoInputs);
    }
    if !points.len().is_multiple_of(inputs) {
        return Err(SensitivityError::Ragged {
            values: points.len(),
            inputs,
        });
    }
    match points.iter().position(|value| !value.is_finite()) {
        Some(at) => Err(SensitivityError::Input {
            row: at / inputs + 1,
            input: at % inputs + 1,
            value: points[at],
        }),
        None => Ok(points.len() / inputs),
    }
}

pub(crate) fn check_outputs(outputs: &[f64]) -> Result<(), SensitivityError> {
    match outputs.iter().position(|value| value.is_infinite()) {
        Some(at) => Err(SensitivityError::Output {
            row: at + 1,
            value: outputs[at],
        }),
        None => Ok(()),
    }
}
