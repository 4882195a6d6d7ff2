//! Equilibria from the sequence form, on games whose answers are known and on random ones.

use std::time::Duration;

use detente_game::Game;
use detente_game::rational::{Rational, exact};
use detente_solve::regret;
use detente_solve::sequence::{self, Arithmetic, Options};
use detente_solve::{Budget, Equilibria, Equilibrium, Status, Unfit};
use proptest::prelude::*;

use crate::games::{close, game, shared, threat_game, two_by_two};
use crate::properties::{Stage, stages, tell};

fn with(arithmetic: Arithmetic) -> Options {
    Options {
        arithmetic,
        ..Options::default()
    }
}

#[track_caller]
fn found(result: Result<Equilibria, Unfit>) -> Equilibrium {
    let found = match result {
        Ok(found) => found,
        Err(unfit) => panic!("{unfit}"),
    };
    assert_eq!(found.status, Status::Converged, "{:?}", found.remarks);
    match <[Equilibrium; 1]>::try_from(found.equilibria) {
        Ok([equilibrium]) => equilibrium,
        Err(all) => panic!("{} equilibria", all.len()),
    }
}

#[track_caller]
fn lp(game: &Game, arithmetic: Arithmetic) -> Equilibrium {
    found(sequence::lp(game, &with(arithmetic), &Budget::unlimited()))
}

#[track_caller]
fn lcp(game: &Game, arithmetic: Arithmetic) -> Equilibrium {
    found(sequence::lcp(game, &with(arithmetic), &Budget::unlimited()))
}

fn worst(equilibrium: &Equilibrium) -> f64 {
    let certificate = &equilibrium.certificate;
    let gain = certificate.largest_relative_gain;
    gain.max(certificate.largest_relative_gain_at_sets)
}

fn fraction(above: i64, below: i64) -> Rational {
    Rational::new(above.into(), below.into())
}

/// Expected payoffs of exact probabilities.
fn exact_payoffs(game: &Game, equilibrium: &Equilibrium) -> Vec<Rational> {
    let zero = || fraction(0, 1);
    let Some(probabilities) = &equilibrium.exact else {
        panic!("not exact");
    };
    let number = |number: f64| exact(number).unwrap_or_else(zero);
    let mut edges = probabilities.clone();
    edges.extend(game.chance().iter().map(|&p| number(p)));
    let mut reach = vec![fraction(1, 1); game.nodes()];
    let mut sums = vec![zero(); game.players()];
    for node in 0..game.nodes() {
        let first = game.first_slot()[node] as usize;
        for (k, child) in game.children(node).enumerate() {
            reach[child] = reach[node].clone() * &edges[first + k];
        }
        for (sum, &payoff) in sums.iter_mut().zip(game.payoffs_at(node)) {
            *sum += reach[node].clone() * number(payoff);
        }
    }
    sums
}

#[test]
fn values_of_poker() {
    for (file, value) in [
        ("kuhn3", -1.0 / 18.0),
        ("kuhn13", -5.0 / 78.0),
        ("kuhn16", -29.0 / 480.0),
        ("kuhn24", -197.0 / 3312.0),
        ("kuhn48", -781.0 / 13536.0),
        ("leduc2x2", 0.0),
        ("leduc3x1", 0.0),
        ("leduc3x2", -0.085_606_424_078),
        ("leduc4x2", -0.102_242_921_154_83),
    ] {
        let Some(game) = shared(&format!("bench/{file}.efg")) else {
            return;
        };
        let equilibrium = lp(&game, Arithmetic::Float);
        close(equilibrium.payoffs()[0], value, 1e-12);
        assert!(
            worst(&equilibrium) < 1e-11,
            "{file}: {}",
            worst(&equilibrium)
        );
    }
}

/// Two methods that share nothing but the game agree.
#[test]
fn liars_dice_agrees_with_regret() {
    for (faces, value) in [(3, 1.0 / 9.0), (4, 1.0 / 16.0)] {
        let Ok(game) = detente_game::generate::liars_dice(faces) else {
            panic!("{faces} faces");
        };
        let equilibrium = lp(&game, Arithmetic::Float);
        close(equilibrium.payoffs()[0], value, 1e-12);
        assert!(worst(&equilibrium) < 1e-11);
        let options = regret::Options {
            iterations: 1000,
            ..regret::Options::of(regret::Variant::Dcfr)
        };
        let learnt = regret::equilibrium(&game, &options, &Budget::unlimited());
        let found = match learnt {
            Ok(found) => found.equilibria[0].payoffs()[0],
            Err(unfit) => panic!("{unfit}"),
        };
        close(found, value, 1e-3);
    }
}

#[test]
fn exact_values_of_poker() {
    for (file, value) in [("kuhn3", fraction(-1, 18)), ("kuhn6", fraction(-11, 180))] {
        let Some(game) = shared(&format!("bench/{file}.efg")) else {
            return;
        };
        for equilibrium in [lp(&game, Arithmetic::Exact), lcp(&game, Arithmetic::Exact)] {
            let payoffs = exact_payoffs(&game, &equilibrium);
            assert_eq!(payoffs, [value.clone(), -value.clone()]);
        }
    }
}

#[test]
fn crises_and_bargaining() {
    // From a uniform prior the path in the last one goes on for very long; from near logit play it is short.
    for file in [
        "crisisK10M10",
        "crisisK16M16",
        "bargR3K3M3",
        "bargR3K2M5",
        "bargR4K3M5",
    ] {
        let Some(game) = shared(&format!("bench/{file}.efg")) else {
            return;
        };
        let equilibrium = lcp(&game, Arithmetic::Float);
        assert!(
            worst(&equilibrium) < 1e-13,
            "{file}: {}",
            worst(&equilibrium)
        );
    }
}

#[test]
fn threats_that_nobody_carries_out() {
    let game = threat_game(0.3);
    for arithmetic in [Arithmetic::Auto, Arithmetic::Float] {
        let equilibrium = lcp(&game, arithmetic);
        let at = |set: &str, action: usize| {
            let set = (0..game.sets()).find(|&k| game.set_name(k) == set);
            set.map_or(f64::NAN, |set| equilibrium.profile.at(&game, set)[action])
        };
        close(at("resolute", 1), 1.0, 1e-12);
        close(at("irresolute", 1), 3.0 / 7.0, 1e-12);
        close(at("iran", 1), 2.0 / 3.0, 1e-12);
        close(at("resolute acts", 1), 1.0, 1e-12);
        close(at("irresolute acts", 0), 1.0, 1e-12);
        assert!(worst(&equilibrium) < 1e-14);
        let remark = equilibrium.remark.unwrap_or_default();
        assert!(remark.starts_with("Sequentially rational"), "{remark}");
    }
    let exact = lcp(&game, Arithmetic::Exact).exact.unwrap_or_default();
    assert!(exact.contains(&fraction(3, 7)) && exact.contains(&fraction(2, 3)));
    // Iran gives in, so that nobody has to act.
    let equilibrium = lcp(&threat_game(0.6), Arithmetic::Exact);
    assert_eq!(worst(&equilibrium), 0.0);
}

#[test]
fn what_gambit_finds() {
    let path = format!(
        "{}/../../../shared/cases/gambit/expected.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(lines) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/cases/gambit is absent");
        return;
    };
    let lines: Vec<serde_json::Value> = lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &serde_json::Value| line.get("error").is_none())
        .collect();
    let unique = |name: &str| {
        let same = |line: &&serde_json::Value| line["game"] == name;
        let mut all = lines.iter().filter(same);
        all.any(|line| line["method"] == "enummixed" && line["count"] == 1)
    };
    let mut compared = 0;
    for line in &lines {
        let (Some(name), Some(method)) = (line["game"].as_str(), line["method"].as_str()) else {
            continue;
        };
        if method != "lp" && method != "lcp" {
            continue;
        }
        let Some(game) = shared(&format!("gambit/{name}")) else {
            continue;
        };
        let small = game.actions() <= 60;
        let arithmetic = if small {
            Arithmetic::Exact
        } else {
            Arithmetic::Float
        };
        let equilibrium = match method {
            "lp" => lp(&game, arithmetic),
            _ => lcp(&game, arithmetic),
        };
        assert!(
            worst(&equilibrium) < 1e-12,
            "{name}: {}",
            worst(&equilibrium)
        );
        if method == "lp" || unique(name) {
            let rounded = equilibrium.payoffs();
            for player in 0..2 {
                let expected = line["equilibria"][0]["payoffs"][player].as_str();
                let Some(Ok(expected)) = expected.map(str::parse::<Rational>) else {
                    panic!("{line}");
                };
                if small {
                    let payoffs = exact_payoffs(&game, &equilibrium);
                    assert_eq!(payoffs[player], expected, "{name}");
                } else {
                    close(
                        rounded[player],
                        detente_game::rational::nearest(&expected),
                        1e-12,
                    );
                }
            }
            compared += 1;
        }
    }
    println!("{compared} games with the payoffs that Gambit finds");
    assert!(compared >= 15);
}

#[test]
fn games_that_are_no_task() {
    let one = game(
        r#"EFG 2 R "" { "a" }
        p "" 1 1 "" { "l" "r" } 0
        t "" 1 "" { 1 }
        t "" 2 "" { 2 }"#,
    );
    let nobody = game("EFG 2 R \"\" { }\nt \"\" 1 \"\" { }");
    for (game, has) in [(&one, 1), (&nobody, 0)] {
        let refused = sequence::lcp(game, &Options::default(), &Budget::unlimited());
        assert!(
            matches!(refused, Err(Unfit::Players { needs: 2, has: found, .. }) if found == has)
        );
    }
    let sum = two_by_two(
        ["u", "d"],
        ["l", "r"],
        [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]],
    );
    let refused = sequence::lp(&sum, &Options::default(), &Budget::unlimited());
    assert!(matches!(refused, Err(Unfit::GeneralSum { .. })));
    let forgetful = game(
        r#"EFG 2 R "" { "a" "b" }
        p "" 1 1 "first" { "l" "r" } 0
        p "" 1 2 "second" { "l" "r" } 0
        t "" 1 "" { 1 0 }
        t "" 2 "" { 2 0 }
        p "" 1 2 "second" 0
        t "" 3 "" { 3 0 }
        t "" 4 "" { 4 0 }"#,
    );
    let refused = sequence::lcp(&forgetful, &Options::default(), &Budget::unlimited());
    assert!(refused.is_err_and(|unfit| unfit.to_string().contains("second")));
}

#[test]
fn little_to_decide() {
    // Nobody moves; only the first player moves; one action only.
    for text in [
        "EFG 2 R \"\" { \"a\" \"b\" }\nt \"\" 1 \"\" { 3 -3 }",
        "EFG 2 R \"\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1 -1 }\nt \"\" 2 \"\" { 3 -3 }",
        "EFG 2 R \"\" { \"a\" \"b\" }\np \"\" 2 1 \"\" { \"l\" } 0\np \"\" 1 1 \"\" { \"m\" } 0\nt \"\" 2 \"\" { 3 -3 }",
    ] {
        let game = game(text);
        for arithmetic in [Arithmetic::Exact, Arithmetic::Float] {
            assert_eq!(lp(&game, arithmetic).payoffs(), [3.0, -3.0]);
            assert_eq!(lcp(&game, arithmetic).payoffs(), [3.0, -3.0]);
        }
    }
}

#[test]
fn ties_everywhere() {
    let game = two_by_two(["u", "d"], ["l", "r"], [[0.0; 2]; 4]);
    for arithmetic in [Arithmetic::Exact, Arithmetic::Float] {
        assert_eq!(worst(&lp(&game, arithmetic)), 0.0);
        assert_eq!(worst(&lcp(&game, arithmetic)), 0.0);
    }
}

#[test]
fn payoffs_of_any_size() {
    for size in [1e9, 1e-9] {
        let pennies = [1.0, -1.0, -1.0, 2.0].map(|u| [u * size, -u * size]);
        let game = two_by_two(["u", "d"], ["l", "r"], pennies);
        for arithmetic in [Arithmetic::Exact, Arithmetic::Float] {
            for equilibrium in [lp(&game, arithmetic), lcp(&game, arithmetic)] {
                close(equilibrium.profile.probabilities()[0], 0.6, 1e-15);
                close(equilibrium.payoffs()[0] / size, 0.2, 1e-14);
            }
        }
    }
}

#[test]
fn no_time_no_answer() {
    let Some(game) = shared("bench/kuhn48.efg") else {
        return;
    };
    let budget = Budget::new(Some(Duration::ZERO), &|_| true);
    let late = sequence::lp(&game, &Options::default(), &budget);
    assert!(late.is_ok_and(|late| late.status == Status::TimeLimit && late.equilibria.is_empty()));
    let stop = Budget::new(None, &|_| false);
    let stopped = sequence::lcp(&game, &Options::default(), &stop);
    assert!(stopped.is_ok_and(|stopped| stopped.status == Status::Interrupted));
}

/// The same game with the second player's payoffs opposite to the first one's.
fn zero_sum(game: Game) -> Game {
    let mut parts = game.into_parts();
    for row in parts.payoffs.chunks_exact_mut(2) {
        row[1] = -row[0];
    }
    match Game::new(parts) {
        Ok(game) => game,
        Err(error) => panic!("{error}"),
    }
}

fn swapped(stage: &Stage) -> Stage {
    Stage {
        mover: [0, 2, 1][stage.mover],
        seen_by: vec![stage.seen_by[1], stage.seen_by[0]],
        ..stage.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_games_have_sequential_equilibria(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let equilibrium = lcp(&game, Arithmetic::Float);
        prop_assert!(worst(&equilibrium) < 1e-9, "{:?}", equilibrium.certificate);
    }

    #[test]
    fn both_methods_and_arithmetics_agree(stages in stages(2), seed in any::<u64>()) {
        let game = zero_sum(tell(&stages, seed, &[(1.0, 0.0); 2]));
        let value = lp(&game, Arithmetic::Float).payoffs()[0];
        prop_assert!((lcp(&game, Arithmetic::Float).payoffs()[0] - value).abs() < 1e-9);
        if game.actions() <= 25 {
            let exact = lp(&game, Arithmetic::Exact);
            prop_assert!((exact.payoffs()[0] - value).abs() < 1e-9);
            prop_assert!(worst(&exact) < 1e-13);
        }
    }

    /// Rounding may lead another way, to another equilibrium; both must be sound.
    #[test]
    fn exact_and_float_are_both_sound(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        prop_assume!(game.actions() <= 25);
        prop_assert!(worst(&lcp(&game, Arithmetic::Exact)) < 1e-13);
        prop_assert!(worst(&lcp(&game, Arithmetic::Float)) < 1e-9);
    }

    #[test]
    fn units_do_not_matter(stages in stages(2), seed in any::<u64>()) {
        let plain = lcp(&tell(&stages, seed, &[(1.0, 0.0); 2]), Arithmetic::Float);
        let shifted = lcp(&tell(&stages, seed, &[(256.0, -3.0), (0.125, 1e3)]), Arithmetic::Float);
        prop_assert!(worst(&shifted) < 1e-9);
        // Powers of two change nothing but exponents; a shift rounds, and ties can then break otherwise.
        let scaled = lcp(&tell(&stages, seed, &[(256.0, 0.0), (0.125, 0.0)]), Arithmetic::Float);
        for (a, b) in plain.profile.probabilities().iter().zip(scaled.profile.probabilities()) {
            prop_assert!((a - b).abs() < 1e-7, "{} {}", a, b);
        }
    }

    #[test]
    fn the_value_ignores_who_is_first(stages in stages(2), seed in any::<u64>()) {
        let swapped: Vec<Stage> = stages.iter().map(swapped).collect();
        let one = zero_sum(tell(&stages, seed, &[(1.0, 0.0); 2]));
        let mut parts = zero_sum(tell(&swapped, seed, &[(1.0, 0.0); 2])).into_parts();
        for payoff in &mut parts.payoffs {
            *payoff = -*payoff;
        }
        let Ok(other) = Game::new(parts) else {
            panic!("still a game");
        };
        let values = [lp(&one, Arithmetic::Float).payoffs(), lp(&other, Arithmetic::Float).payoffs()];
        prop_assert!((values[0][0] - values[1][1]).abs() < 1e-9, "{:?}", values);
    }
}
