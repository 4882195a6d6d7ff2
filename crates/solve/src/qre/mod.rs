//! The logit (quantal response) correspondence of the agent form, along its principal branch.
//!
//! At precision λ every information set plays action a with probability proportional to exp(λ u_h(a)), where
//! u_h(a) is what a is worth there given the beliefs (McKelvey & Palfrey 1998). The branch that starts from
//! random play at λ = 0 leads, for almost all games, to one sequential equilibrium as λ grows.
//!
//! [`solve`] follows that branch; [`resolve_from`] continues the solution of one game to another of the same
//! shape, which is what sensitivity analysis does hundreds of times.

mod branch;
mod checkpoint;
mod derivative;
mod jacobian;
mod levels;
mod newton;
mod path;
mod resolve;
mod response;
mod skeleton;
mod solution;
mod system;
mod trace;

use std::sync::Arc;
use std::time::Instant;

use detente_game::Game;

use branch::Branch;
use skeleton::Skeleton;
use system::{Structure, System};
use trace::Trace;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use solution::{Algebra, Event, Next, Options, PathPoint, Progress, Quiet, Solution, Work};

/// Follows the principal branch from random play to the wanted precision, or to the limit.
pub fn solve(game: &Game, options: &Options, progress: &mut dyn Progress) -> Solution {
    let trace = Trace::new(game, options, Instant::now());
    let skeleton = Arc::new(Skeleton::new(
        game,
        &trace.scaling,
        options.prior.as_deref(),
    ));
    let Some(structure) = Structure::new(game, &skeleton, options.algebra, options.memory_limit)
    else {
        return trace.too_large();
    };
    let mut system = System::new(skeleton, structure, options.threads);
    match Branch::begin(&mut system, 1.0) {
        Some(branch) => trace.follow(system, branch, progress),
        None => trace.nothing(system),
    }
}

/// Goes on from a checkpoint of a solve of the same game, as if that had never ended. The path begins there.
///
/// # Errors
/// [`CheckpointError::OtherGame`].
pub fn resume(
    game: &Game,
    from: &Checkpoint,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Solution, CheckpointError> {
    let trace = Trace::new(game, options, Instant::now());
    let skeleton = Arc::new(Skeleton::new(
        game,
        &trace.scaling,
        options.prior.as_deref(),
    ));
    let branch = from.branch(game, options, skeleton.unknowns())?;
    let Some(structure) = Structure::new(game, &skeleton, options.algebra, options.memory_limit)
    else {
        return Ok(trace.too_large());
    };
    let mut system = System::new(skeleton, structure, options.threads);
    system.evaluate(&branch.point.v, branch.point.lambda);
    Ok(trace.follow(system, branch, progress))
}

/// Solves a game beginning at the solution of another game of the same shape (the same tree, information sets
/// and players; other payoffs and probabilities of chance).
///
/// First Newton's method is tried at the precision of that solution; then the payoffs and probabilities are
/// moved from one game to the other in steps that halve where the method fails; then, or where the shapes
/// differ, the branch is followed from random play as in [`solve`]. Between two games whose branches run
/// alike this gives what `solve` gives, in a few iterations. [`Solution::continued`] tells which way it went.
pub fn resolve_from(
    game: &Game,
    near: &Solution,
    options: &Options,
    progress: &mut dyn Progress,
) -> Solution {
    let started = Instant::now();
    let trace = Trace::new(game, options, started);
    match resolve::resolve(trace, near, progress) {
        Some(solution) => solution,
        None => {
            let mut solution = solve(game, options, progress);
            solution.seconds = started.elapsed().as_secs_f64();
            solution
        }
    }
}
