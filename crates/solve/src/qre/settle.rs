//! The solution at a point of a path that was followed before.

use std::sync::Arc;
use std::time::Instant;

use detente_game::Game;

use super::branch::Branch;
use super::newton::Point;
use super::skeleton::Skeleton;
use super::solution::{Algebra, Options, PathPoint, Quiet, Solution};
use super::substitution::Substitution;
use super::system::{Structure, System};
use super::trace::Trace;

/// Solves a game at the precision of a point of its own path, beginning at that point: the path need not be followed
/// again. The options are to be those with which it was; their precision is put in place of theirs. None where Newton's
/// method does not settle there, the game is too large for the linear algebra, or it has no path to save: where no belief
/// hangs on a choice, [`solve`](super::solve) comes to any precision without one.
#[must_use]
pub fn settle(game: &Game, near: &PathPoint, options: &Options) -> Option<Solution> {
    let options = Options {
        precision: Some(near.lambda),
        path_points: 0,
        ..options.clone()
    };
    let trace = Trace::new(game, &options, Instant::now());
    let skeleton = Skeleton::new(game, &trace.scaling, options.prior.as_deref());
    let skeleton = Arc::new(skeleton);
    if options.algebra == Algebra::Auto && Substitution::new(&skeleton).is_some() {
        return None;
    }
    let point = point_of(game, &skeleton, near, trace.goal()?)?;
    let structure = Structure::new(game, &skeleton, options.algebra, options.memory_limit)?;
    let mut system = System::new(skeleton, structure, options.threads);
    let branch = Branch::resume(&mut system, point)?;
    Some(trace.follow(&mut system, branch, &mut Quiet))
        .filter(|solution| solution.status.is_success())
}

/// The point that plays a profile: log σ_h(a) − log σ_h(first action) = λ v_h(a) + the prior's. None at random play,
/// which does not tell values.
fn point_of(game: &Game, skeleton: &Skeleton, near: &PathPoint, lambda: f64) -> Option<Point> {
    if lambda <= 0.0 {
        return None;
    }
    let logs = near.profile.logs();
    let mut v = Vec::with_capacity(skeleton.unknowns());
    for (here, &set) in skeleton.game_set.iter().enumerate() {
        let logs = &logs[game.slots(set as usize)];
        let prior = &skeleton.prior[skeleton.first_unknown(here)..];
        let values = logs[1..].iter().zip(prior);
        v.extend(values.map(|(log, prior)| (log - logs[0] - prior) / lambda));
    }
    v.iter()
        .all(|v| v.is_finite())
        .then_some(Point { v, lambda })
}
