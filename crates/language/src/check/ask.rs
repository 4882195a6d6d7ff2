//! Queries: numbers over all paths, made of `p(…)`, `mean(…)`, `value(…)` and constants.

use super::expression::{Mode, Resolver, Typed, broken, sort};
use super::names::{Among, Type};
use crate::ast;
use crate::diagnostic::Diagnostic;

impl Resolver<'_> {
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
            return self.require(typed, Type::Number, written);
        };
        let mend = match typed.ty {
            Type::Truth => format!("its probability is `p({text})`"),
            Type::Number => format!("its average is `mean({text})`"),
            Type::Symbol(Among::Variable(variable)) => format!(
                "ask for one option: `p({text} == {})`",
                self.first_option(variable).unwrap_or("…")
            ),
            Type::Symbol(_) => format!("ask for one option: `p({text} == …)`"),
            Type::Flexible | Type::Broken => return broken(written.span),
        };
        let mut report = Diagnostic::error(
            "E0220",
            format!(
                "a query asks for one number over all paths, but this is {} of each path",
                sort(typed.ty)
            ),
            written.span,
        )
        .label("differs from path to path");
        if place.start != written.span.start {
            report = report.also(place, "because of this");
        }
        self.reports.push(report.help(mend));
        broken(written.span)
    }
}

/// Whether there is a `p`, `mean` or `value` in it.
fn asks(written: &ast::Expr) -> bool {
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
