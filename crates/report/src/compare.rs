//! What differs between two scenarios, for a terminal.

use detente_compare::{Answers, Change, Comparison, Kind, Pair, Side};
use detente_findings::model::Unit;
use unicode_width::UnicodeWidthStr;

use crate::number::{self, Scale};
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Probabilities that differ by less are the same to a reader.
const ALIKE: f64 = 0.0005;
/// Other numbers are the same where they differ by less than this share of the larger one.
const ALIKE_SHARE: f64 = 1e-4;
/// Longest text of a declaration that is shown, in columns.
const LONGEST: usize = 240;
/// Decisions that are shown.
const MOST_DECISIONS: usize = 12;

/// What differs, as text. No line is wider than the terminal.
pub fn comparison_text(comparison: &Comparison, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for (name, side) in ["A", "B"].iter().zip(&comparison.sides) {
        head(&mut pen, name, side);
    }
    texts(&mut pen, &comparison.text);
    if let Some(answers) = &comparison.answers {
        found(&mut pen, answers);
    }
    pen.finish()
}

fn head(pen: &mut Pen, name: &str, side: &Side) {
    let settings = side.settings.iter();
    let settings: String = settings
        .map(|(id, value)| format!(", {id} = {}", number::plain(*value, false)))
        .collect();
    let words = format!("{} ({}{settings})", side.title, side.file);
    paragraph(pen, Tone::Strong, &format!("{name}  "), &words);
}

fn heading(pen: &mut Pen, words: &str) {
    pen.gap();
    pen.line(&[(Tone::Strong, words)]);
}

/// A text whose first line follows `head` and whose others are set in as far.
fn paragraph(pen: &mut Pen, tone: Tone, head: &str, words: &str) {
    let indent = head.width();
    let columns = pen.width.saturating_sub(indent).max(10);
    for (k, line) in pen.wrap(&pen.clean(words), columns).iter().enumerate() {
        let before = if k == 0 {
            head.to_owned()
        } else {
            " ".repeat(indent)
        };
        pen.line(&[(tone, &before), (tone, line)]);
    }
}

fn texts(pen: &mut Pen, changes: &[Change]) {
    heading(pen, "What differs in the text");
    if changes.is_empty() {
        pen.line(&[(
            Tone::Faint,
            "  nothing that plays a part (layout and comments aside)",
        )]);
        return;
    }
    let mut place: &[String] = &[];
    for change in changes {
        if change.place != place && !change.place.is_empty() {
            paragraph(
                pen,
                Tone::Faint,
                "  ",
                &format!("{}:", change.place.join(", ")),
            );
        }
        place = &change.place;
        let (sign, tone) = match change.kind {
            Kind::Added => ("+", Tone::Good),
            Kind::Removed => ("-", Tone::Warning),
            Kind::Changed => ("~", Tone::Bar),
        };
        let indent = if place.is_empty() { "  " } else { "    " };
        paragraph(
            pen,
            tone,
            &format!("{indent}{sign} "),
            &words(change, pen.unicode),
        );
    }
}

fn words(change: &Change, unicode: bool) -> String {
    let shown = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("");
        match text.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text.to_owned(),
        }
    };
    let arrow = if unicode { "→" } else { "->" };
    let what = &change.what;
    match (
        change.kind,
        change.before.as_deref(),
        change.after.as_deref(),
    ) {
        (Kind::Changed, Some(""), _) => format!("{what}: now {}", shown(&change.after)),
        (Kind::Changed, _, Some("")) => format!("{what}: no longer {}", shown(&change.before)),
        (Kind::Changed, ..) => {
            format!(
                "{what}: {} {arrow} {}",
                shown(&change.before),
                shown(&change.after)
            )
        }
        (Kind::Added, _, None) => format!("{what} is new"),
        (Kind::Added, ..) => format!("{what} is new: {}", shown(&change.after)),
        (Kind::Removed, None, _) => format!("{what} is gone"),
        (Kind::Removed, ..) => format!("{what} is gone: {}", shown(&change.before)),
    }
}

fn found(pen: &mut Pen, answers: &Answers) {
    if !answers.numbers.is_empty() {
        heading(pen, "Numbers");
        let names = answers.numbers.iter().map(|pair| pair.id.clone()).collect();
        table(
            pen,
            &answers.numbers.iter().collect::<Vec<_>>(),
            names,
            false,
        );
    }
    for (title, pairs, what) in [
        ("How it ends", &answers.endings, "endings"),
        ("What was asked", &answers.asks, "answers"),
        ("What it is worth", &answers.actors, "values"),
    ] {
        section(pen, title, pairs, what);
    }
    decisions(pen, answers);
    for (name, trusted) in ["A", "B"].iter().zip(answers.trustworthy) {
        if !trusted {
            pen.gap();
            let words = format!("The solution of {name} is not trustworthy; see detente run.");
            paragraph(pen, Tone::Warning, "! ", &words);
        }
    }
}

/// Rows that differ, and how many do not.
fn section(pen: &mut Pen, title: &str, pairs: &[Pair], what: &str) {
    if pairs.is_empty() {
        return;
    }
    heading(pen, title);
    let differing: Vec<&Pair> = pairs.iter().filter(|pair| differs(pair)).collect();
    let names = differing.iter().map(|pair| pair.label.clone()).collect();
    table(pen, &differing, names, true);
    let same = pairs.len() - differing.len();
    if same > 0 {
        let words = match (same, differing.len()) {
            (_, 0) => "  the same in both".to_owned(),
            (1, _) => format!("  1 of the {} {what} is the same", pairs.len()),
            (same, _) => format!("  {same} of the {} {what} are the same", pairs.len()),
        };
        pen.line(&[(Tone::Faint, &words)]);
    }
}

fn differs(pair: &Pair) -> bool {
    match (pair.first, pair.second, pair.unit) {
        (Some(a), Some(b), Unit::Probability) => (a - b).abs() >= ALIKE,
        (Some(a), Some(b), Unit::Number) => {
            (a - b).abs() > ALIKE_SHARE * a.abs().max(b.abs()).max(1e-9)
        }
        (None, None, _) => false,
        _ => true,
    }
}

/// Columns of names, A, B and the change.
fn table(pen: &mut Pen, pairs: &[&Pair], names: Vec<String>, decimals: bool) {
    if pairs.is_empty() {
        return;
    }
    let none = if pen.unicode { "–" } else { "-" };
    let numbers = pairs.iter().filter(|pair| pair.unit == Unit::Number);
    let scale = Scale::of(numbers.flat_map(|pair| [pair.first, pair.second]).flatten());
    let write = |value: Option<f64>, unit: Unit| match (value, unit) {
        (None, _) => none.to_owned(),
        (Some(value), Unit::Probability) if decimals => number::percent(value),
        (Some(value), Unit::Probability) => number::plain(value, true),
        (Some(value), Unit::Number) if decimals => scale.write(value),
        (Some(value), Unit::Number) => number::plain(value, false),
    };
    let mut rows: Vec<[String; 4]> = vec![[
        "".to_owned(),
        "A".to_owned(),
        "B".to_owned(),
        "B - A".to_owned(),
    ]];
    for (pair, name) in pairs.iter().zip(names) {
        let change = pair.change().map_or_else(
            || none.to_owned(),
            |change| match pair.unit {
                Unit::Probability => points(change),
                Unit::Number => plus(change, &write(Some(change), Unit::Number)),
            },
        );
        rows.push([
            name,
            write(pair.first, pair.unit),
            write(pair.second, pair.unit),
            change,
        ]);
    }
    let rows: Vec<[String; 4]> = rows
        .into_iter()
        .map(|row| row.map(|cell| pen.clean(&cell)))
        .collect();
    let wide = |k: usize| rows.iter().map(|row| row[k].width()).max().unwrap_or(0);
    let columns = [wide(1), wide(2), wide(3)];
    let fixed: usize = columns.iter().map(|column| column + 2).sum::<usize>() + 2;
    let name = wide(0).min(pen.width.saturating_sub(fixed)).max(8);
    for (k, [label, first, second, change]) in rows.iter().enumerate() {
        let tone = if k == 0 { Tone::Faint } else { Tone::Plain };
        // Long questions go on below their numbers.
        let lines = pen.wrap(label, name);
        for (line, words) in lines.iter().enumerate() {
            let mut pieces = vec![(tone, format!("  {}", pen.left(words, name)))];
            if line == 0 {
                pieces.push((tone, format!("  {}", pen.right(first, columns[0]))));
                let strong = if k == 0 { tone } else { Tone::Strong };
                pieces.push((strong, format!("  {}", pen.right(second, columns[1]))));
                pieces.push((Tone::Faint, format!("  {}", pen.right(change, columns[2]))));
            }
            let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(t, s)| (*t, s.as_str())).collect();
            pen.line(&pieces);
        }
    }
}

/// A change of a probability in percentage points.
fn points(change: f64) -> String {
    let points = change * 100.0;
    let words = if points.abs() < 9.95 {
        format!("{points:+.1}")
    } else {
        format!("{points:+.0}")
    };
    words.replace('-', "−")
}

fn plus(change: f64, words: &str) -> String {
    if change > 0.0 {
        format!("+{words}")
    } else {
        words.to_owned()
    }
}

fn decisions(pen: &mut Pen, answers: &Answers) {
    let changes = &answers.decisions;
    let alone = answers.reached_by_one;
    if changes.is_empty() && alone == [0, 0] {
        return;
    }
    heading(pen, "Decisions of another kind");
    let taken = |options: &[(String, f64)]| match options {
        [(only, _)] => only.clone(),
        options => {
            let words = options.iter();
            let words = words.map(|(name, p)| format!("{name} {}", number::percent(*p)));
            words.collect::<Vec<_>>().join(", ")
        }
    };
    for change in changes.iter().take(MOST_DECISIONS) {
        paragraph(pen, Tone::Plain, "  ", &change.name);
        paragraph(pen, Tone::Faint, "    A  ", &taken(&change.first));
        paragraph(pen, Tone::Strong, "    B  ", &taken(&change.second));
    }
    let mut remarks = Vec::new();
    if changes.len() > MOST_DECISIONS {
        remarks.push(format!("{} more (--json)", changes.len() - MOST_DECISIONS));
    }
    for (name, count) in ["A", "B"].iter().zip(alone) {
        if count > 0 {
            let what = number::counted(count, "decision is", "decisions are");
            remarks.push(format!("{what} come to in {name} only"));
        }
    }
    if !remarks.is_empty() {
        paragraph(pen, Tone::Faint, "  ", &remarks.join("; "));
    }
}
