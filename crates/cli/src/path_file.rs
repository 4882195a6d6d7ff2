//! The path of the logit branch as a table: CSV, JSON or Parquet, by the ending of the file.
//!
//! One row per point, random play first; λ need not rise where the branch turns back. Columns: `lambda`,
//! `relative_gain`, `payoff | PLAYER` for each player, and `PLAYER | INFORMATION SET | ACTION` for the probability
//! of each action.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use detente_game::{Game, passes};
use detente_solve::qre::PathPoint;
use parquet::basic::Type as PhysicalType;
use parquet::data_type::DoubleType;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::failure::Failure;

/// A column of numbers.
struct Column {
    name: String,
    numbers: Vec<f64>,
}

/// Writes the path.
///
/// # Errors
/// An ending that stands for no format, or a file that cannot be written.
pub fn write(file: &Path, game: &Game, path: &[PathPoint]) -> Result<(), Failure> {
    let columns = columns(game, path);
    let bytes = match ending(file) {
        Some("csv") => csv(&columns, path.len()).into_bytes(),
        Some("json") => json(&columns, path.len())?.into_bytes(),
        Some("parquet") => parquet_bytes(&columns)
            .map_err(|error| Failure::input(format!("{}: {error}", file.display())))?,
        _ => return Err(no_format(file)),
    };
    std::fs::write(file, bytes)
        .map_err(|error| Failure::input(format!("cannot write {}: {error}", file.display())))
}

/// Refuses an ending that stands for no format, before anything is solved.
///
/// # Errors
/// The ending.
pub fn check(file: &Path) -> Result<(), Failure> {
    match ending(file) {
        Some("csv" | "json" | "parquet") => Ok(()),
        _ => Err(no_format(file)),
    }
}

fn ending(file: &Path) -> Option<&str> {
    file.extension().and_then(|ending| ending.to_str())
}

fn no_format(file: &Path) -> Failure {
    Failure::input(format!(
        "`--path {}`: write a file that ends in .csv, .json or .parquet",
        file.display()
    ))
}

fn columns(game: &Game, path: &[PathPoint]) -> Vec<Column> {
    let column = |name: &str, of: &dyn Fn(&PathPoint) -> f64| Column {
        name: name.to_owned(),
        numbers: path.iter().map(of).collect(),
    };
    let mut columns = vec![
        column("lambda", &|point| point.lambda),
        column("relative_gain", &|point| point.relative_gain),
    ];
    let payoffs: Vec<Vec<f64>> = path
        .iter()
        .map(|point| passes::expected(game, &point.profile))
        .collect();
    for (player, name) in game.player_names().iter().enumerate() {
        columns.push(Column {
            name: format!("payoff | {name}"),
            numbers: payoffs.iter().map(|row| row[player]).collect(),
        });
    }
    let names = game.set_names();
    for (set, name) in names.iter().enumerate() {
        let player = &game.player_names()[usize::from(game.set_player()[set])];
        for (action, slot) in game.slots(set).enumerate() {
            let title = format!("{player} | {name} | {}", game.action_name(set, action));
            columns.push(column(&title, &|point| point.profile.probabilities()[slot]));
        }
    }
    columns
}

/// Comma-separated values (RFC 4180).
fn csv(columns: &[Column], rows: usize) -> String {
    let head: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let mut text = head.join(",") + "\n";
    for row in 0..rows {
        for (k, column) in columns.iter().enumerate() {
            let comma = if k == 0 { "" } else { "," };
            let _ = write!(text, "{comma}{}", column.numbers[row]);
        }
        text.push('\n');
    }
    text
}

/// A cell of a CSV file.
pub fn quoted(name: &str) -> String {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}

/// One object per column, so that names are written once.
fn json(columns: &[Column], rows: usize) -> Result<String, Failure> {
    let table = serde_json::json!({
        "points": rows,
        "columns": columns
            .iter()
            .map(|column| serde_json::json!({ "name": column.name, "numbers": column.numbers }))
            .collect::<Vec<_>>(),
    });
    serde_json::to_string(&table)
        .map(|text| text + "\n")
        .map_err(|error| Failure::input(error.to_string()))
}

fn parquet_bytes(columns: &[Column]) -> Result<Vec<u8>, ParquetError> {
    let fields = columns.iter().map(|column| {
        Type::primitive_type_builder(&column.name, PhysicalType::DOUBLE)
            .with_repetition(parquet::basic::Repetition::REQUIRED)
            .build()
            .map(Arc::new)
    });
    let schema = Type::group_type_builder("path")
        .with_fields(fields.collect::<Result<_, _>>()?)
        .build()?;
    let properties = Arc::new(WriterProperties::builder().build());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::new(schema), properties)?;
    let mut group = file.next_row_group()?;
    for column in columns {
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        writer
            .typed::<DoubleType>()
            .write_batch(&column.numbers, None, None)?;
        writer.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}
