//! Which doubtful numbers hang together, and whether they can.

use std::collections::HashMap;

use super::Checker;
use super::expression::literal;
use super::names::Entity;
use crate::analysis::Meaning;
use crate::ast::{self, ExprKind, Ident, Item, ItemKind};
use crate::correlation::cholesky;
use crate::diagnostic::Diagnostic;
use crate::scenario::{Correlation, ParamId};
use crate::span::Span;
use crate::suggest::shorten;

impl Checker<'_> {
    /// Resolves the `correlation` declarations, once parameters are known.
    pub(super) fn correlations(&mut self) {
        let mut seen: HashMap<(ParamId, ParamId), Span> = HashMap::new();
        for item in std::mem::take(&mut self.pending.correlations) {
            let Item {
                kind: ItemKind::Correlation { a, b, rank },
                ..
            } = item
            else {
                continue;
            };
            let rank = self.rank(rank);
            let (first, second) = (self.doubtful(a), self.doubtful(b));
            let (Some(first), Some(second), Some(rank)) = (first, second, rank) else {
                continue;
            };
            if first == second {
                let name = shorten(&b.name);
                self.correlation_error(
                    format!("`{name}` cannot be correlated with itself"),
                    b.span,
                    "name two numbers",
                );
                continue;
            }
            let pair = (first.min(second), first.max(second));
            let place = *seen.entry(pair).or_insert(a.span);
            if self.once("this correlation", place, a.span) {
                self.scenario.correlations.push(Correlation {
                    a: first,
                    b: second,
                    rank,
                });
                self.possible(b.span);
            }
        }
    }

    /// The doubtful number of this name.
    fn doubtful(&mut self, id: &Ident) -> Option<ParamId> {
        let found = self.names.get(&id.name);
        let Some(Entity::Param(parameter)) = found else {
            self.resolver().not_a(id, found, "a `param`", |entity| {
                matches!(entity, Entity::Param(_))
            });
            return None;
        };
        self.reports.mention(id.span, Meaning::Param(parameter));
        let known = &self.scenario.parameters[parameter.index()];
        if known.range.is_some() || known.distribution.is_some() {
            return Some(parameter);
        }
        let name = shorten(&id.name);
        self.correlation_error(
            format!("`{name}` is not in doubt: it has no range and no distribution"),
            id.span,
            "give it a range (`in lo .. hi`), or drop the correlation",
        );
        None
    }

    /// A number between −1 and 1.
    fn rank(&mut self, written: &ast::Expr) -> Option<f64> {
        let value = match &written.kind {
            ExprKind::Number { digits, percent } => Some(literal(digits, *percent)),
            ExprKind::Negate(inner) => match &inner.kind {
                ExprKind::Number { digits, percent } => Some(-literal(digits, *percent)),
                _ => None,
            },
            // What could not be read is reported already.
            ExprKind::Error => return None,
            _ => None,
        };
        let rank = value.filter(|rank| (-1.0..=1.0).contains(rank));
        if rank.is_none() {
            self.correlation_error(
                "a rank correlation is a number between -1 and 1".to_owned(),
                written.span,
                "write it plainly, such as `0.6` or `-0.3`",
            );
        }
        rank
    }

    fn correlation_error(&mut self, message: String, place: Span, help: &str) {
        self.reports
            .push(Diagnostic::error("E0420", message, place).help(help));
    }

    /// Reports the last correlation if it contradicts those before it, and forgets it.
    fn possible(&mut self, place: Span) {
        let matrix = matrix(&self.scenario.correlations);
        if cholesky(&matrix).is_none() {
            self.scenario.correlations.pop();
            self.correlation_error(
                "this correlation contradicts those above it".to_owned(),
                place,
                "no numbers can hang together like this: bring one of the correlations closer to 0, or write those that are missing",
            );
        }
    }
}

/// The matrix of all numbers that are correlated with any; those that are not mentioned together have 0.
fn matrix(correlations: &[Correlation]) -> Vec<Vec<f64>> {
    let mut numbers: Vec<ParamId> = correlations.iter().flat_map(|c| [c.a, c.b]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let count = numbers.len();
    let mut matrix = vec![vec![0.0; count]; count];
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] = 1.0;
    }
    for correlation in correlations {
        let at = |id: ParamId| numbers.binary_search(&id).unwrap_or_default();
        let (a, b) = (at(correlation.a), at(correlation.b));
        matrix[a][b] = correlation.rank;
        matrix[b][a] = correlation.rank;
    }
    matrix
}
