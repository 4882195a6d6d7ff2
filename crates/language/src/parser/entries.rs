//! What stands between braces: entries with optional commas, and the search for a brace that is not closed.

use super::{Parser, words};
use crate::diagnostic::Diagnostic;
use crate::lexer::TokenKind as K;
use crate::span::Span;

/// An open brace that is being read.
pub(super) struct Open {
    /// The `{`.
    pub span: Span,
    /// Byte at which the text of the line with the `{` begins, and how far to the right.
    indent: usize,
}

impl Parser<'_> {
    /// Reads `{`. `whose` says what the brace is for, as in "with the options of `reply`".
    pub(super) fn open(&mut self, whose: &str) -> Option<Open> {
        let span = self.here();
        if !self.expect(K::OpenBrace, &format!("`{{` {whose}")) {
            return None;
        }
        let indent = if self.unbalanced {
            self.indent_of_line(span)
        } else {
            0
        };
        Some(Open { span, indent })
    }

    /// How far to the right the line begins on which this place is. Only asked in texts whose braces do not
    /// match, and never scans further than what any sensible line has.
    fn indent_of_line(&self, place: Span) -> usize {
        const SCANNED: usize = 400;
        let before = &self.text.as_bytes()[..place.start as usize];
        let near = &before[before.len().saturating_sub(SCANNED)..];
        let line = near.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        near[line..]
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count()
    }

    /// Whether the entries of this brace end here: at `}`, at the end of the file or, in a text whose braces
    /// do not match, at a declaration that stands no further right than the line that opened the brace.
    pub(super) fn entries_end(&self, open: &Open) -> bool {
        match self.kind() {
            K::CloseBrace | K::End => true,
            K::Name if self.unbalanced && self.token(0).first => {
                words::ITEMS.contains(&self.word(0))
                    && matches!(self.token(1).kind, K::Name | K::Text | K::OpenBrace)
                    && !words::is_chooses(self.word(1))
                    && self.indent_of_line(self.here()) <= open.indent
            }
            _ => false,
        }
    }

    /// Reads the `}` of a brace or reports that it is missing, pointing to the `{`.
    pub(super) fn close_entries(&mut self, open: &Open, whose: &str) {
        if self.kind() == K::CloseBrace {
            if self.unbalanced && self.suspect.is_none() && self.token(0).first {
                let indent = self.indent_of_line(self.here());
                if indent < open.indent {
                    self.suspect = Some(open.span);
                }
            }
            self.at += 1;
            return;
        }
        let found = self.found();
        let here = self.here();
        let culprit = self.suspect.take().unwrap_or(open.span);
        let mut diagnostic =
            Diagnostic::error("E0113", format!("`{{` {whose} is not closed"), culprit)
                .label("opened here")
                .also(here, format!("expected `}}`, found {found}"));
        if culprit != open.span {
            diagnostic.message = "`{` is not closed".to_owned();
            diagnostic = diagnostic
                .label("probably this one")
                .note("going by the indentation: the next `}` stands further left than the line of this `{`");
        }
        self.report(diagnostic.help("add the missing `}`"));
    }

    /// Reads what stands between entries, and gets past an entry that could not be read: to the next comma, line
    /// or closing brace. `before` is where the entry began.
    pub(super) fn next_entry(&mut self, before: usize) {
        if self.stuck() || self.at == before {
            if self.at == before {
                self.expected("a name or `}`");
                self.skip_tree();
            }
            while !matches!(
                self.kind(),
                K::End | K::CloseBrace | K::Comma | K::Semicolon
            ) && !self.token(0).first
            {
                self.skip_tree();
            }
        }
        while matches!(self.kind(), K::Comma | K::Semicolon) {
            self.at += 1;
        }
    }

    /// Reads `{ entry, entry … }` by calling `entry` for each. Gives `None` where there is no brace.
    pub(super) fn entries<T>(
        &mut self,
        whose: &str,
        mut entry: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let open = self.open(whose)?;
        let mut list = Vec::new();
        while !self.entries_end(&open) {
            let before = self.at;
            if !matches!(self.kind(), K::Name | K::BadNumber) && !self.kind().reserved() {
                self.expected(&format!("an entry or `}}` {whose}"));
            } else if let Some(found) = entry(self) {
                list.push(found);
            }
            self.next_entry(before);
        }
        self.close_entries(&open, whose);
        Some(list)
    }
}
