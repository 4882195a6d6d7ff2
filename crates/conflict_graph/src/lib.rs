//! The graph of a conflict: from which states would nobody move, and why.
//!
//! A [`Conflict`] has actors, options that they take up or leave, feasible states (sets of options), and each actor's
//! preferences over them. [`analyse`] tells which states are stable for whom under the solution concepts of the graph
//! model for conflict resolution (Fang, Hipel and Kilgour 1993).

mod analysis;
mod bits;
mod coalition;
mod concept;
mod condition;
mod condition_text;
mod conflict;
mod demand;
mod error;
mod explain;
mod goal;
mod hypergame;
mod inverse;
mod json;
mod judge;
mod limited;
mod moves;
mod ordinal;
mod players;
mod preference;
mod relation;
mod routes;
mod search;
mod simultaneous;
mod simultaneous_dense;
mod states;
pub mod study;
mod words;

pub use analysis::{Analysis, analyse};
pub use bits::StateSet;
pub use coalition::{
    Departure, MOST_IN_COALITIONS, analyse_blocks, analyse_coalitions, departures,
};
pub use concept::{Concept, Countermoves, MOST_ONCE, Reading, Settings};
pub use condition::Condition;
pub use condition_text::read_condition;
pub use conflict::{Change, Choice, Conflict, Draft, MOST_LISTED};
pub use error::GraphError;
pub use explain::{Answer, Explanation, Improvement, Reply, Step, explain};
pub use goal::{Goal, Rethink, rethink, seek};
pub use hypergame::{Hypergame, Kind, Outlook};
pub use inverse::{Inverse, MOST_COUNTED, inverse};
pub use json::read_json;
pub use limited::LONGEST_HORIZON;
pub use preference::{
    Comparison, MOST_PAIRED, MOST_STATEMENTS, Preference, Statement, Tier, Weight,
};
pub use relation::{Order, Preferences, Relation, Scores};
pub use routes::{Allowed, Basin, Evolution, Route, basins, evolution, fastest, likeliest};
pub use states::{MOST_OPTIONS, MOST_STATES, States};
pub use words::{move_words, sentence, state_words};
