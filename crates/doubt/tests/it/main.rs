//! What solved points say, where the answer is known in closed form.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod information;
mod tables;

use detente_doubt::{Plan, explore};
use detente_expand::{Limits, expand};
use detente_findings::assemble::{Input, assemble};
use detente_findings::model::Findings;
use detente_language::check::load;
use detente_language::eval::bind;
use detente_language::source::NoFiles;
use detente_solve::qre;
use detente_sweep::{Base, doubtful};

/// Washington strikes if the chance of finding something is above the cost, and at even odds where they are equal.
const INSPECTION: &str = "scenario \"Inspection\"\nparam chance_ = 40 % in 10 % .. 90 %\nparam cost = 0.505 in 0.3 .. 0.7\n\
    actor us\noutcome war\noutcome peace\nplay {\n us chooses move {\n  strike { chance found { yes chance_, no 1 - chance_ }\n   \
    gain us (if found == yes then 1 else 0) - cost; end war }\n  wait\n }\n end peace\n}\nask \"War?\" p(war)\n";

fn explored(text: &str, plan: impl Fn(&detente_game::Game) -> Plan) -> Findings {
    let loaded = load("test.detente", text, &NoFiles);
    let scenario = loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let settings = bind(&scenario, &[]).unwrap();
    let expansion = expand(&scenario, &settings, Limits::default(), &mut |_, _| true).unwrap();
    let options = qre::Options::default();
    let solution = qre::solve(&expansion.game, &options, &mut qre::Quiet);
    let input = Input {
        scenario: &scenario,
        settings: &settings,
        pinned: &[],
        asked: &[],
        expansion: &expansion,
        solution: &solution,
        file: "test.detente",
        text,
        seed: 1,
    };
    let (mut findings, tally) = assemble(&input).unwrap();
    let base = Base {
        scenario: &scenario,
        pinned: &[],
        settings: &settings,
        expansion: &expansion,
        solution: &solution,
        tally: &tally,
        asked: &[],
        options: &options,
        limits: Limits::default(),
    };
    let numbers = doubtful(&scenario, &settings, &[]).unwrap();
    let plan = plan(&expansion.game);
    explore(&mut findings, &base, &numbers, plan, &|_, _| true);
    findings
}

fn modest(text: &str) -> Findings {
    explored(text, |game| Plan::modest(game, Some(120), 1, 2))
}

#[test]
fn the_tipping_points_of_one_number_and_of_two_are_where_they_must_be() {
    let findings = modest(INSPECTION);
    let tipping = findings.doubt.unwrap().tipping.unwrap();
    assert_eq!((tipping.ending, tipping.tried), (1, 2));
    let single: Vec<(usize, f64, f64)> = (tipping.single.iter())
        .map(|point| &point.changes[0])
        .map(|change| (change.number, change.still, change.to))
        .collect();
    // The chance must reach the cost, or the cost must fall to the chance; the shorter way comes first.
    let [(0, low, high), (1, before, after)] = single[..] else {
        panic!("{single:?}");
    };
    assert!(
        low < 0.505 && 0.505 <= high && high - low < 0.011,
        "{low} {high}"
    );
    assert!(
        before > 0.4 && 0.4 >= after && before - after < 0.0042,
        "{before} {after}"
    );
    // Both together: 0.4 + 0.5 t = 0.505 − 0.205 t.
    let pair = &tipping.pairs[0];
    let t = 0.105 / 0.705;
    assert!(pair.changes[0].share >= t && pair.changes[0].share < t + 0.021);
    assert!(
        tipping
            .asks
            .iter()
            .all(|point| point.output == 2 && point.after >= 0.5)
    );
    assert_eq!(tipping.asks.len(), 1);
}

#[test]
fn a_tie_at_the_end_of_a_range_has_not_turned() {
    let text = INSPECTION
        .replace("in 10 % .. 90 %", "in 10 % .. 50.5 %")
        .replace(" in 0.3 .. 0.7", "");
    let tipping = modest(&text).doubt.unwrap().tipping.unwrap();
    assert_eq!(
        (tipping.tried, tipping.single.len(), tipping.asks.len()),
        (1, 0, 0)
    );
}

#[test]
fn what_matters_rises_and_falls_with_it() {
    let doubt = modest(INSPECTION).doubt.unwrap();
    assert_eq!((doubt.draws, doubt.failed, doubt.rows.len()), (120, 0, 120));
    let war = doubt.importance.iter().find(|of| of.output == 0).unwrap();
    let signs: Vec<(usize, bool)> = war.found.iter().map(|w| (w.number, w.rank > 0.0)).collect();
    assert_eq!(signs, [(0, true), (1, false)]);
    // War is the likeliest iff the chance is above the cost, in half of all cases.
    assert!(
        (doubt.most_likely[0] - 0.5).abs() < 0.06,
        "{:?}",
        doubt.most_likely
    );
    let first = &doubt.conditions[0].boxes[0];
    assert!(first.words.contains("chance"), "{}", first.words);
    assert!(first.density > 0.85);
}

#[test]
fn threads_change_nothing() {
    let with = |threads| {
        explored(INSPECTION, |game| Plan {
            threads,
            ..Plan::modest(game, Some(60), 7, 1)
        })
    };
    let one = with(1);
    assert_eq!(one.doubt, with(2).doubt);
    assert_eq!(one.doubt, with(16).doubt);
}

#[test]
fn correlations_hold_in_the_draws() {
    let tied = format!("{INSPECTION}correlation chance_, cost = 0.9\n");
    let rank = |text: &str| {
        let rows = modest(text).doubt.unwrap().rows;
        let mean = |j: usize| rows.iter().map(|r| r.numbers[j]).sum::<f64>() / rows.len() as f64;
        let (a, b) = (mean(0), mean(1));
        let with = rows
            .iter()
            .filter(|r| (r.numbers[0] > a) == (r.numbers[1] > b))
            .count();
        with as f64 / rows.len() as f64
    };
    assert!(rank(&tied) > 0.8);
    assert!((rank(INSPECTION) - 0.5).abs() < 0.15);
}

#[test]
fn without_doubtful_numbers_nothing_is_said_and_with_one_all_is_about_it() {
    let certain = INSPECTION
        .replace(" in 10 % .. 90 %", "")
        .replace(" in 0.3 .. 0.7", "");
    let findings = modest(&certain);
    assert!(findings.doubt.is_none() && findings.tornado.is_empty());
    let one = INSPECTION.replace(" in 0.3 .. 0.7", "");
    let doubt = modest(&one).doubt.unwrap();
    assert_eq!(doubt.numbers.len(), 1);
    let tipping = doubt.tipping.unwrap();
    assert_eq!((tipping.single.len(), tipping.pairs_tried), (1, 0));
}

#[test]
fn the_reason_of_a_failed_draw_has_its_place() {
    let text = INSPECTION.replace(
        "param cost",
        "let odd = if chance_ < 30 % then 1 / 0 * chance_ else 0\nparam cost",
    );
    let text = text.replace("- cost;", "- cost + odd;");
    let doubt = modest(&text).doubt.unwrap();
    assert!(doubt.failed > 0);
    let why = doubt.why.unwrap();
    assert!(why.contains("(line 3, column"), "{why}");
}

#[test]
fn many_numbers_are_screened_and_those_that_matter_stay() {
    let mut text = INSPECTION.to_owned();
    for i in 0..40 {
        text.push_str(&format!("param idle{i} = 1 in 0 .. 2\n"));
    }
    let findings = explored(&text, |game| Plan {
        ends: 10,
        ..Plan::modest(game, Some(150), 1, 2)
    });
    let names: Vec<&str> = findings
        .tornado
        .iter()
        .map(|row| row.param.as_str())
        .collect();
    assert_eq!(names.len(), 5);
    assert_eq!(names[..2], ["chance_", "cost"]);
    let doubt = findings.doubt.unwrap();
    assert_eq!(doubt.numbers.len(), 42);
    assert_eq!(doubt.tipping.unwrap().tried, 5);
}
