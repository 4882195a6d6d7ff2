//! Plain tables: a heading over every column, an actor in every row.

use super::cell::Row;
use crate::error::StakeholderError;
use crate::table::{Actor, Issue, Stakeholders, Stance};

/// Where everything stands.
struct Columns {
    actor: usize,
    label: Option<usize>,
    influence: Option<usize>,
    /// Per issue: name, column of the position, column of the salience.
    issues: Vec<(String, usize, Option<usize>)>,
}

pub(super) fn read(
    rows: &[Row],
    file: &str,
    scale: Option<(f64, f64)>,
) -> Result<Stakeholders, StakeholderError> {
    let Some((head, body)) = rows.split_first() else {
        return Err(StakeholderError::Empty { what: "actors" });
    };
    let columns = columns(head, file)?;
    let mut actors = Vec::with_capacity(body.len());
    let mut stances: Vec<Option<Stance>> = Vec::new();
    for row in body {
        let influence = match columns.influence {
            Some(at) => row.number(at, "influence", file)?.ok_or_else(|| {
                row.fault(
                    file,
                    "there is no influence",
                    "give one, or drop the column",
                )
            })?,
            None => 1.0,
        };
        actors.push(Actor {
            name: row.cell(columns.actor).to_owned(),
            label: columns.label.map_or("", |at| row.cell(at)).to_owned(),
            influence,
        });
        for (_, position, salience) in &columns.issues {
            let salience = match salience {
                Some(at) => row.number(*at, "salience", file)?,
                None => Some(1.0),
            };
            stances.push(match (row.number(*position, "position", file)?, salience) {
                (Some(position), Some(salience)) => Some(Stance { position, salience }),
                _ => None,
            });
        }
    }
    percent(&mut stances);
    let issues = columns.issues.iter().enumerate().map(|(k, (name, ..))| {
        let held = stances.iter().skip(k).step_by(columns.issues.len());
        let (lower, upper) = scale.unwrap_or_else(|| span(held.flatten().map(|s| s.position)));
        Issue::new(name, lower, upper)
    });
    let issues = issues.collect();
    Stakeholders::new(actors, issues, stances)
}

fn columns(head: &Row, file: &str) -> Result<Columns, StakeholderError> {
    let lower: Vec<String> = head.cells.iter().map(|cell| cell.to_lowercase()).collect();
    let find = |words: &[&str]| lower.iter().position(|cell| words.contains(&cell.as_str()));
    let actor = find(&["actor", "name", "stakeholder", "id"]).ok_or_else(|| {
        head.fault(
            file,
            "no column is headed `actor`",
            "head the column of names `actor`",
        )
    })?;
    let issue = |cell: &str, word: &str| -> Option<String> {
        let before = cell.strip_suffix(word)?;
        Some(before.trim_end_matches([' ', '_', '-', '.']).to_owned())
    };
    let issues: Vec<_> = lower
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| {
            let key = issue(cell, "position")?;
            let salience = lower
                .iter()
                .position(|other| issue(other, "salience").as_ref() == Some(&key));
            let name = if key.is_empty() {
                "issue".to_owned()
            } else {
                head.cells[at].chars().take(key.chars().count()).collect()
            };
            Some((name, at, salience))
        })
        .collect();
    if issues.is_empty() {
        return Err(head.fault(
            file,
            "no column is headed `position`",
            "head the positions on an issue `position`, or `oil position` and so on for several issues",
        ));
    }
    Ok(Columns {
        actor,
        label: find(&["description", "label"]),
        influence: find(&["influence", "capability", "capabilities", "power"]),
        issues,
    })
}

/// Saliences in percent become shares.
fn percent(stances: &mut [Option<Stance>]) {
    if stances.iter().flatten().any(|stance| stance.salience > 1.0) {
        for stance in stances.iter_mut().flatten() {
            stance.salience /= 100.0;
        }
    }
}

/// The smallest and the largest; a width of 1 where all are the same.
fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (lower, upper) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lower, upper), x| {
        (lower.min(x), upper.max(x))
    });
    if upper > lower {
        (lower, upper)
    } else if lower.is_finite() {
        (lower - 0.5, lower + 0.5)
    } else {
        (0.0, 1.0)
    }
}
