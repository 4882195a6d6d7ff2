//! Past issues and the tables that hold them.

use serde::{Deserialize, Serialize};

use crate::error::StakeholderError;
use crate::read::{Cells, Row};
use crate::table::{Actor, Issue, Stakeholders, Stance};

/// A past issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What it was decided together with: a proposal, a treaty.
    pub group: String,
    /// Who wanted what: a table of one issue.
    pub table: Stakeholders,
    /// What happened, on the issue's scale; `None` if it is not known, or off the scale.
    pub outcome: Option<f64>,
}

/// Columns of a wide table.
struct Columns {
    group: usize,
    name: usize,
    /// Name, column of the position, column of the salience.
    actors: Vec<(String, usize, usize)>,
    reference: Option<usize>,
    outcome: usize,
}

/// Reads a wide table of past issues: one row per issue.
///
/// Columns `pNAME` and `sNAME` hold the position and salience (0 to 100) of every actor, `out` the outcome, `rp` the
/// reference point, `isnr` (or `issue`, `case`) the issue's name, and `prnr` (or `group`, `proposal`) what it was
/// decided together with. The second line may hold actors' influence in the columns of positions. All scales go from 0
/// to 100. A position without salience gets the mean salience of the others on that issue.
///
/// # Errors
/// Missing columns, cells that are no numbers, positions off the scale, with the line.
pub fn read(text: &str, file: &str) -> Result<Vec<Case>, StakeholderError> {
    read_cells(&Cells::of_text(text, file)?, file)
}

/// The same of cells that are at hand.
///
/// # Errors
/// As for [`read`].
pub fn read_cells(cells: &Cells, file: &str) -> Result<Vec<Case>, StakeholderError> {
    let Some((head, body)) = cells.rows.split_first() else {
        return Err(StakeholderError::Empty { what: "issues" });
    };
    let columns = columns(head, file)?;
    let (weights, body) = match body.split_first() {
        Some((first, rest)) if first.cell(columns.name).is_empty() => (Some(first), rest),
        _ => (None, body),
    };
    let mut actors = Vec::with_capacity(columns.actors.len());
    for (name, at, _) in &columns.actors {
        let influence = match weights {
            Some(row) => row.number(*at, "influence", file)?.unwrap_or(0.0),
            None => 1.0,
        };
        actors.push(Actor {
            name: name.clone(),
            label: String::new(),
            influence,
        });
    }
    let cases = body.iter().map(|row| case(row, &columns, &actors, file));
    let cases: Result<Vec<Option<Case>>, StakeholderError> = cases.collect();
    Ok(cases?.into_iter().flatten().collect())
}

fn columns(head: &Row, file: &str) -> Result<Columns, StakeholderError> {
    let find = |words: &[&str]| {
        let mut found = words
            .iter()
            .map(|word| head.cells.iter().position(|cell| cell == word));
        found.find_map(|at| at)
    };
    let needed = |words: &[&str]| {
        find(words).ok_or_else(|| {
            let what = format!("no column is headed `{}`", words.join("` or `"));
            head.fault(file, what, format!("head one `{}`", words[0]))
        })
    };
    let pairs = head.cells.iter().enumerate().filter_map(|(at, cell)| {
        let name = cell.strip_prefix('p').filter(|name| !name.is_empty())?;
        let salience = head
            .cells
            .iter()
            .position(|other| *other == format!("s{name}"))?;
        Some((name.to_owned(), at, salience))
    });
    let actors: Vec<_> = pairs.collect();
    if actors.is_empty() {
        return Err(head.fault(
            file,
            "no actor has a column of positions and one of saliences",
            "head them `pNAME` and `sNAME`",
        ));
    }
    Ok(Columns {
        group: needed(&["prnr", "group", "proposal"])?,
        name: needed(&["isnr", "issue", "case"])?,
        actors,
        reference: find(&["rp", "reference"]),
        outcome: needed(&["out", "outcome"])?,
    })
}

/// The case of a row; `None` if nobody has a position.
fn case(
    row: &Row,
    columns: &Columns,
    actors: &[Actor],
    file: &str,
) -> Result<Option<Case>, StakeholderError> {
    let mut held = Vec::new();
    for (actor, (_, position, salience)) in actors.iter().zip(&columns.actors) {
        if let Some(position) = row.number(*position, "position", file)? {
            let salience = row.number(*salience, "salience", file)?;
            held.push((actor.clone(), position, salience.map(|s| s / 100.0)));
        }
    }
    let known: Vec<f64> = held
        .iter()
        .filter_map(|(_, _, salience)| *salience)
        .collect();
    let usual = if known.is_empty() {
        1.0
    } else {
        known.iter().sum::<f64>() / known.len() as f64
    };
    if held.is_empty() {
        return Ok(None);
    }
    let mut issue = Issue::new(row.cell(columns.name), 0.0, 100.0);
    if let Some(at) = columns.reference {
        issue.reference = row.number(at, "reference point", file)?;
    }
    let stances = held.iter().map(|(_, position, salience)| {
        Some(Stance {
            position: *position,
            salience: salience.unwrap_or(usual),
        })
    });
    let stances = stances.collect();
    let people = held.iter().map(|(actor, ..)| actor.clone()).collect();
    let table = Stakeholders::new(people, vec![issue], stances)
        .map_err(|error| row.fault(file, error.to_string(), "mend the row, or leave it out"))?;
    let outcome = row.number(columns.outcome, "outcome", file)?;
    Ok(Some(Case {
        name: row.cell(columns.name).to_owned(),
        group: row.cell(columns.group).to_owned(),
        table,
        outcome: outcome.filter(|y| (0.0..=100.0).contains(y)),
    }))
}
