//! Behaviour profiles: one probability per action slot.
//!
//! A profile keeps the logarithms beside the probabilities. Along the logit correspondence at high precision
//! the probability of a poor action falls below the smallest double, yet the beliefs at an information set
//! that only such actions reach hang on the *ratios* of these probabilities; their logarithms keep them.

use crate::error::GameError;
use crate::game::Game;

/// How far the probabilities at an information set may sum from 1.
const SUM: f64 = 1e-6;

/// A behaviour strategy for every player.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    probabilities: Vec<f64>,
    logs: Vec<f64>,
}

impl Profile {
    /// Every action of an information set equally likely.
    pub fn uniform(game: &Game) -> Profile {
        let mut probabilities = vec![0.0; game.actions()];
        for set in 0..game.sets() {
            let slots = game.slots(set);
            let share = 1.0 / slots.len() as f64;
            probabilities[slots].fill(share);
        }
        let logs = probabilities.iter().map(|p: &f64| p.ln()).collect();
        Profile {
            probabilities,
            logs,
        }
    }

    /// A profile from probabilities, slot by slot.
    ///
    /// # Errors
    /// [`GameError::ProfileLength`] and [`GameError::ProfileSum`] where they are no profile of this game
    /// (each in 0..1, summing to 1 within 1e-6 at every information set).
    pub fn from_probabilities(game: &Game, probabilities: Vec<f64>) -> Result<Profile, GameError> {
        let logs = probabilities.iter().map(|p| p.ln()).collect();
        Profile {
            probabilities,
            logs,
        }
        .checked(game)
    }

    /// A profile from natural logarithms of probabilities, slot by slot; minus infinity is probability 0.
    ///
    /// # Errors
    /// As [`Profile::from_probabilities`].
    pub fn from_logs(game: &Game, logs: Vec<f64>) -> Result<Profile, GameError> {
        let probabilities = logs.iter().map(|l| l.exp()).collect();
        Profile {
            probabilities,
            logs,
        }
        .checked(game)
    }

    /// A profile from probabilities, with logarithms that tell its actions of probability 0 apart.
    ///
    /// Where a probability is 0, its logarithm may be that of a tremble too small for a double (below -745):
    /// the ratios of such trembles give the beliefs at information sets that only they lead to.
    ///
    /// # Errors
    /// As [`Profile::from_probabilities`]; [`GameError::ProfileSum`] also where a logarithm is not that of its
    /// probability.
    pub fn with_trembles(
        game: &Game,
        probabilities: Vec<f64>,
        logs: Vec<f64>,
    ) -> Result<Profile, GameError> {
        let agree = |(p, log): (&f64, &f64)| (log.exp() - p).abs() <= SUM;
        for set in 0..game.sets() {
            let (Some(here), Some(logs)) = (
                probabilities.get(game.slots(set)),
                logs.get(game.slots(set)),
            ) else {
                break;
            };
            if !here.iter().zip(logs).all(agree) {
                let sum = logs.iter().map(|log| log.exp()).sum();
                return Err(GameError::ProfileSum { set, sum });
            }
        }
        if logs.len() != probabilities.len() {
            return Err(GameError::ProfileLength {
                expected: game.actions(),
                found: logs.len(),
            });
        }
        Profile {
            probabilities,
            logs,
        }
        .checked(game)
    }

    fn checked(self, game: &Game) -> Result<Profile, GameError> {
        if self.probabilities.len() != game.actions() {
            return Err(GameError::ProfileLength {
                expected: game.actions(),
                found: self.probabilities.len(),
            });
        }
        for set in 0..game.sets() {
            let here = &self.probabilities[game.slots(set)];
            let sum: f64 = here.iter().sum();
            let within = here.iter().all(|p| (0.0..=1.0 + SUM).contains(p));
            if !within || (sum - 1.0).abs() > SUM {
                return Err(GameError::ProfileSum { set, sum });
            }
        }
        Ok(self)
    }

    /// Probability of every action slot.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// Natural logarithm of the probability of every action slot; minus infinity for 0.
    pub fn logs(&self) -> &[f64] {
        &self.logs
    }

    /// Probabilities of the actions of one information set.
    pub fn at(&self, game: &Game, set: usize) -> &[f64] {
        &self.probabilities[game.slots(set)]
    }

    /// Probabilities of all edges by slot: actions first, then chance.
    pub fn edges(&self, game: &Game) -> Vec<f64> {
        let mut edges = Vec::with_capacity(self.probabilities.len() + game.chance().len());
        edges.extend_from_slice(&self.probabilities);
        edges.extend_from_slice(game.chance());
        edges
    }
}
