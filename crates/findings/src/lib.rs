//! What a solved scenario says: answers to the asks, endings, decisions, courses.
//!
//! [`assemble`](assemble::assemble) puts the [`Findings`](model::Findings) of one solve together; each part
//! has its module. [`query`] answers queries for any profile, [`tally`](tally::tally) gives the few numbers
//! that are wanted when a scenario is solved hundreds of times.

pub mod abridge;
pub mod assemble;
pub mod deal;
mod decisions;
pub mod equilibria;
pub mod explore;
pub mod headlines;
pub mod model;
mod packages;
pub mod query;
pub mod tally;
mod unfold;

pub use decisions::{believed, posteriors};
