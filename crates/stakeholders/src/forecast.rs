//! What a model says of a table.

use serde::{Deserialize, Serialize};

/// Why a run of rounds ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// Positions hardly moved any more.
    Settled,
    /// The highest number of rounds was reached.
    Limit,
}

/// The rounds of a model, from the first positions on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trajectory<R> {
    /// The rounds.
    pub rounds: Vec<R>,
    /// Why they ended.
    pub stop: Stop,
    /// Actor by actor, the chance that its last position is the one chosen; empty where the model knows none.
    pub chances: Vec<f64>,
}

/// What a model expects of every issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The model's name.
    pub model: String,
    /// Issue by issue, where it expects the outcome on the scale.
    pub outcomes: Vec<f64>,
    /// Round by round, every actor's positions, actor by actor, one per issue; `None` for who has no stance or does not
    /// play. Empty for models without rounds.
    pub rounds: Vec<Vec<Option<f64>>>,
    /// Why rounds ended; `None` for models without rounds.
    pub stop: Option<Stop>,
}
