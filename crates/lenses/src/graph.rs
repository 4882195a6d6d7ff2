//! What is done, by the graph of the conflict and by the play.

use detente_conflict_graph::{
    Allowed, Analysis, Concept, Conflict, GraphError, Settings, analyse, evolution, explain,
    sentence,
};
use detente_findings::headlines::percent;
use detente_findings::model::{Lens, LensEquilibrium, LensOption, LensVerdict};

use crate::input::Graph;

/// Conflicts with more states than this take longer than a section of a report is worth.
const MOST_STATES: usize = 1 << 16;
/// Equilibria that are told.
const MOST_TOLD: usize = 6;
/// From which probability on the play counts as coming to an option.
const LIKELY: f64 = 0.5;

/// What the graph says.
pub(crate) struct Seen {
    /// Equilibria, those first that last under most concepts.
    pub equilibria: Vec<LensEquilibrium>,
    /// All states that last, in that order; the first of them are told.
    states: Vec<usize>,
    /// Everything that was analysed; none where the graph is too large.
    analysis: Option<Analysis>,
}

/// Analyses the graph under the usual concepts.
pub(crate) fn seen(graph: &Graph<'_>) -> Result<Seen, GraphError> {
    let conflict = graph.conflict;
    if conflict.size() > MOST_STATES {
        return Ok(Seen {
            equilibria: Vec::new(),
            states: Vec::new(),
            analysis: None,
        });
    }
    let settings = Settings {
        threads: graph.threads,
        ..Settings::default()
    };
    let analysis = analyse(conflict, &Concept::USUAL, &settings)?;
    let moves = match graph.today {
        Some(today) => evolution(conflict, today, Allowed::Improvements)?.moves,
        None => vec![None; conflict.size()],
    };
    let lasting = |state: usize| concepts(&analysis, conflict, state).len();
    let mut states: Vec<usize> = (0..conflict.size()).filter(|s| lasting(*s) > 0).collect();
    let far = |state: usize| moves[state].unwrap_or(u32::MAX);
    states.sort_by_key(|state| (std::cmp::Reverse(lasting(*state)), far(*state), *state));
    let told = states.iter().take(MOST_TOLD).map(|&state| LensEquilibrium {
        label: words(conflict, state),
        concepts: named(&analysis, conflict, state),
        moves: moves[state],
    });
    Ok(Seen {
        equilibria: told.collect(),
        states,
        analysis: Some(analysis),
    })
}

/// The concepts under which nobody would move from a state.
fn concepts(analysis: &Analysis, conflict: &Conflict, state: usize) -> Vec<Concept> {
    let actors = conflict.actors().len();
    let lasts = |concept: &Concept| (0..actors).all(|i| analysis.is_stable(*concept, i, state));
    analysis.concepts().iter().copied().filter(lasts).collect()
}

fn named(analysis: &Analysis, conflict: &Conflict, state: usize) -> Vec<String> {
    let concepts = concepts(analysis, conflict, state).into_iter();
    concepts.map(Concept::name).collect()
}

/// A state in words: its name, or the options that are taken.
fn words(conflict: &Conflict, state: usize) -> String {
    if let Some(label) = conflict.label(state) {
        return label.to_owned();
    }
    let options = conflict.options().iter().enumerate();
    let taken = options.filter(|(at, _)| taken(conflict, state, *at) == Some(true));
    let taken: Vec<&str> = taken.map(|(_, option)| option.name.as_str()).collect();
    match taken.as_slice() {
        [] => "nothing is done".to_owned(),
        taken => taken.join(", "),
    }
}

/// Whether an option is taken in a state.
fn taken(conflict: &Conflict, state: usize, option: usize) -> Option<bool> {
    let states = conflict.states()?;
    Some(states.bits(state) >> option & 1 == 1)
}

/// Every option, today, in the play and in the equilibria.
pub(crate) fn options(graph: &Graph<'_>, seen: &Seen) -> Vec<LensOption> {
    let conflict = graph.conflict;
    let told = &seen.states[..seen.equilibria.len()];
    let each = conflict.options().iter().enumerate();
    each.map(|(at, option)| LensOption {
        actor: conflict.actors()[option.owner].clone(),
        label: option.name.clone(),
        today: graph.today.and_then(|today| taken(conflict, today, at)),
        play: graph.play.get(at).copied().flatten(),
        taken: told
            .iter()
            .filter_map(|state| taken(conflict, *state, at))
            .collect(),
    })
    .collect()
}

/// Whether what the play mostly comes to lasts in the graph; none where no option is said to mean anything in the play.
pub(crate) fn verdict(graph: &Graph<'_>, seen: &Seen) -> Result<Option<LensVerdict>, GraphError> {
    let conflict = graph.conflict;
    let (Some(analysis), Some(first)) = (&seen.analysis, seen.equilibria.first()) else {
        return Ok(None);
    };
    let meant: Vec<(usize, f64)> = (graph.play.iter().enumerate())
        .filter_map(|(at, p)| Some((at, (*p)?)))
        .collect();
    if meant.is_empty() {
        return Ok(None);
    }
    let fits = |state: usize| {
        let same = |(at, p): &(usize, f64)| taken(conflict, state, *at) == Some(*p >= LIKELY);
        meant.iter().all(same)
    };
    if let Some(state) = seen.states.iter().copied().find(|state| fits(*state)) {
        return Ok(Some(LensVerdict {
            lenses: [Lens::Play, Lens::Graph],
            agree: true,
            words: format!(
                "What the play mostly comes to lasts in the graph of the conflict too: “{}” ({}).",
                words(conflict, state),
                named(analysis, conflict, state).join(", ")
            ),
            because: None,
        }));
    }
    let apart = |(at, p): &(usize, f64)| {
        let in_graph = taken(conflict, seen.states[0], *at)?;
        (in_graph != (*p >= LIKELY)).then(|| {
            format!(
                "“{}” is {} there, and comes in {} of the play",
                conflict.options()[*at].name,
                if in_graph { "taken" } else { "not taken" },
                percent(*p)
            )
        })
    };
    let apart: Vec<String> = meant.iter().filter_map(apart).collect();
    Ok(Some(LensVerdict {
        lenses: [Lens::Play, Lens::Graph],
        agree: false,
        words: format!(
            "In the graph of the conflict “{}” lasts best ({}): {}.",
            first.label,
            first.concepts.join(", "),
            apart.join("; ")
        ),
        because: Some(broken(graph, analysis, &fits)?),
    }))
}

/// Why what the play mostly comes to does not last in the graph.
fn broken(
    graph: &Graph<'_>,
    analysis: &Analysis,
    fits: &dyn Fn(usize) -> bool,
) -> Result<String, GraphError> {
    let conflict = graph.conflict;
    let actors = conflict.actors().len();
    let held = |state: usize| {
        let sure = |actor: &usize| analysis.is_stable(Concept::Sequential, *actor, state);
        (0..actors).filter(sure).count()
    };
    let states = (0..conflict.size()).filter(|state| fits(*state));
    let Some(state) = states.max_by_key(|state| (held(*state), std::cmp::Reverse(*state))) else {
        return Ok(
            "What the play comes to mostly is not one state: it is now this course, now that."
                .to_owned(),
        );
    };
    let shaken = (0..actors).find(|actor| !analysis.is_stable(Concept::Sequential, *actor, state));
    // Somebody is: a state that lasts for all would have been found.
    let actor = shaken.unwrap_or(0);
    let settings = Settings {
        threads: graph.threads,
        ..Settings::default()
    };
    let explanation = explain(conflict, state, actor, Concept::Sequential, &settings)?;
    Ok(format!(
        "{} The graph knows rankings of states and that everybody can answer; the play also knows chance, doubt, and how \
         much is at stake.",
        sentence(conflict, &explanation)
    ))
}
