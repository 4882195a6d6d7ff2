//! Regret minimization: known values, a textbook implementation beside it, and what must hold for every game.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use detente_game::generate::{kuhn_poker, leduc_poker, liars_dice};
use detente_game::{Game, Profile};
use detente_solve::regret::{self, Options, Solution, Variant};
use detente_solve::{Budget, Status, Unfit, certify};
use proptest::prelude::*;

use crate::games::{close, game, shared, two_by_two};
use crate::properties::{stages, tell};
use crate::textbook_cfr::Textbook;

fn solve(game: &Game, options: &Options) -> Solution {
    regret::solve(game, options, &Budget::unlimited()).expect("a game of two players")
}

fn run(game: &Game, variant: Variant, iterations: u64) -> Solution {
    let options = Options {
        iterations,
        tolerance: 0.0,
        ..Options::of(variant)
    };
    solve(game, &options)
}

fn value(solution: &Solution) -> f64 {
    solution.equilibria.equilibria[0].payoffs()[0]
}

/// A profile of a zero-sum game gives each player the value of the game up to what both could gain.
#[track_caller]
fn near_value(solution: &Solution, known: f64, sum_of_gains: f64) {
    let total = solution.equilibria.equilibria[0].certificate.total_gain;
    assert!(total <= sum_of_gains, "{total}");
    close(value(solution), known, total + 1e-12);
}

/// The same game with its payoffs taken through a function of the player and the payoff.
fn with_payoffs(game: &Game, change: impl Fn(usize, &[f64]) -> f64) -> Game {
    let mut parts = game.clone().into_parts();
    for row in parts.payoffs.chunks_exact_mut(2) {
        let new = [change(0, row), change(1, row)];
        row.copy_from_slice(&new);
    }
    Game::new(parts).expect("still a game")
}

/// No two payoffs alike, so that no regret is 0 but for reasons: then rounding cannot turn a mixture around.
fn unlike(game: &Game) -> Game {
    let mut parts = game.clone().into_parts();
    parts.payoffs.clear();
    for node in 0..game.nodes() {
        if game.arity()[node] == 0 {
            let row = parts.payoffs.len() / 2;
            parts.first_child[node] = row as u32;
            let noise = |k: usize| ((row * 7919 + k * 104_729) % 1009) as f64 / 1009.0;
            let payoffs = game.payoffs_at(node);
            parts.payoffs.push(payoffs[0] + noise(0));
            parts.payoffs.push(payoffs[1] + noise(1));
        }
    }
    parts.labels.outcomes.clear();
    Game::new(parts).expect("still a game")
}

#[track_caller]
fn same_profile(a: &Profile, b: &Profile, within: f64) {
    for (a, b) in a.probabilities().iter().zip(b.probabilities()) {
        close(*a, *b, within);
    }
}

#[test]
fn kuhn_poker_with_many_cards() {
    let known = [
        (3, -1.0 / 18.0),
        (4, -1.0 / 24.0),
        (5, -1.0 / 15.0),
        (6, -11.0 / 180.0),
        (8, -1.0 / 16.0),
        (10, -11.0 / 180.0),
        (13, -5.0 / 78.0),
        (16, -29.0 / 480.0),
        (24, -197.0 / 3312.0),
        (48, -781.0 / 13536.0),
    ];
    for (cards, value) in known {
        let game = kuhn_poker(cards).expect("a game");
        let solution = solve(&game, &Options::default());
        assert_eq!(solution.equilibria.status, Status::Converged);
        near_value(&solution, value, 8e-8);
    }
}

#[test]
fn kuhn_poker_to_the_last_digits() {
    let options = Options {
        tolerance: 1e-14,
        ..Options::default()
    };
    let solution = solve(&kuhn_poker(3).expect("a game"), &options);
    assert_eq!(solution.equilibria.status, Status::Converged);
    close(value(&solution), -1.0 / 18.0, 1e-13);
}

#[test]
fn leduc_poker_with_every_variant() {
    let game = leduc_poker(3, 2).expect("a game");
    for (variant, gains) in [
        (Variant::Cfr, 0.1),
        (Variant::CfrPlus, 0.01),
        (Variant::Dcfr, 0.01),
        (Variant::PredictiveCfrPlus, 0.01),
    ] {
        near_value(&run(&game, variant, 600), -0.085_606_424_078, gains);
    }
}

#[test]
fn liars_dice_with_six_faces() {
    let game = liars_dice(6).expect("a game");
    let solution = run(&game, Variant::Dcfr, 100);
    near_value(&solution, -7.0 / 258.0, 0.02);
}

#[test]
fn gains_of_uniform_play() {
    let uniform = |game: &Game| certify(game, &Profile::uniform(game)).total_gain;
    close(uniform(&kuhn_poker(3).expect("a game")), 11.0 / 12.0, 1e-12);
    let leduc = leduc_poker(3, 2).expect("a game");
    close(uniform(&leduc), 4.747_222_222_2, 1e-9);
}

#[test]
fn general_sum_games_of_the_shared_folder() {
    for name in ["bargR3K2M5", "bargR3K3M3", "crisisK10M10", "crisisK16M16"] {
        let Some(game) = shared(&format!("bench/{name}.efg")) else {
            return;
        };
        let solution = solve(&game, &Options::default());
        assert_eq!(solution.equilibria.status, Status::Converged, "{name}");
        let remarks = &solution.equilibria.remarks;
        assert!(remarks[0].contains("no guarantee"), "{remarks:?}");
        assert!(solution.equilibria.equilibria[0].certificate.total_gain < 2e-8);
    }
}

#[test]
fn the_textbook_gives_the_same_strategies() {
    for plain in [
        kuhn_poker(5).expect("a game"),
        leduc_poker(3, 1).expect("a game"),
        liars_dice(3).expect("a game"),
    ] {
        let game = unlike(&plain);
        for variant in Variant::ALL {
            // The profile is that of the best look: end there.
            let largest = |point: &regret::Point| {
                let share = |player: usize| point.gains[player] / game.payoff_range(player);
                share(0).max(share(1))
            };
            let path = run(&game, variant, 25).path;
            let best = path.iter().min_by(|a, b| largest(a).total_cmp(&largest(b)));
            let iterations = best.expect("a path").iteration;
            let solution = run(&game, variant, iterations);
            let profile = Textbook::new(&game, variant).run(iterations);
            let found = &solution.equilibria.equilibria[0].profile;
            same_profile(found, &profile, 1e-9);
        }
    }
}

#[test]
fn only_games_of_two_players_who_recall() {
    let three = game(r#"EFG 2 R "" { "a" "b" "c" } p "" 1 1 "" { "x" } 0 t "" 1 "" { 0 0 0 }"#);
    let refused = regret::equilibrium(&three, &Options::default(), &Budget::unlimited());
    assert!(matches!(refused, Err(Unfit::Players { has: 3, .. })));
    let none = game(r#"EFG 2 R "" { } t "" 0 """#);
    let refused = regret::equilibrium(&none, &Options::default(), &Budget::unlimited());
    assert!(matches!(refused, Err(Unfit::Players { has: 0, .. })));
    let forgets = game(
        r#"EFG 2 R "" { "a" "b" }
        p "" 1 1 "first" { "x" "y" } 0
        p "" 1 2 "again" { "x" "y" } 0
        t "" 1 "" { 0 0 }
        t "" 2 "" { 1 0 }
        p "" 1 2 "again" 0
        t "" 3 "" { 2 0 }
        t "" 1 """#,
    );
    let refused = regret::equilibrium(&forgets, &Options::default(), &Budget::unlimited());
    assert!(matches!(refused, Err(Unfit::Recall { set, .. }) if set == "again"));
}

#[test]
fn games_with_nothing_to_decide() {
    let end = game(r#"EFG 2 R "" { "a" "b" } t "" 1 "" { 3 -1 }"#);
    let solution = solve(&end, &Options::default());
    assert_eq!(solution.equilibria.status, Status::Converged);
    assert_eq!(solution.equilibria.equilibria[0].payoffs(), [3.0, -1.0]);
    let one = game(
        r#"EFG 2 R "" { "a" "b" } p "" 1 1 "" { "x" } 0 p "" 2 1 "" { "y" } 0 t "" 1 "" { 3 -1 }"#,
    );
    let solution = solve(&one, &Options::default());
    assert_eq!(solution.iterations, 1);
    assert_eq!(solution.equilibria.status, Status::Converged);
}

#[test]
fn ties_everywhere() {
    let game = with_payoffs(&kuhn_poker(3).expect("a game"), |_, _| 5.0);
    let solution = solve(&game, &Options::default());
    assert_eq!(solution.equilibria.status, Status::Converged);
    let uniform = Profile::uniform(&game);
    same_profile(&solution.equilibria.equilibria[0].profile, &uniform, 0.0);
}

#[test]
fn large_small_and_distant_payoffs() {
    let plain = kuhn_poker(3).expect("a game");
    for variant in Variant::ALL {
        let expected = run(&plain, variant, 200).path.last().copied();
        let expected = expected.expect("a path").exploitability();
        for (factor, offset) in [(1e9, 0.0), (1e-9, 0.0), (1e-9, 1.0), (1.0, 1e9)] {
            let game = with_payoffs(&plain, |player, row| factor * row[player] + offset);
            let solution = run(&game, variant, 200);
            let found = solution.path.last().expect("a path").exploitability() / factor;
            // What the payoffs lose by standing far from 0 is lost.
            let lost = 4.0 * f64::EPSILON * offset / factor;
            let within = 0.5 * expected + 1e3 * lost;
            assert!((found - expected).abs() <= within, "{found} {expected}");
        }
    }
}

#[test]
fn a_part_that_chance_never_reaches() {
    let game = game(
        r#"EFG 2 R "" { "a" "b" }
        c "" 1 "" { "never" 0 "always" 1 } 0
        p "" 1 1 "lost" { "x" "y" } 0
        t "" 1 "" { 1000 0 }
        t "" 2 "" { 0 1 }
        p "" 1 2 "real" { "x" "y" } 0
        t "" 3 "" { 1 0 }
        t "" 2 """#,
    );
    let solution = solve(&game, &Options::default());
    assert_eq!(solution.equilibria.status, Status::Converged);
    let found = &solution.equilibria.equilibria[0];
    assert_eq!(found.profile.at(&game, 0), [0.5, 0.5]);
    assert!(solution.equilibria.remarks[1].contains("lost"));
}

#[test]
fn matching_pennies_is_mixed_evenly() {
    let game = two_by_two(
        ["heads", "tails"],
        ["heads", "tails"],
        [[2.0, -2.0], [-1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]],
    );
    let solution = solve(&game, &Options::default());
    let profile = &solution.equilibria.equilibria[0].profile;
    close(profile.at(&game, 0)[0], 0.4, 1e-6);
    close(profile.at(&game, 1)[0], 0.4, 1e-6);
    assert!(solution.equilibria.remarks[0].contains("exploitability"));
    assert!(solution.equilibria.remarks[1].starts_with("Sequentially rational"));
}

#[test]
fn limits_are_told() {
    let game = leduc_poker(3, 1).expect("a game");
    let none = run(&game, Variant::Cfr, 0);
    assert_eq!(none.equilibria.status, Status::IterationLimit);
    same_profile(
        &none.equilibria.equilibria[0].profile,
        &Profile::uniform(&game),
        1e-15,
    );
    assert_eq!(run(&game, Variant::Cfr, 7).path.len(), 7);
    let odd = Options {
        averaging: Some(f64::NAN),
        ..Options::default()
    };
    assert_eq!(
        solve(&game, &odd).equilibria.status,
        Status::NumericalTrouble
    );
    let asked = AtomicUsize::new(0);
    let watch = |_: &detente_solve::Headway<'_>| asked.fetch_add(1, Ordering::Relaxed) < 3;
    let budget = Budget::new(None, &watch);
    let options = Options {
        tolerance: 0.0,
        ..Options::of(Variant::Cfr)
    };
    let stopped = regret::solve(&game, &options, &budget).expect("fits");
    assert_eq!(stopped.equilibria.status, Status::Interrupted);
    assert!(stopped.iterations > 0 && stopped.equilibria.equilibria.len() == 1);
    let budget = Budget::new(Some(Duration::ZERO), &|_| true);
    let late = regret::solve(&game, &options, &budget).expect("fits");
    assert_eq!(late.equilibria.status, Status::TimeLimit);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_variant_converges_on_zero_sum_games(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let game = with_payoffs(&game, |player, row| if player == 0 { row[0] } else { -row[0] });
        for variant in Variant::ALL {
            let solution = run(&game, variant, 1500);
            let found = &solution.equilibria.equilibria[0].certificate;
            let bound = if variant == Variant::Cfr { 2e-2 } else { 5e-3 };
            prop_assert!(found.largest_relative_gain <= bound, "{variant:?} {}", found.largest_relative_gain);
        }
    }

    #[test]
    fn the_textbook_agrees_on_any_game(stages in stages(2), seed in any::<u64>()) {
        let game = unlike(&tell(&stages, seed, &[(1.0, 0.0), (2.0, 1.0)]));
        for variant in Variant::ALL {
            let solution = run(&game, variant, 12);
            let mut textbook = Textbook::new(&game, variant);
            let profile = textbook.run(12);
            if textbook.fragile() {
                continue;
            }
            let gains = certify(&game, &profile);
            let last = solution.path.last().expect("a path");
            for (player, found) in gains.players.iter().enumerate() {
                prop_assert!((found.gain - last.gains[player]).abs() < 1e-9, "{variant:?}");
            }
        }
    }

    #[test]
    fn the_certificate_agrees_with_the_path(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0), (3.0, 7.0)]);
        let solution = run(&game, Variant::PredictiveCfrPlus, 40);
        let found = &solution.equilibria.equilibria[0].certificate;
        let near = |p: &regret::Point| (0..2).all(|i| (p.gains[i] - found.players[i].gain).abs() < 1e-11);
        prop_assert!(solution.path.iter().any(near));
    }

    #[test]
    fn units_do_not_matter(stages in stages(2), seed in any::<u64>()) {
        let plain = unlike(&tell(&stages, seed, &[(1.0, 0.0); 2]));
        // Powers of two change nothing at all.
        let scaled = with_payoffs(&plain, |player, row| row[player] * [1024.0, 0.125][player]);
        for variant in Variant::ALL {
            let (a, b) = (run(&plain, variant, 30), run(&scaled, variant, 30));
            for (a, b) in a.path.iter().zip(&b.path) {
                prop_assert_eq!(a.gains[0] * 1024.0, b.gains[0]);
                prop_assert_eq!(a.gains[1] * 0.125, b.gains[1]);
            }
        }
    }

    #[test]
    fn the_same_bytes_whatever_else_runs(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let solve = || {
            let solution = run(&game, Variant::PredictiveCfrPlus, 60);
            let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
            let gains: Vec<_> = solution.path.iter().map(|p| bits(&p.gains)).collect();
            let found = &solution.equilibria;
            (bits(found.equilibria[0].profile.logs()), gains, found.remarks.clone())
        };
        let alone = solve();
        let (first, second) = thread::scope(|scope| {
            let (a, b) = (scope.spawn(solve), scope.spawn(solve));
            (a.join(), b.join())
        });
        prop_assert_eq!(&alone, &first.expect("no panic"));
        prop_assert_eq!(&alone, &second.expect("no panic"));
    }
}
