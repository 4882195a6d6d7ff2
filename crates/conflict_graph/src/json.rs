//! Conflicts from JSON, in the form in which collections of published conflicts are kept.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::condition::Condition;
use crate::conflict::{Change, Choice, Draft};
use crate::error::GraphError;
use crate::preference::Preference;
use crate::states::States;

#[derive(Deserialize)]
struct Entry {
    conflict: String,
    options: Vec<OptionEntry>,
    decision_makers: Vec<ActorEntry>,
    states: Vec<StateEntry>,
    /// Per decision-maker, patterns of states: pairs of an option's number and Y or N.
    #[serde(default)]
    misperceived_by: Vec<Vec<Vec<(usize, String)>>>,
}

#[derive(Deserialize)]
struct OptionEntry {
    name: String,
    #[serde(default)]
    may_change: Change,
}

#[derive(Deserialize)]
struct ActorEntry {
    name: String,
    options: Vec<usize>,
}

#[derive(Deserialize)]
struct StateEntry {
    options: String,
    payoffs: Vec<f64>,
}

/// Reads one conflict or a list of conflicts. A conflict has a name (`conflict`), `options` with `name` and `may_change`
/// (`both`, `fwd` or `back`), `decision_makers` with `name` and the numbers of their `options` (from 0), `states` with
/// their `options` (Y or N for each, first option first) and `payoffs` (one per decision-maker; larger is better, only
/// the order counts); and, if need be, `misperceived_by`: per decision-maker patterns of states that it takes for
/// impossible, as lists of an option's number and Y or N.
///
/// # Errors
/// Text that is not so, with its line or the conflict and the entry, and what is wanted. The drafts are yet to be
/// checked ([`Draft::check`]).
pub fn read_json(text: &str, file: &str) -> Result<Vec<Draft>, GraphError> {
    let fault = |error: serde_json::Error| GraphError::File {
        file: file.to_owned(),
        place: format!("line {}", error.line()),
        what: error.to_string(),
        mend: "write conflict, options, decision_makers and states as the book shows".to_owned(),
    };
    let entries: Vec<Entry> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(fault)?
    } else {
        vec![serde_json::from_str(text).map_err(fault)?]
    };
    entries
        .into_iter()
        .map(|entry| draft(entry, file))
        .collect()
}

fn draft(entry: Entry, file: &str) -> Result<Draft, GraphError> {
    let name = entry.conflict.clone();
    let fault = |place: &str, what: String, mend: &str| GraphError::File {
        file: file.to_owned(),
        place: format!("conflict `{name}`, {place}"),
        what,
        mend: mend.to_owned(),
    };
    let mut owners = vec![None; entry.options.len()];
    for (actor, maker) in entry.decision_makers.iter().enumerate() {
        for option in &maker.options {
            let place = format!("decision-maker `{}`", maker.name);
            let Some(owner) = owners.get_mut(*option) else {
                let what = format!("there is no option number {option}");
                return Err(fault(&place, what, "number options from 0"));
            };
            if owner.replace(actor).is_some() {
                let what = format!("option number {option} has two owners");
                return Err(fault(&place, what, "leave it to one"));
            }
        }
    }
    let mut options = Vec::new();
    for (option, owner) in entry.options.into_iter().zip(owners) {
        let Some(owner) = owner else {
            let place = format!("option `{}`", option.name);
            let what = "it belongs to nobody".to_owned();
            return Err(fault(&place, what, "add its number to a decision-maker"));
        };
        options.push(Choice {
            change: option.may_change,
            ..Choice::new(option.name, owner)
        });
    }
    let actors = entry.decision_makers.len();
    let mut bits = Vec::new();
    let mut payoffs = vec![Vec::new(); actors];
    for (k, state) in entry.states.iter().enumerate() {
        let place = format!("state {}", k + 1);
        if state.payoffs.len() != actors {
            let what = format!(
                "{} payoffs for {actors} decision-makers",
                state.payoffs.len()
            );
            return Err(fault(&place, what, "give one to each"));
        }
        for (list, payoff) in payoffs.iter_mut().zip(&state.payoffs) {
            list.push(*payoff);
        }
        let marks: Option<Vec<bool>> = state.options.chars().map(mark).collect();
        match marks.filter(|marks| marks.len() == options.len() && marks.len() <= 64) {
            Some(marks) => bits.push(
                marks
                    .iter()
                    .enumerate()
                    .fold(0u64, |state, (k, chosen)| state | u64::from(*chosen) << k),
            ),
            None => {
                let what = format!(
                    "`{}` is no state of {} options",
                    state.options,
                    options.len()
                );
                return Err(fault(&place, what, "write Y or N for every option"));
            }
        }
    }
    let mut unperceived = Vec::new();
    for patterns in &entry.misperceived_by {
        let pattern = |marks: &Vec<(usize, String)>| {
            let parts = marks.iter().map(|(option, text)| match text.as_str() {
                "Y" => Ok(Condition::Chosen(*option)),
                "N" => Ok(Condition::Not(Box::new(Condition::Chosen(*option)))),
                _ => {
                    let what = format!("`{text}` is neither Y nor N");
                    Err(fault("misperceived_by", what, "write Y or N"))
                }
            });
            Ok(Condition::All(parts.collect::<Result<_, _>>()?))
        };
        unperceived.push(patterns.iter().map(pattern).collect::<Result<_, _>>()?);
    }
    Ok(Draft {
        states: States::listed(options.len(), bits)?,
        name: entry.conflict,
        actors: entry
            .decision_makers
            .into_iter()
            .map(|maker| maker.name)
            .collect(),
        options,
        preferences: payoffs.into_iter().map(Preference::Payoffs).collect(),
        unperceived,
        labels: BTreeMap::new(),
    })
}

fn mark(c: char) -> Option<bool> {
    match c {
        'Y' => Some(true),
        'N' => Some(false),
        _ => None,
    }
}
