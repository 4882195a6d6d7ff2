//! Numbers of a scenario that are given other values.

use detente_language::eval::{Settings, bind, constant};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_language::suggest::nearest;

use crate::{Fault, Story};

/// The parameter of this name.
///
/// # Errors
/// There is none, in words without a capital, with a suggestion.
pub fn parameter(scenario: &Scenario, name: &str) -> Result<ParamId, String> {
    let parameters = &scenario.parameters;
    let found = parameters.iter().position(|known| known.id == name);
    let names = || parameters.iter().map(|known| known.id.as_str());
    found
        .map(|index| ParamId(index as u32))
        .ok_or_else(|| match nearest(name, names()) {
            Some(near) => format!("there is no param `{name}`; did you mean `{near}`?"),
            None => format!("there is no param `{name}` in this scenario"),
        })
}

/// The numbers of a story, with those that are set.
///
/// # Errors
/// What is wrong with them.
pub fn bound(story: &Story, pinned: &[(ParamId, f64)]) -> Result<Settings, Fault> {
    bind(&story.scenario, pinned).map_err(|faults| Fault::told(faults, &story.sources))
}

/// How a number is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Any number of its range, or of its steps.
    Number,
    /// No (0) or yes (1): its range is `0 .. 1 step 1`, or its distribution knows these two alone.
    Truth,
    /// One of few, in ascending order: the values of a `discrete` distribution, and the best guess.
    Choice(Vec<f64>),
}

/// A number of a story as a form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// Name of the parameter.
    pub name: String,
    /// Present value.
    pub value: f64,
    /// How it is asked for.
    pub form: Form,
    /// Least value of its range, where it has one; of a distribution without a range the 5 % quantile.
    pub low: Option<f64>,
    /// Greatest value of its range, where it has one; of a distribution without a range the 95 % quantile.
    pub high: Option<f64>,
    /// From one number that it may be to the next; any where none is written.
    pub step: Option<f64>,
    /// Whether it is read as per cent.
    pub percent: bool,
    /// Where the number comes from; may be empty.
    pub source: String,
    /// Its distribution in words, where it is doubtful.
    pub distribution: Option<String>,
}

/// Most values of a number that is chosen from a list; more are easier found on a slider.
const FEW: usize = 12;

/// All numbers of a story, in the order of the text.
///
/// # Errors
/// A value, range or distribution that makes no sense at these numbers.
pub fn sliders(story: &Story, pinned: &[(ParamId, f64)]) -> Result<Vec<Slider>, Fault> {
    let settings = bound(story, pinned)?;
    let scenario = &story.scenario;
    let doubts = crate::negotiation::doubts(story, &settings, &[])?;
    let number = |expr: Option<&Expr>| {
        let value = expr.map(|expr| constant(scenario, &settings, expr));
        value.transpose().map_err(|fault| story.fault(&fault))
    };
    let all = scenario.parameters.iter().enumerate();
    all.map(|(i, parameter)| {
        let range = parameter.range.as_ref();
        let doubt = doubts.iter().find(|doubt| doubt.parameter.index() == i);
        let value = settings.parameters[i];
        let low = number(range.map(|range| &range.0))?.or(doubt.map(|doubt| doubt.low));
        let high = number(range.map(|range| &range.1))?.or(doubt.map(|doubt| doubt.high));
        let step = number(parameter.step.as_ref())?;
        let listed = doubt.and_then(detente_sweep::Doubtful::values);
        Ok(Slider {
            name: parameter.id.clone(),
            value,
            form: form(value, [low, high, step], listed, parameter.percent),
            low,
            high,
            step,
            percent: parameter.percent,
            source: parameter.source.clone(),
            distribution: doubt.map(detente_sweep::Doubtful::words),
        })
    })
    .collect()
}

/// How a number with this best guess, range and step is asked for, if its distribution lists these values alone.
fn form(value: f64, bounds: [Option<f64>; 3], listed: Option<Vec<f64>>, percent: bool) -> Form {
    let Some(mut values) = listed else {
        return match bounds == [Some(0.0), Some(1.0), Some(1.0)] && !percent {
            true => Form::Truth,
            false => Form::Number,
        };
    };
    values.push(value);
    values.sort_by(f64::total_cmp);
    values.dedup();
    match values.len() {
        2 if values == [0.0, 1.0] && !percent => Form::Truth,
        2..=FEW => Form::Choice(values),
        _ => Form::Number,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use detente_language::source::NoFiles;

    use super::*;

    #[test]
    fn truths_and_lists_are_told_from_numbers() {
        let text = "param flag = 1 in 0 .. 1 step 1\nparam rounds = 3 in 1 .. 6 step 1\nparam share = 1 in 0 % .. 100 %\n\
            param lot = 5 ~ discrete(10, 1, 2, 3)\nparam coin = 0 ~ discrete(0, 1, 1, 3)\n\
            param bell = 0 ~ normal(0, 1)\nparam plain = 4\nactor a\noutcome e { a flag + rounds + share + lot + coin + bell + plain }\n\
            play { end e }\n";
        let story = Story::told(Path::new("t.detente"), text, &NoFiles).unwrap();
        let found = sliders(&story, &[]).unwrap();
        let forms: Vec<&Form> = found.iter().map(|slider| &slider.form).collect();
        let lot = Form::Choice(vec![2.0, 5.0, 10.0]);
        let (truth, number) = (&Form::Truth, &Form::Number);
        assert_eq!(forms, [truth, number, number, &lot, truth, number, number]);
        // Without a range the slider runs over nine tenths of the distribution.
        let bell = &found[5];
        assert!(
            (bell.low.unwrap() + 1.645).abs() < 1e-3 && (bell.high.unwrap() - 1.645).abs() < 1e-3
        );
        assert_eq!((found[6].low, found[6].high), (None, None));
    }
}
