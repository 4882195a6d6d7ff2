//! The logit solver on several threads.

use detente_game::Game;
use detente_solve::qre::{self, Algebra, Options, Quiet, Solution};

use crate::games::shared;

fn solved(game: &Game, precision: f64, algebra: Algebra, threads: usize) -> Solution {
    let options = Options {
        precision: Some(precision),
        path_points: 0,
        algebra,
        threads,
        ..Options::default()
    };
    qre::solve(game, &options, &mut Quiet)
}

#[track_caller]
fn same_bytes(game: &Game, precision: f64, algebra: Algebra) {
    let one = solved(game, precision, algebra, 1);
    assert!(one.status.is_success());
    for threads in [2, 3] {
        let many = solved(game, precision, algebra, threads);
        let bits = |s: &Solution| -> Vec<u64> {
            s.profile.logs().iter().map(|log| log.to_bits()).collect()
        };
        assert_eq!(bits(&one), bits(&many));
        assert_eq!(one.certificate, many.certificate);
        assert_eq!(one.work, many.work);
    }
}

#[test]
fn change_nothing_with_the_matrix() {
    if let Some(game) = shared("bench/bargR4K3M5.efg") {
        same_bytes(&game, 20.0, Algebra::Direct);
    }
}

#[test]
fn change_nothing_without_the_matrix() {
    if let Some(game) = shared("bench/bargR4K3M5.efg") {
        same_bytes(&game, 2.0, Algebra::MatrixFree);
    }
}

#[test]
fn change_nothing_where_fronts_are_large() {
    if let Some(game) = shared("bench/leduc3x2.efg") {
        same_bytes(&game, 1.0, Algebra::Direct);
    }
}
