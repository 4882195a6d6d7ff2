//! Gambit's extensive-form files (`.efg`), read and written.
//!
//! The format is a list of nodes in preorder: `c` for a draw, `p` for a player's decision, `t` for an end,
//! each with an outcome, which may also stand at inner nodes; outcomes of inner nodes are added to those of
//! the ends below them. See "The extensive game (.efg) file format" in Gambit's documentation.

mod build;
mod lexer;
mod reader;
mod writer;

use std::fmt;

use crate::game::Game;

pub use writer::write;

/// A remark on a file: what is wrong, or odd, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong or odd.
    pub message: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// A game that was read, and what was odd about its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The game.
    pub game: Game,
    /// What was odd but could be read.
    pub warnings: Vec<Remark>,
}

/// Reads a game.
///
/// # Errors
/// All that is wrong with the file, in the order of its text, at most 20 remarks.
pub fn read(text: &str) -> Result<Read, Vec<Remark>> {
    let (file, warnings) = reader::parse(text)?;
    build::build(text, file, warnings)
}

/// A remark at a place in the text, given as an offset in bytes.
fn remark(text: &str, offset: usize, message: impl Into<String>) -> Remark {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Remark {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message: message.into(),
    }
}
