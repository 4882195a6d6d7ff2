//! Layout of bargains: on one line, or broken before `over`, `against` and, if need be, `by`.

use super::flat::{Flat, Shape};
use super::{Printer, STEP};
use crate::ast::{Bargain, Ident, Rule};

impl Printer<'_> {
    /// A bargain.
    pub(super) fn bargain(&mut self, bargain: &Bargain, indent: usize) {
        if let Some(line) = self.flat(self.room(indent), bargain) {
            self.write(&line);
            return;
        }
        let inner = indent + STEP;
        let whole = |printer: &mut Self, shape: &dyn Shape| {
            let words = printer.flat(usize::MAX, shape);
            printer.write(&words.unwrap_or_default());
        };
        whole(self, &Head(bargain));
        self.line(inner);
        if let Some(line) = self.flat(self.room(inner), &Terms(bargain)) {
            self.write(&line);
        } else {
            whole(self, &Table(&bargain.issues));
            self.line(inner);
            self.rule(&bargain.rule, inner);
        }
        if !bargain.against.is_empty() {
            self.line(inner);
            self.pairs("against", &bargain.against, inner);
        }
        self.sight(&bargain.sight);
    }

    fn rule(&mut self, rule: &Rule, indent: usize) {
        match rule {
            Rule::Solution(name) => self.write(&format!("by {}", name.name)),
            Rule::Offers {
                rounds,
                among,
                discount,
            } => {
                self.write("by offers ");
                self.expression(rounds, indent, 0);
                for (word, part) in [(" among ", among), (" discount ", discount)] {
                    if let Some(part) = part {
                        self.write(word);
                        self.expression(part, indent, 0);
                    }
                }
            }
        }
    }
}

/// `bargain id ["Label"] between a, b`
struct Head<'t>(&'t Bargain);

impl Shape for Head<'_> {
    fn print(&self, flat: &mut Flat) {
        flat.write("bargain ");
        self.0.id.print(flat);
        if let Some(label) = &self.0.label {
            flat.write(" ");
            label.print(flat);
        }
        flat.write(" between ");
        flat.join(", ", &self.0.parties);
    }
}

/// `over issue, …`
struct Table<'t>(&'t [Ident]);

impl Shape for Table<'_> {
    fn print(&self, flat: &mut Flat) {
        flat.write("over ");
        flat.join(", ", self.0);
    }
}

/// `over issue, … by RULE`
struct Terms<'t>(&'t Bargain);

impl Shape for Terms<'_> {
    fn print(&self, flat: &mut Flat) {
        Table(&self.0.issues).print(flat);
        flat.write(" ");
        self.0.rule.print(flat);
    }
}

impl Shape for Rule {
    fn print(&self, flat: &mut Flat) {
        flat.write("by ");
        match self {
            Rule::Solution(name) => name.print(flat),
            Rule::Offers {
                rounds,
                among,
                discount,
            } => {
                flat.write("offers ");
                rounds.print(flat);
                for (word, part) in [(" among ", among), (" discount ", discount)] {
                    if let Some(part) = part {
                        flat.write(word);
                        part.print(flat);
                    }
                }
            }
        }
    }
}

impl Shape for Bargain {
    fn print(&self, flat: &mut Flat) {
        Head(self).print(flat);
        flat.write(" ");
        Table(&self.issues).print(flat);
        flat.write(" ");
        self.rule.print(flat);
        for (i, pair) in self.against.iter().enumerate() {
            flat.write(if i > 0 { ", " } else { " against " });
            pair.print(flat);
        }
        self.sight.print(flat);
    }
}
