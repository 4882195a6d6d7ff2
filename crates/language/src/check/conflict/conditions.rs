//! Conditions over options and situations: names joined by `and`, `or`, `not`, `if` and `iff`.

use super::super::Checker;
use super::super::names::Entity;
use crate::analysis::Meaning;
use crate::ast::{self, Binary, Compare, ExprKind, Ident, When};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, Condition, SituationId};
use crate::span::Span;
use crate::suggest::shorten;

impl Checker<'_> {
    /// A condition of one or two halves.
    pub(super) fn state_condition(
        &mut self,
        written: &ast::Condition,
        viewer: Option<ActorId>,
    ) -> Option<Condition> {
        let holds = self.holding(&written.holds, viewer);
        let Some((when, other)) = &written.when else {
            return holds;
        };
        let other = self.holding(other, viewer);
        let (holds, other) = (Box::new(holds?), Box::new(other?));
        Some(match when {
            When::If => Condition::If {
                then: holds,
                when: other,
            },
            When::Iff => Condition::Iff(holds, other),
        })
    }

    /// A condition without `if`.
    pub(super) fn holding(
        &mut self,
        written: &ast::Expr,
        viewer: Option<ActorId>,
    ) -> Option<Condition> {
        match &written.kind {
            ExprKind::Paren(inner) => self.holding(inner, viewer),
            ExprKind::Truth(truth) => Some(Condition::Truth(*truth)),
            ExprKind::Not(inner) => {
                let inner = self.holding(inner, viewer)?;
                Some(Condition::Not(Box::new(inner)))
            }
            ExprKind::Binary(join, a, b) => {
                let made = match join {
                    Binary::And => Condition::And,
                    Binary::Or => Condition::Or,
                    Binary::Compare(Compare::Equal) => Condition::Iff,
                    _ => return self.no_condition(written.span),
                };
                let (a, b) = (self.holding(a, viewer), self.holding(b, viewer));
                Some(made(Box::new(a?), Box::new(b?)))
            }
            ExprKind::Name(name) => self.named_state(name, written.span, viewer),
            ExprKind::Error => None,
            _ => self.no_condition(written.span),
        }
    }

    fn named_state(
        &mut self,
        name: &str,
        span: Span,
        viewer: Option<ActorId>,
    ) -> Option<Condition> {
        let id = Ident {
            name: name.to_owned(),
            span,
        };
        match self.names.get(name) {
            Some(Entity::ConflictOption(_)) => {
                let option = self.conflict_option(&id, viewer)?;
                Some(Condition::Chosen(option))
            }
            Some(Entity::Situation(situation)) => {
                // `today` without a name of its own is a word and cannot be renamed.
                if !self.is_unnamed(situation) {
                    self.reports.mention(span, Meaning::Situation(situation));
                }
                Some(Condition::Is(situation))
            }
            found => {
                let fits =
                    |e: Entity| matches!(e, Entity::ConflictOption(_) | Entity::Situation(_));
                let wanted = "an option of the conflict or a situation";
                self.resolver().not_a(&id, found, wanted, fits);
                None
            }
        }
    }

    fn is_unnamed(&self, situation: SituationId) -> bool {
        let known = self.scenario.conflict.situations.get(situation.index());
        known.is_some_and(|known| self.sources.text(known.name.span) == "today")
    }

    fn no_condition(&mut self, span: Span) -> Option<Condition> {
        let text = self.text(span);
        self.reports.push(
            Diagnostic::error(
                "E0425",
                format!("`{}` says nothing about options", shorten(&text)),
                span,
            )
            .label("a condition over options is needed here")
            .help("join names of options and situations by `and`, `or`, `not`, `if` and `iff`"),
        );
        None
    }
}
