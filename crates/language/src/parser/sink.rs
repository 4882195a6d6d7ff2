//! Collects diagnostics up to a limit, so that a hopeless file yields a page of errors and not a million.

use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// How many diagnostics of one file are kept.
pub const LIMIT: usize = 50;

/// Diagnostics in the order found, the first [`LIMIT`] of them kept, the rest counted.
#[derive(Debug, Default)]
pub struct Sink {
    kept: Vec<Diagnostic>,
    dropped: usize,
}

impl Sink {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.kept.len() < LIMIT {
            self.kept.push(diagnostic);
        } else {
            self.dropped += 1;
        }
    }

    /// Joins both, in the order of the text, with a last one saying how many are not shown.
    #[must_use]
    pub fn merge(mut self, other: Sink) -> Vec<Diagnostic> {
        self.kept.extend(other.kept);
        self.kept
            .sort_by_key(|d| (d.primary.0.start, d.primary.0.end));
        let mut dropped = self.dropped + other.dropped;
        dropped += self.kept.len().saturating_sub(LIMIT);
        self.kept.truncate(LIMIT);
        if dropped > 0 {
            let place = self.kept.last().map_or(Span::default(), |d| d.primary.0);
            let errors = if dropped == 1 { "error" } else { "errors" };
            self.kept.push(
                Diagnostic::error("E0120", format!("{dropped} more {errors} not shown"), place)
                    .help("mend the first ones and check again: later ones often follow from them"),
            );
        }
        self.kept
    }
}
