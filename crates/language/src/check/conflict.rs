//! The conflict in option form: options, situations, what cannot be, and who prefers and perceives what.

mod conditions;
mod preferences;
mod stable;

use super::Checker;
use super::declare::{named, number};
use super::names::Entity;
use crate::analysis::Meaning;
use crate::ast::{self, Ident, Item, ItemKind};
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    ActorId, Condition, ConflictOption, ConflictOptionId, MOST_CONFLICT_OPTIONS, Perceives, Ruled,
    Situation, SituationId,
};
use crate::span::Span;
use crate::suggest::shorten;

/// What is declared of the conflict but not looked into yet.
#[derive(Default)]
pub(super) struct Pending<'a> {
    options: Vec<(ConflictOptionId, &'a ast::ConflictOption)>,
    situations: Vec<(SituationId, &'a ast::Situation)>,
    today: Option<Span>,
    infeasible: Vec<&'a ast::Ruled>,
    prefers: Vec<&'a ast::Prefers>,
    perceives: Vec<&'a ast::Perceives>,
    stable: Vec<(&'a ast::Stable, Span)>,
}

impl<'a> Checker<'a> {
    /// Enters what an item declares of the conflict.
    pub(super) fn declare_conflict(&mut self, item: &'a Item) {
        match &item.kind {
            ItemKind::ConflictOption(option) => self.declare_conflict_option(option),
            ItemKind::Situation(situation) => self.declare_situation(situation),
            ItemKind::Infeasible(ruled) => self.pending.conflict.infeasible.push(ruled),
            ItemKind::Prefers(prefers) => self.pending.conflict.prefers.push(prefers),
            ItemKind::Perceives(view) => {
                for item in &view.items {
                    if let ItemKind::ConflictOption(option) = &item.kind {
                        self.declare_conflict_option(option);
                    }
                }
                self.pending.conflict.perceives.push(view);
            }
            ItemKind::Stable(stable) => self.pending.conflict.stable.push((stable, item.span)),
            _ => {}
        }
    }

    fn declare_conflict_option(&mut self, option: &'a ast::ConflictOption) {
        let count = self.scenario.conflict.options.len();
        if count == MOST_CONFLICT_OPTIONS {
            self.reports.push(
                Diagnostic::error(
                    "E0603",
                    format!("a conflict may have at most {MOST_CONFLICT_OPTIONS} options"),
                    option.id.span,
                )
                .label("one too many"),
            );
            return;
        }
        let id = ConflictOptionId(number(count));
        if self.enter(&option.id, Entity::ConflictOption(id)) {
            let words = |text: &Option<ast::Text>| text.as_ref().map(|text| text.value.clone());
            let once = option.once.map(|(once, _)| once);
            self.scenario.conflict.options.push(ConflictOption {
                name: named(&option.id, option.label.as_ref()),
                owner: ActorId(0),
                irreversible: once == Some(ast::Once::Irreversible),
                unrepeatable: once == Some(ast::Once::Unrepeatable),
                doing: words(&option.doing),
                undoing: words(&option.undoing),
                source: words(&option.source).unwrap_or_default(),
                imagined_by: None,
                means: None,
            });
            self.pending.conflict.options.push((id, option));
        }
    }

    fn declare_situation(&mut self, situation: &'a ast::Situation) {
        let id = SituationId(number(self.scenario.conflict.situations.len()));
        if let Some(here) = situation.today {
            let first = *self.pending.conflict.today.get_or_insert(here);
            if !self.once("`today`", first, here) {
                return;
            }
        }
        let label = situation.label.as_ref();
        let name = match (&situation.id, situation.today) {
            (Some(name), _) => {
                if !self.enter(name, Entity::Situation(id)) {
                    return;
                }
                named(name, label)
            }
            (None, here) => {
                // Without a name, conditions call it by its word.
                let word = Ident {
                    name: "today".to_owned(),
                    span: here.unwrap_or(situation.braces),
                };
                if let Some(&(_, first)) = self.names.global.get(&word.name) {
                    self.twice(&word, first, "this name");
                    return;
                }
                let entry = (Entity::Situation(id), word.span);
                self.names.global.insert(word.name.clone(), entry);
                named(&word, label)
            }
        };
        if situation.today.is_some() {
            self.scenario.conflict.today = Some(id);
        }
        let chosen = Vec::new();
        self.scenario
            .conflict
            .situations
            .push(Situation { name, chosen });
        self.pending.conflict.situations.push((id, situation));
    }

    /// Resolves all that is said of the conflict.
    pub(super) fn conflict(&mut self) {
        let pending = std::mem::take(&mut self.pending.conflict);
        for (id, option) in &pending.options {
            let owner = self.resolver().actor(&option.owner);
            if let (Some(owner), Some(known)) =
                (owner, self.scenario.conflict.options.get_mut(id.index()))
            {
                known.owner = owner;
            }
        }
        for view in &pending.perceives {
            self.imagined(view);
        }
        for (id, situation) in &pending.situations {
            self.situation(*id, situation);
        }
        for ruled in &pending.infeasible {
            if let Some(ruled) = self.ruled(ruled, None) {
                self.scenario.conflict.infeasible.push(ruled);
            }
        }
        for prefers in &pending.prefers {
            if let Some(prefers) = self.prefers(prefers, None)
                && self.first_wish(&prefers)
            {
                self.scenario.conflict.prefers.push(prefers);
            }
        }
        for view in &pending.perceives {
            self.perceives(view);
        }
        for (stable, span) in &pending.stable {
            self.stable(stable, *span);
        }
        for (id, situation) in &pending.situations {
            self.situation_possible(*id, situation);
        }
    }

    fn first_wish(&mut self, prefers: &crate::scenario::Prefers) -> bool {
        let known = self.scenario.conflict.prefers.iter();
        let mut same = known.filter(|other| other.actor == prefers.actor);
        let first = same.next().map_or(prefers.span, |other| other.span);
        let name = shorten(&self.scenario.actors[prefers.actor.index()].id);
        self.once(&format!("`prefers {name}`"), first, prefers.span)
    }

    /// Notes who imagines the options that a view declares.
    fn imagined(&mut self, view: &'a ast::Perceives) {
        let Some(Entity::Actor(actor)) = self.names.get(&view.actor.name) else {
            return;
        };
        for item in &view.items {
            if let ItemKind::ConflictOption(option) = &item.kind
                && let Some(Entity::ConflictOption(id)) = self.names.get(&option.id.name)
                && let Some(known) = self.scenario.conflict.options.get_mut(id.index())
            {
                known.imagined_by = Some(actor);
            }
        }
    }

    fn situation(&mut self, id: SituationId, situation: &'a ast::Situation) {
        let mut chosen: Vec<ConflictOptionId> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for (option, _) in &situation.options {
            let Some(found) = self.conflict_option(option, None) else {
                continue;
            };
            let first = *places.entry(found).or_insert(option.span);
            let what = format!("option `{}`", shorten(&option.name));
            if self.once(&what, first, option.span) {
                chosen.push(found);
            }
        }
        if let Some(known) = self.scenario.conflict.situations.get_mut(id.index()) {
            known.chosen = chosen;
        }
    }

    /// Reports a situation that some condition rules out.
    fn situation_possible(&mut self, id: SituationId, situation: &'a ast::Situation) {
        let form = &self.scenario.conflict;
        let Some(at) = form.situations.get(id.index()) else {
            return;
        };
        let chosen = |option: ConflictOptionId| at.chosen.contains(&option);
        let mut ruled = form.infeasible.iter();
        let Some(ruled) = ruled.find(|ruled| ruled.condition.holds(form, &chosen)) else {
            return;
        };
        let message = format!("the situation `{}` cannot be", shorten(&at.name.id));
        let help = format!("`infeasible {}` rules it out", shorten(&ruled.text));
        let place = situation.id.as_ref().map_or(situation.braces, |id| id.span);
        self.reports.push(
            Diagnostic::error("E0428", message, place)
                .label("infeasible")
                .help(help),
        );
    }

    /// The option of the conflict that this name stands for, in what `viewer` sees or, without one, in what there is.
    fn conflict_option(&mut self, id: &Ident, viewer: Option<ActorId>) -> Option<ConflictOptionId> {
        match self.names.get(&id.name) {
            Some(Entity::ConflictOption(option)) => {
                self.reports
                    .mention(id.span, Meaning::ConflictOption(option));
                self.is_seen(option, id, viewer).then_some(option)
            }
            found => {
                let fits = |e: Entity| matches!(e, Entity::ConflictOption(_));
                let wanted = "an option of the conflict";
                self.resolver().not_a(id, found, wanted, fits);
                None
            }
        }
    }

    /// Whether an option can be spoken of here: one that somebody imagines, only in what that actor perceives.
    fn is_seen(&mut self, option: ConflictOptionId, id: &Ident, viewer: Option<ActorId>) -> bool {
        let known = self.scenario.conflict.options.get(option.index());
        let Some(dreamer) = known.and_then(|known| known.imagined_by) else {
            return true;
        };
        if viewer == Some(dreamer) {
            return true;
        }
        let name = shorten(&self.scenario.actors[dreamer.index()].id);
        let message = format!("only `{name}` believes in `{}`", shorten(&id.name));
        self.reports.push(
            Diagnostic::error("E0429", message, id.span)
                .label("imagined")
                .help(format!(
                    "declare the option outside of `perceives {name}` if it is there"
                )),
        );
        false
    }

    fn ruled(&mut self, ruled: &'a ast::Ruled, viewer: Option<ActorId>) -> Option<Ruled> {
        let condition = match self.state_condition(&ruled.condition, viewer)? {
            // "It is infeasible that they strike if they talk": not both.
            Condition::If { then, when } => Condition::And(then, when),
            condition => condition,
        };
        Some(Ruled {
            condition,
            why: ruled
                .why
                .as_ref()
                .map_or_else(String::new, |why| why.value.clone()),
            text: self.text(ruled.condition.span),
        })
    }

    fn perceives(&mut self, view: &'a ast::Perceives) {
        let Some(actor) = self.resolver().actor(&view.actor) else {
            return;
        };
        let mut seen = Perceives {
            actor,
            prefers: Vec::new(),
            infeasible: Vec::new(),
            overlooks: Vec::new(),
            unseen: Vec::new(),
        };
        for item in &view.items {
            match &item.kind {
                ItemKind::Prefers(prefers) => {
                    let Some(found) = self.prefers(prefers, Some(actor)) else {
                        continue;
                    };
                    let mut same = seen.prefers.iter().filter(|p| p.actor == found.actor);
                    let first = same.next().map_or(found.span, |other| other.span);
                    let what = format!("`prefers {}`", shorten(&prefers.actor.name));
                    if self.once(&what, first, found.span) {
                        seen.prefers.push(found);
                    }
                }
                ItemKind::Infeasible(ruled) => {
                    seen.infeasible.extend(self.ruled(ruled, Some(actor)));
                }
                ItemKind::Overlooks(ruled) => {
                    seen.overlooks.extend(self.ruled(ruled, None));
                }
                ItemKind::Unseen(options) => {
                    for option in options {
                        seen.unseen.extend(self.unseen(option, actor));
                    }
                }
                _ => {}
            }
        }
        let known = self.scenario.conflict.perceives.iter();
        if known.map(|other| other.actor).any(|other| other == actor) {
            let name = shorten(&view.actor.name);
            self.reports.push(
                Diagnostic::error(
                    "E0216",
                    format!("`perceives {name}` stands twice"),
                    view.actor.span,
                )
                .label("once more")
                .help("write all that it perceives into one pair of braces"),
            );
            return;
        }
        self.scenario.conflict.perceives.push(seen);
    }

    /// An option that an actor does not see: one of others, that is there.
    fn unseen(&mut self, id: &Ident, actor: ActorId) -> Option<ConflictOptionId> {
        let option = self.conflict_option(id, None)?;
        let owner = self.scenario.conflict.options.get(option.index())?.owner;
        if owner != actor {
            return Some(option);
        }
        let message = format!("`{}` is the actor's own option", shorten(&id.name));
        self.reports.push(
            Diagnostic::error("E0429", message, id.span)
                .label("everybody sees what it can do itself")
                .help("name options of others"),
        );
        None
    }
}
