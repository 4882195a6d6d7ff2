//! From mixed to behaviour strategies.
//!
//! The probability of an action is the weight of the strategies that reach its information set and choose it
//! there, over the weight of all that reach it. With perfect recall both lead to every end with the same
//! probability (Kuhn 1953, theorem 4).

use std::ops::AddAssign;

use num_traits::Num;

use super::Strategies;
use crate::error::GameError;
use crate::game::Game;
use crate::profile::Profile;
use crate::rational::Rational;

/// How far the weights of a mixed strategy may sum from 1.
const SUM: f64 = 1e-6;

/// The behaviour profile of mixed strategies: per player a weight for each of its reduced strategies, summing
/// to 1. Where no strategy of positive weight reaches an information set, its actions are equally likely.
///
/// # Errors
/// [`GameError::ProfileLength`] and [`GameError::MixedSum`] where the weights are no mixed strategies.
pub fn behaviour(
    game: &Game,
    strategies: &[Strategies],
    mixed: &[Vec<f64>],
) -> Result<Profile, GameError> {
    for (player, weights) in mixed.iter().enumerate() {
        let sum: f64 = weights.iter().sum();
        let within = weights
            .iter()
            .all(|weight| (0.0..=1.0 + SUM).contains(weight));
        if !within || (sum - 1.0).abs() > SUM {
            return Err(GameError::MixedSum { player, sum });
        }
    }
    Profile::from_probabilities(game, behaviour_of(game, strategies, mixed)?)
}

/// [`behaviour`] in fractions: probability per action slot.
///
/// # Errors
/// [`GameError::ProfileLength`] where there is not one weight per strategy.
pub fn exact_behaviour(
    game: &Game,
    strategies: &[Strategies],
    mixed: &[Vec<Rational>],
) -> Result<Vec<Rational>, GameError> {
    behaviour_of(game, strategies, mixed)
}

fn behaviour_of<T: Num + Clone + AddAssign>(
    game: &Game,
    strategies: &[Strategies],
    mixed: &[Vec<T>],
) -> Result<Vec<T>, GameError> {
    let expected = strategies.iter().map(Strategies::count).sum();
    let found = mixed.iter().map(Vec::len).sum();
    let fits = |(own, weights): (&Strategies, &Vec<T>)| own.count() == weights.len();
    if mixed.len() != strategies.len() || !strategies.iter().zip(mixed).all(fits) {
        return Err(GameError::ProfileLength { expected, found });
    }
    let mut probabilities = vec![T::zero(); game.actions()];
    for (own, weights) in strategies.iter().zip(mixed) {
        for (strategy, weight) in weights.iter().enumerate() {
            for (&set, &choice) in own.sets().iter().zip(own.choices(strategy)) {
                if choice > 0 {
                    let slot = game.slots(set as usize).start + usize::from(choice) - 1;
                    probabilities[slot] += weight.clone();
                }
            }
        }
    }
    for set in 0..game.sets() {
        let here = &mut probabilities[game.slots(set)];
        let sum = here.iter().fold(T::zero(), |sum, p| sum + p.clone());
        if sum.is_zero() {
            let mut actions = T::zero();
            here.iter().for_each(|_| actions += T::one());
            here.fill(T::one() / actions);
        } else {
            here.iter_mut().for_each(|p| *p = p.clone() / sum.clone());
        }
    }
    Ok(probabilities)
}
