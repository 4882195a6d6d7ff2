//! What a bare name means where it stands, and what to say if it means nothing.

use super::declare::number;
use super::expression::{Mode, Resolver, Typed, broken, constant, varying};
use super::names::{Among, Entity, Type};
use crate::analysis::Meaning;
use crate::ast::{self, Compare, Ident};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, ExprKind, OutcomeId, VariableId};
use crate::span::Span;
use crate::suggest::shorten;

impl Resolver<'_> {
    /// A bare name: an option among the hinted symbols first, then what the whole scenario knows by it.
    pub(super) fn name(&mut self, name: &str, span: Span, hint: Option<Among>) -> Typed {
        if let Some(among) = hint.filter(|&among| among != Among::Any)
            && let Some(symbol) = self.names.option(name, among)
        {
            let meaning = self.names.option_meaning(symbol, among);
            self.reports.mention(span, meaning);
            return constant(ExprKind::Symbol(symbol), Type::Symbol(among), span);
        }
        if let Some(place) = self.bound.iter().rposition(|(bound, _)| bound == name) {
            let declared = self.bound[place].1;
            self.reports.mention(span, Meaning::Bound(declared));
            return constant(ExprKind::Bound(place), Type::Number, span);
        }
        if let Some(&argument) = self.arguments.get(name) {
            if let Some(function) = self.function {
                let meaning = Meaning::Argument(function, number(argument));
                self.reports.mention(span, meaning);
            }
            return constant(ExprKind::Argument(argument), Type::Flexible, span);
        }
        if let Some((_, repeat)) = self.indices.iter().rev().find(|(index, _)| index == name) {
            self.reports.mention(span, Meaning::Index(*repeat));
            return self.leaf(varying(ExprKind::Index(*repeat), Type::Number, span));
        }
        let entity = self.names.get(name);
        let found = entity.and_then(|entity| self.value_of(entity, span));
        if let Some(meaning) = self.meant(name, entity, found.as_ref(), hint) {
            self.mention_name(name, span, meaning);
        }
        match (found, hint) {
            (Some(found), Some(Among::Variable(_)))
                if matches!(found.ty, Type::Symbol(_) | Type::Broken) =>
            {
                self.leaf(found)
            }
            (_, Some(Among::Variable(variable))) => self.no_option(name, span, variable),
            // An outcome is true or false; beside an option, the option of its name is meant.
            (Some(found), Some(_)) if found.ty == Type::Truth => self
                .any_option(name, span)
                .unwrap_or_else(|| self.leaf(found)),
            (Some(found), _) => self.leaf(found),
            (None, Some(_)) => self
                .any_option(name, span)
                .unwrap_or_else(|| self.meaningless(name, entity, span)),
            (None, None) => self.meaningless(name, entity, span),
        }
    }

    /// What a bare name that is no option of the variable beside it means: an option of some other, where an
    /// option is wanted and nothing else fits, or what the whole scenario knows by it.
    fn meant(
        &self,
        name: &str,
        entity: Option<Entity>,
        found: Option<&Typed>,
        hint: Option<Among>,
    ) -> Option<Meaning> {
        let fits = found.is_some_and(|found| found.ty != Type::Truth);
        let symbol = self.names.symbols.get(name);
        match symbol.filter(|_| hint.is_some() && !fits) {
            Some(&symbol) => Some(self.names.option_meaning(symbol, Among::Any)),
            None => entity.and_then(Entity::meaning),
        }
    }

    fn any_option(&self, name: &str, span: Span) -> Option<Typed> {
        let symbol = self.names.option(name, Among::Any)?;
        Some(constant(
            ExprKind::Symbol(symbol),
            Type::Symbol(Among::Any),
            span,
        ))
    }

    /// The value that a name stands for; none where it stands for no value, or for none in this place.
    fn value_of(&self, entity: Entity, span: Span) -> Option<Typed> {
        let summary = |kind, summary: Option<&super::names::Summary>| {
            let summary = summary?;
            Some(Typed {
                varies: summary.varies.then_some(span),
                ..constant(kind, summary.ty, span)
            })
        };
        match entity {
            Entity::Param(id) => Some(constant(ExprKind::Param(id), Type::Number, span)),
            Entity::Let(id) => summary(ExprKind::Let(id), self.names.lets.get(id.index())),
            Entity::State(id) => summary(ExprKind::State(id), self.names.states.get(id.index())),
            Entity::Variable(id) => Some(varying(
                ExprKind::Variable(id),
                self.names.variable(id),
                span,
            )),
            Entity::Package(id) => {
                let name = &self.scenario.packages.get(id.index())?.name.id;
                let symbol = *self.names.symbols.get(name)?;
                Some(constant(
                    ExprKind::Symbol(symbol),
                    Type::Symbol(Among::Packages),
                    span,
                ))
            }
            Entity::Outcome(id) if self.mode != Mode::Play => {
                Some(varying(ExprKind::EndedIn(id), Type::Truth, span))
            }
            _ => None,
        }
    }

    /// Reports what depends on the path where all paths are looked at together.
    pub(super) fn leaf(&mut self, typed: Typed) -> Typed {
        let (Mode::Top, Some(place)) = (self.mode, typed.varies) else {
            return typed;
        };
        let text = self.written(typed.expr.span);
        self.reports.push(
            Diagnostic::error(
                "E0220",
                format!(
                    "a query is one number over all paths, but `{text}` differs from path to path"
                ),
                place,
            )
            .label("one value for each path")
            .help("put it inside `p(…)`, its probability, or `mean(…)`, its average"),
        );
        Typed {
            ty: Type::Broken,
            varies: None,
            ..typed
        }
    }

    pub(super) fn no_option(&mut self, name: &str, span: Span, variable: VariableId) -> Typed {
        let options = self.option_names(variable);
        let owner = self
            .scenario
            .variables
            .get(variable.index())
            .map_or("", |variable| variable.id.as_str());
        let near = self.reports.nearest(name, options.iter().copied());
        let message = format!(
            "`{}` is not an option of `{}`",
            shorten(name),
            shorten(owner)
        );
        let list = crate::suggest::list(options.iter().copied());
        let mut report = Diagnostic::error("E0204", message, span)
            .label("no such option")
            .note(format!("`{}` can be {list}", shorten(owner)));
        if let Some((entity, place)) = self.names.global.get(name) {
            report = report.also(
                *place,
                format!("this `{}` is {}", shorten(name), entity.words()),
            );
        }
        if let Some(near) = near {
            report = report.help(format!("did you mean `{near}`?"));
        }
        self.reports.push(report);
        broken(span)
    }

    /// Reports a name that has no value here.
    fn meaningless(&mut self, name: &str, entity: Option<Entity>, span: Span) -> Typed {
        let short = shorten(name);
        let report = match entity {
            Some(Entity::Outcome(_)) => Diagnostic::error(
                "E0207",
                format!("`{short}` is an outcome: whether the play ended so is known only to queries"),
                span,
            )
            .label("not known while the play runs")
            .help("inside `play`, ask for the choices or states that lead there"),
            Some(Entity::Index) => Diagnostic::error(
                "E0212",
                format!("`{short}` is the index of a `repeat` and has a value only inside it"),
                span,
            )
            .label("outside its `repeat`")
            .help(format!(
                "in a formula, make it an argument: `fn f({short}) = …`; in a query, write `x@n`"
            )),
            Some(Entity::Function(_)) => Diagnostic::error(
                "E0208",
                format!("`{short}` is a formula with arguments"),
                span,
            )
            .label("its arguments are missing")
            .help(format!("write `{short}(…)`")),
            Some(Entity::Table(_)) => Diagnostic::error(
                "E0208",
                format!("`{short}` is a table: it has a number for each of its places"),
                span,
            )
            .label("which place is missing")
            .help(format!("write `{short}[…]`")),
            Some(entity) => Diagnostic::error(
                "E0205",
                format!("`{short}` is {}, which has no value by itself", entity.words()),
                span,
            )
            .label("a number, condition or option is needed here")
            .help(match entity {
                Entity::Actor(_) => format!(
                    "what it gained so far is `payoff({short})`; what an agreement is worth to it, `worth({short}, package)`"
                ),
                Entity::Block(_) => format!("a block is played by `do {short}`"),
                Entity::Scale(_) | Entity::Stakeholder(_) => {
                    "`detente forecast` says what becomes of it; the play knows nothing of that"
                        .to_owned()
                }
                Entity::ConflictOption(_) | Entity::Situation(_) => {
                    "`detente graph` says what becomes of it; the play knows nothing of that"
                        .to_owned()
                }
                _ => "packages fix issues: compare or value a package".to_owned(),
            }),
            None => return self.unknown(name, span),
        };
        self.reports.push(report);
        broken(span)
    }

    fn unknown(&mut self, name: &str, span: Span) -> Typed {
        if name.is_empty() {
            return broken(span);
        }
        let short = shorten(name);
        let report = Diagnostic::error("E0203", format!("nothing is called `{short}`"), span)
            .label("unknown name");
        let owner = self
            .names
            .symbols
            .get(name)
            .and_then(|symbol| self.names.option_of.get(symbol))
            .and_then(|variable| self.scenario.variables.get(variable.index()));
        let report = if name == "outcome" {
            Diagnostic::error("E0207", "`outcome` is known only to queries", span)
                .label("how the play ended")
                .help("in a query, compare it: `outcome == …`, or write the outcome's name alone")
        } else if let Some(owner) = owner {
            Diagnostic::error(
                "E0203",
                format!(
                    "`{short}` is an option of `{}` and has a meaning only beside it",
                    owner.id
                ),
                span,
            )
            .label("an option's name alone")
            .help(format!("compare it: `{} == {short}`", owner.id))
        } else {
            let names = self.names;
            let known = names
                .global
                .keys()
                .map(String::as_str)
                .chain(self.arguments.keys().copied());
            match self.reports.nearest(name, known) {
                Some(near) => report.help(format!("did you mean `{near}`?")),
                None if super::builtins::BUILTINS.iter().any(|b| b.name == name) => {
                    report.help(format!("`{name}` is a function: write `{name}(…)`"))
                }
                None => report.help(format!(
                    "declare it: `param {short} = …` for a number that can be doubted, `let {short} = …` for a derived one"
                )),
            }
        };
        self.reports.push(report);
        broken(span)
    }

    /// The actor of this name.
    pub(crate) fn actor(&mut self, id: &Ident) -> Option<ActorId> {
        match self.names.get(&id.name) {
            Some(Entity::Actor(actor)) => {
                self.reports.mention(id.span, Meaning::Actor(actor));
                Some(actor)
            }
            found => {
                self.not_a(id, found, "an actor", |e| matches!(e, Entity::Actor(_)));
                None
            }
        }
    }

    /// Reports a name that stands for something of another sort, or for nothing.
    pub(crate) fn not_a(
        &mut self,
        id: &Ident,
        found: Option<Entity>,
        wanted: &str,
        fits: impl Fn(Entity) -> bool,
    ) {
        // A name that could not be read is reported already.
        if id.name.is_empty() {
            return;
        }
        let names = self.names;
        let fitting = names
            .global
            .iter()
            .filter(|(_, (entity, _))| fits(*entity))
            .map(|(name, _)| name.as_str());
        let mut known: Vec<&str> = Vec::new();
        let near = if self.reports.list.len() < 200 {
            known = fitting.collect();
            known.sort_unstable();
            self.reports.nearest(&id.name, known.iter().copied())
        } else {
            None
        };
        let short = shorten(&id.name);
        let mut report = match found {
            Some(entity) => Diagnostic::error(
                "E0205",
                format!("`{short}` is {}, not {wanted}", entity.words()),
                id.span,
            )
            .label(format!("{wanted} is needed here")),
            None => Diagnostic::error(
                "E0203",
                format!("{wanted} called `{short}` is not declared"),
                id.span,
            )
            .label("unknown name"),
        };
        if let (Some(_), Some((_, place))) = (found, names.global.get(&id.name)) {
            report = report.also(*place, "declared here");
        }
        if let Some(near) = near {
            report = report.help(format!("did you mean `{near}`?"));
        } else if !known.is_empty() {
            report = report.help(format!(
                "declared: {}",
                crate::suggest::list(known).replace(" or ", ", ")
            ));
        }
        self.reports.push(report);
    }

    /// Whether this is the word `outcome` of a query.
    pub(super) fn is_outcome(&self, written: &ast::Expr) -> bool {
        match &written.kind {
            ast::ExprKind::Paren(inner) => self.is_outcome(inner),
            ast::ExprKind::Name(name) => {
                name == "outcome"
                    && self.mode != Mode::Play
                    && !self.names.global.contains_key(name)
            }
            _ => false,
        }
    }

    /// `outcome == war` and `outcome != war`.
    pub(super) fn ending(&mut self, compare: Compare, other: &ast::Expr, span: Span) -> Typed {
        if !matches!(compare, Compare::Equal | Compare::NotEqual) {
            self.reports.push(
                Diagnostic::error("E0303", "outcomes have no order", span)
                    .help("outcomes are compared with `==`, `!=` or `in { … }`"),
            );
            return broken(span);
        }
        let Some(outcome) = self.outcome_of(other) else {
            return broken(span);
        };
        let ended = varying(ExprKind::EndedIn(outcome), Type::Truth, span);
        let ended = self.leaf(ended);
        if compare == Compare::Equal {
            return ended;
        }
        super::expression::unary(ExprKind::Not, ended, Type::Truth, span)
    }

    fn outcome_of(&mut self, written: &ast::Expr) -> Option<OutcomeId> {
        match &written.kind {
            ast::ExprKind::Paren(inner) => self.outcome_of(inner),
            ast::ExprKind::Name(name) => {
                let found = self.names.get(name);
                if let Some(Entity::Outcome(outcome)) = found {
                    self.reports
                        .mention(written.span, Meaning::Outcome(outcome));
                    return Some(outcome);
                }
                let id = Ident {
                    name: name.clone(),
                    span: written.span,
                };
                self.not_a(&id, found, "an outcome", |e| {
                    matches!(e, Entity::Outcome(_))
                });
                None
            }
            ast::ExprKind::Error => None,
            _ => {
                self.reports.push(
                    Diagnostic::error(
                        "E0302",
                        "`outcome` is compared with the name of an outcome",
                        written.span,
                    )
                    .label("not the name of an outcome"),
                );
                None
            }
        }
    }

    /// `reply@2`
    pub(super) fn at(&mut self, id: &Ident, round: &ast::Expr, span: Span) -> Typed {
        if self.mode == Mode::Play {
            self.reports.push(
                Diagnostic::error(
                    "E0207",
                    "a value of an earlier round is known only to queries",
                    span,
                )
                .label("looks back on a whole path")
                .help("inside `play`, keep the value in a `state`: `set memory = …`"),
            );
            return broken(span);
        }
        let mode = std::mem::replace(&mut self.mode, Mode::Path);
        let round = self.number(round);
        self.mode = mode;
        if let Some(place) = round.varies {
            self.reports.push(
                Diagnostic::error("E0306", "the round behind `@` must be a constant", place)
                    .label("depends on the path"),
            );
        }
        let found = self.names.get(&id.name);
        if let Some(meaning) = found.and_then(Entity::meaning) {
            self.mention_name(&id.name, id.span, meaning);
        }
        let typed = match found {
            Some(Entity::Variable(variable)) => varying(
                ExprKind::VariableAt(variable, Box::new(round.expr)),
                self.names.variable(variable),
                span,
            ),
            Some(Entity::State(state)) => {
                let ty = self
                    .names
                    .states
                    .get(state.index())
                    .map_or(Type::Broken, |s| s.ty);
                varying(ExprKind::StateAt(state, Box::new(round.expr)), ty, span)
            }
            _ => {
                self.not_a(id, found, "a choice, draw or state", |e| {
                    matches!(e, Entity::Variable(_) | Entity::State(_))
                });
                return broken(span);
            }
        };
        self.leaf(typed)
    }
}
