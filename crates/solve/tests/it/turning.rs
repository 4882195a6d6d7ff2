//! Branches that turn back before they get to the precision that is asked for.

use crate::games::game;
use detente_game::Game;
use detente_solve::Status;
use detente_solve::qre::{self, Event, Options, Quiet, Solution};

/// A game of two players who choose at once between four actions each, with payoffs from 0 to 9.
fn drawn(seed: u64) -> Game {
    let mut state = seed;
    let mut payoff = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % 10
    };
    let mut text = String::from(
        "EFG 2 R \"\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"a\" \"b\" \"c\" \"d\" } 0\n",
    );
    for row in 0..4 {
        text.push_str("p \"\" 2 1 \"\" { \"a\" \"b\" \"c\" \"d\" } 0\n");
        for column in 0..4 {
            let number = 4 * row + column + 1;
            text.push_str(&format!(
                "t \"\" {number} \"\" {{ {}, {} }}\n",
                payoff(),
                payoff()
            ));
        }
    }
    game(&text)
}

fn within(game: &Game, precision: f64, most_steps: usize) -> Solution {
    let options = Options {
        precision: Some(precision),
        path_points: 1_000,
        most_steps,
        ..Options::default()
    };
    qre::solve(game, &options, &mut Quiet)
}

/// However many steps are allowed, the point of the highest precision is returned, not the one where the branch
/// happens to be.
#[test]
fn short_of_its_goal_a_solve_returns_the_highest_precision() {
    let game = drawn(2489);
    let whole = within(&game, 1e3, 20_000);
    assert_eq!(whole.status, Status::PrecisionReached);
    let [(high, Event::Turn), (low, Event::Turn)] = whole.events[..] else {
        panic!("{:?}", whole.events);
    };
    assert!(high > 2.0 * low);
    let (mut highest, mut same) = (0.0, 0);
    for steps in 1..whole.work.steps {
        let part = within(&game, 1e3, steps);
        assert_eq!(part.status, Status::IterationLimit);
        assert!(part.residual * part.lambda < 1e-3, "{}", part.residual);
        assert!(part.lambda >= highest, "{} {highest}", part.lambda);
        same += usize::from(part.lambda == highest);
        highest = part.lambda;
    }
    // While the branch goes down to `low` and up again, nothing better comes.
    assert!(same > 5, "{same}");
    assert!(highest > high);
}
