//! Queries: numbers over all paths, made of `p(…)`, `mean(…)`, `value(…)` and constants.

use super::expression::{Mode, Resolver, Typed, broken};
use super::names::{Among, Type};
use crate::ast;
use crate::diagnostic::Diagnostic;

impl Resolver<'_> {
    /// A condition of queries and of the scenario's numbers, such as says when an `expect` speaks.
    pub(crate) fn query_condition(&mut self, written: &ast::Expr) -> Typed {
        self.mode = Mode::Top;
        self.truth(written)
    }

    /// A query. What depends on the path must stand inside `p(…)` or its like; where a whole query forgot
    /// it, one message says so with the mend.
    pub(crate) fn query(&mut self, written: &ast::Expr) -> Typed {
        if asks(written) {
            self.mode = Mode::Top;
            return self.number(written);
        }
        self.mode = Mode::Path;
        let typed = self.expression(written, None);
        let text = self.written(written.span);
        let Some(place) = typed.varies else {
            self.mode = Mode::Top;
            return self.require(typed, Type::Number, written);
        };
        let (what, mend) = match typed.ty {
            Type::Truth => ("condition", format!("its probability is `p({text})`")),
            Type::Number => ("number", format!("its average is `mean({text})`")),
            Type::Symbol(among) => {
                let option = match among {
                    Among::Variable(variable) => self.first_option(variable),
                    _ => None,
                };
                let option = option.unwrap_or("…");
                (
                    "choice",
                    format!("ask for one option: `p({text} == {option})`"),
                )
            }
            Type::Flexible | Type::Broken => return broken(written.span),
        };
        let mut report = Diagnostic::error(
            "E0220",
            format!(
                "a query is one number over all paths, but this {what} differs from path to path"
            ),
            written.span,
        )
        .label(format!("one {what} for each path"));
        if place.start != written.span.start {
            report = report.also(place, "because of this");
        }
        self.reports.push(report.help(mend));
        broken(written.span)
    }
}

/// Whether there is a `p`, `mean` or `value` in it.
pub(super) fn asks(written: &ast::Expr) -> bool {
    let mut open = vec![written];
    while let Some(expr) = open.pop() {
        if let ast::ExprKind::Call { function, .. } = &expr.kind
            && matches!(function.name.as_str(), "p" | "mean" | "value")
        {
            return true;
        }
        super::formulas::push_parts(expr, &mut open);
    }
    false
}
