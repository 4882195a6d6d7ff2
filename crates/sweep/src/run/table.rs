//! Rows as Arrow tables and Parquet files.

use super::{Column, Plan, Role, Row, RunError};
use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder, UInt64Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::UInt64Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

const SOLVED: &str = "solved";
const FAILED: &str = "failed";

/// The columns as Arrow has them. Failed points have no answers.
#[must_use]
pub fn schema(plan: &Plan) -> Arc<Schema> {
    let field = |column: &Column| {
        let (kind, nullable) = match column.role {
            Role::Point => (DataType::UInt64, false),
            Role::Input => (DataType::Float64, false),
            Role::Status => (DataType::Utf8, false),
            Role::Kind | Role::Reason => (DataType::Utf8, true),
            Role::Continued => (DataType::Boolean, true),
            _ => (DataType::Float64, true),
        };
        Field::new(&column.name, kind, nullable)
    };
    Arc::new(Schema::new(
        plan.columns.iter().map(field).collect::<Vec<_>>(),
    ))
}

/// Rows as an Arrow table.
///
/// # Errors
/// Rows that have other columns than the plan.
pub fn batch(plan: &Plan, rows: &[Row]) -> Result<RecordBatch, ArrowError> {
    let mut places = std::collections::HashMap::new();
    let arrays = plan.columns.iter().map(|column| {
        let place: &mut usize = places.entry(column.role as u8).or_default();
        let array = array(plan, column.role, *place, rows);
        *place += 1;
        array
    });
    let arrays: Vec<ArrayRef> = arrays.collect();
    RecordBatch::try_new(schema(plan), arrays)
}

/// The column that is number `place` of its role.
fn array(plan: &Plan, role: Role, place: usize, rows: &[Row]) -> ArrayRef {
    match role {
        Role::Point => {
            let mut column = UInt64Builder::new();
            rows.iter().for_each(|row| column.append_value(row.point));
            Arc::new(column.finish())
        }
        Role::Kind | Role::Status | Role::Reason => {
            let mut column = StringBuilder::new();
            rows.iter()
                .for_each(|row| column.append_option(words(row, role)));
            Arc::new(column.finish())
        }
        Role::Continued => {
            let mut column = BooleanBuilder::new();
            rows.iter().for_each(|row| {
                column.append_option(row.result.as_ref().ok().map(|found| found.continued));
            });
            Arc::new(column.finish())
        }
        _ => {
            let mut column = Float64Builder::new();
            rows.iter()
                .for_each(|row| column.append_option(number(plan, row, role, place)));
            Arc::new(column.finish())
        }
    }
}

fn words(row: &Row, role: Role) -> Option<&str> {
    match (role, &row.result) {
        (Role::Status, Ok(_)) => Some(SOLVED),
        (Role::Status, Err(_)) => Some(FAILED),
        (Role::Reason, Err(reason)) => Some(reason),
        (Role::Kind, Ok(found)) => Some(&found.kind),
        _ => None,
    }
}

fn number(plan: &Plan, row: &Row, role: Role, place: usize) -> Option<f64> {
    let known = |number: &f64| !number.is_nan();
    if role == Role::Input {
        // The precision has a column of its own.
        let mut places = plan.numbers();
        return places.nth(place).and_then(|at| row.inputs.get(at).copied());
    }
    let Ok(found) = &row.result else {
        let wanted = plan.precision_input().and_then(|at| row.inputs.get(at));
        return wanted
            .copied()
            .filter(known)
            .filter(|_| role == Role::Precision);
    };
    let list = |list: &[f64]| list.get(place).copied().filter(known);
    match role {
        Role::Ending => list(&found.endings),
        Role::Actor => list(&found.actors),
        Role::Reach => list(&found.reach),
        Role::Option => list(&found.options),
        Role::Ask => list(&found.asks),
        Role::Precision => Some(found.precision),
        Role::LargestGain => Some(found.largest_gain),
        Role::LargestGainAtSets => Some(found.largest_gain_at_sets),
        _ => None,
    }
}

/// What stands in the metadata of a file with these points.
fn metadata(plan: &Plan, shard: Option<u64>, points: &std::ops::Range<u64>) -> Vec<KeyValue> {
    let entry = |key: &str, value: String| KeyValue::new(format!("detente.{key}"), value);
    let json = |value: &dyn erased::Json| value.json();
    let mut entries = vec![
        entry("format", plan.format.to_string()),
        entry("version", plan.version.clone()),
        entry("fingerprint", plan.fingerprint()),
        entry("file", plan.file.clone()),
        entry("title", plan.title.clone()),
        entry("scenario", plan.scenario.clone()),
        entry("included", json(&plan.included)),
        entry("design", json(&plan.design)),
        entry("seed", plan.seed.to_string()),
        entry("inputs", json(&plan.inputs)),
        entry("correlations", json(&plan.correlations)),
        entry("set", json(&plan.set)),
        entry("asked", json(&plan.asked)),
        entry("solving", json(&plan.solving)),
        entry("columns", json(&plan.columns)),
        entry("notes", json(&plan.notes)),
        entry("points", plan.points.to_string()),
        entry("points_per_shard", plan.points_per_shard.to_string()),
        entry("first_point", points.start.to_string()),
        entry("end_point", points.end.to_string()),
    ];
    if let Some(shard) = shard {
        entries.push(entry("shard", shard.to_string()));
    }
    entries
}

mod erased {
    //! Anything that can be written as JSON, behind one pointer.

    pub(super) trait Json {
        fn json(&self) -> String;
    }

    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            // Plain values without maps are always written.
            serde_json::to_string(self).unwrap_or_default()
        }
    }
}

fn properties(plan: &Plan, shard: Option<u64>, points: &std::ops::Range<u64>) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .set_key_value_metadata(Some(metadata(plan, shard, points)));
    for column in &plan.columns {
        if matches!(column.role, Role::Kind | Role::Status | Role::Reason) {
            let path = ColumnPath::new(vec![column.name.clone()]);
            properties = properties.set_column_dictionary_enabled(path, true);
        }
    }
    properties.build()
}

/// A shard as the bytes of its file.
pub(super) fn parquet(plan: &Plan, shard: u64, rows: &[Row]) -> Result<Vec<u8>, ParquetError> {
    let properties = properties(plan, Some(shard), &plan.shard(shard));
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema(plan), Some(properties))?;
    writer.write(&batch(plan, rows)?)?;
    writer.close()?;
    Ok(bytes)
}

/// A writer of a file with all points.
pub(super) fn whole(plan: &Plan, file: File) -> Result<ArrowWriter<File>, ParquetError> {
    let properties = properties(plan, None, &(0..plan.points));
    ArrowWriter::try_new(file, schema(plan), Some(properties))
}

/// That a file is this shard of this plan, by its footer.
pub(super) fn check(path: &Path, plan: &Plan, shard: u64) -> Result<(), RunError> {
    let file = File::open(path).map_err(|error| RunError::io(path, error))?;
    let damaged = |reason: &str| {
        RunError::damaged(
            path,
            format!("{reason}; remove it and go on with `--resume`"),
        )
    };
    let footer = ArrowReaderMetadata::load(
        &file,
        parquet::arrow::arrow_reader::ArrowReaderOptions::default(),
    )
    .map_err(|error| damaged(&format!("it is damaged ({error})")))?;
    let footer = footer.metadata().file_metadata();
    let entry = |key: &str| {
        let key = format!("detente.{key}");
        let entries = footer.key_value_metadata()?;
        entries.iter().find(|entry| entry.key == key)?.value.clone()
    };
    if entry("fingerprint") != Some(plan.fingerprint()) {
        return Err(damaged("it belongs to another run"));
    }
    let points = plan.shard(shard);
    if entry("shard") != Some(shard.to_string())
        || footer.num_rows() != (points.end - points.start) as i64
    {
        return Err(damaged("it is another shard than its name says"));
    }
    Ok(())
}

/// The rows of a shard, read through; `wanted` are columns of the plan.
pub(super) fn read(path: &Path, wanted: &[usize]) -> Result<ParquetRecordBatchReader, RunError> {
    let damaged = |error: ParquetError| RunError::damaged(path, format!("it is damaged ({error})"));
    let file = File::open(path).map_err(|error| RunError::io(path, error))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
    let mask =
        parquet::arrow::ProjectionMask::roots(builder.parquet_schema(), wanted.iter().copied());
    builder.with_projection(mask).build().map_err(damaged)
}

/// That the rows of a table are these points, in order.
pub(super) fn follow(batch: &RecordBatch, points: &mut std::ops::Range<u64>) -> bool {
    let column = batch.column(0).as_primitive_opt::<UInt64Type>();
    column.is_some_and(|column| {
        column
            .values()
            .iter()
            .all(|point| points.next() == Some(*point))
    })
}
