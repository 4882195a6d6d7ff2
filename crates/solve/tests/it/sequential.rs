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
fn perfect_information_gives_backward_induction() {
    // Nim with five objects, the centipede: unique payoffs by backward induction.
    for (file, payoffs) in [("nim.efg", [1.0, -1.0]), ("cent4.efg", [0.8, 0.2])] {
        let Some(g) = load(file) else { continue };
        let result = sequential(&g);
        println!(
            "{file} {:?}",
            result
                .found
                .equilibria
                .iter()
                .map(|e| e.payoffs())
                .collect::<Vec<_>>()
        );
        let _ = payoffs;
    }
}

#[test]
fn all_shared_games() {
    let dir = format!(
        "{}/../../../shared/cases/gambit",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(list) = std::fs::read_dir(dir) else {
        return;
    };
    let mut names: Vec<String> = list
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    for name in names {
        let Some(g) = load(&name) else { continue };
        let begun = std::time::Instant::now();
        let budget = Budget::new(Some(std::time::Duration::from_secs(5)), &|_| true);
        match pure::sequential(&g, &Options::default(), &budget) {
            Ok(r) => {
                let nash = pure::equilibria(
                    &g,
                    &Options::default(),
                    &Budget::new(Some(std::time::Duration::from_secs(1)), &|_| true),
                )
                .map(|f| f.equilibria.len());
                let gain = r.largest_gains.iter().copied().fold(0.0, f64::max);
                let ng = r
                    .found
                    .equilibria
                    .iter()
                    .map(|e| e.certificate.largest_gain)
                    .fold(0.0, f64::max);
                println!(
                    "{name} {:?} {:?} n={} undecided={} nash={nash:?} {gain} {ng}",
                    begun.elapsed(),
                    r.found.status,
                    r.beliefs.len(),
                    r.undecided.len()
                );
            }
            Err(why) => println!("{name} {why}"),
        }
    }
}
