//! What `Game::new` refuses, and what it derives.

use detente_game::game::{CHANCE, TERMINAL};
use detente_game::{Game, GameError, Parts};

use crate::play::build_up;

/// The arrays of a sound game, changed by `change`, and the error that they give.
fn refused(change: impl FnOnce(&mut Parts)) -> GameError {
    let mut parts = build_up().into_parts();
    change(&mut parts);
    match Game::new(parts) {
        Ok(_) => panic!("accepted"),
        Err(error) => error,
    }
}

#[test]
fn a_sound_game_is_described() {
    let game = build_up();
    assert_eq!(
        (game.nodes(), game.ends(), game.sets(), game.actions()),
        (9, 5, 2, 4)
    );
    assert_eq!((game.players(), game.depth()), (2, 3));
    // Children stand side by side: the draw and the second decision below the root, then the draw's.
    assert_eq!(
        game.set(),
        [
            0, CHANCE, 1, TERMINAL, 1, TERMINAL, TERMINAL, TERMINAL, TERMINAL
        ]
    );
    assert_eq!(game.children(0), 1..3);
    assert_eq!(game.children(1), 3..5);
    assert_eq!(game.children(4), 5..7);
    assert_eq!(game.children(2), 7..9);
    assert_eq!(game.members()[game.member_range(1)], [2, 4]);
    assert_eq!(game.slot_into(4), Some(5));
    assert_eq!(game.slot_into(0), None);
    assert_eq!(game.payoffs_at(5), [-4.0, -2.0]);
    assert!(game.payoffs_at(0).is_empty());
    assert_eq!(
        (game.payoff_min(0), game.payoff_max(0), game.payoff_range(1)),
        (-5.0, 8.0, 6.0)
    );
    assert!(game.same_shape(&game.clone()));
}

#[test]
fn bytes_stay_within_the_budget() {
    // Per node: 18 for the arrays, 4 for membership, 24 for the payoffs of three players at the ends.
    let game = build_up();
    let names: usize = 24 * 20 + 100;
    assert!(game.bytes() < 64 * game.nodes() + names, "{}", game.bytes());
}

#[test]
fn arrays_that_contradict_each_other_are_refused() {
    use GameError as E;
    assert!(matches!(refused(|p| p.set.clear()), E::NodeCount(0)));
    assert!(matches!(refused(|p| p.arity.truncate(3)), E::Lengths(_)));
    assert!(matches!(
        refused(|p| p.set_first_slot.truncate(2)),
        E::Lengths(_)
    ));
    assert!(matches!(refused(|p| p.payoffs.truncate(3)), E::Lengths(_)));
    assert!(matches!(
        refused(|p| p.labels.sets.truncate(1)),
        E::Lengths(_)
    ));
    assert!(matches!(
        refused(|p| p.set_first_slot[0] = 1),
        E::Lengths(_)
    ));
    assert!(matches!(
        refused(|p| p.players = vec![String::new(); 250]),
        E::PlayerCount(250)
    ));
    assert!(matches!(
        refused(|p| p.set_player[1] = 2),
        E::Set { set: 1, .. }
    ));
    assert!(matches!(
        refused(|p| p.set_first_slot[1] = 4),
        E::Set { set: 1, .. }
    ));
    assert!(matches!(refused(|p| p.set[3] = 0), E::Node { node: 3, .. }));
    assert!(matches!(
        refused(|p| p.set[0] = TERMINAL),
        E::Node { node: 0, .. }
    ));
    assert!(matches!(refused(|p| p.set[0] = 9), E::Node { node: 0, .. }));
    assert!(matches!(
        refused(|p| p.set[0] = CHANCE),
        E::Node { node: 0, .. }
    ));
    assert!(matches!(
        refused(|p| p.first_slot[2] = 0),
        E::Node { node: 2, .. }
    ));
    assert!(matches!(refused(|p| p.parent[0] = 0), E::Order { node: 0 }));
    assert!(matches!(refused(|p| p.parent[4] = 2), E::Order { .. }));
    assert!(matches!(refused(|p| p.first_child[4] = 7), E::Order { .. }));
    assert!(matches!(
        refused(|p| p.first_child[4] = 100),
        E::Order { node: 4 }
    ));
    assert!(matches!(
        refused(|p| p.first_child[3] = 100),
        E::Node { node: 3, .. }
    ));
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    assert_eq!(
        refused(|p| p.chance[0] = 0.5),
        GameError::Chance { node: 1, sum: 1.25 }
    );
    assert!(matches!(
        refused(|p| p.chance.copy_from_slice(&[-0.5, 1.5])),
        GameError::Chance { .. }
    ));
    assert!(matches!(
        refused(|p| p.chance[0] = f64::NAN),
        GameError::Chance { node: 1, .. }
    ));
    assert_eq!(
        refused(|p| p.payoffs[1] = f64::INFINITY),
        GameError::Payoff { node: 3, player: 1 }
    );
}

#[test]
fn other_numbers_in_the_same_tree_are_checked_too() {
    let game = build_up();
    let (chance, payoffs) = (game.chance().to_vec(), game.payoffs().to_vec());
    let with = |chance: &[f64], payoffs: &[f64]| {
        let numbers = (chance.to_vec(), payoffs.to_vec());
        build_up().with_numbers(numbers.0, numbers.1)
    };
    assert_eq!(with(&chance, &payoffs), Ok(game.clone()));
    // What a game derives from its payoffs comes along.
    let doubled: Vec<f64> = payoffs.iter().map(|payoff| 2.0 * payoff).collect();
    let mut parts = game.into_parts();
    parts.payoffs.clone_from(&doubled);
    assert_eq!(with(&chance, &doubled), Game::new(parts));
    let mut wrong = chance.clone();
    wrong[0] = 0.5;
    assert_eq!(
        with(&wrong, &payoffs),
        Err(GameError::Chance { node: 1, sum: 1.25 })
    );
    let mut wrong = payoffs.clone();
    wrong[1] = f64::INFINITY;
    assert_eq!(
        with(&chance, &wrong),
        Err(GameError::Payoff { node: 3, player: 1 })
    );
    assert!(matches!(
        with(&chance[1..], &payoffs),
        Err(GameError::Lengths(_))
    ));
    assert!(matches!(
        with(&chance, &payoffs[1..]),
        Err(GameError::Lengths(_))
    ));
}

#[test]
fn every_information_set_needs_a_node() {
    let error = refused(|p| {
        p.set_player.push(0);
        p.set_first_slot.push(6);
        p.first_slot[1] = 6;
        p.labels.sets.clear();
        p.labels.actions.clear();
    });
    assert_eq!(
        error,
        GameError::Set {
            set: 2,
            what: "it has no nodes"
        }
    );
    assert_eq!(error.to_string(), "information set 2: it has no nodes");
}
