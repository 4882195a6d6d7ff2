//! A scenario's conflict as a graph: told by its options, or read off the packages that it negotiates over.

mod packages;
mod translate;

use std::collections::BTreeMap;

use detente_conflict_graph::study::{self, Subject};
use detente_conflict_graph::{
    Change, Choice, Concept, Condition, Conflict, Draft, GraphError, Hypergame, Preference,
    Settings as Asked, States,
};
use detente_language::eval::Settings;
use detente_language::scenario::{self, ActorId, OptionForm, Perceives, Prefers, Ruled, Stable};

use crate::{Fault, Story};
use translate::View;

/// A story's conflict: its options, or, where it has none, its packages. None where it has neither.
///
/// # Errors
/// No feasible state, too many of them, preferences that make no sense; numbers that make no sense.
pub fn subject(story: &Story, settings: &Settings) -> Result<Option<Subject>, Fault> {
    let form = &story.scenario.conflict;
    if form.real().next().is_none() {
        return packages::subject(story, settings);
    }
    let parties = form.parties();
    let real = conflict(story, settings, &parties, None)?;
    let views = views(story, settings, &parties)?;
    let hypergame = match views {
        None => None,
        Some(views) => Some(Hypergame::new(real.clone(), views).map_err(wrong)?),
    };
    let names = form.situations.iter().filter_map(|at| {
        let state = state_of(form, &real, at)?;
        Some((at.name.id.clone(), state))
    });
    let names: Vec<(String, usize)> = names.collect();
    let today = match form
        .today
        .and_then(|today| form.situations.get(today.index()))
    {
        Some(at) => state_of(form, &real, at),
        None => real.states().and_then(|states| states.find(0)),
    };
    Ok(Some(Subject {
        title: story.scenario.title.clone(),
        hypergame,
        today,
        names,
        actor_names: (parties.iter())
            .map(|party| story.scenario.actors[party.index()].id.clone())
            .collect(),
        option_names: form.real().map(|(_, o)| o.name.id.clone()).collect(),
        remarks: Vec::new(),
        conflict: real,
    }))
}

/// What came of one `expect stable` or `expect unstable`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The check as written.
    pub text: String,
    /// Why it must hold.
    pub why: String,
    /// Whether it holds.
    pub holds: bool,
    /// What speaks against it, in a sentence.
    pub against: String,
}

/// Judges all `expect stable` and `expect unstable` of a story.
///
/// # Errors
/// As for [`subject`]; a check that cannot be judged, with its place.
pub fn checks(story: &Story, settings: &Settings) -> Result<Vec<Checked>, Fault> {
    let form = &story.scenario.conflict;
    if form.stable.is_empty() {
        return Ok(Vec::new());
    }
    let Some(subject) = subject(story, settings)? else {
        return Err(Fault::Asked(
            "`expect stable` needs an `option` of somebody".to_owned(),
        ));
    };
    let each = form.stable.iter();
    each.map(|check| judged(form, &subject.conflict, check))
        .collect()
}

fn judged(form: &OptionForm, conflict: &Conflict, check: &Stable) -> Result<Checked, Fault> {
    let parties = form.parties();
    let seat = |actor: &ActorId| {
        let seat = parties.iter().position(|party| party == actor);
        seat.ok_or_else(|| {
            Fault::Asked(format!(
                "`expect {}`: an actor without options or preferences has no part in the conflict",
                check.text
            ))
        })
    };
    let actor = check.actor.as_ref().map(seat).transpose()?;
    let allies = check
        .allies
        .iter()
        .map(seat)
        .collect::<Result<Vec<_>, _>>()?;
    let condition = View::real(form).condition(&check.states);
    let states = conflict.states();
    let fits = |state: &usize| states.is_some_and(|all| condition.holds(all.bits(*state)));
    let asked: Vec<usize> = (0..conflict.size()).filter(fits).collect();
    let mut against = String::new();
    if asked.is_empty() {
        against = "no feasible state is meant".to_owned();
    }
    for concept in &check.concepts {
        let concept = translate::concept(*concept);
        let found = study::stable(conflict, concept, actor, &allies, &Asked::default())
            .map_err(|why| Fault::Asked(format!("`expect {}`: {why}", check.text)))?;
        let wrong = asked
            .iter()
            .find(|state| found.contains(**state) != check.stable);
        if let (Some(state), true) = (wrong, against.is_empty()) {
            let is = if check.stable { "is not" } else { "is" };
            against = format!(
                "{} {is} {} stable",
                detente_conflict_graph::state_words(conflict, *state),
                concept.name()
            );
        }
    }
    Ok(Checked {
        text: check.text.clone(),
        why: check.why.clone(),
        holds: against.is_empty(),
        against,
    })
}

/// An error of the graph as one of the line.
fn wrong(error: GraphError) -> Fault {
    Fault::asked(&error)
}

/// The state of a situation, if it is feasible.
fn state_of(form: &OptionForm, conflict: &Conflict, at: &scenario::Situation) -> Option<usize> {
    conflict.states()?.find(View::real(form).bits(&at.chosen))
}

/// The conflict that each party sees, where somebody sees it otherwise than it is.
fn views(
    story: &Story,
    settings: &Settings,
    parties: &[ActorId],
) -> Result<Option<Vec<Conflict>>, Fault> {
    let form = &story.scenario.conflict;
    let differs = |view: &&Perceives| {
        let imagines = form
            .options
            .iter()
            .any(|o| o.imagined_by == Some(view.actor));
        let otherwise = !view.prefers.is_empty() || !view.infeasible.is_empty();
        otherwise || !view.unseen.is_empty() || imagines
    };
    if !form.perceives.iter().any(|view| differs(&view)) {
        return Ok(None);
    }
    let each = parties.iter().map(|party| {
        let view = form.perceives.iter().find(|view| view.actor == *party);
        conflict(story, settings, parties, view)
    });
    each.collect::<Result<Vec<_>, _>>().map(Some)
}

/// The conflict as it is, or as somebody sees it.
fn conflict(
    story: &Story,
    settings: &Settings,
    parties: &[ActorId],
    seen: Option<&Perceives>,
) -> Result<Conflict, Fault> {
    let told = &story.scenario;
    let form = &told.conflict;
    let view = match seen {
        Some(seen) => View::of(form, seen),
        None => View::real(form),
    };
    let ruled = |list: &[Ruled]| -> Vec<Condition> {
        list.iter().map(|r| view.condition(&r.condition)).collect()
    };
    let mut infeasible = ruled(&form.infeasible);
    if let Some(seen) = seen {
        infeasible.extend(ruled(&seen.infeasible));
    }
    let states = States::feasible(view.options().len(), &infeasible).map_err(wrong)?;
    let mut options = Vec::new();
    for id in view.options() {
        let option = &form.options[id.index()];
        options.push(Choice {
            name: option.name.label.clone(),
            owner: parties.iter().position(|p| *p == option.owner).unwrap_or(0),
            change: match (option.irreversible, option.unrepeatable) {
                (true, _) => Change::Forward,
                (false, true) => Change::Backward,
                (false, false) => Change::Free,
            },
            doing: option.doing.clone(),
            undoing: option.undoing.clone(),
        });
    }
    let mut preferences = Vec::new();
    for party in parties {
        let own = |list: &'_ [Prefers]| list.iter().position(|prefers| prefers.actor == *party);
        let imagined = seen.and_then(|seen| Some(&seen.prefers[own(&seen.prefers)?]));
        let prefers = imagined.or_else(|| Some(&form.prefers[own(&form.prefers)?]));
        preferences.push(match prefers {
            Some(prefers) => translate::preference(story, settings, &view, &states, prefers)?,
            // Who prefers nothing is indifferent.
            None => Preference::Payoffs(vec![0.0; states.len()]),
        });
    }
    let overlooked = parties.iter().map(|party| {
        let view = form.perceives.iter().find(|view| view.actor == *party);
        view.map_or_else(Vec::new, |view| ruled(&view.overlooks))
    });
    let mut labels = BTreeMap::new();
    for at in &form.situations {
        if let Some(state) = states.find(view.bits(&at.chosen)) {
            labels.entry(state).or_insert_with(|| at.name.label.clone());
        }
    }
    let draft = Draft {
        name: told.title.clone(),
        actors: (parties.iter())
            .map(|party| told.actors[party.index()].label.clone())
            .collect(),
        options,
        states,
        preferences,
        unperceived: overlooked.collect(),
        labels,
    };
    draft.check().map_err(wrong)
}

/// A concept by the name that it has in scenarios and on the command line; `limited:3` for limited moves.
#[must_use]
pub fn concept_named(name: &str) -> Option<Concept> {
    let name = name.trim().to_lowercase().replace(['-', ' '], "_");
    if let Some(horizon) = name.strip_prefix("limited") {
        let horizon = horizon.trim_start_matches([':', '_', '=']).parse().ok()?;
        return Some(Concept::Limited(horizon));
    }
    Some(match name.as_str() {
        "nash" | "r" => Concept::Nash,
        "general" | "gmr" | "general_metarational" => Concept::General,
        "symmetric" | "smr" | "symmetric_metarational" => Concept::SymmetricGeneral,
        "sequential" | "seq" => Concept::Sequential,
        "symmetric_sequential" | "sseq" => Concept::SymmetricSequential,
        "simultaneous" | "sim" => Concept::Simultaneous,
        "non_myopic" | "nonmyopic" | "nm" => Concept::NonMyopic,
        _ => return None,
    })
}
