//! Following the branch up to what was asked for, and putting the solution together.

use std::sync::Arc;
use std::time::Instant;

use detente_game::{Game, Profile};

use super::branch::{Branch, Settled, Step};
use super::checkpoint::Checkpoint;
use super::newton::Point;
use super::path::Path;
use super::response::Response;
use super::skeleton::Skeleton;
use super::solution::{Event, Next, Options, Progress, Solution, Warm, Work};
use super::substitution::Substitution;
use super::system::{Scaling, System};
use crate::{Status, certify};

/// Smallest factor by which steps are shortened when the branch was lost.
const MOST_CAUTION: f64 = 0.01;
/// Relative gain at which nothing is left to sharpen.
pub(super) const SHARP: f64 = 1e-8;
/// Relative gain at information sets that nobody comes to which doubles can always tell from 0.
const OFF_THE_PATH: f64 = 1e-6;
/// Steps that sharpening may take beyond half of those that led to the tolerance.
const SHARPENING: usize = 30;
/// Headway in ln(1 + λ) below which sharpening is not worth a step.
const SLOW: f64 = 0.02;
/// Shares of the precision asked for at which points of the branch are kept for games of the same shape: they can be moved
/// to them more easily than the last one, and a good part of the way is done.
const BEFORE: [f64; 2] = [0.003, 0.03];
/// Precision of payoffs that span 1 beyond which doubles cannot tell options apart.
pub(super) const MAX_LAMBDA: f64 = 1e9;

/// A solve on its way.
pub(super) struct Trace<'a> {
    pub(super) game: &'a Game,
    pub(super) options: &'a Options,
    pub(super) scaling: Scaling,
    started: Instant,
    path: Path,
    events: Vec<(f64, Event)>,
    /// Most steps.
    most_steps: usize,
    /// Whether it began at another game's solution.
    continued: bool,
    /// The first points of the branch at these shares of its goal or above, each with the sign of the determinant there.
    before: Vec<(Point, Option<f64>)>,
}

/// The point with the smallest gain so far.
struct Best {
    gain: f64,
    point: Point,
}

impl<'a> Trace<'a> {
    pub(super) fn new(game: &'a Game, options: &'a Options, started: Instant) -> Trace<'a> {
        let scaling = Scaling::new(game, options.raw_payoffs);
        Trace {
            game,
            options,
            scaling,
            started,
            path: Path::new(options.path_points),
            events: Vec::new(),
            most_steps: options.most_steps,
            continued: false,
            before: Vec::new(),
        }
    }

    /// The precision asked for, as the skeleton counts it.
    pub(super) fn goal(&self) -> Option<f64> {
        self.options.precision.map(|goal| {
            if goal > 0.0 {
                goal * self.scaling.unit
            } else {
                0.0
            }
        })
    }

    /// The same trace, but beginning at another game's solution: without a path behind it, and in at most so many steps.
    pub(super) fn continued(&self, most_steps: usize) -> Trace<'a> {
        Trace {
            game: self.game,
            options: self.options,
            scaling: self.scaling.clone(),
            started: self.started,
            events: Vec::new(),
            most_steps,
            continued: true,
            before: Vec::new(),
            path: Path::new(self.options.path_points.min(1)),
        }
    }

    /// Follows the branch to its goal or limit and returns what was found.
    pub(super) fn follow(
        mut self,
        system: &mut System,
        mut branch: Branch,
        progress: &mut dyn Progress,
    ) -> Solution {
        let mut best = None;
        let mut status = self.run(system, &mut branch, &mut best, progress);
        let wished = self.options.tolerance;
        let limit = self.options.precision.is_none();
        if let Some(best) = best.filter(|_| status != Status::PrecisionReached) {
            if limit && best.gain <= wished {
                status = Status::Converged;
            }
            branch.point = best.point;
        }
        // Short of its goal the branch was followed farthest where it turns back: Newton's method would not stay there.
        let turning = !limit && status != Status::PrecisionReached;
        let settled = if turning { None } else { branch.polish(system) };
        self.events = branch.events;
        let mut solution = self.finish(system, branch.point, status, settled);
        // On the way gains are bounded by those at information sets, reached or not. Where steps fail because what
        // lies off the path is known to so many digits only, gains from deviating may be small enough all the same.
        let gain = &solution.certificate;
        let enough = gain.largest_relative_gain <= wished
            && gain.largest_relative_gain_at_sets <= wished.max(OFF_THE_PATH);
        let stopped = matches!(
            solution.status,
            Status::StepTooSmall | Status::IterationLimit
        );
        if limit && stopped && enough {
            solution.status = Status::Converged;
        }
        solution
    }

    /// Moves along the branch; keeps the best point in the limit, else that of the highest precision.
    fn run(
        &mut self,
        system: &mut System,
        branch: &mut Branch,
        best: &mut Option<Best>,
        progress: &mut dyn Progress,
    ) -> Status {
        let goal = self.goal();
        if goal.is_some_and(|goal| branch.point.lambda >= goal) {
            return Status::PrecisionReached;
        }
        let mut gain = self.arrive(system, branch, best);
        if self.continued && goal.is_none() && gain <= self.options.tolerance {
            return Status::Converged;
        }
        let mut caution = 1.0;
        // Steps taken when the gain was first within the tolerance.
        let mut met: Option<usize> = None;
        for _ in 0..self.most_steps {
            if goal.is_none() && gain <= self.options.tolerance {
                let since = *met.get_or_insert(system.work.steps);
                let enough = system.work.steps > since + since / 2 + SHARPENING;
                if gain <= SHARP || enough || branch.point.lambda > MAX_LAMBDA {
                    return Status::Converged;
                }
            }
            if self.late() {
                // However little was done, there is a point to go on from.
                progress.checkpoint(&|| Checkpoint::new(self.game, self.options, branch));
                return Status::TimeLimit;
            }
            match branch.step(system, goal) {
                Step::Taken => gain = self.arrive(system, branch, best),
                Step::Shortened if met.is_some() && branch.reach_in_t() < SLOW => {
                    return Status::Converged;
                }
                Step::Shortened => {}
                Step::Stuck => return Status::StepTooSmall,
                Step::Lost => {
                    caution *= 0.25;
                    match Branch::begin(system, caution) {
                        Some(again) if caution >= MOST_CAUTION => *branch = again,
                        _ => return Status::StepTooSmall,
                    }
                    self.path = Path::new(self.options.path_points);
                    gain = self.arrive(system, branch, best);
                }
                Step::Arrived => return Status::PrecisionReached,
            }
            let next = self.tell(progress, branch.point.lambda, gain);
            progress.checkpoint(&|| Checkpoint::new(self.game, self.options, branch));
            if next == Next::Stop {
                return Status::Interrupted;
            }
        }
        Status::IterationLimit
    }

    /// Takes note of a point of the branch, keeps it where it is the best so far, and gives a bound of the largest relative gain there.
    fn arrive(&mut self, system: &System, branch: &Branch, best: &mut Option<Best>) -> f64 {
        let (skeleton, response) = (&*system.skeleton, &system.response);
        self.keep(branch.point.lambda, skeleton, response);
        self.remember(system, branch);
        let gain = self.gain(skeleton, response);
        let better = |best: &Best| match self.options.precision {
            None => gain <= best.gain,
            Some(_) => branch.point.lambda > best.point.lambda,
        };
        if best.as_ref().is_none_or(better) {
            *best = Some(Best {
                gain,
                point: branch.point.clone(),
            });
        }
        gain
    }

    /// Keeps a point for games of the same shape, if it is the first at one of the shares of the goal or above.
    fn remember(&mut self, system: &System, branch: &Branch) {
        let share = BEFORE.get(self.before.len()).filter(|_| !self.continued);
        let there = |share: &f64| {
            let goal = self.goal();
            goal.is_some_and(|goal| branch.point.lambda >= share * goal)
        };
        if share.is_some_and(there) {
            self.before.push((branch.point.clone(), system.sign()));
        }
    }

    /// Keeps a point for the path, if it is far enough from the last one.
    pub(super) fn keep(&mut self, lambda: f64, skeleton: &Skeleton, response: &Response) {
        let profile = || profile_of(self.game, skeleton, response);
        self.path.visit(lambda / self.scaling.unit, profile);
    }

    /// A bound of the largest relative gain from deviating: that at information sets, reached or not, and where this is
    /// small and the limit wanted, that of whole strategies too.
    pub(super) fn gain(&self, skeleton: &Skeleton, response: &Response) -> f64 {
        let local = response.largest_local_gain(skeleton);
        if self.options.precision.is_some() || local > self.options.tolerance {
            return local;
        }
        let profile = profile_of(self.game, skeleton, response);
        local.max(certify(self.game, &profile).largest_relative_gain)
    }

    /// Tells how far the solve has come.
    pub(super) fn tell(&self, progress: &mut dyn Progress, lambda: f64, gain: f64) -> Next {
        progress.point(lambda / self.scaling.unit, gain, self.done(lambda, gain))
    }

    /// Whether the time is over.
    pub(super) fn late(&self) -> bool {
        let limit = self.options.time_limit;
        limit.is_some_and(|limit| self.started.elapsed() > limit)
    }

    /// The share of the work that is done, roughly.
    fn done(&self, lambda: f64, gain: f64) -> f64 {
        let share = match self.goal() {
            Some(goal) => lambda.ln_1p() / goal.ln_1p(),
            None => {
                let wished = self.options.tolerance.clamp(1e-300, 0.5);
                gain.clamp(1e-300, 1.0).ln() / wished.ln()
            }
        };
        share.clamp(0.0, 1.0)
    }

    /// The solution at a point.
    pub(super) fn finish(
        self,
        system: &mut System,
        point: Point,
        status: Status,
        settled: Option<Settled>,
    ) -> Solution {
        let finite = system.evaluate(&point.v, point.lambda);
        let status = if finite {
            status
        } else {
            Status::NumericalTrouble
        };
        let profile = profile_of(self.game, &system.skeleton, &system.response);
        let lambda = point.lambda;
        let warm = settled.map(|settled| Warm {
            skeleton: Arc::clone(&system.skeleton),
            structure: system.structure.clone(),
            scaling: self.scaling.clone(),
            point,
            sign: settled.sign,
            before: self.before.iter().rev().cloned().collect(),
        });
        Solution {
            residual: system.error(),
            work: system.work,
            warm,
            ..self.found(lambda, status, profile)
        }
    }

    /// The solution that backward substitution found.
    pub(super) fn substituted(self, game: &Substitution, lambda: f64, status: Status) -> Solution {
        let profile = profile_of(self.game, &game.skeleton, &game.response);
        self.found(lambda, status, profile)
    }

    /// A solution that solves its equation.
    fn found(self, lambda: f64, status: Status, profile: Profile) -> Solution {
        let unit = self.scaling.unit;
        let certificate = certify(self.game, &profile);
        let lambda = match (status, self.options.precision) {
            (Status::PrecisionReached, Some(goal)) if goal > 0.0 => goal,
            _ => lambda / unit,
        };
        let events = self.events.iter();
        Solution {
            events: events.map(|&(at, event)| (at / unit, event)).collect(),
            path: self.path.points(self.game, lambda, &profile),
            action_values: certificate.action_values.clone(),
            profile,
            lambda,
            certificate,
            status,
            residual: 0.0,
            work: Work::default(),
            seconds: self.started.elapsed().as_secs_f64(),
            continued: self.continued,
            warm: None,
        }
    }

    /// Random play, where even that cannot be evaluated.
    pub(super) fn nothing(self, system: &System) -> Solution {
        let work = system.work;
        self.random_play(Status::NumericalTrouble, work)
    }

    /// Random play, where the game is too large.
    pub(super) fn too_large(self) -> Solution {
        self.random_play(Status::TooLarge, Work::default())
    }

    fn random_play(self, status: Status, work: Work) -> Solution {
        let profile = Profile::uniform(self.game);
        Solution {
            events: Vec::new(),
            residual: f64::NAN,
            work,
            ..self.found(0.0, status, profile)
        }
    }
}

/// The profile of an evaluation, forced moves included; uniform where it is not finite.
fn profile_of(game: &Game, skeleton: &Skeleton, response: &Response) -> Profile {
    let mut logs = vec![0.0; game.actions()];
    for (here, &set) in skeleton.game_set.iter().enumerate() {
        let from = &response.log_sigma[skeleton.slots_of(here)];
        logs[game.slots(set as usize)].copy_from_slice(from);
    }
    Profile::from_logs(game, logs).unwrap_or_else(|_| Profile::uniform(game))
}
