//! What is asked of the tracer, and what it returns.

use std::sync::Arc;
use std::time::Duration;

use detente_game::{Game, Profile};

use super::checkpoint::Checkpoint;
use super::newton::Point;
use super::skeleton::Skeleton;
use super::system::{Scaling, Structure};
use crate::{Certificate, Status};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Stop exactly at this precision λ (at least 0); none follows the branch to its limit.
    pub precision: Option<f64>,
    /// In the limit: largest relative gain from deviating that counts as equilibrium. The branch is followed
    /// further than that as long as this is cheap.
    pub tolerance: f64,
    /// Leave payoffs in their own units, so that λ is per unit of payoff. Otherwise every player's payoffs
    /// are divided by its payoff range, and λ means the same in every game.
    pub raw_payoffs: bool,
    /// Logarithm of the weight of every action slot at λ = 0, where the branch begins: an action is then chosen with
    /// probability proportional to its weight times exp(λ u). None for equal weights, the principal branch.
    pub prior: Option<Vec<f64>>,
    /// Number of points of the path to keep, spread evenly in ln(1 + λ); 0 for none.
    pub path_points: usize,
    /// Stop after this time with the last point reached.
    pub time_limit: Option<Duration>,
    /// Most steps along the branch, taken or not.
    pub most_steps: usize,
    /// Most bytes that the linear algebra may take.
    pub memory_limit: usize,
    /// How Newton's equation is solved.
    pub algebra: Algebra,
    /// Threads that share the work of one solve, at least 1. The result is the same for any number.
    pub threads: usize,
}

impl Options {
    /// Fewest nodes for which sharing one solve among threads saves more than it costs: on smaller games the passes
    /// end before the threads have begun.
    pub const WORTH_SHARING: usize = 100_000;

    /// As many of `threads` as are worth while for a game.
    #[must_use]
    pub fn worth_while(game: &Game, threads: usize) -> usize {
        if game.nodes() < Options::WORTH_SHARING {
            1
        } else {
            threads
        }
    }
}

/// How Newton's equation is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algebra {
    /// With the matrix, unless that needs more memory than allowed or very long.
    Auto,
    /// With the matrix, by sparse elimination.
    Direct,
    /// Without the matrix, by a preconditioned Krylov method: memory in proportion to the tree, but blind to
    /// the sign of the determinant, by which bifurcations are told.
    MatrixFree,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            precision: None,
            tolerance: 1e-4,
            raw_payoffs: false,
            prior: None,
            path_points: 60,
            time_limit: None,
            most_steps: 20_000,
            memory_limit: 4 << 30,
            algebra: Algebra::Auto,
            threads: 1,
        }
    }
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Go on.
    Continue,
    /// Stop and return the last point reached.
    Stop,
}

/// Told how a solve gets on. Implemented by closures of the same arguments.
pub trait Progress {
    /// Called at every point of the branch: its precision λ, a bound of the relative gain from deviating
    /// there, and an estimate of the share of the work done (0..1).
    fn point(&mut self, lambda: f64, relative_gain: f64, done: f64) -> Next;

    /// Called right after with a way to make a checkpoint of that point, for those who want to keep one.
    fn checkpoint(&mut self, _make: &dyn Fn() -> Checkpoint) {}
}

impl<F: FnMut(f64, f64, f64) -> Next> Progress for F {
    fn point(&mut self, lambda: f64, relative_gain: f64, done: f64) -> Next {
        self(lambda, relative_gain, done)
    }
}

/// A [`Progress`] that never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn point(&mut self, _: f64, _: f64, _: f64) -> Next {
        Next::Continue
    }
}

/// A point of the path from random play to the end.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPoint {
    /// Its precision λ.
    pub lambda: f64,
    /// Largest relative gain of any player from deviating.
    pub relative_gain: f64,
    /// The profile.
    pub profile: Profile,
}

/// Something that happens to the branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It turns back, from rising to falling precision or the other way round: a fold, at which a small change
    /// of precision can change much.
    Turn,
    /// Another branch crosses it: ∂F/∂v changes the sign of its determinant although it does not turn.
    Bifurcation,
}

/// What the work was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Points of the branch that were accepted.
    pub steps: usize,
    /// Steps that were tried and taken back.
    pub rejected: usize,
    /// Evaluations of the logit response (a pass down and a pass up).
    pub passes: usize,
    /// Factorisations of the Jacobian.
    pub factorisations: usize,
    /// Iterations of the Krylov method, where the Jacobian was never formed: each about three passes.
    pub krylov: usize,
}

/// A point of the logit correspondence, or its limit, with its certificate.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The profile.
    pub profile: Profile,
    /// Precision λ reached.
    pub lambda: f64,
    /// What each action is worth at its information set, by slot, in its player's own units.
    pub action_values: Vec<f64>,
    /// The path from random play to here, λ not always rising. Only its end where the solve began at the
    /// solution of another game.
    pub path: Vec<PathPoint>,
    /// Precisions λ near which the branch turned back or was crossed by another, in the order of the path.
    pub events: Vec<(f64, Event)>,
    /// What anybody could gain by deviating.
    pub certificate: Certificate,
    /// How the solve ended.
    pub status: Status,
    /// Largest |u − U(σ(λu))| at the point reached, in scaled payoffs.
    pub residual: f64,
    /// What the work was.
    pub work: Work,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Whether the solve began at the solution of another game, and not at random play.
    pub continued: bool,
    /// What a solve of another game of the same shape can begin with.
    pub(super) warm: Option<Warm>,
}

/// Where a solve of another game of the same shape can begin.
#[derive(Clone)]
pub(super) struct Warm {
    /// The game that was solved.
    pub(super) skeleton: Arc<Skeleton>,
    /// Its couplings.
    pub(super) structure: Structure,
    /// How its payoffs were scaled.
    pub(super) scaling: Scaling,
    /// The point reached.
    pub(super) point: Point,
    /// Sign of the determinant of ∂F/∂v there, where it is known.
    pub(super) sign: Option<f64>,
    /// Points that the branch came by on its way there, where play is less precise, each with the sign there; the last
    /// first.
    pub(super) before: Vec<(Point, Option<f64>)>,
}

impl std::fmt::Debug for Warm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Warm")
            .field("lambda", &self.point.lambda)
            .finish_non_exhaustive()
    }
}
