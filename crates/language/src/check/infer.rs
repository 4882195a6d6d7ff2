//! Types of resolved expressions, and what the arguments of a `fn` must be so that its body makes sense.

use super::names::{Among, Names, Type};
use crate::ast::Compare;
use crate::scenario::{Expr, ExprKind};
use crate::span::Span;

/// Type of a resolved expression whose parts fit together.
pub(super) fn type_of(expr: &Expr, names: &Names) -> Type {
    match &expr.kind {
        ExprKind::Truth(_)
        | ExprKind::EndedIn(_)
        | ExprKind::Not(_)
        | ExprKind::And(..)
        | ExprKind::Or(..)
        | ExprKind::Compare(..)
        | ExprKind::In(..)
        | ExprKind::Ever(_) => Type::Truth,
        ExprKind::Symbol(symbol) if names.packages.contains_key(symbol) => {
            Type::Symbol(Among::Packages)
        }
        ExprKind::Symbol(_) => Type::Symbol(Among::Any),
        ExprKind::Let(id) => names.lets.get(id.index()).map_or(Type::Broken, |s| s.ty),
        ExprKind::State(id) | ExprKind::StateAt(id, _) => {
            names.states.get(id.index()).map_or(Type::Broken, |s| s.ty)
        }
        ExprKind::Variable(id) | ExprKind::VariableAt(id, _) => names.variable(*id),
        ExprKind::Argument(_) => Type::Flexible,
        ExprKind::If(_, a, b) => {
            join(names, type_of(a, names), type_of(b, names)).unwrap_or(Type::Broken)
        }
        ExprKind::Call(id, _) => names
            .functions
            .get(id.index())
            .map_or(Type::Broken, |f| f.result.ty),
        _ => Type::Number,
    }
}

/// The type of something that is one or the other; none where the two differ in sort.
pub(super) fn join(names: &Names, a: Type, b: Type) -> Option<Type> {
    Some(match (a, b) {
        (Type::Broken, _) | (_, Type::Broken) => Type::Broken,
        (Type::Flexible, other) | (other, Type::Flexible) => other,
        (Type::Symbol(a), Type::Symbol(b)) if a == b => Type::Symbol(a),
        (Type::Symbol(a), Type::Symbol(b)) if names.all_packages(a) && names.all_packages(b) => {
            Type::Symbol(Among::Packages)
        }
        (Type::Symbol(_), Type::Symbol(_)) => Type::Symbol(Among::Any),
        (a, b) if a == b => a,
        _ => return None,
    })
}

/// An argument that is used as two sorts of thing.
pub(super) struct Conflict {
    pub(super) argument: usize,
    pub(super) first: (Type, Span),
    pub(super) second: (Type, Span),
}

/// What each argument must be, from how the body uses it; a number where the body leaves it open.
pub(super) fn argument_types(
    body: &Expr,
    count: usize,
    names: &Names,
) -> Result<Vec<Type>, Conflict> {
    let mut uses = Uses {
        names,
        found: vec![None; count],
    };
    uses.visit(body, None)?;
    Ok(uses
        .found
        .into_iter()
        .map(|found| found.map_or(Type::Number, |(ty, _)| ty))
        .collect())
}

struct Uses<'a> {
    names: &'a Names,
    found: Vec<Option<(Type, Span)>>,
}

impl Uses<'_> {
    fn visit(&mut self, expr: &Expr, wanted: Option<Type>) -> Result<(), Conflict> {
        match &expr.kind {
            ExprKind::Argument(argument) => self.argument(*argument, wanted, expr.span),
            ExprKind::Not(e) => self.visit(e, Some(Type::Truth)),
            ExprKind::And(a, b) | ExprKind::Or(a, b) => {
                self.visit(a, Some(Type::Truth))?;
                self.visit(b, Some(Type::Truth))
            }
            ExprKind::If(condition, a, b) => {
                self.visit(condition, Some(Type::Truth))?;
                let (from_a, from_b) = (self.known(a), self.known(b));
                self.visit(a, wanted.or(from_b))?;
                self.visit(b, wanted.or(from_a))
            }
            ExprKind::Compare(compare, a, b) => {
                let order = !matches!(compare, Compare::Equal | Compare::NotEqual);
                let order = order.then_some(Type::Number);
                let (from_a, from_b) = (self.known(a), self.known(b));
                self.visit(a, order.or(from_b))?;
                self.visit(b, order.or(from_a))
            }
            ExprKind::In(one, many) => {
                let from_many = many.iter().find_map(|member| self.known(member));
                let from_one = self.known(one);
                self.visit(one, from_many)?;
                many.iter()
                    .try_for_each(|member| self.visit(member, from_one))
            }
            ExprKind::Worth(_, package) => self.visit(package, Some(Type::Symbol(Among::Packages))),
            ExprKind::Table { keys, sides, cells } => {
                for (key, side) in keys.iter().zip(sides) {
                    let by = side.by.map(|by| Type::Symbol(Among::Variable(by)));
                    self.visit(key, by.or(Some(Type::Number)))?;
                }
                let mut cells = cells.iter();
                cells.try_for_each(|cell| self.visit(cell, Some(Type::Number)))
            }
            ExprKind::Call(id, all) => {
                let names = self.names;
                let wanted = names.functions.get(id.index());
                all.iter().enumerate().try_for_each(|(i, argument)| {
                    self.visit(argument, wanted.and_then(|f| f.arguments.get(i)).copied())
                })
            }
            _ => expr
                .parts()
                .into_iter()
                .try_for_each(|part| self.visit(part, Some(Type::Number))),
        }
    }

    /// The type that an expression has by itself.
    fn known(&self, expr: &Expr) -> Option<Type> {
        match type_of(expr, self.names) {
            Type::Flexible | Type::Broken => None,
            Type::Symbol(among) if among != Among::Packages => Some(Type::Symbol(Among::Any)),
            ty => Some(ty),
        }
    }

    fn argument(
        &mut self,
        argument: usize,
        wanted: Option<Type>,
        span: Span,
    ) -> Result<(), Conflict> {
        let Some(wanted) = wanted.filter(|ty| !matches!(ty, Type::Flexible | Type::Broken)) else {
            return Ok(());
        };
        match self.found[argument] {
            None => self.found[argument] = Some((wanted, span)),
            Some((Type::Symbol(Among::Any), _)) if matches!(wanted, Type::Symbol(_)) => {
                self.found[argument] = Some((wanted, span));
            }
            Some((Type::Symbol(_), _)) if matches!(wanted, Type::Symbol(_)) => {}
            Some((ty, _)) if ty == wanted => {}
            Some(first) => {
                return Err(Conflict {
                    argument,
                    first,
                    second: (wanted, span),
                });
            }
        }
        Ok(())
    }
}
