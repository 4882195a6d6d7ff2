//! The canonical layout of a scenario.
//!
//! The tree is printed afresh; of the author's layout only comments, blank lines (at most one in a row) and the
//! way in which numbers and texts are written survive. Comments that stand on their own line stay before what
//! they precede, those at the end of a line stay at its end, and those in the middle of something move before it.
//!
//! Whether something fits on one line is tried by printing it with a budget of one line, so that the whole
//! takes time linear in the text.

mod bargain;
mod braces;
mod cells;
mod conflict;
mod expression;
mod flat;
mod play;
mod rows;
mod stakeholders;
mod table;
mod tables;

use crate::ast::{Comment, File};
use crate::diagnostic::{Diagnostic, Severity};
use crate::parser;
use flat::{Flat, Shape, width};

/// Lines are kept within this many columns where they can be broken.
const WIDTH: usize = 100;

/// Columns of one step of indentation.
const STEP: usize = 4;

/// Deeper things are not indented any further, which bounds the size of the output.
const DEEPEST: usize = 80;

/// However deep something stands, this many columns are used before it is broken.
const LEAST: usize = 40;

/// The text in canonical layout. It means the same, formatting it again changes nothing, and it ends with a line
/// break (unless nothing is in it).
///
/// # Errors
/// The diagnostics of [`parser::parse`] if there is an error among them.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let (file, diagnostics) = parser::parse(text, 0);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Err(diagnostics);
    }
    let mut printer = Printer::new(text, &file);
    printer.items(&file.items);
    printer.flush(u32::MAX, 0);
    if !printer.out.is_empty() {
        printer.out.push('\n');
    }
    Ok(printer.out)
}

/// The text being printed and how far the comments are dealt with.
struct Printer<'t> {
    text: &'t str,
    /// Where the lines of the text begin.
    lines: Vec<u32>,
    comments: &'t [Comment],
    /// The first comment not printed yet.
    next: usize,
    out: String,
    column: usize,
    /// Whether a brace was just opened (or nothing was printed yet): no blank line follows.
    fresh: bool,
}

impl<'t> Printer<'t> {
    fn new(text: &'t str, file: &'t File) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let lines = breaks.map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX));
        Printer {
            text,
            lines: lines.collect(),
            comments: &file.comments,
            next: 0,
            out: String::with_capacity(text.len() + text.len() / 8),
            column: 0,
            fresh: true,
        }
    }

    /// The number of the line in which a byte of the text stands.
    fn line_of(&self, position: u32) -> usize {
        self.lines.partition_point(|start| *start <= position)
    }

    /// Whether a blank line stands before this place of the text.
    fn blank_before(&self, position: u32) -> bool {
        let before = &self.text[..position as usize];
        let space = before.chars().rev().take_while(|c| c.is_whitespace());
        space.filter(|c| *c == '\n').take(2).count() == 2
    }

    fn write(&mut self, words: &str) {
        self.out.push_str(words);
        self.column += width(words);
    }

    /// Begins a new line, indented.
    fn line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let indent = indent.min(DEEPEST);
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
        self.fresh = false;
    }

    fn blank_line(&mut self) {
        if !self.fresh {
            self.out.push('\n');
        }
    }

    /// Columns left on this line.
    fn room(&self, indent: usize) -> usize {
        let least = (indent.min(DEEPEST) + LEAST).saturating_sub(self.column);
        WIDTH.saturating_sub(self.column).max(least)
    }

    /// Prints on one line, if it fits into the given columns.
    fn flat(&self, columns: usize, shape: &dyn Shape) -> Option<String> {
        let mut flat = Flat::new(self.text, columns);
        shape.print(&mut flat);
        flat.finish()
    }

    /// Whether a comment not printed yet stands before this place of the text, so that what ends there cannot be
    /// put on one line.
    fn commented(&self, end: u32) -> bool {
        let next = self.comments.get(self.next);
        next.is_some_and(|comment| comment.span.start < end)
    }

    /// Prints the comments before this place, each on its own line.
    fn flush(&mut self, before: u32, indent: usize) {
        self.flush_with(before, indent, true);
    }

    fn flush_with(&mut self, before: u32, indent: usize, blanks: bool) {
        while let Some(comment) = self.comments.get(self.next)
            && comment.span.start < before
        {
            if blanks && self.blank_before(comment.span.start) {
                self.blank_line();
            }
            self.line(indent);
            self.out.push_str(&comment.text);
            self.next += 1;
        }
    }

    /// Begins the line of something that stands at `start` and whose first line is made from the text up to
    /// `end`: comments before it, a blank line where there was one, then comments from within.
    fn begin(&mut self, start: u32, end: u32, indent: usize) {
        self.flush(start, indent);
        if self.blank_before(start) {
            self.blank_line();
        }
        self.flush_with(end, indent, false);
        self.line(indent);
    }

    /// Ends a line that was made from the text up to `end`: appends the comment that stands at its end, unless
    /// it stands at or beyond `limit`, where something else begins.
    fn finish(&mut self, end: u32, limit: u32) {
        if let Some(comment) = self.comments.get(self.next)
            && !comment.own_line
            && (end..limit).contains(&comment.span.start)
            && self.line_of(comment.span.start) == self.line_of(end.saturating_sub(1))
        {
            self.out.push_str("  ");
            self.out.push_str(&comment.text);
            self.next += 1;
        }
    }

    /// Whether two neighbours belong to one group of aligned lines: no blank line and no comment line between
    /// them. The second one's line is made from the text `start..end`.
    fn joined(&self, previous_end: u32, start: u32, end: u32) -> bool {
        if self.blank_before(start) {
            return false;
        }
        let first = self
            .comments
            .partition_point(|c| c.span.start < previous_end);
        let line = self.line_of(previous_end.saturating_sub(1));
        let mut between = self.comments[first..]
            .iter()
            .take_while(|c| c.span.start < end);
        let trailing =
            |c: &Comment| !c.own_line && c.span.start < start && self.line_of(c.span.start) == line;
        match between.next() {
            None => true,
            Some(comment) => trailing(comment) && between.next().is_none(),
        }
    }
}
