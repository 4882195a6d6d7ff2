//! The limits of the logit branch that `../shared/cases/gambit` expects, and why some of ours are others.
//!
//! Gambit follows the branch on payoffs as they are and ends at the first point where nobody gains more than a share
//! of 1e-8, or where its steps fail. Each of our limits is certified; where the payoffs differ, [`KNOWN`] tells why,
//! and the reason is checked. A game that differs without a reason fails the test.

use detente_game::Game;
use detente_solve::qre::{self, Event, Options, Quiet, Solution};
use detente_solve::{Budget, extreme, pure, search};

use crate::games::shared;

/// Why Gambit's payoffs are not those of our limit.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Why {
    /// Gambit ended on the same branch, short of the limit, at this precision on raw payoffs: its point is no
    /// equilibrium.
    Short(f64),
    /// Another branch crosses the principal one, which is symmetric in a subgame or invariant there. Ours goes
    /// straight on to these payoffs; Gambit leaves for the branch that crosses, whose limit is another equilibrium.
    Crossing(&'static [f64]),
}

/// The games whose payoffs differ on raw payoffs, with the reason.
const KNOWN: [(&str, Why); 10] = [
    // P1 and P2 at 1/2 solve the equation at every precision, which leads P3 to its first action: (9/2, 4, 7/2).
    // Another branch crosses at 0.6024, and Gambit ends there.
    ("2x2x2.nfg", Why::Short(0.596_753_837_3)),
    ("2x2x2.efg", Why::Short(0.596_753_837_3)),
    // The same stage twice.
    ("2s2x2x2.efg", Why::Crossing(&[13.5, 12.0, 15.5])),
    // The game does not change when the players swap places; at 1.731 a pitchfork.
    ("sh3.nfg", Why::Crossing(&[2.0, 2.0])),
    ("sh3.efg", Why::Crossing(&[2.0, 2.0])),
    // Battle of the sexes behind an outside option: symmetric in the subgame, a pitchfork at 1.078.
    ("w_ex1.efg", Why::Crossing(&[2.0, 2.0])),
    // The same with other payoffs, a pitchfork at 0.458.
    ("sww3.efg", Why::Crossing(&[4.0, 4.0])),
    // Battle of the sexes twice.
    ("w_ex2.efg", Why::Crossing(&[2.5, 2.5])),
    // Symmetric players; pitchforks at 5.243 and 7.342.
    ("artist2.efg", Why::Crossing(&[0.795_055_8, 0.795_055_8])),
    // Both subgames are mixed in the limit, (3/4, 3/4); payoffs come closer like 0.55 / precision.
    ("vd.efg", Why::Short(744.845_045_1)),
];

/// The branch's limit, or its point at a precision.
fn traced(game: &Game, raw_payoffs: bool, tolerance: f64, precision: Option<f64>) -> Solution {
    let options = Options {
        tolerance,
        raw_payoffs,
        precision,
        path_points: 0,
        ..Options::default()
    };
    qre::solve(game, &options, &mut Quiet)
}

fn payoffs(solution: &Solution) -> Vec<f64> {
    let players = solution.certificate.players.iter();
    players.map(|player| player.value).collect()
}

/// Largest difference as a share of the payoff range, or of 1 where that is less.
fn distance(game: &Game, a: &[f64], b: &[f64]) -> f64 {
    let both = a.iter().zip(b).enumerate();
    both.map(|(player, (a, b))| (a - b).abs() / game.payoff_range(player).max(1.0))
        .fold(0.0, f64::max)
}

/// Games and Gambit's payoffs.
fn lines() -> Vec<(String, Vec<f64>)> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/cases/gambit/expected.jsonl"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/cases/gambit is absent");
        return Vec::new();
    };
    let values = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    values
        .filter(|value: &serde_json::Value| value["method"] == "logit")
        .filter_map(|value| {
            let payoffs = value["equilibria"][0]["payoffs"].as_array()?;
            let payoffs = payoffs.iter().filter_map(serde_json::Value::as_f64);
            Some((value["game"].as_str()?.to_owned(), payoffs.collect()))
        })
        .collect()
}

fn why(name: &str) -> Option<Why> {
    let known = KNOWN.iter().find(|(known, _)| *known == name);
    known.map(|&(_, why)| why)
}

/// Every limit is an equilibrium, and Gambit's where the table does not say otherwise.
#[test]
fn limits_are_those_of_gambit() {
    for (name, expected) in lines() {
        let Some(game) = shared(&format!("gambit/{name}")) else {
            continue;
        };
        let solution = traced(&game, true, 1e-8, None);
        let gain = solution.certificate.largest_relative_gain;
        assert!(gain <= 1e-6, "{name}: {gain}");
        let apart = distance(&game, &payoffs(&solution), &expected);
        match why(&name) {
            None => assert!(apart <= 1e-6, "{name}: {:?}", payoffs(&solution)),
            Some(why) => assert!(apart > 1e-6, "{name}: no longer {why:?}"),
        }
    }
}

/// In shares of payoff ranges, as they are by default, the branch is another where the ranges of the players
/// differ, but its limit is another one in two games only.
#[test]
fn limits_in_shares_of_the_ranges() {
    for (name, expected) in lines() {
        let Some(game) = shared(&format!("gambit/{name}")) else {
            continue;
        };
        let solution = traced(&game, false, 1e-8, None);
        let gain = solution.certificate.largest_relative_gain;
        assert!(gain <= 1e-6, "{name}: {gain}");
        let apart = distance(&game, &payoffs(&solution), &expected);
        match name.as_str() {
            // Degenerate, with several components: the other scale leads to another of them.
            "winkels.nfg" => assert!(distance(&game, &payoffs(&solution), &[2.5, 2.5]) < 1e-6),
            // Its subgames are symmetric on payoffs as they are, where both crossings happen at once; in shares of
            // the ranges, 4 and 3, they are not, and the branch turns to a pure equilibrium of the second.
            "vd.efg" => assert!(distance(&game, &payoffs(&solution), &[1.0, 3.0]) < 1e-6),
            _ if why(&name).is_some() => {}
            _ => assert!(apart <= 1e-6, "{name}: {:?}", payoffs(&solution)),
        }
    }
}

/// Steps fail at precisions where doubles tell options apart no more; what is reached by then is what was asked for.
#[test]
fn small_gains_count_where_steps_fail() {
    if let Some(game) = shared("gambit/w_ex1.efg") {
        let solution = traced(&game, true, 1e-8, None);
        assert_eq!(solution.status.word(), "converged");
    }
}

#[test]
fn reasons_hold() {
    let expected = lines();
    for (name, why) in KNOWN {
        let Some(game) = shared(&format!("gambit/{name}")) else {
            continue;
        };
        let Some((_, gambit)) = expected.iter().find(|(game, _)| game == name) else {
            panic!("{name} has no line");
        };
        match why {
            Why::Short(precision) => {
                let there = traced(&game, true, 1e-8, Some(precision));
                let apart = distance(&game, &payoffs(&there), gambit);
                assert!(apart < 1e-6, "{name}: {apart} {:?}", payoffs(&there));
                let gain = there.certificate.largest_relative_gain;
                assert!(gain > 1e-6, "{name}: {gain}");
            }
            Why::Crossing(limit) => {
                let solution = traced(&game, true, 1e-8, None);
                let ours = payoffs(&solution);
                assert!(distance(&game, &ours, limit) < 1e-5, "{name}: {ours:?}");
                let told = |event: &(f64, Event)| event.1 == Event::Bifurcation;
                assert!(
                    name == "artist2.efg" || solution.events.iter().any(told),
                    "{name}"
                );
                assert!(is_equilibrium(&game, gambit), "{name}: {gambit:?}");
            }
        }
    }
}

/// Whether some equilibrium has these payoffs: a pure or extreme one, or one that the search finds.
fn is_equilibrium(game: &Game, wanted: &[f64]) -> bool {
    let budget = Budget::new(Some(std::time::Duration::from_secs(2)), &|_| true);
    let pure = pure::equilibria(game, &pure::Options::default(), &budget);
    let listed = pure.into_iter().chain(extreme::equilibria(
        game,
        &extreme::Options::default(),
        &budget,
    ));
    let mut all = listed.flat_map(|found| found.equilibria);
    let near = |payoffs: Vec<f64>| distance(game, &payoffs, wanted) < 1e-5;
    if all.any(|one| near(one.payoffs())) {
        return true;
    }
    let found = search::equilibria(game, &search::Options::default(), &budget);
    found.is_ok_and(|found| {
        found
            .others
            .iter()
            .any(|other| near(other.equilibrium.payoffs()))
    })
}
