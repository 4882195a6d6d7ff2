//! What differs between two scenarios, or between one scenario under two settings.
//!
//! [`texts`] compares declaration by declaration and statement by statement, whatever the layout and the comments;
//! [`answers`] compares what was found.

mod answers;
mod difference;
mod outline;

use serde::Serialize;

pub use answers::{Answers, DecisionChange, Pair, answers};
pub use difference::{Change, Kind, texts};

/// Name and version of the layout of a comparison as JSON.
pub const SCHEMA: &str = "detente-compare/1";

/// One of the two sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// The scenario's title.
    pub title: String,
    /// Its file, without folders.
    pub file: String,
    /// Parameters that were set, with their values.
    pub settings: Vec<(String, f64)>,
}

/// All that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// [`SCHEMA`].
    pub schema: String,
    /// The first and the second scenario.
    pub sides: [Side; 2],
    /// Changes of the text from the first to the second.
    pub text: Vec<Change>,
    /// What was found in both; none where nothing was solved.
    pub answers: Option<Answers>,
}
