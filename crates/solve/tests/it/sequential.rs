//! Pure sequential equilibria of textbook games.

use detente_game::Game;
use detente_game::rational::{Rational, nearest};
use detente_solve::pure::{self, Options, Sequential, Verdict};
use detente_solve::{Budget, Status};

use crate::expected::load;
use crate::games::{game, threat_game};

fn sequential(game: &Game) -> Sequential {
    match pure::sequential(game, &Options::default(), &Budget::unlimited()) {
        Ok(result) => {
            assert_eq!(result.found.status, Status::Complete);
            assert!(result.largest_gains.iter().all(|&gain| gain < 1e-9));
            let gain = |at: usize| result.found.equilibria[at].certificate.largest_gain;
            assert!((0..result.beliefs.len()).all(|at| gain(at) < 1e-9));
            result
        }
        Err(why) => panic!("{why}"),
    }
}

/// The chosen actions of every equilibrium, by name, set after set.
fn choices(game: &Game, result: &Sequential) -> Vec<String> {
    let chosen = |at: usize| {
        let profile = &result.found.equilibria[at].profile;
        let names = (0..game.sets()).map(|set| {
            let action = profile.at(game, set).iter().position(|&p| p == 1.0);
            game.action_name(set, action.unwrap_or(0))
        });
        names.collect::<Vec<_>>().join(" ")
    };
    let mut all: Vec<String> = (0..result.found.equilibria.len()).map(chosen).collect();
    all.sort();
    all
}

#[test]
fn a_threat_that_is_not_credible_is_no_sequential_equilibrium() {
    // Selten (1978): the entry game.
    let g = game(
        r#"EFG 2 R "entry" { "entrant" "incumbent" }
        p "" 1 1 "enter" { "in" "out" } 0
        p "" 2 1 "react" { "fight" "yield" } 0
        t "" 1 "" { -1 -1 }
        t "" 2 "" { 1 1 }
        t "" 3 "" { 0 2 }"#,
    );
    assert_eq!(choices(&g, &sequential(&g)), ["in yield"]);
    let out_and_fight = pure::verdict(&g, &[1, 0], &Budget::unlimited());
    assert_eq!(out_and_fight, Ok(Verdict::NotSequential));
    let nash = pure::equilibria(&g, &Options::default(), &Budget::unlimited());
    assert_eq!(nash.map(|found| found.equilibria.len()), Ok(2));
}

/// Cho & Kreps (1987), figure I, with a share of strong senders.
fn beer_quiche(strong: f64) -> Game {
    let weak = 1.0 - strong;
    game(&format!(
        r#"EFG 2 R "beer and quiche" {{ "A" "B" }}
        c "" 1 "" {{ "strong" {strong} "weak" {weak} }} 0
        p "" 1 1 "strong" {{ "beer" "quiche" }} 0
        p "" 2 1 "beer" {{ "duel" "not" }} 0
        t "" 1 "" {{ 1 0 }}
        t "" 2 "" {{ 3 1 }}
        p "" 2 2 "quiche" {{ "duel" "not" }} 0
        t "" 3 "" {{ 0 0 }}
        t "" 4 "" {{ 2 1 }}
        p "" 1 2 "weak" {{ "beer" "quiche" }} 0
        p "" 2 1 "beer" 0
        t "" 5 "" {{ 0 1 }}
        t "" 6 "" {{ 2 0 }}
        p "" 2 2 "quiche" 0
        t "" 7 "" {{ 1 1 }}
        t "" 8 "" {{ 3 0 }}"#
    ))
}

#[test]
fn beer_and_quiche_both_pool() {
    let g = beer_quiche(0.9);
    let result = sequential(&g);
    let set = |name: &str| g.labels().sets.iter().position(|label| label == name);
    assert_eq!(result.found.equilibria.len(), 2);
    for (at, one) in result.found.equilibria.iter().enumerate() {
        let [Some(strong), Some(weak)] = [set("strong"), set("weak")] else {
            panic!("no such sets");
        };
        assert_eq!(one.profile.at(&g, strong), one.profile.at(&g, weak));
        let pooled = if one.profile.at(&g, strong)[0] == 1.0 {
            "beer"
        } else {
            "quiche"
        };
        for name in ["beer", "quiche"] {
            let Some(here) = set(name) else {
                panic!("no {name}")
            };
            let beliefs = &result.beliefs[at][g.member_range(here)];
            assert_eq!(
                beliefs.iter().sum::<Rational>(),
                Rational::from_integer(1.into())
            );
            let strong = nearest(&beliefs[0]);
            // On the path the prior; off it, at least even odds of a weak sender.
            assert!(if name == pooled {
                strong == 0.9
            } else {
                strong <= 0.5
            });
        }
    }
    assert!(sequential(&beer_quiche(0.4)).found.equilibria.is_empty());
}

#[test]
fn the_horse_has_one_pure_sequential_equilibrium() {
    // Selten (1975), figure 1.
    let g = game(
        r#"EFG 2 R "horse" { "1" "2" "3" }
        p "" 1 1 "one" { "down" "across" } 0
        p "" 3 1 "three" { "L" "R" } 0
        t "" 1 "" { 3 2 2 }
        t "" 2 "" { 0 0 0 }
        p "" 2 1 "two" { "down" "across" } 0
        p "" 3 1 "three" 0
        t "" 3 "" { 4 4 0 }
        t "" 4 "" { 0 0 1 }
        t "" 5 "" { 1 1 1 }"#,
    );
    let found = choices(&g, &sequential(&g));
    assert_eq!(found.len(), 1);
    assert!(
        ["across R across", "across across R"].contains(&found[0].as_str()),
        "{found:?}"
    );
    let nash = pure::equilibria(&g, &Options::default(), &Budget::unlimited());
    assert_eq!(nash.map(|found| found.equilibria.len()), Ok(2));
}

#[test]
fn the_chain_store_yields_to_every_entrant() {
    // Selten (1978), with two entrants who see everything: the unique subgame-perfect equilibrium.
    let g = game(
        r#"EFG 2 R "chain store" { "store" "first" "second" }
        p "" 2 1 "first" { "in" "out" } 0
        p "" 1 1 "fought" { "fight" "yield" } 0
        p "" 3 1 "after a fight" { "in" "out" } 0
        p "" 1 2 "fight again" { "fight" "yield" } 0
        t "" 1 "" { 0 -1 -1 }
        t "" 2 "" { 2 -1 1 }
        t "" 3 "" { 5 -1 0 }
        p "" 3 2 "after yielding" { "in" "out" } 0
        p "" 1 3 "fight late" { "fight" "yield" } 0
        t "" 4 "" { 2 1 -1 }
        t "" 5 "" { 4 1 1 }
        t "" 6 "" { 7 1 0 }
        p "" 3 3 "after peace" { "in" "out" } 0
        p "" 1 4 "fight first" { "fight" "yield" } 0
        t "" 7 "" { 5 0 -1 }
        t "" 8 "" { 7 0 1 }
        t "" 9 "" { 10 0 0 }"#,
    );
    let found = sequential(&g);
    assert_eq!(found.found.equilibria.len(), 1);
    assert_eq!(found.found.equilibria[0].payoffs(), [4.0, 1.0, 1.0]);
    let nash = pure::equilibria(&g, &Options::default(), &Budget::unlimited());
    assert!(nash.is_ok_and(|found| found.equilibria.len() > 1));
}

/// Two players in turn who know that the first has left the path, not how. The second passes if the first
/// mistake is at least twice as likely as the other, the third chooses l if the other is at least 1/`factor` as
/// likely as the first.
fn two_observers(factor: f64) -> Game {
    game(&format!(
        r#"EFG 2 R "two observers" {{ "1" "2" "3" }}
        p "" 1 1 "one" {{ "out" "a" "b" }} 0
        t "" 1 "" {{ 5 0 0 }}
        p "" 2 1 "two" {{ "pass" "stop" }} 0
        p "" 3 1 "three" {{ "l" "r" }} 0
        t "" 2 "" {{ 0 1 0 }}
        t "" 3 "" {{ 0 1 1 }}
        t "" 4 "" {{ 0 0 0 }}
        p "" 2 1 "two" 0
        p "" 3 1 "three" 0
        t "" 5 "" {{ 0 -2 {factor} }}
        t "" 6 "" {{ 0 -2 0 }}
        t "" 7 "" {{ 0 0 0 }}"#
    ))
}

#[test]
fn observers_of_the_same_mistakes_believe_the_same() {
    let judge =
        |factor: f64| match pure::verdict(&two_observers(factor), &[0, 0, 0], &Budget::unlimited())
        {
            Ok(verdict) => verdict,
            Err(why) => panic!("{why}"),
        };
    // Each would be optimal under beliefs of its own, but not both under common ones.
    assert_eq!(judge(1.0), Verdict::NotSequential);
    // Exactly one ratio will do.
    let third = |n: i64| Rational::new(n.into(), 3.into());
    let beliefs = [third(3), third(2), third(1), third(2), third(1)].to_vec();
    assert_eq!(judge(2.0), Verdict::Sequential { beliefs });
    assert!(matches!(judge(5.0), Verdict::Sequential { .. }));
}

#[test]
fn silence_pools_under_pessimistic_beliefs() {
    // With few resolute senders the threat cannot pool; that nobody threatens can, if the target resists.
    for (resolute, all) in [(0.3, 1), (0.6, 2)] {
        let found = sequential(&threat_game(resolute)).found.equilibria;
        let quiet = found.iter().filter(|one| one.payoffs()[0] == 0.0);
        assert_eq!((found.len(), quiet.count()), (all, 1));
    }
}

#[test]
fn shared_games() {
    // Sequential equilibria of the tree, for games whose pure Nash equilibria are many more.
    for (file, expected) in [
        ("montyhal.efg", 192),
        ("tim.efg", 2),
        ("my_2-8.efg", 5),
        ("w_ex2.efg", 24),
        ("wilson1.efg", 0),
        ("bcp2.efg", 2),
    ] {
        let Some(g) = load(file) else { return };
        let found = sequential(&g);
        assert!(found.found.complete, "{file}");
        assert_eq!(found.beliefs.len(), expected, "{file}");
    }
}

#[test]
fn nobody_and_nothing() {
    let g = game(r#"EFG 2 R "" { } t "" 0"#);
    assert_eq!(sequential(&g).found.equilibria.len(), 1);
    let found = pure::equilibria(&g, &Options::default(), &Budget::unlimited());
    assert_eq!(found.map(|found| found.equilibria.len()), Ok(1));
}
