//! A scenario without errors, with its text.

use std::path::{Path, PathBuf};

use detente_language::check::{Loaded, load};
use detente_language::diagnostic::Diagnostic;
use detente_language::scenario::{Expr, Scenario};
use detente_language::source::{Loader, Sources};

use crate::Fault;

/// A scenario without errors, with its text.
#[derive(Clone, Debug)]
pub struct Story {
    /// Where it was read.
    pub path: PathBuf,
    /// The scenario.
    pub scenario: Scenario,
    /// Its text and all that it includes.
    pub sources: Sources,
    /// Warnings about it.
    pub warnings: Vec<Diagnostic>,
}

impl Story {
    /// A scenario from its text.
    ///
    /// # Errors
    /// The scenario has errors; they are told with its warnings.
    pub fn told(path: &Path, text: &str, loader: &dyn Loader) -> Result<Story, Fault> {
        let Loaded {
            sources,
            scenario,
            diagnostics,
        } = load(&path.to_string_lossy(), text, loader);
        match scenario {
            Some(scenario) => Ok(Story {
                path: path.to_owned(),
                scenario,
                sources,
                warnings: diagnostics,
            }),
            None => Err(Fault::told(diagnostics, &sources)),
        }
    }

    /// File name without folders.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.path.file_name().map_or_else(
            || "scenario".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Text of the scenario file.
    #[must_use]
    pub fn text(&self) -> &str {
        self.sources.file(0).map_or("", |file| file.text())
    }

    /// A mistake in this scenario.
    #[must_use]
    pub fn fault(&self, diagnostic: &Diagnostic) -> Fault {
        Fault::told(vec![diagnostic.clone()], &self.sources)
    }

    /// A query about this scenario.
    ///
    /// # Errors
    /// It cannot be read, with the place underlined.
    pub fn query(&self, text: &str) -> Result<Expr, Fault> {
        query(&self.scenario, text)
    }

    /// Queries about this scenario, each with its text.
    ///
    /// # Errors
    /// One cannot be read, with the place underlined.
    pub fn queries(&self, texts: &[String]) -> Result<Vec<(String, Expr)>, Fault> {
        let read = |text: &String| Ok((text.clone(), self.query(text)?));
        texts.iter().map(read).collect()
    }
}

/// A query about a scenario.
///
/// # Errors
/// It cannot be read, with the place underlined.
pub fn query(scenario: &Scenario, text: &str) -> Result<Expr, Fault> {
    detente_language::query::parse(scenario, text)
        .map_err(|(sources, diagnostics)| Fault::told(diagnostics, &sources))
}
