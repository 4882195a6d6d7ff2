//! Continuing a solution from one game to others of the same shape.

use std::sync::Arc;
use std::time::Instant;

use detente_game::Game;

use super::branch::{Branch, ahead};
use super::newton::{Across, Demand, Point, correct};
use super::skeleton::Skeleton;
use super::solution::{Algebra, Options, Progress, Solution, Warm};
use super::substitution::{self, Substitution};
use super::system::{Structure, System};
use super::trace::Trace;

/// Smallest share of the way between two games that is tried in one step.
const SMALLEST_SHARE: f64 = 1.0 / 32.0;
/// A way from a near solution is given up when it promises to cost more than one part in so many of the solve that found
/// it.
const WORTH_TRYING: usize = 2;
/// Factorisations that a step between two games takes, or a little more.
const A_STEP: f64 = 3.0;
/// What is demanded between the two games.
const BETWEEN: Demand = Demand {
    room: 2.0,
    tolerance: 1e-4,
    contraction: 0.5,
    noise: 0.0,
};

/// A solution as a beginning for games of its shape.
#[derive(Clone, Debug)]
pub struct Seed {
    warm: Arc<Warm>,
    /// Factorisations that finding it took.
    work: usize,
}

impl Seed {
    /// That of a solution; none where its solve ended elsewhere than it should, or needed no Newton's method.
    #[must_use]
    pub fn of(solution: &Solution) -> Option<Seed> {
        let warm = solution.warm.as_ref();
        let warm = warm.filter(|_| solution.status.is_success())?;
        Some(Seed {
            warm: Arc::new(warm.clone()),
            work: solution.work.factorisations,
        })
    }
}

/// Solves one game after the other, each beginning at the same solution of another game of their shape (the same
/// tree, information sets and players; other payoffs and probabilities of chance), or at random play.
///
/// From a solution, first Newton's method is tried at its precision; then the payoffs and probabilities are
/// moved from one game to the other in steps that halve where the method fails; then Newton's method is tried at a lower
/// precision at which the solution's branch came by, and the branch followed from there; then, or where the shapes
/// differ, it is followed from random play as in [`solve`](super::solve). Between two games whose branches run
/// alike this gives what [`solve`](super::solve) gives, in a few iterations. [`Solution::continued`] tells which way it
/// went. What comes of a game does not depend on those solved before it, although the room to work in is kept.
#[derive(Default)]
pub struct Resolver {
    /// Where every game begins; none for random play.
    near: Option<Seed>,
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
            near: Seed::of(near),
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
        let near = self.near.clone();
        self.begin(game, options, near.as_slice(), usize::MAX, progress)
    }

    /// Solves a game from one of several solutions of games that are near, the nearest first: from the first from which
    /// Newton's method converges at once, else by way of games between it and the nearest, unless that takes long beside
    /// the solve that found the nearest; else from a lower precision at which one of their branches came by, or from random
    /// play.
    pub fn solve_near(
        &mut self,
        game: &Game,
        options: &Options,
        seeds: &[Seed],
        progress: &mut dyn Progress,
    ) -> Solution {
        let most = seeds.first().map_or(0, |seed| seed.work / WORTH_TRYING);
        self.begin(game, options, seeds, most, progress)
    }

    /// Solves a game from one of some solutions, in at most so many factorisations, or from random play.
    fn begin(
        &mut self,
        game: &Game,
        options: &Options,
        seeds: &[Seed],
        most: usize,
        progress: &mut dyn Progress,
    ) -> Solution {
        let trace = Trace::new(game, options, Instant::now());
        let prior = options.prior.as_deref();
        let skeleton = Arc::new(Skeleton::new(game, &trace.scaling, prior));
        if let (Algebra::Auto, Some(game)) = (options.algebra, Substitution::new(&skeleton)) {
            return substitution::solve(trace, game, progress);
        }
        if let Some(solution) = self.carry_on(&trace, &skeleton, seeds, most, progress) {
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

    /// Continues a solution; none where a solve from random play is called for.
    fn carry_on(
        &mut self,
        trace: &Trace<'_>,
        skeleton: &Arc<Skeleton>,
        seeds: &[Seed],
        most: usize,
        progress: &mut dyn Progress,
    ) -> Option<Solution> {
        let goal = trace.goal();
        let fits = |seed: &&Seed| {
            let warm = &seed.warm;
            warm.scaling.unit == trace.scaling.unit
                && goal.is_none_or(|goal| goal >= warm.point.lambda)
                && skeleton.same_shape(&warm.skeleton)
        };
        let seeds: Vec<&Seed> = seeds.iter().filter(fits).collect();
        let work = seeds.first()?.work;
        let seeds: Vec<&Warm> = seeds.into_iter().map(|seed| &*seed.warm).collect();
        let nearest = seeds.first()?;
        let structure = || Some(nearest.structure.clone());
        let system = room_for(&mut self.room, trace.options, skeleton, structure)?;
        let jumped = seeds.iter().find_map(|warm| jump(system, warm));
        let there = jumped.or_else(|| move_over(system, nearest, skeleton, most));
        system.skeleton = Arc::clone(skeleton);
        let most_steps = trace.options.most_steps;
        let (branch, most_steps) = match there {
            // It has nowhere to go.
            Some(point) if goal == Some(point.lambda) => {
                (Branch::standing(point, nearest.sign), most_steps)
            }
            Some(point) => (Branch::resume(system, point)?, most_steps),
            // As many as led to the nearest, so that little is lost where it does not get there.
            None => (resume_before(system, &seeds)?, most_steps.min(work)),
        };
        let solution = trace.continued(most_steps).follow(system, branch, progress);
        solution.status.is_success().then_some(solution)
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

/// Moves a solution to the game of the system at the same precision, in one step. The sign of the determinant must stay,
/// since a point on another stretch of the correspondence would show by it.
fn jump(system: &mut System, warm: &Warm) -> Option<Point> {
    corrected(system, &warm.point, warm.sign)
}

/// A branch that begins at a lower precision, where one of the seeds came by: the highest at which that can be, and from
/// the nearest of them.
fn resume_before(system: &mut System, seeds: &[&Warm]) -> Option<Branch> {
    let before = |at: usize| seeds.iter().filter_map(move |warm| warm.before.get(at));
    let mut all = (0..seeds.iter().map(|warm| warm.before.len()).max()?).flat_map(before);
    let point = all.find_map(|(point, sign)| corrected(system, point, *sign))?;
    Branch::resume(system, point)
}

/// A point moved onto the correspondence at its precision, where the determinant must have this sign.
fn corrected(system: &mut System, point: &Point, sign: Option<f64>) -> Option<Point> {
    let mut point = point.clone();
    let mut tangent = ahead(system.unknowns());
    let across = Across::Precision;
    let correction = correct(system, &mut point, &across, &BETWEEN, &mut tangent)?;
    (correction.sign == sign).then_some(point)
}

/// Moves a solution from its own game to another at the same precision, where one step was too long: in steps that halve
/// when Newton's method fails and double when it does not, as long as all work on the system promises to be at most so
/// many factorisations.
fn move_over(
    system: &mut System,
    warm: &Warm,
    target: &Arc<Skeleton>,
    most: usize,
) -> Option<Point> {
    let mut point = warm.point.clone();
    let (mut done, mut share) = (0.0, 0.5);
    while done < 1.0 {
        let left = (1.0 - done) / share * A_STEP;
        if system.work.factorisations as f64 + left > most as f64 {
            return None;
        }
        let next = f64::min(done + share, 1.0);
        system.skeleton = if next == 1.0 {
            Arc::clone(target)
        } else {
            Arc::new(warm.skeleton.blend(target, next))
        };
        if let Some(there) = corrected(system, &point, warm.sign) {
            point = there;
            done = next;
            share *= 2.0;
        } else {
            share *= 0.5;
            if share < SMALLEST_SHARE {
                return None;
            }
        }
    }
    Some(point)
}
