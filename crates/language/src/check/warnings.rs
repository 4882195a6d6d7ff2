//! What is written but has no effect.

use std::collections::HashSet;

use super::names::Reports;
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    ActorId, BlockId, Expr, ExprKind, Options, OutcomeId, ParamId, Scenario, Step,
};
use crate::suggest::shorten;

/// Warns of parameters, outcomes and actors of a play that nothing depends on.
pub(super) fn check(scenario: &Scenario, reports: &mut Reports) {
    // Files without play are shared or hold agreements only: what they declare is used elsewhere.
    if scenario.play.is_empty() {
        return;
    }
    let mut used = Used::default();
    used.steps(&scenario.play);
    scenario
        .blocks
        .iter()
        .for_each(|block| used.steps(&block.steps));
    used.declarations(scenario);
    for (i, parameter) in (0..).zip(&scenario.parameters) {
        if parameter.span.file == 0 && !used.parameters.contains(&ParamId(i)) {
            let name = shorten(&parameter.id);
            reports.push(
                Diagnostic::warning("W0701", format!("`{name}` is never used"), parameter.span)
                    .label("nothing depends on this number"),
            );
        }
    }
    for (i, block) in (0..).zip(&scenario.blocks) {
        if !used.blocks.contains(&BlockId(i)) {
            let name = shorten(&block.name.id);
            reports.push(
                Diagnostic::warning(
                    "W0707",
                    format!("block `{name}` is never played"),
                    block.name.span,
                )
                .label("never reached")
                .help(format!("let the play come to it: `do {name}`")),
            );
        }
    }
    for (i, outcome) in (0..).zip(&scenario.outcomes) {
        if !used.outcomes.contains(&OutcomeId(i)) {
            let name = shorten(&outcome.id);
            reports.push(
                Diagnostic::warning(
                    "W0702",
                    format!("the play never ends in `{name}`"),
                    outcome.span,
                )
                .label("never reached")
                .help(format!("let a path end there: `end {name}`")),
            );
        }
    }
    for (i, actor) in (0..).zip(&scenario.actors) {
        if !used.actors.contains(&ActorId(i)) {
            let name = shorten(&actor.id);
            reports.push(
                Diagnostic::warning(
                    "W0703",
                    format!("`{name}` never chooses and never gains"),
                    actor.span,
                )
                .label("has no part in the play"),
            );
        }
    }
}

#[derive(Default)]
struct Used {
    parameters: HashSet<ParamId>,
    outcomes: HashSet<OutcomeId>,
    actors: HashSet<ActorId>,
    blocks: HashSet<BlockId>,
}

impl Used {
    fn expression(&mut self, expr: &Expr) {
        expr.walk(|part| {
            if let ExprKind::Param(parameter) = part.kind {
                self.parameters.insert(parameter);
            }
        });
    }

    fn expressions<'a>(&mut self, all: impl IntoIterator<Item = &'a Expr>) {
        all.into_iter().for_each(|expr| self.expression(expr));
    }

    fn declarations(&mut self, scenario: &Scenario) {
        let formulas = scenario.lets.iter().chain(&scenario.functions);
        for formula in formulas.chain(&scenario.states) {
            self.expression(&formula.body);
        }
        for parameter in &scenario.parameters {
            self.expression(&parameter.value);
            self.expressions(parameter.range.iter().flat_map(|(lo, hi)| [lo, hi]));
            self.expressions(&parameter.step);
        }
        for preferences in &scenario.values {
            self.actors.insert(preferences.actor);
            for (weight, scores) in &preferences.issues {
                self.expression(weight);
                self.expressions(scores);
            }
            self.expression(&preferences.fallback);
        }
        for bargain in &scenario.bargains {
            self.actors.extend(&bargain.parties);
            self.expressions(&bargain.against);
            if let Some(offers) = bargain.offers() {
                self.expressions(offers.among.iter().chain(&offers.discount));
            }
        }
        self.expressions(scenario.repeats.iter().map(|repeat| &repeat.count));
        self.expressions(scenario.asks.iter().map(|ask| &ask.query));
        for expect in &scenario.expects {
            self.expressions([&expect.left, &expect.right]);
            self.expressions(&expect.within);
            self.expressions(&expect.when);
        }
        for base in &scenario.base_rates {
            self.expressions([&base.query, &base.rate]);
            self.expressions(base.range.iter().flat_map(|(lo, hi)| [lo, hi]));
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Choose { actor, options, .. } => {
                    self.actors.insert(*actor);
                    self.options(options);
                }
                Step::Chance { by, options, .. } => {
                    self.actors.extend(by);
                    self.options(options);
                }
                Step::Bargain { .. } => {}
                Step::Together(block) | Step::Repeat(_, block) => self.steps(block),
                Step::If(arms, otherwise) => {
                    for (condition, block) in arms {
                        self.expression(condition);
                        self.steps(block);
                    }
                    self.steps(otherwise);
                }
                Step::Gain(gains) => {
                    for (actor, amount) in gains {
                        self.actors.insert(*actor);
                        self.expression(amount);
                    }
                }
                Step::Set(_, value) => self.expression(value),
                Step::End(outcome, _) => {
                    self.outcomes.insert(*outcome);
                }
                Step::Do(block, _) => {
                    self.blocks.insert(*block);
                }
                Step::Show { .. } => {}
            }
        }
    }

    fn options(&mut self, options: &Options) {
        match options {
            Options::Listed(listed) => {
                for option in listed {
                    self.expressions(&option.probability);
                    self.expressions(&option.guard);
                    self.steps(&option.block);
                }
            }
            Options::Grid {
                from,
                to,
                step,
                weight,
                guard,
                block,
                ..
            } => {
                self.expressions([from, to, step]);
                self.expressions(weight);
                self.expressions(guard);
                self.steps(block);
            }
        }
    }
}
