//! Expansion of whole scenarios: shapes of games, what actors know, errors that only a path shows.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod bargain;
mod errors;
mod forms;
mod knowledge;
mod shapes;

use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_language::check::load;
use detente_language::eval::bind;
use detente_language::scenario::Scenario;
use detente_language::source::NoFiles;

/// A scenario that must have no errors.
pub fn scenario(text: &str) -> Scenario {
    let loaded = load("test.detente", text, &NoFiles);
    loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// Its game.
pub fn game(text: &str) -> Expansion {
    expanded(text, Limits::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

/// Its game or why there is none.
pub fn expanded(text: &str, limits: Limits) -> Result<Expansion, ExpandError> {
    let scenario = scenario(text);
    let settings = bind(&scenario, &[]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    expand(&scenario, &settings, limits, &mut |_, _| true)
}

/// Two actors and two endings, with a play.
pub fn play(body: &str) -> String {
    format!(
        "actor a \"Ann\"\nactor b \"Bob\"\noutcome good \"Good\"\noutcome bad \"Bad\"\nstate s = 0\nplay {{\n{body}\n}}\n"
    )
}
