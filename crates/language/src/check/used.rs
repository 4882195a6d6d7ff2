//! Which names are used, and by what.

use std::collections::HashSet;

use crate::scenario::{
    ActorId, BlockId, Distribution, Expr, ExprKind, FunctionId, LetId, Options, OutcomeId, ParamId,
    Parameter, Scenario, Step, Wishes,
};

/// Names that something uses.
#[derive(Default)]
pub(super) struct Used {
    pub(super) parameters: HashSet<ParamId>,
    lets: HashSet<LetId>,
    functions: HashSet<FunctionId>,
    pub(super) outcomes: HashSet<OutcomeId>,
    pub(super) actors: HashSet<ActorId>,
    pub(super) blocks: HashSet<BlockId>,
}

impl Used {
    /// Whatever plays, deals and questions use by themselves, without what that uses in turn.
    pub(super) fn of_play(scenario: &Scenario) -> Used {
        let mut used = Used::default();
        used.steps(&scenario.play);
        for block in &scenario.blocks {
            used.steps(&block.steps);
        }
        used.declarations(scenario);
        used
    }

    /// Whatever issues with a scale and stakeholders use by themselves.
    pub(super) fn of_stakeholders(scenario: &Scenario) -> Used {
        let mut used = Used::default();
        for scale in &scenario.scales {
            used.expressions([&scale.lower, &scale.upper]);
            used.expressions(scale.reference.iter().chain(&scale.actual));
            used.expressions(scale.agreed.iter().flat_map(|levels| &levels.at));
        }
        for voice in &scenario.stakeholders {
            used.actors.extend(voice.of);
            used.expression(&voice.influence);
            for stance in &voice.stances {
                used.expressions([&stance.position, &stance.salience]);
            }
        }
        used
    }

    /// Whatever the conflict in option form uses by itself.
    pub(super) fn of_conflict(scenario: &Scenario) -> Used {
        let mut used = Used::default();
        let form = &scenario.conflict;
        used.actors.extend(form.parties());
        let imagined = form.perceives.iter().flat_map(|view| &view.prefers);
        for prefers in form.prefers.iter().chain(imagined) {
            if let Wishes::Weights(lines) = &prefers.wishes {
                used.expressions(lines.iter().map(|line| &line.says.0));
            }
        }
        used
    }

    /// Adds what numbers use that nothing need use themselves: formulas, ranges and distributions.
    pub(super) fn of_numbers(&mut self, scenario: &Scenario) {
        for formula in scenario.lets.iter().chain(&scenario.functions) {
            self.expression(&formula.body);
        }
        for parameter in &scenario.parameters {
            self.parameter(parameter);
        }
    }

    /// Adds whatever is used by what is used.
    pub(super) fn close(&mut self, scenario: &Scenario) {
        let mut open = std::mem::take(self);
        loop {
            // What is new is looked into; what that names and is not known yet is new in turn.
            let mut named = Used::default();
            for id in &open.parameters {
                if let Some(parameter) = scenario.parameters.get(id.index()) {
                    named.parameter(parameter);
                }
            }
            let lets = open
                .lets
                .iter()
                .filter_map(|id| scenario.lets.get(id.index()));
            let functions = open.functions.iter();
            let functions = functions.filter_map(|id| scenario.functions.get(id.index()));
            for formula in lets.chain(functions) {
                named.expression(&formula.body);
            }
            self.parameters.extend(open.parameters);
            self.lets.extend(open.lets);
            self.functions.extend(open.functions);
            self.outcomes.extend(open.outcomes);
            self.actors.extend(open.actors);
            self.blocks.extend(open.blocks);
            named.parameters.retain(|id| !self.parameters.contains(id));
            named.lets.retain(|id| !self.lets.contains(id));
            named.functions.retain(|id| !self.functions.contains(id));
            if named.parameters.is_empty() && named.lets.is_empty() && named.functions.is_empty() {
                return;
            }
            open = named;
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.expression(&parameter.value);
        self.expressions(parameter.range.iter().flat_map(|(lo, hi)| [lo, hi]));
        self.expressions(&parameter.step);
        let pairs = |ends: &Option<(Expr, Expr)>| -> Vec<Expr> {
            let ends = ends.iter().flat_map(|(a, b)| [a.clone(), b.clone()]);
            ends.collect()
        };
        let shape = match &parameter.distribution {
            None => Vec::new(),
            Some(Distribution::Uniform(ends) | Distribution::LogUniform(ends)) => pairs(ends),
            Some(Distribution::Triangular(a, mode, b)) => {
                let all = a.iter().chain([mode]).chain(b);
                all.cloned().collect()
            }
            Some(Distribution::Normal(a, b) | Distribution::Beta(a, b)) => {
                vec![a.clone(), b.clone()]
            }
            Some(Distribution::Discrete(values)) => {
                let all = values.iter().flat_map(|(a, b)| [a.clone(), b.clone()]);
                all.collect()
            }
        };
        self.expressions(&shape);
    }

    fn expression(&mut self, expr: &Expr) {
        expr.walk(|part| match part.kind {
            ExprKind::Param(parameter) => {
                self.parameters.insert(parameter);
            }
            ExprKind::Let(named) => {
                self.lets.insert(named);
            }
            ExprKind::Call(function, _) => {
                self.functions.insert(function);
            }
            _ => {}
        });
    }

    fn expressions<'a>(&mut self, all: impl IntoIterator<Item = &'a Expr>) {
        all.into_iter().for_each(|expr| self.expression(expr));
    }

    fn declarations(&mut self, scenario: &Scenario) {
        for state in &scenario.states {
            self.expression(&state.body);
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
        self.expressions(scenario.agreement.iter().map(|agreed| &agreed.when));
        let options = scenario.conflict.options.iter();
        self.expressions(options.filter_map(|option| Some(&option.means.as_ref()?.when)));
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

impl Scenario {
    /// Per parameter: whether only issues with a scale, stakeholders and the conflict in option form hang on it. Such
    /// numbers are none of the play's: they are doubted where `detente forecast` asks, and nowhere else.
    #[must_use]
    pub fn beside_the_play(&self) -> Vec<bool> {
        let mut beside = Used::of_conflict(self);
        beside.close(self);
        let used = self.stakeholders_use();
        let beside: Vec<bool> = (0..)
            .zip(used)
            .map(|(i, used)| used || beside.parameters.contains(&ParamId(i)))
            .collect();
        if !beside.contains(&true) {
            return beside;
        }
        let mut play = Used::of_play(self);
        play.close(self);
        // What is drawn together with a number of the play is the play's.
        loop {
            let before = play.parameters.len();
            for pair in &self.correlations {
                if play.parameters.contains(&pair.a) || play.parameters.contains(&pair.b) {
                    play.parameters.extend([pair.a, pair.b]);
                }
            }
            if play.parameters.len() == before {
                break;
            }
        }
        (0..)
            .zip(beside)
            .map(|(i, used)| used && !play.parameters.contains(&ParamId(i)))
            .collect()
    }

    /// Per parameter: whether an issue with a scale or a stakeholder hangs on it.
    #[must_use]
    pub fn stakeholders_use(&self) -> Vec<bool> {
        let mut voices = Used::of_stakeholders(self);
        voices.close(self);
        (0..)
            .zip(&self.parameters)
            .map(|(i, _)| voices.parameters.contains(&ParamId(i)))
            .collect()
    }
}
