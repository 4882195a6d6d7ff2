//! What models expect of issues with a scale, on a terminal; and the sentences that the page has too.

use detente_stakeholders::study::{Answers, Expected, Study};

use crate::number::{self, Scale};
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Actors whose rounds and leverage are shown.
const MOST: usize = 8;
/// Columns of the strip that shows where on the scale an outcome lies.
const STRIP: usize = 25;
/// Columns of a name.
const NAME: usize = 26;

/// The screen. No line is wider than the terminal.
pub fn forecast_text(study: &Study, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for line in pen.wrap(&pen.clean(&study.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    pen.paragraph(Tone::Faint, "", &facts(study));
    for answers in &study.issues {
        pen.gap();
        issue(&mut pen, study, answers);
    }
    if !study.remarks.is_empty() {
        pen.gap();
    }
    for remark in &study.remarks {
        pen.paragraph(Tone::Faint, "", &sentence(remark));
    }
    pen.finish()
}

/// How much was looked at.
pub(crate) fn facts(study: &Study) -> String {
    let mut words = format!(
        "{}, {}",
        number::counted(study.actors.len(), "stakeholder", "stakeholders"),
        number::counted(study.issues.len(), "issue", "issues")
    );
    if study.draws > 0 {
        words += &format!(
            "; doubtful numbers drawn {} times: ranges hold 90 of 100 draws",
            number::count(study.draws as u64)
        );
    }
    words
}

/// A remark as a sentence.
pub(crate) fn sentence(remark: &str) -> String {
    let mut letters = remark.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// What an actor is called: its label, or its name where there is none or others have the same.
pub(crate) fn called(study: &Study, actor: usize) -> &str {
    let Some(found) = study.actors.get(actor) else {
        return "";
    };
    let alike = study
        .actors
        .iter()
        .filter(|other| other.label == found.label);
    if found.label.is_empty() || alike.count() > 1 {
        &found.name
    } else {
        &found.label
    }
}

/// How numbers of an issue are written.
pub(crate) fn scale_of(answers: &Answers) -> Scale {
    Scale::of([answers.issue.width() / 10.0])
}

/// A number of an issue with its unit.
pub(crate) fn counted(answers: &Answers, value: f64) -> String {
    with_unit(answers, &scale_of(answers).write(value))
}

pub(crate) fn with_unit(answers: &Answers, words: &str) -> String {
    match answers.unit.as_str() {
        "" => words.to_owned(),
        unit => format!("{words} {unit}"),
    }
}

/// The model whose rounds are shown: the first that has some.
pub(crate) fn with_rounds(answers: &Answers) -> Option<&Expected> {
    let moving = |found: &&Expected| found.rounds.len() > 1;
    let spatial = |found: &&Expected| found.model.starts_with("spatial");
    let all = || answers.models.iter().filter(moving);
    all().find(spatial).or_else(|| all().next())
}

/// What is expected of an issue, in sentences.
pub(crate) fn sentences(study: &Study, answers: &Answers) -> Vec<String> {
    let scale = scale_of(answers);
    let mut said = Vec::new();
    let near = answers.nearest.map(|actor| called(study, actor));
    let near = near.map_or(String::new(), |name| format!("; nearest to that: {name}"));
    if let Some(forecast) = &answers.forecast {
        said.push(format!(
            "{}: about {}, with nine chances in ten from {} to {}{near}.",
            answers.label,
            counted(answers, forecast.median),
            scale.write(forecast.lower),
            scale.write(forecast.upper),
        ));
    } else if let Some((model, outcome)) = first(answers) {
        said.push(format!(
            "{}: {} by the model {model}{near}.",
            answers.label,
            counted(answers, outcome)
        ));
    }
    let all: Vec<(&str, f64)> = outcomes(answers).collect();
    let by = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
    if let (Some(low), Some(high)) = (all.iter().min_by(by), all.iter().max_by(by))
        && all.len() > 1
    {
        said.push(format!(
            "{}: models expect from {} ({}) to {} ({}).",
            answers.label,
            scale.write(low.1),
            low.0,
            scale.write(high.1),
            high.0
        ));
    }
    if let (Some(actual), Some(best)) = (answers.actual, &answers.best) {
        said.push(format!(
            "{}: it came to {}; nearest was {best}.",
            answers.label,
            counted(answers, actual)
        ));
    }
    said
}

fn outcomes(answers: &Answers) -> impl Iterator<Item = (&str, f64)> {
    let models = answers.models.iter();
    models.filter_map(|found| Some((found.model.as_str(), found.outcome?)))
}

fn first(answers: &Answers) -> Option<(&str, f64)> {
    outcomes(answers).next()
}

fn issue(pen: &mut Pen, study: &Study, answers: &Answers) {
    let scale = scale_of(answers);
    let ends = with_unit(
        answers,
        &format!(
            "from {} to {}",
            number::plain(answers.issue.lower, false),
            number::plain(answers.issue.upper, false)
        ),
    );
    let title = pen.clean(&answers.label);
    let about = pen.clean(&format!(", {ends}"));
    pen.line(&[(Tone::Strong, &title), (Tone::Faint, &about)]);
    models(pen, answers, scale);
    if let Some(reference) = answers.issue.reference {
        row(
            pen,
            answers,
            "without agreement",
            reference,
            None,
            Tone::Faint,
        );
    }
    if let Some(actual) = answers.actual {
        row(pen, answers, "what came of it", actual, None, Tone::Good);
    }
    let mark = if pen.unicode { "• " } else { "* " };
    for words in sentences(study, answers) {
        pen.paragraph(Tone::Plain, mark, &words);
    }
    rounds(pen, study, answers, scale);
    levers(pen, study, answers, scale);
}

fn models(pen: &mut Pen, answers: &Answers, scale: Scale) {
    for found in &answers.models {
        match (found.outcome, &found.why) {
            (Some(outcome), _) => {
                // What nobody doubts has no range.
                let range = found.range.filter(|[low, high]| low < high);
                let range = range.map(|[low, high]| scale.range(low, high));
                row(pen, answers, &found.model, outcome, range, Tone::Plain);
            }
            (None, why) => {
                let why = why.clone().unwrap_or_default();
                let head = format!("  {} ", pen.left(&found.model, NAME));
                pen.paragraph(Tone::Faint, &head, &format!("silent: {why}"));
            }
        }
    }
    if let Some(forecast) = &answers.forecast {
        let range = scale.range(forecast.lower, forecast.upper);
        let point = forecast.median;
        row(pen, answers, "forecaster", point, Some(range), Tone::Strong);
    }
}

/// A name, a number, and where on the scale it lies.
fn row(
    pen: &mut Pen,
    answers: &Answers,
    name: &str,
    value: f64,
    range: Option<String>,
    tone: Tone,
) {
    let scale = scale_of(answers);
    let head = format!("  {} ", pen.left(&pen.clean(name), NAME));
    let number = pen.right(&pen.clean(&scale.write(value)), 8);
    let share = answers.issue.share(value).clamp(0.0, 1.0);
    let at = (share * (STRIP - 1) as f64).round() as usize;
    let (line, dot) = if pen.unicode {
        ("·", "●")
    } else {
        ("-", "o")
    };
    let before = format!("  {}", line.repeat(at));
    let after = line.repeat(STRIP - 1 - at);
    let range = range.map_or(String::new(), |range| pen.clean(&format!("  {range}")));
    pen.line(&[
        (tone, &head),
        (tone, &number),
        (Tone::Faint, &before),
        (Tone::Bar, dot),
        (Tone::Faint, &after),
        (Tone::Faint, &range),
    ]);
}

/// Those with most weight, and their order.
pub(crate) fn weightiest(answers: &Answers, most: usize) -> Vec<usize> {
    let mut voices: Vec<_> = answers.voices.iter().collect();
    voices.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.actor.cmp(&b.actor)));
    voices.truncate(most);
    voices.iter().map(|voice| voice.actor).collect()
}

fn rounds(pen: &mut Pen, study: &Study, answers: &Answers, scale: Scale) {
    let Some(found) = with_rounds(answers) else {
        return;
    };
    let last = found.rounds.len() - 1;
    let mut shown: Vec<usize> = [0, 1, 2, 5, 10, 20, 50].into();
    shown.retain(|round| *round < last);
    shown.push(last);
    let title = format!("  Round by round ({}, {})", found.model, ended(found));
    pen.line(&[(Tone::Faint, &title)]);
    let mut head = format!("  {}", pen.left("", NAME));
    for round in &shown {
        head += &pen.right(&round.to_string(), 9);
    }
    pen.line(&[(Tone::Faint, &head)]);
    for actor in weightiest(answers, MOST) {
        let mut line = format!("  {}", pen.left(&pen.clean(called(study, actor)), NAME));
        for round in &shown {
            let held = found.rounds[*round].get(actor).copied().flatten();
            let words = held.map_or(String::new(), |x| pen.clean(&scale.write(x)));
            line += &pen.right(&words, 9);
        }
        pen.line(&[(Tone::Plain, &line)]);
    }
}

/// How rounds ended.
pub(crate) fn ended(found: &Expected) -> String {
    let rounds = number::counted(found.rounds.len().saturating_sub(1), "round", "rounds");
    match found.stop {
        Some(detente_stakeholders::Stop::Settled) => format!("{rounds}, then settled"),
        Some(detente_stakeholders::Stop::Limit) => format!("{rounds}, the most that are played"),
        None => rounds,
    }
}

fn levers(pen: &mut Pen, study: &Study, answers: &Answers, scale: Scale) {
    if answers.leverage.is_empty() {
        return;
    }
    let title = format!(
        "  Whom to persuade: how far the outcome ({}) would move",
        study.persuade
    );
    let title = pen.clean(&title);
    pen.line(&[(Tone::Faint, &title)]);
    let ends = [answers.issue.lower, answers.issue.upper];
    let [low, high] = ends.map(|end| format!("if at {}", number::plain(end, false)));
    let mut head = format!("  {}", pen.left("", NAME));
    for words in [&low, &high, "if indifferent", "if all-caring"] {
        head += &pen.right(&pen.clean(words), 15);
    }
    pen.line(&[(Tone::Faint, &head)]);
    for lever in answers.leverage.iter().take(MOST) {
        let mut line = format!(
            "  {}",
            pen.left(&pen.clean(called(study, lever.actor)), NAME)
        );
        let [down, up] = lever.position.map(Some);
        for change in [down, up, lever.salience[0], lever.salience[1]] {
            let words = change.map_or("–".to_owned(), |x| signed(scale, x));
            line += &pen.right(&pen.clean(&words), 15);
        }
        pen.line(&[(Tone::Plain, &line)]);
    }
}

/// A change with its sign.
pub(crate) fn signed(scale: Scale, change: f64) -> String {
    let words = scale.write(change);
    let zero = words.chars().all(|c| matches!(c, '0' | '.'));
    if change > 0.0 && !zero {
        format!("+{words}")
    } else {
        words
    }
}
