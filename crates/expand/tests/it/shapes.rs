//! Numbers of nodes, payoffs, states, rounds.

use crate::{expanded, game, play, scenario};
use detente_expand::Limits;
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::order::perfect_recall;
use detente_language::eval::{Env, bind};
use detente_language::scenario::{OutcomeId, StateId, VariableId};

#[test]
fn a_choice_with_blocks_makes_one_node_per_option() {
    let x = game(&play(
        "a chooses x { l { gain a 1; end bad }, r { gain a 2, b 3 } }\nend good",
    ));
    assert_eq!((x.game.nodes(), x.game.sets(), x.game.ends()), (3, 1, 2));
    assert_eq!(x.game.payoffs(), &[1.0, 0.0, 2.0, 3.0]);
    assert_eq!(x.paths.outcome, [1, 0]);
}

#[test]
fn children_stand_side_by_side_after_their_parent_and_before_their_subtrees() {
    let x = game(&play(
        "a chooses x { l, m, r }\nb chooses y { u, d }\nend good",
    ));
    assert_eq!(&x.game.first_child()[..4], &[1, 4, 6, 8]);
    assert_eq!(&x.game.set()[..5], &[0, 1, 2, 3, TERMINAL]);
}

#[test]
fn draws_with_equal_probabilities_share_their_slots() {
    let x = game(&play(
        "a chooses x { l, r }\nchance c { u 25 %, d 75 % }\nif x == l { set s = 1 }\nend good",
    ));
    let draws: Vec<usize> = (0..x.game.nodes())
        .filter(|&n| x.game.set()[n] == CHANCE)
        .collect();
    assert_eq!(draws.len(), 2);
    assert_eq!(x.game.first_slot()[draws[0]], x.game.first_slot()[draws[1]]);
    assert_eq!(x.game.chance(), &[0.25, 0.75]);
}

#[test]
fn probabilities_may_depend_on_the_path() {
    let x = game(&play(
        "a chooses x { l, r }\nchance c { u if x == l then 0.1 else 0.9, d if x == l then 0.9 else 0.1 }\nend good",
    ));
    assert_eq!(x.game.chance(), &[0.1, 0.9, 0.9, 0.1]);
}

#[test]
fn a_grid_is_tidy_and_holds_both_ends() {
    let x = game(&play(
        "a chooses x in 0 .. 1 step 0.1 { gain a x }\nend good",
    ));
    assert_eq!(x.game.nodes(), 12);
    let payoffs: Vec<f64> = x.game.payoffs().iter().step_by(2).copied().collect();
    assert_eq!(
        payoffs,
        [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    );
}

#[test]
fn a_grid_has_a_guard_of_its_numbers() {
    let x = game(&play(
        "a chooses x in 0 .. 1 step 0.25 if x >= 0.5\nend good",
    ));
    assert_eq!(x.game.nodes(), 4);
}

#[test]
fn repeat_runs_its_rounds_and_an_end_leaves_them() {
    let x = game(&play(
        "repeat 3 as i {\n  a chooses stop { yes { gain a i; end bad }, no }\n}\nend good",
    ));
    // One decision a round; the last one has two ends.
    assert_eq!((x.game.sets(), x.game.ends()), (3, 4));
    let payoffs: Vec<f64> = x.game.payoffs().iter().step_by(2).copied().collect();
    assert_eq!(payoffs, [1.0, 2.0, 3.0, 0.0]);
    assert_eq!(x.paths.end_round, [1, 2, 3, 3]);
}

#[test]
fn a_repeat_of_no_rounds_is_skipped() {
    let x = game(&play("repeat 0 { a chooses x { l, r } }\nend good"));
    assert_eq!(x.game.nodes(), 1);
}

#[test]
fn paths_know_variables_states_rounds_and_endings() {
    let text = play(
        "repeat 2 {\n  a chooses x { l { set s = s + 1 }, r }\n}\nif s == 2 { end bad }\nend good",
    );
    let x = game(&text);
    let (sets, vars) = (StateId(0), VariableId(0));
    let mut seen = Vec::new();
    let l = f64::from(
        u32::try_from(
            scenario(&text)
                .symbols
                .iter()
                .position(|s| s == "l")
                .unwrap(),
        )
        .unwrap(),
    );
    x.walk(|path| {
        let at = [
            path.variable_at(vars, 1.0) == l,
            path.variable_at(vars, 2.0) == l,
        ];
        seen.push((
            path.state(sets),
            at,
            path.ended_in(OutcomeId(1)),
            path.round(),
        ));
        Ok::<(), ()>(())
    })
    .unwrap();
    assert_eq!(
        seen,
        [
            (2.0, [true, true], true, 2.0),
            (1.0, [true, false], false, 2.0),
            (1.0, [false, true], false, 2.0),
            (0.0, [false, false], false, 2.0),
        ]
    );
}

#[test]
fn equal_states_are_kept_once() {
    let x = game(&play(
        "repeat 6 { a chooses x { l { set s = 1 }, r { set s = 0 } } }\nend good",
    ));
    assert_eq!(x.paths.states, [0.0, 1.0]);
}

#[test]
fn every_game_has_perfect_recall() {
    let x = game(&play(
        "chance t { u 50 %, d 50 % } seen by a\nrepeat 2 {\n together { a chooses x { l, r }\n b chooses y { l, r } }\n \
         a chooses z secretly { l, r }\n if z == l and t == u { show z to b }\n}\nend good",
    ));
    assert_eq!(perfect_recall(&x.game), Ok(()));
}

#[test]
fn the_node_limit_is_kept_and_names_what_multiplies() {
    let text =
        play("repeat 30 { a chooses x { l, m, r }\n chance c { u 50 %, d 50 % } }\nend good");
    let error = expanded(
        &text,
        Limits {
            nodes: 10_000,
            bytes: None,
        },
    )
    .unwrap_err();
    let diagnostic = error.diagnostic().unwrap();
    assert_eq!(diagnostic.code, "E0601");
    assert!(
        diagnostic
            .notes
            .iter()
            .any(|note| note.contains("`x`: 3 options")),
        "{diagnostic:#?}"
    );
    assert!(
        diagnostic
            .secondary
            .iter()
            .any(|(_, words)| words == "30 rounds"),
        "{diagnostic:#?}"
    );
}

#[test]
fn memory_is_estimated_before_it_is_taken() {
    let text = play("repeat 12 { a chooses x { l, m, r } }\nend good");
    let error = expanded(
        &text,
        Limits {
            nodes: 20_000_000,
            bytes: Some(1_000_000),
        },
    )
    .unwrap_err();
    assert_eq!(error.diagnostic().unwrap().code, "E0602");
}

#[test]
fn the_caller_can_stop_an_expansion() {
    let scenario = scenario(&play("repeat 16 { a chooses x { l, r } }\nend good"));
    let settings = bind(&scenario, &[]).unwrap();
    let mut calls = 0;
    let stopped = detente_expand::expand(&scenario, &settings, Limits::default(), &mut |_, _| {
        calls += 1;
        false
    });
    assert!(
        matches!(stopped, Err(detente_expand::ExpandError::Interrupted(nodes)) if nodes >= 65_536)
    );
    assert_eq!(calls, 1);
}

#[test]
fn a_game_of_three_actors_takes_at_most_64_bytes_per_node() {
    let text = "actor a\nactor b\nactor c\noutcome end_\nstate s = 0\nplay {\nrepeat 5 {\n\
                a chooses x { l { set s = s + 1 }, r }\nb chooses y secretly { l, r }\n\
                chance z { u 50 %, d 50 % } seen by c\nc chooses w { l, r }\n}\ngain a s\nend end_\n}\n";
    let x = game(text);
    let bytes = x.game.bytes() + x.paths.bytes();
    assert!(x.game.nodes() > 1_000_000);
    assert!(
        bytes <= 64 * x.game.nodes(),
        "{} bytes per node",
        bytes / x.game.nodes()
    );
}
