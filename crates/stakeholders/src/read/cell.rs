//! Rows of cells, with the lines they stand on.

use crate::error::StakeholderError;

/// The cells of a table, wherever they come from: text, or rows that somebody else read.
#[derive(Clone, Debug)]
pub struct Cells {
    pub(crate) rows: Vec<Row>,
}

impl Cells {
    /// The cells of a text; `file` is its name in messages. Commas, semicolons and tabulators separate, whichever is most
    /// frequent in the first two lines; rows without a filled cell are left out.
    ///
    /// # Errors
    /// A quotation mark that is not closed.
    pub fn of_text(text: &str, file: &str) -> Result<Cells, StakeholderError> {
        let rows = rows(text, file)?;
        Ok(Cells { rows })
    }

    /// The cells of these rows, the headings first; rows without a filled cell are left out.
    pub fn of_rows(rows: impl IntoIterator<Item = Vec<String>>) -> Cells {
        let numbered = rows.into_iter().zip(1..);
        Cells {
            rows: numbered
                .filter_map(|(cells, line)| Row::filled(cells, line))
                .collect(),
        }
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The line, counted from 1.
    pub line: usize,
    /// The cells, without surrounding space; empty cells at the end are dropped.
    pub cells: Vec<String>,
}

impl Row {
    /// A row without the empty cells at its end; none if all are.
    fn filled(mut cells: Vec<String>, line: usize) -> Option<Row> {
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        (!cells.is_empty()).then_some(Row { line, cells })
    }

    /// The cell at a place; empty if the row is shorter.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// An error about this row.
    pub fn fault(
        &self,
        file: &str,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> StakeholderError {
        StakeholderError::Line {
            file: file.to_owned(),
            line: self.line,
            what: what.into(),
            mend: mend.into(),
        }
    }

    /// The number in a cell; `None` if it is empty.
    pub fn number(
        &self,
        at: usize,
        what: &str,
        file: &str,
    ) -> Result<Option<f64>, StakeholderError> {
        let cell = self.cell(at);
        if cell.is_empty() {
            return Ok(None);
        }
        match cell.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.fault(
                file,
                format!("the {what} `{cell}` is not a number"),
                "write it like 12.5",
            )),
        }
    }
}

/// The rows of a text that are not empty.
fn rows(text: &str, file: &str) -> Result<Vec<Row>, StakeholderError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| StakeholderError::Line {
            file: file.to_owned(),
            line: error
                .position()
                .map_or(1, |position| usize::try_from(position.line()).unwrap_or(1)),
            what: "the row cannot be read".to_owned(),
            mend: "close every quotation mark that is opened".to_owned(),
        })?;
        let line = record
            .position()
            .map_or(1, |position| usize::try_from(position.line()).unwrap_or(1));
        let cells = record.iter().map(str::to_owned).collect();
        rows.extend(Row::filled(cells, line));
    }
    Ok(rows)
}

/// What separates cells: whichever of tabulator, semicolon and comma is most frequent in the first two lines.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(2).collect();
    let count = |mark: char| -> usize { head.iter().map(|line| line.matches(mark).count()).sum() };
    // Of equals, the comma.
    ['\t', ';', ',']
        .into_iter()
        .max_by_key(|mark| count(*mark))
        .map_or(b',', |mark| mark as u8)
}
