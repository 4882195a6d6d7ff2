//! Tables from files: text (CSV and the like) or Parquet.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use detente_stakeholders::read::Cells;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;

use crate::Fault;
use crate::files::{LARGEST_FILE, read};

/// What a Parquet file begins with.
const MAGIC: &[u8] = b"PAR1";

/// The cells of a table in a file, `-` for text on standard input. A Parquet file, whatever it is called, has its columns'
/// names as headings; its rows are counted from there, so that the first is in line 2.
///
/// # Errors
/// It cannot be read or is too large; columns in Parquet that hold lists or groups.
pub fn cells(path: &Path) -> Result<Cells, Fault> {
    if is_parquet(path) {
        return parquet(path);
    }
    let text = read(path)?;
    Cells::of_text(&text, &path.display().to_string()).map_err(|error| Fault::asked(&error))
}

/// Whether a file begins as Parquet does; what cannot be read does not.
fn is_parquet(path: &Path) -> bool {
    let mut start = [0; MAGIC.len()];
    path.is_file()
        && File::open(path)
            .and_then(|mut file| file.read_exact(&mut start))
            .is_ok_and(|()| start == MAGIC)
}

fn parquet(path: &Path) -> Result<Cells, Fault> {
    let cannot = |what: &dyn std::fmt::Display| {
        Fault::Asked(format!("cannot read {}: {what}", path.display()))
    };
    let file = File::open(path).map_err(|error| cannot(&error))?;
    let size = file.metadata().map_err(|error| cannot(&error))?.len();
    if size > LARGEST_FILE {
        return Err(cannot(&"it is larger than a gibibyte"));
    }
    let broken = |error: ParquetError| cannot(&mend(&error));
    let reader = SerializedFileReader::new(file).map_err(broken)?;
    let columns = reader.metadata().file_metadata().schema().get_fields();
    if let Some(column) = columns.iter().find(|column| nested(column)) {
        let name = column.name();
        return Err(cannot(&format!(
            "the column `{name}` holds lists or groups; write one number or word per cell"
        )));
    }
    let headings = columns.iter().map(|c| c.name().to_owned()).collect();
    let mut rows: Vec<Vec<String>> = vec![headings];
    for row in reader.get_row_iter(None).map_err(broken)? {
        let row = row.map_err(broken)?;
        rows.push(
            row.get_column_iter()
                .map(|(_, field)| cell(field))
                .collect(),
        );
    }
    Ok(Cells::of_rows(rows))
}

/// Lists are repeated columns, too.
fn nested(column: &Type) -> bool {
    let info = column.get_basic_info();
    let repeated =
        info.has_repetition() && info.repetition() == parquet::basic::Repetition::REPEATED;
    column.is_group() || repeated
}

/// A cell as text; empty for what is missing, in whichever way.
fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Double(x) if x.is_nan() => String::new(),
        Field::Float(x) if x.is_nan() => String::new(),
        Field::Double(x) => x.to_string(),
        Field::Float(x) => x.to_string(),
        Field::Str(text) => text.trim().to_owned(),
        Field::Bytes(bytes) => bytes.as_utf8().unwrap_or_default().trim().to_owned(),
        other => other.to_string(),
    }
}

/// What is wrong with a file, and what helps.
fn mend(error: &ParquetError) -> String {
    let words = error.to_string();
    if words.contains("feature") {
        return format!("{words}; write it uncompressed, or compressed with Snappy");
    }
    words
}
