//! What can be wrong with a sample, or with a question about it.

/// Why a sample has no answer to a question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SensitivityError {
    /// A sample without inputs.
    #[error("the sample has no inputs; there is nothing that the output could hang on")]
    NoInputs,
    /// The array of points does not hold whole rows.
    #[error(
        "{values} numbers do not make whole points of {inputs} inputs; give every point one number for each input"
    )]
    Ragged {
        /// Numbers given.
        values: usize,
        /// Inputs of a point.
        inputs: usize,
    },
    /// Points and outputs are not equally many.
    #[error("there are {points} points and {outputs} outputs; every point needs one output")]
    Unequal {
        /// Points given.
        points: usize,
        /// Outputs given.
        outputs: usize,
    },
    /// Rows that are not whole blocks of a design.
    #[error(
        "{rows} rows are not a whole number of blocks; this design has {block} rows in each block"
    )]
    Blocks {
        /// Rows given.
        rows: usize,
        /// Rows of a block of the design.
        block: usize,
    },
    /// Too few rows for the question.
    #[error("{rows} usable {what} are too few; at least {needed} are needed")]
    TooFew {
        /// What is counted: rows, blocks, trajectories.
        what: &'static str,
        /// How many there are.
        rows: usize,
        /// How many are needed.
        needed: usize,
    },
    /// An input that is not a finite number.
    #[error("input {input} of row {row} is {value}; inputs must be finite numbers")]
    Input {
        /// The row, counted from 1.
        row: usize,
        /// The input, counted from 1.
        input: usize,
        /// What it is.
        value: f64,
    },
    /// An infinite output (NaN stands for a failed row and is left out).
    #[error(
        "the output of row {row} is {value}; outputs must be finite, or NaN where a row failed"
    )]
    Output {
        /// The row, counted from 1.
        row: usize,
        /// What it is.
        value: f64,
    },
    /// The output is the same everywhere.
    #[error("the output is {value} in every row; it hangs on none of the inputs")]
    Constant {
        /// The output.
        value: f64,
    },
    /// No row is of interest, or every row is.
    #[error("{interesting} of {rows} rows are of interest; there is nothing to tell apart")]
    OneKind {
        /// Rows of interest.
        interesting: usize,
        /// All rows.
        rows: usize,
    },
    /// A step of a trajectory that does not change exactly one input that the trajectory had not changed before.
    #[error(
        "trajectory {trajectory}, step {step}: every step must change exactly one input, each input once"
    )]
    Trajectory {
        /// The trajectory, counted from 1.
        trajectory: usize,
        /// The step, counted from 1.
        step: usize,
    },
    /// An option outside its range.
    #[error("{option} is {value}; it must be {range}")]
    Setting {
        /// The option.
        option: &'static str,
        /// What it is.
        value: f64,
        /// What it must be.
        range: &'static str,
    },
}

/// An option's number, if it lies where it may.
pub(crate) fn within(
    option: &'static str,
    value: f64,
    good: bool,
    range: &'static str,
) -> Result<(), SensitivityError> {
    if good {
        Ok(())
    } else {
        Err(SensitivityError::Setting {
            option,
            value,
            range,
        })
    }
}
