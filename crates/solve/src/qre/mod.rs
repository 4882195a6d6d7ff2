//! The logit (quantal response) correspondence of the agent form, along its principal branch.
//!
//! At precision λ every information set plays action a with probability proportional to exp(λ u_h(a)), where
//! u_h(a) is what a is worth there given the beliefs (McKelvey & Palfrey 1998). The branch that starts from
//! random play at λ = 0 leads, for almost all games, to one sequential equilibrium as λ grows.
//!
//! [`solve`] follows that branch (where no belief hangs on a choice, it finds its points one by one, by backward
//! substitution); [`settle`] comes back to a point of the path; a [`Resolver`] continues the solution of one game to
//! others of the same shape, which is what sensitivity analysis does hundreds of times.

mod branch;
mod checkpoint;
mod derivative;
mod jacobian;
mod levels;
mod newton;
mod path;
mod resolve;
mod response;
mod settle;
mod skeleton;
mod solution;
mod substitution;
mod system;
mod trace;

use std::sync::Arc;
use std::time::Instant;

use detente_game::Game;

use skeleton::Skeleton;
use system::{Structure, System};
use trace::Trace;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use resolve::{Resolver, Seed};
pub use settle::settle;
pub use solution::{Algebra, Event, Next, Options, PathPoint, Progress, Quiet, Solution, Work};

/// Follows the principal branch from random play to the wanted precision, or to the limit.
pub fn solve(game: &Game, options: &Options, progress: &mut dyn Progress) -> Solution {
    Resolver::afresh().solve(game, options, progress)
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
    Ok(trace.follow(&mut system, branch, progress))
}

/// Solves one game beginning at the solution of another: a [`Resolver`] that is used once.
pub fn resolve_from(
    game: &Game,
    near: &Solution,
    options: &Options,
    progress: &mut dyn Progress,
) -> Solution {
    Resolver::new(near).solve(game, options, progress)
}
