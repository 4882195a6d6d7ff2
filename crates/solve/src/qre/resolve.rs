//! Continuing a solution from one game to others of the same shape.

use std::sync::Arc;
use std::time::Instant;

use detente_game::Game;

use super::branch::Branch;
use super::newton::{Across, Demand, Direction, Point, correct};
use super::skeleton::Skeleton;
use super::solution::{Options, Progress, Solution, Warm};
use super::solve;
use super::system::System;
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
/// tree, information sets and players; other payoffs and probabilities of chance).
///
/// First Newton's method is tried at the precision of that solution; then the payoffs and probabilities are
/// moved from one game to the other in steps that halve where the method fails; then, or where the shapes
/// differ, the branch is followed from random play as in [`solve`]. Between two games whose branches run
/// alike this gives what [`solve`] gives, in a few iterations. [`Solution::continued`] tells which way it went. What
/// comes of a game does not depend on those solved before it.
pub struct Resolver {
    /// Where every game begins, and the room to work in; none where there is nothing to continue.
    start: Option<(Warm, System)>,
}

impl Resolver {
    /// One that begins at a solution.
    #[must_use]
    pub fn new(near: &Solution) -> Resolver {
        let warm = near.warm.clone().filter(|_| near.status.is_success());
        Resolver {
            start: warm.map(|warm| {
                let skeleton = Arc::clone(&warm.skeleton);
                let system = System::new(skeleton, warm.structure.clone(), 1);
                (warm, system)
            }),
        }
    }

    /// Solves a game. The options are to scale payoffs as those of the solution did.
    pub fn solve(
        &mut self,
        game: &Game,
        options: &Options,
        progress: &mut dyn Progress,
    ) -> Solution {
        let started = Instant::now();
        let trace = Trace::new(game, options, started);
        match self.carry_on(trace, progress) {
            Some(solution) => solution,
            None => {
                let mut solution = solve(game, options, progress);
                solution.seconds = started.elapsed().as_secs_f64();
                solution
            }
        }
    }

    /// Continues the solution; none where a solve from random play is called for.
    fn carry_on(&mut self, trace: Trace<'_>, progress: &mut dyn Progress) -> Option<Solution> {
        let (warm, system) = self.start.as_mut()?;
        let lambda = warm.point.lambda;
        if warm.scaling.unit != trace.scaling.unit || trace.goal().is_some_and(|goal| goal < lambda)
        {
            return None;
        }
        let prior = trace.options.prior.as_deref();
        let skeleton = Arc::new(Skeleton::new(trace.game, &trace.scaling, prior));
        if !skeleton.same_shape(&warm.skeleton) {
            return None;
        }
        system.begin(trace.options.threads);
        let point = move_over(system, warm, &skeleton)?;
        let branch = Branch::resume(system, point)?;
        Some(trace.continued().follow(system, branch, progress))
            .filter(|solution| solution.status.is_success())
    }
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
