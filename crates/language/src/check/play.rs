//! The play: statements to steps.

use std::collections::HashMap;

use super::declare::{named, number};
use super::expression::{Typed, sort};
use super::head::is_percent;
use super::names::{Among, Entity, Type};
use super::{Checker, MOST_OPTIONS};
use crate::analysis::Meaning;
use crate::ast::{self, Block, Ident, Sight, Statement, StatementKind};
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    ActorId, Domain, Expr, OptionItem, Options, Point, PointId, Repeat, RepeatId, Step, VariableId,
};
use crate::span::Span;
use crate::suggest::shorten;

impl Checker<'_> {
    /// Resolves the play.
    pub(super) fn play(&mut self) {
        for gains in std::mem::take(&mut self.pending.gains) {
            let gains = self.outcome_gains(gains);
            self.gains.push(gains);
        }
        if let Some(block) = self.pending.play {
            self.scenario.play = self.block(block);
        }
        // Blocks come behind the play, so that its `repeat`s are numbered before theirs.
        for (block, i) in std::mem::take(&mut self.pending.blocks)
            .into_iter()
            .zip(0..)
        {
            let steps = self.block(block);
            self.scenario.blocks[i].steps = steps;
        }
        self.blocks_in_circles();
    }

    fn block(&mut self, block: &Block) -> Vec<Step> {
        let mut steps = Vec::with_capacity(block.statements.len());
        let mut ended: Option<Span> = None;
        let mut warned = false;
        for statement in &block.statements {
            if let (Some(end), false) = (ended, warned) {
                self.unreachable(statement, end);
                warned = true;
            }
            let step = self.statement(statement);
            if let Some(Step::End(outcome, _)) = step
                && let Some(gains) = self.gains.get(outcome.index()).filter(|g| !g.is_empty())
            {
                steps.push(Step::Gain(gains.clone()));
            }
            steps.extend(step);
            if ended.is_none() && ends(statement) {
                ended = Some(statement.span);
            }
        }
        steps
    }

    /// What an outcome brings to whom.
    fn outcome_gains(&mut self, gains: &[(Ident, ast::Expr)]) -> Vec<(ActorId, Expr)> {
        let mut seen = HashMap::new();
        for (actor, _) in gains {
            let first = *seen.entry(&actor.name).or_insert(actor.span);
            let what = format!("what it brings to `{}`", shorten(&actor.name));
            self.once(&what, first, actor.span);
        }
        self.gains_of(gains)
    }

    fn gains_of(&mut self, gains: &[(Ident, ast::Expr)]) -> Vec<(ActorId, Expr)> {
        let mut resolved = Vec::with_capacity(gains.len());
        for (actor, amount) in gains {
            let mut resolver = self.resolver();
            let actor = resolver.actor(actor);
            let amount = resolver.number(amount).expr;
            resolved.extend(actor.map(|actor| (actor, amount)));
        }
        resolved
    }

    fn unreachable(&mut self, statement: &Statement, end: Span) {
        let word = |span: Span| {
            let text = self.sources.text(span);
            let length = text
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(text.len());
            Span {
                end: span.start + number(length.max(1)),
                ..span
            }
        };
        let (here, there) = (word(statement.span), word(end));
        self.reports.push(
            Diagnostic::warning("W0704", "no path comes here", here)
                .label("never reached")
                .also(there, "every path has ended after this"),
        );
    }

    fn statement(&mut self, statement: &Statement) -> Option<Step> {
        match &statement.kind {
            StatementKind::Choose {
                assumed,
                actor,
                id,
                sight,
                options,
            } => {
                let span = statement.span.to(id.span);
                let span = Span {
                    end: id.span.end,
                    ..span
                };
                self.choose(actor, id, sight, (options, *assumed), span)
            }
            StatementKind::Chance { id, options, sight } => {
                let span = Span {
                    end: id.span.end,
                    ..statement.span
                };
                self.chance(id, sight, options, span)
            }
            StatementKind::Bargain(bargain) => self.bargain(bargain, statement.span),
            StatementKind::Together(block) => Some(Step::Together(self.block(block))),
            StatementKind::Show { id, to } => self.show(id, to, statement.span),
            StatementKind::If { arms, otherwise } => {
                let mut resolved = Vec::with_capacity(arms.len());
                for (condition, block) in arms {
                    let condition = self.resolver().truth(condition).expr;
                    resolved.push((condition, self.block(block)));
                }
                let otherwise = otherwise.as_ref().map(|block| self.block(block));
                Some(Step::If(resolved, otherwise.unwrap_or_default()))
            }
            StatementKind::Repeat { count, index, body } => {
                Some(self.repeat(count, index.as_ref(), body, statement.span))
            }
            StatementKind::Gain(gains) => Some(Step::Gain(self.gains_of(gains))),
            StatementKind::Set { id, value } => self.set(id, value),
            StatementKind::Do(id) => match self.names.get(&id.name) {
                Some(Entity::Block(block)) => {
                    self.reports.mention(id.span, Meaning::Block(block));
                    Some(Step::Do(block, statement.span))
                }
                found => {
                    self.resolver()
                        .not_a(id, found, "a block", |e| matches!(e, Entity::Block(_)));
                    None
                }
            },
            StatementKind::End(id) => match self.names.get(&id.name) {
                Some(Entity::Outcome(outcome)) => {
                    self.reports.mention(id.span, Meaning::Outcome(outcome));
                    Some(Step::End(outcome, statement.span))
                }
                found => {
                    self.resolver()
                        .not_a(id, found, "an outcome", |e| matches!(e, Entity::Outcome(_)));
                    None
                }
            },
            StatementKind::Error => None,
        }
    }

    fn choose(
        &mut self,
        actor: &Ident,
        id: &Ident,
        sight: &Sight,
        (options, assumed): (&ast::Options, bool),
        span: Span,
    ) -> Option<Step> {
        let chooser = self.resolver().actor(actor);
        let mut seen_by = self.seen_by(sight);
        if let Some(sees) = chooser.and_then(|chooser| seen_by.get_mut(chooser.index())) {
            *sees = true;
        }
        let variable = self.variable(id);
        let point = self.point(variable, span);
        let takes = if assumed { Takes::Draw } else { Takes::Choice };
        let options = self.options(variable, options, takes);
        if assumed {
            return Some(Step::Chance {
                point,
                by: Some(chooser?),
                variable: variable?,
                seen_by,
                options,
            });
        }
        Some(Step::Choose {
            point,
            actor: chooser?,
            variable: variable?,
            seen_by,
            options,
        })
    }

    fn chance(
        &mut self,
        id: &Ident,
        sight: &Sight,
        options: &ast::Options,
        span: Span,
    ) -> Option<Step> {
        let seen_by = self.seen_by(sight);
        let variable = self.variable(id);
        let point = self.point(variable, span);
        let options = self.options(variable, options, Takes::Draw);
        Some(Step::Chance {
            point,
            by: None,
            variable: variable?,
            seen_by,
            options,
        })
    }

    fn variable(&self, id: &Ident) -> Option<VariableId> {
        match self.names.get(&id.name) {
            Some(Entity::Variable(variable)) => Some(variable),
            _ => None,
        }
    }

    pub(super) fn point(&mut self, variable: Option<VariableId>, span: Span) -> PointId {
        let point = PointId(number(self.scenario.points.len()));
        if let Some(variable) = variable {
            self.scenario.points.push(Point {
                variable,
                repeats: self.around.clone(),
                span,
            });
        }
        point
    }

    pub(super) fn seen_by(&mut self, sight: &Sight) -> Vec<bool> {
        match sight {
            Sight::Everyone => vec![true; self.scenario.actors.len()],
            Sight::Secretly(_) | Sight::Nobody(_) => vec![false; self.scenario.actors.len()],
            Sight::SeenBy(actors, _) => self.actors(actors),
        }
    }

    fn actors(&mut self, ids: &[Ident]) -> Vec<bool> {
        let mut these = vec![false; self.scenario.actors.len()];
        for id in ids {
            if let Some(actor) = self.resolver().actor(id) {
                these[actor.index()] = true;
            }
        }
        these
    }

    fn options(
        &mut self,
        variable: Option<VariableId>,
        options: &ast::Options,
        takes: Takes,
    ) -> Options {
        match options {
            ast::Options::Listed(listed, span) => {
                self.count_options(listed.len(), *span);
                // Options that could not be read are reported already.
                if listed.is_empty() && self.sources.text(*span).starts_with('{') {
                    self.reports.push(
                        Diagnostic::error(
                            "E0414",
                            "there is nothing to choose from or to draw",
                            *span,
                        )
                        .label("no option"),
                    );
                }
                self.weights_fit(listed);
                let mut seen = HashMap::new();
                let mut items = Vec::with_capacity(listed.len().min(MOST_OPTIONS));
                for option in listed.iter().take(MOST_OPTIONS) {
                    match seen.insert(option.id.name.as_str(), option.id.span) {
                        Some(first) => self.option_twice(&option.id, first),
                        None => items.push(self.option(variable, option, takes)),
                    }
                }
                if takes == Takes::Draw {
                    self.fill_rest(listed, &mut items);
                }
                Options::Listed(items)
            }
            ast::Options::Grid {
                from,
                to,
                step,
                weight,
                guard,
                block,
                ..
            } => Options::Grid {
                percent: is_percent(from) || is_percent(to) || is_percent(step),
                from: self.fixed(from, "the end of a grid"),
                to: self.fixed(to, "the end of a grid"),
                step: self.fixed(step, "the step of a grid"),
                weight: weight
                    .as_ref()
                    .map(|weight| self.resolver().number(weight).expr),
                guard: guard
                    .as_ref()
                    .map(|guard| self.resolver().truth(guard).expr),
                block: block
                    .as_ref()
                    .map(|block| self.block(block))
                    .unwrap_or_default(),
            },
        }
    }

    fn option(
        &mut self,
        variable: Option<VariableId>,
        option: &ast::OptionItem,
        takes: Takes,
    ) -> OptionItem {
        if takes == Takes::Draw {
            self.probability_given(option);
        }
        let rest = self.is_rest(option);
        let mut resolver = self.resolver();
        let probability = option
            .probability
            .as_ref()
            .filter(|_| !rest)
            .map(|probability| resolver.number(probability).expr);
        let guard = option
            .guard
            .as_ref()
            .map(|guard| resolver.truth(guard).expr);
        let symbol = self.symbol(&option.id.name);
        let shared = variable.and_then(|variable| {
            let at = *self.names.domain(variable).get(&symbol)?;
            match &self.scenario.variables[variable.index()].domain {
                Domain::Symbols(options) => options.get(at).map(|(_, label)| label.clone()),
                Domain::Numbers => None,
            }
        });
        let label = match (&option.label, shared) {
            (None, Some(shared)) => shared,
            (label, _) => named(&option.id, label.as_ref()).label,
        };
        OptionItem {
            symbol,
            label,
            probability,
            weighted: option.weighted,
            guard,
            block: option
                .block
                .as_ref()
                .map(|block| self.block(block))
                .unwrap_or_default(),
            span: option.id.span,
        }
    }

    fn show(&mut self, id: &Ident, to: &[Ident], span: Span) -> Option<Step> {
        let to = self.actors(to);
        match self.names.get(&id.name) {
            Some(Entity::Variable(variable)) => {
                self.reports.mention(id.span, Meaning::Variable(variable));
                Some(Step::Show { variable, to, span })
            }
            found => {
                self.resolver().not_a(id, found, "a choice or draw", |e| {
                    matches!(e, Entity::Variable(_))
                });
                None
            }
        }
    }

    fn repeat(
        &mut self,
        count: &ast::Expr,
        index: Option<&Ident>,
        body: &Block,
        span: Span,
    ) -> Step {
        let written = count;
        let count = self.fixed(count, "the number of rounds");
        let repeat = RepeatId(number(self.scenario.repeats.len()));
        self.scenario.repeats.push(Repeat {
            count,
            index: index.map(|index| index.name.clone()),
            span: Span {
                end: written.span.end,
                ..span
            },
        });
        if let Some(index) = index {
            self.reports.declares(index.span, Meaning::Index(repeat));
            let inside = self.indices.iter().any(|(name, _)| *name == index.name);
            if inside {
                let short = shorten(&index.name);
                self.reports.push(
                    Diagnostic::error(
                        "E0212",
                        format!("the `repeat` around has the index `{short}` already"),
                        index.span,
                    )
                    .label("the same name inside")
                    .help("give each `repeat` an index of its own"),
                );
            }
            self.indices.push((index.name.clone(), repeat));
        }
        self.around.push(repeat);
        let steps = self.block(body);
        self.around.pop();
        if index.is_some() {
            self.indices.pop();
        }
        Step::Repeat(repeat, steps)
    }

    fn set(&mut self, id: &Ident, value: &ast::Expr) -> Option<Step> {
        let found = self.names.get(&id.name);
        let Some(Entity::State(state)) = found else {
            self.resolver().expression(value, Some(Among::Any));
            self.not_settable(id, found);
            return None;
        };
        self.reports.mention(id.span, Meaning::State(state));
        let wanted = self
            .names
            .states
            .get(state.index())
            .map_or(Type::Broken, |s| s.ty);
        let hint = match wanted {
            Type::Symbol(among) => Some(among),
            _ => None,
        };
        let typed = self.resolver().expression(value, hint);
        let fits = match (wanted, typed.ty) {
            (Type::Broken, _) | (_, Type::Broken) => true,
            (Type::Symbol(_), Type::Symbol(among)) => self.names.all_packages(among),
            (wanted, found) => wanted == found,
        };
        if !fits {
            self.set_type(id, wanted, &typed);
        }
        Some(Step::Set(state, typed.expr))
    }

    fn not_settable(&mut self, id: &Ident, found: Option<Entity>) {
        let is_state = |e| matches!(e, Entity::State(_));
        let short = shorten(&id.name);
        let why = match found {
            Some(Entity::Variable(_)) => {
                "choices and draws are set by `chooses` and `chance` alone"
            }
            Some(Entity::Param(_)) => "a `param` stays as it is along the whole play",
            Some(Entity::Let(_)) => "a `let` is computed anew wherever it is used",
            _ => return self.resolver().not_a(id, found, "a state", is_state),
        };
        let mut report = Diagnostic::error("E0205", format!("`{short}` cannot be set"), id.span)
            .label(found.map_or("", Entity::words))
            .note(why)
            .help("declare what changes during the play: `state name = …`");
        if let Some((_, place)) = self.names.global.get(&id.name) {
            report = report.also(*place, "declared here");
        }
        self.reports.push(report);
    }

    fn set_type(&mut self, id: &Ident, wanted: Type, typed: &Typed) {
        let mut report = Diagnostic::error(
            "E0308",
            format!("state `{}` keeps {}", shorten(&id.name), sort(wanted)),
            typed.expr.span,
        )
        .label(format!("this is {}", sort(typed.ty)));
        if let Some((_, place)) = self.names.global.get(&id.name) {
            report = report.also(*place, "its first value says so");
        }
        self.reports.push(report);
    }
}

/// What a list of options is for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Takes {
    Choice,
    Draw,
}

/// Whether every path ends in a statement.
fn ends(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::End(_) => true,
        StatementKind::Together(block) => ends_all(block),
        StatementKind::If {
            arms,
            otherwise: Some(otherwise),
        } => arms.iter().all(|(_, block)| ends_all(block)) && ends_all(otherwise),
        StatementKind::Choose { options, .. } | StatementKind::Chance { options, .. } => {
            match options {
                ast::Options::Listed(listed, _) => {
                    let closed =
                        |option: &ast::OptionItem| option.block.as_ref().is_some_and(ends_all);
                    !listed.is_empty() && listed.iter().all(closed)
                }
                ast::Options::Grid { block, .. } => block.as_ref().is_some_and(ends_all),
            }
        }
        _ => false,
    }
}

fn ends_all(block: &Block) -> bool {
    block.statements.iter().any(ends)
}
