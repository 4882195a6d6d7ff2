//! The options of a draw: probabilities, weights, and what the others leave.

use super::Checker;
use super::names::Among;
use crate::ast::{self, ExprKind as Written};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Arithmetic, Expr, ExprKind, OptionItem};
use crate::span::Span;
use crate::suggest::shorten;

/// Behind the name of an option: it takes what the others leave.
const REST: &str = "otherwise";

impl Checker<'_> {
    /// A draw has probabilities or weights, not both.
    pub(super) fn weights_fit(&mut self, listed: &[ast::OptionItem]) {
        let with = |weighted: bool| {
            let said = |o: &&ast::OptionItem| o.probability.is_some() && o.weighted == weighted;
            listed.iter().find(said)
        };
        if let (Some(weight), Some(probability)) = (with(true), with(false)) {
            self.reports.push(
                Diagnostic::error(
                    "E0416",
                    "some options of this draw have weights, others probabilities",
                    weight.id.span,
                )
                .label("has a weight")
                .also(probability.id.span, "has a probability")
                .help("give all of them weights, or all of them probabilities"),
            );
        }
    }

    /// What is drawn has a probability; the parser sees to it that what is chosen has none.
    pub(super) fn probability_given(&mut self, option: &ast::OptionItem) {
        if option.probability.is_some() {
            return;
        }
        let name = shorten(&option.id.name);
        self.reports.push(
            Diagnostic::error(
                "E0406",
                format!("`{name}` is drawn without a probability"),
                option.id.span,
            )
            .label("no probability")
            .help(format!(
                "write it behind the name: `{name} 50 %`, or `{name} {REST}` for what the others leave"
            )),
        );
    }

    /// Whether an option takes what the others leave. Where something of the scenario is called so, that is meant.
    pub(super) fn is_rest(&self, option: &ast::OptionItem) -> bool {
        let says = |e: &ast::Expr| matches!(&e.kind, Written::Name(name) if name == REST);
        option.probability.as_ref().is_some_and(says)
            && !option.weighted
            && self.names.get(REST).is_none()
            && self.names.option(REST, Among::Packages).is_none()
    }

    /// Gives the option that takes what the others leave its probability.
    pub(super) fn fill_rest(&mut self, listed: &[ast::OptionItem], items: &mut [OptionItem]) {
        let rest: Vec<&ast::OptionItem> = listed.iter().filter(|o| self.is_rest(o)).collect();
        let (Some(first), second) = (rest.first(), rest.get(1)) else {
            return;
        };
        if let Some(second) = second {
            self.reports.push(
                Diagnostic::error(
                    "E0411",
                    "two options take what the others leave",
                    second.id.span,
                )
                .label("once more")
                .also(first.id.span, "first here")
                .help("give one of them its probability"),
            );
            return;
        }
        let span = first.probability.as_ref().map_or(first.span, |e| e.span);
        let others = items.iter().filter_map(|item| {
            let probability = item.probability.clone()?;
            Some(match &item.guard {
                None => probability,
                Some(guard) => Expr {
                    kind: ExprKind::If(
                        Box::new(guard.clone()),
                        Box::new(probability),
                        Box::new(number(0.0, span)),
                    ),
                    span,
                },
            })
        });
        let left = arithmetic(
            Arithmetic::Subtract,
            number(1.0, span),
            total(others.collect(), span),
        );
        let own = |item: &&mut OptionItem| item.span == first.id.span;
        if let Some(item) = items.iter_mut().find(own) {
            item.probability = Some(left);
        }
    }
}

fn number(value: f64, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Number(value),
        span,
    }
}

fn arithmetic(op: Arithmetic, a: Expr, b: Expr) -> Expr {
    let span = a.span;
    Expr {
        kind: ExprKind::Arithmetic(op, Box::new(a), Box::new(b)),
        span,
    }
}

/// A sum as a balanced tree, so that that of many options stays shallow.
fn total(mut parts: Vec<Expr>, span: Span) -> Expr {
    if parts.len() > 1 {
        let rest = parts.split_off(parts.len() / 2);
        return arithmetic(Arithmetic::Add, total(parts, span), total(rest, span));
    }
    parts.pop().unwrap_or_else(|| number(0.0, span))
}
