//! Why the line ends early.

use detente_language::diagnostic::Diagnostic;
use detente_language::render::{RenderOptions, render};
use detente_language::source::Sources;

/// Why the line ends early.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Something about a scenario or a query, with its places.
    Told {
        /// What.
        diagnostics: Vec<Diagnostic>,
        /// The texts that they speak of.
        sources: Box<Sources>,
        /// Whether it is a limit that was reached, and no mistake in the text.
        limit: bool,
    },
    /// Something that was asked for and makes no sense, in a sentence.
    Asked(String),
    /// A limit that was reached, or an interruption, in a sentence.
    Limit(String),
}

impl Fault {
    /// A mistake in these texts.
    #[must_use]
    pub fn told(diagnostics: Vec<Diagnostic>, sources: &Sources) -> Fault {
        Fault::Told {
            diagnostics,
            sources: Box::new(sources.clone()),
            limit: false,
        }
    }

    /// Something asked for that makes no sense, as an error says it.
    #[must_use]
    pub fn asked(error: &dyn std::fmt::Display) -> Fault {
        Fault::Asked(error.to_string())
    }

    /// Whether a limit was reached, or somebody interrupted.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(self, Fault::Limit(_) | Fault::Told { limit: true, .. })
    }

    /// As people read it, without a line break at the end.
    #[must_use]
    pub fn rendered(&self, options: RenderOptions) -> String {
        match self {
            Fault::Told {
                diagnostics,
                sources,
                ..
            } => render(diagnostics, sources, options).trim_end().to_owned(),
            Fault::Asked(words) | Fault::Limit(words) => format!("error: {words}"),
        }
    }
}
