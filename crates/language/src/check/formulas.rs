//! `param`, `let`, `fn` and `state`: resolved in the order in which they use one another.

use std::collections::{HashMap, HashSet};

use super::Checker;
use super::expression::{Typed, sort};
use super::infer::{argument_types, type_of};
use super::known::settle;
use super::names::{Among, Entity, Names, Signature, Summary, Type};
use super::order::order;
use crate::analysis::Meaning;
use crate::ast::{self, Binary, Compare, ExprKind, Ident};
use crate::diagnostic::Diagnostic;
use crate::scenario::{FunctionId, Kind, LetId, ParamId, StateId};
use crate::suggest::shorten;

/// A formula as written.
pub(super) struct Formula<'a> {
    pub(super) of: Of,
    pub(super) id: &'a Ident,
    pub(super) arguments: &'a [Ident],
    pub(super) body: Body<'a>,
}

/// What stands behind the name.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    Formula(&'a ast::Expr),
    /// What a table goes by, and its places.
    Table(&'a [Ident], &'a ast::Cells),
}

/// What a formula defines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Of {
    Param(ParamId),
    Let(LetId),
    Function(FunctionId),
    Table(FunctionId),
    State(StateId),
}

/// Adds the parts of an expression as written.
pub(super) fn push_parts<'a>(expr: &'a ast::Expr, open: &mut Vec<&'a ast::Expr>) {
    match &expr.kind {
        ExprKind::Number { .. } | ExprKind::Truth(_) | ExprKind::Name(_) | ExprKind::Error => {}
        ExprKind::At(_, e)
        | ExprKind::Negate(e)
        | ExprKind::Not(e)
        | ExprKind::Percent(e)
        | ExprKind::Paren(e) => open.push(e),
        ExprKind::Binary(_, a, b) => open.extend([&**a, &**b]),
        ExprKind::In(one, many) => {
            open.push(one);
            open.extend(many);
        }
        ExprKind::Lookup { keys, .. } => open.extend(keys),
        ExprKind::Over(over) => {
            open.extend([&over.from, &over.to, &over.body]);
            open.extend(&over.step);
        }
        ExprKind::If(c, a, b) => open.extend([&**c, &**a, &**b]),
        ExprKind::Call {
            arguments, given, ..
        } => {
            open.extend(arguments);
            open.extend(given.as_deref());
        }
    }
}

impl<'a> Checker<'a> {
    /// Resolves every formula, each behind those it uses.
    pub(super) fn formulas(&mut self) {
        let formulas = std::mem::take(&mut self.pending.formulas);
        let place: HashMap<&str, usize> = formulas
            .iter()
            .enumerate()
            .map(|(i, formula)| (formula.id.name.as_str(), i))
            .collect();
        let uses: Vec<Vec<usize>> = formulas
            .iter()
            .map(|formula| uses(formula, &place, &self.names))
            .collect();
        let order = order(&uses);
        let mut circular: HashSet<usize> = HashSet::new();
        for circle in &order.circles {
            // A `fn` may call itself: with constants it comes to an end, which is seen where it is used.
            if let [node] = circle[..]
                && let Of::Function(id) = formulas[node].of
            {
                self.names.functions[id.index()].result.ty = Type::Number;
                continue;
            }
            self.circle(circle, &formulas);
            circular.extend(circle);
        }
        for node in order.sorted {
            // What is defined by itself stays without type, which fits everywhere: it is reported once.
            if !circular.contains(&node) {
                self.formula(&formulas[node]);
            }
        }
    }

    fn circle(&mut self, circle: &[usize], formulas: &[Formula<'_>]) {
        const SHOWN: usize = 6;
        let names: Vec<&Ident> = circle.iter().map(|&node| formulas[node].id).collect();
        let Some(first) = names.first() else { return };
        let mut chain: Vec<String> = names
            .iter()
            .take(SHOWN)
            .map(|id| format!("`{}`", shorten(&id.name)))
            .collect();
        if names.len() > SHOWN {
            chain.push(format!("{} more", names.len() - SHOWN));
        }
        chain.push(format!("`{}`", shorten(&first.name)));
        let mut report = Diagnostic::error(
            "E0206",
            format!("`{}` is defined by itself", shorten(&first.name)),
            first.span,
        )
        .label("its value needs its value");
        for id in names.iter().skip(1).take(SHOWN - 1) {
            report = report.also(id.span, "on the way back to it");
        }
        self.reports
            .push(report.note(format!("each uses the next: {}", chain.join(" → "))));
    }

    fn formula(&mut self, formula: &Formula<'a>) {
        let body = match (formula.body, formula.of) {
            (Body::Formula(body), _) => body,
            (Body::Table(by, cells), Of::Table(id)) => {
                return self.table(id, formula.id, by, cells);
            }
            (Body::Table(..), _) => return,
        };
        let typed = {
            let mut resolver = self.resolver();
            if let Of::Function(function) = formula.of {
                resolver.function = Some(function);
                for (i, id) in (0..).zip(formula.arguments) {
                    resolver
                        .reports
                        .declares(id.span, Meaning::Argument(function, i));
                }
            }
            resolver.arguments = formula
                .arguments
                .iter()
                .enumerate()
                .map(|(i, id)| (id.name.as_str(), i))
                .collect();
            match formula.of {
                Of::Param(_) => resolver.number(body),
                _ => resolver.expression(body, None),
            }
        };
        match formula.of {
            Of::Param(id) => {
                let typed = self.constant(typed, "the best guess of a `param`");
                self.scenario.parameters[id.index()].value = typed.expr;
            }
            Of::Let(id) => {
                self.names.lets[id.index()] = Summary {
                    ty: typed.ty,
                    varies: typed.varies.is_some(),
                };
                let entry = &mut self.scenario.lets[id.index()];
                entry.kind = kind(typed.ty);
                entry.body = typed.expr;
            }
            Of::State(id) => self.state(id, typed),
            Of::Function(id) | Of::Table(id) => self.function(id, typed, formula),
        }
    }

    fn state(&mut self, id: StateId, typed: Typed) {
        let place = typed.expr.span;
        let typed = self.constant(typed, "the first value of a `state`");
        let ty = match typed.ty {
            Type::Symbol(among) if !self.names.all_packages(among) => {
                self.reports.push(
                    Diagnostic::error(
                        "E0301",
                        "a `state` keeps a number, a condition or a package",
                        place,
                    )
                    .label(sort(typed.ty)),
                );
                Type::Broken
            }
            Type::Symbol(_) => Type::Symbol(Among::Packages),
            ty => ty,
        };
        self.names.states[id.index()] = Summary { ty, varies: true };
        let entry = &mut self.scenario.states[id.index()];
        entry.kind = kind(ty);
        entry.body = typed.expr;
    }

    fn function(&mut self, id: FunctionId, typed: Typed, formula: &Formula<'_>) {
        let count = formula.arguments.len();
        let arguments = match argument_types(&typed.expr, count, &self.names) {
            Ok(types) => types,
            Err(conflict) => {
                let name = formula
                    .arguments
                    .get(conflict.argument)
                    .map_or("", |id| id.name.as_str());
                self.reports.push(
                    Diagnostic::error(
                        "E0305",
                        format!("argument `{}` is used as two sorts of thing", shorten(name)),
                        conflict.second.1,
                    )
                    .label(format!("{} here", sort(conflict.second.0)))
                    .also(conflict.first.1, format!("{} here", sort(conflict.first.0))),
                );
                vec![Type::Broken; count]
            }
        };
        let ty = match typed.ty {
            Type::Broken => Type::Broken,
            _ => settle(type_of(&typed.expr, &self.names), &typed.expr, &arguments),
        };
        self.names.functions[id.index()] = Signature {
            arguments,
            result: Summary {
                ty,
                varies: typed.varies.is_some(),
            },
        };
        let entry = &mut self.scenario.functions[id.index()];
        entry.kind = kind(ty);
        entry.body = typed.expr;
    }

    /// [`Resolver::constant`]
    pub(super) fn constant(&mut self, typed: Typed, what: &str) -> Typed {
        self.resolver().constant(typed, what)
    }
}

fn kind(ty: Type) -> Kind {
    match ty {
        Type::Truth => Kind::Truth,
        Type::Symbol(_) => Kind::Symbol,
        Type::Number | Type::Flexible | Type::Broken => Kind::Number,
    }
}

/// The formulas that a formula names.
fn uses(formula: &Formula<'_>, place: &HashMap<&str, usize>, names: &Names) -> Vec<usize> {
    let own: HashSet<&str> = formula
        .arguments
        .iter()
        .map(|id| id.name.as_str())
        .collect();
    let mut found = Vec::new();
    let mut open = match formula.body {
        Body::Formula(body) => vec![body],
        Body::Table(_, cells) => cells.rows.iter().flat_map(|row| &row.cells).collect(),
    };
    let mut note = |name: &str| {
        if !own.contains(name)
            && let Some(&node) = place.get(name)
        {
            found.push(node);
        }
    };
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Name(name) => note(name),
            ExprKind::At(id, _) => note(&id.name),
            ExprKind::Call { function: id, .. } | ExprKind::Lookup { table: id, .. } => {
                note(&id.name);
            }
            _ => {}
        }
        match &expr.kind {
            ExprKind::Binary(Binary::Compare(Compare::Equal | Compare::NotEqual), a, b) => {
                let (options_a, options_b) = (options(a, names), options(b, names));
                open.extend((!is_option(a, options_b, names)).then_some(&**a));
                open.extend((!is_option(b, options_a, names)).then_some(&**b));
            }
            ExprKind::In(one, many) => {
                let among = options(one, names);
                open.push(one);
                open.extend(
                    many.iter()
                        .filter(|member| !is_option(member, among, names)),
                );
            }
            _ => push_parts(expr, &mut open),
        }
    }
    found
}

/// The symbols among which the other side of a comparison is looked up first.
fn options(expr: &ast::Expr, names: &Names) -> Option<Among> {
    match &expr.kind {
        ExprKind::Paren(inner) => options(inner, names),
        ExprKind::Name(name) => match names.get(name)? {
            Entity::Variable(variable) => Some(Among::Variable(variable)),
            _ => None,
        },
        _ => None,
    }
}

fn is_option(expr: &ast::Expr, among: Option<Among>, names: &Names) -> bool {
    match (&expr.kind, among) {
        (ExprKind::Paren(inner), _) => is_option(inner, among, names),
        (ExprKind::Name(name), Some(among)) => names.option(name, among).is_some(),
        _ => false,
    }
}
