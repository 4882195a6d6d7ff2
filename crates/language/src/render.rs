//! Diagnostics as people read them: the line itself, underlined, with the mend.

use std::fmt::Write as _;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceFile, Sources};
use crate::span::Span;

/// Diagnostics shown in one rendering; of the others only the number is told.
const SHOWN: usize = 40;
/// Places of one file that lie further apart than this (in bytes) are shown as two excerpts.
const APART: usize = 1 << 14;
/// Lines longer than this (in bytes) are shown without anything but the place itself.
const LONG_LINE: usize = 1 << 12;
/// Narrowest width that is kept; below it, nothing could be read.
const NARROWEST: usize = 20;

/// How diagnostics are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderOptions {
    /// Whether to colour by ANSI escape sequences.
    pub color: bool,
    /// Columns of the terminal; no line is wider (widths below 20 count as 20).
    pub width: usize,
}

impl Default for RenderOptions {
    fn default() -> Self {
        RenderOptions {
            color: false,
            width: 100,
        }
    }
}

/// Renders diagnostics, sorted by place, each once, the first 40 of them in full. Ends with a line break
/// unless there is nothing to show.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, options: RenderOptions) -> String {
    let mut sorted = diagnostics.to_vec();
    crate::check::sort(&mut sorted);
    let width = options.width.max(NARROWEST);
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(width);
    let mut out = String::new();
    for diagnostic in sorted.iter().take(SHOWN) {
        let rendered = renderer.render(&[group(diagnostic, sources, width)]);
        for line in rendered.lines() {
            clip(line.trim_end(), width, &mut out);
            out.push('\n');
        }
        out.push('\n');
    }
    if sorted.len() > SHOWN {
        let rest = &sorted[SHOWN..];
        let _ = writeln!(out, "… and {} more", counted(rest));
    }
    out
}

/// `2 errors and 1 warning`, for the last line of a check; empty where there is nothing to count.
#[must_use]
pub fn counted(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    let count = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    };
    let parts = [
        count(errors, "error"),
        count(diagnostics.len() - errors, "warning"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" and ")
}

fn group<'a>(diagnostic: &Diagnostic, sources: &'a Sources, width: usize) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let taken = match diagnostic.severity {
        Severity::Error => "error".len(),
        Severity::Warning => "warning".len(),
    } + diagnostic.code.len()
        + "[]: ".len();
    let title = level
        .primary_title(wrap(&diagnostic.message, width, taken))
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    // In front of a note stand the line number's column, ` = note: `, and the same width on later lines.
    let gutter = digits(diagnostic, sources) + " = note: ".len();
    let mut long_labels = Vec::new();
    for excerpt in excerpts(diagnostic, sources) {
        group = excerpt.add_to(group, width, gutter, &mut long_labels);
    }
    for label in &long_labels {
        group = group.element(Level::NOTE.message(wrap(label, width, gutter)));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(wrap(note, width, gutter)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(wrap(help, width, gutter)));
    }
    group
}

/// Width of the widest line number shown.
fn digits(diagnostic: &Diagnostic, sources: &Sources) -> usize {
    let spans = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let last = spans
        .filter_map(|(span, _)| {
            let file = sources.file(span.file)?;
            Some(file.location(span.end as usize).line)
        })
        .max()
        .unwrap_or(0);
    last.max(1).ilog10() as usize + 1
}

/// Places of one file that are shown together.
struct Excerpt<'a, 'd> {
    file: &'a SourceFile,
    marks: Vec<Mark<'d>>,
}

struct Mark<'d> {
    start: usize,
    end: usize,
    label: &'d str,
    primary: bool,
}

/// The excerpts of a diagnostic, that of its main place first.
fn excerpts<'a, 'd>(diagnostic: &'d Diagnostic, sources: &'a Sources) -> Vec<Excerpt<'a, 'd>> {
    let mut excerpts: Vec<Excerpt<'a, 'd>> = Vec::new();
    let all = std::iter::once((&diagnostic.primary, true));
    let all = all.chain(diagnostic.secondary.iter().map(|mark| (mark, false)));
    for ((span, label), primary) in all {
        let Some(file) = sources.file(span.file) else {
            continue;
        };
        let (start, end) = fit(*span, file);
        let mark = Mark {
            start,
            end,
            label,
            primary,
        };
        let near = |excerpt: &&mut Excerpt<'a, 'd>| {
            std::ptr::eq(excerpt.file, file)
                && excerpt
                    .marks
                    .iter()
                    .any(|other| other.start.abs_diff(start) < APART)
        };
        match excerpts.iter_mut().find(near) {
            Some(excerpt) => excerpt.marks.push(mark),
            None => excerpts.push(Excerpt {
                file,
                marks: vec![mark],
            }),
        }
    }
    excerpts
}

/// A span as bytes of its file, on the boundaries of characters, at most so long that it can be shown.
fn fit(span: Span, file: &SourceFile) -> (usize, usize) {
    let text = file.text();
    let floor = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|&at| text.is_char_boundary(at))
            .unwrap_or(0)
    };
    let start = floor(span.start as usize);
    let end = floor(span.end as usize).max(start);
    if end - start > APART {
        let line = file.location(start).line;
        let end_of_line = file
            .line_range(line)
            .map_or(start, |line| line.end.max(start));
        return (start, floor(end_of_line.min(start + LONG_LINE)));
    }
    (start, end)
}

impl<'a> Excerpt<'a, '_> {
    fn add_to(
        mut self,
        group: Group<'a>,
        width: usize,
        gutter: usize,
        long_labels: &mut Vec<String>,
    ) -> Group<'a> {
        let name = path(self.file.name(), width);
        let first = self.marks.iter().map(|mark| mark.start).min().unwrap_or(0);
        let last = self.marks.iter().map(|mark| mark.end).max().unwrap_or(0);
        let line = self.file.location(first).line;
        let from = self.file.line_range(line).map_or(0, |range| range.start);
        let last_line = self.file.location(last).line;
        let to = self
            .file
            .line_range(last_line)
            .map_or(last, |range| range.end.max(last));
        if to - from > last - first + 2 * LONG_LINE {
            // So long a line cannot be shown; its place can.
            let main = self.marks.iter().find(|mark| mark.primary);
            let place = self.file.location(main.map_or(first, |mark| mark.start));
            long_labels.extend(
                self.marks
                    .iter()
                    .map(|mark| mark.label.to_owned())
                    .filter(|l| !l.is_empty()),
            );
            return group.element(
                Origin::path(name)
                    .line(place.line)
                    .char_column(place.column),
            );
        }
        let mut snippet = Snippet::source(&self.file.text()[from..to])
            .line_start(line)
            .path(name)
            .fold(true);
        self.marks.sort_by_key(|mark| !mark.primary);
        for mark in &self.marks {
            let kind = if mark.primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let mut annotation = kind.span(mark.start - from..mark.end - from);
            if !self.fits(mark, width.saturating_sub(gutter)) {
                long_labels.push(mark.label.to_owned());
            } else if !mark.label.is_empty() {
                annotation = annotation.label(clean(mark.label));
            }
            snippet = snippet.annotation(annotation);
        }
        group.element(snippet)
    }
}

impl Excerpt<'_, '_> {
    /// Whether a label has room behind the place it belongs to. Where the line itself is too wide it is
    /// trimmed, so that only short labels surely fit.
    fn fits(&self, mark: &Mark<'_>, room: usize) -> bool {
        let line = self.file.location(mark.end).line;
        let range = self.file.line_range(line).unwrap_or(0..0);
        let columns = |text: &str| text.width() + 4 * text.matches('\t').count();
        let text = self.file.text();
        let whole = text.get(range.clone()).map_or(usize::MAX, columns);
        let before = text.get(range.start..mark.end).map_or(0, columns);
        if whole > room {
            return mark.label.width() < room / 3;
        }
        before + 1 + mark.label.width() <= room
    }
}

/// The end of a path that is too long to be shown whole.
fn path(name: &str, width: usize) -> String {
    let name = clean(name);
    // Around it stand an arrow, line and column.
    let room = width.saturating_sub(24).max(8);
    if name.width() <= room {
        return name;
    }
    let mut kept: Vec<char> = Vec::new();
    let mut taken = 1;
    for c in name.chars().rev() {
        taken += c.width().unwrap_or(0);
        if taken > room {
            break;
        }
        kept.push(c);
    }
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

/// Without control characters, which could reach the terminal through a name or a path.
fn clean(text: &str) -> String {
    normalize_untrusted_str(&text.replace(['\n', '\r'], " "))
}

/// Breaks a text between words so that no line is wider than `width` less what stands in front of it.
pub(crate) fn wrap(text: &str, width: usize, taken: usize) -> String {
    let room = width.saturating_sub(taken).max(8);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = clean(paragraph);
        let indent: String = paragraph.chars().take_while(|c| *c == ' ').collect();
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if line.trim_start().is_empty() {
                line.clone_from(&indent);
                line.push_str(word);
            } else if line.width() + 1 + word.width() <= room {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(std::mem::replace(&mut line, format!("{indent}{word}")));
            }
            break_long(&mut line, room, &mut lines);
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// Breaks a line that is one word, wider than the room.
fn break_long(line: &mut String, room: usize, lines: &mut Vec<String>) {
    while line.width() > room {
        let mut taken = 0;
        let cut = line
            .char_indices()
            .find(|(_, c)| {
                taken += c.width().unwrap_or(0);
                taken > room
            })
            .map_or(line.len(), |(at, _)| at);
        let rest = line.split_off(cut.max(line.chars().next().map_or(0, char::len_utf8)));
        lines.push(std::mem::replace(line, rest));
    }
}

/// Adds a line, cut at the width; escape sequences take no room and are kept.
fn clip(line: &str, width: usize, out: &mut String) {
    let plain = strip_width(line);
    if plain <= width {
        out.push_str(line);
        return;
    }
    let mut taken = 0;
    let mut cut = false;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            out.push(c);
            for c in chars.by_ref() {
                out.push(c);
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
            continue;
        }
        let wide = c.width().unwrap_or(0);
        if cut || taken + wide > width - 1 {
            if !cut {
                out.push('…');
            }
            cut = true;
            continue;
        }
        taken += wide;
        out.push(c);
    }
}

/// Width of a line without its escape sequences.
fn strip_width(line: &str) -> usize {
    let mut width = 0;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            width += c.width().unwrap_or(0);
        }
    }
    width
}
