//! What symmetry repeats is solved once, and the answer is that of the whole game.

use std::fmt::Write;

use detente_game::Game;
use detente_game::game::{CHANCE, TERMINAL};
use detente_solve::sequence::{self, Arithmetic, Options};
use detente_solve::{Budget, Equilibria};
use proptest::prelude::*;

use crate::games::{game, shared};
use crate::properties::{stages, tell};

/// A game after the toss of a coin that changes nothing, as text.
struct Doubled<'a> {
    game: &'a Game,
    /// Which player sees how the coin falls.
    seen: [bool; 2],
    coin: usize,
    text: String,
}

impl Doubled<'_> {
    fn tell(&mut self, node: usize) {
        let set = self.game.set()[node];
        let number = 2 * node + 1 + self.coin;
        match set {
            TERMINAL => {
                let _ = write!(self.text, "t \"\" {number} \"\" {{");
                for payoff in self.game.payoffs_at(node) {
                    let _ = write!(self.text, " {payoff}");
                }
                self.text.push_str(" }\n");
            }
            CHANCE => {
                let _ = write!(self.text, "c \"\" {} \"\" {{", number + 1);
                let first = self.game.first_slot()[node] as usize - self.game.actions();
                for k in 0..self.game.children(node).len() {
                    let _ = write!(self.text, " \"\" {}", self.game.chance()[first + k]);
                }
                self.text.push_str(" } 0\n");
            }
            _ => {
                let set = set as usize;
                let player = usize::from(self.game.set_player()[set]);
                let own = 2 * set + 1 + self.coin * usize::from(self.seen[player]);
                let _ = write!(self.text, "p \"\" {} {own} \"\" {{", player + 1);
                for k in 0..self.game.children(node).len() {
                    let _ = write!(self.text, " \"{k}\"");
                }
                self.text.push_str(" } 0\n");
            }
        }
        for child in self.game.children(node) {
            self.tell(child);
        }
    }
}

fn doubled(game_once: &Game, seen: [bool; 2]) -> Game {
    let mut doubled = Doubled {
        game: game_once,
        seen,
        coin: 0,
        text: "EFG 2 R \"\" { \"a\" \"b\" }\nc \"\" 1 \"\" { \"heads\" 1/2 \"tails\" 1/2 } 0\n"
            .to_owned(),
    };
    for coin in [0, 1] {
        doubled.coin = coin;
        doubled.tell(0);
    }
    game(&doubled.text)
}

fn solved(game: &Game) -> Equilibria {
    let options = Options {
        arithmetic: Arithmetic::Float,
        ..Options::default()
    };
    match sequence::lcp(game, &options, &Budget::unlimited()) {
        Ok(found) => found,
        Err(unfit) => panic!("{unfit}"),
    }
}

fn says_so(found: &Equilibria) -> bool {
    let mut remarks = found.remarks.iter();
    remarks.any(|remark| remark.starts_with("Nothing but names"))
}

#[test]
fn suits_are_symmetric_ranks_are_not() {
    for (file, symmetric) in [("leduc2x2", true), ("leduc3x1", false), ("kuhn13", false)] {
        let Some(game) = shared(&format!("bench/{file}.efg")) else {
            return;
        };
        assert_eq!(says_so(&solved(&game)), symmetric, "{file}");
    }
}

#[test]
fn a_difference_in_payoffs_is_no_symmetry() {
    let pennies = |more: f64| {
        game(&format!(
            r#"EFG 2 R "" {{ "a" "b" }}
            c "" 1 "" {{ "heads" 1/2 "tails" 1/2 }} 0
            p "" 1 1 "" {{ "u" "d" }} 0
            p "" 2 1 "" {{ "l" "r" }} 0
            t "" 1 "" {{ 1 -1 }}
            t "" 2 "" {{ -1 1 }}
            p "" 2 1 "" 0
            t "" 3 "" {{ -1 1 }}
            t "" 4 "" {{ 1 -1 }}
            p "" 1 2 "" {{ "u" "d" }} 0
            p "" 2 2 "" {{ "l" "r" }} 0
            t "" 5 "" {{ {} -1 }}
            t "" 6 "" {{ -1 1 }}
            p "" 2 2 "" 0
            t "" 7 "" {{ -1 1 }}
            t "" 8 "" {{ 1 -1 }}"#,
            1.0 + more
        ))
    };
    assert!(says_so(&solved(&pennies(0.0))));
    let found = solved(&pennies(1e-6));
    assert!(!says_so(&found));
    assert!(found.equilibria[0].certificate.largest_relative_gain < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// The coin is left out, and play is what it would be without it, whoever sees it.
    #[test]
    fn a_coin_that_changes_nothing(stages in stages(2), seed in any::<u64>(), who in 1usize..4) {
        let once = tell(&stages, seed, &[(1.0, 0.0); 2]);
        let twice = doubled(&once, [who & 1 == 1, who & 2 == 2]);
        let (plain, found) = (solved(&once), solved(&twice));
        prop_assert_eq!(says_so(&found), twice.sets() > once.sets() || says_so(&plain));
        let (plain, found) = (&plain.equilibria[0], &found.equilibria[0]);
        prop_assert!(found.certificate.largest_relative_gain_at_sets < 1e-9);
        for (a, b) in plain.payoffs().iter().zip(found.payoffs()) {
            prop_assert!((a - b).abs() < 1e-9, "{:?} {:?}", plain.payoffs(), found.payoffs());
        }
    }
}
