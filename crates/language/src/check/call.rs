//! Calls: functions of numbers, the scenario's own formulas, agreements, and queries.

use super::builtins::{BUILTINS, Known, SYNONYMS, What, builtin};
use super::expression::{Mode, Resolver, Typed, broken, constant, sort, unary, varying};
use super::names::{Among, Entity, Type};
use crate::analysis::Meaning;
use crate::ast::{self, Ident};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Builtin, Expr, ExprKind, Given, OutcomeId};
use crate::span::Span;
use crate::suggest::shorten;

impl Resolver<'_> {
    pub(super) fn call(
        &mut self,
        function: &Ident,
        arguments: &[ast::Expr],
        given: Option<&ast::Given>,
        span: Span,
    ) -> Typed {
        let Some(known) = builtin(&function.name) else {
            return self.formula(function, arguments, span);
        };
        self.reports
            .mention(function.span, Meaning::Builtin(known.name));
        if arguments.len() < known.least || arguments.len() > known.most {
            self.reports.push(
                Diagnostic::error(
                    "E0209",
                    format!("`{}` got {}", known.name, count(arguments.len())),
                    span,
                )
                .help(format!("write `{}`", known.form.replace(" or ", "` or `"))),
            );
            return broken(span);
        }
        match known.what {
            What::Number(function) => self.number_function(function, arguments, span),
            What::Worth => self.worth(&arguments[0], &arguments[1], span),
            What::Fallback => match self.valued_actor(&arguments[0]) {
                Some(actor) => constant(ExprKind::Fallback(actor), Type::Number, span),
                None => broken(span),
            },
            What::Payoff => match self.actor_argument(&arguments[0]) {
                Some(actor) => self.leaf(varying(ExprKind::Payoff(actor), Type::Number, span)),
                None => broken(span),
            },
            What::Ever => self.ever(&arguments[0], span),
            What::Probability | What::Mean | What::Value => {
                self.query_function(known, &arguments[0], given, span)
            }
        }
    }

    fn number_function(&mut self, function: Builtin, arguments: &[ast::Expr], span: Span) -> Typed {
        if let Some(ending) = self.ending_round(function, arguments) {
            if let (Some(outcome), Some(named)) = (ending, arguments.first()) {
                self.reports.mention(named.span, Meaning::Outcome(outcome));
            }
            return match self.mode {
                Mode::Play => {
                    self.reports.push(
                        Diagnostic::error(
                            "E0207",
                            "in which round the play ended is known only to queries",
                            span,
                        )
                        .label("looks back on a whole path"),
                    );
                    broken(span)
                }
                _ => self.leaf(varying(ExprKind::Round(ending), Type::Number, span)),
            };
        }
        let mut varies = None;
        let mut resolved = Vec::with_capacity(arguments.len());
        for argument in arguments {
            let argument = self.number(argument);
            varies = varies.or(argument.varies);
            resolved.push(argument.expr);
        }
        Typed {
            varies,
            ..constant(ExprKind::Builtin(function, resolved), Type::Number, span)
        }
    }

    /// The ending whose round is asked for by `round(outcome)`; none of them in particular by `round(end)`.
    fn ending_round(
        &self,
        function: Builtin,
        arguments: &[ast::Expr],
    ) -> Option<Option<OutcomeId>> {
        let (Builtin::Round, [argument]) = (function, arguments) else {
            return None;
        };
        let ast::ExprKind::Name(name) = &argument.kind else {
            return None;
        };
        match self.names.get(name) {
            Some(Entity::Outcome(outcome)) => Some(Some(outcome)),
            None if name == "end" && !self.stands_for_something(name) => Some(None),
            _ => None,
        }
    }

    /// Whether a name is an argument, or the number of a sum or a `repeat` around.
    fn stands_for_something(&self, name: &str) -> bool {
        self.arguments.contains_key(name)
            || self.bound.iter().any(|(bound, _)| bound == name)
            || self.indices.iter().any(|(index, _)| index == name)
    }

    /// `sum(i in from .. to step s: body)` and its like.
    pub(super) fn over(&mut self, over: &ast::Over, span: Span) -> Typed {
        let Some(known) = builtin(&over.function.name) else {
            return broken(span);
        };
        let function = match known.what {
            What::Number(function) => function,
            _ => return broken(span),
        };
        let what = "the range of a sum";
        let first = self.fixed(&over.from, what);
        let last = self.fixed(&over.to, what);
        let step = match &over.step {
            Some(step) => self.fixed(step, what),
            None => constant(ExprKind::Number(1.0), Type::Number, span),
        };
        self.free(&over.index);
        let index = &over.index;
        self.reports
            .mention(over.function.span, Meaning::Builtin(known.name));
        self.reports
            .declares(index.span, Meaning::Bound(index.span));
        self.bound.push((index.name.clone(), index.span));
        let body = self.number(&over.body);
        self.bound.pop();
        let range = Box::new([first.expr, last.expr, step.expr]);
        Typed {
            varies: body.varies,
            ..constant(
                ExprKind::Over(function, range, Box::new(body.expr)),
                Type::Number,
                span,
            )
        }
    }

    /// Reports a name for the numbers of a sum that means something else already.
    fn free(&mut self, index: &Ident) {
        if let Some(&(entity, place)) = self.names.global.get(&index.name)
            && entity != Entity::Index
        {
            self.reports.push(
                Diagnostic::error(
                    "E0201",
                    format!("`{}` is declared twice", shorten(&index.name)),
                    index.span,
                )
                .label("the number of a sum needs a name of its own")
                .also(place, format!("this is {}", entity.words())),
            );
        }
    }

    /// The actor that an argument names.
    fn actor_argument(&mut self, written: &ast::Expr) -> Option<crate::scenario::ActorId> {
        match &written.kind {
            ast::ExprKind::Paren(inner) => self.actor_argument(inner),
            ast::ExprKind::Name(name) => self.actor(&Ident {
                name: name.clone(),
                span: written.span,
            }),
            ast::ExprKind::Error => None,
            _ => {
                self.reports.push(
                    Diagnostic::error("E0205", "the name of an actor is needed here", written.span)
                        .label("not an actor"),
                );
                None
            }
        }
    }

    /// The actor that an argument names, which must have preferences over packages.
    fn valued_actor(&mut self, written: &ast::Expr) -> Option<crate::scenario::ActorId> {
        let actor = self.actor_argument(written)?;
        if self.names.valued.get(actor.index()) == Some(&true) {
            return Some(actor);
        }
        let name = self.written(written.span);
        self.reports.push(
            Diagnostic::error(
                "E0219",
                format!("`{name}` has no preferences over agreements"),
                written.span,
            )
            .label("has no `value` declaration")
            .help(format!(
                "declare them: `value {name} {{ issue weight {{ option score, … }} fallback 0 }}`"
            )),
        );
        None
    }

    fn worth(&mut self, actor: &ast::Expr, package: &ast::Expr, span: Span) -> Typed {
        let actor = self.valued_actor(actor);
        let typed = self.expression(package, Some(Among::Packages));
        let fits = match typed.ty {
            Type::Symbol(Among::Variable(variable))
                if self.scenario.bargain_of(variable).is_some() =>
            {
                matches!(
                    typed.expr.kind,
                    ExprKind::Variable(_) | ExprKind::VariableAt(..)
                )
            }
            Type::Symbol(among) => self.names.all_packages(among),
            Type::Flexible | Type::Broken => true,
            Type::Number | Type::Truth => false,
        };
        if !fits {
            let mut report = Diagnostic::error("E0307", "`worth` needs a package", package.span)
                .label(match typed.ty {
                    Type::Symbol(Among::Variable(_)) => "not all of its options are packages",
                    ty => sort(ty),
                });
            if let Type::Symbol(Among::Variable(variable)) = typed.ty {
                report = report.note(format!(
                    "`{}` can be {}",
                    self.written(package.span),
                    self.option_list(variable)
                ));
            }
            self.reports.push(
                report.help(
                    "name a package, a bargain, or a choice whose options all carry the names of packages",
                ),
            );
            return broken(span);
        }
        match actor {
            Some(actor) => unary(|e| ExprKind::Worth(actor, e), typed, Type::Number, span),
            None => broken(span),
        }
    }

    fn ever(&mut self, condition: &ast::Expr, span: Span) -> Typed {
        if self.mode == Mode::Play || self.ever {
            let message = if self.ever {
                "`ever(…)` cannot stand inside `ever(…)`"
            } else {
                "whether something was ever so is known only to queries"
            };
            self.reports.push(
                Diagnostic::error("E0207", message, span).label("looks back on a whole path"),
            );
            return broken(span);
        }
        let mode = std::mem::replace(&mut self.mode, Mode::Path);
        self.ever = true;
        let condition = self.truth(condition);
        self.ever = false;
        self.mode = mode;
        let typed = unary(ExprKind::Ever, condition, Type::Truth, span);
        self.leaf(Typed {
            varies: Some(span),
            ..typed
        })
    }

    /// `p(…)`, `mean(…)` and `value(…)`.
    fn query_function(
        &mut self,
        known: &Known,
        argument: &ast::Expr,
        given: Option<&ast::Given>,
        span: Span,
    ) -> Typed {
        if self.mode != Mode::Top || !self.bound.is_empty() {
            let report = if self.mode == Mode::Top {
                Diagnostic::error(
                    "E0207",
                    format!("`{}(…)` cannot stand inside a sum", known.name),
                    span,
                )
                .label("a number over all paths")
                .help("put the sum inside: `mean(sum(i in 1 .. n: …))`")
            } else if self.mode == Mode::Play {
                let report = Diagnostic::error(
                    "E0207",
                    format!("`{}(…)` looks at all paths of the solved play: it is known only to queries", known.name),
                    span,
                )
                .label("only in `ask`, `expect` and `compare`");
                match known.what {
                    What::Value => report.help(
                        "what an actor gained so far is `payoff(actor)`; what a package is worth to it, `worth(actor, package)`",
                    ),
                    _ => report,
                }
            } else {
                Diagnostic::error(
                    "E0207",
                    format!(
                        "`{}(…)` cannot stand inside another `p(…)`, `mean(…)` or `value(…)`",
                        known.name
                    ),
                    span,
                )
                .label("one path has no probability of its own")
            };
            self.reports.push(report);
            return broken(span);
        }
        self.mode = Mode::Path;
        let kind = match known.what {
            What::Value => self
                .actor_argument(argument)
                .map(|actor| ExprKind::Value(actor, self.given(given))),
            what => self.asked(known, argument).map(|asked| {
                let given = self.given(given);
                if what == What::Probability {
                    ExprKind::Probability(Box::new(asked), given)
                } else {
                    ExprKind::Mean(Box::new(asked), given)
                }
            }),
        };
        self.mode = Mode::Top;
        match kind {
            Some(kind) => constant(kind, Type::Number, span),
            None => broken(span),
        }
    }

    /// The condition of a query.
    fn given(&mut self, given: Option<&ast::Given>) -> Option<Box<Given>> {
        let given = given?;
        Some(Box::new(Given {
            supposed: given.supposed,
            condition: self.truth(&given.condition).expr,
        }))
    }

    /// What `p(…)` or `mean(…)` is asked of, if it is of the right sort.
    fn asked(&mut self, known: &Known, argument: &ast::Expr) -> Option<Expr> {
        let typed = self.expression(argument, None);
        let text = self.written(argument.span);
        let report = match (known.what == What::Probability, typed.ty) {
            (true, Type::Number) => Diagnostic::error(
                "E0307",
                "`p(…)` is the probability of a condition, but this is a number",
                argument.span,
            )
            .help(format!(
                "its average is `mean({text})`; a condition compares it: `p({text} > 0)`"
            )),
            (false, Type::Truth) => Diagnostic::error(
                "E0307",
                "`mean(…)` is the average of a number, but this is a condition",
                argument.span,
            )
            .help(format!("its probability is `p({text})`")),
            (_, Type::Symbol(among)) => {
                let option = match among {
                    Among::Variable(variable) => self.first_option(variable),
                    _ => None,
                };
                Diagnostic::error(
                    "E0307",
                    format!("`{}(…)` cannot be taken of an option's name", known.name),
                    argument.span,
                )
                .help(format!(
                    "compare it: `p({text} == {})`",
                    option.unwrap_or("…")
                ))
            }
            _ => return Some(typed.expr),
        };
        self.reports.push(report.label(sort(typed.ty)));
        None
    }

    /// A call of a `fn` of the scenario.
    fn formula(&mut self, function: &Ident, arguments: &[ast::Expr], span: Span) -> Typed {
        let names = self.names;
        let Some(Entity::Function(id)) = names.get(&function.name) else {
            self.no_function(function);
            for argument in arguments {
                self.expression(argument, Some(Among::Any));
            }
            return broken(span);
        };
        self.reports.mention(function.span, Meaning::Function(id));
        let Some(signature) = names.functions.get(id.index()) else {
            return broken(span);
        };
        if signature.arguments.len() != arguments.len() {
            let place = names.global.get(&function.name).map(|&(_, place)| place);
            self.reports.push(
                Diagnostic::error(
                    "E0209",
                    format!(
                        "`{}` takes {}, but got {}",
                        shorten(&function.name),
                        count(signature.arguments.len()),
                        arguments.len()
                    ),
                    span,
                )
                .also(place.unwrap_or(span), "declared here"),
            );
            return broken(span);
        }
        let mut varies = signature.result.varies.then_some(span);
        let mut resolved = Vec::with_capacity(arguments.len());
        for (argument, &wanted) in arguments.iter().zip(&signature.arguments) {
            let typed = self.passed(argument, wanted);
            varies = varies.or(typed.varies);
            resolved.push(typed.expr);
        }
        let typed = Typed {
            varies,
            ..constant(ExprKind::Call(id, resolved), signature.result.ty, span)
        };
        if signature.result.varies {
            return self.leaf(typed);
        }
        typed
    }

    pub(super) fn passed(&mut self, argument: &ast::Expr, wanted: Type) -> Typed {
        let Type::Symbol(among) = wanted else {
            let typed = self.expression(argument, None);
            return match wanted {
                Type::Number | Type::Truth => self.require(typed, wanted, argument),
                _ => typed,
            };
        };
        let typed = self.expression(argument, Some(among));
        let fits = match typed.ty {
            Type::Symbol(given) => among != Among::Packages || self.names.all_packages(given),
            Type::Flexible | Type::Broken => true,
            Type::Number | Type::Truth => false,
        };
        if !fits {
            self.reports.push(
                Diagnostic::error(
                    "E0301",
                    format!(
                        "{} is needed here, but this is {}",
                        sort(wanted),
                        sort(typed.ty)
                    ),
                    argument.span,
                )
                .label(sort(typed.ty)),
            );
        }
        typed
    }

    fn no_function(&mut self, function: &Ident) {
        let name = function.name.as_str();
        let short = shorten(name);
        if let Some(entity) = self.names.get(name) {
            let place = self.names.global.get(name).map(|&(_, place)| place);
            let help = match entity {
                Entity::Table(_) => format!("places of a table stand in brackets: `{short}[…]`"),
                _ => format!("write `{short}` alone"),
            };
            self.reports.push(
                Diagnostic::error(
                    "E0208",
                    format!("`{short}` is {}, which takes no arguments", entity.words()),
                    function.span,
                )
                .also(place.unwrap_or(function.span), "declared here")
                .help(help),
            );
            return;
        }
        let report = Diagnostic::error(
            "E0208",
            format!("no function is called `{short}`"),
            function.span,
        )
        .label("unknown function");
        let lower = name.to_lowercase();
        let synonym = SYNONYMS.iter().find(|(word, _)| *word == lower);
        if let Some((_, meant)) = synonym {
            let form = builtin(meant).map_or("", |known| known.form);
            self.reports.push(report.help(format!(
                "here it is called `{meant}`: write `{}`",
                form.replace(" or ", "` or `")
            )));
            return;
        }
        if lower == "pow" || lower == "power" {
            self.reports.push(report.help("powers are written `a ^ b`"));
            return;
        }
        let names = self.names;
        let functions = names
            .global
            .iter()
            .filter(|(_, (entity, _))| matches!(entity, Entity::Function(_)))
            .map(|(name, _)| name.as_str())
            .chain(BUILTINS.iter().map(|known| known.name));
        let help = match self.reports.nearest(name, functions) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare it: `fn {short}(…) = …`"),
        };
        self.reports.push(report.help(help));
    }
}

pub(super) fn count(n: usize) -> String {
    match n {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        n => format!("{n} arguments"),
    }
}
