//! Extreme equilibria against known lists.

use std::time::Duration;

use detente_game::Game;
use detente_game::rational::Rational;
use detente_solve::extreme::{self, Extreme, Form, Options};
use detente_solve::{Budget, Equilibrium, Status, Unfit, certify};
use num_traits::{One, Zero};

use crate::bimatrix::{bimatrix, random_bimatrix};
use crate::expected::{lines, load, payoffs};
use crate::games::game;

fn all(game: &Game, form: Form) -> Extreme {
    let options = Options {
        form: Some(form),
        ..Options::default()
    };
    match extreme::enumerate(game, &options, &Budget::unlimited()) {
        Ok(all) => {
            assert_eq!(all.found.status, Status::Complete);
            assert!(all.found.complete);
            let gain = |one: &Equilibrium| one.certificate.largest_relative_gain;
            assert!(all.found.equilibria.iter().all(|one| gain(one) < 1e-9));
            all
        }
        Err(why) => panic!("{why}"),
    }
}

/// Games of which the list to compare with names some equilibria twice, and how many there are.
const REPEATED: [(&str, usize); 3] = [("csg2.nfg", 4), ("csg4.nfg", 4), ("work3.efg", 450)];

#[test]
fn extreme_equilibria_match_the_expected_sets() {
    for line in lines("enummixed") {
        let (Some(game), Some(mut expected)) = (load(&line.file), line.payoffs) else {
            continue;
        };
        let found = all(&game, Form::Strategic);
        let mut payoffs = payoffs(&found.found);
        if let Some((_, count)) = REPEATED.iter().find(|(file, _)| *file == line.file) {
            assert_eq!(payoffs.len(), *count, "{}", line.file);
            payoffs.dedup();
            expected.dedup();
        }
        assert_eq!(payoffs, expected, "{}", line.file);
    }
}

#[test]
fn both_forms_have_the_same_subsets_and_components() {
    for line in lines("enummixed") {
        let (Some(game), Some(_)) = (load(&line.file), line.payoffs) else {
            continue;
        };
        let strategic = all(&game, Form::Strategic);
        let sequence = all(&game, Form::Sequence);
        assert!(sequence.count <= strategic.count, "{}", line.file);
        let shape = |all: &Extreme| (all.subsets.len(), all.components.len());
        assert_eq!(shape(&sequence), shape(&strategic), "{}", line.file);
        // A plan that is extreme among plans has an extreme mixed strategy behind it; not the other way round.
        let many = payoffs(&strategic.found);
        let few = payoffs(&sequence.found);
        assert!(few.iter().all(|one| many.contains(one)), "{}", line.file);
    }
}

#[test]
fn games_with_many_reduced_strategies() {
    // Equilibria extreme among realisation plans, maximal Nash subsets, components.
    for (file, expected) in [
        ("bcp2.efg", (32, 2, 2)),
        ("bcp3.efg", (21, 2, 2)),
        ("bcp4.efg", (21, 2, 2)),
        ("e16.efg", (25, 5, 1)),
        ("tim.efg", (51, 3, 3)),
        ("palf3.efg", (2, 1, 1)),
        ("montyhal.efg", (768, 63, 1)),
    ] {
        let Some(game) = load(file) else { return };
        let found = all(&game, Form::Sequence);
        let shape = (found.count, found.subsets.len(), found.components.len());
        assert_eq!(shape, expected, "{file}");
    }
}

#[test]
fn coordination_games_have_all_supports() {
    for size in 1..=7u32 {
        let diagonal = |factor: u32| -> Vec<Vec<f64>> {
            let entry = |i, j| if i == j { f64::from(factor + i) } else { 0.0 };
            (0..size)
                .map(|i| (0..size).map(|j| entry(i, j)).collect())
                .collect()
        };
        let found = all(&bimatrix(&diagonal(1), &diagonal(3)), Form::Strategic);
        assert_eq!(found.count, (1 << size) - 1);
        assert_eq!(found.components.len(), (1 << size) - 1);
    }
}

#[test]
fn mixtures_within_a_nash_subset_are_equilibria() {
    for file in ["winkels.nfg", "pvw.efg", "work2.efg", "e18.efg"] {
        let Some(game) = load(file) else { return };
        let found = all(&game, Form::Strategic);
        for subset in &found.subsets {
            let mixed = [
                average(&found.extreme[0], &subset.first),
                average(&found.extreme[1], &subset.second),
            ];
            let exact = detente_game::normal::exact_behaviour(&game, &found.strategies, &mixed);
            let one = exact
                .ok()
                .and_then(|exact| Equilibrium::from_exact(&game, exact));
            assert!(
                one.is_some_and(|one| one.certificate.largest_gain < 1e-12),
                "{file}"
            );
        }
    }
}

fn average(strategies: &[Vec<Rational>], which: &[usize]) -> Vec<Rational> {
    let mut mixed = vec![Rational::zero(); strategies[0].len()];
    for &at in which {
        for (sum, weight) in mixed.iter_mut().zip(&strategies[at]) {
            *sum += weight;
        }
    }
    let count = Rational::from_integer(which.len().into());
    mixed.iter().map(|sum| sum / &count).collect()
}

#[test]
fn fractions_are_exact() {
    // Avenhaus, von Stengel & Zamir (2002): inspection, with fractions that no double holds.
    let g = bimatrix(
        &[vec![-1.0, -4.0], vec![0.0, -10.0]],
        &[vec![0.0, -9.0], vec![0.0, 6.0]],
    );
    let found = all(&g, Form::Strategic);
    let fraction = |above: i64, below: i64| Rational::new(above.into(), below.into());
    let expected = [
        fraction(2, 5),
        fraction(3, 5),
        fraction(6, 7),
        fraction(1, 7),
    ];
    assert_eq!(found.count, 1);
    assert_eq!(
        found.found.equilibria[0].exact.as_deref(),
        Some(&expected[..])
    );
}

#[test]
fn payoffs_huge_and_tiny() {
    for scale in [1e9, 1e-9] {
        let found = all(
            &bimatrix(
                &[vec![2.0 * scale, 0.0], vec![0.0, scale]],
                &[vec![scale, 0.0], vec![0.0, 2.0 * scale]],
            ),
            Form::Strategic,
        );
        assert_eq!(found.count, 3);
    }
    // So long fractions that pivots leave 64 and 128 bits.
    let long = |seed: u64| -> Vec<Vec<f64>> {
        let number = |at: u64| (at * at * 7919 + seed * 104_729) as f64 % 9973.0 / 9973.0 + 1e9;
        (0..5)
            .map(|i| (0..5).map(|j| number(1 + 17 * i + j)).collect())
            .collect()
    };
    let found = all(&bimatrix(&long(1), &long(2)), Form::Strategic);
    assert_eq!(found.count % 2, 1);
    let exact = found.found.equilibria[0]
        .exact
        .as_deref()
        .unwrap_or_default();
    assert_eq!(exact[..5].iter().sum::<Rational>(), Rational::one());
}

#[test]
fn edges() {
    let nothing_to_choose = bimatrix(&[vec![3.0]], &[vec![-1.0]]);
    assert_eq!(all(&nothing_to_choose, Form::Strategic).count, 1);
    assert_eq!(all(&nothing_to_choose, Form::Sequence).count, 1);
    let ties = bimatrix(&vec![vec![1.0; 3]; 3], &vec![vec![1.0; 3]; 3]);
    assert_eq!(all(&ties, Form::Strategic).count, 9);
    assert_eq!(all(&ties, Form::Strategic).subsets.len(), 1);
    let idle = game(r#"EFG 2 R "" { "A" "B" } t "" 1 "" { 1 2 }"#);
    assert_eq!(all(&idle, Form::Strategic).count, 1);
    assert_eq!(all(&idle, Form::Sequence).count, 1);
    let alone = game(r#"EFG 2 R "" { "A" } t "" 1 "" { 1 }"#);
    let refused = extreme::equilibria(&alone, &Options::default(), &Budget::unlimited());
    assert!(matches!(refused, Err(Unfit::Players { has: 1, .. })));
    let large = load("ttt.efg").map(|game| {
        extreme::equilibria(&game, &Options::default(), &Budget::unlimited())
            .map(|found| found.complete)
    });
    assert!(matches!(large, None | Some(Err(Unfit::TooLarge { .. }))));
}

#[test]
fn a_time_limit_keeps_what_was_found() {
    let game = random_bimatrix(30, 1);
    let budget = Budget::new(Some(Duration::from_millis(300)), &|_| true);
    let found = extreme::equilibria(&game, &Options::default(), &budget);
    let found = match found {
        Ok(found) => found,
        Err(why) => panic!("{why}"),
    };
    assert_eq!(found.status, Status::TimeLimit);
    assert!(!found.complete);
    for one in &found.equilibria {
        assert!(certify(&game, &one.profile).largest_gain < 1e-9);
    }
}

#[test]
fn fewer_listed_than_counted() {
    let game = bimatrix(&vec![vec![1.0; 4]; 4], &vec![vec![1.0; 4]; 4]);
    let options = Options {
        most: 5,
        ..Options::default()
    };
    match extreme::enumerate(&game, &options, &Budget::unlimited()) {
        Ok(found) => {
            assert_eq!((found.count, found.found.equilibria.len()), (16, 5));
            assert!(!found.found.complete);
            assert!(found.subsets.is_empty() && found.components.is_empty());
            assert_eq!(
                found.found.remarks,
                ["5 of 16 extreme equilibria are listed."]
            );
        }
        Err(why) => panic!("{why}"),
    }
}
