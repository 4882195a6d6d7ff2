//! The logit (quantal response) correspondence of the agent form, along its principal branch.
//!
//! At precision λ every information set plays action a with probability proportional to exp(λ u_h(a)), where
//! u_h(a) is what a is worth there given the beliefs (McKelvey & Palfrey 1998). The branch that starts from
//! random play at λ = 0 leads, for almost all games, to one sequential equilibrium as λ grows.

mod branch;
mod jacobian;
mod newton;
mod path;
mod response;
mod skeleton;
mod solution;
mod system;

use std::time::Instant;

use detente_game::{Game, Profile};

use crate::{Status, certify};
use branch::{Branch, Step};
use path::Path;
use system::System;

pub use solution::{Next, Options, PathPoint, Progress, Quiet, Solution, Work};

/// Most points of the branch, taken or not.
const MAX_STEPS: usize = 20_000;
/// Relative gain at which nothing is left to sharpen.
const SHARP: f64 = 1e-8;
/// Precision beyond which doubles cannot tell options apart.
const MAX_LAMBDA: f64 = 1e9;

/// Follows the principal branch from random play to the wanted precision, or to the limit.
pub fn solve(game: &Game, options: &Options, progress: &mut dyn Progress) -> Solution {
    let started = Instant::now();
    let mut system = System::new(game, options.raw_payoffs);
    let mut trace = Trace {
        game,
        options,
        started,
        path: Path::new(options.path_points),
    };
    match Branch::begin(&mut system) {
        Some(mut branch) => {
            let status = trace.follow(&mut system, &mut branch, progress);
            branch.polish(&mut system);
            trace.finish(system, branch.point.v, branch.point.lambda, status)
        }
        None => {
            let v = vec![0.0; system.unknowns()];
            trace.finish(system, v, 0.0, Status::NumericalTrouble)
        }
    }
}

struct Trace<'a> {
    game: &'a Game,
    options: &'a Options,
    started: Instant,
    path: Path,
}

impl Trace<'_> {
    fn follow(
        &mut self,
        system: &mut System,
        branch: &mut Branch,
        progress: &mut dyn Progress,
    ) -> Status {
        let goal = self
            .options
            .precision
            .map(|goal| if goal > 0.0 { goal } else { 0.0 });
        if goal == Some(0.0) {
            return Status::PrecisionReached;
        }
        self.path
            .visit(branch.point.lambda, || full_profile(self.game, system));
        // The guarantee is met at this step, if it is met.
        let mut met: Option<usize> = None;
        let fail = |met: Option<usize>, status| {
            if met.is_some() {
                Status::Converged
            } else {
                status
            }
        };
        for _ in 0..MAX_STEPS {
            if self
                .options
                .time_limit
                .is_some_and(|limit| self.started.elapsed() > limit)
            {
                return fail(met, Status::TimeLimit);
            }
            match branch.step(system, goal) {
                Step::Shortened => {
                    if met.is_some() && branch.reach_in_t() < 0.02 {
                        return Status::Converged;
                    }
                    continue;
                }
                Step::Stuck => return fail(met, Status::StepTooSmall),
                Step::Arrived => return Status::PrecisionReached,
                Step::Taken => {}
            }
            self.path
                .visit(branch.point.lambda, || full_profile(self.game, system));
            let gain = self.gain(system);
            if goal.is_none() && gain <= self.options.tolerance {
                let since = *met.get_or_insert(system.work.steps);
                let spent = system.work.steps - since;
                if gain <= SHARP || spent > 20 + since / 2 || branch.point.lambda > MAX_LAMBDA {
                    return Status::Converged;
                }
            }
            let done = self.done(branch.point.lambda, gain);
            if progress.point(branch.point.lambda, gain, done) == Next::Stop {
                return fail(met, Status::Interrupted);
            }
        }
        fail(met, Status::IterationLimit)
    }

    /// A bound of the relative gain from deviating; the gain itself where it may be within the tolerance.
    fn gain(&self, system: &System) -> f64 {
        let local = system.response.largest_local_gain(&system.skeleton);
        if self.options.precision.is_some() || local > self.options.tolerance {
            return local;
        }
        local.max(certify(self.game, &full_profile(self.game, system)).largest_relative_gain)
    }

    fn done(&self, lambda: f64, gain: f64) -> f64 {
        let share = match self.options.precision {
            Some(goal) => lambda.ln_1p() / goal.ln_1p(),
            None => {
                (1.0 / gain.clamp(1e-300, 1.0)).ln()
                    / (1.0 / self.options.tolerance.clamp(1e-300, 0.5)).ln()
            }
        };
        share.clamp(0.0, 1.0)
    }

    fn finish(self, mut system: System, v: Vec<f64>, lambda: f64, status: Status) -> Solution {
        let finite = system.evaluate(&v, lambda);
        let profile = full_profile(self.game, &system);
        let certificate = certify(self.game, &profile);
        let residual = system.residual.iter().fold(0.0, |a: f64, r| a.max(r.abs()));
        Solution {
            path: self.path.points(self.game, lambda, &profile),
            action_values: certificate.action_values.clone(),
            profile,
            lambda,
            certificate,
            status: if finite {
                status
            } else {
                Status::NumericalTrouble
            },
            residual,
            work: system.work,
            seconds: self.started.elapsed().as_secs_f64(),
            unknowns: v,
        }
    }
}

/// The profile of the last evaluation, forced moves included; uniform where it is not finite.
fn full_profile(game: &Game, system: &System) -> Profile {
    let mut logs = vec![0.0; game.actions()];
    for (here, &set) in system.skeleton.game_set.iter().enumerate() {
        let from = &system.response.log_sigma[system.skeleton.slots_of(here)];
        logs[game.slots(set as usize)].copy_from_slice(from);
    }
    Profile::from_logs(game, logs).unwrap_or_else(|_| Profile::uniform(game))
}
