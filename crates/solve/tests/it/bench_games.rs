//! Games of the shared folder with values from other software or from theory.

use crate::games::{at_raw_precision, close, limit, shared};
use detente_solve::qre::Solution;

#[track_caller]
fn values_close(solution: &Solution, expected: &[f64], within: f64) {
    for (player, &value) in solution.certificate.players.iter().zip(expected) {
        close(player.value, value, within);
    }
}

#[test]
fn small_crisis() {
    let Some(game) = shared("bench/crisis-561.efg") else {
        return;
    };
    values_close(&limit(&game), &[7.2212, -11.1227, -0.0615], 5e-5);
    let at = at_raw_precision(&game, 107.527);
    values_close(&at, &[7.220_930_33, -11.123_951_78, -0.061_480_56], 1e-8);
    assert!(at.residual < 1e-10);
}

#[test]
fn large_crisis() {
    let Some(game) = shared("bench/crisis-20577.efg") else {
        return;
    };
    let at = at_raw_precision(&game, 100.105);
    values_close(&at, &[7.589_585_82, -9.051_165_53, 1.187_097_47], 5e-8);
}

#[test]
fn kuhn_poker_with_many_cards() {
    let known = [
        (3, -1.0 / 18.0),
        (6, -11.0 / 180.0),
        (13, -5.0 / 78.0),
        (16, -29.0 / 480.0),
        (24, -197.0 / 3312.0),
        (48, -781.0 / 13536.0),
    ];
    for (cards, value) in known {
        let Some(game) = shared(&format!("bench/kuhn{cards}.efg")) else {
            return;
        };
        values_close(&limit(&game), &[value, -value], 1e-6);
    }
}

#[test]
fn kuhn_poker_strategy() {
    let Some(game) = shared("bench/kuhn3.efg") else {
        return;
    };
    let solution = limit(&game);
    // The third information set of the first player is the king's, the first one the jack's.
    let jack_bets = solution.profile.at(&game, 0)[1];
    close(jack_bets, 0.201_739_585_168, 1e-6);
    let own = |name: f64| {
        (0..game.sets()).any(|set| {
            game.set_player()[set] == 0
                && solution
                    .profile
                    .at(&game, set)
                    .iter()
                    .any(|&p| (p - name).abs() < 1e-6)
        })
    };
    assert!(own(0.535_073_006_684));
    assert!(own(0.605_218_852_464));
}

#[test]
fn leduc_poker() {
    let Some(game) = shared("bench/leduc3x2.efg") else {
        return;
    };
    // At a relative gain of 1e-4 of 26 chips the value is known to a few thousandths.
    values_close(&limit(&game), &[-0.085_606_424_078], 1e-3);
    let Some(game) = shared("bench/leduc3x1.efg") else {
        return;
    };
    let at = at_raw_precision(&game, 1000.0);
    assert!(at.certificate.largest_relative_gain < 1e-4);
}

#[test]
fn bargaining_to_a_high_precision() {
    let Some(game) = shared("bench/bargR3K2M5.efg") else {
        return;
    };
    let at = at_raw_precision(&game, 1000.0);
    assert!(at.residual < 1e-10);
    assert!(at.certificate.largest_relative_gain < 1e-6);
}
