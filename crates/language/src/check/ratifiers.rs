//! Who must consent at home to what an actor agrees (Putnam 1988).

use std::collections::HashMap;

use super::Checker;
use crate::ast::{Ident, Item, ItemKind};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, Ratifier};
use crate::span::Span;
use crate::suggest::shorten;

impl<'a> Checker<'a> {
    /// Resolves the `ratifier` declarations among these.
    pub(super) fn ratifiers(&mut self, items: &[&'a Item]) {
        let mut seen: HashMap<(ActorId, ActorId), Span> = HashMap::new();
        let mut whose: Vec<&Ident> = Vec::new();
        for item in items {
            let ItemKind::Ratifier {
                actor,
                of,
                preferences,
            } = &item.kind
            else {
                continue;
            };
            // With braces of its own, the ratifier's name is looked up where its preferences are.
            let ratifier = if preferences.is_some() {
                self.known_actor(actor)
            } else {
                self.resolver().actor(actor)
            };
            let negotiator = self.resolver().actor(of);
            let (Some(ratifier), Some(negotiator)) = (ratifier, negotiator) else {
                continue;
            };
            let first = *seen.entry((ratifier, negotiator)).or_insert(actor.span);
            let what = format!(
                "`ratifier {} of {}`",
                shorten(&actor.name),
                shorten(&of.name)
            );
            if self.once(&what, first, actor.span)
                && self.weighs(ratifier, actor)
                && self.weighs(negotiator, of)
            {
                whose.push(of);
                self.scenario.ratifiers.push(Ratifier {
                    actor: ratifier,
                    of: negotiator,
                });
            }
        }
        self.home_and_abroad(&whose);
    }

    /// The actor of this name, without reporting one that is not known.
    fn known_actor(&self, id: &Ident) -> Option<ActorId> {
        match self.names.get(&id.name) {
            Some(super::names::Entity::Actor(actor)) => Some(actor),
            _ => None,
        }
    }

    /// Whether an actor has preferences; reports one that has none.
    pub(super) fn weighs(&mut self, actor: ActorId, id: &Ident) -> bool {
        let has = self.names.valued.get(actor.index()).copied();
        let has = has.unwrap_or(false);
        if !has {
            let name = shorten(&id.name);
            self.reports.push(
                Diagnostic::error(
                    "E0219",
                    format!("`{name}` has no preferences over agreements"),
                    id.span,
                )
                .label("has no `value`")
                .help(format!(
                    "say what agreements are worth to it: `value {name} {{ … }}`"
                )),
            );
        }
        has
    }

    /// Reports ratifiers of those that are ratifiers themselves. `whose` are the names behind `of`.
    fn home_and_abroad(&mut self, whose: &[&Ident]) {
        let ratifiers = self.scenario.ratifiers.clone();
        for (ratifier, of) in ratifiers.iter().zip(whose) {
            if ratifiers.iter().any(|other| other.actor == ratifier.of) {
                let name = shorten(&of.name);
                let message = if ratifier.actor == ratifier.of {
                    format!("`{name}` cannot be its own ratifier")
                } else {
                    format!("`{name}` is a ratifier itself and does not negotiate")
                };
                self.reports.push(
                    Diagnostic::error("E0222", message, of.span)
                        .label("must negotiate")
                        .help(
                            "behind `of` stands the actor that negotiates, at home of the ratifier",
                        ),
                );
            }
        }
    }
}
