//! Newton's equation for the logit correspondence F(v, λ) = v − U(σ(λv)) = 0.

use std::sync::Arc;

use detente_game::{Game, order};

use crate::linear::{Factors, Plan, gmres, gmres_bytes};
use crate::parallel::Crew;

use super::derivative::Derivative;
use super::jacobian::{Jacobian, Pattern};
use super::newton::Point;
use super::response::Response;
use super::skeleton::Skeleton;
use super::solution::{Algebra, Work};

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
#[derive(Clone)]
pub(super) enum Structure {
    /// The couplings of the information sets and a plan to eliminate them.
    Direct(Arc<(Pattern, Plan)>),
    /// Information sets, those that come last on every path first: for a solver that never forms the matrix.
    Free(Arc<Vec<u32>>),
}

/// A factorisation that costs more multiplications than this is slower than a Krylov solver.
const MOST_WORK: f64 = 3e11;

impl Structure {
    /// Finds which information sets are coupled, and plans the elimination. Without the matrix where that
    /// would take more than `memory` bytes or too long; none where even that needs more.
    pub(super) fn new(
        game: &Game,
        skeleton: &Skeleton,
        algebra: Algebra,
        memory: usize,
    ) -> Option<Structure> {
        let schedule = order::schedule(game);
        let mut latest_first: Vec<u32> = (0..skeleton.sets() as u32).collect();
        let level = |set: u32| schedule.level[skeleton.game_set[set as usize] as usize];
        latest_first.sort_by_key(|&set| (std::cmp::Reverse(level(set)), set));
        let direct = || {
            let (pattern, plan) = Pattern::new(skeleton, &latest_first, memory)?;
            let fits = pattern.bytes() + plan.bytes() <= memory;
            let quick = algebra == Algebra::Direct || plan.work() <= MOST_WORK;
            (fits && quick).then(|| Structure::Direct(Arc::new((pattern, plan))))
        };
        let free = || {
            let bytes = Derivative::bytes(skeleton) + gmres_bytes(skeleton.unknowns());
            (bytes <= memory).then(|| Structure::Free(Arc::new(latest_first.clone())))
        };
        match algebra {
            Algebra::Direct => direct(),
            Algebra::MatrixFree => free(),
            Algebra::Auto => direct().or_else(free),
        }
    }
}

/// Room for Newton's equation, by the way in which it is solved.
enum Linear {
    Direct {
        plan: Arc<(Pattern, Plan)>,
        jacobian: Jacobian,
        factors: Box<Factors>,
    },
    /// At the precision of the last linearisation.
    Free { lambda: f64 },
}

/// The equation of a game, and the room to evaluate, differentiate and factor it.
pub(super) struct System {
    pub(super) skeleton: Arc<Skeleton>,
    pub(super) structure: Structure,
    linear: Linear,
    derivative: Derivative,
    pub(super) response: Response,
    pub(super) work: Work,
    crew: Crew,
    /// F of the last evaluation.
    pub(super) residual: Vec<f64>,
    /// ∂F/∂λ of the last linearisation.
    pub(super) by_lambda: Vec<f64>,
}

impl System {
    pub(super) fn new(skeleton: Arc<Skeleton>, structure: Structure, threads: usize) -> System {
        let unknowns = skeleton.unknowns();
        let nothing = || Arc::new(Vec::new());
        let (linear, latest_first) = match &structure {
            Structure::Direct(plan) => (
                Linear::Direct {
                    plan: Arc::clone(plan),
                    jacobian: Jacobian::new(&plan.0),
                    factors: Box::new(Factors::new(&plan.1)),
                },
                nothing(),
            ),
            Structure::Free(latest_first) => {
                (Linear::Free { lambda: 0.0 }, Arc::clone(latest_first))
            }
        };
        System {
            linear,
            derivative: Derivative::new(&skeleton, latest_first),
            response: Response::new(&skeleton),
            work: Work::default(),
            crew: Crew::new(threads),
            residual: vec![0.0; unknowns],
            by_lambda: vec![0.0; unknowns],
            skeleton,
            structure,
        }
    }

    /// Counts work anew, for another solve in the same room.
    pub(super) fn begin(&mut self, threads: usize) {
        self.work = Work::default();
        self.crew = Crew::new(threads);
    }

    pub(super) fn unknowns(&self) -> usize {
        self.residual.len()
    }

    /// Evaluates F; false where it is not finite.
    pub(super) fn evaluate(&mut self, v: &[f64], lambda: f64) -> bool {
        self.work.passes += 1;
        self.response.evaluate(&self.skeleton, self.crew, v, lambda);
        self.response
            .residual(&self.skeleton, v, &mut self.residual);
        self.residual.iter().all(|r| r.is_finite())
    }

    /// Largest |F| of the last evaluation.
    pub(super) fn error(&self) -> f64 {
        self.residual.iter().fold(0.0, |a: f64, r| a.max(r.abs()))
    }

    /// Computes ∂F/∂λ, and makes ready to solve with ∂F/∂v, at the last evaluation.
    pub(super) fn linearise(&mut self, v: &[f64], lambda: f64) {
        let (skeleton, response) = (&*self.skeleton, &self.response);
        match &mut self.linear {
            Linear::Direct {
                plan,
                jacobian,
                factors,
            } => {
                let (pattern, plan) = &**plan;
                self.work.factorisations += 1;
                jacobian.fill(skeleton, pattern, response, lambda, self.crew);
                jacobian.factor(skeleton, pattern, plan, lambda, factors, self.crew);
            }
            Linear::Free { lambda: at } => *at = lambda,
        }
        self.derivative
            .apply(skeleton, response, self.crew, v, &mut self.by_lambda);
        self.by_lambda.iter_mut().for_each(|x| *x = -*x);
    }

    /// Sign of the determinant of ∂F/∂v at the last linearisation; none where the matrix is never formed.
    pub(super) fn sign(&self) -> Option<f64> {
        match &self.linear {
            Linear::Direct { factors, .. } => Some(factors.sign()),
            Linear::Free { .. } => None,
        }
    }

    /// What dv/dt, found with an earlier linearisation, lacks at the last evaluation, but for the square of that.
    /// None where that fails.
    pub(super) fn missing(
        &mut self,
        slope: &[f64],
        at: &Point,
        tolerance: f64,
    ) -> Option<Vec<f64>> {
        // With J = ∂U/∂z, dv/dt solves s − λ J s = (1 + λ) J v: what is missing is J ((1 + λ) v + λ s) − s.
        let rate = 1.0 + at.lambda;
        let towards: Vec<f64> =
            at.v.iter()
                .zip(slope)
                .map(|(v, s)| rate * v + at.lambda * s)
                .collect();
        let mut missing = vec![0.0; slope.len()];
        self.derivative.apply(
            &self.skeleton,
            &self.response,
            self.crew,
            &towards,
            &mut missing,
        );
        missing.iter_mut().zip(slope).for_each(|(m, s)| *m -= s);
        self.solve(&mut missing, tolerance).then_some(missing)
    }

    /// Solves ∂F/∂v x = b in place at the last linearisation; without the matrix to a residual of `tolerance`
    /// times |b|. False where that fails.
    pub(super) fn solve(&mut self, b: &mut [f64], tolerance: f64) -> bool {
        match &mut self.linear {
            Linear::Direct { plan, factors, .. } => {
                factors.solve(&plan.1, self.crew, b);
                true
            }
            Linear::Free { lambda } => {
                let (skeleton, response, lambda) = (&*self.skeleton, &self.response, *lambda);
                let crew = self.crew;
                let derivative = std::cell::RefCell::new(&mut self.derivative);
                let krylov = gmres(
                    b,
                    tolerance,
                    |x, y| {
                        derivative
                            .borrow_mut()
                            .apply(skeleton, response, crew, x, y);
                        for (y, x) in y.iter_mut().zip(x) {
                            *y = x - lambda * *y;
                        }
                    },
                    |x| {
                        derivative
                            .borrow_mut()
                            .undo_values(skeleton, response, lambda, x);
                    },
                );
                self.work.krylov += krylov.iterations;
                krylov.converged
            }
        }
    }
}
