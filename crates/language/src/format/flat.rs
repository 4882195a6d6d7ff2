//! Printing on a single line, within a budget of columns.

use crate::ast::{Binary, Compare, Expr, ExprKind, Ident, OptionItem, Sight, StatementKind, Text};
use crate::ast::{Block, Row, Statement};
use unicode_width::UnicodeWidthStr;

/// Columns that a text takes.
pub(super) fn width(words: &str) -> usize {
    if words.is_ascii() {
        words.len()
    } else {
        words.width()
    }
}

/// Something that can be printed on one line.
pub(super) trait Shape {
    fn print(&self, flat: &mut Flat);
}

/// A line that is given up as soon as it grows too long.
pub(super) struct Flat<'t> {
    text: &'t str,
    out: String,
    left: Option<usize>,
}

impl<'t> Flat<'t> {
    pub fn new(text: &'t str, columns: usize) -> Self {
        Flat {
            text,
            out: String::new(),
            left: Some(columns),
        }
    }

    /// The line, if it did not grow too long.
    pub fn finish(self) -> Option<String> {
        self.left.map(|_| self.out)
    }

    pub fn write(&mut self, words: &str) {
        self.left = self.left.and_then(|left| left.checked_sub(width(words)));
        if self.left.is_some() {
            self.out.push_str(words);
        }
    }

    /// A block if it is simple; a line with any other cannot be.
    pub fn short(&mut self, block: &Block) {
        if simple(block) {
            block.print(self);
        } else {
            self.left = None;
        }
    }

    fn full(&self) -> bool {
        self.left.is_none()
    }

    /// Several things with something between them; stops when the line is full.
    pub fn join<T: Shape>(&mut self, between: &str, things: &[T]) {
        for (i, thing) in things.iter().enumerate() {
            if self.full() {
                return;
            }
            if i > 0 {
                self.write(between);
            }
            thing.print(self);
        }
    }
}

/// A number as written, underscores included, without its percent sign.
pub(super) fn number<'t>(text: &'t str, start: u32, digits: &str) -> &'t str {
    let written = &text[start as usize..];
    let mut left = digits.bytes().peekable();
    let end = written.bytes().position(|byte| match left.peek() {
        None => true,
        Some(next) if *next == byte => {
            left.next();
            false
        }
        Some(_) => byte != b'_',
    });
    &written[..end.unwrap_or(written.len())]
}

/// The sign or word of an operator.
pub(super) fn operator(binary: Binary) -> &'static str {
    match binary {
        Binary::Or => "or",
        Binary::And => "and",
        Binary::Compare(compare) => comparison(compare),
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Power => "^",
    }
}

/// The sign of a comparison.
pub(super) fn comparison(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "==",
        Compare::NotEqual => "!=",
        Compare::Less => "<",
        Compare::LessEqual => "<=",
        Compare::Greater => ">",
        Compare::GreaterEqual => ">=",
    }
}

impl Shape for str {
    fn print(&self, flat: &mut Flat) {
        flat.write(self);
    }
}

impl Shape for Ident {
    fn print(&self, flat: &mut Flat) {
        flat.write(&self.name);
    }
}

/// As written, with its quotes and escapes.
impl Shape for Text {
    fn print(&self, flat: &mut Flat) {
        let text = flat.text;
        flat.write(&text[self.span.range()]);
    }
}

impl<A: Shape, B: Shape> Shape for (A, B) {
    fn print(&self, flat: &mut Flat) {
        self.0.print(flat);
        flat.write(" ");
        self.1.print(flat);
    }
}

/// A name with its label.
impl Shape for (Ident, Option<Text>) {
    fn print(&self, flat: &mut Flat) {
        self.0.print(flat);
        if let Some(label) = &self.1 {
            flat.write(" ");
            label.print(flat);
        }
    }
}

impl Shape for Expr {
    fn print(&self, flat: &mut Flat) {
        if flat.full() {
            return;
        }
        match &self.kind {
            ExprKind::Number { digits, percent } => {
                let text = flat.text;
                flat.write(number(text, self.span.start, digits));
                flat.write(if *percent { " %" } else { "" });
            }
            ExprKind::Truth(truth) => flat.write(if *truth { "true" } else { "false" }),
            ExprKind::Name(name) => flat.write(name),
            ExprKind::At(id, round) => {
                id.print(flat);
                flat.write("@");
                round.print(flat);
            }
            ExprKind::Negate(inner) => {
                flat.write("-");
                inner.print(flat);
            }
            ExprKind::Not(inner) => {
                flat.write("not ");
                inner.print(flat);
            }
            ExprKind::Percent(inner) => {
                inner.print(flat);
                flat.write(" %");
            }
            ExprKind::Binary(binary, left, right) => {
                left.print(flat);
                flat.write(" ");
                flat.write(operator(*binary));
                flat.write(" ");
                right.print(flat);
            }
            ExprKind::In(left, members) => {
                left.print(flat);
                flat.write(" in {");
                flat.join(", ", members);
                flat.write("}");
            }
            ExprKind::If(condition, yes, no) => {
                flat.write("if ");
                condition.print(flat);
                flat.write(" then ");
                yes.print(flat);
                flat.write(" else ");
                no.print(flat);
            }
            ExprKind::Call {
                function,
                arguments,
                given,
            } => {
                function.print(flat);
                flat.write("(");
                flat.join(", ", arguments);
                if let Some(condition) = given {
                    flat.write(if arguments.is_empty() {
                        "given "
                    } else {
                        " given "
                    });
                    condition.print(flat);
                }
                flat.write(")");
            }
            ExprKind::Over(over) => {
                over.function.print(flat);
                flat.write("(");
                over.index.print(flat);
                flat.write(" in ");
                over.from.print(flat);
                flat.write(" .. ");
                over.to.print(flat);
                if let Some(step) = &over.step {
                    flat.write(" step ");
                    step.print(flat);
                }
                flat.write(": ");
                over.body.print(flat);
                flat.write(")");
            }
            ExprKind::Lookup { table, keys } => {
                table.print(flat);
                flat.write("[");
                flat.join(", ", keys);
                flat.write("]");
            }
            ExprKind::Paren(inner) => {
                flat.write("(");
                inner.print(flat);
                flat.write(")");
            }
            ExprKind::Error => {}
        }
    }
}

/// A row of a table: a number before it is marked off by `:`.
impl Shape for Row {
    fn print(&self, flat: &mut Flat) {
        self.key.print(flat);
        if !matches!(self.key.kind, ExprKind::Name(_)) {
            flat.write(":");
        }
        flat.write(" ");
        flat.join(", ", &self.cells);
    }
}

/// An option without its block.
impl Shape for OptionItem {
    fn print(&self, flat: &mut Flat) {
        self.id.print(flat);
        if let Some(label) = &self.label {
            flat.write(" ");
            label.print(flat);
        }
        if let Some(probability) = &self.probability {
            flat.write(if self.weighted { " weight " } else { " " });
            probability.print(flat);
        }
        if let Some(guard) = &self.guard {
            flat.write(" if ");
            guard.print(flat);
        }
    }
}

/// ` secretly`, ` seen by a, b` or nothing.
impl Shape for Sight {
    fn print(&self, flat: &mut Flat) {
        match self {
            Sight::Everyone => {}
            Sight::Secretly(_) => flat.write(" secretly"),
            Sight::Nobody(_) => flat.write(" seen by nobody"),
            Sight::SeenBy(actors, _) => {
                flat.write(" seen by ");
                flat.join(", ", actors);
            }
        }
    }
}

/// Statements that hold no block may share a line.
pub(super) fn simple(block: &Block) -> bool {
    const MOST: usize = 3;
    block.statements.len() <= MOST
        && block.statements.iter().all(|statement| {
            matches!(
                statement.kind,
                StatementKind::Gain(_)
                    | StatementKind::Set { .. }
                    | StatementKind::Do(_)
                    | StatementKind::End(_)
                    | StatementKind::Show { .. }
            )
        })
}

/// A block of simple statements, with a blank before it.
impl Shape for Block {
    fn print(&self, flat: &mut Flat) {
        flat.write(" { ");
        flat.join("; ", &self.statements);
        flat.write(if self.statements.is_empty() {
            "}"
        } else {
            " }"
        });
    }
}

/// A simple statement.
impl Shape for Statement {
    fn print(&self, flat: &mut Flat) {
        match &self.kind {
            StatementKind::Gain(gains) => {
                flat.write("gain ");
                for (i, (actor, value)) in gains.iter().enumerate() {
                    flat.write(if i > 0 { ", " } else { "" });
                    actor.print(flat);
                    flat.write(" ");
                    value.print(flat);
                }
            }
            StatementKind::Set { id, value } => {
                flat.write("set ");
                id.print(flat);
                flat.write(" = ");
                value.print(flat);
            }
            StatementKind::Do(block) => {
                flat.write("do ");
                block.print(flat);
            }
            StatementKind::End(outcome) => {
                flat.write("end ");
                outcome.print(flat);
            }
            StatementKind::Show { id, to } => {
                flat.write("show ");
                id.print(flat);
                flat.write(" to ");
                flat.join(", ", to);
            }
            _ => flat.left = None,
        }
    }
}
