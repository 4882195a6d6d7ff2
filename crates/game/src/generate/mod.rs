//! Known games of any size: Kuhn poker, Leduc poker, liar's dice.
//!
//! Their values are known, and other programs have them too, so that solvers can be checked and timed on them.
//! Every game is told by its rules as a tree of turns and comes with names for all that can be
//! named; both players have perfect recall.

mod dice;
mod grow;
mod poker;

use thiserror::Error;

use crate::error::GameError;

pub use dice::liars_dice;
pub use poker::{kuhn_poker, leduc_poker};

/// Why a game cannot be generated.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum GenerateError {
    /// There is too little to play with.
    #[error("{what}: at least {least} are needed, not {given}")]
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// The fewest that make a game.
        least: usize,
        /// How many were given.
        given: usize,
    },
    /// The tree would have more nodes than are generated.
    #[error("the game has more than {limit} nodes")]
    TooLarge {
        /// The most nodes.
        limit: usize,
    },
    /// The tree is no game: the rules contradict themselves.
    #[error(transparent)]
    Game(#[from] GameError),
}

fn at_least(what: &'static str, least: usize, given: usize) -> Result<(), GenerateError> {
    if given < least {
        Err(GenerateError::TooFew { what, least, given })
    } else {
        Ok(())
    }
}
