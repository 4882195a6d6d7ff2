//! Ranges and distributions of parameters must make sense, and hold the best guess.

use super::values::{Values, number};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Distribution, Expr, Parameter};
use crate::span::Span;
use crate::suggest::shorten;

impl Values<'_> {
    /// Reports a best guess outside its range, and a distribution without sense.
    pub(super) fn parameter(&mut self, parameter: &Parameter) {
        let range = parameter
            .range
            .as_ref()
            .and_then(|(lo, hi)| Some((self.value(lo)?, self.value(hi)?, lo.span.to(hi.span))));
        let show = |value| number(value, parameter.percent);
        let name = shorten(&parameter.id);
        if let Some((lo, hi, span)) = range
            && let Some(value) = self.value(&parameter.value)
        {
            if lo > hi {
                self.reports.push(
                    Diagnostic::error("E0401", format!("the range of `{name}` is empty"), span)
                        .label(format!("{} is above {}", show(lo), show(hi)))
                        .help(format!(
                            "write the smaller end first: `in {} .. {}`",
                            show(hi),
                            show(lo)
                        )),
                );
            } else if value < lo || value > hi {
                self.reports.push(
                    Diagnostic::error(
                        "E0401",
                        format!(
                            "the best guess of `{name}`, {}, lies outside its range {} .. {}",
                            show(value),
                            show(lo),
                            show(hi)
                        ),
                        parameter.value.span,
                    )
                    .label("outside the range")
                    .also(span, "the range"),
                );
            }
        }
        self.steps_of(parameter);
        if let Some(distribution) = &parameter.distribution {
            let ends = range.map(|(lo, hi, _)| (lo, hi));
            self.distribution(parameter, distribution, ends);
        }
    }

    /// Reports a step that is not above 0, and a best guess that stands beside the steps.
    fn steps_of(&mut self, parameter: &Parameter) {
        let Some(step) = &parameter.step else { return };
        let Some(size) = self.value(step) else { return };
        if size <= 0.0 {
            let message = format!("the step of `{}` is not above 0", shorten(&parameter.id));
            self.reports.push(
                Diagnostic::error("E0418", message, step.span)
                    .label(number(size, parameter.percent)),
            );
            return;
        }
        let steps = self.steps_at_best_guess(parameter);
        if let (Some(steps), Some(value)) = (steps, self.value(&parameter.value))
            && !steps.hold(value)
        {
            self.reports.push(steps.beside(parameter, value));
        }
    }

    fn distribution(
        &mut self,
        parameter: &Parameter,
        distribution: &Distribution,
        range: Option<(f64, f64)>,
    ) {
        let Some(Err((span, why))) = self.sense(distribution, range, parameter.span) else {
            return;
        };
        let name = shorten(&parameter.id);
        self.reports.push(
            Diagnostic::error(
                "E0402",
                format!("the distribution of `{name}` makes no sense"),
                span,
            )
            .label(why),
        );
    }

    /// Why a distribution makes no sense; none where a part of it has no value.
    fn sense(
        &mut self,
        distribution: &Distribution,
        range: Option<(f64, f64)>,
        place: Span,
    ) -> Option<Result<(), (Span, &'static str)>> {
        let unless = |good: bool, span: Span, why| if good { Ok(()) } else { Err((span, why)) };
        Some(match distribution {
            Distribution::Uniform(None) => Ok(()),
            Distribution::Uniform(Some((lo, hi))) => {
                let above = self.value(lo)? < self.value(hi)?;
                unless(
                    above,
                    lo.span.to(hi.span),
                    "the second end must lie above the first",
                )
            }
            Distribution::LogUniform(None) => unless(
                range?.0 > 0.0,
                place,
                "a log-uniform number must be above 0 in its whole range",
            ),
            Distribution::LogUniform(Some((lo, hi))) => {
                let (from, to) = (self.value(lo)?, self.value(hi)?);
                let span = lo.span.to(hi.span);
                unless(
                    from > 0.0 && from < to,
                    span,
                    "the ends must be above 0, the smaller one first",
                )
            }
            Distribution::Triangular(lo, mode, hi) => {
                let from = match lo {
                    Some(lo) => self.value(lo)?,
                    None => range?.0,
                };
                let to = match hi {
                    Some(hi) => self.value(hi)?,
                    None => range?.1,
                };
                let at = self.value(mode)?;
                unless(
                    from <= at && at <= to && from < to,
                    mode.span,
                    "the mode must lie between the ends",
                )
            }
            Distribution::Normal(_, sd) => unless(
                self.value(sd)? > 0.0,
                sd.span,
                "a standard deviation is above 0",
            ),
            Distribution::Beta(a, b) => {
                let good = self.value(a)? > 0.0 && self.value(b)? > 0.0;
                unless(good, a.span.to(b.span), "both shapes must be above 0")
            }
            Distribution::Discrete(pairs) => return self.discrete(pairs, range),
        })
    }

    fn discrete(
        &mut self,
        pairs: &[(Expr, Expr)],
        range: Option<(f64, f64)>,
    ) -> Option<Result<(), (Span, &'static str)>> {
        let mut total = 0.0;
        for (value, weight) in pairs {
            let (at, heavy) = (self.value(value)?, self.value(weight)?);
            if heavy < 0.0 {
                return Some(Err((weight.span, "weights are 0 or above")));
            }
            if range.is_some_and(|(lo, hi)| at < lo || at > hi) {
                return Some(Err((value.span, "this value lies outside the range")));
            }
            total += heavy;
        }
        let span = pairs
            .first()
            .map_or(Span::default(), |(value, _)| value.span);
        Some(if total > 0.0 {
            Ok(())
        } else {
            Err((span, "at least one weight must be above 0"))
        })
    }
}
