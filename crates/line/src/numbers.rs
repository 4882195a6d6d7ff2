//! Numbers of a scenario that are given other values.

use detente_language::eval::{Settings, bind};
use detente_language::scenario::{ParamId, Scenario};
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
