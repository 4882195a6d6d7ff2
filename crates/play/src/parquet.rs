//! Rows of a log as an Arrow table and as a Parquet file.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, UInt64Array,
};
use arrow_schema::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use thiserror::Error;

use crate::log::Row;

/// Why a log cannot be written.
#[derive(Debug, Error)]
pub enum LogError {
    /// Arrow refuses the table.
    #[error("the log makes no table: {0}")]
    Arrow(#[from] ArrowError),
    /// Parquet refuses the file.
    #[error("the log makes no Parquet file: {0}")]
    Parquet(#[from] ParquetError),
}

/// Rows as an Arrow table. `times` are milliseconds since 1970, by the position of an event, where they are known;
/// they become the column `time`.
///
/// # Errors
/// Arrow refuses the table.
pub fn batch(rows: &[Row], times: Option<&[i64]>) -> Result<RecordBatch, LogError> {
    let numbers = |of: fn(&Row) -> u64| -> ArrayRef {
        Arc::new(UInt64Array::from_iter_values(rows.iter().map(of)))
    };
    let words = |of: fn(&Row) -> Option<&str>| -> ArrayRef {
        Arc::new(StringArray::from_iter(rows.iter().map(of)))
    };
    let values = |of: fn(&Row) -> Option<f64>| -> ArrayRef {
        Arc::new(Float64Array::from_iter(rows.iter().map(of)))
    };
    let undone: Vec<bool> = rows.iter().map(|row| row.undone).collect();
    let mut columns: Vec<(&str, ArrayRef, bool)> = vec![
        ("event", numbers(|row| row.event as u64), false),
        ("step", numbers(|row| row.step as u64), false),
        ("undone", Arc::new(BooleanArray::from(undone)), false),
        ("round", numbers(|row| u64::from(row.round)), false),
        ("by", words(|row| Some(row.by.word())), false),
        ("seat", words(|row| row.seat.as_deref()), true),
        ("actor", words(|row| row.actor.as_deref()), true),
        ("set", words(|row| row.set.as_deref()), true),
        ("variable", words(|row| Some(&row.variable)), false),
        ("option", words(|row| Some(&row.option)), false),
        ("label", words(|row| Some(&row.label)), false),
        ("options", numbers(|row| row.options as u64), false),
        ("probability", values(|row| Some(row.probability)), false),
        ("foresight", values(|row| row.foresight), true),
        ("best_foresight", values(|row| row.best_foresight), true),
        ("hindsight", values(|row| row.hindsight), true),
        ("best_hindsight", values(|row| row.best_hindsight), true),
    ];
    if let Some(times) = times {
        let times = rows.iter().map(|row| times.get(row.event).copied());
        columns.push(("time", Arc::new(Int64Array::from_iter(times)), true));
    }
    Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
}

/// Rows as the bytes of a Parquet file; see [`batch`] for `times`.
///
/// # Errors
/// Arrow or Parquet refuse them.
pub fn parquet(rows: &[Row], times: Option<&[i64]>) -> Result<Vec<u8>, LogError> {
    let batch = batch(rows, times)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(bytes)
}
