//! Runs a scenario along every branch into an extensive-form game, keeping for each node what queries need.
//!
//! ```text
//! Scenario + Settings ──► Program ──► Game + Paths (an Expansion)
//! ```
//!
//! The play is compiled once into a flat [`Program`](program::Program). A machine runs it along every branch,
//! depth first; wherever it stops to choose or draw, a node is made. What an actor has observed is carried
//! along as a 128-bit fingerprint of the sequence of its observations, so that an information set is found by
//! one look-up at its decision and perfect recall holds by construction.
//!
//! Where only numbers of a scenario change, [`Expansion::renewed`] runs along the tree that is there already and puts the
//! new payoffs and probabilities into it.

mod build;
mod error;
mod estimate;
mod machine;
mod names;
mod observe;
mod options;
mod paths;
pub mod program;
mod renew;
mod sight;

pub use build::{Expansion, Limits, Progress, expand};
pub use error::ExpandError;
pub use names::{EventWords, SetName};
pub use paths::{Event, PathEnv, Paths};
pub use renew::Renewed;
pub use sight::{Observation, Observed, Observer, Sights};
