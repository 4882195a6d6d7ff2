//! What is wrong with a scenario, where, and how to mend it: plain values, rendered elsewhere.

use crate::span::Span;

/// How serious a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario has a meaning, but probably not the one that was meant.
    Warning,
    /// The scenario has no meaning until this is mended.
    Error,
}

/// One finding about a scenario, in the scenario's own words.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Stable code such as `E0203`; `detente explain E0203` tells more.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// One line: what is wrong.
    pub message: String,
    /// The place to underline, with a few words under it (may be empty).
    pub primary: (Span, String),
    /// Other places that matter, each with a few words.
    pub secondary: Vec<(Span, String)>,
    /// Facts that help to understand, such as the path on which it happens.
    pub notes: Vec<String>,
    /// The mend, where one is at hand.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place, with nothing else said yet.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, place: Span) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: (place, String::new()),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place, with nothing else said yet.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>, place: Span) -> Self {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message, place)
        }
    }

    /// Adds the words under the underlined place.
    #[must_use]
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.primary.1 = words.into();
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn also(mut self, place: Span, words: impl Into<String>) -> Self {
        self.secondary.push((place, words.into()));
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, words: impl Into<String>) -> Self {
        self.notes.push(words.into());
        self
    }

    /// Sets the mend.
    #[must_use]
    pub fn help(mut self, words: impl Into<String>) -> Self {
        self.help = Some(words.into());
        self
    }
}
