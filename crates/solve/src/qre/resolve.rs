//! Continuing a solution from one game to others of the same shape.

use std::sync::Arc;
use std::time::Instant;

use detente_game::Game;

use super::branch::Branch;
use super::newton::{Across, Demand, Direction, Point, correct};
use super::skeleton::Skeleton;
use super::solution::{Algebra, Options, Progress, Solution, Warm};
use super::substitution::{self, Substitution};
use super::system::{Structure, System};
use super::trace::Trace;

/// Smallest share of the way between two games that is tried in one step.
const SMALLEST_SHARE: f64 = 1.0 / 32.0;
/// What is demanded between the two games.
const BETWEEN: Demand = Demand {
    room: 2.0,
    tolerance: 1e-4,
    contraction: 0.5,
    noise: 0.0,
};

/// Solves one game after the other, each beginning at the same solution of another game of their shape (the same
/// tree, information sets and players; other payoffs and probabilities of chance), or at random play.
///
/// From a solution, first Newton's method is tried at its precision; then the payoffs and probabilities are
/// moved from one game to the other in steps that halve where the method fails; then, or where the shapes
/// differ, the branch is followed from random play as in [`solve`](super::solve). Between two games whose branches run
/// alike this gives what [`solve`](super::solve) gives, in a few iterations. [`Solution::continued`] tells which way it
/// went. What comes of a game does not depend on those solved before it, although the room to work in is kept.
#[derive(Default)]
pub struct Resolver {
    /// Where every game begins; none for random play.
    near: Option<Warm>,
    /// Room for games of the shape of the last one.
    room: Option<Room>,
}

/// The room to solve games of one shape, found for these options.
struct Room {
    system: System,
    algebra: Algebra,
    memory_limit: usize,
}

impl Resolver {
    /// One that begins at a solution.
    #[must_use]
    pub fn new(near: &Solution) -> Resolver {
        Resolver {
            near: near.warm.clone().filter(|_| near.status.is_success()),
            room: None,
        }
    }

    /// One that begins at random play.
    #[must_use]
    pub fn afresh() -> Resolver {
        Resolver::default()
    }

    /// Solves a game. The options are to scale payoffs as those of the solution did.
    pub fn solve(
        &mut self,
        game: &Game,
        options: &Options,
        progress: &mut dyn Progress,
    ) -> Solution {
        let trace = Trace::new(game, options, Instant::now());
        let prior = options.prior.as_deref();
        let skeleton = Arc::new(Skeleton::new(game, &trace.scaling, prior));
        if let (Algebra::Auto, Some(game)) = (options.algebra, Substitution::new(&skeleton)) {
            return substitution::solve(trace, game, progress);
        }
        if let Some(solution) = self.carry_on(&trace, &skeleton, progress) {
            return solution;
        }
        let structure = || Structure::new(game, &skeleton, options.algebra, options.memory_limit);
        let Some(system) = room_for(&mut self.room, options, &skeleton, structure) else {
            return trace.too_large();
        };
        match Branch::begin(system, 1.0) {
            Some(branch) => trace.follow(system, branch, progress),
            None => trace.nothing(system),
        }
    }

    /// Continues the solution; none where a solve from random play is called for.
    fn carry_on(
        &mut self,
        trace: &Trace<'_>,
        skeleton: &Arc<Skeleton>,
        progress: &mut dyn Progress,
    ) -> Option<Solution> {
        let warm = self.near.as_ref()?;
        let lambda = warm.point.lambda;
        let beyond = trace.goal().is_some_and(|goal| goal < lambda);
        if warm.scaling.unit != trace.scaling.unit || beyond || !skeleton.same_shape(&warm.skeleton)
        {
            return None;
        }
        let structure = || Some(warm.structure.clone());
        let system = room_for(&mut self.room, trace.options, skeleton, structure)?;
        let point = move_over(system, warm, skeleton)?;
        let branch = Branch::resume(system, point)?;
        Some(trace.continued().follow(system, branch, progress))
            .filter(|solution| solution.status.is_success())
    }
}

/// Room for a game, that of the last one where it fits; none where it would be too large.
fn room_for<'r>(
    room: &'r mut Option<Room>,
    options: &Options,
    skeleton: &Arc<Skeleton>,
    structure: impl FnOnce() -> Option<Structure>,
) -> Option<&'r mut System> {
    let (algebra, memory_limit) = (options.algebra, options.memory_limit);
    let fits = |room: &Room| {
        (room.algebra, room.memory_limit) == (algebra, memory_limit)
            && skeleton.same_shape(&room.system.skeleton)
    };
    let mut kept = match room.take().filter(fits) {
        Some(room) => room,
        None => Room {
            system: System::new(Arc::clone(skeleton), structure()?, options.threads),
            algebra,
            memory_limit,
        },
    };
    kept.system.skeleton = Arc::clone(skeleton);
    kept.system.begin(options.threads);
    Some(&mut room.insert(kept).system)
}

/// Moves a solution from its own game to another at the same precision: in one step if that works, else in
/// steps that halve when Newton's method fails and double when it does not. The sign of the determinant must
/// stay, since a point on another stretch of the correspondence would show by it.
fn move_over(system: &mut System, warm: &Warm, target: &Arc<Skeleton>) -> Option<Point> {
    let unknowns = system.unknowns();
    let mut point = warm.point.clone();
    let (mut done, mut share) = (0.0, 1.0);
    while done < 1.0 {
        let next = f64::min(done + share, 1.0);
        system.skeleton = if next == 1.0 {
            Arc::clone(target)
        } else {
            Arc::new(warm.skeleton.blend(target, next))
        };
        let mut candidate = point.clone();
        let mut tangent = Direction {
            v: vec![0.0; unknowns],
            t: 1.0,
        };
        match correct(
            system,
            &mut candidate,
            &Across::Precision,
            &BETWEEN,
            &mut tangent,
        ) {
            Some(correction) if correction.sign == warm.sign => {
                point = candidate;
                done = next;
                share *= 2.0;
            }
            _ => {
                share *= 0.5;
                if share < SMALLEST_SHARE {
                    return None;
                }
            }
        }
    }
    Some(point)
}
