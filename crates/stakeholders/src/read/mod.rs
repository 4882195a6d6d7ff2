//! Tables of stakeholders from text or rows of cells: KTAB's CSV and plain tables.

mod cell;
mod ktab;
mod plain;

pub use cell::Cells;
pub(crate) use cell::Row;

use crate::error::StakeholderError;
use crate::table::Stakeholders;

/// Reads a table, KTAB's or a plain one, whichever the first lines show.
///
/// - **KTAB**: a line `name, description, actors, issues`, a line of headings, then per actor
///   `name, description, influence` and a pair `position, salience` per issue, all from 0 to 100.
/// - **Plain**: a line of headings, then a line per actor. Headings, in any order and case: `actor` (or `name`),
///   `influence` (or `capability`, `power`), optionally `description`, and per issue `… position` and `… salience`
///   (just `position` and `salience` for a table of one issue). Saliences from 0 to 1, or, if any is larger, from 0 to
///   100. The scale of an issue is `scale`, or else from the smallest to the largest position. Empty cells: no stance.
///
/// Commas, semicolons and tabulators separate; the line of headings shows which.
///
/// # Errors
/// Text that is neither, with the line and what is wanted; a table that [`Stakeholders::new`] refuses.
pub fn read(
    text: &str,
    file: &str,
    scale: Option<(f64, f64)>,
) -> Result<Stakeholders, StakeholderError> {
    read_cells(&Cells::of_text(text, file)?, file, scale)
}

/// The same of cells that are at hand.
///
/// # Errors
/// As for [`read`].
pub fn read_cells(
    cells: &Cells,
    file: &str,
    scale: Option<(f64, f64)>,
) -> Result<Stakeholders, StakeholderError> {
    if ktab::is_ktab(&cells.rows) {
        ktab::read(&cells.rows, file)
    } else {
        plain::read(&cells.rows, file, scale)
    }
}
