//! The head of a file, its dates, and the doubt about its parameters.

use super::Checker;
use super::names::Entity;
use crate::analysis::Meaning;
use crate::ast::{self, ExprKind, Ident, Item, ItemKind, Text};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Distribution, Expr, Happened};

/// Names of the distributions that a `param` may have.
pub const DISTRIBUTIONS: [&str; 6] = [
    "uniform",
    "triangular",
    "normal",
    "beta",
    "log_uniform",
    "discrete",
];

impl<'a> Checker<'a> {
    /// `scenario`, `source`, `note`, `as_of`, `happened`.
    pub(super) fn head(&mut self, item: &'a Item) {
        match &item.kind {
            ItemKind::Scenario(title) => {
                let first = *self.pending.title.get_or_insert(title.span);
                if self.once("`scenario`", first, title.span) {
                    self.scenario.title.clone_from(&title.value);
                }
            }
            ItemKind::Source(text) => self.scenario.sources.push(text.value.clone()),
            ItemKind::Note(text) => self.scenario.notes.push(text.value.clone()),
            ItemKind::AsOf(date) => {
                let first = *self.pending.as_of.get_or_insert(date.span);
                if self.once("`as_of`", first, date.span) && self.date(date) {
                    self.scenario.as_of = Some(date.value.clone());
                }
            }
            ItemKind::Happened {
                outcome,
                date,
                words,
            } => self.pending.happened.push((outcome, date, words.as_ref())),
            _ => {}
        }
    }

    fn date(&mut self, date: &Text) -> bool {
        let Err(why) = iso_date(&date.value) else {
            return true;
        };
        self.reports.push(
            Diagnostic::error("E0410", format!("this is no date: {why}"), date.span)
                .label("not a date")
                .help("write it as year-month-day: \"2025-03-31\""),
        );
        false
    }

    /// `happened`, once outcomes are known; the title's default too.
    pub(super) fn parameters(&mut self) {
        if self.pending.title.is_none() {
            let name = self.sources.file(0).map_or("", |file| file.name());
            name.clone_into(&mut self.scenario.title);
        }
        for (outcome, date, words) in std::mem::take(&mut self.pending.happened) {
            self.happened(outcome, date, words);
        }
        for (parameter, item) in std::mem::take(&mut self.pending.parameters) {
            let ItemKind::Param {
                value,
                range,
                distribution,
                ..
            } = item
            else {
                continue;
            };
            let doubt = range.as_ref().map(|(lo, hi)| {
                let lo = self.fixed(lo, "the end of a range");
                (lo, self.fixed(hi, "the end of a range"))
            });
            let distribution = distribution
                .as_ref()
                .and_then(|(id, arguments)| self.distribution(id, arguments, range.is_some()));
            let entry = &mut self.scenario.parameters[parameter.index()];
            entry.percent =
                is_percent(value) || range.as_ref().is_some_and(|(lo, _)| is_percent(lo));
            entry.range = doubt;
            entry.distribution = distribution;
        }
    }

    fn happened(&mut self, outcome: &Ident, date: &Text, words: Option<&Text>) {
        let fits = self.date(date);
        let found = self.names.get(&outcome.name);
        let Some(Entity::Outcome(id)) = found else {
            self.resolver().not_a(outcome, found, "an outcome", |e| {
                matches!(e, Entity::Outcome(_))
            });
            return;
        };
        self.reports.mention(outcome.span, Meaning::Outcome(id));
        let as_of = self.scenario.as_of.as_deref().unwrap_or("");
        if fits && date.value.as_str() < as_of {
            self.reports.push(
                Diagnostic::warning(
                    "W0705",
                    format!(
                        "this happened before {as_of}, the day from which the scenario looks ahead"
                    ),
                    date.span,
                )
                .label("not in the future of `as_of`"),
            );
        }
        self.scenario.happened.push(Happened {
            outcome: id,
            date: date.value.clone(),
            words: words.map(|w| w.value.clone()).unwrap_or_default(),
        });
    }

    /// A number that is a constant of the scenario.
    pub(super) fn fixed(&mut self, written: &ast::Expr, what: &str) -> Expr {
        self.resolver().fixed(written, what).expr
    }

    fn distribution(
        &mut self,
        id: &Ident,
        arguments: &[ast::Expr],
        ranged: bool,
    ) -> Option<Distribution> {
        let mut given = Vec::with_capacity(arguments.len());
        for argument in arguments {
            given.push(self.fixed(argument, "what shapes a distribution"));
        }
        if !DISTRIBUTIONS.contains(&id.name.as_str()) {
            let near = self.reports.nearest(&id.name, DISTRIBUTIONS);
            let help = near.map_or_else(
                || {
                    format!(
                        "known: {}",
                        crate::suggest::list(DISTRIBUTIONS).replace(" or ", ", ")
                    )
                },
                |near| format!("did you mean `{near}`?"),
            );
            let short = crate::suggest::shorten(&id.name);
            self.reports.push(
                Diagnostic::error(
                    "E0402",
                    format!("no distribution is called `{short}`"),
                    id.span,
                )
                .label("unknown distribution")
                .help(help),
            );
            return None;
        }
        let found = shape(&id.name, given, ranged);
        if found.is_none() {
            self.reports.push(
                Diagnostic::error(
                    "E0402",
                    format!(
                        "`{}` cannot be made of {} arguments{}",
                        id.name,
                        arguments.len(),
                        if ranged { "" } else { " without a range" }
                    ),
                    id.span,
                )
                .help(form(&id.name)),
            );
        }
        found
    }
}

/// The distribution, if this number of arguments makes one; without a range, some need their own ends.
fn shape(name: &str, given: Vec<Expr>, ranged: bool) -> Option<Distribution> {
    let ends = |mut given: Vec<Expr>| match (given.pop(), given.pop()) {
        (Some(hi), Some(lo)) => Some((lo, hi)),
        _ => None,
    };
    if name == "discrete" {
        return pairs(given).map(Distribution::Discrete);
    }
    Some(match (name, given.len()) {
        ("uniform", 0) if ranged => Distribution::Uniform(None),
        ("uniform", 2) => Distribution::Uniform(ends(given)),
        ("log_uniform", 0) if ranged => Distribution::LogUniform(None),
        ("log_uniform", 2) => Distribution::LogUniform(ends(given)),
        ("triangular", 1) if ranged => {
            Distribution::Triangular(None, given.into_iter().next()?, None)
        }
        ("triangular", 3) => {
            let mut given = given.into_iter();
            Distribution::Triangular(given.next(), given.next()?, given.next())
        }
        ("normal", 2) => {
            let (mean, sd) = ends(given)?;
            Distribution::Normal(mean, sd)
        }
        ("beta", 2) => {
            let (a, b) = ends(given)?;
            Distribution::Beta(a, b)
        }
        _ => return None,
    })
}

fn pairs(given: Vec<Expr>) -> Option<Vec<(Expr, Expr)>> {
    let mut pairs = Vec::with_capacity(given.len() / 2);
    let mut given = given.into_iter();
    while let Some(value) = given.next() {
        pairs.push((value, given.next()?));
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn form(name: &str) -> &'static str {
    match name {
        "uniform" => "write `in lo .. hi ~ uniform()` or `~ uniform(lo, hi)`",
        "triangular" => "write `in lo .. hi ~ triangular(mode)` or `~ triangular(lo, mode, hi)`",
        "normal" => "write `~ normal(mean, sd)`; a range cuts it",
        "beta" => "write `in lo .. hi ~ beta(a, b)`; without a range it lies between 0 and 1",
        "log_uniform" => "write `in lo .. hi ~ log_uniform()` or `~ log_uniform(lo, hi)`",
        _ => "write `~ discrete(value, weight, value, weight, …)`",
    }
}

/// Whether a number is written in percent.
pub(super) fn is_percent(written: &ast::Expr) -> bool {
    match &written.kind {
        ExprKind::Number { percent, .. } => *percent,
        ExprKind::Percent(_) => true,
        ExprKind::Negate(inner) | ExprKind::Paren(inner) => is_percent(inner),
        _ => false,
    }
}

/// Whether a text is a day that exists, written as ISO 8601 writes it: `2025-03-31`.
fn iso_date(text: &str) -> Result<(), String> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if !shaped {
        return Err("it is not written as year-month-day".to_owned());
    }
    let part = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(format!("there is no month {month}")),
    };
    if day == 0 || day > days {
        return Err(format!("that month has no day {day}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::iso_date;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["2025-03-31", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(iso_date(good), Ok(()), "{good}");
        }
        for bad in [
            "2025-02-29",
            "1900-02-29",
            "2025-13-01",
            "2025-00-01",
            "2025-04-31",
            "2025-4-1",
            "31.3.2025",
            "2025-03-3é",
            "",
            "2025-03-00",
        ] {
            assert!(iso_date(bad).is_err(), "{bad}");
        }
    }
}
