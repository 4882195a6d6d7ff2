//! `expect stable` and `expect unstable`.

use super::super::Checker;
use crate::ast::{self, Expr, ExprKind, Ident};
use crate::diagnostic::Diagnostic;
use crate::parser::words::{CONCEPTS, meant};
use crate::scenario::{Concept, Stable};
use crate::span::Span;
use crate::suggest::shorten;

/// The longest horizon of limited moves.
const LONGEST: u32 = 64;

impl Checker<'_> {
    /// Resolves one expectation.
    pub(super) fn stable(&mut self, written: &ast::Stable, span: Span) {
        let states = self.holding(&written.states, None);
        let actor = written.actor.as_ref().map(|id| self.resolver().actor(id));
        let mut concepts = Vec::new();
        for (concept, horizon) in &written.concepts {
            concepts.extend(self.concept(concept, horizon.as_ref()));
        }
        let mut allies = Vec::new();
        for ally in &written.allies {
            allies.extend(self.resolver().actor(ally));
        }
        if let [only] = written.allies.as_slice() {
            self.reports.push(
                Diagnostic::error("E0430", "one actor is no coalition", only.span)
                    .label("with whom?")
                    .help("name two or more that act as one: `with us, israel`"),
            );
        }
        let ends = [
            written.states.span,
            written
                .actor
                .as_ref()
                .map_or(written.states.span, |id| id.span),
            written
                .concepts
                .last()
                .map_or(written.states.span, |(id, at)| {
                    at.as_ref().map_or(id.span, |at| at.span)
                }),
            written
                .allies
                .last()
                .map_or(written.states.span, |id| id.span),
        ];
        let end = ends.iter().map(|span| span.end).max().unwrap_or(span.end);
        let word = if written.stable { "stable" } else { "unstable" };
        let text = self.text(Span {
            end,
            ..written.states.span
        });
        let (Some(states), Some(actor)) = (states, actor.map_or(Some(None), |a| a.map(Some)))
        else {
            return;
        };
        self.scenario.conflict.stable.push(Stable {
            stable: written.stable,
            states,
            actor,
            concepts,
            allies,
            text: format!("{word} {text}"),
            why: written
                .why
                .as_ref()
                .map_or_else(String::new, |why| why.value.clone()),
            span,
        });
    }

    fn concept(&mut self, id: &Ident, horizon: Option<&Expr>) -> Option<Concept> {
        if id.name.is_empty() {
            return None;
        }
        let concept = match id.name.as_str() {
            "nash" => Concept::Nash,
            "general" => Concept::General,
            "symmetric" => Concept::Symmetric,
            "sequential" => Concept::Sequential,
            "symmetric_sequential" => Concept::SymmetricSequential,
            "simultaneous" => Concept::Simultaneous,
            "non_myopic" => Concept::NonMyopic,
            "limited" => return self.limited(id, horizon),
            _ => {
                let near = meant(&id.name, CONCEPTS);
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known: {}", CONCEPTS.join(", ")),
                };
                let message = format!("`{}` is no concept of stability", shorten(&id.name));
                self.reports.push(
                    Diagnostic::error("E0430", message, id.span)
                        .label("unknown")
                        .help(help),
                );
                return None;
            }
        };
        if let Some(horizon) = horizon {
            self.reports.push(
                Diagnostic::error("E0430", "only `limited` has a horizon", horizon.span)
                    .label("a number too many"),
            );
        }
        Some(concept)
    }

    fn limited(&mut self, id: &Ident, horizon: Option<&Expr>) -> Option<Concept> {
        let number = horizon.and_then(|horizon| match &horizon.kind {
            ExprKind::Number {
                digits,
                percent: false,
            } => digits.parse::<u32>().ok(),
            _ => None,
        });
        if let Some(number) = number.filter(|number| (1..=LONGEST).contains(number)) {
            return Some(Concept::Limited(number));
        }
        self.reports.push(
            Diagnostic::error(
                "E0430",
                "how many moves do actors look ahead?",
                horizon.map_or(id.span, |horizon| horizon.span),
            )
            .label("a horizon is missing")
            .help(format!(
                "write a whole number from 1 to {LONGEST}: `limited 3`"
            )),
        );
        None
    }
}
