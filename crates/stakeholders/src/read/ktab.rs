//! KTAB's CSV: positions and saliences in percent, one pair per issue.

use super::cell::Row;
use crate::error::StakeholderError;
use crate::table::{Actor, Issue, Stakeholders, Stance};

/// Cells before the first pair: name, description, influence.
const BEFORE: usize = 3;

/// Whether the first line is KTAB's: its third and fourth cells count actors and issues.
pub(super) fn is_ktab(rows: &[Row]) -> bool {
    let counts = |row: &Row| {
        (2..4).all(|at| row.cell(at).parse::<usize>().is_ok())
            && row.cell(0).parse::<f64>().is_err()
    };
    rows.first().is_some_and(counts)
}

pub(super) fn read(rows: &[Row], file: &str) -> Result<Stakeholders, StakeholderError> {
    let (Some(first), Some(headings)) = (rows.first(), rows.get(1)) else {
        return Err(StakeholderError::Empty { what: "actors" });
    };
    let count = |at: usize| first.cell(at).parse::<usize>().unwrap_or(0);
    let (actors, issues) = (count(2), count(3));
    let body = &rows[2..];
    if body.len() != actors {
        return Err(first.fault(
            file,
            format!("{actors} actors are announced and {} follow", body.len()),
            "make the third number of the first line the number of actors",
        ));
    }
    let cells = BEFORE + 2 * issues;
    if headings.cells.len() < cells {
        return Err(headings.fault(
            file,
            format!(
                "{issues} issues are announced; the headings have {} cells",
                headings.cells.len()
            ),
            "give actor, description, influence, and two headings for every issue",
        ));
    }
    let named: Vec<Issue> = (0..issues)
        .map(|k| Issue::new(issue_name(headings.cell(BEFORE + 2 * k)), 0.0, 100.0))
        .collect();
    let mut people = Vec::with_capacity(actors);
    let mut stances = Vec::with_capacity(actors * issues);
    for row in body {
        let needed = |at: usize, what: &str| {
            row.number(at, what, file)?.ok_or_else(|| {
                row.fault(
                    file,
                    format!("there is no {what}"),
                    "give every actor all its numbers",
                )
            })
        };
        people.push(Actor {
            name: row.cell(0).to_owned(),
            label: row.cell(1).to_owned(),
            influence: needed(2, "influence")?,
        });
        for k in 0..issues {
            stances.push(Some(Stance {
                position: needed(BEFORE + 2 * k, "position")?,
                salience: needed(BEFORE + 2 * k + 1, "salience")? / 100.0,
            }));
        }
    }
    Stakeholders::new(people, named, stances)
}

/// "Policy Position" is the heading of the issue "Policy".
fn issue_name(heading: &str) -> String {
    let lower = heading.to_lowercase();
    for word in ["position", "pstn"] {
        if let Some(short) = lower.strip_suffix(word)
            && !short.trim().is_empty()
        {
            return heading[..short.trim_end().len()].to_owned();
        }
    }
    heading.to_owned()
}
