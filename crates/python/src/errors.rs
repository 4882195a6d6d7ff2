//! Errors as Python exceptions.

use detente_language::diagnostic::{Diagnostic, Severity};
use detente_language::render::RenderOptions;
use detente_language::source::Sources;
use detente_line::Fault;
use detente_sweep::run::RunError as SweepError;
use pyo3::prelude::*;

pyo3::import_exception!(detente.errors, DetenteError);
pyo3::import_exception!(detente.errors, ScenarioError);
pyo3::import_exception!(detente.errors, LimitError);
pyo3::import_exception!(detente.errors, RunError);
pyo3::import_exception!(detente.errors, BusyError);

/// A diagnostic as the package's `Diagnostic` takes it: code, severity, message, file, line, column, label, notes, help.
pub type Told = (
    &'static str,
    &'static str,
    String,
    String,
    usize,
    usize,
    String,
    Vec<String>,
    Option<String>,
);

/// A diagnostic with its place.
pub fn told(diagnostic: &Diagnostic, sources: &Sources) -> Told {
    let span = diagnostic.primary.0;
    let file = sources.file(span.file).map_or("", |file| file.name());
    let place = sources.location(span);
    (
        diagnostic.code,
        match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        diagnostic.message.clone(),
        file.to_owned(),
        place.map_or(0, |place| place.line),
        place.map_or(0, |place| place.column),
        diagnostic.primary.1.clone(),
        diagnostic.notes.clone(),
        diagnostic.help.clone(),
    )
}

/// A fault of the line as the exception that it is.
pub fn fault(fault: &Fault) -> PyErr {
    let rendered = fault.rendered(RenderOptions::default());
    let plain = |words: &String| words.clone();
    match fault {
        Fault::Told {
            diagnostics,
            sources,
            limit,
        } => {
            let list: Vec<Told> = diagnostics.iter().map(|d| told(d, sources)).collect();
            match limit {
                true => LimitError::new_err(rendered),
                false => ScenarioError::new_err((rendered, list)),
            }
        }
        Fault::Asked(words) => DetenteError::new_err(plain(words)),
        Fault::Limit(words) => LimitError::new_err(plain(words)),
    }
}

/// Something wrong with the folder of a run; what the command calls `--resume` has another name here.
pub fn run(error: &SweepError) -> PyErr {
    RunError::new_err(error.to_string().replace("`--resume`", "`resume=True`"))
}

/// Any other error, in its own words.
pub fn other(error: &dyn std::fmt::Display) -> PyErr {
    DetenteError::new_err(error.to_string())
}
