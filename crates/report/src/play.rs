//! A play at the terminal: what is seen, what is asked, and what is told at the end.

use detente_play::{
    ActorDebrief, Chair, Debrief, DecisionDebrief, Entry, EntryKind, Passage, Question, StepDebrief,
};
use unicode_width::UnicodeWidthStr;

use crate::number::{Scale, percent};
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// The beginning of a play: title, and who plays whom.
#[must_use]
pub fn play_opening(title: &str, facts: &[String], options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    wrapped(&mut pen, 0, &[(Tone::Strong, title)]);
    for fact in facts {
        wrapped(&mut pen, 0, &[(Tone::Faint, fact)]);
    }
    pen.finish()
}

/// A story, or the part of it that is new.
#[must_use]
pub fn play_story(story: &[Passage], options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for passage in story {
        if let Some(round) = passage.round {
            pen.gap();
            pen.line(&[(Tone::Faint, &format!("Round {round}"))]);
        }
        for entry in &passage.entries {
            told(&mut pen, entry);
        }
    }
    pen.finish()
}

fn told(pen: &mut Pen, entry: &Entry) {
    let who = match (&entry.actor, entry.kind) {
        (Some(actor), _) if entry.own => format!("{actor} (you): "),
        (Some(actor), _) => format!("{actor}: "),
        (None, EntryKind::Learned) => "You learn: ".to_owned(),
        (None, _) => String::new(),
    };
    let private = if entry.private {
        " (not all see it)"
    } else {
        ""
    };
    let tone = if entry.own { Tone::Good } else { Tone::Plain };
    wrapped(
        pen,
        2,
        &[
            (Tone::Faint, &who),
            (tone, &entry.words),
            (Tone::Faint, private),
        ],
    );
}

/// A question with its numbered options, with what an adviser thinks where `hints`.
#[must_use]
pub fn play_question(question: &Question, hints: bool, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    pen.gap();
    let round = question
        .round
        .map_or_else(String::new, |round| format!(", round {round}"));
    let words = format!("{}{round}: {}?", question.label, question.about);
    wrapped(&mut pen, 0, &[(Tone::Strong, &words)]);
    let numbers = question.options.len().to_string().len();
    for option in &question.options {
        let number = format!("  {:>numbers$}  ", option.number);
        let indent = number.width();
        hanging(&mut pen, (Tone::Bar, &number), indent, &option.label);
    }
    if hints {
        advice(&mut pen, question);
    }
    pen.finish()
}

/// What an adviser thinks of a question.
#[must_use]
pub fn play_advice(question: &Question, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    advice(&mut pen, question);
    pen.finish()
}

fn advice(pen: &mut Pen, question: &Question) {
    let values: Vec<f64> = question.options.iter().filter_map(|o| o.value).collect();
    let scale = Scale::of(values.iter().copied());
    wrapped(
        pen,
        2,
        &[(
            Tone::Faint,
            "An adviser, who knows no more than you do: what each option is worth to you, and how often the \
             equilibrium takes it.",
        )],
    );
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for option in &question.options {
        let (Some(value), Some(often)) = (option.value, option.probability) else {
            continue;
        };
        let tone = if value >= best {
            Tone::Good
        } else {
            Tone::Plain
        };
        let often = pen.clean(&percent(often));
        let line = format!(
            "  {:>2}  {}  {}  ",
            option.number,
            pen.right(&pen.clean(&scale.write(value)), 8),
            pen.right(&often, 7)
        );
        hanging(pen, (tone, &line), line.width(), &option.label);
    }
    let thoughts = question.thoughts.as_deref().unwrap_or(&[]);
    if !thoughts.is_empty() {
        wrapped(pen, 2, &[(Tone::Faint, "What may have happened unseen:")]);
    }
    for thought in thoughts {
        let likely = pen.clean(&percent(thought.probability));
        let line = format!("  {}  ", pen.right(&likely, 8));
        hanging(pen, (Tone::Faint, &line), line.width(), &thought.words);
    }
}

/// What the endings are worth to an actor.
#[must_use]
pub fn play_scale(chair: &Chair, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    let ends: Vec<f64> = chair
        .endings
        .iter()
        .flat_map(|ending| [ending.low, ending.high])
        .flatten()
        .collect();
    let scale = Scale::of(ends);
    let words = format!(
        "What the endings are worth to {}, in its own points",
        chair.label
    );
    wrapped(&mut pen, 0, &[(Tone::Strong, &words)]);
    let labels = chair.endings.iter().map(|ending| ending.label.width());
    let column = labels.max().unwrap_or(0).min(pen.width / 2);
    for ending in &chair.endings {
        let range = match (ending.low, ending.high) {
            (Some(low), Some(high)) if scale.write(low) != scale.write(high) => {
                scale.range(low, high)
            }
            (Some(low), Some(_)) => scale.write(low),
            _ => "never".to_owned(),
        };
        let note = match ending.possible || ending.low.is_none() {
            true => "",
            false => "  no longer possible",
        };
        let label = pen.left(&pen.clean(&ending.label), column);
        let range = pen.clean(&range);
        pen.line(&[
            (Tone::Plain, &format!("  {label}  ")),
            (Tone::Plain, &range),
            (Tone::Faint, note),
        ]);
    }
    pen.finish()
}

/// The states whose values an actor can know.
#[must_use]
pub fn play_known(question: &Question, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    let words = match question.known.is_empty() {
        true => "Nothing else follows from what you have seen.",
        false => "What follows from what you have seen",
    };
    wrapped(&mut pen, 0, &[(Tone::Strong, words)]);
    for known in &question.known {
        let words = format!("{}: ", known.label);
        wrapped(
            &mut pen,
            2,
            &[(Tone::Faint, &words), (Tone::Plain, &known.value)],
        );
    }
    pen.finish()
}

/// What is told at the end of a play.
#[must_use]
pub fn play_debrief(debrief: &Debrief, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    pen.gap();
    pen.line(&[(Tone::Strong, "Looking back")]);
    for sentence in &debrief.headlines {
        bullet(&mut pen, sentence);
    }
    for actor in debrief.actors.iter().filter(|actor| actor.seat.is_some()) {
        decisions(&mut pen, actor);
    }
    pen.gap();
    pen.line(&[(Tone::Strong, "What really happened")]);
    let mut round = None;
    for step in &debrief.story {
        if step.round != round {
            round = step.round;
            if let Some(round) = round {
                pen.line(&[(Tone::Faint, &format!("Round {round}"))]);
            }
        }
        happened(&mut pen, step);
    }
    if let Some(ending) = &debrief.ending {
        wrapped(
            &mut pen,
            2,
            &[(Tone::Faint, "The end: "), (Tone::Strong, &ending.label)],
        );
    }
    pen.gap();
    pen.line(&[(
        Tone::Strong,
        "What each got, and was to expect at the start",
    )]);
    results(&mut pen, &debrief.actors);
    pen.finish()
}

fn decisions(pen: &mut Pen, actor: &ActorDebrief) {
    if actor.decisions.is_empty() {
        return;
    }
    pen.gap();
    let words = format!("The choices of {}", actor.label);
    wrapped(pen, 0, &[(Tone::Strong, &words)]);
    for decision in &actor.decisions {
        looked_back(pen, decision);
    }
}

fn looked_back(pen: &mut Pen, decision: &DecisionDebrief) {
    let round = decision
        .round
        .map_or_else(String::new, |round| format!(", round {round}"));
    let number = format!("  {}  ", decision.number);
    let indent = number.width();
    let words = format!("{}{round}: {}", decision.about, decision.words);
    hanging(pen, (Tone::Bar, &number), indent, &words);
    if decision.options.len() > 1 {
        let told = decision.options.iter();
        let scale = Scale::of(told.clone().flat_map(|o| [o.foresight, o.hindsight]));
        let row = |a: &str, b: &str, c: &str| format!("{a:>11}  {b:>9}  {c:>9}  ");
        let head = row("equilibrium", "foresight", "hindsight");
        pen.line(&[(Tone::Faint, &format!("     {head}"))]);
        for option in told {
            let cells = row(
                &pen.clean(&percent(option.probability)),
                &pen.clean(&scale.write(option.foresight)),
                &pen.clean(&scale.write(option.hindsight)),
            );
            let tone = if option.chosen {
                Tone::Good
            } else {
                Tone::Plain
            };
            let cells = format!("     {cells}");
            hanging(pen, (tone, &cells), cells.width(), &option.label);
        }
    }
    for hidden in &decision.hidden {
        let likely = pen.clean(&percent(hidden.believed));
        let words = format!("hidden: {} (to be thought {likely} likely)", hidden.words);
        wrapped(pen, 5, &[(Tone::Faint, &words)]);
    }
}

fn happened(pen: &mut Pen, step: &StepDebrief) {
    let who = step
        .actor
        .as_ref()
        .map_or_else(String::new, |actor| format!("{actor}: "));
    let mut notes = vec![pen.clean(&percent(step.probability))];
    if step.by == detente_play::By::Facilitator {
        notes.push("laid down by the facilitator".to_owned());
    }
    if !step.hidden_from.is_empty() {
        notes.push(format!("hidden from {}", step.hidden_from.join(", ")));
    }
    let notes = format!(" ({})", notes.join("; "));
    wrapped(
        pen,
        2,
        &[
            (Tone::Faint, &who),
            (Tone::Plain, &step.words),
            (Tone::Faint, &notes),
        ],
    );
}

fn results(pen: &mut Pen, actors: &[ActorDebrief]) {
    let labels = actors.iter().map(|actor| actor.label.width());
    let column = labels.max().unwrap_or(0).min(pen.width / 2);
    for actor in actors {
        let scale = Scale::of([actor.got, actor.expected, actor.least, actor.most]);
        let label = pen.left(&pen.clean(&actor.label), column);
        let got = pen.right(&pen.clean(&scale.write(actor.got)), 9);
        let expected = pen.right(&pen.clean(&scale.write(actor.expected)), 9);
        let range = pen.clean(&format!("  of {}", scale.range(actor.least, actor.most)));
        pen.line(&[
            (Tone::Plain, &format!("  {label}")),
            (Tone::Strong, &got),
            (Tone::Plain, &expected),
            (Tone::Faint, &range),
        ]);
    }
}

fn bullet(pen: &mut Pen, words: &str) {
    let dot = if pen.unicode { "  · " } else { "  * " };
    hanging(pen, (Tone::Faint, dot), 4, words);
}

/// Words behind a first piece, later lines indented.
fn hanging(pen: &mut Pen, first: (Tone, &str), indent: usize, words: &str) {
    let words = pen.clean(words);
    // Where little room is left, the words go below.
    let room = pen.width.saturating_sub(indent);
    let (indent, below) = if room < 16 {
        (6, true)
    } else {
        (indent, false)
    };
    if below {
        pen.line(&[first]);
    }
    let lines = pen.wrap(&words, pen.width.saturating_sub(indent).max(8));
    for (i, line) in lines.iter().enumerate() {
        match i == 0 && !below {
            true => pen.line(&[first, (Tone::Plain, line)]),
            false => pen.line(&[(Tone::Plain, &format!("{}{line}", " ".repeat(indent)))]),
        }
    }
}

/// Pieces of text that follow one another, wrapped; each keeps its tone.
fn wrapped(pen: &mut Pen, indent: usize, pieces: &[(Tone, &str)]) {
    let cleaned: Vec<(Tone, String)> = pieces
        .iter()
        .map(|(tone, text)| (*tone, pen.clean(text)))
        .collect();
    let whole: String = cleaned.iter().map(|(_, text)| text.as_str()).collect();
    let room = pen.width.saturating_sub(indent + 2).max(8);
    let mut tones = cleaned
        .iter()
        .flat_map(|(tone, text)| text.chars().map(move |c| (*tone, c)))
        .filter(|(_, c)| !c.is_whitespace());
    for (i, line) in pen.wrap(&whole, room).iter().enumerate() {
        // Wrapping changes nothing but spaces, so that each other sign keeps its tone.
        let mut runs: Vec<(Tone, String)> = Vec::new();
        for c in line.chars() {
            let tone = match c.is_whitespace() {
                true => runs.last().map_or(Tone::Plain, |(tone, _)| *tone),
                false => tones.next().map_or(Tone::Plain, |(tone, _)| tone),
            };
            match runs.last_mut() {
                Some((last, text)) if *last == tone => text.push(c),
                _ => runs.push((tone, c.to_string())),
            }
        }
        let margin = " ".repeat(if i == 0 { indent } else { indent + 2 });
        let mut line = vec![(Tone::Plain, margin.as_str())];
        line.extend(runs.iter().map(|(tone, text)| (*tone, text.as_str())));
        pen.line(&line);
    }
}
