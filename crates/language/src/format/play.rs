//! Layout of `play`: short blocks and option lists on one line, everything else one per line.

use super::flat::{Flat, Shape, simple, width};
use super::{Printer, STEP};
use crate::ast::{Block, Expr, Ident, OptionItem, Options, Sight, Statement, StatementKind};
use crate::span::Span;

/// Names of options wider than this are not aligned with.
const WIDEST_NAME: usize = 24;

/// Labels of options wider than this are not aligned with.
const WIDEST_LABEL: usize = 48;

/// Widths of the first columns of neighbouring options.
#[derive(Clone, Copy, Default)]
struct Columns {
    name: usize,
    label: usize,
}

impl Printer<'_> {
    /// A block, broken: ` {`, its statements, `}`.
    pub(super) fn block(&mut self, block: &Block, indent: usize) {
        let close = block.span.end.saturating_sub(1);
        let starts = |i: usize| {
            let next: Option<&Statement> = block.statements.get(i);
            next.map_or(close, |statement| statement.span.start)
        };
        self.write(" {");
        self.finish(block.span.start + 1, starts(0));
        self.fresh = true;
        for (i, statement) in block.statements.iter().enumerate() {
            self.statement(statement, indent + STEP);
            self.finish(statement.span.end, starts(i + 1));
        }
        self.flush(close, indent + STEP);
        self.line(indent);
        self.write("}");
    }

    /// A block on this line if it is simple enough, else broken.
    fn short_block(&mut self, block: &Block, indent: usize) {
        if simple(block)
            && !self.commented(block.span.end)
            && let Some(line) = self.flat(self.room(indent), block)
        {
            self.write(&line);
        } else {
            self.block(block, indent);
        }
    }

    fn statement(&mut self, statement: &Statement, indent: usize) {
        let span = statement.span;
        self.begin(span.start, header_end(statement), indent);
        match &statement.kind {
            StatementKind::Choose {
                assumed,
                actor,
                id,
                sight,
                options,
            } => {
                self.write(if *assumed { "assume " } else { "" });
                self.write(&format!("{} chooses {}", actor.name, id.name));
                self.sight(sight);
                self.options(options, &Sight::Everyone, indent);
            }
            StatementKind::Chance { id, options, sight } => {
                self.write(&format!("chance {}", id.name));
                self.options(options, sight, indent);
                self.sight(sight);
            }
            StatementKind::Bargain(bargain) => self.bargain(bargain, indent),
            StatementKind::Together(block) => {
                self.write("together");
                self.short_block(block, indent);
            }
            StatementKind::If { arms, otherwise } => {
                self.conditional_statement(arms, otherwise.as_ref(), span, indent);
            }
            StatementKind::Repeat { count, index, body } => {
                self.write("repeat ");
                let index = index.as_ref().map(|index| format!(" as {}", index.name));
                let index = index.unwrap_or_default();
                self.expression(count, indent, width(&index) + 2);
                self.write(&index);
                self.short_block(body, indent);
            }
            StatementKind::Gain(gains) => self.pairs("gain", gains, indent),
            StatementKind::Set { id, value } => {
                self.write(&format!("set {} = ", id.name));
                self.expression(value, indent, 0);
            }
            StatementKind::Do(block) => {
                self.write("do ");
                self.write(&block.name);
            }
            StatementKind::End(outcome) => {
                self.write("end ");
                self.write(&outcome.name);
            }
            StatementKind::Show { id, to } => {
                let to: Vec<&str> = to.iter().map(|actor| actor.name.as_str()).collect();
                self.write(&format!("show {} to {}", id.name, to.join(", ")));
            }
            StatementKind::Error => {}
        }
    }

    pub(super) fn sight(&mut self, sight: &Sight) {
        if let Some(words) = self.flat(usize::MAX, sight) {
            self.write(&words);
        }
    }

    /// `WORD actor e, actor e`: payoffs, and what parties have without agreement.
    pub(super) fn pairs(&mut self, word: &str, pairs: &[(Ident, Expr)], indent: usize) {
        self.write(word);
        self.write(" ");
        for (i, (actor, value)) in pairs.iter().enumerate() {
            let tail = usize::from(i + 1 < pairs.len());
            if i > 0 {
                let entry = self.flat(
                    self.room(indent).saturating_sub(tail + 1),
                    &Pair(actor, value),
                );
                if entry.is_some() {
                    self.write(" ");
                } else {
                    self.line(indent + STEP);
                }
            }
            self.write(&actor.name);
            self.write(" ");
            self.expression(value, indent + STEP, tail);
            self.write(if tail > 0 { "," } else { "" });
        }
    }

    fn conditional_statement(
        &mut self,
        arms: &[(Expr, Block)],
        otherwise: Option<&Block>,
        span: Span,
        indent: usize,
    ) {
        if !self.commented(span.end) {
            let whole = Arms(arms, otherwise);
            if let Some(line) = self.flat(self.room(indent), &whole) {
                self.write(&line);
                return;
            }
        }
        for (i, (condition, block)) in arms.iter().enumerate() {
            self.write(if i > 0 { " else if " } else { "if " });
            // Further lines stand off the block.
            self.expression(condition, indent + STEP, 2);
            self.block(block, indent);
        }
        if let Some(block) = otherwise {
            self.write(" else");
            self.block(block, indent);
        }
    }

    /// What can be chosen or drawn, with `after` to follow on the same line.
    fn options(&mut self, options: &Options, after: &Sight, indent: usize) {
        match options {
            Options::Listed(list, span) => {
                let line = self.room(indent);
                let flat =
                    !self.commented(span.end) && list.iter().all(|option| option.block.is_none());
                match self.flat(line, &Braces(list, after)) {
                    Some(_) if flat => {
                        let shown = self.flat(line, &Braces(list, &Sight::Everyone));
                        self.write(&shown.unwrap_or_default());
                    }
                    _ => self.option_lines(list, *span, indent),
                }
            }
            Options::Grid {
                from,
                to,
                step,
                weight,
                guard,
                block,
                ..
            } => {
                self.write(" in ");
                self.expression(from, indent, 4);
                self.write(" .. ");
                self.expression(to, indent, 6);
                self.write(" step ");
                self.expression(step, indent, 4);
                if let Some(weight) = weight {
                    self.write(" weight ");
                    self.expression(weight, indent, 4);
                }
                self.guard(guard.as_ref(), indent);
                if let Some(block) = block {
                    self.short_block(block, indent);
                }
            }
        }
    }

    fn guard(&mut self, guard: Option<&Expr>, indent: usize) {
        if let Some(guard) = guard {
            self.write(" if ");
            self.expression(guard, indent, 2);
        }
    }

    fn option_lines(&mut self, options: &[OptionItem], span: Span, indent: usize) {
        let close = span.end.saturating_sub(1);
        let inner = indent + STEP;
        let starts = |i: usize| options.get(i).map_or(close, |option| option.span.start);
        self.write(" {");
        self.finish(span.start + 1, starts(0));
        self.fresh = true;
        let mut columns = Columns::default();
        for (i, option) in options.iter().enumerate() {
            if i == 0 || !self.neighbours(&options[i - 1], option) {
                columns = self.columns(&options[i..]);
            }
            self.begin(option.span.start, option_header_end(option), inner);
            self.option(option, columns, inner);
            self.finish(option.span.end, starts(i + 1));
        }
        self.flush(close, inner);
        self.line(indent);
        self.write("}");
    }

    fn neighbours(&self, before: &OptionItem, option: &OptionItem) -> bool {
        self.joined(
            before.span.end,
            option.span.start,
            option_header_end(option),
        )
    }

    /// The columns of the options that are aligned with the first.
    fn columns(&self, options: &[OptionItem]) -> Columns {
        let mut columns = Columns::default();
        for (i, option) in options.iter().enumerate() {
            if i > 0 && !self.neighbours(&options[i - 1], option) {
                break;
            }
            let name = width(&option.id.name);
            let followed = option.label.is_some() || option.probability.is_some();
            if followed && name <= WIDEST_NAME {
                columns.name = columns.name.max(name);
            }
            if let (Some(label), Some(_)) = (&option.label, &option.probability) {
                let label = width(&self.text[label.span.range()]);
                if label <= WIDEST_LABEL {
                    columns.label = columns.label.max(label);
                }
            }
        }
        columns
    }

    fn option(&mut self, option: &OptionItem, columns: Columns, indent: usize) {
        if option.label.is_some() || option.probability.is_some() {
            self.padded(&option.id, columns.name);
        } else {
            self.write(&option.id.name);
        }
        if let Some(label) = &option.label {
            let written = &self.text[label.span.range()];
            self.write(written);
            if option.probability.is_some() {
                let pad = (columns.label + 1).saturating_sub(width(written)).max(1);
                self.write(&" ".repeat(pad));
            }
        }
        if let Some(probability) = &option.probability {
            self.write(if option.weighted { "weight " } else { "" });
            self.expression(probability, indent, 0);
        }
        self.guard(option.guard.as_ref(), indent);
        if let Some(block) = &option.block {
            self.short_block(block, indent);
        }
    }
}

/// Up to where the first line of a statement is made from the text.
fn header_end(statement: &Statement) -> u32 {
    match &statement.kind {
        StatementKind::Choose { options, .. } | StatementKind::Chance { options, .. } => {
            match options {
                Options::Listed(_, span) => span.start,
                Options::Grid { block, span, .. } => {
                    block.as_ref().map_or(span.end, |block| block.span.start)
                }
            }
        }
        StatementKind::Together(block) => block.span.start,
        StatementKind::If { arms, .. } => arms
            .first()
            .map_or(statement.span.end, |(_, block)| block.span.start),
        StatementKind::Repeat { body, .. } => body.span.start,
        _ => statement.span.end,
    }
}

fn option_header_end(option: &OptionItem) -> u32 {
    let block = option.block.as_ref();
    block.map_or(option.span.end, |block| block.span.start)
}

/// `actor e`
pub(super) struct Pair<'t>(pub(super) &'t Ident, pub(super) &'t Expr);

impl Shape for Pair<'_> {
    fn print(&self, flat: &mut Flat) {
        self.0.print(flat);
        flat.write(" ");
        self.1.print(flat);
    }
}

/// Options without blocks, and who sees them.
struct Braces<'t>(&'t [OptionItem], &'t Sight);

impl Shape for Braces<'_> {
    fn print(&self, flat: &mut Flat) {
        flat.write(" { ");
        flat.join(", ", self.0);
        flat.write(if self.0.is_empty() { "}" } else { " }" });
        self.1.print(flat);
    }
}

/// An `if` with all its arms, where all blocks are simple.
struct Arms<'t>(&'t [(Expr, Block)], Option<&'t Block>);

impl Shape for Arms<'_> {
    fn print(&self, flat: &mut Flat) {
        for (i, (condition, block)) in self.0.iter().enumerate() {
            flat.write(if i > 0 { " else if " } else { "if " });
            condition.print(flat);
            flat.short(block);
        }
        if let Some(block) = self.1 {
            flat.write(" else");
            flat.short(block);
        }
    }
}
