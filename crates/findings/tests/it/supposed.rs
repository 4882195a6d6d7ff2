//! Queries of play where the solution does not lead, and checks that speak of part of the range.

use super::{findings, solved};
use detente_findings::query::Queries;
use detente_game::{Game, Profile, passes};
use detente_language::query;

/// A threat that a believes in, a type that b guesses at, and an exit by which all of that is left alone.
const THREAT: &str = "actor a\nactor b\nparam cost = 2 in 1 .. 5\noutcome cave\noutcome fight\noutcome peace\n\
    play {\n chance kind { tough 30 %, soft 70 % } seen by a\n\
    a chooses demand { ask, leave { gain a 5, b 5; end peace } }\n\
    b chooses reply { yield { gain a 3, b 0; end cave }, resist }\n\
    a chooses carry { fight { gain a if kind == tough then 1 else -cost, b -3; end fight }\n\
    back { gain a 0, b 2; end peace } }\n}\n";

fn answers(text: &str, profile: Option<&Profile>, queries: &[&str]) -> Vec<Option<f64>> {
    let solved = solved(text);
    let profile = profile.unwrap_or(&solved.solution.profile);
    let queries: Vec<_> = queries
        .iter()
        .map(|text| query::parse(&solved.scenario, text).unwrap())
        .collect();
    let (scenario, settings) = (&solved.scenario, &solved.settings);
    let ready = Queries::new(scenario, settings, &solved.expansion, &queries).unwrap();
    ready
        .answer(scenario, settings, &solved.expansion.game, profile)
        .unwrap()
}

#[test]
fn behaviour_off_the_path_is_that_of_the_solution() {
    let found = answers(
        THREAT,
        None,
        &[
            "p(carry == fight if reply == resist and kind == tough)",
            "p(carry == fight if reply == resist and kind == soft)",
            "value(a if carry == fight and kind == soft)",
            "mean(payoff(b) if reply == resist and kind == soft)",
            "p(carry == fight if demand == leave)",
            "p(fight if cost > 4)",
        ],
    );
    let expected = [Some(1.0), Some(0.0), Some(-2.0), Some(2.0), Some(0.0), None];
    for (found, expected) in found.iter().zip(expected) {
        match (found, expected) {
            (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-6),
            (found, expected) => assert_eq!(*found, expected),
        }
    }
}

/// The belief in the tough type where b decides, by the beliefs that the certificate uses.
fn belief(game: &Game, profile: &Profile) -> f64 {
    let beliefs = passes::beliefs(game, profile);
    let set = (0..game.sets())
        .find(|&set| game.set_player()[set] == 1)
        .unwrap();
    beliefs[game.member_range(set)][0]
}

#[test]
fn beliefs_off_the_path_are_those_of_the_certificate() {
    let solved = solved(THREAT);
    let game = &solved.expansion.game;
    let asked = ["p(kind == tough if demand == ask)"];
    let found = answers(THREAT, None, &asked)[0].unwrap();
    assert!((found - belief(game, &solved.solution.profile)).abs() < 1e-12);
    // Without trembles, whoever errs least is believed: both types err once.
    let mut pure = vec![0.0; game.actions()];
    for set in 0..game.sets() {
        let slots = game.slots(set);
        pure[slots.end - 1] = 1.0;
    }
    let pure = Profile::from_probabilities(game, pure).unwrap();
    let found = answers(THREAT, Some(&pure), &asked)[0].unwrap();
    assert!((found - 0.3).abs() < 1e-12 && (found - belief(game, &pure)).abs() < 1e-12);
    let given = answers(
        THREAT,
        Some(&pure),
        &["p(kind == tough given demand == ask)"],
    );
    assert_eq!(given, [None]);
}

#[test]
fn where_play_leads_if_and_given_are_the_same() {
    let solved = solved(THREAT);
    let game = &solved.expansion.game;
    let mut random = 1_u64;
    for _ in 0..200 {
        let mut probabilities = vec![0.0; game.actions()];
        for set in 0..game.sets() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let share = (random >> 40) as f64 / (1_u64 << 24) as f64;
            let slots = game.slots(set);
            probabilities[slots.start] = share;
            probabilities[slots.end - 1] = 1.0 - share;
        }
        let profile = Profile::from_probabilities(game, probabilities).unwrap();
        for (asked, condition) in [
            ("p(kind == tough", "demand == ask)"),
            ("p(fight", "reply == resist)"),
            ("value(b", "reply == resist or kind == soft)"),
            ("mean(payoff(a)", "carry == back)"),
        ] {
            let queries = ["given", "if"].map(|word| format!("{asked} {word} {condition}"));
            let found = answers(THREAT, Some(&profile), &[&queries[0], &queries[1]]);
            let (given, supposed) = (found[0].unwrap(), found[1].unwrap());
            assert!((given - supposed).abs() < 1e-12, "{queries:?}: {found:?}");
        }
    }
}

#[test]
fn a_check_is_silent_where_its_condition_fails() {
    let text = format!(
        "{THREAT}expect p(peace) == 1 if cost < 3 \"why\"\nexpect p(peace) == 0 if cost > 3\n\
        expect p(peace) == 1 / (cost - 2) if cost > 2\nexpect p(war_pays) == p(peace) - 1\n\
        expect p(peace) == 0 if p(fight) == 0\nlet war_pays = cost < 1\n"
    );
    let found = findings(&text, &[]);
    let told: Vec<_> = found.expects.iter().map(|c| (c.applies, c.holds)).collect();
    assert_eq!(
        told,
        [
            (true, true),
            (false, true),
            (false, true),
            (true, true),
            (true, false)
        ]
    );
    assert_eq!(found.expects[1].text, "p(peace) == 0 if cost > 3");
    assert!(found.headlines.is_empty());
}

#[test]
fn the_round_of_the_end_is_that_of_any_outcome() {
    let text = "actor a\noutcome early\noutcome late\noutcome never\nplay {\n repeat 3 as i {\n  \
        chance x { stop 50 %, go 50 % }\n  if x == stop { if i == 1 { end early } end late }\n }\n \
        gain a 1\n end never\n}\n";
    let asked = [
        "mean(round(end))",
        "mean(round(end) given early)",
        "mean(round(late))",
        "p(round(end) == 3)",
    ];
    let found = answers(text, None, &asked);
    let expected = [1.75, 1.0, 2.0 + 1.0 / 3.0, 0.25];
    for (found, expected) in found.iter().zip(expected) {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?}");
    }
}
