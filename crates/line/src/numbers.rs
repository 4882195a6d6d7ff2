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

/// A number of a story as a form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// Name of the parameter.
    pub name: String,
    /// Present value.
    pub value: f64,
    /// Least value of its range, where it has one.
    pub low: Option<f64>,
    /// Greatest value of its range, where it has one.
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
        Ok(Slider {
            name: parameter.id.clone(),
            value: settings.parameters[i],
            low: number(range.map(|range| &range.0))?,
            high: number(range.map(|range| &range.1))?,
            step: number(parameter.step.as_ref())?,
            percent: parameter.percent,
            source: parameter.source.clone(),
            distribution: doubt.map(detente_sweep::Doubtful::words),
        })
    })
    .collect()
}
