//! Layout of declarations with braces: issues, packages, preferences, the play.

use super::flat::{Flat, Shape, width};
use super::{Printer, STEP};
use crate::ast::{Expr, Ident, IssueValue, Item, ItemKind, LensSays, Text};

/// Where the part of a `lens` ends that stands before any braces.
fn lens_header(id: &Ident, says: &LensSays) -> u32 {
    match says {
        LensSays::If(means) | LensSays::As(means) => means.span.end,
        LensSays::Levels { issue, .. } => issue.span.end,
        LensSays::Nothing => id.span.end,
    }
}

impl Printer<'_> {
    pub(super) fn braced_item(&mut self, item: &Item, limit: u32) {
        let span = item.span;
        let header_end = match &item.kind {
            ItemKind::Issue { id, label, .. } | ItemKind::Package { id, label, .. } => {
                label.as_ref().map_or(id.span.end, |label| label.span.end)
            }
            ItemKind::Value { actor, .. } => actor.span.end,
            ItemKind::Ratifier { of, .. } => of.span.end,
            ItemKind::Stakeholder { id, label, of, .. } => of
                .as_ref()
                .map(|of| of.span.end)
                .or(label.as_ref().map(|label| label.span.end))
                .unwrap_or(id.span.end),
            ItemKind::Lens { id, says } => lens_header(id, says),
            ItemKind::Situation(at) => {
                let name = at.id.as_ref().map(|id| id.span).or(at.today);
                let label = at.label.as_ref().map(|label| label.span);
                label.or(name).map_or(span.end, |place| place.end)
            }
            ItemKind::Prefers(prefers) => prefers.form.as_ref().unwrap_or(&prefers.actor).span.end,
            ItemKind::Perceives(view) => view.actor.span.end,
            ItemKind::Table { id, by, .. } => by.last().unwrap_or(id).span.end,
            ItemKind::Play(body) | ItemKind::Block { body, .. } => body.span.start,
            _ => span.end,
        };
        self.begin(span.start, header_end, 0);
        match &item.kind {
            ItemKind::Issue { id, label, options } => {
                self.named("issue", id, label.as_ref());
                self.entries(options, header_end, span.end, 0);
            }
            ItemKind::Package { id, label, choices } => {
                self.named("package", id, label.as_ref());
                self.entries(choices, header_end, span.end, 0);
            }
            ItemKind::Value {
                actor,
                issues,
                fallback,
            } => {
                self.named("value", actor, None);
                let parts = Preference::all(issues, fallback.as_ref());
                self.preferences(&parts, header_end, span.end.saturating_sub(1));
            }
            ItemKind::Ratifier {
                actor,
                of,
                preferences,
            } => {
                self.named("ratifier", actor, None);
                self.write(&format!(" of {}", of.name));
                if let Some((issues, fallback)) = preferences {
                    let parts = Preference::all(issues, fallback.as_ref());
                    self.preferences(&parts, header_end, span.end.saturating_sub(1));
                }
            }
            ItemKind::Stakeholder {
                id,
                label,
                of,
                voices,
                ..
            } => {
                self.named("stakeholder", id, label.as_ref());
                if let Some(of) = of {
                    self.write(&format!(" of {}", of.name));
                }
                self.voices(voices, header_end, span.end.saturating_sub(1));
            }
            ItemKind::Lens { id, says } => {
                self.named("lens", id, None);
                match says {
                    LensSays::If(when) => {
                        self.write(" if ");
                        self.expression(when, 0, 2);
                    }
                    LensSays::As(means) => {
                        self.write(" as ");
                        self.expression(means, 0, 2);
                    }
                    LensSays::Levels { issue, levels } => {
                        self.write(&format!(" as {}", issue.name));
                        self.entries(levels, header_end, span.end, 0);
                    }
                    LensSays::Nothing => {}
                }
            }
            ItemKind::Situation(at) => {
                let word = if at.today.is_some() {
                    "today"
                } else {
                    "situation"
                };
                match &at.id {
                    Some(id) => self.named(word, id, at.label.as_ref()),
                    None => {
                        self.write(word);
                        self.label(at.label.as_ref());
                    }
                }
                self.entries(&at.options, header_end, span.end, 0);
            }
            ItemKind::Prefers(prefers) => self.prefers(prefers, span.end, 0),
            ItemKind::Perceives(view) => {
                self.named("perceives", &view.actor, None);
                self.perceived(&view.items, header_end, span.end.saturating_sub(1));
            }
            ItemKind::Table {
                id,
                label,
                by,
                cells,
            } => {
                self.named("table", id, label.as_ref());
                let by: Vec<&str> = by.iter().map(|by| by.name.as_str()).collect();
                self.write(&format!(" by {}", by.join(", ")));
                self.cells(cells, by.len() > 1, header_end);
            }
            ItemKind::Play(block) | ItemKind::Block { body: block, .. } => {
                match &item.kind {
                    ItemKind::Block { id, label, .. } => self.named("block", id, label.as_ref()),
                    _ => self.write("play"),
                }
                if block.statements.is_empty() && !self.commented(span.end) {
                    self.write(" { }");
                } else {
                    self.block(block, 0);
                }
            }
            _ => {}
        }
        self.finish(span.end, limit);
    }

    fn named(&mut self, word: &str, id: &Ident, label: Option<&Text>) {
        self.write(word);
        self.write(" ");
        self.write(&id.name);
        self.label(label);
    }

    fn label(&mut self, label: Option<&Text>) {
        if let Some(label) = label {
            let written = &self.text[label.span.range()];
            self.write(" ");
            self.write(written);
        }
    }

    /// `{ a, b }` on this line, or one entry on each line. The text of the braces ends at `end`.
    fn entries<T: Entry>(&mut self, entries: &[T], header_end: u32, end: u32, indent: usize) {
        if !self.commented(end) {
            let list = List(entries);
            if let Some(line) = self.flat(self.room(indent), &list) {
                self.write(&line);
                return;
            }
        }
        let close = end.saturating_sub(1);
        let inner = indent + STEP;
        let starts: Vec<u32> = entries.iter().map(Entry::start).collect();
        let limit_of = |i: usize| starts.get(i).copied().unwrap_or(close);
        self.write(" {");
        self.finish(header_end, limit_of(0));
        self.fresh = true;
        let mut widest = 0;
        for (i, entry) in entries.iter().enumerate() {
            if i == 0 || !self.joined(entries[i - 1].end(), entry.start(), entry.end()) {
                widest = self.widest_name(&entries[i..]);
            }
            self.begin(entry.start(), entry.end(), inner);
            entry.line(self, widest, inner);
            self.finish(entry.end(), limit_of(i + 1));
        }
        self.flush(close, inner);
        self.line(indent);
        self.write("}");
    }

    /// Width of the names of the entries that are aligned with the first.
    fn widest_name<T: Entry>(&self, entries: &[T]) -> usize {
        let mut widest = 0;
        for (i, entry) in entries.iter().enumerate() {
            if i > 0 && !self.joined(entries[i - 1].end(), entry.start(), entry.end()) {
                break;
            }
            let name = width(&entry.name().name);
            if entry.followed() && name <= 32 {
                widest = widest.max(name);
            }
        }
        widest
    }

    /// A name, and blanks up to where the next column begins.
    pub(super) fn padded(&mut self, id: &Ident, widest: usize) {
        self.write(&id.name);
        let pad = (widest + 1).saturating_sub(width(&id.name)).max(1);
        self.write(&" ".repeat(pad));
    }

    /// The braces of `value actor`, always broken; issues and fallback stay in the order written.
    fn preferences(&mut self, parts: &[Preference], header_end: u32, close: u32) {
        let starts: Vec<u32> = parts.iter().map(|part| part.start(self.text)).collect();
        let limit_of = |i: usize| starts.get(i).copied().unwrap_or(close);
        self.write(" {");
        self.finish(header_end, limit_of(0));
        self.fresh = true;
        for (i, part) in parts.iter().enumerate() {
            match part {
                Preference::Issue(issue) => {
                    let header_end = issue.weight.span.end;
                    self.begin(starts[i], header_end, STEP);
                    self.write(&issue.issue.name);
                    self.write(" ");
                    self.expression(&issue.weight, STEP, 2);
                    self.entries(&issue.scores, header_end, issue.span.end, STEP);
                    self.finish(issue.span.end, limit_of(i + 1));
                }
                Preference::Fallback(value) => {
                    self.begin(starts[i], value.span.end, STEP);
                    self.write("fallback ");
                    self.expression(value, STEP, 0);
                    self.finish(value.span.end, limit_of(i + 1));
                }
            }
        }
        self.flush(close, STEP);
        self.line(0);
        self.write("}");
    }
}
/// A part of `value actor { … }`.
#[derive(Clone, Copy)]
enum Preference<'t> {
    Issue(&'t IssueValue),
    Fallback(&'t Expr),
}

impl<'t> Preference<'t> {
    fn all(issues: &'t [IssueValue], fallback: Option<&'t Expr>) -> Vec<Self> {
        let mut parts: Vec<_> = issues.iter().map(Preference::Issue).collect();
        if let Some(value) = fallback {
            let before = issues.partition_point(|issue| issue.span.start < value.span.start);
            parts.insert(before, Preference::Fallback(value));
        }
        parts
    }

    /// Where it begins: `fallback` with its word, unless a comment stands between that and the value.
    fn start(self, text: &str) -> u32 {
        match self {
            Preference::Issue(issue) => issue.span.start,
            Preference::Fallback(value) => {
                let start = value.span.start;
                let before = text[..start as usize].trim_end();
                let word = before.strip_suffix("fallback").map(str::len);
                word.and_then(|at| u32::try_from(at).ok()).unwrap_or(start)
            }
        }
    }
}

/// Something between braces that has a name and maybe one thing more.
trait Entry: Shape {
    fn name(&self) -> &Ident;

    /// One past its last byte of the text.
    fn end(&self) -> u32;

    /// Whether something follows the name.
    fn followed(&self) -> bool {
        true
    }

    /// Prints what follows the name.
    fn rest(&self, printer: &mut Printer, indent: usize);

    fn start(&self) -> u32 {
        self.name().span.start
    }

    fn line(&self, printer: &mut Printer, widest: usize, indent: usize) {
        if self.followed() {
            printer.padded(self.name(), widest);
            self.rest(printer, indent);
        } else {
            printer.write(&self.name().name);
        }
    }
}

impl Entry for (Ident, Option<Text>) {
    fn name(&self) -> &Ident {
        &self.0
    }

    fn end(&self) -> u32 {
        self.1
            .as_ref()
            .map_or(self.0.span.end, |text| text.span.end)
    }

    fn followed(&self) -> bool {
        self.1.is_some()
    }

    fn rest(&self, printer: &mut Printer, _: usize) {
        if let Some(text) = &self.1 {
            let written = &printer.text[text.span.range()];
            printer.write(written);
        }
    }
}

impl Entry for (Ident, Ident) {
    fn name(&self) -> &Ident {
        &self.0
    }

    fn end(&self) -> u32 {
        self.1.span.end
    }

    fn rest(&self, printer: &mut Printer, _: usize) {
        printer.write(&self.1.name);
    }
}

impl Entry for (Ident, Expr) {
    fn name(&self) -> &Ident {
        &self.0
    }

    fn end(&self) -> u32 {
        self.1.span.end
    }

    fn rest(&self, printer: &mut Printer, indent: usize) {
        printer.expression(&self.1, indent, 0);
    }
}

/// ` { a, b }`
pub(super) struct List<'t, T>(pub &'t [T]);

impl<T: Shape> Shape for List<'_, T> {
    fn print(&self, flat: &mut Flat) {
        flat.write(" { ");
        flat.join(", ", self.0);
        flat.write(if self.0.is_empty() { "}" } else { " }" });
    }
}
