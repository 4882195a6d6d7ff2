//! Comparisons: where the names of options are looked up, and what can be compared with what.

use super::expression::{Resolver, Typed, constant, pair, sort};
use super::names::{Among, Entity, Type};
use crate::ast::{self, Compare};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Domain, Expr, ExprKind, Scenario, VariableId};
use crate::span::Span;

impl<'a> Resolver<'a> {
    pub(super) fn comparison(
        &mut self,
        compare: Compare,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Typed {
        if self.is_outcome(left) || self.is_outcome(right) {
            let other = if self.is_outcome(left) { right } else { left };
            return self.ending(compare, other, span);
        }
        let (first, second) = if let Some(among) = self.among(left) {
            let first = self.expression(left, None);
            (first, self.expression(right, Some(among)))
        } else if let Some(among) = self.among(right) {
            let first = self.expression(left, Some(among));
            (first, self.expression(right, None))
        } else {
            let first = self.expression(left, None);
            // Beside something unknown, an option's name may well be right.
            let hint = (first.ty == Type::Broken).then_some(Among::Any);
            (first, self.expression(right, hint))
        };
        self.comparable(compare, &first, &second, span);
        pair(
            |a, b| ExprKind::Compare(compare, a, b),
            first,
            second,
            Type::Truth,
            span,
        )
    }

    /// Reports two sides that cannot be compared.
    fn comparable(&mut self, compare: Compare, a: &Typed, b: &Typed, span: Span) {
        let equality = matches!(compare, Compare::Equal | Compare::NotEqual);
        match (a.ty, b.ty) {
            (Type::Broken, _) | (_, Type::Broken) => {}
            (Type::Truth, _) | (_, Type::Truth) => {
                let truth = if a.ty == Type::Truth { a } else { b };
                self.reports.push(
                    Diagnostic::error(
                        "E0303",
                        "a condition is true or false by itself: it is not compared",
                        truth.expr.span,
                    )
                    .label("a condition")
                    .help("write the condition alone, or `not` before it; join two with `and` or `or`"),
                );
            }
            (Type::Symbol(x), Type::Symbol(y)) => {
                self.reports.compares(x, y);
                if !equality {
                    self.reports.push(
                        Diagnostic::error("E0303", "options have no order", span)
                            .help("options are compared with `==`, `!=` or `in { … }`"),
                    );
                } else if !self.names.overlap(x, y) {
                    self.reports.push(
                        Diagnostic::warning(
                            "W0706",
                            "these two have no option in common, so they are never equal",
                            span,
                        )
                        .also(a.expr.span, self.options_of(x))
                        .also(b.expr.span, self.options_of(y)),
                    );
                }
            }
            (Type::Symbol(_), Type::Flexible) | (Type::Flexible, Type::Symbol(_)) if !equality => {
                self.reports.push(
                    Diagnostic::error("E0303", "options have no order", span)
                        .help("options are compared with `==`, `!=` or `in { … }`"),
                );
            }
            (Type::Symbol(_), Type::Number) | (Type::Number, Type::Symbol(_)) => {
                self.reports.push(
                    Diagnostic::error("E0302", "an option cannot be compared with a number", span)
                        .also(a.expr.span, sort(a.ty))
                        .also(b.expr.span, sort(b.ty)),
                );
            }
            _ => {}
        }
    }

    fn options_of(&self, among: Among) -> String {
        match among {
            Among::Variable(variable) => format!("can be {}", self.option_list(variable)),
            Among::Packages => "a package".to_owned(),
            Among::Any => "an option".to_owned(),
        }
    }

    /// The options of a variable, in a sentence.
    pub(super) fn option_list(&self, variable: VariableId) -> String {
        crate::suggest::list(self.option_names(variable))
    }

    /// The options of a variable, in the order written.
    pub(super) fn option_names(&self, variable: VariableId) -> Vec<&'a str> {
        let scenario: &'a Scenario = self.scenario;
        match scenario.variables.get(variable.index()).map(|v| &v.domain) {
            Some(Domain::Symbols(options)) => options
                .iter()
                .filter_map(|(symbol, _)| scenario.symbols.get(symbol.index()))
                .map(String::as_str)
                .collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn membership(&mut self, one: &ast::Expr, many: &[ast::Expr], span: Span) -> Typed {
        if self.is_outcome(one) {
            let endings = many
                .iter()
                .map(|member| self.ending(Compare::Equal, member, member.span))
                .collect();
            return either(endings, span);
        }
        let hint = self.among(one);
        let one = self.expression(one, None);
        let hint = match one.ty {
            Type::Broken => hint.or(Some(Among::Any)),
            _ => hint,
        };
        let mut varies = one.varies;
        let mut members = Vec::with_capacity(many.len());
        for member in many {
            let member = self.expression(member, hint);
            self.comparable(Compare::Equal, &one, &member, member.expr.span);
            varies = varies.or(member.varies);
            members.push(member.expr);
        }
        Typed {
            expr: Expr {
                kind: ExprKind::In(Box::new(one.expr), members),
                span,
            },
            ty: Type::Truth,
            varies,
        }
    }

    /// Among which symbols this is, where it says so by itself.
    fn among(&self, written: &ast::Expr) -> Option<Among> {
        let ty = match &written.kind {
            ast::ExprKind::Paren(inner) => return self.among(inner),
            ast::ExprKind::If(_, yes, no) => return self.among(yes).or_else(|| self.among(no)),
            ast::ExprKind::Name(name) if self.arguments.contains_key(name.as_str()) => {
                return Some(Among::Any);
            }
            ast::ExprKind::Name(name) => self.symbolic(name)?,
            ast::ExprKind::At(id, _) => self.symbolic(&id.name)?,
            ast::ExprKind::Call { function, .. } => match self.names.get(&function.name)? {
                Entity::Function(id) => self.names.functions.get(id.index())?.result.ty,
                _ => return None,
            },
            _ => return None,
        };
        match ty {
            Type::Symbol(among) => Some(among),
            Type::Flexible => Some(Among::Any),
            _ => None,
        }
    }

    fn symbolic(&self, name: &str) -> Option<Type> {
        match self.names.get(name)? {
            Entity::Variable(id) => Some(self.names.variable(id)),
            Entity::Let(id) => Some(self.names.lets.get(id.index())?.ty),
            Entity::State(id) => Some(self.names.states.get(id.index())?.ty),
            _ => None,
        }
    }
}

/// Whether one of these holds, as a balanced tree so that long lists stay shallow.
fn either(mut parts: Vec<Typed>, span: Span) -> Typed {
    if parts.is_empty() {
        return constant(ExprKind::Truth(false), Type::Truth, span);
    }
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let rest = parts.split_off(parts.len() / 2);
    pair(
        ExprKind::Or,
        either(parts, span),
        either(rest, span),
        Type::Truth,
        span,
    )
}
