//! Points that are read from a file: CSV or Parquet, one row a point, columns named like the numbers.

use super::input::PRECISION;
use super::{Design, DesignError, Input, Of};
use crate::draw::Doubtful;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use detente_language::scenario::{ParamId, Scenario};
use detente_language::suggest::nearest;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A file of points. It is held in memory, 8 bytes for each number.
#[derive(Clone, Debug)]
pub struct PointsFile {
    file: String,
    sha256: String,
    inputs: Vec<Input>,
    columns: Vec<Vec<f64>>,
}

impl PointsFile {
    /// Reads points from a `.csv` or `.parquet` file. Columns are named like `param`s, or `precision`; numbers may
    /// have a percent sign in CSV. `doubtful` are the numbers that have a range.
    ///
    /// # Errors
    /// A file that cannot be read, unknown columns, missing values, values outside of the ranges.
    pub fn read(
        path: &Path,
        scenario: &Scenario,
        doubtful: &[Doubtful],
    ) -> Result<PointsFile, DesignError> {
        let file = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let wrong = |reason: String| DesignError::File {
            file: path.display().to_string(),
            reason,
        };
        let bytes =
            std::fs::read(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        let ending = path.extension().and_then(|ending| ending.to_str());
        let (names, columns) = match ending {
            Some("csv") => csv(&bytes),
            Some("parquet") => parquet(bytes),
            _ => Err("points are read from a file that ends in .csv or .parquet".to_owned()),
        }
        .map_err(wrong)?;
        let inputs = inputs(&names, scenario, doubtful).map_err(wrong)?;
        for (input, column) in inputs.iter().zip(&columns) {
            check(input, column).map_err(wrong)?;
        }
        Ok(PointsFile {
            file,
            sha256,
            inputs,
            columns,
        })
    }

    /// What the columns stand for.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    pub(super) fn rows(&self) -> u64 {
        self.columns.first().map_or(0, |column| column.len() as u64)
    }

    pub(super) fn design(&self) -> Design {
        Design::File {
            file: self.file.clone(),
            sha256: self.sha256.clone(),
            points: self.rows(),
        }
    }

    pub(super) fn row(&self, at: u64) -> Vec<f64> {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let number = |column: &Vec<f64>| column.get(at).copied().unwrap_or(f64::NAN);
        self.columns.iter().map(number).collect()
    }
}

/// Hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

type Table = (Vec<String>, Vec<Vec<f64>>);

fn csv(bytes: &[u8]) -> Result<Table, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let names: Vec<String> = reader
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').to_owned())
        .collect();
    let mut columns = vec![Vec::new(); names.len()];
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| match error.kind() {
            csv::ErrorKind::UnequalLengths { len, .. } => format!(
                "row {} has {len} values and there are {} columns",
                row + 1,
                names.len()
            ),
            _ => error.to_string(),
        })?;
        for ((column, name), cell) in columns.iter_mut().zip(&names).zip(&record) {
            column.push(number(cell, name, row)?);
        }
    }
    Ok((names, columns))
}

fn number(cell: &str, name: &str, row: usize) -> Result<f64, String> {
    if cell.is_empty() {
        return Err(missing(name, row));
    }
    let parsed = match cell.strip_suffix('%') {
        Some(percent) => percent.trim_end().parse::<f64>().map(|value| value / 100.0),
        None => cell.parse::<f64>(),
    };
    match parsed {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(value) if value.is_nan() => Err(missing(name, row)),
        _ => Err(format!(
            "row {}: `{name}` is `{cell}`, which is no number",
            row + 1
        )),
    }
}

fn missing(name: &str, row: usize) -> String {
    format!("row {}: `{name}` has no value", row + 1)
}

fn parquet(bytes: Vec<u8>) -> Result<Table, String> {
    let words = |error: &dyn std::fmt::Display| {
        let error = error.to_string();
        match error.contains("Disabled feature") {
            // What the library names last is the compression.
            true => format!(
                "is compressed with {}, which is not read here: write it with Snappy or uncompressed",
                error.rsplit(' ').next().unwrap_or_default()
            ),
            false => format!("cannot be read as Parquet: {error}"),
        }
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes))
        .map_err(|error| words(&error))?;
    let fields = builder.schema().fields().iter();
    let names: Vec<String> = fields.map(|field| field.name().clone()).collect();
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    for batch in builder.build().map_err(|error| words(&error))? {
        let batch = batch.map_err(|error| words(&error))?;
        for ((column, name), array) in columns.iter_mut().zip(&names).zip(batch.columns()) {
            append(column, array, name)?;
        }
    }
    Ok((names, columns))
}

fn append(column: &mut Vec<f64>, array: &ArrayRef, name: &str) -> Result<(), String> {
    let at = |i: usize| -> Option<f64> {
        if array.is_null(i) {
            return None;
        }
        match array.data_type() {
            DataType::Float64 => Some(array.as_primitive::<Float64Type>().value(i)),
            DataType::Float32 => Some(f64::from(array.as_primitive::<Float32Type>().value(i))),
            DataType::Int64 => Some(array.as_primitive::<Int64Type>().value(i) as f64),
            DataType::Int32 => Some(f64::from(array.as_primitive::<Int32Type>().value(i))),
            _ => None,
        }
    };
    let known = matches!(
        array.data_type(),
        DataType::Float64 | DataType::Float32 | DataType::Int64 | DataType::Int32
    );
    if !known {
        return Err(format!("`{name}` holds {}, not numbers", array.data_type()));
    }
    for i in 0..array.len() {
        let row = column.len();
        match at(i).filter(|value| value.is_finite()) {
            Some(value) => column.push(value),
            None => return Err(missing(name, row)),
        }
    }
    Ok(())
}

fn inputs(
    names: &[String],
    scenario: &Scenario,
    doubtful: &[Doubtful],
) -> Result<Vec<Input>, String> {
    let mut inputs: Vec<Input> = Vec::new();
    for name in names {
        if inputs.iter().any(|input| input.name == *name) {
            return Err(format!("the column `{name}` stands twice"));
        }
        let ids = || scenario.parameters.iter().map(|known| known.id.as_str());
        let of = match ids().position(|id| id == name) {
            Some(index) => {
                let id = ParamId(index as u32);
                let known = doubtful.iter().find(|number| number.parameter == id);
                known.map_or(Of::Given(id), |number| Of::Number(number.clone()))
            }
            None if name == PRECISION => Of::Precision(0.0, f64::INFINITY),
            None => {
                let near = nearest(name, ids())
                    .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                return Err(format!("there is no param for the column `{name}`{near}"));
            }
        };
        inputs.push(Input {
            name: name.clone(),
            of,
        });
    }
    match inputs.is_empty() {
        true => Err("it has no columns".to_owned()),
        false => Ok(inputs),
    }
}

/// Whether all values lie in the range of the number.
fn check(input: &Input, column: &[f64]) -> Result<(), String> {
    let (low, high) = match &input.of {
        Of::Number(number) => number.bounds(),
        Of::Given(_) => (f64::NEG_INFINITY, f64::INFINITY),
        Of::Precision(..) => (0.0, f64::INFINITY),
    };
    // Ends that were written with few digits are still ends.
    let slack = 1e-9 * (high - low).abs().min(low.abs().max(high.abs()));
    let slack = if slack.is_finite() { slack } else { 0.0 };
    let outside = |value: &f64| *value < low - slack || *value > high + slack;
    match column.iter().position(outside) {
        None => Ok(()),
        Some(row) => Err(format!(
            "row {}: `{}` is {}, outside of its range {low} .. {high}",
            row + 1,
            input.name,
            column[row]
        )),
    }
}
