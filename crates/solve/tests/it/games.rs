//! Small games, written as `.efg` text, and ways to ask for their solutions.

use detente_game::{Game, read_game};
use detente_solve::qre::{self, Options, Quiet, Solution};

/// A game from its text, in extensive or strategic form.
pub fn game(text: &str) -> Game {
    match read_game(text) {
        Ok(read) => read.game,
        Err(remarks) => panic!("{remarks:?}"),
    }
}

/// A game of the shared folder; none, with a line that says so, where the folder is absent.
pub fn shared(path: &str) -> Option<Game> {
    let full = format!(
        "{}/../../../shared/cases/{path}",
        env!("CARGO_MANIFEST_DIR")
    );
    match std::fs::read_to_string(&full) {
        Ok(text) => Some(game(&text)),
        Err(_) => {
            println!("skipped: ../shared/cases/{path} is absent");
            None
        }
    }
}

/// The limit of the principal branch.
pub fn limit(game: &Game) -> Solution {
    let solution = qre::solve(game, &Options::default(), &mut Quiet);
    assert!(solution.status.is_success(), "{:?}", solution.status);
    assert!(solution.certificate.largest_relative_gain <= 1e-4);
    solution
}

/// The point of the principal branch at a precision on raw payoffs.
pub fn at_raw_precision(game: &Game, lambda: f64) -> Solution {
    let options = Options {
        precision: Some(lambda),
        raw_payoffs: true,
        ..Options::default()
    };
    let solution = qre::solve(game, &options, &mut Quiet);
    assert_eq!(solution.status.word(), "precision_reached");
    assert_eq!(solution.lambda, lambda);
    solution
}

/// Probability of an action, by the name of its information set and its own.
pub fn p(game: &Game, solution: &Solution, set: &str, action: &str) -> f64 {
    let labels = game.labels();
    let set = labels
        .sets
        .iter()
        .position(|name| name == set)
        .unwrap_or_else(|| panic!("no set {set}"));
    let slots = game.slots(set);
    let at = slots.clone().find(|&slot| labels.actions[slot] == action);
    solution.profile.probabilities()[at.unwrap_or_else(|| panic!("no action {action}"))]
}

/// Two numbers that should agree.
#[track_caller]
pub fn close(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found} is not {expected} within {within}"
    );
}

/// Simultaneous play of two players with two actions each; payoffs row by row.
pub fn two_by_two(rows: [&str; 2], columns: [&str; 2], payoffs: [[f64; 2]; 4]) -> Game {
    let [r, c] = [rows, columns];
    let [a, b, d, e] = payoffs;
    game(&format!(
        r#"EFG 2 R "" {{ "row" "column" }}
        p "" 1 1 "row" {{ "{}" "{}" }} 0
        p "" 2 1 "column" {{ "{}" "{}" }} 0
        t "" 1 "" {{ {} {} }}
        t "" 2 "" {{ {} {} }}
        p "" 2 1 "column" 0
        t "" 3 "" {{ {} {} }}
        t "" 4 "" {{ {} {} }}"#,
        r[0], r[1], c[0], c[1], a[0], a[1], b[0], b[1], d[0], d[1], e[0], e[1]
    ))
}

/// V07: a threat that an irresolute sender may bluff with, and cannot carry out.
pub fn threat_game(resolute: f64) -> Game {
    let weak = 1.0 - resolute;
    game(&format!(
        r#"EFG 2 R "threat" {{ "US" "Iran" }}
        c "" 1 "" {{ "resolute" {resolute} "irresolute" {weak} }} 0
        p "" 1 1 "resolute" {{ "quiet" "threat" }} 0
        t "" 1 "" {{ 0 1 }}
        p "" 2 1 "iran" {{ "concede" "resist" }} 0
        t "" 2 "" {{ 1 0 }}
        p "" 1 2 "resolute acts" {{ "back down" "strike" }} 0
        t "" 3 "" {{ -0.5 1 }}
        t "" 4 "" {{ -0.2 -1 }}
        p "" 1 3 "irresolute" {{ "quiet" "threat" }} 0
        t "" 1 "" 
        p "" 2 1 "iran" 0
        t "" 2 ""
        p "" 1 4 "irresolute acts" {{ "back down" "strike" }} 0
        t "" 3 ""
        t "" 5 "" {{ -1 -1 }}"#
    ))
}
