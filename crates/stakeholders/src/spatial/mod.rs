//! The spatial model of politics of KAPSARC's toolkit KTAB (Wise, Lester and Efird 2015), after Bueno de Mesquita.
//!
//! Every turn, every actor weighs whom to challenge: what it would gain, how likely it would win, who would help. It
//! proposes a bargain to the best target; every actor then takes, of the bargains that it is part of and the status
//! quo, the one that the assembly of all would most likely choose. That is repeated until positions hardly move.
//!
//! Positions are shares of an issue's scale inside. KTAB's program departs from its rules in a few places;
//! [`Options::ktab`] turns those departures on (they are named at the places where they act).

mod bargain;
mod challenge;
mod options;
mod run;
mod view;

pub use challenge::Challenge;
pub use options::{Bargaining, Commitment, Options, RiskRange, RiskView, Transition, Weighing};
pub use run::{Turn, odds, run};

/// The model's name in messages.
pub(crate) const MODEL: &str = "the spatial model";
