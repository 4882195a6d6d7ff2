//! Newton's equation solved with its matrix and without it.

use crate::games::{close, shared, threat_game, two_by_two};
use detente_game::Game;
use detente_solve::qre::{self, Algebra, Event, Options, Quiet, Solution};

fn at(game: &Game, precision: f64, algebra: Algebra) -> Solution {
    let options = Options {
        precision: Some(precision),
        algebra,
        ..Options::default()
    };
    qre::solve(game, &options, &mut Quiet)
}

#[track_caller]
fn agree(game: &Game, precision: f64) {
    let direct = at(game, precision, Algebra::Direct);
    let free = at(game, precision, Algebra::MatrixFree);
    assert_eq!(direct.status, free.status);
    assert!(direct.work.factorisations > 0 && direct.work.krylov == 0);
    assert!(free.work.factorisations == 0);
    for (a, b) in direct
        .profile
        .probabilities()
        .iter()
        .zip(free.profile.probabilities())
    {
        close(*a, *b, 1e-7);
    }
}

#[test]
fn without_the_matrix_the_branch_is_the_same() {
    agree(&threat_game(0.3), 50.0);
    if let Some(game) = shared("bench/crisis-561.efg") {
        agree(&game, 100.0);
    }
    if let Some(game) = shared("bench/kuhn6.efg") {
        agree(&game, 100.0);
    }
}

#[test]
fn too_little_memory_for_the_matrix_is_no_end() {
    let Some(game) = shared("bench/leduc3x2.efg") else {
        return;
    };
    let options = Options {
        precision: Some(3.0),
        memory_limit: 1_500_000,
        ..Options::default()
    };
    let solution = qre::solve(&game, &options, &mut Quiet);
    assert_eq!(solution.status.word(), "precision_reached");
    assert!(solution.work.krylov > 0, "{:?}", solution.work);
    assert!(solution.residual < 1e-9, "{}", solution.residual);
}

/// A prisoners' dilemma, whose branch nothing crosses, and pure coordination, whose symmetric branch is crossed
/// by that of the two pure equilibria.
#[test]
fn bifurcations_are_told() {
    let dilemma = two_by_two(
        ["c", "d"],
        ["c", "d"],
        [[2.0, 2.0], [0.0, 3.0], [3.0, 0.0], [1.0, 1.0]],
    );
    assert_eq!(at(&dilemma, 30.0, Algebra::Auto).events, []);
    let coordination = two_by_two(
        ["a", "b"],
        ["a", "b"],
        [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]],
    );
    // σ(λv) with v = 2σ − 1 leaves the symmetric solution where λ/2 = 1.
    let events = at(&coordination, 30.0, Algebra::Direct).events;
    let [(lambda, Event::Bifurcation)] = events[..] else {
        panic!("{events:?}");
    };
    assert!((1.8..2.8).contains(&lambda), "{lambda}");
}

/// A branch that begins at a prior is there at λ = 0, and in pure coordination ends where the prior leans.
#[test]
fn a_branch_can_begin_at_a_prior() {
    let coordination = two_by_two(
        ["a", "b"],
        ["a", "b"],
        [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]],
    );
    for (weights, chosen) in [([0.7, 0.3], 0), ([0.2, 0.8], 1)] {
        let prior: Vec<f64> = [weights, weights]
            .concat()
            .iter()
            .map(|w: &f64| w.ln())
            .collect();
        let options = |precision| Options {
            prior: Some(prior.clone()),
            precision,
            ..Options::default()
        };
        let begun = qre::solve(&coordination, &options(Some(0.0)), &mut Quiet);
        close(begun.profile.probabilities()[0], weights[0], 1e-12);
        let ended = qre::solve(&coordination, &options(None), &mut Quiet);
        close(ended.profile.probabilities()[chosen], 1.0, 1e-3);
    }
}
