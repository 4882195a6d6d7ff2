//! Words for what was seen, and numbers as people say them.

use detente_expand::{Observation, Observed};
use detente_findings::headlines::number;
use detente_language::scenario::{Domain, Kind};

use crate::table::Table;
use crate::view::{Entry, EntryKind, Passage};

/// What was observed, as the entry of a story; `own` tells which actors the reader decides for.
pub(crate) fn entry(table: &Table, observed: &Observation, own: &[usize]) -> Entry {
    let (kind, actor, words) = match observed.what {
        Observed::Happened { branch, option } => {
            let chooser = table.expansion.program.branches[branch].chooser();
            let told = &table.expansion.words.options[branch][option];
            match chooser {
                Some(actor) => (EntryKind::Choice, Some(actor), told.bare.clone()),
                None => (EntryKind::Draw, None, told.full.clone()),
            }
        }
        Observed::Shown { variable, value } => {
            let words = &table.expansion.words.variables[variable];
            let value = variable_value(table, variable, value);
            (EntryKind::Learned, None, format!("{words}: {value}"))
        }
    };
    Entry {
        kind,
        actor: actor.map(|actor| table.scenario.actors[actor].label.clone()),
        own: actor.is_some_and(|actor| own.contains(&actor)),
        words,
        private: observed.private,
    }
}

/// Entries by round, in order.
pub(crate) fn passages<E>(entries: impl Iterator<Item = (u16, E)>) -> Vec<(u16, Vec<E>)> {
    let mut passages: Vec<(u16, Vec<E>)> = Vec::new();
    for (round, entry) in entries {
        match passages.last_mut() {
            Some((last, entries)) if *last == round => entries.push(entry),
            _ => passages.push((round, vec![entry])),
        }
    }
    passages
}

/// What was observed, as a story.
pub(crate) fn story(table: &Table, observed: &[Observation], own: &[usize]) -> Vec<Passage> {
    let entries = observed
        .iter()
        .map(|seen| (seen.round, entry(table, seen, own)));
    passages(entries)
        .into_iter()
        .map(|(round, entries)| Passage {
            round: (round > 0).then_some(round),
            entries,
        })
        .collect()
}

/// The value of a variable in words.
fn variable_value(table: &Table, variable: usize, value: f64) -> String {
    if value.is_nan() {
        return "nothing yet".to_owned();
    }
    match &table.scenario.variables[variable].domain {
        Domain::Numbers => number(value),
        Domain::Symbols(known) => known
            .iter()
            .find(|(symbol, _)| f64::from(symbol.0) == value)
            .map_or_else(|| symbol(table, value), |(_, label)| spaced(label)),
    }
}

/// The value of a state in words.
pub(crate) fn state_value(table: &Table, kind: Kind, value: f64) -> String {
    match kind {
        _ if value.is_nan() => "nothing yet".to_owned(),
        Kind::Number => number(value),
        Kind::Truth => if value == 0.0 { "no" } else { "yes" }.to_owned(),
        Kind::Symbol => symbol(table, value),
    }
}

fn symbol(table: &Table, value: f64) -> String {
    let id = table.scenario.symbols.get(value as usize);
    id.map_or_else(|| number(value), |id| spaced(id))
}

/// A name with spaces for its underscores.
pub(crate) fn spaced(id: &str) -> String {
    id.replace('_', " ")
}

/// A difference with its sign and a true minus: "+2.40", "−0.310", "0".
pub(crate) fn signed(value: f64) -> String {
    let text = points(value);
    match text.starts_with('−') || text == "0" {
        true => text,
        false => format!("+{text}"),
    }
}

/// A number of points with a true minus.
pub(crate) fn points(value: f64) -> String {
    number(value).replace('-', "−")
}
