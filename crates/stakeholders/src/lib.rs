//! Many voices: what becomes of an issue on which many want different things.
//!
//! A [`Stakeholders`] table holds who wants what, how much it matters to them and how much they count. Models read it
//! and say where the outcome will lie, from plain means to bargaining round by round.

pub mod backtest;
pub mod challenge;
mod error;
pub mod exchange;
pub mod expected;
mod forecast;
mod leverage;
mod model;
pub mod read;
pub mod simple;
pub mod spatial;
pub mod study;
mod table;
mod voting;

pub use error::StakeholderError;
pub use forecast::{Forecast, Stop, Trajectory};
pub use leverage::{Leverage, leverage};
pub use model::Model;
pub use table::{Actor, Issue, Stakeholders, Stance};
pub use voting::{Election, Victory, VotingRule};
