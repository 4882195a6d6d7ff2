//! Continuing a solution from one game to another of the same shape.

use std::sync::Arc;

use super::branch::Branch;
use super::newton::{Across, Demand, Direction, Point, correct};
use super::skeleton::Skeleton;
use super::solution::{Progress, Solution, Warm};
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

/// Continues a solution; none where a solve from random play is called for.
pub(super) fn resolve(
    trace: Trace<'_>,
    near: &Solution,
    progress: &mut dyn Progress,
) -> Option<Solution> {
    let warm = near.warm.as_ref().filter(|_| near.status.is_success())?;
    let lambda = warm.point.lambda;
    if warm.scaling.unit != trace.scaling.unit || trace.goal().is_some_and(|goal| goal < lambda) {
        return None;
    }
    let skeleton = Arc::new(Skeleton::new(
        trace.game,
        &trace.scaling,
        trace.options.prior.as_deref(),
    ));
    if !skeleton.same_shape(&warm.skeleton) {
        return None;
    }
    let mut system = System::new(
        Arc::clone(&skeleton),
        warm.structure.clone(),
        trace.options.threads,
    );
    let point = move_over(&mut system, warm, &skeleton)?;
    let branch = Branch::resume(&mut system, point)?;
    Some(trace.continued().follow(system, branch, progress))
        .filter(|solution| solution.status.is_success())
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
