//! Reach, beliefs, values, best responses, recall, and order in time.

use detente_game::order::{perfect_recall, schedule};
use detente_game::passes::{action_values, beliefs, expected, log_reach, reach, set_reach, values};
use detente_game::response::{Responder, best_response};
use detente_game::{GameError, Profile};

use crate::play::{build_up, game};

fn profile(game: &detente_game::Game, probabilities: &[f64]) -> Profile {
    Profile::from_probabilities(game, probabilities.to_vec()).expect("a profile")
}

#[test]
fn by_hand() {
    // Invests with 0.4, strikes with 0.3.
    let game = build_up();
    let play = profile(&game, &[0.4, 0.6, 0.3, 0.7]);
    let reach = reach(&game, &play);
    assert!((reach[4] - 0.3).abs() < 1e-15);
    assert!((set_reach(&game, &reach)[1] - 0.9).abs() < 1e-15);
    let belief = beliefs(&game, &play);
    assert!((belief[1] - 0.6 / 0.9).abs() < 1e-15, "{belief:?}");
    let value = expected(&game, &play);
    let invested = 0.25 * -5.0 + 0.75 * (0.3 * -4.0 + 0.7 * 8.0);
    assert!((value[0] - (0.4 * invested + 0.6 * 0.3 * -3.0)).abs() < 1e-12);
    let worth = action_values(&game, &belief, &values(&game, &play));
    assert!((worth[0] - invested).abs() < 1e-12);
    // To strike: a third invested.
    assert!((worth[2] - (1.0 / 3.0 * -2.0 + 2.0 / 3.0 * -3.0)).abs() < 1e-12);
    assert!((worth[3] + 2.0).abs() < 1e-12);
}

#[test]
fn best_responses_by_hand() {
    let game = build_up();
    let play = profile(&game, &[0.4, 0.6, 0.3, 0.7]);
    let first = best_response(&game, &play, 0).expect("perfect recall");
    assert_eq!(first.actions[0], 0);
    assert!((first.value - (0.25 * -5.0 + 0.75 * (0.3 * -4.0 + 0.7 * 8.0))).abs() < 1e-12);
    let second = best_response(&game, &play, 1).expect("perfect recall");
    assert_eq!(second.actions[1], 1);
    assert!((second.value - (0.4 * (-0.25 - 0.75 * 6.0))).abs() < 1e-12);
}

#[test]
fn one_responder_answers_many_profiles() {
    let game = build_up();
    for player in 0..2 {
        let mut responder = Responder::new(&game, player).expect("perfect recall");
        for invests in [0.0, 0.4, 1.0] {
            let play = profile(&game, &[invests, 1.0 - invests, 0.3, 0.7]);
            let alone = best_response(&game, &play, player);
            assert_eq!(Ok(responder.respond(&play.edges(&game))), alone);
        }
    }
}

#[test]
fn beliefs_survive_underflow() {
    let game = build_up();
    let logs = [-3000.0, 0.0, f64::NEG_INFINITY, 0.0];
    let play = Profile::from_logs(&game, logs.to_vec()).expect("a profile");
    assert_eq!(play.probabilities()[0], 0.0);
    assert_eq!(reach(&game, &play)[4], 0.0);
    assert_eq!(log_reach(&game, &play).log[4], -3000.0 + 0.75f64.ln());
    assert_eq!(beliefs(&game, &play)[1..], [1.0, 0.0]);
}

#[test]
fn beliefs_where_nothing_leads() {
    // Two ways to the second player's set, both impossible: one needs one tremble, the other two.
    let game = game(
        r#"EFG 2 R "" { "1" "2" }
        p "" 1 1 "one" { "out" "in" "far" } 0
        t "" 1 "" { 0 0 }
        p "" 2 1 "two" { "a" "b" } 0
        t "" 1 ""
        t "" 1 ""
        p "" 1 2 "three" { "stay" "go" } 0
        t "" 1 ""
        p "" 2 1 "two" 0
        t "" 1 ""
        t "" 1 """#,
    );
    let play = profile(&game, &[1.0, 0.0, 0.0, 0.5, 0.5, 1.0, 0.0]);
    assert_eq!(beliefs(&game, &play)[game.member_range(1)], [1.0, 0.0]);
    let play = profile(&game, &[1.0, 0.0, 0.0, 0.5, 0.5, 0.75, 0.25]);
    assert_eq!(beliefs(&game, &play)[game.member_range(1)], [0.8, 0.2]);
}

#[test]
fn players_err_before_chance_does() {
    // After waiting, no attack can come; after an attack one therefore believes in an attempt, however unlikely.
    let game = game(
        r#"EFG 2 R "" { "1" "2" }
        p "" 1 1 "plan" { "wait" "try" "prepare" } 0
        c "" 1 "" { "attack" 0 "quiet" 1 } 0
        p "" 2 1 "attacked" { "a" "b" } 0
        t "" 1 "" { 0 0 }
        t "" 1 ""
        t "" 1 ""
        c "" 2 "" { "attack" 1/2 "quiet" 1/2 } 0
        p "" 2 1 "attacked" 0
        t "" 1 ""
        t "" 1 ""
        t "" 1 ""
        p "" 1 2 "prepared" { "go" "stop" } 0
        p "" 2 1 "attacked" 0
        t "" 1 ""
        t "" 1 ""
        t "" 1 """#,
    );
    let attacked = game.member_range(1);
    assert_eq!(attacked.len(), 3);
    // Behind waiting lies one edge of probability 0, of chance; behind the others one and two of players.
    let play = profile(&game, &[1.0, 0.0, 0.0, 0.5, 0.5, 0.0, 1.0]);
    let belief: Vec<(u32, f64)> = game.members()[attacked.clone()]
        .iter()
        .copied()
        .zip(beliefs(&game, &play)[attacked].iter().copied())
        .collect();
    let tried = belief.iter().filter(|(_, b)| *b == 1.0).count();
    assert_eq!(tried, 1, "{belief:?}");
    let node = belief.iter().find(|(_, b)| *b == 1.0).expect("one").0;
    assert_eq!(log_reach(&game, &play).zeros[node as usize], 1);
}

#[test]
fn profiles_must_be_distributions() {
    let game = build_up();
    let wrong = |p: &[f64]| Profile::from_probabilities(&game, p.to_vec()).expect_err("refused");
    assert_eq!(
        wrong(&[1.0]),
        GameError::ProfileLength {
            expected: 4,
            found: 1
        }
    );
    assert_eq!(
        wrong(&[0.5, 0.6, 1.0, 0.0]),
        GameError::ProfileSum { set: 0, sum: 1.1 }
    );
    assert!(matches!(
        wrong(&[0.5, 0.5, 1.5, -0.5]),
        GameError::ProfileSum { set: 1, .. }
    ));
    assert!(matches!(
        wrong(&[0.5, 0.5, f64::NAN, 0.5]),
        GameError::ProfileSum { set: 1, .. }
    ));
    assert_eq!(Profile::uniform(&game).at(&game, 1), [0.5, 0.5]);
}

#[test]
fn information_sets_in_time() {
    let order = schedule(&build_up());
    assert!(order.timeable);
    assert_eq!((order.order, order.level), (vec![0, 1], vec![0, 1]));
}

#[test]
fn games_that_no_clock_can_order() {
    // Chance decides who moves first, and nobody knows; each may be before or after the other.
    let crossed = game(
        r#"EFG 2 R "" { "1" "2" }
        c "" 1 "" { "a" 1/2 "b" 1/2 } 0
        p "" 1 1 "one" { "stop" "go" } 0
        t "" 1 "" { 1 0 }
        p "" 2 1 "two" { "stop" "go" } 0
        t "" 2 "" { 0 1 }
        t "" 3 "" { 2 2 }
        p "" 2 1 "two" 0
        t "" 2 ""
        p "" 1 1 "one" 0
        t "" 1 ""
        t "" 3 """#,
    );
    let order = schedule(&crossed);
    assert!(!order.timeable);
    assert_eq!(order.order.len(), 2);
    assert_eq!(order.level, [u32::MAX; 2]);
    assert_eq!(perfect_recall(&crossed), Ok(()));
    let response = best_response(&crossed, &Profile::uniform(&crossed), 0).expect("perfect recall");
    assert_eq!(response.actions[0], 1);
    assert!((response.value - (0.5 + 0.5) * 0.5 * 2.0).abs() < 1e-12);
}

#[test]
fn forgetting_is_found() {
    let forgets = game(
        r#"EFG 2 R "" { "1" }
        p "" 1 1 "first" { "a" "b" } 0
        p "" 1 2 "second" { "c" "d" } 0
        t "" 1 "" { 1 }
        t "" 2 "" { 0 }
        p "" 1 2 "second" 0
        t "" 2 ""
        t "" 1 """#,
    );
    assert_eq!(perfect_recall(&forgets), Err(1));
    assert_eq!(
        best_response(&forgets, &Profile::uniform(&forgets), 0),
        Err(1)
    );
}
