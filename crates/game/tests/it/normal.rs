//! The reduced normal form.

use detente_game::normal::{
    Limits, NormalForm, Strategies, TooLarge, all_strategies, behaviour, count, exact_behaviour,
    exact_payoffs, strategies,
};
use detente_game::order::perfect_recall;
use detente_game::rational::{Rational, exact, nearest};
use detente_game::{Game, GameError, Profile, passes};
use proptest::prelude::*;

use crate::play::{build_up, game};
use crate::random::{Dice, distribution, random_game, random_profile};

fn form(game: &Game) -> NormalForm {
    NormalForm::new(game, &Limits::default()).expect("small")
}

/// A pure behaviour profile; open sets take their first action.
fn pure(game: &Game, strategies: &[Strategies], chosen: &[usize]) -> Profile {
    let mut probabilities = vec![0.0; game.actions()];
    for (own, &strategy) in strategies.iter().zip(chosen) {
        for (&set, &choice) in own.sets().iter().zip(own.choices(strategy)) {
            let action = usize::from(choice.max(1)) - 1;
            probabilities[game.slots(set as usize).start + action] = 1.0;
        }
    }
    Profile::from_probabilities(game, probabilities).expect("a profile")
}

fn profiles(strategies: &[Strategies]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for own in strategies {
        let longer = |profile: &Vec<usize>| {
            let profile = profile.clone();
            (0..own.count()).map(move |s| [profile.as_slice(), &[s]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

#[test]
fn strategies_and_payoffs_of_a_small_game() {
    let form = form(&build_up());
    assert_eq!(form.strategies[0].names(), ["1", "2"]);
    assert_eq!(form.strategies[1].names(), ["1", "2"]);
    assert_eq!(form.payoffs_of(&[0, 0]), [-4.25, -1.75]);
    assert_eq!(form.payoffs_of(&[0, 1]), [4.75, -4.75]);
    assert_eq!(form.payoffs_of(&[1, 0]), [-3.0, -3.0]);
    assert_eq!(
        form.payoffs,
        [-4.25, -1.75, -3.0, -3.0, 4.75, -4.75, 0.0, 0.0]
    );
}

#[test]
fn what_own_choices_exclude_is_left_open() {
    let centipede = game(
        r#"EFG 2 R "" { "1" "2" }
        p "" 1 1 "" { "stop" "go" } 0
        t "" 1 "" { 1 0 }
        p "" 2 1 "" { "stop" "go" } 0
        t "" 2 "" { 0 2 }
        p "" 1 2 "" { "stop" "go" } 0
        t "" 3 "" { 3 1 }
        t "" 4 "" { 2 4 }"#,
    );
    let form = form(&centipede);
    assert_eq!(form.strategies[0].names(), ["1*", "21", "22"]);
    assert_eq!(form.strategies[1].names(), ["1", "2"]);
    assert_eq!(form.profiles(), 6);
    assert_eq!(form.payoffs_of(&[2, 1]), [2.0, 4.0]);
    assert_eq!(count(&centipede, 0), 3);
}

#[test]
fn nobody_and_somebody_without_a_move() {
    let nobody = form(&game("EFG 2 R \"\" { }\nt \"\" 0"));
    assert_eq!((nobody.profiles(), nobody.payoffs.len()), (1, 0));
    let idle = form(&game("EFG 2 R \"\" { \"1\" }\nt \"\" 1 \"\" { 7 }"));
    assert_eq!(idle.strategies[0].names(), ["*"]);
    assert_eq!(idle.payoffs, [7.0]);
}

#[test]
fn an_absent_minded_driver_chooses_once() {
    let driver = game(
        r#"EFG 2 R "" { "driver" }
        p "" 1 1 "" { "exit" "on" } 0
        t "" 1 "" { 0 }
        p "" 1 1 "" 0
        t "" 2 "" { 4 }
        t "" 3 "" { 1 }"#,
    );
    let form = form(&driver);
    assert_eq!(form.strategies[0].names(), ["1", "2"]);
    assert_eq!(form.payoffs, [0.0, 1.0]);
}

#[test]
fn many_actions_are_kept_apart_by_dots() {
    let mut text = String::from("EFG 2 R \"\" { \"1\" }\np \"\" 1 1 \"\" {");
    (0..11).for_each(|_| text.push_str(" \"\""));
    text.push_str(" } 0\np \"\" 1 2 \"\" { \"\" \"\" } 0 t \"\" 0 t \"\" 0\n");
    (0..10).for_each(|_| text.push_str("t \"\" 0\n"));
    let game = game(&text);
    let own = strategies(&game, 0, &Limits::default()).expect("small");
    let names = own.names();
    assert_eq!((names[1].as_str(), names[11].as_str()), ("1.2", "11.*"));
}

#[test]
fn size_is_told_before_anything_is_listed() {
    // One draw out of 200, each seen: 200 sets of 3 actions, so 3^200 strategies.
    let mut text = String::from("EFG 2 R \"\" { \"1\" }\nc \"\" 1 \"\" {");
    (0..200).for_each(|_| text.push_str(" \"\" 1/200"));
    text.push_str(" } 0\n");
    for set in 1..=200 {
        text.push_str(&format!(
            "p \"\" 1 {set} \"\" {{ \"a\" \"b\" \"c\" }} 0 t \"\" 0 t \"\" 0 t \"\" 0\n"
        ));
    }
    let large = game(&text);
    assert_eq!(count(&large, 0), u128::MAX);
    let refused = NormalForm::new(&large, &Limits::default()).map_err(|error| error.to_string());
    assert_eq!(
        refused,
        Err("1 has more than 10^38 reduced strategies, more than 83886".to_owned())
    );
    let few = Limits {
        strategies: 1,
        cells: 100,
    };
    let refused = strategies(&build_up(), 0, &few);
    assert_eq!(
        refused,
        Err(TooLarge::Strategies {
            player: "I".to_owned(),
            strategies: "2".to_owned(),
            most: 1
        })
    );
    let small_table = Limits {
        strategies: 9,
        cells: 7,
    };
    let refused = NormalForm::new(&build_up(), &small_table);
    assert_eq!(refused, Err(TooLarge::Table { cells: 8, most: 7 }));
}

#[test]
fn weights_that_are_no_mixed_strategy() {
    let game = build_up();
    let own = all_strategies(&game, &Limits::default()).expect("small");
    let refused = |mixed: &[Vec<f64>]| behaviour(&game, &own, mixed).err();
    assert_eq!(
        refused(&[vec![1.0]]),
        Some(GameError::ProfileLength {
            expected: 4,
            found: 1
        })
    );
    assert_eq!(
        refused(&[vec![0.5, 0.5], vec![1.0, 1.0]]),
        Some(GameError::MixedSum {
            player: 1,
            sum: 2.0
        })
    );
    assert!(refused(&[vec![1.5, -0.5], vec![1.0, 0.0]]).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_table_holds_the_values_of_the_tree(seed in any::<u64>()) {
        let game = random_game(seed, true);
        let Ok(form) = NormalForm::new(&game, &Limits { strategies: 300, cells: 3_000 }) else {
            return Ok(());
        };
        for own in &form.strategies {
            prop_assert_eq!(own.count() as u128, count(&game, own.player()));
            let mut names = own.names();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), own.count());
        }
        let fractions = exact_payoffs(&game, &form.strategies);
        for chosen in profiles(&form.strategies) {
            let expected = passes::expected(&game, &pure(&game, &form.strategies, &chosen));
            for (found, value) in form.payoffs_of(&chosen).iter().zip(expected) {
                prop_assert!((found - value).abs() < 1e-12);
            }
        }
        for (fraction, value) in fractions.iter().zip(&form.payoffs) {
            prop_assert!((nearest(fraction) - value).abs() < 1e-12);
        }
    }

    /// Without recall pure strategies still give what the tree gives.
    #[test]
    fn forgetful_players_choose_once_at_every_set(seed in any::<u64>()) {
        let game = random_game(seed, false);
        let Ok(form) = NormalForm::new(&game, &Limits { strategies: 300, cells: 3_000 }) else {
            return Ok(());
        };
        for own in &form.strategies {
            prop_assert!(own.count() as u128 <= count(&game, own.player()));
        }
        for chosen in profiles(&form.strategies) {
            let expected = passes::expected(&game, &pure(&game, &form.strategies, &chosen));
            for (found, value) in form.payoffs_of(&chosen).iter().zip(expected) {
                prop_assert!((found - value).abs() < 1e-12);
            }
        }
    }

    /// Kuhn 1953: mixed strategies and their behaviour strategies give everybody the same.
    #[test]
    fn mixed_and_behaviour_strategies_agree(seed in any::<u64>()) {
        let game = random_game(seed, true);
        prop_assert!(perfect_recall(&game).is_ok());
        let Ok(form) = NormalForm::new(&game, &Limits { strategies: 300, cells: 3_000 }) else {
            return Ok(());
        };
        let mut dice = Dice::new(seed ^ 77);
        let mixed: Vec<Vec<f64>> = form
            .strategies
            .iter()
            .map(|own| distribution(&mut dice, own.count()))
            .collect();
        let profile = behaviour(&game, &form.strategies, &mixed).expect("mixed");
        let expected = passes::expected(&game, &profile);
        let mut found = vec![0.0; game.players()];
        for chosen in profiles(&form.strategies) {
            let weight: f64 = chosen.iter().zip(&mixed).map(|(&s, own)| own[s]).product();
            for (sum, payoff) in found.iter_mut().zip(form.payoffs_of(&chosen)) {
                *sum += weight * payoff;
            }
        }
        for (found, value) in found.iter().zip(expected) {
            prop_assert!((found - value).abs() < 1e-9);
        }
        let fractions: Vec<Vec<Rational>> = mixed
            .iter()
            .map(|own| own.iter().map(|&weight| exact(weight).expect("finite")).collect())
            .collect();
        let exactly = exact_behaviour(&game, &form.strategies, &fractions).expect("mixed");
        for (fraction, p) in exactly.iter().zip(profile.probabilities()) {
            prop_assert!((nearest(fraction) - p).abs() < 1e-9);
        }
    }

    /// A behaviour profile, mixed over strategies as independent choices, comes back where it is reached.
    #[test]
    fn behaviour_comes_back(seed in any::<u64>()) {
        let game = random_game(seed, true);
        let Ok(own) = all_strategies(&game, &Limits { strategies: 300, cells: 300_000 }) else {
            return Ok(());
        };
        let mut dice = Dice::new(seed ^ 99);
        let profile = random_profile(&game, &mut dice);
        let weight = |own: &Strategies, s: usize| -> f64 {
            let chosen = own.sets().iter().zip(own.choices(s)).filter(|&(_, &c)| c > 0);
            chosen.map(|(&set, &c)| profile.at(&game, set as usize)[usize::from(c) - 1]).product()
        };
        let mixed: Vec<Vec<f64>> = own
            .iter()
            .map(|own| (0..own.count()).map(|s| weight(own, s)).collect())
            .collect();
        let back = behaviour(&game, &own, &mixed).expect("mixed");
        let (before, after) = (passes::reach(&game, &profile), passes::reach(&game, &back));
        for node in 0..game.nodes() {
            prop_assert!((before[node] - after[node]).abs() < 1e-9, "{node}");
        }
    }
}
