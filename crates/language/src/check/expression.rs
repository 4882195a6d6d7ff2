//! Names and types in expressions: from what was written to what it means.

use std::collections::HashMap;

use super::names::{Among, Entity, Names, Reports, Type};
use crate::ast::{self, Binary, Compare};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Arithmetic, Expr, ExprKind, RepeatId, Scenario};
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

    fn comparison(
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
    pub(super) fn comparable(&mut self, compare: Compare, a: &Typed, b: &Typed, span: Span) {
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
    pub(super) fn option_list(&self, variable: crate::scenario::VariableId) -> String {
        crate::suggest::list(self.option_names(variable))
    }

    /// The options of a variable, in the order written.
    pub(super) fn option_names(&self, variable: crate::scenario::VariableId) -> Vec<&'a str> {
        let scenario: &'a Scenario = self.scenario;
        match scenario.variables.get(variable.index()).map(|v| &v.domain) {
            Some(crate::scenario::Domain::Symbols(options)) => options
                .iter()
                .filter_map(|(symbol, _)| scenario.symbols.get(symbol.index()))
                .map(String::as_str)
                .collect(),
            _ => Vec::new(),
        }
    }

    fn membership(&mut self, one: &ast::Expr, many: &[ast::Expr], span: Span) -> Typed {
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
    constant(ExprKind::Number(0.0), Type::Broken, span)
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

fn pair(
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
