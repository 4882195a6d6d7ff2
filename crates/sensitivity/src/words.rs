//! Boxes in words: "detection < 70 % and cost of blocking > 12".

use crate::region::{Limits, Region};

/// How an input's numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As they are.
    #[default]
    Number,
    /// Shares of 1, as percentages.
    Percent,
    /// Whole numbers: limits become "at most 3" and "at least 4", written ≤ 3 and ≥ 4.
    Whole,
}

/// What an input is called, and how its numbers are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Its name.
    pub name: String,
    /// How its numbers are written.
    pub form: Form,
    /// Written after its numbers, "bn $"; empty for none.
    pub unit: String,
    /// Its smallest and largest value: limits are rounded to the largest power of ten
    /// that is at most a 25th of the range. Without it they have three digits.
    pub range: Option<(f64, f64)>,
}

impl Label {
    /// A name for plain numbers.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            form: Form::Number,
            unit: String::new(),
            range: None,
        }
    }

    /// With another form.
    #[must_use]
    pub fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// With a unit.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self {
            unit: unit.into(),
            ..self
        }
    }

    /// With a range.
    #[must_use]
    pub fn range(self, low: f64, high: f64) -> Self {
        Self {
            range: Some((low, high)),
            ..self
        }
    }

    /// Limits in words, "detection between 20 % and 70 %"; none for a free input.
    #[must_use]
    pub fn words(&self, limits: &Limits) -> Option<String> {
        let name = &self.name;
        if self.form == Form::Whole {
            return self.whole(limits);
        }
        match (limits.lower, limits.upper) {
            (None, None) => None,
            (Some(lower), None) => Some(format!("{name} > {}", self.number(lower))),
            (None, Some(upper)) => Some(format!("{name} < {}", self.number(upper))),
            (Some(lower), Some(upper)) => {
                let (lower, upper) = (self.number(lower), self.number(upper));
                Some(if lower == upper {
                    format!("{name} about {lower}")
                } else {
                    format!("{name} between {lower} and {upper}")
                })
            }
        }
    }

    fn whole(&self, limits: &Limits) -> Option<String> {
        let name = &self.name;
        let lower = limits.lower.map(f64::ceil);
        let upper = limits.upper.map(f64::floor);
        match (lower, upper) {
            (None, None) => None,
            (Some(lower), None) => Some(format!("{name} ≥ {}", self.number(lower))),
            (None, Some(upper)) => Some(format!("{name} ≤ {}", self.number(upper))),
            (Some(lower), Some(upper)) if lower == upper => {
                Some(format!("{name} = {}", self.number(lower)))
            }
            (Some(lower), Some(upper)) => Some(format!(
                "{name} between {} and {}",
                self.number(lower),
                self.number(upper)
            )),
        }
    }

    /// A number with its unit, rounded to what is worth telling.
    #[must_use]
    pub fn number(&self, value: f64) -> String {
        let scale = if self.form == Form::Percent {
            100.0
        } else {
            1.0
        };
        let shown = value * scale;
        let digits = match (self.form, self.range) {
            (Form::Whole, _) => 0,
            (_, Some((low, high))) if high > low => decimals((high - low) * scale / 25.0, 0),
            _ => decimals(shown.abs(), 2),
        };
        let mut text = format!("{shown:.digits$}");
        if text.contains('.') {
            text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        }
        if text == "-0" {
            text = "0".into();
        }
        if let Some(size) = text.strip_prefix('-') {
            text = format!("−{size}");
        }
        if self.form == Form::Percent {
            text.push_str(" %");
        }
        if !self.unit.is_empty() {
            text.push(' ');
            text.push_str(&self.unit);
        }
        text
    }
}

/// Decimals that show so many digits after the first of a number of this size.
fn decimals(size: f64, more: i32) -> usize {
    if size <= 0.0 || !size.is_finite() {
        return 0;
    }
    let first = size.log10().floor() as i32;
    usize::try_from(more - first).unwrap_or(0).min(12)
}

impl Region {
    /// The box in words, one label for each input: "detection < 70 % and cost of blocking > 12"; "in all cases" for the
    /// box without limits. An input without a label is called by its number.
    #[must_use]
    pub fn words(&self, labels: &[Label]) -> String {
        let parts = self
            .limits
            .iter()
            .enumerate()
            .filter_map(|(j, limits)| match labels.get(j) {
                Some(label) => label.words(limits),
                None => Label::new(format!("input {}", j + 1)).words(limits),
            });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() {
            return "in all cases".into();
        }
        parts.join(" and ")
    }
}
