//! Newton's equation for the logit correspondence F(v, λ) = v − U(σ(λv)) = 0.

use detente_game::{Game, order};

use crate::linear::{Factors, Plan};

use super::jacobian::{Jacobian, Pattern};
use super::response::Response;
use super::skeleton::Skeleton;
use super::solution::Work;

/// The equation of a game, and the room to evaluate, differentiate and factor it.
pub(super) struct System {
    pub(super) skeleton: Skeleton,
    pattern: Pattern,
    plan: Plan,
    jacobian: Jacobian,
    factors: Factors,
    pub(super) response: Response,
    pub(super) work: Work,
    /// F of the last evaluation.
    pub(super) residual: Vec<f64>,
    /// ∂F/∂λ of the last linearisation.
    pub(super) by_lambda: Vec<f64>,
}

/// Shift and scale of every player's payoffs.
pub(super) fn scaling(game: &Game, raw: bool) -> (Vec<f64>, Vec<f64>) {
    let players = 0..game.players();
    let shift = players
        .clone()
        .map(|i| f64::midpoint(game.payoff_min(i), game.payoff_max(i)))
        .collect();
    let scale = players.map(|i| {
        if raw || game.payoff_range(i) <= 0.0 {
            1.0
        } else {
            game.payoff_range(i)
        }
    });
    (shift, scale.collect())
}

impl System {
    pub(super) fn new(game: &Game, raw: bool) -> System {
        let (shift, scale) = scaling(game, raw);
        let skeleton = Skeleton::new(game, &shift, &scale);
        let schedule = order::schedule(game);
        let mut latest_first: Vec<u32> = (0..skeleton.sets() as u32).collect();
        let level = |set: u32| schedule.level[skeleton.game_set[set as usize] as usize];
        latest_first.sort_by_key(|&set| (std::cmp::Reverse(level(set)), set));
        let (pattern, plan) = Pattern::new(&skeleton, &latest_first);
        let jacobian = Jacobian::new(&pattern);
        let factors = Factors::new(&plan);
        let response = Response::new(&skeleton);
        let unknowns = skeleton.unknowns();
        System {
            skeleton,
            pattern,
            plan,
            jacobian,
            factors,
            response,
            work: Work::default(),
            residual: vec![0.0; unknowns],
            by_lambda: vec![0.0; unknowns],
        }
    }

    pub(super) fn unknowns(&self) -> usize {
        self.residual.len()
    }

    /// Evaluates F; false where it is not finite.
    pub(super) fn evaluate(&mut self, v: &[f64], lambda: f64) -> bool {
        self.work.passes += 1;
        self.response.evaluate(&self.skeleton, v, lambda);
        self.response
            .residual(&self.skeleton, v, &mut self.residual);
        self.residual.iter().all(|r| r.is_finite())
    }

    /// Factors ∂F/∂v and computes ∂F/∂λ at the last evaluation.
    pub(super) fn linearise(&mut self, v: &[f64], lambda: f64) {
        self.work.factorisations += 1;
        self.jacobian
            .fill(&self.skeleton, &self.pattern, &self.response);
        self.by_lambda.fill(0.0);
        self.jacobian
            .apply(&self.skeleton, &self.pattern, v, &mut self.by_lambda);
        self.by_lambda.iter_mut().for_each(|x| *x = -*x);
        self.jacobian.factor(
            &self.skeleton,
            &self.pattern,
            &self.plan,
            lambda,
            &mut self.factors,
        );
    }

    /// Sign of the determinant of ∂F/∂v at the last linearisation.
    pub(super) fn sign(&self) -> f64 {
        self.factors.sign()
    }

    /// Solves ∂F/∂v x = b in place, with the last factors.
    pub(super) fn solve(&self, b: &mut [f64]) {
        self.factors.solve(&self.plan, b);
    }
}
