//! Solving in floating point.

use detente_game::Game;

use super::form::{EMPTY, Form, Pair};
use super::path::{End, Tableau, follow};
use super::plan::{self, Leading};
use super::quotient::Quotient;
use super::revised::Revised;
use super::start::starts;
use super::system::System;
use super::{Problem, Solved};
use crate::{Budget, Equilibrium, Status};

/// How often to come back to the path after rounding has led off it.
const LIFTS: usize = 6;
/// A probability below this is 0.
const ZERO: f64 = 1e-10;

/// Follows the path from one prior after the other until one leads to an equilibrium.
pub(super) fn solve(game: &Game, form: &Form, problem: Problem, budget: &Budget<'_>) -> Solved {
    let whole = form;
    let pairs = payoff_pairs(game, whole, problem);
    let quotient = Quotient::new(whole, &pairs);
    let (form, pairs, class) = match &quotient {
        Some(small) => (&small.form, &small.pairs, Some(&small.class[..])),
        None => (whole, &pairs, None),
    };
    let scale = scales(form, pairs);
    let mut best: Option<(f64, Equilibrium)> = None;
    let mut status = Status::NumericalTrouble;
    let rows = form.sequences() + form.sets();
    let mut pivots = 0;
    for (seed, start) in (0..).zip(starts(problem)) {
        let limits = start.limits(rows, pivots, best.is_some());
        if limits.0 == 0 {
            continue;
        }
        let prior = start.prior(game, form, pairs, seed, budget);
        let system = System::new(form, pairs, &scale, &prior);
        let walk = walk(&system, limits, budget);
        pivots += walk.pivots;
        let plans = walk.plans.map(|plans| leading_terms(form, &plans));
        let plans = plans.map(|plans| match class {
            Some(class) => class.iter().map(|&k| plans[k as usize].clone()).collect(),
            None => plans,
        });
        if let Some(equilibrium) = plans.and_then(|plans| equilibrium(game, whole, &plans)) {
            let certificate = &equilibrium.certificate;
            let gain = certificate.largest_relative_gain;
            let gain = gain.max(certificate.largest_relative_gain_at_sets);
            if best.as_ref().is_none_or(|(least, _)| gain < *least) {
                best = Some((gain, equilibrium));
            }
        }
        let sound = best.as_ref().is_some_and(|(gain, _)| *gain <= super::SOUND);
        if let End::Stopped(why) = walk.end {
            status = why;
        }
        if sound || matches!(status, Status::Interrupted | Status::TimeLimit) {
            break;
        }
    }
    Solved {
        equilibrium: best.map(|(_, equilibrium)| equilibrium),
        status,
        pivots,
        classes: class.map(|_| form.sets()),
    }
}

/// How a walk along the path went.
struct Walk {
    end: End,
    pivots: usize,
    /// x′ at its end, or where it was given up near enough.
    plans: Option<Vec<f64>>,
}

/// Follows the path from a prior, for at most so many pivots in all and once it is near.
fn walk(system: &System<f64>, limits: (usize, usize), budget: &Budget<'_>) -> Walk {
    let mut walk = Walk {
        end: End::Stopped(Status::NumericalTrouble),
        pivots: 0,
        plans: None,
    };
    let Some(mut revised) = Revised::new(system) else {
        return walk;
    };
    (walk.end, walk.pivots) = follow(system, &mut revised, limits, budget);
    for _ in 0..LIFTS {
        if walk.end != End::Home || revised.settle().is_none() || revised.is_feasible() {
            break;
        }
        revised.lift();
        let (end, pivots) = follow(system, &mut revised, limits, budget);
        (walk.end, walk.pivots) = (end, walk.pivots + pivots);
    }
    let near = revised.is_near() && revised.renew().is_some();
    walk.plans = (walk.end == End::Home || near).then(|| revised.plans());
    walk
}

/// Leading terms of the plans, one per sequence.
fn leading_terms(form: &Form, above: &[f64]) -> Vec<Leading<f64>> {
    let orders = form.longest() + 2;
    above
        .chunks_exact(orders)
        .enumerate()
        .map(|(k, above)| plan::leading(form, k, &above[..orders - 1], |value| *value < ZERO))
        .collect()
}

/// The limit of the plans with trembles, certified.
fn equilibrium(game: &Game, form: &Form, plans: &[Leading<f64>]) -> Option<Equilibrium> {
    let profile = plan::profile(game, form, &plan::behaviour(form, plans))?;
    Some(Equilibrium::new(game, profile))
}

/// The payoff matrix with every player's payoffs in 0..1, or opposite ones.
fn payoff_pairs(game: &Game, form: &Form, problem: Problem) -> Vec<Pair<f64>> {
    let mut payoffs = game.payoffs().to_vec();
    for row in payoffs.chunks_exact_mut(2) {
        for (player, payoff) in row.iter_mut().enumerate() {
            let range = game.payoff_range(player);
            let above = *payoff - game.payoff_min(player);
            *payoff = if range > 0.0 { above / range } else { 0.0 };
        }
        if problem == Problem::ConstantSum {
            row[1] = -row[0];
        }
    }
    form.pairs(game, game.chance(), &payoffs)
}

/// Per information set a power of two that brings its payoffs, and those after it, near 1.
fn scales(form: &Form, pairs: &[Pair<f64>]) -> Vec<f64> {
    let mut largest = vec![0.0f64; form.sets()];
    for pair in pairs {
        for (own, payoff) in [(pair.row, pair.payoffs[0]), (pair.column, pair.payoffs[1])] {
            if own != EMPTY {
                let here = &mut largest[form.set_of[own as usize] as usize];
                *here = here.max(payoff.abs());
            }
        }
    }
    for set in (0..form.sets()).rev() {
        if let Some(&earlier) = form.set_of.get(form.before[set] as usize) {
            largest[earlier as usize] = largest[earlier as usize].max(largest[set]);
        }
    }
    let power = |size: &f64| {
        if *size > 0.0 {
            (-size.log2().round()).exp2()
        } else {
            1.0
        }
    };
    largest.iter().map(power).collect()
}
