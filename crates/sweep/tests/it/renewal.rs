//! Trees that are kept where only numbers change.

use crate::{drawn, scenario};
use detente_expand::{Expansion, Limits, expand};
use detente_findings::query::Queries;
use detente_findings::tally::tally;
use detente_game::Profile;
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{ParamId, Scenario};
use detente_sweep::{doubtful, tornado};

/// The textbook models by name.
fn models() -> impl Iterator<Item = (&'static str, Scenario)> {
    let models = detente_library::all()
        .iter()
        .filter(|model| !model.flagship);
    models.map(|model| (model.name, scenario(model.text)))
}

fn fresh(scenario: &Scenario, settings: &Settings) -> Expansion {
    expand(scenario, settings, Limits::default(), &mut |_, _| true).unwrap()
}

/// The tree of `last` with other numbers.
fn renewed(scenario: &Scenario, last: Expansion, settings: &Settings) -> Option<Expansion> {
    let before = last.paths.clone();
    let renewed = last.renewed(scenario, settings, &mut |_, _| true)?;
    assert_eq!(renewed.same_paths, renewed.expansion.paths == before);
    Some(renewed.expansion)
}

fn assert_same(name: &str, one: &Expansion, other: &Expansion) {
    assert_eq!(one.game, other.game, "{name}");
    assert_eq!(one.paths, other.paths, "{name}");
    assert_eq!(one.words, other.words, "{name}");
    // NaN, where something has no value, is not even like itself.
    let program = |of: &Expansion| format!("{:?}", of.program);
    assert_eq!(program(one), program(other), "{name}");
}

#[test]
fn a_renewed_tree_is_the_one_that_would_be_expanded() {
    let (mut kept, mut all) = (0, 0);
    for (name, scenario) in models() {
        let guesses = bind(&scenario, &[]).unwrap();
        let numbers = doubtful(&scenario, &guesses, &[]).unwrap();
        let mut points = tornado(&numbers);
        points.truncate(12);
        points.extend(drawn(&numbers, 4, 7));
        let mut last = fresh(&scenario, &guesses);
        if last.game.nodes() > 5_000 {
            continue;
        }
        for point in points {
            let Ok(settings) = bind(&scenario, &point.overrides) else {
                continue;
            };
            let expected = fresh(&scenario, &settings);
            all += 1;
            let found = renewed(&scenario, last, &settings).inspect(|_| kept += 1);
            let found = found.unwrap_or_else(|| expected.clone());
            assert_same(name, &found, &expected);
            last = found;
        }
    }
    assert!(all > 400 && kept * 2 > all, "{kept} of {all}");
}

const TALKS: &str = "param p = 0.5 in 0 .. 1\nparam q = 0.5 in 0 .. 1\nparam limit = 2 in 0 .. 5\nparam rounds = 2 in 1 .. 3 step 1\n\
    actor a\noutcome o { a pain }\nstate pain = limit\n\
    play {\n chance weather { good p, bad 1 - p }\n\
    repeat rounds { a chooses move { hold, push if limit > 1 } set pain = pain + 1 }\n\
    chance luck { yes (if weather == good then p else q), no 1 - (if weather == good then p else q) }\n\
    set pain = pain + p\n\
    gain a q\n end o\n}\n";

/// The tree of the best guesses with some other numbers.
fn talks(overrides: &[(&str, f64)]) -> Option<Expansion> {
    let scenario = scenario(TALKS);
    let id = |name: &str| {
        scenario
            .parameters
            .iter()
            .position(|p| p.id == name)
            .unwrap()
    };
    let overrides: Vec<_> = overrides
        .iter()
        .map(|&(name, value)| (detente_language::scenario::ParamId(id(name) as u32), value))
        .collect();
    let settings = bind(&scenario, &overrides).unwrap();
    let found = renewed(
        &scenario,
        fresh(&scenario, &bind(&scenario, &[]).unwrap()),
        &settings,
    );
    if let Some(found) = &found {
        assert_same("talks", found, &fresh(&scenario, &settings));
    }
    found
}

#[test]
fn renewed_queries_answer_as_new_ones_do() {
    let mut kept = 0;
    for (name, scenario) in models() {
        let guesses = bind(&scenario, &[]).unwrap();
        let numbers = doubtful(&scenario, &guesses, &[]).unwrap();
        let asks = || scenario.asks.iter().map(|ask| &ask.query);
        let mut last = fresh(&scenario, &guesses);
        if last.game.nodes() > 2_000 {
            continue;
        }
        let mut queries = Queries::new(&scenario, &guesses, &last, asks()).unwrap();
        for point in drawn(&numbers, 4, 9) {
            let settings = bind(&scenario, &point.overrides).unwrap();
            let expected = fresh(&scenario, &settings);
            let new = Queries::new(&scenario, &settings, &expected, asks()).unwrap();
            let renewed = last.renewed(&scenario, &settings, &mut |_, _| true);
            let same_paths = renewed.as_ref().is_some_and(|renewed| renewed.same_paths);
            if same_paths {
                kept += 1;
                let found = queries.renewed(&scenario, &settings, &expected, asks());
                queries = found.unwrap();
                let profile = Profile::uniform(&expected.game);
                let answers = |queries: &Queries| {
                    tally(&scenario, &settings, &expected, queries, &profile).unwrap()
                };
                assert_eq!(answers(&queries), answers(&new), "{}", name);
            } else {
                queries = new;
            }
            last = expected;
        }
    }
    assert!(kept > 100, "{kept}");
}

/// Numbers that settings change, and payoffs, are looked up again.
#[test]
fn queries_that_speak_of_numbers_follow_them() {
    let text = "param x = 1 in 0 .. 9\nactor a\noutcome o { a x }\nplay { a chooses move { hold, push } end o }\n\
        ask \"What does a get?\" mean(payoff(a))\nask \"Twice?\" mean(2 * x)\nask \"Above 3?\" p(x > 3)\n\
        ask \"Is it pushed?\" p(move == push)\n";
    let scenario = scenario(text);
    let asks = || scenario.asks.iter().map(|ask| &ask.query);
    let guesses = bind(&scenario, &[]).unwrap();
    let base = fresh(&scenario, &guesses);
    let queries = Queries::new(&scenario, &guesses, &base, asks()).unwrap();
    let settings = bind(&scenario, &[(ParamId(0), 5.0)]).unwrap();
    let renewed = base
        .renewed(&scenario, &settings, &mut |_, _| true)
        .unwrap();
    assert!(renewed.same_paths);
    let expansion = &renewed.expansion;
    let queries = queries
        .renewed(&scenario, &settings, expansion, asks())
        .unwrap();
    let profile = Profile::uniform(&expansion.game);
    let tally = tally(&scenario, &settings, expansion, &queries, &profile).unwrap();
    assert_eq!(tally.asks, [Some(5.0), Some(10.0), Some(1.0), Some(0.5)]);
}

#[test]
fn what_changes_the_tree_is_noticed() {
    // The same draws, and states and payoffs of their own.
    assert!(talks(&[("limit", 3.0)]).is_some());
    assert!(talks(&[("p", 0.25), ("q", 0.25)]).is_some());
    // Fewer options, more rounds.
    assert!(talks(&[("limit", 0.5)]).is_none());
    assert!(talks(&[("rounds", 3.0)]).is_none());
    // Two draws that were alike, with the same odds, are so no more.
    assert!(talks(&[("p", 0.3)]).is_none());
    // Probabilities that are none are for `expand` to tell.
    assert!(talks(&[("p", 1.5), ("q", 1.5)]).is_none());
}

#[test]
fn a_renewal_can_be_stopped() {
    // 2^17 leaves.
    let text = "param x = 1 in 0 .. 2\nactor a\noutcome o { a x }\n\
        play { repeat 17 { a chooses move { hold, push } } end o }\n";
    let scenario = scenario(text);
    let settings = bind(&scenario, &[]).unwrap();
    let last = fresh(&scenario, &settings);
    assert!(
        last.renewed(&scenario, &settings, &mut |_, _| false)
            .is_none()
    );
}
