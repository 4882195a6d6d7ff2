//! Tables of stakeholders from text: KTAB's CSV and plain CSV tables.

mod cell;
mod ktab;
mod plain;

pub(crate) use cell::{Row, rows};

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
    let rows = rows(text, file)?;
    if ktab::is_ktab(&rows) {
        ktab::read(&rows, file)
    } else {
        plain::read(&rows, file, scale)
    }
}
