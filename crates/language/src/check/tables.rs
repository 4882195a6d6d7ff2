//! Tables: a function of one or two keys, written as its values.

use std::collections::HashMap;

use super::Checker;
use super::call::count;
use super::expression::{Resolver, Typed, broken, constant, literal};
use super::formulas::{Body, Formula, Of};
use super::names::{Among, Entity, Signature, Summary, Type};
use crate::analysis::Meaning;
use crate::ast::{self, Cells, Ident, Text};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Domain, Expr, ExprKind, FunctionId, Side, VariableId};
use crate::span::Span;
use crate::suggest::{list, shorten};

impl<'a> Checker<'a> {
    pub(super) fn declare_table(
        &mut self,
        id: &'a Ident,
        label: Option<&Text>,
        by: &'a [Ident],
        cells: &'a Cells,
    ) {
        if !self.own_name(id) {
            return;
        }
        let table = self.enter_function(id, label, by.len(), Entity::Table);
        self.pending.formulas.extend(table.map(|table| Formula {
            of: Of::Table(table),
            id,
            arguments: &[],
            body: Body::Table(by, cells),
        }));
    }

    /// Resolves a table as the body of its function.
    pub(super) fn table(&mut self, table: FunctionId, id: &Ident, by: &[Ident], cells: &Cells) {
        // What the parser did not find is reported already.
        if by.is_empty() {
            return;
        }
        if let Some(third) = by.get(2) {
            self.reports.push(
                Diagnostic::error("E0415", "a table goes by one or two things", third.span)
                    .label("one too many")
                    .help("make a table for each option of this one, and a `fn` that picks one of them by `if`"),
            );
            return;
        }
        let rows: Vec<&ast::Expr> = cells.rows.iter().map(|row| &row.key).collect();
        let columns: Vec<&ast::Expr> = cells.columns.iter().collect();
        let mut sides = Vec::new();
        for (by, keys) in by.iter().zip([rows, columns]) {
            sides.extend(self.side(id, by, &keys, cells.span));
        }
        let width = if by.len() > 1 { cells.columns.len() } else { 1 };
        let mut numbers = Vec::new();
        let mut whole = sides.len() == by.len();
        for row in &cells.rows {
            // A row of another length is reported already.
            whole &= row.cells.len() == width;
            for cell in &row.cells {
                numbers.push(self.fixed(cell, "a number of a table"));
            }
        }
        if whole {
            self.enter_table(table, id, sides, numbers);
        }
    }

    fn enter_table(&mut self, table: FunctionId, id: &Ident, sides: Vec<Side>, cells: Vec<Expr>) {
        let arguments = sides.iter().map(|side| match side.by {
            Some(by) => Type::Symbol(Among::Variable(by)),
            None => Type::Number,
        });
        self.names.functions[table.index()] = Signature {
            arguments: arguments.collect(),
            result: Summary {
                ty: Type::Number,
                varies: false,
            },
        };
        let keys = (0..sides.len()).map(|i| Expr {
            kind: ExprKind::Argument(i),
            span: id.span,
        });
        self.scenario.functions[table.index()].body = Expr {
            kind: ExprKind::Table {
                keys: keys.collect(),
                sides,
                cells,
            },
            span: id.span,
        };
    }

    /// What stands on one side of a table: each option of a choice or draw once, or numbers.
    fn side(&mut self, id: &Ident, by: &Ident, written: &[&ast::Expr], span: Span) -> Option<Side> {
        let found = self.names.get(&by.name);
        let named = match found {
            Some(Entity::Variable(variable)) if self.names.variable(variable) != Type::Number => {
                Some(variable)
            }
            _ => None,
        };
        if let Some(meaning) = found.and_then(Entity::meaning) {
            self.reports.mention(by.span, meaning);
        }
        let numbers = written.iter().all(|key| plain_number(key).is_some());
        if named.is_none() && !numbers {
            self.resolver()
                .not_a(by, found, "a choice or draw with named options", |entity| {
                    matches!(entity, Entity::Variable(_))
                });
            return None;
        }
        let mut keys = Vec::with_capacity(written.len());
        let mut seen: HashMap<u64, Span> = HashMap::new();
        let mut sound = true;
        for key in written {
            let value = match named {
                Some(variable) => self.option_key(key, variable),
                None => plain_number(key),
            };
            let Some(value) = value else {
                sound = false;
                continue;
            };
            if let Some(first) = seen.insert(value.to_bits(), key.span) {
                let name = self.sources.text(key.span).to_owned();
                let again = Ident {
                    name,
                    span: key.span,
                };
                self.option_twice(&again, first);
                sound = false;
            }
            keys.push(value);
        }
        if let Some(variable) = named.filter(|_| sound) {
            sound = self.complete(id, variable, &keys, span);
        }
        sound.then_some(Side { by: named, keys })
    }

    fn option_key(&mut self, key: &ast::Expr, variable: VariableId) -> Option<f64> {
        let name = match &key.kind {
            ast::ExprKind::Name(name) => name.clone(),
            _ => self.sources.text(key.span).to_owned(),
        };
        if name.is_empty() {
            return None;
        }
        if let Some(symbol) = self.names.option(&name, Among::Variable(variable)) {
            let meaning = self.names.option_meaning(symbol, Among::Variable(variable));
            self.reports.mention(key.span, meaning);
            return Some(f64::from(symbol.0));
        }
        self.resolver().no_option(&name, key.span, variable);
        None
    }

    /// Whether every option of a choice or draw has a place; reports those that have none.
    fn complete(&mut self, id: &Ident, variable: VariableId, keys: &[f64], span: Span) -> bool {
        let scenario = &self.scenario;
        let Some(declared) = scenario.variables.get(variable.index()) else {
            return true;
        };
        let Domain::Symbols(options) = &declared.domain else {
            return true;
        };
        let without = options
            .iter()
            .filter(|(symbol, _)| !keys.contains(&f64::from(symbol.0)));
        let names = without.map(|(symbol, _)| scenario.symbols[symbol.index()].as_str());
        let missing: Vec<&str> = names.collect();
        let Some(first) = missing.first() else {
            return true;
        };
        let message = format!(
            "table `{}` has no place for {}",
            shorten(&id.name),
            list(missing.iter().copied()).replace(" or ", " and ")
        );
        let help = format!("add `{first}` with its number");
        let owner = format!("an option of `{}`", shorten(&declared.id));
        let place = declared.span;
        self.reports.push(
            Diagnostic::error("E0415", message, span)
                .label("every option needs a place")
                .also(place, owner)
                .help(help),
        );
        false
    }
}

/// The value of a key that is a plain number.
fn plain_number(key: &ast::Expr) -> Option<f64> {
    match &key.kind {
        ast::ExprKind::Number { digits, percent } => Some(literal(digits, *percent)),
        _ => None,
    }
}

impl Resolver<'_> {
    /// `cost[resolve]`
    pub(super) fn lookup(&mut self, table: &Ident, keys: &[ast::Expr], span: Span) -> Typed {
        let names = self.names;
        let found = names.get(&table.name);
        let Some(Entity::Table(id)) = found else {
            if let Some(Entity::Function(_)) = found {
                let short = shorten(&table.name);
                self.reports.push(
                    Diagnostic::error("E0208", format!("`{short}` is a formula"), table.span)
                        .label("not a table")
                        .help(format!("arguments stand in parentheses: `{short}(…)`")),
                );
            } else {
                self.not_a(table, found, "a table", |e| matches!(e, Entity::Table(_)));
            }
            for key in keys {
                self.expression(key, Some(Among::Any));
            }
            return broken(span);
        };
        self.reports.mention(table.span, Meaning::Function(id));
        let Some(signature) = names.functions.get(id.index()) else {
            return broken(span);
        };
        if signature.arguments.len() != keys.len() {
            let place = names.global.get(&table.name).map(|&(_, place)| place);
            self.reports.push(
                Diagnostic::error(
                    "E0209",
                    format!(
                        "table `{}` goes by {}, but got {}",
                        shorten(&table.name),
                        count(signature.arguments.len()).replace("argument", "thing"),
                        keys.len()
                    ),
                    span,
                )
                .also(place.unwrap_or(span), "declared here"),
            );
            return broken(span);
        }
        let mut varies = None;
        let mut resolved = Vec::with_capacity(keys.len());
        for (key, &wanted) in keys.iter().zip(&signature.arguments) {
            let typed = match wanted {
                // Of a table that is reported already.
                Type::Broken => self.expression(key, Some(Among::Any)),
                _ => self.passed(key, wanted),
            };
            self.has_place(&typed, wanted);
            varies = varies.or(typed.varies);
            resolved.push(typed.expr);
        }
        Typed {
            varies,
            ..constant(ExprKind::Call(id, resolved), Type::Number, span)
        }
    }

    /// Reports a choice or draw none of whose options has a place in the table.
    fn has_place(&mut self, typed: &Typed, wanted: Type) {
        let (Type::Symbol(found), Type::Symbol(Among::Variable(by))) = (typed.ty, wanted) else {
            return;
        };
        if !self.names.overlap(found, Among::Variable(by)) {
            self.reports.push(
                Diagnostic::error(
                    "E0302",
                    "no option of this has a place in the table",
                    typed.expr.span,
                )
                .label("other options")
                .note(format!("the table goes by {}", self.option_list(by))),
            );
        }
    }
}
