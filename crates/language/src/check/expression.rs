//! Names and types in expressions: from what was written to what it means.

use std::collections::HashMap;

use super::names::{Among, Names, Reports, Type};
use crate::ast::{self, Binary};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Arithmetic, Expr, ExprKind, FunctionId, RepeatId, Scenario};
use crate::source::Sources;
use crate::span::Span;

/// What an expression may look at, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The play, and formulas that it may use: one point of a path.
    Play,
    /// Inside `p(…)` and its like: a whole path.
    Path,
    /// A query at its top: all paths at once.
    Top,
}

/// A resolved expression with its type.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) expr: Expr,
    pub(crate) ty: Type,
    /// The first part that depends on the path; none for a constant of the scenario.
    pub(crate) varies: Option<Span>,
}

/// Resolves expressions that stand in one place.
pub(crate) struct Resolver<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) names: &'a Names,
    pub(super) sources: &'a Sources,
    pub(super) reports: &'a mut Reports,
    pub(super) mode: Mode,
    /// Arguments of the `fn` whose body this is.
    pub(super) arguments: HashMap<&'a str, usize>,
    /// That `fn`.
    pub(super) function: Option<FunctionId>,
    /// The numbers of the sums around, outermost first.
    pub(super) bound: Vec<(String, Span)>,
    /// Indices of the `repeat`s around, outermost first.
    pub(super) indices: &'a [(String, RepeatId)],
    /// Whether this stands inside `ever(…)`.
    pub(super) ever: bool,
}

impl<'a> Resolver<'a> {
    /// A resolver for formulas, declarations and, given the indices around, the play.
    pub(crate) fn new(
        scenario: &'a Scenario,
        names: &'a Names,
        sources: &'a Sources,
        reports: &'a mut Reports,
    ) -> Self {
        Resolver {
            scenario,
            names,
            sources,
            reports,
            mode: Mode::Play,
            arguments: HashMap::new(),
            function: None,
            bound: Vec::new(),
            indices: &[],
            ever: false,
        }
    }

    /// An expression that must be a number.
    pub(crate) fn number(&mut self, written: &ast::Expr) -> Typed {
        let typed = self.expression(written, None);
        self.require(typed, Type::Number, written)
    }

    /// An expression that must be true or false.
    pub(crate) fn truth(&mut self, written: &ast::Expr) -> Typed {
        let typed = self.expression(written, None);
        self.require(typed, Type::Truth, written)
    }

    /// A number that is the same on every path.
    pub(crate) fn fixed(&mut self, written: &ast::Expr, what: &str) -> Typed {
        let typed = self.number(written);
        self.constant(typed, what)
    }

    /// Reports what depends on the path where a constant of the scenario is needed.
    pub(super) fn constant(&mut self, typed: Typed, what: &str) -> Typed {
        let Some(place) = typed.varies else {
            return typed;
        };
        let mut report = Diagnostic::error(
            "E0306",
            format!("{what} must be a constant of the scenario"),
            typed.expr.span,
        );
        report = if place == typed.expr.span {
            report.label("depends on the path")
        } else {
            report.also(place, "depends on the path")
        };
        self.reports.push(report.help(
            "constants are made of numbers, `param`s, and `let`s and `fn`s that use no choice, draw or state",
        ));
        Typed {
            ty: Type::Broken,
            ..typed
        }
    }

    /// An expression of any type. The hint says among which symbols a bare name is looked up first.
    pub(crate) fn expression(&mut self, written: &ast::Expr, hint: Option<Among>) -> Typed {
        let span = written.span;
        match &written.kind {
            ast::ExprKind::Number { digits, percent } => {
                let value = literal(digits, *percent);
                constant(ExprKind::Number(value), Type::Number, span)
            }
            ast::ExprKind::Truth(value) => constant(ExprKind::Truth(*value), Type::Truth, span),
            ast::ExprKind::Name(name) => self.name(name, span, hint),
            ast::ExprKind::At(id, round) => self.at(id, round, span),
            ast::ExprKind::Negate(inner) => {
                let inner = self.number(inner);
                unary(ExprKind::Negate, inner, Type::Number, span)
            }
            ast::ExprKind::Percent(inner) => {
                let inner = self.number(inner);
                unary(
                    |e| {
                        let hundred = Expr {
                            kind: ExprKind::Number(100.0),
                            span,
                        };
                        ExprKind::Arithmetic(Arithmetic::Divide, e, Box::new(hundred))
                    },
                    inner,
                    Type::Number,
                    span,
                )
            }
            ast::ExprKind::Not(inner) => {
                let inner = self.truth(inner);
                unary(ExprKind::Not, inner, Type::Truth, span)
            }
            ast::ExprKind::Binary(op, left, right) => self.binary(*op, left, right, span),
            ast::ExprKind::In(one, many) => self.membership(one, many, span),
            ast::ExprKind::If(condition, yes, no) => self.choice(condition, yes, no, hint, span),
            ast::ExprKind::Call {
                function,
                arguments,
                given,
            } => self.call(function, arguments, given.as_deref(), span),
            ast::ExprKind::Over(over) => self.over(over, span),
            ast::ExprKind::Lookup { table, keys } => self.lookup(table, keys, span),
            ast::ExprKind::Paren(inner) => self.expression(inner, hint),
            ast::ExprKind::Error => broken(span),
        }
    }

    fn binary(&mut self, op: Binary, left: &ast::Expr, right: &ast::Expr, span: Span) -> Typed {
        let arithmetic = match op {
            Binary::Or | Binary::And => {
                let (left, right) = (self.truth(left), self.truth(right));
                let join = if op == Binary::Or {
                    ExprKind::Or
                } else {
                    ExprKind::And
                };
                return pair(join, left, right, Type::Truth, span);
            }
            Binary::Compare(compare) => return self.comparison(compare, left, right, span),
            Binary::Add => Arithmetic::Add,
            Binary::Subtract => Arithmetic::Subtract,
            Binary::Multiply => Arithmetic::Multiply,
            Binary::Divide => Arithmetic::Divide,
            Binary::Power => Arithmetic::Power,
        };
        let (left, right) = (self.number(left), self.number(right));
        pair(
            |a, b| ExprKind::Arithmetic(arithmetic, a, b),
            left,
            right,
            Type::Number,
            span,
        )
    }

    fn choice(
        &mut self,
        condition: &ast::Expr,
        yes: &ast::Expr,
        no: &ast::Expr,
        hint: Option<Among>,
        span: Span,
    ) -> Typed {
        let condition = self.truth(condition);
        let (first, second) = (self.expression(yes, hint), self.expression(no, hint));
        let ty = super::infer::join(self.names, first.ty, second.ty).unwrap_or_else(|| {
            self.reports.push(
                Diagnostic::error("E0304", "the two sides of this `if` differ in sort", span)
                    .also(first.expr.span, format!("this is {}", sort(first.ty)))
                    .also(second.expr.span, format!("this is {}", sort(second.ty))),
            );
            Type::Broken
        });
        Typed {
            ty,
            varies: condition.varies.or(first.varies).or(second.varies),
            expr: Expr {
                kind: ExprKind::If(
                    Box::new(condition.expr),
                    Box::new(first.expr),
                    Box::new(second.expr),
                ),
                span,
            },
        }
    }

    /// Reports a type other than the wanted one (a number or a truth).
    pub(super) fn require(&mut self, typed: Typed, wanted: Type, written: &ast::Expr) -> Typed {
        let fits = typed.ty == wanted || matches!(typed.ty, Type::Flexible | Type::Broken);
        if fits {
            return typed;
        }
        let text = self.written(written.span);
        let (expected, help) = match (wanted, typed.ty) {
            (Type::Number, Type::Truth) => (
                "a number",
                format!("count it as a number: `if {text} then 1 else 0`"),
            ),
            (Type::Number, _) => (
                "a number",
                format!(
                    "give each option its number: `if {} then … else …`",
                    self.example(&typed)
                ),
            ),
            (_, Type::Number) => ("a condition", format!("compare it: `{text} > 0`")),
            (_, _) => (
                "a condition",
                format!("compare it: `{}`", self.example(&typed)),
            ),
        };
        self.reports.push(
            Diagnostic::error(
                "E0301",
                format!("{expected} is needed here, but this is {}", sort(typed.ty)),
                written.span,
            )
            .label(sort(typed.ty))
            .help(help),
        );
        Typed {
            ty: Type::Broken,
            ..typed
        }
    }

    /// `reply == accept` for `reply`: how a symbol is compared.
    fn example(&self, typed: &Typed) -> String {
        let text = self.written(typed.expr.span);
        let option = match typed.ty {
            Type::Symbol(Among::Variable(variable)) => self.first_option(variable),
            _ => None,
        };
        format!("{text} == {}", option.unwrap_or("…"))
    }

    /// The text of a place, cut for a message.
    pub(super) fn written(&self, span: Span) -> String {
        let text = self.sources.text(span);
        let words: Vec<&str> = text.split_whitespace().collect();
        crate::suggest::shorten(&words.join(" "))
    }

    pub(super) fn first_option(&self, variable: crate::scenario::VariableId) -> Option<&'a str> {
        let scenario: &'a Scenario = self.scenario;
        match &scenario.variables.get(variable.index())?.domain {
            crate::scenario::Domain::Symbols(options) => {
                let (symbol, _) = options.first()?;
                scenario.symbols.get(symbol.index()).map(String::as_str)
            }
            crate::scenario::Domain::Numbers => None,
        }
    }
}

/// What a type is called in a message.
pub(super) fn sort(ty: Type) -> &'static str {
    match ty {
        Type::Number => "a number",
        Type::Truth => "a condition",
        Type::Symbol(Among::Packages) => "a package",
        Type::Symbol(_) => "an option's name",
        Type::Flexible | Type::Broken => "anything",
    }
}

/// A number as written: `85` with `percent` is 0.85, the nearest double to the decimal.
pub(crate) fn literal(digits: &str, percent: bool) -> f64 {
    let plain: String = digits.chars().filter(|&c| c != '_').collect();
    let value: f64 = plain.parse().unwrap_or(f64::NAN);
    if !percent {
        return value;
    }
    if plain.contains(['e', 'E']) {
        return value / 100.0;
    }
    format!("{plain}e-2").parse().unwrap_or(value / 100.0)
}

pub(super) fn constant(kind: ExprKind, ty: Type, span: Span) -> Typed {
    Typed {
        expr: Expr { kind, span },
        ty,
        varies: None,
    }
}

/// Something that depends on the path.
pub(super) fn varying(kind: ExprKind, ty: Type, span: Span) -> Typed {
    Typed {
        expr: Expr { kind, span },
        ty,
        varies: Some(span),
    }
}

/// What stands for an expression that is reported as wrong.
pub(super) fn broken(span: Span) -> Typed {
    constant(ExprKind::Number(f64::NAN), Type::Broken, span)
}

pub(super) fn unary(
    make: impl FnOnce(Box<Expr>) -> ExprKind,
    inner: Typed,
    ty: Type,
    span: Span,
) -> Typed {
    Typed {
        expr: Expr {
            kind: make(Box::new(inner.expr)),
            span,
        },
        ty,
        varies: inner.varies,
    }
}

pub(super) fn pair(
    make: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind,
    left: Typed,
    right: Typed,
    ty: Type,
    span: Span,
) -> Typed {
    Typed {
        varies: left.varies.or(right.varies),
        expr: Expr {
            kind: make(Box::new(left.expr), Box::new(right.expr)),
            span,
        },
        ty,
    }
}
