//! Some columns of a run as numbers.

use super::{Plan, RunError, shard, table};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt64Type};
use std::path::Path;

/// Columns of numbers of the points that were wanted and are in complete shards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The points, rising.
    pub points: Vec<u64>,
    /// The columns, in the order in which they were asked for; NaN where there is no number.
    pub columns: Vec<Vec<f64>>,
}

/// Reads columns of a plan, given by their places in rising order, at the points that are `wanted`. Only these are
/// held in memory. Columns that hold no floating-point numbers come out as NaN.
///
/// # Errors
/// A file cannot be read.
pub fn columns(
    folder: &Path,
    plan: &Plan,
    places: &[usize],
    wanted: &dyn Fn(u64) -> bool,
) -> Result<Columns, RunError> {
    let mut read = Columns {
        points: Vec::new(),
        columns: vec![Vec::new(); places.len()],
    };
    // The number of the point is the first column of every run.
    let all: Vec<usize> = std::iter::once(0).chain(places.iter().copied()).collect();
    for number in 0..plan.shards() {
        if !plan.shard(number).any(wanted) || !shard::complete(folder, plan, number)? {
            continue;
        }
        let path = shard::path(folder, number);
        for batch in table::read(&path, &all)? {
            let batch = batch
                .map_err(|error| RunError::damaged(&path, format!("it is damaged ({error})")))?;
            let Some(points) = batch.column(0).as_primitive_opt::<UInt64Type>() else {
                return Err(RunError::damaged(
                    &path,
                    "its first column is not that of the points",
                ));
            };
            let kept: Vec<usize> = (0..points.len())
                .filter(|&row| wanted(points.value(row)))
                .collect();
            read.points
                .extend(kept.iter().map(|&row| points.value(row)));
            for (column, array) in read.columns.iter_mut().zip(&batch.columns()[1..]) {
                let numbers = array.as_primitive_opt::<Float64Type>();
                let value = |row: usize| {
                    let known =
                        numbers.filter(|numbers| !arrow_array::Array::is_null(*numbers, row));
                    known.map_or(f64::NAN, |numbers| numbers.value(row))
                };
                column.extend(kept.iter().map(|&row| value(row)));
            }
        }
    }
    Ok(read)
}
