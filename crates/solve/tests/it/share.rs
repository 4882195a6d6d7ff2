//! Of how many games of the shared folder the search finds everything that Gambit finds.
//!
//! The test takes the smaller ones; `cargo run --release -p detente-solve --example share` measures all games of at
//! most 30 actions.

use std::collections::BTreeMap;

use detente_game::{Game, read_game};
use detente_solve::Budget;
use detente_solve::search::{self, Isolation, Options};
use serde_json::Value;

/// Where the games are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases/gambit");

/// Payoffs of the equilibria that Gambit lists, by game.
fn expected() -> BTreeMap<String, Vec<Vec<f64>>> {
    let mut games: BTreeMap<String, Vec<Vec<f64>>> = BTreeMap::new();
    let Ok(text) = std::fs::read_to_string(format!("{FOLDER}/expected.jsonl")) else {
        println!("skipped: ../shared/cases/gambit is absent");
        return games;
    };
    for line in text.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let listed = ["enumpure", "enummixed"].contains(&line["method"].as_str().unwrap_or(""));
        let (Some(game), Some(list), true) =
            (line["game"].as_str(), line["equilibria"].as_array(), listed)
        else {
            continue;
        };
        let payoffs = |one: &Value| {
            one["payoffs"]
                .as_array()
                .map(|all| all.iter().map(number).collect())
        };
        games
            .entry(game.to_owned())
            .or_default()
            .extend(list.iter().filter_map(payoffs));
    }
    games
}

/// A number, or a fraction as text.
fn number(value: &Value) -> f64 {
    let part = |text: &str| text.parse().unwrap_or(f64::NAN);
    match value.as_str() {
        None => value.as_f64().unwrap_or(f64::NAN),
        Some(text) => match text.split_once('/') {
            None => part(text),
            Some((above, below)) => part(above) / part(below),
        },
    }
}

/// A game of the folder with at most so many actions.
fn small(name: &str, actions: usize) -> Option<Game> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{name}")).ok()?;
    let game = read_game(&text).ok()?.game;
    (game.actions() <= actions).then_some(game)
}

/// Games whose equilibria are isolated, as far as those found tell, and those of them where all of Gambit's payoffs were
/// found.
pub fn measured(actions: usize, starts: usize) -> (usize, usize) {
    let (mut isolated, mut whole) = (0, 0);
    for (name, payoffs) in expected() {
        let Some(game) = small(&name, actions) else {
            continue;
        };
        let options = Options {
            starts,
            ..Options::default()
        };
        let Ok(found) = search::equilibria(&game, &options, &Budget::unlimited()) else {
            continue;
        };
        if found
            .others
            .iter()
            .any(|other| other.isolation != Isolation::Isolated)
        {
            continue;
        }
        isolated += 1;
        let known: Vec<Vec<f64>> = found
            .others
            .iter()
            .map(|other| other.equilibrium.payoffs())
            .collect();
        let near = |a: &[f64], b: &[f64]| {
            a.iter()
                .zip(b)
                .all(|(a, b)| (a - b).abs() <= 1e-5 * (1.0 + b.abs()))
        };
        let missing = payoffs
            .iter()
            .filter(|wanted| !known.iter().any(|one| near(one, wanted)))
            .count();
        if missing == 0 {
            whole += 1;
        } else {
            println!("{name}: {missing} of {} payoffs not found", payoffs.len());
        }
    }
    println!("{whole} of {isolated} games");
    (isolated, whole)
}

#[test]
fn small_games() {
    let (isolated, whole) = measured(6, 12);
    assert!(whole * 10 >= isolated * 9, "{whole} of {isolated}");
}
