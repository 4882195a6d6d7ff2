//! What must hold for the exact methods on every game: agreement with brute force, invariance.

use std::time::Duration;

use detente_game::normal::{Limits, NormalForm};
use detente_game::{Game, Parts};
use detente_solve::extreme::{self, Extreme, Form};
use detente_solve::{Budget, Status, pure};
use proptest::prelude::*;

use crate::bimatrix::bimatrix;
use crate::expected::payoffs;
use crate::properties::{stages, tell};

type Table = Vec<Vec<f64>>;

/// Small whole numbers, so that ties are common.
fn tables() -> impl Strategy<Value = (Table, Table)> {
    (1usize..5, 1usize..5).prop_flat_map(|(rows, columns)| {
        let table = prop::collection::vec(prop::collection::vec(0u8..4, columns), rows);
        let number = |table: Vec<Vec<u8>>| -> Table {
            let row = |row: Vec<u8>| row.into_iter().map(f64::from).collect();
            table.into_iter().map(row).collect()
        };
        (table.clone().prop_map(number), table.prop_map(number))
    })
}

fn extreme(game: &Game, form: Form) -> Extreme {
    let options = extreme::Options {
        form: Some(form),
        ..extreme::Options::default()
    };
    match extreme::enumerate(game, &options, &Budget::unlimited()) {
        Ok(found) => found,
        Err(why) => panic!("{why}"),
    }
}

/// Number of equilibria, subsets and components, and the payoffs after a change of units.
fn shape(found: &Extreme, units: [(f64, f64); 2]) -> (u128, usize, usize, Vec<Vec<i64>>) {
    let change = |row: &Vec<f64>| -> Vec<i64> {
        let both = row.iter().zip(units);
        both.map(|(value, (factor, offset))| ((value * factor + offset) * 1e6).round() as i64)
            .collect()
    };
    let mut rows: Vec<Vec<i64>> = payoffs(&found.found).iter().map(change).collect();
    rows.sort();
    (
        found.count,
        found.subsets.len(),
        found.components.len(),
        rows,
    )
}

const SAME: [(f64, f64); 2] = [(1.0, 0.0), (1.0, 0.0)];

/// Pure equilibria of the reduced normal form, by looking at every profile.
fn brute_force(game: &Game) -> Option<usize> {
    let form = NormalForm::new(game, &Limits::default()).ok()?;
    if form.profiles() > 5_000 {
        return None;
    }
    let counts: Vec<usize> = form.strategies.iter().map(|own| own.count()).collect();
    let mut equilibria = 0;
    let mut profile = vec![0; counts.len()];
    for _ in 0..form.profiles() {
        let here = form.payoffs_of(&profile).to_vec();
        let stays = (0..counts.len()).all(|player| {
            (0..counts[player]).all(|other| {
                let mut deviation = profile.clone();
                deviation[player] = other;
                form.payoffs_of(&deviation)[player] <= here[player] + 1e-9
            })
        });
        equilibria += usize::from(stays);
        for (at, count) in profile.iter_mut().zip(&counts) {
            *at += 1;
            if *at < *count {
                break;
            }
            *at = 0;
        }
    }
    Some(equilibria)
}

fn pure_count(game: &Game) -> usize {
    match pure::equilibria(game, &pure::Options::default(), &Budget::unlimited()) {
        Ok(found) => {
            // Counted in whatever way, they are as many as the list has.
            assert_eq!(found.complete, found.remarks.is_empty());
            found.equilibria.len()
        }
        Err(why) => panic!("{why}"),
    }
}

fn sequential(game: &Game) -> pure::Sequential {
    let budget = Budget::new(Some(Duration::from_millis(500)), &|_| true);
    match pure::sequential(game, &pure::Options::default(), &budget) {
        Ok(found) => found,
        Err(why) => panic!("{why}"),
    }
}

/// The same game with payoffs in other units.
fn in_units(game: &Game, units: &[(f64, f64)]) -> Game {
    let parts: Parts = game.parts().clone();
    let payoffs = parts.payoffs.iter().enumerate().map(|(at, value)| {
        let (factor, offset) = units[at % units.len()];
        value * factor + offset
    });
    let payoffs = payoffs.collect();
    match Game::new(Parts { payoffs, ..parts }) {
        Ok(game) => game,
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn order_of_strategies_does_not_matter(tables in tables()) {
        let (a, b) = tables;
        let here = shape(&extreme(&bimatrix(&a, &b), Form::Strategic), SAME);
        let turned = |table: &Table| -> Table {
            table.iter().rev().map(|row| row.iter().rev().copied().collect()).collect()
        };
        let there = extreme(&bimatrix(&turned(&a), &turned(&b)), Form::Strategic);
        prop_assert_eq!(&here, &shape(&there, SAME));
        let plans = extreme(&bimatrix(&a, &b), Form::Sequence);
        prop_assert_eq!(&here, &shape(&plans, SAME));
    }

    #[test]
    fn players_may_change_places(tables in tables()) {
        let (a, b) = tables;
        let across = |table: &Table| -> Table {
            (0..table[0].len()).map(|j| table.iter().map(|row| row[j]).collect()).collect()
        };
        let here = extreme(&bimatrix(&a, &b), Form::Strategic);
        let there = extreme(&bimatrix(&across(&b), &across(&a)), Form::Strategic);
        let mut swapped = shape(&there, SAME);
        swapped.3.iter_mut().for_each(|row| row.reverse());
        swapped.3.sort();
        prop_assert_eq!(shape(&here, SAME), swapped);
    }

    #[test]
    fn units_do_not_matter(tables in tables()) {
        let (a, b) = tables;
        let units = [(3.0, -7.0), (0.5, 2.0)];
        let change = |table: &Table, (factor, offset): (f64, f64)| -> Table {
            let row = |row: &Vec<f64>| row.iter().map(|v| v * factor + offset).collect();
            table.iter().map(row).collect()
        };
        let here = extreme(&bimatrix(&a, &b), Form::Strategic);
        let there = extreme(&bimatrix(&change(&a, units[0]), &change(&b, units[1])), Form::Strategic);
        prop_assert_eq!(shape(&here, units), shape(&there, SAME));
    }

    #[test]
    fn the_pure_ones_are_extreme(tables in tables()) {
        let game = bimatrix(&tables.0, &tables.1);
        let found = extreme(&game, Form::Strategic);
        let is_pure = |p: &&f64| **p == 0.0 || **p == 1.0;
        let pure = found.found.equilibria.iter().filter(|one| {
            one.profile.probabilities().iter().filter(is_pure).count() == game.actions()
        });
        prop_assert_eq!(pure.count(), pure_count(&game));
    }

    #[test]
    fn pure_equilibria_are_those_of_the_table(stages in stages(3), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 3]);
        if let Some(expected) = brute_force(&game) {
            prop_assert_eq!(pure_count(&game), expected.min(pure::Options::default().most));
        }
    }

    #[test]
    fn sequential_equilibria_are_equilibria(stages in stages(2), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let found = sequential(&game);
        for (at, one) in found.found.equilibria.iter().enumerate() {
            prop_assert!(one.certificate.largest_gain < 1e-9);
            prop_assert!(found.largest_gains[at] < 1e-9);
        }
        // A few random games have too many profiles to go through here.
        prop_assume!(found.found.status == Status::Complete);
        let other = sequential(&in_units(&game, &[(4.0, -3.0), (0.25, 1.0)]));
        prop_assume!(other.found.status == Status::Complete);
        prop_assert_eq!(&found.beliefs, &other.beliefs);
        prop_assert_eq!(found.undecided, other.undecided);
    }
}
