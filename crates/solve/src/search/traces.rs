//! Equilibria of games too large for dense matrices: traces of logit play from random priors, each by the sparse
//! solver of [`crate::qre`].
//!
//! A trace ends at a finite precision, within a gain from deviating of [`GAIN`] or the tolerance asked for. Two ends of
//! traces are one equilibrium where the courses of play that they make likely differ by at most [`APART`] in total
//! variation. Equilibria that no prior leads to are not found.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente_game::game::TERMINAL;
use detente_game::{Game, passes};
use rand_pcg::Pcg64;

use super::start::exponential;
use super::{Found, Isolation, Kind, Options, Other};
use crate::qre::{self, Next, Solution};
use crate::{Budget, Equilibrium, Status};

/// Relative gain from deviating at which a trace may end.
const GAIN: f64 = 1e-4;
/// Relative gain at information sets up to which such an end counts as rational everywhere.
const GAIN_AT_SETS: f64 = 1e-3;
/// Total variation between the ends of the play of two equilibria that are told apart: traces that come to the same
/// equilibrium stop short of it at different precisions.
const APART: f64 = 0.05;
/// A start that needs more than this many times the steps of the principal branch, where those are known, and more than so
/// many, is given up: it would hold up all others.
const MOST_TIMES: usize = 5;
const STEPS: usize = 1_000;

/// An end of traces.
struct Traced {
    solution: Solution,
    /// Probability of every node.
    reach: Vec<f64>,
    starts: Vec<usize>,
}

/// Traces from even odds, unless their end is known, and from random priors.
pub(super) fn traces(
    game: &Game,
    principal: Option<&Solution>,
    options: &Options,
    budget: &Budget<'_>,
) -> Found {
    let principal = principal.filter(|known| exact(known, options));
    let known: BTreeMap<usize, Solution> = principal
        .map(|known| (0, known.clone()))
        .into_iter()
        .collect();
    let most_steps = principal.map(|known| {
        let steps = known.work.steps + known.work.rejected;
        STEPS.max(MOST_TIMES * steps)
    });
    let next = AtomicUsize::new(known.len());
    let made = Mutex::new(known);
    let halted: Mutex<Option<Status>> = Mutex::new(None);
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= options.starts.max(1) {
                return;
            }
            let share = number as f64 / options.starts.max(1) as f64;
            let words = format!("{number} of {} starts", options.starts);
            let solution = trace(game, options, number, most_steps, &mut || {
                let spent = budget.spent(Some(share), &words);
                if let (Some(status), Ok(mut halted)) = (spent, halted.lock()) {
                    *halted = Some(status);
                }
                spent.is_none()
            });
            if halted.lock().is_ok_and(|halted| halted.is_some()) {
                return;
            }
            if let Ok(mut made) = made.lock() {
                made.insert(number, solution);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..options.threads.clamp(1, options.starts.max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let made = made.into_inner().unwrap_or_default();
    let starts = made.len();
    let ended = |solution: &&Solution| solution.status == Status::Converged;
    let given_up = starts - made.values().filter(ended).count();
    let told = told_apart(game, made);
    let status = halted.into_inner().unwrap_or_default();
    Found {
        status: status.unwrap_or(Status::Complete),
        others: told
            .into_iter()
            .map(|traced| other(traced, starts))
            .filter(|other| other.sequential || options.kind == Kind::Nash)
            .collect(),
        starts,
        given_up,
        all_supports: false,
        seconds: budget.seconds(),
    }
}

/// Whether a solution is as exact as the end of a trace: a looser one would be told apart from the equilibrium near it.
fn exact(solution: &Solution, options: &Options) -> bool {
    let (gains, wished) = (&solution.certificate, options.tolerance.max(GAIN));
    gains.largest_relative_gain <= wished && gains.largest_relative_gain_at_sets <= wished
}

/// One trace: the first from even odds, others from priors whose weights are exponentially distributed.
fn trace(
    game: &Game,
    options: &Options,
    number: usize,
    most_steps: Option<usize>,
    go_on: &mut dyn FnMut() -> bool,
) -> Solution {
    let defaults = qre::Options::default();
    let mut random = Pcg64::new(u128::from(options.seed), number as u128);
    let prior = (number > 0).then(|| {
        (0..game.actions())
            .map(|_| exponential(&mut random).ln())
            .collect()
    });
    let logit = qre::Options {
        prior,
        tolerance: options.tolerance.max(GAIN),
        path_points: 0,
        most_steps: most_steps.unwrap_or(defaults.most_steps),
        ..defaults
    };
    let mut watch = |_: f64, _: f64, _: f64| {
        if go_on() { Next::Continue } else { Next::Stop }
    };
    qre::solve(game, &logit, &mut watch)
}

/// Ends of traces that are equilibria, each once, in the order of the first start that came there.
fn told_apart(game: &Game, made: BTreeMap<usize, Solution>) -> Vec<Traced> {
    let mut told: Vec<Traced> = Vec::new();
    for (number, solution) in made {
        if solution.status != Status::Converged {
            continue;
        }
        let reach = passes::reach(game, &solution.profile);
        let known = told
            .iter_mut()
            .find(|known| variation(game, &known.reach, &reach) <= APART);
        match known {
            Some(known) => known.starts.push(number),
            None => told.push(Traced {
                solution,
                reach,
                starts: vec![number],
            }),
        }
    }
    told
}

/// Total variation between two distributions over the ends of the play.
fn variation(game: &Game, a: &[f64], b: &[f64]) -> f64 {
    let ends = game.set().iter().zip(a.iter().zip(b));
    let differences = ends
        .filter(|(set, _)| **set == TERMINAL)
        .map(|(_, (a, b))| (a - b).abs());
    differences.sum::<f64>() / 2.0
}

fn other(traced: Traced, of: usize) -> Other {
    let (starts, principal) = (traced.starts.len(), traced.starts.contains(&0));
    let certificate = traced.solution.certificate;
    let more = if principal {
        "; the principal branch leads here"
    } else {
        ""
    };
    Other {
        starts,
        priors: starts,
        principal,
        sequential: certificate.largest_relative_gain_at_sets <= GAIN_AT_SETS,
        isolation: Isolation::Isolated,
        equilibrium: Equilibrium {
            profile: traced.solution.profile,
            exact: None,
            certificate,
            remark: Some(format!("{starts} of {of} priors led here{more}")),
        },
    }
}
