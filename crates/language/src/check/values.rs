//! What the constants of a scenario must be, looked at with every parameter at its best guess.

use super::names::{Names, Reports};
use super::order::order;
use crate::diagnostic::Diagnostic;
use crate::eval::{self, Settings, Steps};
use crate::scenario::{
    Bargain, Domain, Expr, ExprKind, OptionItem, Options, Parameter, Scenario, Step, VariableId,
};
use crate::span::Span;
use crate::suggest::shorten;

/// How far probabilities may sum to something else than 1: far above rounding, far below meaning.
const ROUNDING: f64 = 1e-9;

/// Reports constants that make no sense.
pub(super) fn check(scenario: &Scenario, names: &Names, reports: &mut Reports) {
    if worth_too_early(scenario, reports) {
        return;
    }
    let settings = match eval::bind(scenario, &[]) {
        Ok(settings) => settings,
        Err(faults) => {
            faults.into_iter().for_each(|fault| reports.push(fault));
            return;
        }
    };
    let mut values = Values {
        scenario,
        names,
        settings: &settings,
        reports,
    };
    for parameter in &scenario.parameters {
        values.parameter(parameter);
    }
    values.agreements();
    values.voices();
    values.lenses();
    values.wish_weights();
    values.bargains();
    values.repeats();
    values.steps(&scenario.play);
    scenario
        .blocks
        .iter()
        .for_each(|block| values.steps(&block.steps));
    values.questions();
}

/// Reports rounds behind `@` that make no sense in queries of a scenario that is checked already.
pub(crate) fn check_queries(
    scenario: &Scenario,
    names: &Names,
    queries: Vec<&Expr>,
    reports: &mut Reports,
) {
    let Ok(settings) = eval::bind(scenario, &[]) else {
        return;
    };
    let mut values = Values {
        scenario,
        names,
        settings: &settings,
        reports,
    };
    queries.into_iter().for_each(|query| values.rounds(query));
}

/// A scenario with the values of its parameters.
pub(super) struct Values<'a> {
    pub(super) scenario: &'a Scenario,
    names: &'a Names,
    settings: &'a Settings,
    pub(super) reports: &'a mut Reports,
}

impl Values<'_> {
    /// The value of a constant; a fault in it is reported.
    pub(super) fn value(&mut self, expr: &Expr) -> Option<f64> {
        // Most constants are plain numbers.
        if let ExprKind::Number(value) = expr.kind {
            return Some(value);
        }
        match eval::constant(self.scenario, self.settings, expr) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.reports.push(*fault);
                None
            }
        }
    }

    /// The steps of a parameter, ends that have no value aside.
    pub(super) fn steps_at_best_guess(&self, parameter: &Parameter) -> Option<Steps> {
        Steps::of(self.scenario, self.settings, parameter).ok()?
    }

    fn agreements(&mut self) {
        let scenario = self.scenario;
        for preferences in &scenario.values {
            for ((weight, scores), issue) in preferences.issues.iter().zip(&scenario.issues) {
                if let Some(value) = self.value(weight)
                    && value < 0.0
                {
                    self.reports.push(
                        Diagnostic::error(
                            "E0409",
                            format!(
                                "the weight of issue `{}` is negative",
                                shorten(&issue.name.id)
                            ),
                            weight.span,
                        )
                        .label(number(value, false))
                        .help("weights are 0 or above: what is disliked gets a low score"),
                    );
                }
                for score in scores {
                    self.score(score);
                }
            }
        }
    }

    /// Checks the numbers of bargains by offers.
    fn bargains(&mut self) {
        let scenario = self.scenario;
        for offers in scenario.bargains.iter().filter_map(Bargain::offers) {
            let Some(rounds) = scenario.repeats.get(offers.rounds.index()) else {
                continue;
            };
            let whole = |value: f64| value >= 1.0 && value.fract() == 0.0;
            let factor = |value: f64| value > 0.0 && value <= 1.0;
            let rounds = Some(&rounds.count);
            self.fits(
                rounds,
                whole,
                "the number of rounds is a whole number, 1 or above",
            );
            let among = offers.among.as_ref();
            self.fits(
                among,
                whole,
                "the number of packages is a whole number, 1 or above",
            );
            let discount = offers.discount.as_ref();
            self.fits(discount, factor, "a discount lies above 0 and is at most 1");
        }
    }

    fn fits(&mut self, number: Option<&Expr>, fits: impl Fn(f64) -> bool, rule: &str) {
        if let Some(expr) = number
            && let Some(value) = self.value(expr)
            && !fits(value)
        {
            let shown = self::number(value, false);
            self.reports
                .push(Diagnostic::error("E0419", rule, expr.span).label(shown));
        }
    }

    fn score(&mut self, score: &Expr) {
        if let Some(value) = self.value(score)
            && !(0.0..=1.0).contains(&value)
        {
            self.reports.push(
                Diagnostic::error(
                    "E0407",
                    "a score lies between 0 (worst) and 1 (best)",
                    score.span,
                )
                .label(number(value, false))
                .help("put the size into the weight of the issue"),
            );
        }
    }

    fn repeats(&mut self) {
        let scenario = self.scenario;
        for repeat in &scenario.repeats {
            if let Some(value) = self.value(&repeat.count)
                && (value < 0.0 || value.fract() != 0.0)
            {
                self.reports.push(
                    Diagnostic::error(
                        "E0403",
                        "the number of rounds must be a whole number, 0 or above",
                        repeat.count.span,
                    )
                    .label(number(value, false)),
                );
            }
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Choose { options, .. } => self.options(options),
                Step::Chance {
                    options,
                    variable,
                    point,
                    ..
                } => {
                    let span = self.scenario.points[point.index()].span;
                    self.draws(options, *variable, span);
                    self.options(options);
                }
                Step::Together(block) | Step::Repeat(_, block) => self.steps(block),
                Step::If(arms, otherwise) => {
                    arms.iter().for_each(|(_, block)| self.steps(block));
                    self.steps(otherwise);
                }
                Step::Bargain { .. }
                | Step::Show { .. }
                | Step::Gain(_)
                | Step::Set(..)
                | Step::Do(..)
                | Step::End(..) => {}
            }
        }
    }

    fn options(&mut self, options: &Options) {
        match options {
            Options::Listed(listed) => listed.iter().for_each(|option| self.steps(&option.block)),
            Options::Grid {
                from,
                to,
                step,
                block,
                ..
            } => {
                self.grid(from, to, step);
                self.steps(block);
            }
        }
    }

    fn grid(&mut self, from: &Expr, to: &Expr, step: &Expr) {
        let (Some(lo), Some(hi), Some(by)) = (self.value(from), self.value(to), self.value(step))
        else {
            return;
        };
        if by <= 0.0 {
            self.reports.push(
                Diagnostic::error("E0412", "the step of a grid must be above 0", step.span)
                    .label(number(by, false)),
            );
        } else if lo > hi {
            self.reports.push(
                Diagnostic::error("E0412", "this grid has no number", from.span.to(to.span)).label(
                    format!("{} is above {}", number(lo, false), number(hi, false)),
                ),
            );
        }
    }

    /// Checks probabilities that do not depend on the path; expansion checks the others on every path.
    fn draws(&mut self, options: &Options, variable: VariableId, span: Span) {
        let Options::Listed(listed) = options else {
            return;
        };
        if listed.iter().any(|option| option.weighted) {
            return self.weights(listed, span);
        }
        // Which options are open may depend on the path.
        let guarded = listed.iter().any(|option| option.guard.is_some());
        let mut sum = Some(0.0).filter(|_| !guarded);
        for option in listed {
            let Some(probability) = &option.probability else {
                continue;
            };
            if self.names.varies(probability) {
                sum = None;
                continue;
            }
            let Some(value) = self.value(probability) else {
                sum = None;
                continue;
            };
            if !(-ROUNDING..=1.0 + ROUNDING).contains(&value) {
                let name = &self.scenario.symbols[option.symbol.index()];
                let percent = number(value, true);
                self.reports.push(
                    Diagnostic::error(
                        "E0404",
                        format!("the probability of `{}` is {percent}", shorten(name)),
                        probability.span,
                    )
                    .label("not between 0 and 1")
                    .help("probabilities lie between 0 and 1; write `55 %` for 0.55"),
                );
                return;
            }
            sum = sum.map(|sum| sum + value);
        }
        if let Some(sum) = sum
            && (sum - 1.0).abs() > ROUNDING
        {
            self.wrong_sum(variable, sum, span);
        }
    }

    /// Checks weights that do not depend on the path.
    fn weights(&mut self, listed: &[OptionItem], span: Span) {
        let mut all_zero = true;
        for weight in listed.iter().filter_map(|o| o.probability.as_ref()) {
            if self.names.varies(weight) {
                all_zero = false;
                continue;
            }
            let Some(value) = self.value(weight) else {
                return;
            };
            if value < 0.0 {
                self.reports.push(
                    Diagnostic::error("E0417", "this weight is negative", weight.span)
                        .label(number(value, false))
                        .help("weights are 0 or above"),
                );
                return;
            }
            all_zero &= value == 0.0;
        }
        if all_zero {
            self.reports.push(
                Diagnostic::error("E0417", "all weights of this draw are 0", span)
                    .label("nothing can be drawn")
                    .help("give at least one option a weight above 0"),
            );
        }
    }

    fn wrong_sum(&mut self, variable: VariableId, sum: f64, span: Span) {
        let variable = &self.scenario.variables[variable.index()];
        let last = match &variable.domain {
            Domain::Symbols(options) => options.last().map(|(symbol, _)| symbol),
            Domain::Numbers => None,
        };
        let last = last.map_or("", |symbol| &self.scenario.symbols[symbol.index()]);
        self.reports.push(
            Diagnostic::error(
                "E0405",
                format!(
                    "the probabilities of `{}` sum to {}, not 1",
                    shorten(&variable.id),
                    number(sum, false)
                ),
                span,
            )
            .label(if sum < 1.0 {
                "something is left over"
            } else {
                "more than everything"
            })
            .help(format!(
                "give the last option what the others leave: `{} otherwise`",
                shorten(last)
            )),
        );
    }

    fn questions(&mut self) {
        let scenario = self.scenario;
        for expect in &scenario.expects {
            if let Some(within) = &expect.within
                && let Some(value) = self.value(within)
                && value < 0.0
            {
                self.reports.push(
                    Diagnostic::error("E0413", "a tolerance is 0 or above", within.span)
                        .label(number(value, false)),
                );
            }
            self.rounds(&expect.left);
            self.rounds(&expect.right);
            if let Some(condition) = &expect.when {
                self.rounds(condition);
            }
        }
        for ask in &scenario.asks {
            self.rounds(&ask.query);
        }
        for base in &scenario.base_rates {
            self.rounds(&base.query);
            if let Some((lo, hi)) = &base.range
                && let (Some(from), Some(to)) = (self.value(lo), self.value(hi))
                && let Some(rate) = self.value(&base.rate)
                && !(from..=to).contains(&rate)
            {
                self.reports.push(
                    Diagnostic::error(
                        "E0401",
                        "the base rate lies outside its range",
                        base.rate.span,
                    )
                    .label("outside the range")
                    .also(lo.span.to(hi.span), "the range"),
                );
            }
        }
    }

    /// Checks the rounds behind `@`.
    fn rounds(&mut self, query: &Expr) {
        let mut rounds = Vec::new();
        query.walk(|part| {
            if let ExprKind::VariableAt(_, round) | ExprKind::StateAt(_, round) = &part.kind {
                rounds.push(&**round);
            }
        });
        // The number of a sum is known only inside it.
        rounds.retain(|round| {
            let mut bound = false;
            round.walk(|part| bound |= matches!(part.kind, ExprKind::Bound(_)));
            !bound
        });
        for round in rounds {
            if let Some(value) = self.value(round)
                && (value < 1.0 || value.fract() != 0.0)
            {
                self.reports.push(
                    Diagnostic::error("E0403", "rounds are counted 1, 2, 3 …", round.span)
                        .label(number(value, false)),
                );
            }
        }
    }
}

/// Reports parameters and preferences that use what agreements are worth: that is known only after them.
fn worth_too_early(scenario: &Scenario, reports: &mut Reports) -> bool {
    let count = scenario.lets.len();
    let bodies: Vec<&Expr> = scenario
        .lets
        .iter()
        .chain(&scenario.functions)
        .map(|formula| &formula.body)
        .collect();
    let edges: Vec<Vec<usize>> = bodies
        .iter()
        .map(|body| super::known::uses(scenario, body))
        .collect();
    let mut uses_worth = vec![false; bodies.len()];
    for node in order(&edges).sorted {
        uses_worth[node] =
            edges[node].iter().any(|&used| uses_worth[used]) || mentions(bodies[node]).is_some();
    }
    let errors = reports.errors;
    let mut look = |expr: &Expr, what: &str| {
        let mut found = mentions(expr);
        expr.walk(|part| {
            let node = match &part.kind {
                ExprKind::Let(id) => id.index(),
                ExprKind::Call(id, _) => count + id.index(),
                _ => return,
            };
            if uses_worth[node] {
                found = Some(part.span);
            }
        });
        if let Some(span) = found {
            reports.push(
                Diagnostic::error(
                    "E0309",
                    format!("{what} cannot use what an agreement is worth"),
                    span,
                )
                .label("known only when all `param` and `value` declarations are"),
            );
        }
    };
    for parameter in &scenario.parameters {
        look(&parameter.value, "a `param`");
    }
    for preferences in &scenario.values {
        for (weight, scores) in &preferences.issues {
            std::iter::once(weight)
                .chain(scores)
                .for_each(|e| look(e, "a `value` declaration"));
        }
        look(&preferences.fallback, "a `value` declaration");
    }
    reports.errors > errors
}

/// Where an expression itself names the worth of an agreement.
fn mentions(expr: &Expr) -> Option<Span> {
    let mut found = None;
    expr.walk(|part| {
        if matches!(part.kind, ExprKind::Worth(..) | ExprKind::Fallback(_)) {
            found = Some(part.span);
        }
    });
    found
}

/// A number for a message: at most six digits that count.
pub(crate) fn number(value: f64, percent: bool) -> String {
    let scaled = if percent { value * 100.0 } else { value };
    let magnitude = if scaled == 0.0 {
        0.0
    } else {
        scaled.abs().log10().floor()
    };
    let text = if (-5.0..6.0).contains(&magnitude) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let decimals = (5.0 - magnitude).clamp(0.0, 10.0) as usize;
        let text = format!("{scaled:.decimals$}");
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    } else if scaled.fract() == 0.0 && magnitude < 15.0 {
        format!("{scaled}")
    } else {
        format!("{scaled:.5e}")
    };
    if percent { format!("{text} %") } else { text }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_in_messages_are_short() {
        assert_eq!(number(0.85, true), "85 %");
        assert_eq!(number(0.1 + 0.2, false), "0.3");
        assert_eq!(number(-12.5, false), "-12.5");
        assert_eq!(number(0.0, false), "0");
        assert_eq!(number(1_234_567.0, false), "1234567");
        assert_eq!(number(1e300, false), "1.00000e300");
        assert_eq!(number(0.000_012_345_678, false), "0.0000123457");
    }
}
