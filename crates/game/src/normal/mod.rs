//! The reduced normal form of an extensive game, and the way back from mixed to behaviour strategies.
//!
//! A reduced strategy (Kuhn 1953, "Extensive games and the problem of information"; von Neumann & Morgenstern
//! 1944 for the normal form) tells what a player does at every own information set that its own earlier
//! choices do not exclude, and leaves the others open. [`strategies`] counts and lists them,
//! [`NormalForm::new`] and [`exact_payoffs`] value their profiles, [`behaviour`] turns mixtures of them into
//! behaviour strategies.

mod kuhn;
mod strategies;
mod table;

use thiserror::Error;

use crate::game::Game;

pub use kuhn::{behaviour, exact_behaviour};
pub use strategies::{Strategies, count, strategies};
pub use table::exact_payoffs;

/// How large a normal form may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most reduced strategies of one player.
    pub strategies: usize,
    /// Most numbers in the table of payoffs, and in one player's list of strategies (an entry for each
    /// strategy and own information set).
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            strategies: 1 << 20,
            cells: 1 << 24,
        }
    }
}

/// A normal form that would be too large.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TooLarge {
    /// One player has too many reduced strategies.
    #[error("{player} has {strategies} reduced strategies, more than {most}")]
    Strategies {
        /// Name of the player.
        player: String,
        /// How many, in words: exact, or "more than" a number.
        strategies: String,
        /// How many are allowed.
        most: usize,
    },
    /// The table of payoffs has too many numbers.
    #[error("the table of payoffs would have {cells} numbers, more than {most}")]
    Table {
        /// Profiles times players.
        cells: u128,
        /// How many are allowed.
        most: usize,
    },
}

/// The reduced normal form: strategies and a payoff for every profile of them.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalForm {
    /// Per player.
    pub strategies: Vec<Strategies>,
    /// Per profile one expected payoff for each player; the first player's strategy runs fastest.
    pub payoffs: Vec<f64>,
}

impl NormalForm {
    /// The reduced normal form of a game.
    ///
    /// # Errors
    /// [`TooLarge`], before anything large is allocated.
    pub fn new(game: &Game, limits: &Limits) -> Result<NormalForm, TooLarge> {
        let strategies = all_strategies(game, limits)?;
        let payoffs = table::table(game, &strategies, game.chance(), game.payoffs());
        Ok(NormalForm {
            strategies,
            payoffs,
        })
    }

    /// Number of profiles.
    pub fn profiles(&self) -> usize {
        self.strategies.iter().map(Strategies::count).product()
    }

    /// Payoffs of a profile, given as the number of each player's strategy (from 0).
    pub fn payoffs_of(&self, profile: &[usize]) -> &[f64] {
        let players = self.strategies.len();
        let mut at = 0;
        for (own, &strategy) in self.strategies.iter().zip(profile).rev() {
            at = at * own.count() + strategy;
        }
        &self.payoffs[at * players..(at + 1) * players]
    }
}

/// Reduced strategies of all players, whose table of payoffs is not too large.
///
/// # Errors
/// [`TooLarge`].
pub fn all_strategies(game: &Game, limits: &Limits) -> Result<Vec<Strategies>, TooLarge> {
    let listed = (0..game.players())
        .map(|player| strategies(game, player, limits))
        .collect::<Result<Vec<_>, _>>()?;
    let profiles = listed
        .iter()
        .fold(1u128, |n, own| n.saturating_mul(own.count() as u128));
    let cells = profiles.saturating_mul(game.players() as u128);
    if cells.max(profiles) > limits.cells.min(u32::MAX as usize) as u128 {
        return Err(TooLarge::Table {
            cells,
            most: limits.cells,
        });
    }
    Ok(listed)
}
