//! Findings of small scenarios whose answers are known.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod supposed;

use detente_deal::{Domain, Issue, Preferences, Search};
use detente_expand::{Expansion, Limits, expand};
use detente_findings::abridge::abridged;
use detente_findings::assemble::{Input, assemble};
use detente_findings::deal::{Asked, find, view};
use detente_findings::headlines::{headlines, number, percent};
use detente_findings::model::Findings;
use detente_game::passes;
use detente_language::check::load;
use detente_language::eval::{Settings, bind};
use detente_language::query;
use detente_language::scenario::Scenario;
use detente_language::source::NoFiles;
use detente_solve::qre;

struct Solved {
    scenario: Scenario,
    settings: Settings,
    expansion: Expansion,
    solution: qre::Solution,
}

fn solved(text: &str) -> Solved {
    let loaded = load("test.detente", text, &NoFiles);
    let scenario = loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let settings = bind(&scenario, &[]).unwrap();
    let expansion = expand(&scenario, &settings, Limits::default(), &mut |_, _| true).unwrap();
    let solution = qre::solve(&expansion.game, &qre::Options::default(), &mut qre::Quiet);
    Solved {
        scenario,
        settings,
        expansion,
        solution,
    }
}

fn findings(text: &str, queries: &[&str]) -> Findings {
    let solved = solved(text);
    let asked: Vec<_> = queries
        .iter()
        .map(|text| {
            (
                (*text).to_owned(),
                query::parse(&solved.scenario, text).unwrap(),
            )
        })
        .collect();
    let input = Input {
        scenario: &solved.scenario,
        settings: &solved.settings,
        pinned: &[],
        asked: &asked,
        expansion: &solved.expansion,
        solution: &solved.solution,
        file: "test.detente",
        text,
        seed: 1,
    };
    assemble(&input).unwrap().0
}

/// A lottery without players' decisions: every probability is known.
const LOTTERY: &str = "actor a \"Ann\"\nactor b \"Bob\"\noutcome rich \"Rich\"\noutcome poor \"Poor\"\nstate coins = 0\n\
    play {\n chance first { heads 50 %, tails 50 % }\n if first == heads { set coins = coins + 1 }\n \
    chance second { six 1/6, other 5/6 } seen by a\n if second == six { set coins = coins + 10 }\n gain a coins, b -1\n \
    if coins >= 10 { end rich }\n end poor\n}\nask \"Rich?\" p(rich)\nexpect mean(coins) == 0.5 + 10/6 \"by linearity\"\n\
    expect p(rich) > 0.5 \"which is wrong\"\ncompare p(poor) with 80 % in 70 % .. 90 % \"a reference\"\n";

#[test]
fn queries_have_their_answers() {
    let queries = [
        ("p(first == heads and second == six)", 1.0 / 12.0),
        ("p(first == heads given rich)", 0.5),
        ("mean(coins given rich)", 10.5),
        ("value(a)", 0.5 + 10.0 / 6.0),
        ("value(a given first == tails)", 10.0 / 6.0),
        ("value(a given first == tails) - value(b)", 10.0 / 6.0 + 1.0),
        ("mean(payoff(a)) / 2", 0.25 + 5.0 / 6.0),
        ("p(not rich)", 5.0 / 6.0),
        ("p(second in {six})", 1.0 / 6.0),
    ];
    let found = findings(LOTTERY, &queries.map(|query| query.0));
    for (answer, (query, expected)) in found.asks[1..].iter().zip(queries) {
        let value = answer.value.unwrap();
        assert!(
            (value - expected).abs() < 1e-12,
            "{query}: {value} for {expected}"
        );
    }
}

#[test]
fn endings_values_checks_and_base_rates() {
    let found = findings(LOTTERY, &[]);
    assert!((found.endings[0].probability - 1.0 / 6.0).abs() < 1e-12);
    assert!((found.actors[1].value + 1.0).abs() < 1e-12);
    assert_eq!(
        found
            .expects
            .iter()
            .map(|check| check.holds)
            .collect::<Vec<_>>(),
        [true, false]
    );
    assert_eq!(found.base_rates[0].rate, 0.8);
    assert!((found.base_rates[0].value.unwrap() - 5.0 / 6.0).abs() < 1e-12);
}

#[test]
fn the_flow_keeps_its_probability() {
    let found = findings(LOTTERY, &[]);
    let last = found.flow.stages.len() - 1;
    for stage in 0..=last {
        let nodes = found.flow.nodes.iter().filter(|node| node.stage == stage);
        let mass: f64 = nodes.map(|node| node.probability).sum();
        assert!((mass - 1.0).abs() < 1e-12, "stage {stage} carries {mass}");
    }
    let into_end: f64 = found
        .flow
        .links
        .iter()
        .filter(|link| found.flow.nodes[link.target].stage == last)
        .map(|link| link.probability)
        .sum();
    assert!((into_end - 1.0).abs() < 1e-12);
    // The first coin tells nothing about the ending, so it is no stage.
    assert_eq!(found.flow.stages, ["second", "Ending"]);
}

#[test]
fn courses_are_the_likeliest_groups_of_paths() {
    let found = findings(LOTTERY, &[]);
    assert_eq!(found.courses.len(), 2);
    assert_eq!(found.courses[0].outcome, "poor");
    assert!((found.courses[0].probability - 5.0 / 6.0).abs() < 1e-12);
    assert!((found.courses[0].payoffs[0] - 0.5).abs() < 1e-12);
    assert!(found.courses[0].steps[0].hidden);
}

/// A hidden draw, then a decision: the belief is the prior.
const HIDDEN: &str = "actor us \"US\"\nactor iran \"Iran\"\noutcome o\noutcome n\nplay {\n \
    chance resolve { weak \"Iran is weak\" 70 %, steady \"Iran is steady\" 30 % } seen by iran\n \
    us chooses move { push \"push\" { if resolve == weak { gain us 3 } else { gain us -5 } end o }, wait }\n end n\n}\n";

#[test]
fn decisions_tell_beliefs_and_what_options_are_worth() {
    let found = findings(HIDDEN, &[]);
    let decision = &found.decisions[0];
    assert_eq!(
        (decision.actor.as_str(), decision.variable.as_str()),
        ("us", "move")
    );
    assert_eq!(decision.name, "US, at the start");
    assert_eq!(decision.beliefs[0].words, "Iran is weak");
    assert!((decision.beliefs[0].probability - 0.7).abs() < 1e-12);
    assert!((decision.options[0].value - (0.7 * 3.0 - 0.3 * 5.0)).abs() < 1e-9);
    assert!(decision.options[0].probability > 0.99);
}

/// Two issues, two actors with opposite weights.
const PACKAGES: &str = "actor a\nactor b\nissue x { low, high }\nissue y { low, high }\n\
    value a { x 8 { low 0, high 1 } y 2 { low 0, high 1 } fallback 4 }\n\
    value b { x 2 { low 1, high 0 } y 8 { low 1, high 0 } fallback 4 }\n\
    package trade { x high, y low }\npackage none { x low, y low }\noutcome o\nplay { end o }\n";

#[test]
fn packages_know_their_values_frontier_and_zone() {
    let found = findings(PACKAGES, &[]).packages.unwrap();
    assert_eq!((found.count, found.acceptable_to_all), (4, 1));
    let trade = &found.named[0];
    assert_eq!(trade.values, [8.0, 8.0]);
    assert!(trade.acceptable_to_all && trade.efficient);
    assert!(
        found.named[1].efficient,
        "the worst for a is the best for b"
    );
    let wrong_way = found
        .all
        .iter()
        .find(|point| point.choices == [0, 1])
        .unwrap();
    assert!(!wrong_way.efficient && !wrong_way.acceptable_to_all);
}

/// More agreements than are looked at one by one.
#[test]
fn very_many_agreements_are_counted_without_a_list() {
    let issues: String = (0..22)
        .map(|k| format!("issue i{k} {{ low, high }}\n"))
        .collect();
    let scores: String = (0..22)
        .map(|k| format!("i{k} {} {{ low 0, high 1 }} ", k + 1))
        .collect();
    let text = format!(
        "actor a\n{issues}value a {{ {scores} fallback 253 }}\noutcome o\nplay {{ end o }}\n"
    );
    let found = findings(&text, &[]).packages.unwrap();
    // Only everything is worth 1 + … + 22 = 253.
    assert_eq!((found.count, found.acceptable_to_all), (1 << 22, 1));
    assert!(found.all.is_empty());
}

#[test]
fn options_have_their_worth_where_values_are_tables() {
    let issues = vec![Issue::named("x", ["p", "q"]), Issue::named("y", ["p", "q"])];
    let domain = Domain::new("d", issues).unwrap();
    // Values of (p, p), (p, q), (q, p), (q, q).
    let everybody = vec![
        Preferences::table("Ann", vec![0.0, 0.2, 0.4, 1.0]),
        Preferences::table("Bob", vec![1.0, 0.0, 0.0, 0.5]),
    ];
    let found = find(Asked {
        title: "d".to_owned(),
        domain,
        colours: vec![0, 1],
        seats: vec![0, 1],
        styles: Vec::new(),
        everybody,
        ratifiers: Vec::new(),
        packages: Vec::new(),
        draws: Vec::new(),
        counted: 100,
        search: Search::default(),
    })
    .unwrap();
    let deal = view(&found).unwrap();
    let option = &deal.issues[0].options[1];
    assert_eq!((option.mean[0], option.best[0]), (0.7, 1.0));
    assert_eq!((option.mean[1], option.best[1]), (0.25, 0.5));
    assert!(deal.issues.iter().all(|issue| issue.stakes.is_empty()));
    assert_eq!(deal.draws, None);
}

#[test]
fn an_abridged_tree_keeps_the_likeliest_and_counts_the_rest() {
    let solved = solved(LOTTERY);
    let game = &solved.expansion.game;
    let reach = passes::reach(game, &solved.solution.profile);
    for most in [1, 3, 5, 7, 100] {
        let shown = abridged(game, &reach, most);
        let elided: u64 = shown.iter().map(|shown| shown.elided).sum();
        assert_eq!(shown.len() as u64 + elided, game.nodes() as u64);
        assert!(shown.len() <= most.max(3));
        assert!(
            shown
                .iter()
                .enumerate()
                .all(|(i, shown)| shown.parent.is_none_or(|parent| parent < i))
        );
    }
}

#[test]
fn headlines_say_what_the_numbers_say() {
    let mut found = findings(LOTTERY, &[]);
    found.headlines = headlines(&found);
    assert_eq!(
        found.headlines[0],
        "The likeliest ending is “Poor” (83 %); the other is “Rich” (17 %)."
    );
    assert!(
        found
            .headlines
            .iter()
            .any(|sentence| sentence == "1 of 2 checks of the model itself fail.")
    );
}

#[test]
fn numbers_read_as_people_say_them() {
    let said = [0.0, 0.000_4, 0.004, 0.37, 0.995, 0.999_99, 1.0].map(percent);
    assert_eq!(
        said,
        [
            "0 %",
            "less than 0.1 %",
            "0.4 %",
            "37 %",
            "99.5 %",
            "more than 99.9 %",
            "100 %"
        ]
    );
    assert_eq!(
        [0.0, -0.000_1, 0.25, 3.456, 45.67, 1234.5].map(number),
        ["0", "0", "0.250", "3.46", "45.7", "1234"]
    );
}

#[test]
fn findings_survive_their_file() {
    let found = findings(PACKAGES, &["p(o)"]);
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Findings>(&text).unwrap(), found);
}

#[test]
fn assumed_behaviour_is_answered_and_said_to_be_assumed() {
    let text = "actor us \"America\"\nactor iran \"Iran\"\noutcome deal { us 3, iran 1 }\noutcome war { us -1 }\n\
        param trust = 60 % in 0 % .. 100 %\nfn half(x) = x / 2\n\
        play {\n us chooses offer { make, keep { end war } }\n\
        assume iran chooses reply { accept trust, reject otherwise }\n\
        if reply == accept { end deal } else { gain us -2; end war } }\n";
    let found = findings(
        text,
        &["p(reply == accept)", "half(p(deal) + 1)", "value(us)"],
    );
    let answers: Vec<f64> = found.asks.iter().map(|ask| ask.value.unwrap()).collect();
    // With 60 % the offer is worth 1.8 - 1.2 = 0.6, more than -1.
    for (answer, wanted) in answers.iter().zip([0.6, 0.8, 0.6]) {
        assert!((answer - wanted).abs() < 1e-3, "{answers:?}");
    }
    let note = found.scenario.notes.last().unwrap();
    assert!(
        note.starts_with("By assumption: Iran takes “reply”"),
        "{note}"
    );
}
