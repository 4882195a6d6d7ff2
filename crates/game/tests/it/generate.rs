//! Generated games: their rules, and that they are the games that others solve under these names.

use detente_game::generate::{GenerateError, kuhn_poker, leduc_poker, liars_dice};
use detente_game::{Game, Profile, efg, order, passes};

/// A file of the shared folder; none, with a line that says so, where the folder is absent.
fn shared(name: &str) -> Option<Game> {
    let path = format!(
        "{}/../../../shared/cases/bench/{name}.efg",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/cases/bench/{name}.efg is absent");
        return None;
    };
    Some(efg::read(&text).expect("a sound file").game)
}

/// Same tree, information sets, payoffs and probabilities of chance.
#[track_caller]
fn same_game(a: &Game, b: &Game) {
    assert_eq!(a.parent(), b.parent());
    assert_eq!(a.arity(), b.arity());
    assert_eq!(a.set(), b.set());
    assert_eq!(a.set_player(), b.set_player());
    assert_eq!(a.set_first_slot(), b.set_first_slot());
    let reach = |game: &Game| passes::reach(game, &Profile::uniform(game));
    for (node, (p, q)) in reach(a).into_iter().zip(reach(b)).enumerate() {
        assert!((p - q).abs() <= 1e-15);
        assert_eq!(a.payoffs_at(node), b.payoffs_at(node));
    }
}

#[test]
fn generated_games_are_those_of_the_shared_folder() {
    for cards in [3, 6, 13, 16, 24, 48] {
        if let Some(file) = shared(&format!("kuhn{cards}")) {
            same_game(&kuhn_poker(cards).expect("a game"), &file);
        }
    }
    for (ranks, suits) in [(3, 1), (2, 2), (3, 2), (4, 2)] {
        if let Some(file) = shared(&format!("leduc{ranks}x{suits}")) {
            same_game(&leduc_poker(ranks, suits).expect("a game"), &file);
        }
    }
}

#[test]
fn sizes() {
    let size = |game: Game| (game.nodes(), game.sets(), game.actions());
    assert_eq!(size(kuhn_poker(3).expect("a game")), (55, 12, 24));
    assert_eq!(size(leduc_poker(3, 2).expect("a game")), (9451, 936, 2184));
    // A draw, and per pair of faces a decision after every set of bids, of which all but the empty one can
    // be called.
    let dice = liars_dice(4).expect("a game");
    assert_eq!(dice.nodes(), 1 + 16 * (256 + 255));
    assert_eq!((dice.sets(), dice.ends()), (4 * 256, 16 * 255));
}

#[test]
fn all_have_names_and_perfect_recall() {
    for game in [
        kuhn_poker(4).expect("a game"),
        leduc_poker(2, 3).expect("a game"),
        liars_dice(3).expect("a game"),
    ] {
        assert_eq!(order::perfect_recall(&game), Ok(()));
        let labels = game.labels();
        assert!(labels.sets.iter().all(|name| !name.is_empty()));
        assert!(labels.actions.iter().all(|name| !name.is_empty()));
        let again = efg::read(&efg::write(&game)).expect("readable").game;
        same_game(&game, &again);
    }
    let kuhn = kuhn_poker(3).expect("a game");
    assert_eq!(kuhn.set_name(0), "0:");
    assert_eq!(kuhn.action_name(0, 1), "bet");
}

#[test]
fn a_die_of_one_face_is_a_bluff_called() {
    // Both know that all bids hold: nobody calls before the last bid, which the second player makes.
    let game = liars_dice(1).expect("a game");
    assert_eq!(game.nodes(), 1 + 4 + 3);
}

#[test]
fn too_little_and_too_much_are_refused() {
    assert!(matches!(
        kuhn_poker(1),
        Err(GenerateError::TooFew { what: "cards", .. })
    ));
    assert!(matches!(
        leduc_poker(0, 2),
        Err(GenerateError::TooFew { .. })
    ));
    assert!(matches!(
        leduc_poker(2, 1),
        Err(GenerateError::TooFew { .. })
    ));
    assert!(matches!(liars_dice(0), Err(GenerateError::TooFew { .. })));
    assert!(matches!(
        liars_dice(10),
        Err(GenerateError::TooLarge { .. })
    ));
}
