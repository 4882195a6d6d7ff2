//! Newton's equation for the logit correspondence F(v, λ) = v − U(σ(λv)) = 0.

use std::sync::Arc;

use detente_game::{Game, order};

use crate::linear::{Factors, Plan};

use super::jacobian::{Jacobian, Pattern};
use super::response::Response;
use super::skeleton::Skeleton;
use super::solution::Work;

/// How payoffs become those of the skeleton.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scaling {
    /// Subtracted from the payoffs of each player.
    pub(super) shift: Vec<f64>,
    /// Divides the payoffs of each player.
    pub(super) scale: Vec<f64>,
    /// The skeleton's precision is the precision asked for times this.
    pub(super) unit: f64,
}

impl Scaling {
    /// Every player's payoffs span 1; or, with raw payoffs, all are divided by the same power of two, about
    /// the largest range, so that nothing but the exponents of the numbers changes.
    pub(super) fn new(game: &Game, raw: bool) -> Scaling {
        let ranges: Vec<f64> = (0..game.players()).map(|i| game.payoff_range(i)).collect();
        let shift = (0..game.players())
            .map(|i| f64::midpoint(game.payoff_min(i), game.payoff_max(i)))
            .collect();
        let largest = ranges.iter().copied().fold(0.0, f64::max);
        if raw {
            let unit = if largest > 0.0 {
                largest.log2().round().exp2()
            } else {
                1.0
            };
            return Scaling {
                shift,
                scale: vec![unit; ranges.len()],
                unit,
            };
        }
        let scale = ranges
            .iter()
            .map(|&range| if range > 0.0 { range } else { 1.0 })
            .collect();
        Scaling {
            shift,
            scale,
            unit: 1.0,
        }
    }
}

/// What depends on the shape of a game alone, not on its payoffs and probabilities.
pub(super) struct Structure {
    pattern: Pattern,
    plan: Plan,
}

impl Structure {
    /// Finds which information sets are coupled, and plans the elimination; none where the coefficients would
    /// take more than `memory` bytes.
    pub(super) fn new(game: &Game, skeleton: &Skeleton, memory: usize) -> Option<Structure> {
        let schedule = order::schedule(game);
        let mut latest_first: Vec<u32> = (0..skeleton.sets() as u32).collect();
        let level = |set: u32| schedule.level[skeleton.game_set[set as usize] as usize];
        latest_first.sort_by_key(|&set| (std::cmp::Reverse(level(set)), set));
        let (pattern, plan) = Pattern::new(skeleton, &latest_first, memory)?;
        (pattern.bytes() + plan.bytes() <= memory).then_some(Structure { pattern, plan })
    }
}

/// The equation of a game, and the room to evaluate, differentiate and factor it.
pub(super) struct System {
    pub(super) skeleton: Arc<Skeleton>,
    pub(super) structure: Arc<Structure>,
    jacobian: Jacobian,
    factors: Factors,
    pub(super) response: Response,
    pub(super) work: Work,
    /// F of the last evaluation.
    pub(super) residual: Vec<f64>,
    /// ∂F/∂λ of the last linearisation.
    pub(super) by_lambda: Vec<f64>,
}

impl System {
    pub(super) fn new(skeleton: Arc<Skeleton>, structure: Arc<Structure>) -> System {
        let unknowns = skeleton.unknowns();
        System {
            jacobian: Jacobian::new(&structure.pattern),
            factors: Factors::new(&structure.plan),
            response: Response::new(&skeleton),
            work: Work::default(),
            residual: vec![0.0; unknowns],
            by_lambda: vec![0.0; unknowns],
            skeleton,
            structure,
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
            .fill(&self.skeleton, &self.structure.pattern, &self.response);
        self.by_lambda.fill(0.0);
        self.jacobian.apply(
            &self.skeleton,
            &self.structure.pattern,
            v,
            &mut self.by_lambda,
        );
        self.by_lambda.iter_mut().for_each(|x| *x = -*x);
        self.jacobian.factor(
            &self.skeleton,
            &self.structure.pattern,
            &self.structure.plan,
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
        self.factors.solve(&self.structure.plan, b);
    }
}
