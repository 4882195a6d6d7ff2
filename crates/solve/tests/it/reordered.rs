//! The same game told in another order: children of nodes permuted, simultaneous moves in the other order.

use std::fmt::Write;

use detente_game::Game;
use detente_game::game::{CHANCE, TERMINAL};
use detente_solve::qre::{self, Options, Quiet};
use proptest::prelude::*;

use crate::games::{game, p};
use crate::properties::{stages, tell};

/// A game as text, in which the children of every node may be turned round: of chance nodes by their number, of
/// others by their information set.
struct Turned<'a> {
    game: &'a Game,
    turn: u64,
    text: String,
}

impl Turned<'_> {
    fn turns(&self, number: usize) -> bool {
        self.turn.rotate_right(number as u32 % 64) & 1 == 1
    }

    fn tell(&mut self, node: usize) {
        let set = self.game.set()[node];
        let mut children: Vec<(usize, usize)> = self.game.children(node).enumerate().collect();
        match set {
            TERMINAL => {
                let _ = write!(self.text, "t \"\" {} \"\" {{", node + 1);
                for payoff in self.game.payoffs_at(node) {
                    let _ = write!(self.text, " {payoff}");
                }
            }
            CHANCE => {
                if self.turns(node) {
                    children.reverse();
                }
                let _ = write!(self.text, "c \"\" {} \"\" {{", node + 1);
                let first = self.game.first_slot()[node] as usize - self.game.actions();
                for (k, _) in &children {
                    let _ = write!(self.text, " \"\" {}", self.game.chance()[first + k]);
                }
            }
            _ => {
                let set = set as usize;
                if self.turns(set) {
                    children.reverse();
                }
                let player = self.game.set_player()[set] + 1;
                let _ = write!(self.text, "p \"\" {player} {} \"{set}\" {{", set + 1);
                for (k, _) in &children {
                    let _ = write!(self.text, " \"{}\"", self.game.action_name(set, *k));
                }
            }
        }
        self.text
            .push_str(if set == TERMINAL { " }\n" } else { " } 0\n" });
        children.into_iter().for_each(|(_, child)| self.tell(child));
    }
}

fn turned(original: &Game, turn: u64) -> Game {
    let names: String = (0..original.players())
        .map(|k| format!(" \"{k}\""))
        .collect();
    let mut turned = Turned {
        game: original,
        turn,
        text: format!("EFG 2 R \"\" {{{names} }}\n"),
    };
    turned.tell(0);
    game(&turned.text)
}

fn values(game: &Game, precision: Option<f64>) -> Vec<f64> {
    let options = Options {
        precision,
        path_points: 0,
        ..Options::default()
    };
    let solution = qre::solve(game, &options, &mut Quiet);
    assert!(solution.status.is_success(), "{:?}", solution.status);
    solution
        .certificate
        .players
        .iter()
        .map(|one| one.value)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_children_does_not_matter(
        stages in stages(3),
        seed in any::<u64>(),
        turn in any::<u64>(),
        precision in 0.1..30.0f64,
    ) {
        let here = tell(&stages, seed, &[(1.0, 0.0); 3]);
        let there = turned(&here, turn);
        prop_assert_eq!((here.nodes(), here.sets()), (there.nodes(), there.sets()));
        let (here, there) = (values(&here, Some(precision)), values(&there, Some(precision)));
        for (a, b) in here.iter().zip(&there) {
            prop_assert!((a - b).abs() < 1e-7, "{:?} {:?}", here, there);
        }
    }

    #[test]
    fn order_of_simultaneous_moves_does_not_matter(
        payoffs in prop::collection::vec((0u8..9, 0u8..9), 6),
        precision in 0.1..30.0f64,
    ) {
        let cell = |row: usize, column: usize| {
            let at = 3 * row + column;
            format!("t \"\" {} \"\" {{ {} {} }} ", at + 1, payoffs[at].0, payoffs[at].1)
        };
        let head = "EFG 2 R \"\" { \"row\" \"column\" } ";
        let row = "p \"\" 1 1 \"row\" { \"a\" \"b\" } 0 ";
        let column = "p \"\" 2 1 \"column\" { \"c\" \"d\" \"e\" } 0 ";
        let mut first = format!("{head}{row}");
        for i in 0..2 {
            first.push_str(column);
            (0..3).for_each(|j| first.push_str(&cell(i, j)));
        }
        let mut second = format!("{head}{column}");
        for j in 0..3 {
            second.push_str(row);
            (0..2).for_each(|i| second.push_str(&cell(i, j)));
        }
        let (first, second) = (game(&first), game(&second));
        let options = Options { precision: Some(precision), ..Options::default() };
        let [a, b] = [&first, &second].map(|game| qre::solve(game, &options, &mut Quiet));
        prop_assert_eq!((a.status.word(), b.status.word()), ("precision_reached", "precision_reached"));
        for (set, action) in [("row", "a"), ("column", "c"), ("column", "d")] {
            let (here, there) = (p(&first, &a, set, action), p(&second, &b, set, action));
            prop_assert!((here - there).abs() < 1e-8, "{} {}", here, there);
        }
    }
}
