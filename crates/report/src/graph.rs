//! Which states of a conflict would last, on a terminal.

mod sentences;

use std::collections::BTreeMap;

use detente_conflict_graph::study::{StateColumn, Study, Told, Way, Wish};

use sentences::named;
pub(crate) use sentences::{called, facts, list, sentences, state, steps_words, upper};

use crate::number;
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Columns of the names at the left of the table.
const NAME: usize = 34;
/// Columns of a state.
const STATE: usize = 5;
/// Up to so many states the table on the terminal holds all of them.
const FEW: usize = 24;

/// The screen. No line is wider than the terminal.
pub fn graph_text(study: &Study, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for line in pen.wrap(&pen.clean(&study.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    pen.paragraph(Tone::Faint, "", &facts(study));
    pen.gap();
    let bullet = if pen.unicode { "• " } else { "* " };
    for words in sentences(study) {
        pen.paragraph(Tone::Plain, bullet, &words);
    }
    table(&mut pen, study);
    reasons(&mut pen, study);
    ways(&mut pen, study);
    wishes(&mut pen, study);
    if !study.remarks.is_empty() {
        pen.gap();
    }
    for remark in &study.remarks {
        pen.paragraph(Tone::Faint, "", &crate::forecast::sentence(remark));
    }
    pen.finish()
}

/// The states that the terminal shows: all if they are few, else those that matter.
fn columns(study: &Study) -> Vec<&StateColumn> {
    let wished = |number| study.wishes.iter().any(|wish| wish.state == number);
    let matters = |state: &&StateColumn| {
        let number = state.number;
        let asked = study.about.contains(&number) || study.today == Some(number) || wished(number);
        asked || state.named || state.matters
    };
    if study.states.len() <= FEW {
        study.states.iter().collect()
    } else {
        study.states.iter().filter(matters).collect()
    }
}

/// The option form: states as columns, options and verdicts as rows; folded where the terminal is narrow.
fn table(pen: &mut Pen, study: &Study) {
    let shown = columns(study);
    let name = NAME.min(pen.width / 2);
    let most = (pen.width.saturating_sub(name) / STATE).max(1);
    for part in shown.chunks(most) {
        pen.gap();
        let mut head = pen.left("State", name);
        for state in part {
            head += &pen.right(&state.number.to_string(), STATE);
        }
        pen.line(&[(Tone::Strong, &head)]);
        if study
            .today
            .is_some_and(|today| part.iter().any(|s| s.number == today))
        {
            let cells = part
                .iter()
                .map(|s| (study.today == Some(s.number)).then_some("now"));
            row(
                pen,
                "",
                name,
                cells.map(Option::unwrap_or_default),
                Tone::Faint,
            );
        }
        let (yes, no) = ("Y", if pen.unicode { "·" } else { "." });
        let mut owner = usize::MAX;
        for (k, option) in study.options.iter().enumerate() {
            if option.owner != owner {
                owner = option.owner;
                let actor = study.actors.get(owner).map_or("", String::as_str);
                let actor = pen.clean(actor);
                pen.line(&[(Tone::Faint, &actor)]);
            }
            let cells = part.iter().map(|state| match state.chosen.get(k) {
                Some(true) => yes,
                _ => no,
            });
            row(
                pen,
                &format!("  {}", option.label),
                name,
                cells,
                Tone::Plain,
            );
        }
        pen.line(&[(Tone::Faint, "Place in the order of")]);
        for (k, actor) in study.actors.iter().enumerate() {
            let places: Vec<String> = (part.iter())
                .map(|state| match state.places.get(k) {
                    Some(Some(place)) => place.to_string(),
                    _ => "?".to_owned(),
                })
                .collect();
            let cells = places.iter().map(String::as_str);
            row(pen, &format!("  {actor}"), name, cells, Tone::Plain);
        }
        pen.line(&[(Tone::Faint, "Lasts under")]);
        let mark = if pen.unicode { "●" } else { "*" };
        for (k, answer) in study.answers.iter().enumerate() {
            let cells = part.iter().map(|state| match state.equilibrium.get(k) {
                Some(true) => mark,
                _ => no,
            });
            row(pen, &format!("  {}", answer.name), name, cells, Tone::Good);
        }
    }
    if shown.len() < study.size {
        let words = format!(
            "{} of {} states are shown: those that last under more than metarational stability, those with a name, and what was asked about.",
            number::count(shown.len() as u64),
            number::count(study.size as u64)
        );
        pen.paragraph(Tone::Faint, "", &words);
    }
}

fn row<'a>(
    pen: &mut Pen,
    head: &str,
    name: usize,
    cells: impl Iterator<Item = &'a str>,
    tone: Tone,
) {
    let head = pen.left(&pen.clean(head), name);
    let mut line = String::new();
    for cell in cells {
        line += &pen.right(cell, STATE);
    }
    pen.line(&[(Tone::Plain, &head), (tone, &line)]);
}

/// Why a state is stable for an actor, or not: each reason with the concepts of which it speaks.
pub(crate) fn grouped(
    study: &Study,
    state: &StateColumn,
    actor: usize,
) -> Vec<(String, Vec<String>, bool)> {
    let mut found: Vec<(String, Vec<String>, bool)> = Vec::new();
    for (k, answer) in study.answers.iter().enumerate() {
        let Some(words) = state.why.get(k).and_then(|why| why.get(actor)) else {
            continue;
        };
        if words.is_empty() {
            continue;
        }
        let stable = state.stable.get(k).and_then(|s| s.get(actor)) == Some(&true);
        match found
            .iter_mut()
            .find(|(known, _, same)| known == words && *same == stable)
        {
            Some((_, names, _)) => names.push(answer.name.clone()),
            None => found.push((words.clone(), vec![answer.name.clone()], stable)),
        }
    }
    found
}

fn reasons(pen: &mut Pen, study: &Study) {
    let mut asked: Vec<usize> = study.today.into_iter().collect();
    asked.extend(&study.about);
    asked.dedup();
    let wanted: BTreeMap<usize, ()> = asked.iter().map(|number| (*number, ())).collect();
    for number in asked.iter().filter(|n| wanted.contains_key(n)) {
        let Some(state) = state(study, *number) else {
            continue;
        };
        pen.gap();
        let title = pen.clean(&format!("Why {} lasts, or not", called(state)));
        pen.line(&[(Tone::Strong, &title)]);
        for (k, actor) in study.actors.iter().enumerate() {
            let actor = pen.clean(actor);
            pen.line(&[(Tone::Faint, &actor)]);
            for (words, names, stable) in grouped(study, state, k) {
                let verdict = if stable { "stable" } else { "unstable" };
                pen.paragraph(
                    Tone::Plain,
                    "  ",
                    &format!("{words} ({verdict}: {})", names.join(", ")),
                );
            }
        }
    }
}

/// How a state is reached, in sentences.
pub(crate) fn way_words(study: &Study, way: &Way) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let words = |steps: &Vec<Told>| steps_words(study, steps);
    if let Some(steps) = &way.improvements {
        lines.push(("each move to the mover’s gain", words(steps)));
    }
    if let Some(steps) = way
        .fastest
        .as_ref()
        .filter(|steps| way.improvements.as_ref() != Some(steps))
    {
        lines.push(("fastest by any moves", words(steps)));
    }
    let told = [&way.improvements, &way.fastest];
    if let Some(steps) = way.likeliest.as_ref()
        && !told.iter().any(|known| known.as_ref() == Some(steps))
    {
        lines.push(("likeliest", words(steps)));
    }
    if lines.is_empty() {
        lines.push(("", "out of reach from where it begins".to_owned()));
    }
    lines
}

fn ways(pen: &mut Pen, study: &Study) {
    if study.ways.is_empty() {
        return;
    }
    pen.gap();
    pen.line(&[(Tone::Strong, "How it may get there")]);
    if let Some(mobility) = &study.mobility {
        let reach = |reached: &[usize]| reached.last().copied().unwrap_or(1);
        let words = format!(
            "Of {} states {} can be reached by moves that help the mover at once, {} by any moves.",
            number::count(study.size as u64),
            number::count(reach(&mobility.improvements) as u64),
            number::count(reach(&mobility.any) as u64)
        );
        pen.paragraph(Tone::Faint, "", &words);
    }
    for way in &study.ways {
        let head = pen.clean(&format!("To {}", named(study, way.to)));
        for line in pen.wrap(&head, pen.width) {
            pen.line(&[(Tone::Plain, &line)]);
        }
        for (kind, words) in way_words(study, way) {
            let words = match kind {
                "" => words,
                kind => format!("{kind}: {words}"),
            };
            pen.paragraph(Tone::Faint, "  ", &words);
        }
    }
}

/// What would have to change, in sentences.
pub(crate) fn wish_words(study: &Study, wish: &Wish) -> Vec<String> {
    let actor = |k: &usize| study.actors.get(*k).cloned().unwrap_or_default();
    let mut said = Vec::new();
    if wish.changes.is_empty() && wish.unstable_for.is_empty() {
        said.push(format!(
            "{} lasts as it is, under {} stability.",
            upper(&named(study, wish.state)),
            wish.concept
        ));
    }
    for change in &wish.changes {
        let least = if change.proven { "at least " } else { "" };
        said.push(format!(
            "For {} to last under {} stability, {} would have to like it better than {} ({least}{} of states would change places in its order).",
            named(study, wish.state),
            wish.concept,
            actor(&change.actor),
            list(&change.words),
            number::counted(change.swaps, "pair", "pairs")
        ));
    }
    if !wish.unstable_for.is_empty() {
        let names: Vec<String> = wish.unstable_for.iter().map(actor).collect();
        said.push(format!("Even so it would not last for {}.", list(&names)));
    }
    for possible in &wish.possible {
        let share = number::percent(possible.share);
        let of = match &possible.count {
            Some((some, all)) => format!("{some} of all {all}"),
            None => format!("about {share} of all"),
        };
        let about = match (&possible.count, possible.standard_error) {
            (Some(_), _) => format!(" ({share})"),
            (None, error) if error > 0.0 => format!(" (standard error {})", number::percent(error)),
            _ => String::new(),
        };
        let sets: Vec<String> = (possible.conditions.iter())
            .take(3)
            .map(|set| {
                let names: Vec<String> = set.iter().map(ToString::to_string).collect();
                list(&names)
            })
            .collect();
        let more = possible.conditions.len() > sets.len() || !possible.complete;
        let needs = match sets.split_first() {
            None => String::new(),
            Some((first, [])) if first.is_empty() => ", whatever it prefers".to_owned(),
            Some((first, rest)) => {
                let others: String = rest.iter().map(|set| format!(", or above {set}")).collect();
                let more = if more { ", or above others" } else { "" };
                format!(": where it stands above {first}{others}{more} (by their numbers)")
            }
        };
        said.push(format!(
            "{of} rankings of {}{about} make it stable for {}{needs}.",
            actor(&possible.actor),
            actor(&possible.actor)
        ));
    }
    said
}

fn wishes(pen: &mut Pen, study: &Study) {
    for wish in &study.wishes {
        pen.gap();
        let title = pen.clean(&format!(
            "What would have to change for {}",
            named(study, wish.state)
        ));
        pen.line(&[(Tone::Strong, &title)]);
        let bullet = if pen.unicode { "• " } else { "* " };
        for words in wish_words(study, wish) {
            pen.paragraph(Tone::Plain, bullet, &upper(&words));
        }
    }
}
