//! Where paths start: priors, and how far to follow the path from each.
//!
//! Games of constant sum learn a prior near their equilibrium. In games of general sum the path from a nearly uniform
//! prior is short as a rule, but in some it goes on for very long in what play does not reach. A prior that leans
//! towards the logit equilibrium (McKelvey & Palfrey 1998) at a middling precision is close to a sequential equilibrium off
//! the path as well, and from there the path is short.

use detente_game::Game;

use super::Problem;
use super::form::{Form, Pair};
use super::learn::learn;
use super::system::prior;
use crate::Budget;
use crate::qre::{self, Next};

/// Rounds in which the prior of a game of constant sum is learnt, and the share of it that stays uniform.
const ROUNDS: usize = 100;
const UNIFORM: f64 = 3e-3;
/// Share of every choice that stays uniform beside the logit equilibrium.
const TREMBLE: f64 = 0.1;
/// Pivots per row (and 1000 more rows) that the search for a Nash equilibrium may take, and that may be spent
/// before one that is not sequentially rational is taken as it is.
const SEARCHING: usize = 100;
const REFINING: usize = 4;

/// A kind of prior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Start {
    /// Nearly uniform, and the path is given up soon.
    Brief,
    /// Nearly uniform.
    Uniform,
    /// Learnt.
    Learnt,
    /// From the logit equilibrium of this precision.
    Logit(f64),
}

const CONSTANT_SUM: [Start; 6] = [Start::Learnt; 6];
const GENERAL_SUM: [Start; 6] = [
    Start::Brief,
    Start::Logit(30.0),
    Start::Logit(100.0),
    Start::Uniform,
    Start::Uniform,
    Start::Uniform,
];

/// The priors to try, in this order.
pub(super) fn starts(problem: Problem) -> &'static [Start] {
    match problem {
        Problem::ConstantSum => &CONSTANT_SUM,
        Problem::GeneralSum => &GENERAL_SUM,
    }
}

impl Start {
    /// The most pivots in all and once a Nash equilibrium is near, after so many on earlier paths.
    pub(super) fn limits(self, rows: usize, pivots: usize, have_nash: bool) -> (usize, usize) {
        let own = match self {
            Start::Brief => 1000 + rows / 16,
            Start::Logit(_) => 1000 + rows,
            Start::Uniform | Start::Learnt => usize::MAX,
        };
        // Once there is a Nash equilibrium, refining it is worth so much work and no more.
        let near = (REFINING * (rows + 1000)).saturating_sub(pivots);
        let far = if have_nash {
            near
        } else {
            SEARCHING * (rows + 1000)
        };
        (far.min(own), near.min(own))
    }

    /// A prior of this kind, whose small irregularities come from the seed. `form` is that of the game, or of
    /// its classes.
    pub(super) fn prior(
        self,
        game: &Game,
        form: &Form,
        pairs: &[Pair<f64>],
        seed: u64,
        budget: &Budget<'_>,
    ) -> Vec<f64> {
        let uniform = prior(form, seed);
        match self {
            Start::Brief | Start::Uniform => uniform,
            Start::Learnt => {
                let learnt = learn(form, pairs, ROUNDS);
                let both = uniform.iter().zip(&learnt);
                both.map(|(uniform, learnt)| UNIFORM * uniform + (1.0 - UNIFORM) * learnt)
                    .collect()
            }
            Start::Logit(precision) => near_logit(game, form, &uniform, precision, budget),
        }
    }
}

/// The plan that follows the logit equilibrium and trembles towards the uniform plan at every information set.
fn near_logit(
    game: &Game,
    form: &Form,
    uniform: &[f64],
    precision: f64,
    budget: &Budget<'_>,
) -> Vec<f64> {
    let options = qre::Options {
        precision: Some(precision),
        path_points: 0,
        ..qre::Options::default()
    };
    let mut watch = |_: f64, _: f64, done: f64| {
        let words = "an approximate equilibrium to start from";
        match budget.spent(Some(done), words) {
            None => Next::Continue,
            Some(_) => Next::Stop,
        }
    };
    let solution = qre::solve(game, &options, &mut watch);
    let probabilities = solution.profile.probabilities();
    let mut plan = vec![1.0; form.sequences()];
    for set in 0..form.sets() {
        let before = |plan: &[f64]| plan.get(form.before[set] as usize).copied().unwrap_or(1.0);
        let (own, even) = (before(&plan), before(uniform));
        for action in form.at(set) {
            let logit = probabilities[form.slot(game, action)];
            plan[action] = own * (TREMBLE * uniform[action] / even + (1.0 - TREMBLE) * logit);
        }
    }
    plan
}
