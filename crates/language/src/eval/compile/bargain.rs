//! What came of a bargain is worth: the agreement's value to an actor, or what it has without one.

use super::super::code::Code;
use super::Compiler;
use crate::ast::Compare;
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    ActorId, Arithmetic, Bargain, Builtin, Domain, Expr, ExprKind, Scenario, VariableId,
};
use crate::span::Span;

impl<'a> Compiler<'a, '_> {
    /// The bargain that is meant by a package, and in which round it is asked.
    pub(super) fn bargain<'e>(&self, package: &'e Expr) -> Option<(&'a Bargain, Option<&'e Expr>)> {
        let scenario: &'a Scenario = self.scenario;
        match &package.kind {
            ExprKind::Variable(variable) => Some((scenario.bargain_of(*variable)?, None)),
            ExprKind::VariableAt(variable, round) => {
                Some((scenario.bargain_of(*variable)?, Some(round)))
            }
            _ => None,
        }
    }

    /// Σ weight × score of what was settled, or without agreement what the party bargained against (the fallback of
    /// an actor that is no party); discounted by the rounds that the offers took; no value before the bargain.
    pub(super) fn worth_of(
        &mut self,
        actor: ActorId,
        bargain: &Bargain,
        round: Option<&Code>,
    ) -> Result<Code, Box<Diagnostic>> {
        let span = bargain.name.span;
        let read = |variable: VariableId| match round {
            None => Code::Variable(variable),
            Some(round) => Code::VariableAt(variable, Box::new(round.clone())),
        };
        let is = |option: usize| {
            let symbol = option_of(self.scenario, bargain.variable, option);
            let value = Box::new(Code::Value(symbol));
            Box::new(Code::Compare(
                Compare::Equal,
                Box::new(read(bargain.variable)),
                value,
            ))
        };
        let (agreed, none) = (is(0), is(1));
        let mut agreement = Code::Builtin(Builtin::Sum, self.terms_of(actor, bargain, read)?, span);
        let mut disagreement = self.disagreement(actor, bargain)?;
        if let Some(offers) = bargain.offers()
            && let Some(discount) = &offers.discount
        {
            let factor = self.expression(discount, &[])?;
            let rounds = read(offers.round);
            let before = arithmetic(Arithmetic::Subtract, rounds.clone(), Code::Value(1.0), span);
            let shrunk = |value: Code, rounds: Code| {
                let factor = arithmetic(Arithmetic::Power, factor.clone(), rounds, span);
                arithmetic(Arithmetic::Multiply, factor, value, span)
            };
            agreement = shrunk(agreement, before);
            disagreement = shrunk(disagreement, rounds);
        }
        let otherwise = Code::If(
            none,
            Box::new(disagreement),
            Box::new(Code::Value(f64::NAN)),
        );
        Ok(Code::If(agreed, Box::new(agreement), Box::new(otherwise)))
    }

    /// What each settled issue adds.
    fn terms_of(
        &mut self,
        actor: ActorId,
        bargain: &Bargain,
        read: impl Fn(VariableId) -> Code,
    ) -> Result<Vec<Code>, Box<Diagnostic>> {
        let scenario = self.scenario;
        let Some(preferences) = scenario.values.iter().find(|v| v.actor == actor) else {
            return Ok(Vec::new());
        };
        let mut terms = Vec::with_capacity(bargain.issues.len());
        for (issue, &variable) in bargain.issues.iter().zip(&bargain.settled) {
            let (weight, scores) = &preferences.issues[issue.index()];
            let weight = self.expression(weight, &[])?;
            let mut rows = Vec::with_capacity(scores.len());
            for (option, score) in scores.iter().enumerate() {
                let score = self.expression(score, &[])?;
                let value = weight.as_value().zip(score.as_value());
                let value = value.map_or(f64::NAN, |(weight, score)| weight * score);
                rows.push((option_of(scenario, variable, option), value));
            }
            terms.push(Code::Table(Box::new(read(variable)), rows));
        }
        Ok(terms)
    }

    fn disagreement(&mut self, actor: ActorId, bargain: &Bargain) -> Result<Code, Box<Diagnostic>> {
        let parties = bargain.parties.iter().zip(&bargain.against);
        let mut against = parties.filter(|(party, _)| **party == actor);
        match against.next() {
            Some((_, against)) => self.expression(against, &[]),
            None => {
                let kind = ExprKind::Fallback(actor);
                let span = bargain.name.span;
                self.expression(&Expr { kind, span }, &[])
            }
        }
    }
}

fn arithmetic(op: Arithmetic, a: Code, b: Code, span: Span) -> Code {
    Code::Arithmetic(op, Box::new(a), Box::new(b), span)
}

/// The value of a variable that stands for its option at this position.
fn option_of(scenario: &Scenario, variable: VariableId, option: usize) -> f64 {
    match &scenario.variables[variable.index()].domain {
        Domain::Symbols(options) => options
            .get(option)
            .map_or(f64::NAN, |(symbol, _)| f64::from(symbol.0)),
        Domain::Numbers => f64::NAN,
    }
}
