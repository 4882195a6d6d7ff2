//! Why a point has no answers, with the place in the scenario where that shows.

use crate::engine::{Engine, Point};
use detente_expand::{ExpandError, expand};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::bind;
use detente_language::source::Sources;

/// The reason `why` that an engine gave for a point, with its line and column where the numbers or the play of the
/// scenario are at fault: those are computed once more to find it.
#[must_use]
pub fn placed(engine: &Engine<'_>, point: &Point, why: &str, sources: &Sources) -> String {
    let fault = fault(engine, point).filter(|fault| fault.message == why);
    let span = fault.map(|fault| fault.primary.0);
    let Some((span, at)) = span.and_then(|span| Some((span, sources.location(span)?))) else {
        return why.to_owned();
    };
    let file = match sources.file(span.file) {
        Some(file) if span.file > 0 => format!("{}, ", file.name()),
        _ => String::new(),
    };
    let text: Vec<&str> = sources.text(span).split_whitespace().collect();
    let text = text.join(" ");
    let shown = match text.chars().count() {
        0 => String::new(),
        1..=MOST => format!(": `{text}`"),
        _ => format!(": `{}…`", text.chars().take(MOST).collect::<String>()),
    };
    format!(
        "{why} ({file}line {}, column {}{shown})",
        at.line, at.column
    )
}

/// Most characters of the scenario that are shown.
const MOST: usize = 40;

fn fault(engine: &Engine<'_>, point: &Point) -> Option<Box<Diagnostic>> {
    let values: Vec<_> = (engine.pinned.iter().chain(&point.overrides))
        .copied()
        .collect();
    let settings = match bind(engine.scenario, &values) {
        Ok(settings) => settings,
        Err(faults) => return faults.into_iter().next().map(Box::new),
    };
    match expand(engine.scenario, &settings, engine.limits, &mut |_, _| true) {
        Err(ExpandError::Scenario(fault) | ExpandError::Limit(fault)) => Some(fault),
        _ => None,
    }
}
