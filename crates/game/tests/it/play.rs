//! A small game to play with.

use detente_game::{Game, efg};

/// A game from its text.
pub fn game(text: &str) -> Game {
    match efg::read(text) {
        Ok(read) => read.game,
        Err(remarks) => panic!("{remarks:?}"),
    }
}

/// A hidden investment, a noisy inspection, a strike: two players, a draw, an information set of two nodes.
pub fn build_up() -> Game {
    game(
        r#"EFG 2 R "build-up" { "I" "U" }
        p "" 1 1 "invest" { "yes" "no" } 0
        c "" 1 "" { "found" 0.25 "missed" 0.75 } 0
        t "" 1 "" { -5 -1 }
        p "" 2 1 "react" { "strike" "wait" } 0
        t "" 2 "" { -4 -2 }
        t "" 3 "" { 8 -6 }
        p "" 2 1 "react" 0
        t "" 4 "" { -3 -3 }
        t "" 5 "" { 0 0 }"#,
    )
}
