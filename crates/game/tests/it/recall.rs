//! What is forgotten is recognised, and named.

use detente_game::order::{perfect_recall, player_recalls};
use detente_game::recall::{Forgotten, lapses};
use proptest::prelude::*;

use crate::play::{build_up, game};
use crate::random::random_game;

#[test]
fn nobody_forgets_in_games_of_perfect_recall() {
    assert!(lapses(&build_up()).is_empty());
}

#[test]
fn an_absent_minded_driver() {
    let driver = game(
        r#"EFG 2 R "" { "driver" }
        p "" 1 1 "crossing" { "exit" "on" } 0
        t "" 1 "" { 0 }
        p "" 1 1 0
        t "" 2 "" { 4 }
        t "" 3 "" { 1 }"#,
    );
    let found = lapses(&driver);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].forgotten, Forgotten::Visit);
    assert_eq!(found[0].nodes, (0, 2));
    assert_eq!(
        found[0].to_string(),
        "driver is absent-minded at the information set \"crossing\": one path passes it more than once"
    );
}

#[test]
fn a_choice_and_knowledge_that_are_forgotten() {
    let choice = game(
        r#"EFG 2 R "" { "A" "B" }
        p "" 1 1 "first" { "l" "r" } 0
        p "" 1 2 "second" { "l" "r" } 0
        t "" 0 t "" 0
        p "" 1 2 0
        t "" 0 t "" 0"#,
    );
    let found = lapses(&choice);
    assert_eq!((found.len(), found[0].forgotten), (1, Forgotten::Choice));
    assert_eq!(
        found[0].to_string(),
        "A has imperfect recall at the information set \"second\": it forgets what it chose before"
    );
    let knowledge = game(
        r#"EFG 2 R "" { "A" "B" }
        c "" 1 "" { "red" 1/2 "black" 1/2 } 0
        p "" 2 1 "red" { "on" } 0
        p "" 2 7 "" { "l" "r" } 0
        t "" 0 t "" 0
        p "" 2 2 "black" { "on" } 0
        p "" 2 7 0
        t "" 0 t "" 0"#,
    );
    let found = lapses(&knowledge);
    assert_eq!((found.len(), found[0].forgotten), (1, Forgotten::Knowledge));
    assert_eq!(
        found[0].to_string(),
        "B has imperfect recall at the information set \"2\": it forgets what it knew before"
    );
}

proptest! {
    #[test]
    fn lapses_are_where_recall_fails(seed in any::<u64>(), recall in any::<bool>()) {
        let game = random_game(seed, recall);
        let found = lapses(&game);
        prop_assert_eq!(found.is_empty(), perfect_recall(&game).is_ok());
        prop_assert!(!recall || found.is_empty());
        for player in 0..game.players() {
            let forgets = found.iter().any(|lapse| lapse.player == player);
            prop_assert_eq!(forgets, player_recalls(&game, player).is_err());
        }
        for lapse in &found {
            let (one, other) = lapse.nodes;
            prop_assert!(one != other);
            prop_assert_eq!(game.set()[one] as usize, lapse.set);
            prop_assert_eq!(game.set()[other] as usize, lapse.set);
            let mut above = other as u32;
            while above != u32::MAX && above as usize != one {
                above = game.parent()[above as usize];
            }
            prop_assert_eq!(above as usize == one, lapse.forgotten == Forgotten::Visit);
        }
    }
}
