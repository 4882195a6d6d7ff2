//! Continuing from one game to another.

use detente_game::Game;
use detente_solve::qre::{self, Options, Quiet, Resolver, Seed, Solution};

use crate::games::{limit, shared, threat_game};

fn nudged(game: &Game, by: f64) -> Game {
    let mut parts = game.clone().into_parts();
    for (k, payoff) in parts.payoffs.iter_mut().enumerate() {
        *payoff *= 1.0 + by * (((k * 7919) % 13) as f64 / 6.0 - 1.0);
    }
    Game::new(parts).expect("still a game")
}

#[track_caller]
fn same(a: &Solution, b: &Solution, within: f64) {
    for (a, b) in a.certificate.players.iter().zip(&b.certificate.players) {
        assert!(
            (a.value - b.value).abs() <= within,
            "{} {}",
            a.value,
            b.value
        );
    }
}

#[test]
fn a_small_change_takes_few_iterations() {
    let Some(base) = shared("bench/crisis-561.efg") else {
        return;
    };
    let options = Options {
        precision: Some(60.0),
        ..Options::default()
    };
    let near = qre::solve(&base, &options, &mut Quiet);
    let game = nudged(&base, 0.002);
    let warm = qre::resolve_from(&game, &near, &options, &mut Quiet);
    let cold = qre::solve(&game, &options, &mut Quiet);
    assert!(warm.continued);
    assert_eq!(warm.lambda, 60.0);
    same(&warm, &cold, 1e-9);
    assert!(
        warm.work.passes * 4 < cold.work.passes,
        "{:?} {:?}",
        warm.work,
        cold.work
    );
}

#[test]
fn points_of_the_path_are_solutions_at_their_precision() {
    let game = threat_game(0.3);
    let options = Options {
        path_points: 12,
        ..Options::default()
    };
    let path = qre::solve(&game, &options, &mut Quiet).path;
    assert!(path.len() > 6);
    for point in path.iter().filter(|point| point.lambda > 0.0) {
        let settled = qre::settle(&game, point, &options).expect("it lies on the branch");
        let to_there = Options {
            precision: Some(point.lambda),
            ..Options::default()
        };
        let cold = qre::solve(&game, &to_there, &mut Quiet);
        assert_eq!(settled.lambda, point.lambda);
        assert!(settled.residual < 1e-9 && settled.work.steps == 0);
        same(&settled, &cold, 1e-8);
    }
    assert!(qre::settle(&game, &path[0], &options).is_none());
}

#[test]
fn the_limit_is_continued_too() {
    let base = threat_game(0.3);
    let near = limit(&base);
    let game = threat_game(0.31);
    let warm = qre::resolve_from(&game, &near, &Options::default(), &mut Quiet);
    assert!(warm.status.is_success() && warm.continued);
    same(&warm, &limit(&game), 1e-6);
}

#[test]
fn a_large_change_falls_back_on_the_branch() {
    let base = threat_game(0.3);
    let near = limit(&base);
    // Here everybody pools: another equilibrium altogether.
    let game = threat_game(0.7);
    let warm = qre::resolve_from(&game, &near, &Options::default(), &mut Quiet);
    assert!(warm.status.is_success());
    same(&warm, &limit(&game), 1e-6);
}

#[test]
fn another_shape_is_solved_anew() {
    let Some(other) = shared("bench/kuhn3.efg") else {
        return;
    };
    let near = limit(&threat_game(0.3));
    let solution = qre::resolve_from(&other, &near, &Options::default(), &mut Quiet);
    assert!(!solution.continued);
    same(&solution, &limit(&other), 1e-12);
}

#[test]
fn a_solve_starts_at_the_first_seed_that_will_do() {
    let Some(base) = shared("bench/crisis-561.efg") else {
        return;
    };
    let options = Options {
        precision: Some(60.0),
        ..Options::default()
    };
    let seed = |game: &Game| {
        let solution = qre::solve(game, &options, &mut Quiet);
        Seed::of(&solution).expect("a solution to start at")
    };
    let game = nudged(&base, 0.002);
    let cold = qre::solve(&game, &options, &mut Quiet);
    let mut resolver = Resolver::afresh();
    let mut from = |seeds: &[Seed]| resolver.solve_near(&game, &options, seeds, &mut Quiet);

    // Of another shape, too far away, near: whatever stands before it, the last one serves.
    let (other, far, near) = (
        seed(&threat_game(0.3)),
        seed(&nudged(&base, 0.5)),
        seed(&base),
    );
    let quick = from(std::slice::from_ref(&near));
    let seeds = [other.clone(), far.clone(), near];
    for solution in [&quick, &from(&seeds)] {
        assert!(solution.continued && solution.work.steps == 0);
        same(solution, &cold, 1e-9);
    }
    assert!(quick.work.factorisations * 4 < cold.work.factorisations);

    // Far away, the branch is followed from a point of lower precision, in fewer steps; and without seeds from the start.
    let half = from(&[far]);
    assert!(
        half.continued && half.work.steps < cold.work.steps,
        "{:?}",
        half.work
    );
    same(&half, &cold, 1e-9);
    for seeds in [&[][..], &[other]] {
        let alone = from(seeds);
        assert!(!alone.continued);
        same(&alone, &cold, 0.0);
    }
}
