//! Agreement between the methods on random games, the judge against perturbed profiles, and every method at the
//! edges of what games can be.

use std::time::{Duration, Instant};

use detente_game::{Game, Profile};
use detente_solve::methods::{METHODS, Outcome, Settings, method};
use detente_solve::qre::Quiet;
use detente_solve::{Budget, Status, Unfit, certify, extreme};
use proptest::prelude::*;

use crate::bimatrix::bimatrix;
use crate::games::game;
use crate::properties::{stages, tell};

/// What a method finds within a second.
fn run(game: &Game, name: &str, settings: &Settings) -> Result<Outcome, Unfit> {
    let Some(method) = method(name) else {
        panic!("no method {name}");
    };
    let limit = Some(Duration::from_secs(1));
    let settings = Settings {
        time_limit: limit,
        ..settings.clone()
    };
    method.run(game, &settings, &Budget::new(limit, &|_| true), &mut Quiet)
}

/// The same, where the method must not refuse; none where it ran out of time.
fn solved(game: &Game, name: &str, settings: &Settings) -> Option<Outcome> {
    match run(game, name, settings) {
        Ok(outcome) => outcome.found.status.is_success().then_some(outcome),
        Err(unfit) => panic!("{name}: {unfit}"),
    }
}

fn sharp() -> Settings {
    Settings {
        tolerance: Some(1e-8),
        ..Settings::default()
    }
}

/// A random game whose payoffs sum to 0 at every end.
fn opposed(stages: &[crate::properties::Stage], seed: u64) -> Game {
    let mut parts = tell(stages, seed, &[(1.0, 0.0); 2]).into_parts();
    for row in parts.payoffs.chunks_exact_mut(2) {
        row[1] = -row[0];
    }
    match Game::new(parts) {
        Ok(game) => game,
        Err(error) => panic!("{error}"),
    }
}

/// Smallest and largest payoffs of a component: payoffs are bilinear on its maximal Nash subsets, whose vertices
/// the extreme equilibria are.
fn corners(found: &extreme::Extreme, component: &[usize]) -> Vec<(f64, f64)> {
    let mut corners = vec![(f64::INFINITY, f64::NEG_INFINITY); 2];
    for &at in component {
        let payoffs = found.found.equilibria[at].payoffs();
        for ((low, high), payoff) in corners.iter_mut().zip(payoffs) {
            *low = low.min(payoff);
            *high = high.max(payoff);
        }
    }
    corners
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_limit_lies_in_a_component(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let budget = Budget::new(Some(Duration::from_millis(200)), &|_| true);
        let all = match extreme::enumerate(&game, &extreme::Options::default(), &budget) {
            Err(Unfit::TooLarge { .. }) => return Ok(()),
            all => all.expect("two players who recall"),
        };
        if !all.found.complete {
            return Ok(());
        }
        for name in ["logit", "sequence-lcp"] {
            let Some(outcome) = solved(&game, name, &sharp()) else {
                continue;
            };
            let payoffs = outcome.found.equilibria[0].payoffs();
            let inside = all.components.iter().any(|component| {
                let corners = corners(&all, component);
                corners.iter().zip(&payoffs).all(|((low, high), payoff)| {
                    (low - 1e-3..=high + 1e-3).contains(payoff)
                })
            });
            prop_assert!(inside, "{}: {:?}", name, payoffs);
        }
    }

    #[test]
    fn the_value_is_the_same_by_every_method(stages in stages(2), seed in any::<u64>()) {
        let game = opposed(&stages, seed);
        let exact = solved(&game, "sequence-lp", &Settings::default());
        let value = exact.expect("in time").found.equilibria[0].payoffs()[0];
        for name in ["sequence-lcp", "regret", "logit"] {
            let settings = Settings { tolerance: Some(1e-6), ..Settings::default() };
            let Some(outcome) = solved(&game, name, &settings) else {
                continue;
            };
            let other = outcome.found.equilibria[0].payoffs()[0];
            let near = 2e-6 * game.payoff_range(0) + 1e-9;
            prop_assert!((value - other).abs() <= near, "{}: {} {}", name, value, other);
        }
    }

    #[test]
    fn the_pure_ones_are_among_the_extreme(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let all = match run(&game, "extreme", &Settings::default()) {
            Ok(all) if all.found.complete => all,
            _ => return Ok(()),
        };
        let Some(pure) = solved(&game, "pure", &Settings::default()) else {
            return Ok(());
        };
        for one in &pure.found.equilibria {
            prop_assert!(one.certificate.largest_gain <= 1e-9);
            let payoffs = one.payoffs();
            let there = all.found.equilibria.iter().any(|other| {
                other.payoffs().iter().zip(&payoffs).all(|(a, b)| (a - b).abs() < 1e-9)
            });
            prop_assert!(there, "{:?}", payoffs);
        }
    }

    #[test]
    fn the_search_finds_strict_equilibria(
        cells in prop::collection::vec((0u8..9, 0u8..9), 4..=9),
    ) {
        let columns = cells.len() / 2;
        let table = |of: fn(&(u8, u8)) -> u8| -> Vec<Vec<f64>> {
            let rows = cells[..2 * columns].chunks(columns);
            rows.map(|row| row.iter().map(|cell| f64::from(of(cell))).collect()).collect()
        };
        let game = bimatrix(&table(|cell| cell.0), &table(|cell| cell.1));
        let pure = solved(&game, "pure", &Settings::default()).expect("in time");
        let few = Settings { starts: 12, ..Settings::default() };
        let found = solved(&game, "search", &few).expect("in time").found.equilibria;
        for one in &pure.found.equilibria {
            // Strict: every other action is worse.
            let values = &one.certificate.action_values;
            let strict = (0..game.sets()).all(|set| {
                let slots = game.slots(set);
                let chosen = slots.clone().find(|&slot| one.profile.probabilities()[slot] == 1.0);
                slots.clone().all(|slot| Some(slot) == chosen || chosen.is_some_and(|c| values[slot] < values[c]))
            });
            if strict {
                let same = |other: &Profile| {
                    let both = other.probabilities().iter().zip(one.profile.probabilities());
                    both.fold(0.0, |far: f64, (a, b)| far.max((a - b).abs())) < 1e-3
                };
                prop_assert!(found.iter().any(|other| same(&other.profile)), "{:?}", one.payoffs());
            }
        }
    }

    #[test]
    fn the_judge_sees_what_a_perturbation_costs(
        stages in stages(3),
        seed in any::<u64>(),
        at in any::<prop::sample::Index>(),
        share in 0.01..1.0f64,
    ) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 3]);
        prop_assume!(game.actions() > 0);
        let limit = solved(&game, "logit", &Settings::default()).expect("in time");
        let limit = &limit.found.equilibria[0];
        let slot = at.index(game.actions());
        let set = (0..game.sets()).find(|&set| game.slots(set).contains(&slot)).expect("a set");
        let mut probabilities = limit.profile.probabilities().to_vec();
        game.slots(set).for_each(|other| probabilities[other] *= 1.0 - share);
        probabilities[slot] += share;
        let moved = Profile::from_probabilities(&game, probabilities).expect("a profile");
        let after = certify(&game, &moved);
        // What the others do stays, and so does the best response: the gain grows by what is lost.
        let player = usize::from(game.set_player()[set]);
        let (before, after) = (&limit.certificate.players[player], &after.players[player]);
        let lost = before.value - after.value;
        prop_assert!((after.gain - before.gain - lost).abs() < 1e-9, "{} {} {}", before.gain, after.gain, lost);
        prop_assert!(lost >= -before.gain - 1e-9);
    }
}

/// Games at the edges, each with a name.
fn edges() -> Vec<(&'static str, Game)> {
    let pair = |a: f64, b: f64, c: f64| {
        bimatrix(&[vec![a, 0.0], vec![0.0, b]], &[vec![c, 0.0], vec![0.0, a]])
    };
    let text = |text: &str| game(text);
    vec![
        ("huge", pair(1e9, 3e9, -2e9)),
        ("tiny", pair(1e-9, 3e-9, -2e-9)),
        ("huge and tiny", pair(1e9, 1e-9, 1.0)),
        ("opposed", bimatrix(&[vec![1e9, -1e9]], &[vec![-1e9, 1e9]])),
        ("ties", pair(0.0, 0.0, 0.0)),
        ("one action", bimatrix(&[vec![3.0]], &[vec![-3.0]])),
        (
            "only an end",
            text("EFG 2 R \"\" { \"1\" \"2\" } t \"\" 1 \"\" { 3 -4 }"),
        ),
        ("nobody", text("EFG 2 R \"\" { } t \"\" 0")),
        (
            "chance alone",
            text("EFG 2 R \"\" { } c \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/2 } 0 t \"\" 0 t \"\" 0"),
        ),
        (
            "one player",
            text(
                "EFG 2 R \"\" { \"1\" } p \"\" 1 1 \"\" { \"a\" \"b\" } 0 t \"\" 1 \"\" { 1 } t \"\" 2 \"\" { 2 }",
            ),
        ),
        (
            "two of whom one never moves",
            text(
                "EFG 2 R \"\" { \"1\" \"2\" } p \"\" 1 1 \"\" { \"a\" \"b\" } 0 t \"\" 1 \"\" { 1 1 } t \"\" 2 \"\" { 2 0 }",
            ),
        ),
        (
            "rare draw",
            text(
                r#"EFG 2 R "" { "1" "2" }
                c "" 1 "" { "rare" 0.000000000001 "often" 0.999999999999 } 0
                p "" 1 1 "seen" { "a" "b" } 0
                p "" 2 1 "two" { "c" "d" } 0
                t "" 1 "" { 1 -1 } t "" 2 "" { 0 0 }
                t "" 3 "" { 0 0 }
                p "" 2 1 "two" 0
                t "" 4 "" { 0 0 } t "" 5 "" { 2 -2 }"#,
            ),
        ),
        (
            "out of reach",
            text(
                r#"EFG 2 R "" { "1" "2" }
                p "" 1 1 "first" { "out" "in" } 0
                t "" 1 "" { 9 9 }
                p "" 2 1 "second" { "l" "r" } 0
                p "" 1 2 "third" { "a" "b" } 0
                t "" 2 "" { 1 1 } t "" 3 "" { 0 0 }
                p "" 1 2 "third" 0
                t "" 4 "" { 0 0 } t "" 5 "" { 1 1 }"#,
            ),
        ),
        (
            "three players",
            text(
                r#"EFG 2 R "" { "1" "2" "3" } p "" 3 1 "" { "a" "b" } 0
                t "" 1 "" { 1 2 3 } t "" 2 "" { 0 0 0 }"#,
            ),
        ),
        (
            "absent mind",
            text(
                r#"EFG 2 R "" { "1" "2" } p "" 1 1 "exit" { "out" "on" } 0 t "" 1 "" { 0 0 }
                p "" 1 1 "exit" 0 t "" 2 "" { 4 0 } t "" 3 "" { 1 0 }"#,
            ),
        ),
    ]
}

/// Every method gives finite numbers and a certificate, or says why it does not.
#[test]
fn every_method_at_the_edges() {
    for (name, game) in edges() {
        for method in METHODS {
            for sequential in [false, true] {
                let settings = Settings {
                    iterations: Some(2_000),
                    starts: 5,
                    sequential,
                    ..Settings::default()
                };
                match run(&game, method.name, &settings) {
                    Err(unfit) => assert!(unfit.to_string().contains(method.name), "{unfit}"),
                    Ok(outcome) => sound(&game, &outcome, &format!("{} of {name}", method.name)),
                }
            }
        }
    }
}

fn sound(game: &Game, outcome: &Outcome, what: &str) {
    let found = &outcome.found;
    assert!(found.status != Status::NumericalTrouble, "{what}");
    for one in &found.equilibria {
        assert_eq!(one.payoffs().len(), game.players(), "{what}");
        assert!(
            one.payoffs().iter().all(|payoff| payoff.is_finite()),
            "{what}"
        );
        assert_eq!(one.profile.probabilities().len(), game.actions(), "{what}");
        let gain = one.certificate.largest_relative_gain;
        assert!(gain.is_finite(), "{what}");
        if found.status.is_success() {
            assert!(gain <= 1e-4, "{what}: {gain}");
        }
    }
    assert!(
        !(found.status.is_success() && found.complete)
            || what.contains("pure")
            || !found.equilibria.is_empty(),
        "{what}: every finite game has an equilibrium"
    );
}

/// Which edges each method takes: two-player methods refuse other numbers of players, and all but logit refuse
/// absent-mindedness, with what is forgotten.
#[test]
fn refusals_say_why() {
    for (name, game) in edges() {
        for one in METHODS {
            let Err(unfit) = run(&game, one.name, &Settings::default()) else {
                continue;
            };
            match unfit {
                Unfit::Players { needs: 2, has, .. } => assert_ne!(has, 2, "{name}"),
                Unfit::Recall { .. } => {
                    assert_eq!(name, "absent mind");
                    let told = unfit.to_string();
                    assert!(
                        told.ends_with(
                            "at the information set exit 1 forgets that it was there before; \
                             `logit` runs on such games"
                        ),
                        "{told}"
                    );
                }
                Unfit::GeneralSum { .. } => assert_eq!(one.name, "sequence-lp"),
                other => panic!("{name}: {other}"),
            }
        }
    }
}

/// A time limit is a time limit, however long the integers and however many the vertices.
#[test]
fn extreme_ends_in_time() {
    // Both see all of the other's three choices of three, and chance draws with numbers of 52 bits: pivots are in
    // integers of thousands of bits.
    let stage = |mover, seen| crate::properties::Stage {
        mover,
        options: 3,
        seen_by: vec![seen; 2],
        ends: false,
    };
    let long = |movers: &[(usize, bool)]| -> Vec<crate::properties::Stage> {
        movers
            .iter()
            .map(|&(mover, seen)| stage(mover, seen))
            .collect()
    };
    let games = [
        long(&[(0, false), (1, false), (2, false), (1, true), (2, false)]),
        long(&[(1, true), (0, false), (2, false), (1, false), (2, true)]),
    ];
    for (number, stages) in games.iter().enumerate() {
        let game = tell(stages, 7, &[(1.0, 0.0); 2]);
        for form in [extreme::Form::Strategic, extreme::Form::Sequence] {
            let options = extreme::Options {
                form: Some(form),
                ..extreme::Options::default()
            };
            let begun = Instant::now();
            let budget = Budget::new(Some(Duration::from_millis(200)), &|_| true);
            let found = extreme::enumerate(&game, &options, &budget);
            let seconds = begun.elapsed().as_secs_f64();
            let found = found.expect("two players who recall").found;
            assert!(!found.complete, "too small to tell anything");
            assert_eq!(found.status, Status::TimeLimit);
            assert!(seconds < 4.0, "{number} in {form:?}: {seconds} s");
        }
    }
}
