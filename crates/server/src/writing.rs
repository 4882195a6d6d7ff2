//! What an editor asks of a text, as JSON. Places are in 16-bit units, as JavaScript counts them.

use detente_editor::complete::{CompletionKind, complete};
use detente_editor::outline::{Entry, EntryKind, outline};
use detente_editor::{colour, describe, fold, hover, layout, mend};
use detente_language::analysis::{Analysis, analyse};
use detente_language::diagnostic::{Diagnostic, Severity};
use detente_language::source::{Loader, Sources};
use detente_line::numbers::{Form, Slider, sliders};
use detente_line::{Fault, Story};
use serde_json::{Value, json};

use crate::units::Units;

/// Completions of which each is described; what there is to tell of very many would take longer than anyone waits.
const MOST_DESCRIBED: usize = 200;

/// Everything that is shown of a text while it is written.
#[must_use]
pub fn analysis(name: &str, text: &str, loader: &dyn Loader) -> Value {
    let analysis = analyse(name, text, loader);
    let units = Units::new(text);
    let colours = colour::colours(&analysis);
    let colours = colours.iter().map(|coloured| {
        let (from, to) = range(&units, coloured.span.range());
        let kind = colour::Colour::ALL
            .iter()
            .find(|(known, _)| *known == coloured.colour);
        json!([from, to, kind.map_or("", |(_, name)| name)])
    });
    let folds = fold::folds(text);
    let folds = folds.iter().map(|fold| {
        let (from, to) = range(&units, fold.bytes.clone());
        json!([from, to])
    });
    // The text itself stands last; its spans are those of file 0.
    let outline = analysis.tree(0).map(|file| entries(&units, &outline(file)));
    // Numbers are there as soon as the text has no mistake.
    let numbers = match analysis.has_errors() {
        true => Vec::new(),
        false => numbers(name, text, loader).unwrap_or_default(),
    };
    json!({
        "title": analysis.draft.title,
        "diagnostics": told(&analysis.diagnostics, &analysis.sources),
        "colours": colours.collect::<Vec<_>>(),
        "folds": folds.collect::<Vec<_>>(),
        "outline": outline.unwrap_or_default(),
        "numbers": numbers,
    })
}

fn numbers(name: &str, text: &str, loader: &dyn Loader) -> Result<Vec<Value>, Fault> {
    let story = Story::told(name.as_ref(), text, loader)?;
    Ok(sliders(&story, &[])?.iter().map(number).collect())
}

fn number(slider: &Slider) -> Value {
    let (kind, options) = match &slider.form {
        Form::Number => ("number", None),
        Form::Truth => ("truth", None),
        Form::Choice(values) => ("option", Some(values)),
    };
    json!({
        "name": slider.name,
        "label": slider.name.replace('_', " "),
        "value": slider.value,
        "low": slider.low,
        "high": slider.high,
        "kind": kind,
        "options": options,
        "step": slider.step,
        "percent": slider.percent,
        "source": (!slider.source.is_empty()).then_some(&slider.source),
        "distribution": slider.distribution,
    })
}

/// What can be written at a place.
#[must_use]
pub fn completion(name: &str, text: &str, at: usize, loader: &dyn Loader) -> Value {
    let analysis = analyse(name, text, loader);
    let units = Units::new(text);
    let (span, found) = complete(&analysis, byte(&units, at));
    let described = found.len() <= MOST_DESCRIBED;
    let items = found.iter().map(|found| {
        let meaning = found.meaning.filter(|_| described);
        let insert = match found.kind {
            CompletionKind::Function => format!("{}(", found.label),
            _ => found.label.clone(),
        };
        json!({
            "label": found.label,
            "insert": insert,
            "kind": completion_kind(found.kind),
            "detail": found.detail,
            "documentation": meaning.map(|meaning| describe::describe(&analysis, meaning)),
        })
    });
    let items: Vec<Value> = items.collect();
    let (from, to) = range(&units, span.range());
    json!({ "from": from, "to": to, "items": items })
}

/// What is shown where the pointer rests; null where there is nothing to tell.
#[must_use]
pub fn hovered(name: &str, text: &str, at: usize, loader: &dyn Loader) -> Value {
    let analysis: Analysis = analyse(name, text, loader);
    let units = Units::new(text);
    match hover::hover(&analysis, byte(&units, at)) {
        None => Value::Null,
        Some((span, markdown)) => {
            let (from, to) = range(&units, span.range());
            json!({ "from": from, "to": to, "markdown": markdown })
        }
    }
}

/// The text in canonical layout.
///
/// # Errors
/// It cannot be read: its first error says why.
pub fn formatted(text: &str) -> Result<String, String> {
    Ok(match layout::layout(text)? {
        None => text.to_owned(),
        Some((range, new)) => {
            let mut text = text.to_owned();
            text.replace_range(range, &new);
            text
        }
    })
}

/// Diagnostics of a text (file 0 of the sources). What stands in an included file is told at the beginning of the text,
/// with the file's name.
#[must_use]
pub fn told(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Value> {
    let units = Units::new(sources.file(0).map_or("", |file| file.text()));
    let place = |span: detente_language::span::Span| match span.file {
        0 => range(&units, span.range()),
        _ => (0, 0),
    };
    let told = diagnostics.iter().map(|found| {
        let (from, to) = place(found.primary.0);
        let file = (found.primary.0.file != 0)
            .then(|| sources.file(found.primary.0.file).map(|file| file.name()))
            .flatten();
        let labels = found.secondary.iter().filter(|(span, _)| span.file == 0);
        let labels = labels.map(|(span, words)| {
            let (from, to) = place(*span);
            json!({ "from": from, "to": to, "message": words })
        });
        let mend = mend::mend(found, sources).filter(|(_, edit)| edit.span.file == 0);
        let mend = mend.map(|(title, edit)| {
            let (from, to) = place(edit.span);
            json!({ "title": title, "edits": [{ "from": from, "to": to, "text": edit.text }] })
        });
        json!({
            "from": from,
            "to": to,
            "file": file,
            "severity": match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "code": found.code,
            "message": found.message,
            "label": found.primary.1,
            "notes": found.notes,
            "help": found.help,
            "labels": labels.collect::<Vec<_>>(),
            "mend": mend,
        })
    });
    told.collect()
}

fn entries(units: &Units, list: &[Entry]) -> Vec<Value> {
    let entry = |entry: &Entry| {
        let (from, to) = range(units, entry.span.range());
        json!({
            "name": entry.name,
            "label": entry.detail,
            "kind": entry_kind(entry.kind),
            "from": from,
            "to": to,
            "children": entries(units, &entry.inside),
        })
    };
    list.iter().map(entry).collect()
}

fn range(units: &Units, bytes: std::ops::Range<usize>) -> (usize, usize) {
    (units.of(bytes.start), units.of(bytes.end))
}

fn byte(units: &Units, at: usize) -> u32 {
    u32::try_from(units.byte(at)).unwrap_or(u32::MAX)
}

fn completion_kind(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Word => "word",
        CompletionKind::Number => "number",
        CompletionKind::Variable => "variable",
        CompletionKind::Function => "function",
        CompletionKind::Option => "option",
        CompletionKind::Actor => "actor",
        CompletionKind::Issue => "issue",
    }
}

fn entry_kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Title => "title",
        EntryKind::Actor => "actor",
        EntryKind::Parameter => "param",
        EntryKind::Constant => "let",
        EntryKind::Function => "function",
        EntryKind::Outcome => "outcome",
        EntryKind::State => "state",
        EntryKind::Issue => "issue",
        EntryKind::Option => "option",
        EntryKind::Preferences => "preferences",
        EntryKind::Package => "package",
        EntryKind::Question => "question",
        EntryKind::Include => "include",
        EntryKind::Play => "play",
        EntryKind::Choice => "choice",
        EntryKind::Draw => "draw",
    }
}
