//! The line from a scenario's text to answers, for whoever drives it: the command and the Python package.
//!
//! Everything here is a step of the line with its errors as values; whoever drives it shows them, shows how far it is,
//! and says when to stop.

pub mod conflict;
mod fault;
pub mod files;
pub mod forecast;
pub mod game;
pub mod lenses;
pub mod library;
pub mod negotiation;
pub mod numbers;
pub mod others;
pub mod story;
pub mod sweep;
pub mod table;
pub mod whole;

pub use fault::Fault;
pub use story::Story;
