//! float
use super::form::{EMPTY, Form, Pair};
use super::path::{End, follow};
use super::plan;
use super::revised::Revised;
use super::system::System;
use crate::{Budget, Equilibria, Equilibrium, Status};
use detente_game::Game;

/// Payoffs in 0..1
fn pairs(game: &Game, form: &Form, zero_sum: bool) -> Vec<Pair<f64>> {
    let mut payoffs = game.payoffs().to_vec();
    for row in payoffs.chunks_exact_mut(2) {
        for player in 0..2 {
            let range = game.payoff_range(player);
            row[player] = if range > 0.0 {
                (row[player] - game.payoff_min(player)) / range
            } else {
                0.0
            };
        }
        if zero_sum {
            row[1] = -row[0];
        }
    }
    form.pairs(game, game.chance(), &payoffs)
}

fn scales(form: &Form, pairs: &[Pair<f64>]) -> Vec<f64> {
    let mut largest = vec![0.0f64; form.sets()];
    for pair in pairs {
        for (own, payoff) in [(pair.row, pair.payoffs[0]), (pair.column, pair.payoffs[1])] {
            if own != EMPTY {
                let l = &mut largest[form.set_of[own as usize] as usize];
                *l = l.max(payoff.abs());
            }
        }
    }
    for set in (0..form.sets()).rev() {
        let before = form.before[set];
        if before != EMPTY {
            let e = form.set_of[before as usize] as usize;
            largest[e] = largest[e].max(largest[set]);
        }
    }
    largest
        .iter()
        .map(|&l| {
            if l > 0.0 {
                (-l.log2().round()).exp2()
            } else {
                1.0
            }
        })
        .collect()
}

pub(super) fn solve(game: &Game, form: &Form, zero_sum: bool, budget: &Budget<'_>) -> Equilibria {
    let pairs = pairs(game, form, zero_sum);
    let scale = scales(form, &pairs);
    let mut remarks = Vec::new();
    let mut status = Status::NumericalTrouble;
    let mut equilibria = Vec::new();
    for seed in 0..8 {
        let t0 = budget.seconds();
        let mut prior = super::system::prior(form, seed);
        let rounds: usize = std::env::var("ROUNDS")
            .ok()
            .and_then(|t| t.parse().ok())
            .unwrap_or(50);
        if zero_sum && rounds > 0 {
            let learnt = super::learn::learn(form, &pairs, rounds);
            let mix: f64 = std::env::var("MIX")
                .ok()
                .and_then(|t| t.parse().ok())
                .unwrap_or(1e-2);
            for (p, l) in prior.iter_mut().zip(&learnt) {
                *p = mix * *p + (1.0 - mix) * l;
            }
            remarks.push(format!("learn {:.4}", budget.seconds() - t0));
        }
        let system = System::new(form, &pairs, &scale, &prior);
        let Some(mut revised) = Revised::new(&system) else {
            break;
        };
        let t1 = budget.seconds();
        let (end, pivots) = follow(&system, &mut revised, budget);
        let t2 = budget.seconds();
        remarks.push(format!(
            "{end:?} {pivots} pivots rows {} orders {} setup {:.4} path {:.4} ",
            system.rows(),
            system.orders,
            t1 - t0,
            t2 - t1
        ));
        match end {
            End::Tied => continue,
            End::Stopped(s) => {
                status = s;
                break;
            }
            End::Home => {
                let n = system.sequences;
                let above = revised.plans().unwrap_or_default();
                let plans: Vec<_> = (0..n)
                    .map(|s| {
                        plan::leading(
                            form,
                            s,
                            &above[s * system.orders..(s + 1) * system.orders - 1],
                            |v: &f64| v.abs() < 1e-9,
                        )
                    })
                    .collect();
                let behaviour = plan::behaviour(form, &plans);
                let t3 = budget.seconds();
                if let Some(profile) = plan::profile(game, form, &behaviour) {
                    equilibria.push(Equilibrium::new(game, profile));
                }
                remarks.push(format!(
                    "refine {:.4} certify {:.4}",
                    t3 - t2,
                    budget.seconds() - t3
                ));
                status = Status::Converged;
                break;
            }
        }
    }
    Equilibria {
        status,
        complete: false,
        equilibria,
        remarks,
        seconds: budget.seconds(),
    }
}
