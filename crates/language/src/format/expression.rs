//! Expressions that do not fit on one line.

use super::flat::{number, operator};
use super::{Printer, STEP};
use crate::ast::{Binary, Expr, ExprKind};

impl Printer<'_> {
    /// Prints an expression from here on, leaving room for `tail` columns behind it. Where it has to be broken,
    /// its further lines are indented one step beyond `indent`.
    pub(super) fn expression(&mut self, expr: &Expr, indent: usize, tail: usize) {
        let room = self.room(indent).saturating_sub(tail);
        if let Some(line) = self.flat(room, expr) {
            self.write(&line);
            return;
        }
        let inner = indent + STEP;
        match &expr.kind {
            ExprKind::Binary(binary, ..) => self.chain(*binary, expr, indent, tail),
            ExprKind::If(..) => self.conditional(expr, indent, tail),
            ExprKind::Call {
                function,
                arguments,
                given,
            } => {
                self.write(&function.name);
                self.write("(");
                for (i, argument) in arguments.iter().enumerate() {
                    self.line(inner);
                    self.expression(argument, inner, 1);
                    self.write(if i + 1 < arguments.len() { "," } else { "" });
                }
                if let Some(condition) = given {
                    self.line(inner);
                    self.write("given ");
                    self.expression(condition, inner, 1);
                }
                self.line(indent);
                self.write(")");
            }
            ExprKind::Over(over) => {
                self.write(&format!("{}({} in ", over.function.name, over.index.name));
                self.expression(&over.from, inner, 4);
                self.write(" .. ");
                self.expression(&over.to, inner, 1);
                if let Some(step) = &over.step {
                    self.write(" step ");
                    self.expression(step, inner, 1);
                }
                self.write(":");
                self.line(inner);
                self.expression(&over.body, inner, 0);
                self.line(indent);
                self.write(")");
            }
            ExprKind::Lookup { table, keys } => {
                self.write(&table.name);
                self.write("[");
                for (i, key) in keys.iter().enumerate() {
                    self.line(inner);
                    self.expression(key, inner, 1);
                    self.write(if i + 1 < keys.len() { "," } else { "" });
                }
                self.line(indent);
                self.write("]");
            }
            ExprKind::In(left, members) => {
                self.expression(left, indent, 5);
                self.write(" in {");
                for (i, member) in members.iter().enumerate() {
                    self.line(inner);
                    self.expression(member, inner, 1);
                    self.write(if i + 1 < members.len() { "," } else { "" });
                }
                self.line(indent);
                self.write("}");
            }
            ExprKind::Paren(paren) => {
                self.write("(");
                self.expression(paren, indent, tail + 1);
                self.write(")");
            }
            ExprKind::Not(operand) => {
                self.write("not ");
                self.expression(operand, indent, tail);
            }
            ExprKind::Negate(operand) => {
                self.write("-");
                self.expression(operand, indent, tail);
            }
            ExprKind::Percent(operand) => {
                self.expression(operand, indent, tail + 2);
                self.write(" %");
            }
            ExprKind::At(id, round) => {
                self.write(&id.name);
                self.write("@");
                self.expression(round, indent, tail);
            }
            ExprKind::Number { digits, percent } => {
                let written = number(self.text, expr.span.start, digits);
                self.write(written);
                self.write(if *percent { " %" } else { "" });
            }
            ExprKind::Name(name) => self.write(name),
            ExprKind::Truth(truth) => self.write(if *truth { "true" } else { "false" }),
            ExprKind::Error => {}
        }
    }

    /// Operators of one precedence: each begins a line.
    fn chain(&mut self, binary: Binary, expr: &Expr, indent: usize, tail: usize) {
        let level = level(binary);
        let mut links = Vec::new();
        let mut first = expr;
        while let ExprKind::Binary(link, left, right) = &first.kind {
            if self::level(*link) != level {
                break;
            }
            links.push((*link, right));
            first = left;
            // Powers join to the right: what stands on the left is an operand.
            if *link == Binary::Power {
                break;
            }
        }
        self.expression(first, indent, 0);
        let inner = indent + STEP;
        while let Some((link, operand)) = links.pop() {
            self.line(inner);
            self.write(operator(link));
            self.write(" ");
            self.expression(operand, inner, if links.is_empty() { tail } else { 0 });
        }
    }

    /// `if … then …` and `else …` each begin a line.
    fn conditional(&mut self, expr: &Expr, indent: usize, tail: usize) {
        let inner = indent + STEP;
        let mut rest = expr;
        let mut first = true;
        while let ExprKind::If(condition, yes, no) = &rest.kind {
            if !first {
                self.line(inner);
                self.write("else ");
            }
            first = false;
            self.write("if ");
            self.expression(condition, inner, 5);
            self.write(" then ");
            self.expression(yes, inner, 0);
            rest = no;
        }
        self.line(inner);
        self.write("else ");
        self.expression(rest, inner, tail);
    }
}

fn level(binary: Binary) -> u8 {
    match binary {
        Binary::Or => 0,
        Binary::And => 1,
        Binary::Compare(_) => 2,
        Binary::Add | Binary::Subtract => 3,
        Binary::Multiply | Binary::Divide => 4,
        Binary::Power => 5,
    }
}
