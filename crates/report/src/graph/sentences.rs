//! The sentences that say what was found of a conflict, for the terminal and for the page.

use detente_conflict_graph::Reading;
use detente_conflict_graph::study::{StateColumn, Study, Told, Way};

use crate::number;

/// Equilibria that a sentence names.
const NAMED: usize = 6;

/// How much was looked at.
pub(crate) fn facts(study: &Study) -> String {
    let mut words = number::counted(study.actors.len(), "actor", "actors");
    if !study.options.is_empty() {
        words += &format!(
            ", {}",
            number::counted(study.options.len(), "option", "options")
        );
    }
    words += &format!(
        ", {} feasible {}",
        number::count(study.size as u64),
        if study.size == 1 { "state" } else { "states" }
    );
    if let Some(today) = study.today.and_then(|today| state(study, today)) {
        words += &format!("; it begins at {}", called(today));
    }
    match study.reading {
        Reading::Plain => {}
        Reading::Strong => words += "; only what is much worse deters",
        Reading::UnknownA => words += "; unknown preferences by extension a",
        Reading::UnknownB => words += "; unknown preferences by extension b",
        Reading::UnknownC => words += "; unknown preferences by extension c",
        Reading::UnknownD => words += "; unknown preferences by extension d",
    }
    words
}

/// A shown state by its number from 1.
pub(crate) fn state(study: &Study, number: usize) -> Option<&StateColumn> {
    study.states.iter().find(|state| state.number == number)
}

/// What a state is called in a sentence: its name with its number.
pub(crate) fn called(state: &StateColumn) -> String {
    if state.named {
        format!("{} (state {})", state.words, state.number)
    } else {
        state.words.clone()
    }
}

pub(super) fn named(study: &Study, number: usize) -> String {
    state(study, number).map_or_else(|| format!("state {number}"), called)
}

/// "a, b and c", at most so many of them.
pub(crate) fn list(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn some(study: &Study, numbers: &[usize], count: usize) -> String {
    let mut words: Vec<String> = (numbers.iter())
        .take(NAMED)
        .map(|n| named(study, *n))
        .collect();
    if count > words.len() {
        words.push(format!(
            "{} more",
            number::count((count - words.len()) as u64)
        ));
    }
    list(&words)
}

/// What was found, in sentences.
pub(crate) fn sentences(study: &Study) -> Vec<String> {
    let mut said = Vec::new();
    // Concepts that agree are told together.
    let mut groups: Vec<(&[usize], usize, Vec<String>)> = Vec::new();
    for answer in &study.answers {
        let same = groups
            .iter_mut()
            .find(|(states, count, _)| (*states, *count) == (&answer.equilibria, answer.count));
        match same {
            Some((.., names)) => names.push(answer.name.clone()),
            None => groups.push((&answer.equilibria, answer.count, vec![answer.name.clone()])),
        }
    }
    for (states, count, names) in &groups {
        let under = match names.len() {
            n if n > 1 && n == study.answers.len() => "every concept".to_owned(),
            1 => format!("{} stability", names[0]),
            _ => format!("{} stability", list(names)),
        };
        said.push(match count {
            0 => format!("Under {under} no state lasts."),
            1 => format!(
                "Under {under} only one state lasts: {}.",
                some(study, states, *count)
            ),
            _ => format!(
                "Under {under} {} states last: {}.",
                number::count(*count as u64),
                some(study, states, *count)
            ),
        });
    }
    said.extend(today(study));
    for answer in &study.answers {
        if let Some(strong) = &answer.strong {
            said.push(match strong.as_slice() {
                [] => format!("Counting only what is much worse, no {} equilibrium is left.", answer.name),
                _ => format!(
                    "Counting only what is much worse as a deterrent, {} of the {} equilibria {}: {}.",
                    if strong.len() == answer.count { "all".to_owned() } else { strong.len().to_string() },
                    answer.name,
                    if strong.len() == 1 { "lasts" } else { "last" },
                    some(study, strong, strong.len())
                ),
            });
        }
    }
    said.extend(coalitions(study));
    said.extend(perceptions(study));
    said.extend(extensions(study));
    said
}

/// What becomes of today.
fn today(study: &Study) -> Vec<String> {
    let Some(now) = study.today.and_then(|today| state(study, today)) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    let lasting: Vec<&str> = (study.answers.iter().zip(&now.equilibrium))
        .filter(|(_, lasts)| **lasts)
        .map(|(answer, _)| answer.name.as_str())
        .collect();
    said.push(if lasting.is_empty() {
        format!("{} does not last under any of them.", upper(&called(now)))
    } else if lasting.len() == study.answers.len() {
        format!("{}, where it begins, lasts.", upper(&called(now)))
    } else {
        let names: Vec<String> = lasting.iter().map(|name| (*name).to_owned()).collect();
        format!(
            "{}, where it begins, lasts only under {} stability.",
            upper(&called(now)),
            list(&names)
        )
    });
    // The state that lasts under most concepts, and of these the nearest.
    let lasting_under = |way: &&Way| {
        let there = state(study, way.to);
        there.map_or(0, |there| {
            there.equilibrium.iter().filter(|lasts| **lasts).count()
        })
    };
    let near = (study.ways.iter())
        .filter(|way| way.improvements.is_some() && lasting_under(way) > 0)
        .min_by_key(|way| {
            let steps = way.improvements.as_ref().map_or(0, Vec::len);
            (std::cmp::Reverse(lasting_under(way)), steps)
        });
    if let Some(way) = near {
        let steps = way.improvements.as_deref().unwrap_or_default();
        said.push(format!(
            "From there, with everybody moving only to its own gain, the conflict may come to {}, which lasts: {}.",
            named(study, way.to),
            steps_words(study, steps)
        ));
    } else if !study.ways.is_empty() && lasting.is_empty() {
        said.push(
            "No moves that each help the mover lead from there to a state that lasts.".to_owned(),
        );
    }
    said
}

pub(crate) fn upper(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// "Washington by blockading, then Moscow by withdrawing".
pub(crate) fn steps_words(study: &Study, steps: &[Told]) -> String {
    let words: Vec<String> = (steps.iter())
        .map(|step| {
            let actor = study.actors.get(step.actor).map_or("", String::as_str);
            let reluctant = if step.gain { "" } else { " (no gain at once)" };
            format!("{actor} by {}{reluctant}", step.words)
        })
        .collect();
    words.join(", then ")
}

fn coalitions(study: &Study) -> Vec<String> {
    let Some(alliance) = &study.alliance else {
        return Vec::new();
    };
    let mut said = Vec::new();
    let blocks: Vec<String> = (alliance.blocks.iter())
        .filter(|block| block.len() > 1)
        .map(|block| list(block))
        .collect();
    for way in alliance.departures.iter().take(3) {
        said.push(format!(
            "Together, {} would go from {} to {}, to the gain of each.",
            list(&way.members),
            named(study, way.from),
            named(study, way.to)
        ));
    }
    let changed = alliance.equilibria.iter().filter(|(concept, states)| {
        let answer = study.answers.iter().find(|answer| answer.name == *concept);
        answer.is_none_or(|answer| answer.equilibria != *states)
    });
    for (states, names) in together(changed.map(|(concept, states)| (concept, states))) {
        let who = match blocks.as_slice() {
            [] => "If any coalition may form".to_owned(),
            some => format!("If {} act as one", some.join("; ")),
        };
        let concepts = list(&names);
        said.push(match states.len() {
            0 => format!("{who}, no state is {concepts} stable."),
            _ => format!(
                "{who}, {} under {concepts} stability: {}.",
                if states.len() == 1 {
                    "one state lasts"
                } else {
                    "these last"
                },
                some(study, states, states.len())
            ),
        });
    }
    if said.is_empty() {
        said.push("Coalitions change nothing of what lasts.".to_owned());
    }
    said
}

/// Concepts that come to the same states, told together.
fn together<'a>(
    found: impl Iterator<Item = (&'a String, &'a Vec<usize>)>,
) -> Vec<(&'a [usize], Vec<String>)> {
    let mut groups: Vec<(&[usize], Vec<String>)> = Vec::new();
    for (name, states) in found {
        match groups
            .iter_mut()
            .find(|(known, _)| *known == states.as_slice())
        {
            Some((_, names)) => names.push(name.clone()),
            None => groups.push((states, vec![name.clone()])),
        }
    }
    groups
}

fn perceptions(study: &Study) -> Vec<String> {
    let mut said = Vec::new();
    let all = || study.perceived.iter();
    let wrong = all().filter(|seen| !seen.errors.is_empty());
    for (states, names) in together(wrong.map(|seen| (&seen.concept, &seen.errors))) {
        said.push(format!(
            "As everybody sees the conflict, {} under {} stability only because somebody is wrong: {}.",
            if states.len() == 1 { "one state lasts" } else { "these last" },
            list(&names),
            some(study, states, states.len())
        ));
    }
    let lost = all().filter(|seen| !seen.lost.is_empty());
    for (states, names) in together(lost.map(|seen| (&seen.concept, &seen.lost))) {
        said.push(format!(
            "If everybody saw it as it is, {} last under {} stability, too: {}.",
            if states.len() == 1 {
                "one more state would"
            } else {
                "these would"
            },
            list(&names),
            some(study, states, states.len())
        ));
    }
    let same = all().filter(|seen| seen.errors.is_empty() && seen.lost.is_empty());
    let names: Vec<String> = same.map(|seen| seen.concept.clone()).collect();
    if !names.is_empty() {
        let names = list(&names);
        said.push(format!(
            "Misperceptions change nothing under {names} stability."
        ));
    }
    said
}

fn extensions(study: &Study) -> Vec<String> {
    let Some(first) = study.extensions.first() else {
        return Vec::new();
    };
    let mut said = Vec::new();
    for (k, answer) in study.answers.iter().enumerate() {
        let sets: Vec<&Vec<usize>> = (study.extensions.iter())
            .filter_map(|extension| extension.equilibria.get(k))
            .collect();
        let Some(own) = first.equilibria.get(k) else {
            continue;
        };
        let sure: Vec<usize> = (own.iter())
            .filter(|state| sets.iter().all(|set| set.contains(state)))
            .copied()
            .collect();
        said.push(match sure.as_slice() {
            [] => format!(
                "Whether any state is {} stable hangs on what is unknown.",
                answer.name
            ),
            _ => format!(
                "However the unknown preferences are read, {} under {} stability: {}.",
                if sure.len() == 1 {
                    "one state lasts"
                } else {
                    "these last"
                },
                answer.name,
                some(study, &sure, sure.len())
            ),
        });
    }
    said
}
