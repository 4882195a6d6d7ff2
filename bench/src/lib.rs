//! Scenarios that the benches expand and solve.

use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_language::check::load;
use detente_language::eval::{Settings, bind};
use detente_language::scenario::Scenario;
use detente_language::source::NoFiles;

/// Three actors, a private type, a hidden action, a state and a draw per round: `rounds` = 5 makes a million
/// nodes.
#[must_use]
pub fn ladder(rounds: u32) -> String {
    format!(
        r#"
scenario "A ladder of escalation"
actor us "United States"
actor iran "Iran"
actor israel "Israel"
outcome calm "Calm"
outcome war "War"
param cost = 20 in 5 .. 40
state strength = 1
play {{
    chance resolve {{ weak 55 %, steady 45 % }} seen by iran
    repeat {rounds} as round {{
        us chooses move {{ offer, press {{ gain iran -2 }}, strike if round > 1 }}
        iran chooses programme secretly {{ hold, dash {{ set strength = strength + 0.5 }} }}
        chance found {{ yes if programme == dash then 60 % else 5 %, no if programme == dash then 40 % else 95 % }}
            seen by israel
        israel chooses answer {{ wait, act {{ gain israel -1, iran -3 * strength }} }}
        if move == strike {{ gain us -cost, iran -cost * strength; end war }}
    }}
    gain us if programme == dash then -10 else 5, iran strength
    end calm
}}
"#
    )
}

/// A scenario of this crate with its numbers.
///
/// # Panics
/// The text has errors: it is this crate's own.
#[must_use]
pub fn loaded(text: &str) -> (Scenario, Settings) {
    let loaded = load("bench.detente", text, &NoFiles);
    let Some(scenario) = loaded.scenario else {
        panic!("{:#?}", loaded.diagnostics);
    };
    match bind(&scenario, &[]) {
        Ok(settings) => (scenario, settings),
        Err(faults) => panic!("{faults:#?}"),
    }
}

/// Its game.
///
/// # Errors
/// As [`expand`].
pub fn expanded(scenario: &Scenario, settings: &Settings) -> Result<Expansion, ExpandError> {
    expand(scenario, settings, Limits::default(), &mut |_, _| true)
}
