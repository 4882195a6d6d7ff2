//! Gambit's savefiles: what the extensive (`.efg`) and the strategic format (`.nfg`) have in common.
//!
//! Both are lists of words, numbers, quoted labels and braces. Whatever a reader rejects is told with its
//! place; whatever is odd but can be read (labels given twice, rounded probabilities) is a warning.

mod labels;
mod lexer;
mod pen;
mod scanner;

use std::fmt;

use crate::game::Game;
use crate::{efg, nfg};

pub(crate) use labels::{distinct, distinct_players};
pub(crate) use lexer::Token;
pub(crate) use pen::{Pen, draw_texts, plain, plain_labels};
pub(crate) use scanner::{Fault, MAX_ACTIONS, Scanner};

/// More warnings than this are only counted.
const MAX_WARNINGS: usize = 20;

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
    /// What was odd but could be read, at most 20 remarks and one that counts the others.
    pub warnings: Vec<Remark>,
}

/// A format of [`read_game`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The extensive form, `.efg`.
    Extensive,
    /// The strategic form, `.nfg`.
    Strategic,
}

/// The format that the first word of a text stands for.
pub fn format_of(text: &str) -> Option<Format> {
    match Scanner::new(text).peek() {
        Some(Token::Word("EFG")) => Some(Format::Extensive),
        Some(Token::Word("NFG")) => Some(Format::Strategic),
        _ => None,
    }
}

/// Reads a game in either format, which its first word tells. Memory and time grow with the text, whatever
/// sizes it declares.
///
/// # Errors
/// All that is wrong with the file, in the order of its text, at most 21 remarks.
///
/// ```
/// let read = detente_game::read_game("NFG 1 R \"matching pennies\" { \"A\" \"B\" } { 2 2 } 1 -1 -1 1 -1 1 1 -1");
/// assert_eq!(read.expect("reads").game.players(), 2);
/// ```
pub fn read_game(text: &str) -> Result<Read, Vec<Remark>> {
    match format_of(text) {
        Some(Format::Extensive) => efg::read(text),
        Some(Format::Strategic) => nfg::read(text),
        None => Err(vec![remark(
            text,
            0,
            "a game must begin with `EFG 2 R` (extensive form) or `NFG 1 R` (strategic form)",
        )]),
    }
}

/// A remark at a place in the text, given as an offset in bytes.
pub(crate) fn remark(text: &str, offset: usize, message: impl Into<String>) -> Remark {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Remark {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message: message.into(),
    }
}

/// Remarks on all faults.
pub(crate) fn remarks(text: &str, faults: Vec<Fault>) -> Vec<Remark> {
    let told = faults.into_iter().map(|(at, what)| remark(text, at, what));
    told.collect()
}

/// Remarks on the first warnings; the others are counted.
pub(crate) fn warnings(text: &str, mut faults: Vec<Fault>) -> Vec<Remark> {
    if faults.len() > MAX_WARNINGS {
        let more = faults.len() - MAX_WARNINGS;
        let (place, _) = faults[MAX_WARNINGS];
        faults.truncate(MAX_WARNINGS);
        faults.push((
            place,
            format!("from here on {more} more warnings like these"),
        ));
    }
    remarks(text, faults)
}
