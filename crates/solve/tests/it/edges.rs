//! Edge cases: odd numbers, odd shapes, and ways to end early.

use std::time::Duration;

use detente_solve::Status;
use detente_solve::qre::{self, Next, Options, Quiet};

use crate::games::{at_raw_precision, close, game, limit, p, shared, two_by_two};

#[test]
fn a_single_end() {
    let g = game("EFG 2 R \"\" { \"1\" \"2\" } t \"\" 1 \"\" { 3 -4 }");
    let s = limit(&g);
    assert_eq!(s.certificate.players[0].value, 3.0);
    assert_eq!(s.certificate.players[1].value, -4.0);
    assert_eq!(s.certificate.largest_gain, 0.0);
}

#[test]
fn no_player_at_all() {
    let g = game("EFG 2 R \"\" { } c \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/2 } 0 t \"\" 0 t \"\" 0");
    assert!(limit(&g).status.is_success());
}

#[test]
fn one_player_alone() {
    let g = game(
        r#"EFG 2 R "" { "1" }
        p "" 1 1 "one" { "a" "b" "c" } 0
        t "" 1 "" { 1 }
        t "" 2 "" { 5 }
        t "" 3 "" { 4.999 }"#,
    );
    close(p(&g, &limit(&g), "one", "b"), 1.0, 1e-3);
}

#[test]
fn only_forced_moves() {
    let g = game(
        r#"EFG 2 R "" { "1" }
        p "" 1 1 "one" { "only" } 0
        p "" 1 2 "two" { "way" } 0
        t "" 1 "" { 1 }"#,
    );
    let s = limit(&g);
    assert_eq!(s.profile.probabilities(), [1.0, 1.0]);
    assert_eq!(s.action_values, [1.0, 1.0]);
}

#[test]
fn ties_everywhere() {
    let g = two_by_two(["a", "b"], ["c", "d"], [[1.0, 1.0]; 4]);
    let s = limit(&g);
    assert_eq!(s.profile.probabilities(), [0.5; 4]);
    assert_eq!(s.certificate.largest_relative_gain, 0.0);
}

#[test]
fn payoffs_huge_and_tiny() {
    for unit in [1e9, 1e-9] {
        let payoffs =
            [[-1.0, 0.0], [-4.0, -9.0], [0.0, 0.0], [-10.0, 6.0]].map(|row| row.map(|x| x * unit));
        let g = two_by_two(["inspect", "not"], ["comply", "violate"], payoffs);
        close(p(&g, &limit(&g), "column", "violate"), 1.0 / 7.0, 1e-5);
        // A precision per unit of payoff scales with the unit.
        let plain = two_by_two(
            ["inspect", "not"],
            ["comply", "violate"],
            [[-1.0, 0.0], [-4.0, -9.0], [0.0, 0.0], [-10.0, 6.0]],
        );
        let (a, b) = (
            at_raw_precision(&g, 3.0 / unit),
            at_raw_precision(&plain, 3.0),
        );
        for (a, b) in a
            .profile
            .probabilities()
            .iter()
            .zip(b.profile.probabilities())
        {
            close(*a, *b, 1e-9);
        }
    }
}

#[test]
fn one_player_has_nothing_at_stake() {
    let g = two_by_two(
        ["a", "b"],
        ["c", "d"],
        [[1.0, 7.0], [0.0, 7.0], [0.0, 7.0], [1.0, 7.0]],
    );
    let s = limit(&g);
    close(p(&g, &s, "column", "c"), 0.5, 1e-9);
    assert_eq!(s.certificate.players[1].payoff_range, 0.0);
    assert_eq!(s.certificate.players[1].relative_gain, 0.0);
}

fn draw(rare: f64) -> detente_game::Game {
    let often = 1.0 - rare;
    game(&format!(
        r#"EFG 2 R "" {{ "1" "2" }}
        c "" 1 "" {{ "rare" {rare} "often" {often} }} 0
        p "" 1 1 "seen" {{ "a" "b" }} 0
        t "" 1 "" {{ 1 0 }}
        t "" 2 "" {{ 0 0 }}
        p "" 1 2 "unseen" {{ "a" "b" }} 0
        p "" 2 1 "two" {{ "c" "d" }} 0
        t "" 3 "" {{ 0 1 }}
        t "" 4 "" {{ 3 0 }}
        t "" 5 "" {{ 2 2 }}"#
    ))
}

#[test]
fn rare_and_impossible_draws() {
    for rare in [1e-12, 0.0, 1.0] {
        let g = draw(rare);
        let s = limit(&g);
        // Where the draw cannot be, the best action is still chosen.
        close(p(&g, &s, "seen", "a"), 1.0, 1e-3);
        close(p(&g, &s, "unseen", "b"), 1.0, 1e-3);
        close(p(&g, &s, "two", "c"), 1.0, 1e-3);
        assert!(s.certificate.largest_relative_gain_at_sets < 1e-4);
    }
}

#[test]
fn impossible_draws_do_not_count_beside_possible_ones() {
    // The second player does not see the draw; what follows the impossible one must not move it.
    let g = game(
        r#"EFG 2 R "" { "1" }
        c "" 1 "" { "never" 0 "always" 1 } 0
        p "" 1 1 "one" { "a" "b" } 0
        t "" 1 "" { 100 }
        t "" 2 "" { 0 }
        p "" 1 1 "one" 0
        t "" 3 "" { 0 }
        t "" 4 "" { 1 }"#,
    );
    let s = limit(&g);
    close(p(&g, &s, "one", "b"), 1.0, 1e-3);
    assert_eq!(s.action_values, [0.0, 1.0]);
}

#[test]
fn absent_mindedness_runs() {
    // Piccione & Rubinstein (1997): the driver does not know at which exit it stands.
    let g = game(
        r#"EFG 2 R "driver" { "1" }
        p "" 1 1 "exit" { "out" "on" } 0
        t "" 1 "" { 0 }
        p "" 1 1 "exit" 0
        t "" 2 "" { 4 }
        t "" 3 "" { 1 }"#,
    );
    let s = qre::solve(&g, &Options::default(), &mut Quiet);
    assert!(s.status.is_success());
    assert_eq!(s.certificate.players[0].forgets_at, Some(0));
    // A modified multiself equilibrium goes on with probability 2/3.
    close(p(&g, &s, "exit", "on"), 2.0 / 3.0, 1e-3);
}

#[test]
fn precision_zero_is_random_play() {
    let g = draw(0.3);
    let s = at_raw_precision(&g, 0.0);
    assert!(s.profile.probabilities().iter().all(|&p| p == 0.5));
}

#[test]
fn stopping_keeps_the_point_reached() {
    let Some(g) = shared("bench/crisis-561.efg") else {
        return;
    };
    let mut calls = 0;
    let mut stop = |_: f64, _: f64, done: f64| {
        assert!((0.0..=1.0).contains(&done));
        calls += 1;
        if calls == 8 {
            Next::Stop
        } else {
            Next::Continue
        }
    };
    let s = qre::solve(&g, &Options::default(), &mut stop);
    assert_eq!(s.status, Status::Interrupted);
    assert!(!s.status.is_success());
    assert!(s.lambda > 0.0);
    assert!(s.residual < 1e-9);
}

#[test]
fn limits_of_time_and_memory() {
    let Some(g) = shared("bench/crisis-561.efg") else {
        return;
    };
    let none = Options {
        time_limit: Some(Duration::ZERO),
        ..Options::default()
    };
    assert_eq!(qre::solve(&g, &none, &mut Quiet).status, Status::TimeLimit);
    let small = Options {
        memory_limit: 1000,
        ..Options::default()
    };
    assert_eq!(qre::solve(&g, &small, &mut Quiet).status, Status::TooLarge);
}

#[test]
fn the_path_runs_from_random_play_to_the_end() {
    let Some(g) = shared("bench/crisis-561.efg") else {
        return;
    };
    let options = Options {
        path_points: 20,
        ..Options::default()
    };
    let s = qre::solve(&g, &options, &mut Quiet);
    assert!(s.path.len() <= 20 && s.path.len() >= 10, "{}", s.path.len());
    assert_eq!(s.path[0].lambda, 0.0);
    let last = &s.path[s.path.len() - 1];
    assert_eq!(last.lambda, s.lambda);
    assert_eq!(last.profile, s.profile);
    let uniform = detente_game::Profile::uniform(&g);
    assert_eq!(s.path[0].profile.probabilities(), uniform.probabilities());
}
