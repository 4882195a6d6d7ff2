//! A negotiation as a graph: every party accepts one package or none, and what all accept is agreed.

use std::collections::BTreeMap;

use detente_conflict_graph::study::Subject;
use detente_conflict_graph::{Choice, Draft, Preference, States};
use detente_deal::{Outcome, Space};
use detente_findings::deal::scenario;
use detente_language::eval::Settings;

use super::wrong;
use crate::{Fault, Story};

/// The most packages that are looked at.
const MOST_PACKAGES: usize = 24;
/// The most states.
const MOST_STATES: usize = 4096;

/// A story's negotiation as a graph; none where nobody cares about issues. Ratifiers are left out of it.
pub(super) fn subject(story: &Story, settings: &Settings) -> Result<Option<Subject>, Fault> {
    let told = &story.scenario;
    if !scenario::negotiates(told) {
        return Ok(None);
    }
    let everybody = scenario::preferences(told, settings).map_err(|fault| story.fault(&fault))?;
    let ratifiers = scenario::ratifiers(told);
    let at_home = |seat: &usize| ratifiers.iter().any(|(home, _)| home == seat);
    let seats: Vec<usize> = (0..everybody.len()).filter(|seat| !at_home(seat)).collect();
    let packages = packages(story)?;
    let (parties, kinds) = (seats.len(), packages.len());
    let states = (kinds + 1).checked_pow(u32::try_from(parties).unwrap_or(u32::MAX));
    if parties * kinds > 64 || states.is_none_or(|states| states > MOST_STATES) {
        return Err(Fault::Asked(format!(
            "{kinds} packages and {parties} parties are too many for a graph; keep the `package`s that matter most"
        )));
    }
    let mut options = Vec::new();
    for seat in 0..parties {
        for (label, _) in &packages {
            options.push(Choice {
                doing: Some(format!("accepting “{label}”")),
                undoing: Some(format!("dropping “{label}”")),
                ..Choice::new(format!("Accept “{label}”"), seat)
            });
        }
    }
    // Each party's answer: 0 for none, else the package; the first party's changes fastest.
    let base = kinds + 1;
    let count = states.unwrap_or(0);
    let answers = |state: usize| {
        (0..parties).scan(state, move |left, _| {
            let answer = *left % base;
            *left /= base;
            Some(answer)
        })
    };
    let bits = |state: usize| {
        answers(state)
            .enumerate()
            .fold(0u64, |bits, (seat, answer)| match answer {
                0 => bits,
                answer => bits | 1 << (seat * kinds + answer - 1),
            })
    };
    let agreed = |state: usize| {
        let mut answers = answers(state);
        let first = answers.next().filter(|answer| *answer > 0)?;
        answers.all(|answer| answer == first).then(|| first - 1)
    };
    let mut labels = BTreeMap::from([(0, "no agreement".to_owned())]);
    for state in 0..count {
        if let Some(package) = agreed(state) {
            labels.insert(state, format!("agreement on “{}”", packages[package].0));
        }
    }
    let domain = scenario::domain(told).map_err(|error| Fault::asked(&error))?;
    let space = Space::new(domain, everybody.clone()).map_err(|error| Fault::asked(&error))?;
    let preferences = seats.iter().map(|seat| {
        let worth = |state: usize| match agreed(state) {
            Some(package) => space.value(*seat, &packages[package].1),
            None => everybody[*seat].fallback,
        };
        Preference::Payoffs((0..count).map(worth).collect())
    });
    let draft = Draft {
        name: told.title.clone(),
        actors: seats
            .iter()
            .map(|seat| everybody[*seat].party.clone())
            .collect(),
        preferences: preferences.collect(),
        states: States::listed(options.len(), (0..count).map(bits).collect()).map_err(wrong)?,
        options,
        unperceived: Vec::new(),
        labels,
    };
    let mut subject = Subject::plain(draft.check().map_err(wrong)?);
    let id = |seat: &usize| told.actors[told.values[*seat].actor.index()].id.clone();
    subject.actor_names = seats.iter().map(id).collect();
    subject.remarks.push(
        "the scenario has no options: each party accepts one package or none, and what all accept is agreed; only a coalition gets from one agreement to another at once"
            .to_owned(),
    );
    if !ratifiers.is_empty() {
        subject.remarks.push("ratifiers are left out".to_owned());
    }
    Ok(Some(subject))
}

/// The packages by their labels; where none is declared, every agreement.
fn packages(story: &Story) -> Result<Vec<(String, Outcome)>, Fault> {
    let declared = scenario::packages(&story.scenario);
    if !declared.is_empty() {
        return Ok(declared);
    }
    let domain = scenario::domain(&story.scenario).map_err(|error| Fault::asked(&error))?;
    if domain.count() > MOST_PACKAGES as f64 {
        return Err(Fault::Asked(format!(
            "there are {} possible agreements; declare the ones that matter: `package id \"Label\" {{ issue option, … }}`",
            domain.count()
        )));
    }
    let mut all: Vec<(Vec<String>, Outcome)> = vec![(Vec::new(), Outcome::new())];
    for issue in domain.issues() {
        let longer = all.iter().flat_map(|(words, outcome)| {
            (0..issue.options()).map(move |k| {
                let (mut words, mut outcome) = (words.clone(), outcome.clone());
                words.push(issue.label(k));
                outcome.push(u32::try_from(k).unwrap_or(u32::MAX));
                (words, outcome)
            })
        });
        all = longer.collect();
    }
    let named = all.into_iter();
    Ok(named
        .map(|(words, outcome)| (words.join(", "), outcome))
        .collect())
}
