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
        self.braces += 1;
        let indent = if self.unclosed > 0 {
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
            K::Name if self.unclosed > 0 && self.token(0).first => {
                words::ITEMS.contains(&self.word(0))
                    && matches!(self.token(1).kind, K::Name | K::Text | K::OpenBrace)
                    && !words::is_chooses(self.word(1))
                    && self.indent_of_line(self.here()) <= open.indent
            }
            _ => false,
        }
    }

    /// Reads the `}` of a brace or reports that it is missing, pointing to the `{`. In a text whose braces do not
    /// match, a `}` further left than the line of the `{` is taken for that of a brace further out.
    pub(super) fn close_entries(&mut self, open: &Open, whose: &str) {
        self.braces = self.braces.saturating_sub(1);
        let message = format!("`{{` {whose} is not closed");
        let unclosed = Diagnostic::error("E0113", message, open.span)
            .label("opened here")
            .help("add the missing `}`");
        let here = self.here();
        if self.kind() != K::CloseBrace {
            self.unclosed = self.unclosed.saturating_sub(1);
            let found = self.found();
            self.report(unclosed.also(here, format!("expected `}}`, found {found}")));
        } else if self.unclosed > 0
            && self.token(0).first
            && self.indent_of_line(here) < open.indent
        {
            self.unclosed -= 1;
            self.report_at(
                open.span,
                unclosed.also(here, "this `}` stands further left: it closes another"),
            );
        } else {
            self.at += 1;
        }
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
        entry: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let named = |kind: K| matches!(kind, K::Name | K::BadNumber) || kind.reserved();
        self.entries_that(whose, named, entry)
    }

    /// As [`Parser::entries`], with entries that may begin with a bracket.
    pub(super) fn lines<T>(
        &mut self,
        whose: &str,
        entry: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let begins =
            |kind: K| matches!(kind, K::Name | K::BadNumber | K::OpenParen) || kind.reserved();
        self.entries_that(whose, begins, entry)
    }

    fn entries_that<T>(
        &mut self,
        whose: &str,
        begins: impl Fn(K) -> bool,
        mut entry: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let open = self.open(whose)?;
        let mut list = Vec::new();
        while !self.entries_end(&open) {
            let before = self.at;
            if !begins(self.kind()) {
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
