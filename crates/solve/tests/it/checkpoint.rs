//! Interrupted solves go on where they were.

use crate::games::threat_game;
use detente_solve::qre::{self, Checkpoint, CheckpointError, Next, Options, Progress, Quiet};

/// Stops after some points and keeps the last checkpoint.
struct StopAfter {
    points: usize,
    kept: Option<Checkpoint>,
}

impl Progress for StopAfter {
    fn point(&mut self, _: f64, _: f64, _: f64) -> Next {
        self.points -= 1;
        if self.points == 0 {
            Next::Stop
        } else {
            Next::Continue
        }
    }

    fn checkpoint(&mut self, make: &dyn Fn() -> Checkpoint) {
        self.kept = Some(make());
    }
}

fn options() -> Options {
    Options {
        precision: Some(200.0),
        ..Options::default()
    }
}

fn interrupted(points: usize) -> Checkpoint {
    let mut watch = StopAfter { points, kept: None };
    let solution = qre::solve(&threat_game(0.3), &options(), &mut watch);
    assert_eq!(solution.status.word(), "interrupted");
    watch.kept.expect("a checkpoint")
}

#[test]
fn going_on_is_as_if_it_had_never_ended() {
    let game = threat_game(0.3);
    let whole = qre::solve(&game, &options(), &mut Quiet);
    for points in [1, 3, 8] {
        let bytes = interrupted(points).to_bytes();
        let checkpoint = Checkpoint::from_bytes(&bytes).expect("sound bytes");
        let rest = qre::resume(&game, &checkpoint, &options(), &mut Quiet).expect("same game");
        assert_eq!(rest.status, whole.status);
        assert_eq!(rest.profile, whole.profile);
        assert!(rest.work.steps < whole.work.steps);
    }
}

#[test]
fn other_games_and_other_bytes_are_refused() {
    let checkpoint = interrupted(2);
    let other = qre::resume(&threat_game(0.4), &checkpoint, &options(), &mut Quiet);
    assert_eq!(other.err(), Some(CheckpointError::OtherGame));
    let bytes = checkpoint.to_bytes();
    for cut in [0, 7, 8, 40, bytes.len() - 8, bytes.len() - 1] {
        assert_eq!(
            Checkpoint::from_bytes(&bytes[..cut]),
            Err(CheckpointError::Damaged)
        );
    }
    let mut huge = bytes.clone();
    huge[16..24].fill(0xff);
    assert_eq!(Checkpoint::from_bytes(&huge), Err(CheckpointError::Damaged));
}
