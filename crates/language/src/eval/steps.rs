//! The numbers that a stepped parameter may be: from the lower end of its range, step by step.

use super::{Settings, constant};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Parameter, Scenario};

/// Rounding of decimal steps does not count.
const ROUNDING: f64 = 1e-9;

/// The numbers first, first + step, … up to last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// The lower end of the range.
    pub first: f64,
    /// From one number to the next, above 0.
    pub step: f64,
    /// The largest of them in the range.
    pub last: f64,
}

impl Steps {
    /// The steps of a parameter; none where it may be any number, or where its step is not above 0.
    ///
    /// # Errors
    /// An end of the range or a step that has no value.
    pub fn of(
        scenario: &Scenario,
        settings: &Settings,
        parameter: &Parameter,
    ) -> Result<Option<Steps>, Box<Diagnostic>> {
        let (Some((low, high)), Some(step)) = (&parameter.range, &parameter.step) else {
            return Ok(None);
        };
        let number = |expr| constant(scenario, settings, expr);
        let (first, high, step) = (number(low)?, number(high)?, number(step)?);
        if step <= 0.0 || high < first {
            return Ok(None);
        }
        let last = first + ((high - first) / step + ROUNDING).floor() * step;
        Ok(Some(Steps { first, step, last }))
    }

    /// The nearest of the numbers in the range.
    #[must_use]
    pub fn nearest(&self, value: f64) -> f64 {
        let count = ((value - self.first) / self.step).round();
        (self.first + count * self.step).clamp(self.first, self.last)
    }

    /// Whether a number stands on a step, within the range or beyond it.
    #[must_use]
    pub fn hold(&self, value: f64) -> bool {
        let count = (value - self.first) / self.step;
        (count - count.round()).abs() <= ROUNDING * count.abs().max(1.0)
    }

    /// That a value of this parameter stands beside its steps.
    #[must_use]
    pub fn beside(&self, parameter: &Parameter, value: f64) -> Diagnostic {
        let show = |value: f64| crate::check::number(value, parameter.percent);
        let below = self.first + ((value - self.first) / self.step).floor() * self.step;
        let near = if value < self.first {
            format!("the first is {}", show(self.first))
        } else if value > self.last {
            format!("the last is {}", show(self.last))
        } else {
            format!(
                "next to it are {} and {}",
                show(below),
                show(below + self.step)
            )
        };
        Diagnostic::error(
            "E0418",
            format!(
                "`{}` goes in steps of {} from {}: {} is none of its numbers",
                crate::suggest::shorten(&parameter.id),
                show(self.step),
                show(self.first),
                show(value)
            ),
            parameter.span,
        )
        .help(near)
    }
}
