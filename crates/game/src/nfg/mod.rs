//! Gambit's strategic-form files (`.nfg`), read and written.
//!
//! A header names the players and their strategies (or counts them); then comes either a payoff for each
//! profile and player, or a list of outcomes and the number of an outcome for each profile. The first player's
//! strategy runs fastest. See "The strategic game (.nfg) file format" in Gambit's documentation.
//!
//! A game that is read is a tree like any other: see [`crate::strategic`].

mod reader;
mod writer;

use crate::savefile::{self, remark};

pub use crate::savefile::{Read, Remark};
pub use writer::{write, write_table};

/// Reads a game, in the payoff or the outcome version.
///
/// # Errors
/// What is wrong with the file.
pub fn read(text: &str) -> Result<Read, Vec<Remark>> {
    let (table, warnings) = reader::parse(text)?;
    let game = table
        .into_game()
        .map_err(|error| vec![remark(text, 0, error.to_string())])?;
    Ok(Read {
        game,
        warnings: savefile::warnings(text, warnings),
    })
}
