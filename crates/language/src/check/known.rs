//! The namespace of a scenario that is checked already, for queries that come later.

use super::infer::{argument_types, type_of};
use super::names::{Among, Entity, Names, Part, Signature, Summary, Type};
use super::order::order;
use crate::scenario::{
    ActorId, ConflictOptionId, Domain, Expr, ExprKind, FunctionId, IssueId, Kind, LetId, OutcomeId,
    PackageId, ParamId, ScaleId, Scenario, SituationId, StakeholderId, StateId, SymbolId,
    VariableId,
};
use crate::span::Span;

impl Names {
    /// The namespace of a checked scenario.
    pub(crate) fn of(scenario: &Scenario) -> Names {
        let mut names = Names::default();
        names.enter_declarations(scenario);
        names.enter_symbols(scenario);
        let unknown = Summary {
            ty: Type::Broken,
            varies: false,
        };
        names.lets = vec![unknown; scenario.lets.len()];
        names.functions = scenario
            .functions
            .iter()
            .map(|function| Signature {
                arguments: vec![Type::Number; function.arguments],
                // One that calls itself is asked for this before it is known.
                result: Summary {
                    ty: Type::Number,
                    ..unknown
                },
            })
            .collect();
        let bodies: Vec<&Expr> = scenario
            .lets
            .iter()
            .chain(&scenario.functions)
            .map(|formula| &formula.body)
            .collect();
        let edges: Vec<Vec<usize>> = bodies.iter().map(|body| uses(scenario, body)).collect();
        for node in order(&edges).sorted {
            names.summarise(scenario, node, bodies[node]);
        }
        names
    }

    fn enter_all<'s>(
        &mut self,
        declared: impl Iterator<Item = (&'s str, Span)>,
        entity: impl Fn(u32) -> Entity,
    ) {
        for (i, (name, span)) in (0..).zip(declared) {
            self.global.insert(name.to_owned(), (entity(i), span));
        }
    }

    fn enter_declarations(&mut self, s: &Scenario) {
        self.enter_all(s.actors.iter().map(|x| (x.id.as_str(), x.span)), |i| {
            Entity::Actor(ActorId(i))
        });
        self.enter_all(s.parameters.iter().map(|x| (x.id.as_str(), x.span)), |i| {
            Entity::Param(ParamId(i))
        });
        self.enter_all(s.lets.iter().map(|x| (x.id.as_str(), x.span)), |i| {
            Entity::Let(LetId(i))
        });
        self.enter_all(
            s.functions.iter().map(|x| (x.id.as_str(), x.span)),
            |i| match s.functions[i as usize].body.kind {
                ExprKind::Table { .. } => Entity::Table(FunctionId(i)),
                _ => Entity::Function(FunctionId(i)),
            },
        );
        self.enter_all(s.outcomes.iter().map(|x| (x.id.as_str(), x.span)), |i| {
            Entity::Outcome(OutcomeId(i))
        });
        self.enter_all(s.states.iter().map(|x| (x.id.as_str(), x.span)), |i| {
            Entity::State(StateId(i))
        });
        self.enter_all(s.variables.iter().map(|x| (x.id.as_str(), x.span)), |i| {
            Entity::Variable(VariableId(i))
        });
        let issues = s.issues.iter().map(|x| (x.name.id.as_str(), x.name.span));
        self.enter_all(issues, |i| Entity::Issue(IssueId(i)));
        let scales = s.scales.iter().map(|x| (x.name.id.as_str(), x.name.span));
        self.enter_all(scales, |i| Entity::Scale(ScaleId(i)));
        let voices = s
            .stakeholders
            .iter()
            .map(|x| (x.name.id.as_str(), x.name.span));
        self.enter_all(voices, |i| Entity::Stakeholder(StakeholderId(i)));
        let options = s.conflict.options.iter();
        let options = options.map(|x| (x.name.id.as_str(), x.name.span));
        self.enter_all(options, |i| Entity::ConflictOption(ConflictOptionId(i)));
        let situations = s.conflict.situations.iter();
        let situations = situations.map(|x| (x.name.id.as_str(), x.name.span));
        self.enter_all(situations, |i| Entity::Situation(SituationId(i)));
        let packages = s.packages.iter().map(|x| (x.name.id.as_str(), x.name.span));
        self.enter_all(packages, |i| Entity::Package(PackageId(i)));
        let indices = s
            .repeats
            .iter()
            .filter_map(|x| Some((x.index.as_deref()?, x.span)));
        self.enter_all(indices, |_| Entity::Index);
    }

    fn enter_symbols(&mut self, scenario: &Scenario) {
        for (i, symbol) in (0..).zip(&scenario.symbols) {
            self.symbols.insert(symbol.clone(), SymbolId(i));
        }
        for (i, package) in (0..).zip(&scenario.packages) {
            if let Some(&symbol) = self.symbols.get(&package.name.id) {
                self.packages.insert(symbol, PackageId(i));
            }
        }
        for (i, variable) in (0..).zip(&scenario.variables) {
            let Domain::Symbols(options) = &variable.domain else {
                self.domains.push(None);
                continue;
            };
            for (symbol, _) in options {
                self.option_of.entry(*symbol).or_insert(VariableId(i));
            }
            let positions = options
                .iter()
                .enumerate()
                .map(|(at, (symbol, _))| (*symbol, at));
            self.domains.push(Some(positions.collect()));
        }
        let states = scenario.states.iter().map(|state| Summary {
            ty: match state.kind {
                Kind::Number => Type::Number,
                Kind::Truth => Type::Truth,
                Kind::Symbol => Type::Symbol(Among::Packages),
            },
            varies: true,
        });
        self.states = states.collect();
        self.valued = vec![false; scenario.actors.len()];
        for bargain in &scenario.bargains {
            let of = bargain.variable;
            for (&variable, &issue) in bargain.settled.iter().zip(&bargain.issues) {
                let issue = Some(issue);
                self.parts.insert(variable, Part { of, issue });
            }
            if let Some(offers) = bargain.offers() {
                for variable in [offers.offer, offers.reply, offers.round] {
                    self.parts.insert(variable, Part { of, issue: None });
                }
            }
        }
        for preferences in &scenario.values {
            if let Some(valued) = self.valued.get_mut(preferences.actor.index()) {
                *valued = true;
            }
        }
    }

    /// Fills in what is known about one `let` or `fn`, those that it uses being known already.
    fn summarise(&mut self, scenario: &Scenario, node: usize, body: &Expr) {
        let summary = Summary {
            ty: type_of(body, self),
            varies: self.varies(body),
        };
        match node.checked_sub(scenario.lets.len()) {
            None => self.lets[node] = summary,
            Some(function) => {
                let count = scenario.functions[function].arguments;
                let arguments =
                    argument_types(body, count, self).unwrap_or_else(|_| vec![Type::Number; count]);
                let result = Summary {
                    ty: settle(summary.ty, body, &arguments),
                    ..summary
                };
                self.functions[function] = Signature { arguments, result };
            }
        }
    }

    pub(super) fn varies(&self, body: &Expr) -> bool {
        let mut varies = false;
        body.walk(|part| {
            varies |= match &part.kind {
                ExprKind::State(_)
                | ExprKind::StateAt(..)
                | ExprKind::Variable(_)
                | ExprKind::VariableAt(..)
                | ExprKind::EndedIn(_)
                | ExprKind::Index(_)
                | ExprKind::Payoff(_)
                | ExprKind::Round(_)
                | ExprKind::Ever(_) => true,
                ExprKind::Let(id) => self.lets.get(id.index()).is_some_and(|s| s.varies),
                ExprKind::Call(id, _) => self
                    .functions
                    .get(id.index())
                    .is_some_and(|f| f.result.varies),
                _ => false,
            };
        });
        varies
    }
}

/// The type of a formula's result where the body is, on some way, just one of the arguments.
pub(super) fn settle(ty: Type, body: &Expr, arguments: &[Type]) -> Type {
    if ty != Type::Flexible {
        return ty;
    }
    let mut open = vec![body];
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Argument(i) => return arguments.get(*i).copied().unwrap_or(Type::Number),
            ExprKind::If(_, a, b) => open.extend([&**b, &**a]),
            _ => {}
        }
    }
    Type::Number
}

/// The formulas that a body names: `let`s first, then `fn`s behind all of them.
pub(super) fn uses(scenario: &Scenario, body: &Expr) -> Vec<usize> {
    let mut found = Vec::new();
    body.walk(|part| match &part.kind {
        ExprKind::Let(id) => found.push(id.index()),
        ExprKind::Call(id, _) => found.push(scenario.lets.len() + id.index()),
        _ => {}
    });
    found
}
