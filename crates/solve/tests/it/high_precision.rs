//! The limit to small gains, where the logarithms of probabilities are large and rounding shows.

use detente_solve::qre::{self, Options, Quiet};
use detente_solve::{Status, certify};

use crate::games::shared;

#[track_caller]
fn converges(file: &str, tolerance: f64) -> Option<qre::Solution> {
    let game = shared(file)?;
    let options = Options {
        tolerance,
        path_points: 0,
        ..Options::default()
    };
    let solution = qre::solve(&game, &options, &mut Quiet);
    assert_eq!(solution.status, Status::Converged, "{file}");
    let gain = certify(&game, &solution.profile).largest_relative_gain;
    assert!(gain <= tolerance, "{file}: {gain:e}");
    Some(solution)
}

/// The value of Kuhn's poker is −1/18 with three cards and −11/180 with six.
#[test]
fn poker() {
    for (file, value) in [
        ("bench/kuhn3.efg", -1.0 / 18.0),
        ("bench/kuhn6.efg", -11.0 / 180.0),
    ] {
        if let Some(solution) = converges(file, 1e-8) {
            let found = solution.certificate.players[0].value;
            assert!((found - value).abs() < 1e-8, "{file}: {found}");
        }
    }
}

#[test]
fn poker_with_a_public_card() {
    converges("bench/leduc3x1.efg", 1e-8);
    converges("bench/leduc2x2.efg", 1e-8);
}

#[test]
fn crises() {
    converges("bench/crisis-561.efg", 1e-8);
    converges("bench/crisisK10M10.efg", 1e-8);
}
