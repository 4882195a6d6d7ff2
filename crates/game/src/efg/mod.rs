//! Gambit's extensive-form files (`.efg`), read and written.
//!
//! The format is a list of nodes in preorder: `c` for a draw, `p` for a player's decision, `t` for an end,
//! each with an outcome, which may also stand at inner nodes; outcomes of inner nodes are added to those of
//! the ends below them. See "The extensive game (.efg) file format" in Gambit's documentation.

mod build;
mod reader;
mod writer;

pub use crate::savefile::{Read, Remark};
pub use writer::write;

/// Reads a game.
///
/// # Errors
/// All that is wrong with the file, in the order of its text, at most 21 remarks.
pub fn read(text: &str) -> Result<Read, Vec<Remark>> {
    let (file, warnings) = reader::parse(text)?;
    build::build(text, file, warnings)
}
