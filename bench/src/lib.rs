//! Scenarios that the benches expand and solve, and negotiations.

use std::error::Error;
use std::path::Path;

use detente_deal::formats::{Source, negotiation as assembled};
use detente_deal::{DealError, Domain, Issue, Preferences, Space};
use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_language::check::load;
use detente_language::eval::{Settings, bind};
use detente_language::scenario::Scenario;
use detente_language::source::NoFiles;
use detente_stakeholders::{Actor, Issue as Scale, StakeholderError, Stakeholders, Stance};

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

/// The negotiation in a folder: a domain and its profiles, in the order of their files' names.
///
/// # Errors
/// A folder or file that cannot be read, or is wrong.
pub fn negotiation(folder: &Path) -> Result<Space, Box<dyn Error>> {
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let mut paths: Vec<_> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let sources = paths
        .iter()
        .map(|path| {
            Ok(Source {
                name: path.display().to_string(),
                party: path.display().to_string(),
                text: std::fs::read_to_string(path)?,
            })
        })
        .collect::<std::io::Result<Vec<_>>>()?;
    Ok(assembled(&sources)?.space)
}

/// Two parties that want opposite ends of every issue and care about issues in opposite order.
///
/// # Errors
/// No issue, or no option.
pub fn staircase(issues: u32, options: u32) -> Result<Space, DealError> {
    let list = (0..issues)
        .map(|i| Issue::named(format!("issue {i}"), (0..options).map(|k| k.to_string())));
    let domain = Domain::new("staircase", list.collect())?;
    let sum = f64::from(issues * (issues + 1)) / 2.0;
    let party = |second: bool| {
        let weights = (0..issues).map(|i| f64::from(if second { issues - i } else { i + 1 }) / sum);
        let score =
            |k: u32| f64::from(if second { options - 1 - k } else { k }) / f64::from(options);
        let scores = vec![(0..options).map(score).collect(); issues as usize];
        Preferences::additive(
            if second { "second" } else { "first" },
            weights.collect(),
            scores,
        )
    };
    Space::new(domain, vec![party(false), party(true)])
}

/// A table of stakeholders on scales from 0 to 100, its numbers spread evenly (multiples of square roots of primes,
/// without their whole parts); saliences of an actor add up to at most 1.
///
/// # Errors
/// No actors or no issues.
pub fn voices(actors: usize, issues: usize) -> Result<Stakeholders, StakeholderError> {
    let spread = |at: usize, prime: f64| ((at + 1) as f64 * prime.sqrt()).fract();
    let people = (0..actors).map(|a| Actor {
        name: format!("actor {a}"),
        label: String::new(),
        influence: 1.0 + 99.0 * spread(a, 2.0),
    });
    let scales = (0..issues).map(|k| Scale::new(format!("issue {k}"), 0.0, 100.0));
    let stances = (0..actors * issues).map(|at| {
        Some(Stance {
            position: 100.0 * spread(at, 3.0),
            salience: (0.1 + 0.9 * spread(at, 5.0)) / issues as f64,
        })
    });
    Stakeholders::new(people.collect(), scales.collect(), stances.collect())
}
